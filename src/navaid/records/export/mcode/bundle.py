"""A profile as an mCODE Patient Bundle (mCODE STU4 on FHIR R4)."""

from __future__ import annotations

from collections.abc import Sequence

from navaid.records.export.mcode import genes, observations, treatments
from navaid.records.export.mcode.codes import Json
from navaid.records.export.mcode.conditions import diseases
from navaid.records.export.mcode.sheet import Sheet, bundle_of
from navaid.records.whose import Whose, whose
from navaid.terms import Profile, Reading

_ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"


def bundle(profile: Profile, readings: Sequence[Reading]) -> Json:
    """The bundle as plain JSON. What no paper states is left out, or said to be unknown where mCODE requires it."""
    sheet = Sheet(profile, readings)
    person = whose(readings)
    sex = _sex(profile, person)
    sheet.patient = _patient(sheet, person, sex)
    found = diseases(sheet, sex)
    for disease in found:
        observations.of_tumour(sheet, disease)
    observations.of_person(sheet)
    genes.variants(sheet)
    treatments.treatments(sheet, found)
    return bundle_of(sheet.resources)


def _sex(profile: Profile, person: Whose) -> str:
    stated = profile.field("sex")
    return str(stated.value) if stated and stated.value in ("female", "male") else person.sex


def _patient(sheet: Sheet, person: Whose, sex: str) -> str:
    """The person. The identifier is one of Navaid's own: numbers that hospitals gave stay in the papers."""
    name = {"text": person.name} if person.name else {"extension": [{"url": _ABSENT, "valueCode": "unknown"}]}
    reference = sheet.add(
        "Patient",
        "mcode-cancer-patient",
        "patient",
        {
            "name": [name],
            "gender": sex if sex in ("female", "male") else "unknown",
            "birthDate": person.birth_date.isoformat() if person.birth_date else None,
        },
    )
    sheet.resources[0]["identifier"] = [{"system": "urn:ietf:rfc:3986", "value": reference}]
    return reference
