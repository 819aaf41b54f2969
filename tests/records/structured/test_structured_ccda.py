"""C-CDA documents: narrative, coded entries, and what is not safe to read."""

from __future__ import annotations

import pytest
from structured_examples import PROBLEMS, ccda, findings_of, problem

from navaid.errors import BadInput
from navaid.records.extract.structured import header_of, prose
from navaid.records.read.structured import read_ccda

CANCER = 'code="254837009" codeSystem="2.16.840.1.113883.6.96" displayName="Malignant neoplasm of breast"'
TABLE = """<text><table><thead><tr><th>Problem</th><th>State</th></tr></thead><tbody>
<tr><td><content ID="p1"/>Malignant neoplasm of breast</td><td>Active</td></tr></tbody></table>
<paragraph>Seen after the operation, doing well.</paragraph></text>"""


def values(data: bytes) -> set[tuple[str, str, str]]:
    return {(each.concept, str(each.value), str(each.assertion)) for each in findings_of(read_ccda(data, "a.xml"))}


def test_the_text_holds_head_narrative_and_a_line_per_entry() -> None:
    paper = read_ccda(ccda(PROBLEMS + TABLE + problem(CANCER, status="Active")), "a.xml")
    assert paper.text.startswith("Composition 2024-03-05: Health summary")
    assert "Malignant neoplasm of breast\tActive" in paper.text
    assert "Condition 2023-04-01: Malignant neoplasm of breast (active)" in paper.text
    assert ("diagnosis", "invasive_breast_cancer") in {(each.concept, each.value) for each in findings_of(paper)}


def test_other_finders_see_neither_entries_nor_their_rows() -> None:
    paper = read_ccda(ccda(PROBLEMS + TABLE + problem(CANCER)), "a.xml")
    left = prose(paper).text
    assert len(left) == len(paper.text)
    assert "Malignant" not in left
    assert "Problem\tState" not in left
    assert "Seen after the operation, doing well." in left


def test_a_row_that_no_entry_tells_stays() -> None:
    rows = "<text><table><tbody><tr><td>ER positive, PR negative</td></tr></tbody></table></text>"
    assert "ER positive" in prose(read_ccda(ccda(PROBLEMS + rows + problem(CANCER)), "a.xml")).text


def test_the_header() -> None:
    header = header_of(read_ccda(ccda(PROBLEMS + problem(CANCER)), "a.xml"))
    assert header is not None
    assert (header.person, str(header.birth_date), header.sex) == ("Ada Example", "1970-01-02", "female")
    assert (header.type, str(header.date), header.cancer) == ("summary", "2024-03-05", "breast")


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (problem(CANCER, status="Active"), {"present"}),
        (problem(CANCER, status="Resolved"), {"historical"}),
        (problem(CANCER, status="Inactive"), {"historical"}),
        (problem(CANCER, negated="true"), set()),
        (problem('nullFlavor="OTH"'), set()),
        (problem(CANCER).replace('<low value="20230401"/>', '<low value="2001"/><high value="2003"/>'), {"historical"}),
    ],
    ids=["active", "resolved", "inactive", "negated", "no code", "ended"],
)
def test_how_a_problem_is_meant(entry: str, says: set[str]) -> None:
    given = {how for concept, _, how in values(ccda(PROBLEMS + entry)) if concept == "diagnosis"}
    assert given == says


def test_a_screening_code_is_no_cancer() -> None:
    code = "Encounter for screening mammogram for malignant neoplasm of breast"
    screening = problem(f'code="Z12.31" codeSystem="2.16.840.1.113883.6.90" displayName="{code}"')
    procedure = f"""<entry><procedure moodCode="EVN"><code code="77057" displayName="Mammogram, screening">
    <translation code="Z12.31" displayName="{code}"/></code><statusCode code="completed"/></procedure></entry>"""
    document = ccda(PROBLEMS + screening, "<title>Procedures</title>" + procedure)
    assert {row for row in values(document) if row[0] != "sex"} == set()


def test_a_translation_alone_is_enough() -> None:
    value = '<translation code="174.2" codeSystem="2.16.840.1.113883.6.103"/>'
    empty = '<value xsi:type="CD" nullFlavor="OTH"/>'
    only = problem('nullFlavor="OTH"').replace(empty, f'<value xsi:type="CD" nullFlavor="OTH">{value}</value>')
    assert ("quadrant", "upper_inner", "present") in values(ccda(PROBLEMS + only))


def test_medicines_results_family_and_allergies() -> None:
    medicine = """<title>Medications</title><entry><substanceAdministration classCode="SBADM" moodCode="EVN">
    <statusCode code="active"/><effectiveTime xsi:type="IVL_TS"><low value="20230601"/></effectiveTime>
    <consumable><manufacturedProduct><manufacturedMaterial><code code="1" codeSystem="2.16.840.1.113883.6.88"
    displayName="letrozole 2.5 MG Oral Tablet"/></manufacturedMaterial></manufacturedProduct></consumable>
    </substanceAdministration></entry>"""
    result = """<title>Results</title><entry><organizer classCode="BATTERY" moodCode="EVN"><component>
    <observation classCode="OBS" moodCode="EVN"><code code="718-7" codeSystem="2.16.840.1.113883.6.1"
    displayName="Hemoglobin"/><statusCode code="completed"/><effectiveTime value="20230701"/>
    <value xsi:type="PQ" value="11.2" unit="g/dL"/><referenceRange><observationRange><value xsi:type="IVL_PQ">
    <low value="12" unit="g/dL"/><high value="16" unit="g/dL"/></value></observationRange></referenceRange>
    </observation></component></organizer></entry>"""
    family = """<title>Family</title><entry><organizer classCode="CLUSTER" moodCode="EVN">
    <templateId root="2.16.840.1.113883.10.20.22.4.45"/><subject><relatedSubject><code displayName="mother"/>
    </relatedSubject></subject><component><observation><value xsi:type="CD" displayName="Malignant neoplasm of breast"/>
    </observation></component></organizer></entry>"""
    allergy = """<title>Allergies</title><entry><act classCode="ACT" moodCode="EVN"><entryRelationship><observation>
    <templateId root="2.16.840.1.113883.10.20.22.4.7"/><participant><participantRole><playingEntity>
    <code displayName="Penicillin"/></playingEntity></participantRole></participant></observation></entryRelationship>
    </act></entry>"""
    given = values(ccda(medicine, result, family, allergy))
    assert given == {
        ("sex", "female", "present"),
        ("drug", "letrozole", "present"),
        ("lab.hemoglobin", "11.2", "present"),
        ("family_history", "mother: Malignant neoplasm of breast", "family"),
        ("allergy", "Penicillin", "present"),
    }


def test_a_planned_operation_is_planned() -> None:
    planned = """<code code="18776-5"/><title>Plan</title><entry><procedure classCode="PROC" moodCode="RQO">
    <code displayName="Mastectomy of left breast"/></procedure></entry>"""
    assert ("surgery", "mastectomy", "planned") in values(ccda(planned))


BOMB = b'<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;&x;">]><ClinicalDocument>&y;</ClinicalDocument>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/hostname"><ClinicalDocument/>'
FILE = b'<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/hostname">]><ClinicalDocument>&f;</ClinicalDocument>'


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (BOMB, "entities"),
        (FILE, "entities"),
        (OUTSIDE, "entities|external"),
        (ccda(PROBLEMS)[:-30], "cut off"),
        (b"", "cut off"),
        (b"<html/>", "no ClinicalDocument"),
        (b"<a>" * 5000 + b"</a>" * 5000, "too deep"),
        (b'<?xml version="1.0" encoding="x-none"?><ClinicalDocument/>', "broken"),
    ],
    ids=["bomb", "file", "outside", "cut", "empty", "root", "deep", "encoding"],
)
def test_what_is_not_safe_or_no_document_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(BadInput, match=says) as error:
        read_ccda(data, "a.xml")
    assert error.value.fix


def test_an_empty_document_is_read() -> None:
    assert read_ccda(ccda(), "a.xml").entries[0].id == "Composition/document"


def test_a_body_that_is_a_file_of_its_own() -> None:
    text = '<text mediaType="text/plain" representation="B64">R3JhZGUgMi4=</text>'
    head = f"<component><nonXMLBody>{text}</nonXMLBody></component>"
    assert "Grade 2." in read_ccda(ccda(head=head), "a.xml").text
    scan = head.replace("text/plain", "application/pdf")
    assert any("application/pdf" in note for note in read_ccda(ccda(head=scan), "a.xml").notes)
