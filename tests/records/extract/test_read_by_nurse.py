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


CT = (
    "CT CHEST ABDOMEN PELVIS\nDate: 3 May 2024\nIndication: metastatic breast cancer.\n"
    "Technique: portal venous phase, after oral and intravenous contrast.\nFINDINGS:\n"
)


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


ENDED = [
    ("Progression in liver (on fulvestrant).", "fulvestrant", "", "progression"),
    ("Fulvestrant stopped for progression.", "fulvestrant", "progression", "progression"),
    (
        "Second line exemestane, until March 2023 (progression in bone).",
        "exemestane",
        "progression in bone",
        "progression",
    ),
    (
        "Ribociclib + anastrozole until May 2023 (two new bone lesions).",
        "ribociclib",
        "two new bone lesions",
        "progression",
    ),
    ("Palbociclib and letrozole, until May 2023 (new lung nodules).", "palbociclib", "new lung nodules", "progression"),
    ("Disease progression in the pleura while on eribulin.", "eribulin", "", "progression"),
    ("We stopped capecitabine because of growth in the liver.", "capecitabine", "growth in the liver", "progression"),
    ("Everolimus was stopped for pneumonitis.", "everolimus", "pneumonitis", ""),
    ("Paclitaxel 2021 - 2022 (neuropathy).", "paclitaxel", "neuropathy", ""),
    ("She takes letrozole (hot flushes).", "letrozole", "", ""),
    ("Continue letrozole until progression.", "letrozole", "", ""),
    ("Letrozole since 2021 with no progression.", "letrozole", "", ""),
]


@pytest.mark.parametrize(("words", "drug", "reason", "response"), ENDED)
def test_why_a_drug_was_ended(words: str, drug: str, reason: str, response: str) -> None:
    note = f"ONCOLOGY CLINIC\n12 May 2024\nMetastatic breast cancer.\n{words}"
    (given,) = [one for one in found(note, "drug") if one.value == drug]
    assert (given.details.get("reason", ""), given.details.get("response", "")) == (reason, response)


@pytest.mark.parametrize(
    "heading", ["Medications", "Drugs", "Current medication", "Medication on discharge", "Tablets"]
)
def test_medicines_under_a_heading(heading: str) -> None:
    note = (
        f"CLINIC\n12 May 2024\nBreast cancer.\n{heading}:\n"
        " Bisoprolol 5 mg od, ramipril 2.5 mg, furosemide 40 mg mane,\n"
        " alendronic acid 70 mg weekly, salbutamol inhaler\nExamination: well."
    )
    named = {"bisoprolol", "ramipril", "furosemide", "alendronic acid", "salbutamol"}
    assert values(note, "medication") == named
    doses = {one.value: one.details.get("dose") for one in found(note, "medication")}
    assert (doses["bisoprolol"], doses["furosemide"]) == ("5 mg", "40 mg")


@pytest.mark.parametrize(
    ("words", "taken"),
    [
        ("Hypertension. Amlodipine 5 mg.", {"amlodipine"}),
        ("Asthma; beclometasone inhaler.", {"beclometasone"}),
        ("Osteopenia. Candesartan, omeprazole and folic acid.", {"candesartan", "omeprazole", "folic acid"}),
        ("She sleeps badly and has zopiclone 7.5 mg nocte.", {"zopiclone"}),
        ("Calcium 2.31, potassium 4.0.", set()),
        ("Allergies: penicillin, codeine.", set()),
        ("Previously:\nramipril.", set()),
        ("We may need ramipril.", set()),
    ],
)
def test_clause_of_medicines_alone(words: str, taken: set[str]) -> None:
    assert values(f"CLINIC\n12 May 2024\nBreast cancer, seen today.\n{words}", "medication") == taken


def said(words: str) -> dict[object, Assertion]:
    note = f"CLINIC\n12 May 2024\nBreast cancer, seen today.\n{words}"
    return {one.value: one.assertion for one in found(note, "comorbidity")}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("PMH: hypertension, hypothyroidism.", {"hypertension": "present", "hypothyroidism": "present"}),
        ("PMH rheumatoid arthritis on methotrexate.", {"autoimmune": "present"}),
        ("Past medical history\n- Type 2 diabetes\n- DVT 2014", {"diabetes": "present", "thrombosis": "historical"}),
        ("PMH: childhood asthma, COPD.", {"asthma": "historical", "copd": "present"}),
        ("PMH: hypertension, diabetes (resolved after surgery).", {"hypertension": "present", "diabetes": "absent"}),
        (
            "Medical history: gestational hypertension, epilepsy as a child.",
            {"hypertension": "historical", "seizures": "historical"},
        ),
        ("PMH: lupus in the past, off treatment.", {"autoimmune": "historical"}),
    ],
)
def test_illness_that_lasts_is_of_now_under_past_history(words: str, told: dict[str, str]) -> None:
    assert said(words) == told


@pytest.mark.parametrize(
    "words",
    [
        "Genetic testing requested, not yet taken.",
        "Germline panel testing has been requested.",
        "We have requested genetic testing.",
    ],
)
def test_requested_test_is_planned(words: str) -> None:
    told = [
        one for one in read(f"CLINIC\n12 May 2024\nBreast cancer.\n{words}").findings if one.concept.startswith("gene.")
    ]
    assert [(one.concept, one.value, one.assertion) for one in told] == [
        ("gene.panel.germline", "not_tested", Assertion.PLANNED)
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "DISCHARGE LETTER\nAda Bell, born 02.05.1950   Admitted 28.02.2026   Discharged 04.03.2026\nBreast cancer.",
            (2026, 3, 4),
        ),
        ("DISCHARGE SUMMARY   Ward 3\nAdmitted: 20/02/2026\nDischarged: 25/02/2026\nBreast cancer.", (2026, 2, 25)),
        (
            "ONCOLOGY CLINIC   12 March 2026\nBreast cancer. Pneumonia, admitted.\nDischarged 25/02/2026. Well.",
            (2026, 3, 12),
        ),
    ],
)
def test_day_of_discharge_is_that_of_its_letter(text: str, day: tuple[int, int, int]) -> None:
    assert read(text).header.date == dt.date(*day)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("No other illnesses of note; no lung disease.", {"none_known"}),
        ("No significant past medical history.", {"none_known"}),
        ("She has no comorbidities.", {"none_known"}),
        ("Asthma. No other medical problems.", {"asthma"}),
        ("Her mother has no other illnesses.", set()),
        ("No known conditions in the family.", set()),
    ],
)
def test_no_other_illness(words: str, told: set[str]) -> None:
    assert set(said(words)) == told


def test_illness_of_one_paper_outweighs_none_of_another() -> None:
    one = read("CLINIC LETTER\n10 May 2024\nRight breast cancer. No other illnesses of note.")
    other = read("CLINIC LETTER\n10 June 2024\nRight breast cancer. Osteoporosis.", "other")
    profile = reconcile("p", [one, other], dt.date(2024, 7, 1))
    assert [each.value for each in profile.fields if each.concept == "comorbidity"] == ["osteoporosis"]
