"""What a nurse found misread in letters: sides of other parts, no spread, why a drug ended, lists of medicines."""

from __future__ import annotations

import datetime as dt

import pytest

from navaid.records.extract.extract import extract
from navaid.records.paper import Page, Paper
from navaid.records.reconcile import reconcile
from navaid.terms import Assertion, Finding, How, Reading

SO = frozenset((Assertion.PRESENT, Assertion.HISTORICAL))


def read(text: str, name: str = "note") -> Reading:
    page = Page(number=1, start=0, end=len(text), how=How.TEXT_LAYER)
    return extract(Paper(id=name, path="", name="note.txt", media_type="text/plain", text=text, pages=(page,)))


def found(text: str, concept: str) -> list[Finding]:
    return [one for one in read(text).findings if one.concept == concept]


def values(text: str, concept: str) -> set[object]:
    return {one.value for one in found(text, concept) if one.assertion in SO}


CT = "CT CHEST ABDOMEN PELVIS\nDate: 3 May 2024\nIndication: metastatic breast cancer.\nTechnique: portal venous phase, after oral and intravenous contrast.\nFINDINGS:\n"


@pytest.mark.parametrize(
    "words",
    [
        "Lytic lesion in the left femoral neck.",
        "New nodule in the right upper lobe, 9 mm.",
        "Right adrenal nodule, unchanged.",
        "Left 6th rib fracture. Small left pleural effusion.",
        "Simple cyst of the right kidney.",
        "Lung, left: two nodules. Humerus (left) with a lesion.",
        "Enlarged left hilar nodes.",
        "Sclerosis of the right sacral ala; the right hip is spared.",
    ],
)
def test_side_of_another_part_is_no_side_of_the_breast(words: str) -> None:
    reading = read(CT + words)
    assert any(one.value == "metastatic_breast_cancer" for one in reading.findings)
    assert not {one.side for one in reading.findings} - {""}
    assert not values(CT + words, "laterality")


@pytest.mark.parametrize(
    ("words", "side"),
    [
        ("Left breast cancer, metastases in the right femur.", "left"),
        ("Carcinoma of the right breast. Left ventricular function normal.", "right"),
        ("Invasive ductal carcinoma, left breast. Right leg swollen after a flight.", "left"),
    ],
)
def test_side_of_the_breast_stays_beside_that_of_a_bone(words: str, side: str) -> None:
    note = f"CLINIC NOTE\n12 May 2024\n{words}"
    assert values(note, "laterality") == {side}
    assert {one.side for one in found(note, "diagnosis")} == {side}


def test_image_of_the_body_makes_no_second_tumour() -> None:
    clinic = read("CLINIC LETTER\n10 May 2024\nRight breast cancer, invasive ductal, ER positive, HER2 negative.")
    scan = read(
        CT + "Liver: two lesions. Fracture of the left clavicle, left shoulder arthritis, left-sided port.", "scan"
    )
    profile = reconcile("p", [clinic, scan], dt.date(2024, 6, 1))
    assert [tumour.side for tumour in profile.tumours] == ["right"]


@pytest.mark.parametrize(
    "words",
    [
        "CT staging: no metastatic disease.",
        "No distant metastases on staging CT.",
        "Staging scans clear.",
        "Staging CT and bone scan were normal.",
        "PET/CT of 3 March: no evidence of metastatic disease.",
        "CT chest, abdomen and pelvis and bone scan show no metastases.",
        "There is no evidence of distant spread.",
        "Her staging imaging was negative.",
        "Bone scan and CT without metastases.",
        "Systemic staging has been clear.",
    ],
)
def test_no_spread_said_in_words_is_m0(words: str) -> None:
    note = f"ONCOLOGY CLINIC\n12 May 2024\nLeft breast cancer, cT2 cN1, ER positive. {words}"
    assert [(one.value, one.assertion) for one in found(note, "cm")] == [("M0", Assertion.PRESENT)]


@pytest.mark.parametrize(
    "words",
    [
        "CT staging is awaited.",
        "Staging scans to exclude distant metastases.",
        "If staging shows no distant metastases she will have surgery.",
        "Liver ultrasound: no metastases.",
        "No distant metastases outside the bones.",
        "PET/CT: no metastases in the liver.",
        "PET/CT: no new metastases.",
        "No distant metastases on CT of 2022, now liver metastases.",
        "Stage IV since 2023, staging CT: no other metastatic disease.",
        "Staging: clear cell features are described.",
        "Her mother had no distant metastases.",
    ],
)
def test_what_leaves_spread_open_is_no_m0(words: str) -> None:
    note = f"ONCOLOGY CLINIC\n12 May 2024\nLeft breast cancer, cT2 cN1, ER positive. {words}"
    assert not found(note, "cm")


def test_written_m_stands_alone() -> None:
    note = "ONCOLOGY CLINIC\n12 May 2024\nLeft breast cancer cT2 cN0 cM0. Staging scans clear."
    assert [one.value for one in found(note, "cm")] == ["M0"]
