"""A field that is answered with no, nothing or 0 % is not said to be there; one that is left open says nothing."""

from __future__ import annotations

import pytest

from navaid.records.extract.extract import extract
from navaid.records.paper import Page, Paper
from navaid.terms import How

REPORT = """SURGICAL PATHOLOGY
Left breast, wide excision: invasive ductal carcinoma, grade 2, 18 mm.
{}
Margins: clear.
"""
NO = (
    "No",
    "none",
    "nil",
    "Nil.",
    "0 %",
    "0%",
    "0",
    "Absent",
    "NEGATIVE",
    "(-)",
    "Not identified",
    "not seen",
    "None seen",
)
OPEN = (
    "N/A",
    "n/a",
    "Not applicable",
    "not known",
    "not assessed",
    "unknown",
    "-",
    "Cannot be assessed",
    "see comment",
)
YES = ("Yes", "Present", "identified", "Positive")
FIELDS = (
    ("Lymphovascular invasion", "lvi", "present", "absent"),
    ("LVI", "lvi", "present", "absent"),
    ("Perineural invasion", "pni", "present", "absent"),
    ("In situ component", "dcis.present", "present", "absent"),
    ("DCIS", "dcis.present", "present", "absent"),
    ("DCIS component", "dcis.present", "present", "absent"),
    ("Ductal carcinoma in situ (DCIS)", "dcis.present", "present", "absent"),
    ("Multifocality", "focality", "multifocal", "unifocal"),
    ("MULTICENTRICITY/MULTIFOCALITY", "focality", "multicentric", "unifocal"),
    ("Extranodal extension", "nodes.extranodal", "present", "absent"),
    ("Extracapsular spread", "nodes.extranodal", "present", "absent"),
)


def said(field: str, value: str, concept: str) -> set[object]:
    text = REPORT.format(f"{field}: {value}")
    page = Page(number=1, start=0, end=len(text), how=How.PLAIN)
    paper = Paper(id="FILE:0", path="", name="", media_type="text/plain", text=text, pages=(page,))
    return {found.value for found in extract(paper).findings if found.concept == concept}


@pytest.mark.parametrize(("field", "concept", "yes", "no"), FIELDS)
def test_answers_of_a_field(field: str, concept: str, yes: str, no: str) -> None:
    assert {value: said(field, value, concept) for value in NO} == {value: {no} for value in NO}
    assert {value: said(field, value, concept) for value in OPEN} == {value: set() for value in OPEN}
    assert {value: said(field, value, concept) for value in YES} == {value: {yes} for value in YES}


def test_a_share_of_carcinoma_in_situ() -> None:
    assert said("In situ component", "15 %", "dcis.present") == {"present"}
    assert said("In situ component", "0%", "dcis.present") == {"absent"}
    assert said("DCIS component", "less than 5 %", "dcis.present") == {"present"}


def test_no_nodes_with_tumour() -> None:
    assert said("Lymph nodes positive", "nil", "nodes.positive") == {0}
