"""Little invented records for the tests of structured reading."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from navaid.records.extract.structured import find
from navaid.records.extract.view import View
from navaid.records.paper import Paper
from navaid.records.read.structured import read_fhir
from navaid.terms import Finding

SNOMED, LOINC, ICD = "http://snomed.info/sct", "http://loinc.org", "http://hl7.org/fhir/sid/icd-10-cm"


def coded(display: str = "", code: str = "", system: str = SNOMED, **more: Any) -> dict[str, Any]:
    row = {"system": system, "code": code, "display": display}
    return {"coding": [{name: part for name, part in row.items() if part}], **more}


def resource(kind: str, id_: str = "x1", **more: Any) -> dict[str, Any]:
    return {"resourceType": kind, "id": id_, **more}


def bundle(*resources: dict[str, Any]) -> bytes:
    entries = [{"resource": part} for part in resources]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode()


def found(*resources: dict[str, Any]) -> list[Finding]:
    return list(find(View(read_fhir(bundle(*resources), "file.json"))))


def facts(*resources: dict[str, Any]) -> set[tuple[str, Any, str]]:
    """Concept, value and assertion of all findings."""
    return {(each.concept, each.value, str(each.assertion)) for each in found(*resources)}


def findings_of(paper: Paper) -> list[Finding]:
    return list(find(View(paper)))


def ccda(*sections: str, head: str = "") -> bytes:
    """A C-CDA document with these sections."""
    body = "".join(f"<component><section>{section}</section></component>" for section in sections)
    return f"""<?xml version="1.0"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<code code="34133-9" codeSystem="2.16.840.1.113883.6.1" displayName="Summarization of Episode Note"/>
<title>Health summary</title><effectiveTime value="20240305"/>
<recordTarget><patientRole><id extension="77"/><patient><name><given>Ada</given><family>Example</family></name>
<administrativeGenderCode code="F"/><birthTime value="19700102"/></patient></patientRole></recordTarget>
{head}<component><structuredBody>{body}</structuredBody></component></ClinicalDocument>""".encode()


def problem(value: str, *, negated: str = "", status: str = "", more: str = "") -> str:
    """A problem entry with this value element's attributes."""
    state = (
        '<entryRelationship typeCode="REFR"><observation><templateId root="2.16.840.1.113883.10.20.22.4.6"/>'
        f'<value xsi:type="CD" displayName="{status}"/></observation></entryRelationship>'
        if status
        else ""
    )
    negation = f' negationInd="{negated}"' if negated else ""
    return (
        '<entry><act classCode="ACT" moodCode="EVN"><templateId root="2.16.840.1.113883.10.20.22.4.3"/>'
        '<code code="CONC"/><entryRelationship typeCode="SUBJ">'
        f'<observation classCode="OBS" moodCode="EVN"{negation}><templateId root="2.16.840.1.113883.10.20.22.4.4"/>'
        '<code code="282291009" displayName="Diagnosis"/><effectiveTime><low value="20230401"/></effectiveTime>'
        f'<value xsi:type="CD" {value}/>{more}{state}</observation></entryRelationship></act></entry>'
    )


PROBLEMS = '<code code="11450-4" codeSystem="2.16.840.1.113883.6.1"/><title>Problems</title>'


def health_export(records: str = "", clinical: dict[str, bytes] | None = None, cda: bytes = b"") -> io.BytesIO:
    """An export.zip of Apple Health."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "apple_health_export/export.xml",
            '<?xml version="1.0"?>\n<!DOCTYPE HealthData [\n<!ELEMENT HealthData (Me)>\n]>\n<HealthData locale="en">'
            '<Me HKCharacteristicTypeIdentifierDateOfBirth="1970-01-02"'
            f' HKCharacteristicTypeIdentifierBiologicalSex="HKBiologicalSexFemale"/>{records}</HealthData>',
        )
        for name, data in (clinical or {}).items():
            archive.writestr(f"apple_health_export/clinical-records/{name}", data)
        if cda:
            archive.writestr("apple_health_export/export_cda.xml", cda)
    file.seek(0)
    return file
