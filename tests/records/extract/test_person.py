"""Age, state, other illnesses and medicines, allergies, family and lab values."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navaid.records.extract import person
from navaid.records.extract.header import header
from navaid.records.extract.header.tables import table
from navaid.records.extract.view import View
from navaid.records.paper import Page, Paper
from navaid.terms import Finding, How


def find(text: str, concept: str = "") -> list[Finding]:
    page = Page(number=1, start=0, end=len(text), how=How.PLAIN)
    paper = Paper(id="FILE:", path="p", name="n", media_type="text/plain", text=text, pages=(page,))
    found = list(person.find(View(paper, header(paper))))
    assert all(text[f.source.start : f.source.end] == f.source.words for f in found)
    return [finding for finding in found if finding.concept.startswith(concept)]


def values(text: str, concept: str) -> list[object]:
    return [finding.value for finding in find(text, concept)]


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("This is a 52-year-old woman.", [52]),
        ("47 yo F with a lump.", [47]),
        ("72F with pain", [72]),
        ("Age: 61", [61]),
        ("Her mother is 80 years old.", []),
        ("Menarche at age 12, smoked for 20 years.", []),
        ("Her 45-year-old sister has a lump.", []),
    ],
)
def test_age(text: str, age: list[int]) -> None:
    assert values(text, "age") == age


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("A postmenopausal woman.", ["post"]),
        ("She is peri-menopausal.", ["peri"]),
        ("Menopausal status: Pre", ["pre"]),
        ("She went through menopause at 51.", ["post"]),
        ("Used in postmenopausal women.", []),
        ("LMP 2010.", []),
    ],
)
def test_menopause(text: str, value: list[str]) -> None:
    assert values(text, "menopause") == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("She is 20 weeks pregnant.", ["pregnant"]),
        ("Pregnancy test negative.", ["not_pregnant"]),
        ("She is currently breastfeeding.", ["breastfeeding"]),
        ("Two pregnancies, one child.", []),
    ],
)
def test_pregnancy(text: str, value: list[str]) -> None:
    assert values(text, "pregnancy") == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ECOG performance status is 0.", [0]),
        ("ECOG PS=2, tired", [2]),
        ("Performance status 1", [1]),
        ("Eligible patients must have ECOG 0-2", []),
        ("ECOG 12", []),
    ],
)
def test_ecog(text: str, value: list[int]) -> None:
    assert values(text, "ecog") == value


def test_karnofsky() -> None:
    assert values("KPS 80%", "karnofsky") == [80]


def test_other_illnesses() -> None:
    found = find("Past medical history: HTN, type 2 diabetes. No history of DVT. Hepatitis B surface antigen negative.")
    said = {f.value: f.assertion.value.replace("historical", "present") for f in found if f.concept == "comorbidity"}
    assert said == {"hypertension": "present", "diabetes": "present", "thrombosis": "absent", "hepatitis_b": "absent"}


@pytest.mark.parametrize(
    "text",
    [
        "Family history: father with diabetes.",
        "Her brother has heart failure.",
        "Trastuzumab carries a risk of heart failure.",
        "Monitor for interstitial lung disease.",
        "Never smoker.",
    ],
)
def test_illness_of_others_or_only_feared(text: str) -> None:
    assert [f for f in find(f"PROGRESS NOTE\n{text}", "comorbidity") if f.assertion.value != "absent"] == []


def test_list_of_medicines() -> None:
    found = find(
        "Medications:\n1. Metformin 500 mg BID\n2. Lisinopril 10 mg daily\n3. Letrozole 2.5 mg\n", "medication"
    )
    assert [(f.value, f.details["dose"]) for f in found] == [("metformin", "500 mg"), ("lisinopril", "10 mg")]
    assert values("Medications: none", "medication") == []


def test_medicines_of_a_sentence() -> None:
    assert values("Hypertension (on lisinopril, amlodipine)", "medication") == ["lisinopril", "amlodipine"]
    assert values("Dyspnea on exertion", "medication") == []


def test_allergies() -> None:
    found = find("Allergies: Penicillin (rash), Taxol - anaphylaxis, latex.\n", "allergy")
    assert {f.value: f.details.get("reaction") for f in found} == {
        "penicillin": "rash",
        "paclitaxel": "anaphylaxis",
        "latex": None,
    }


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NKDA.", ["none_known"]),
        ("No known drug allergies", ["none_known"]),
        ("Allergies: none", ["none_known"]),
        ("She is allergic to codeine.", ["codeine"]),
        ("Seen for follow up.", []),
    ],
)
def test_whether_there_is_an_allergy(text: str, value: list[str]) -> None:
    assert values(text, "allergy") == value


def test_family() -> None:
    found = find(
        "Family history: Mother with breast cancer at age 52. Maternal aunt had ovarian cancer. "
        "No family history of colon cancer.",
        "family_history",
    )
    assert [(f.value, f.assertion.value, f.details) for f in found] == [
        ("breast cancer", "family", {"relative": "mother", "age": "52"}),
        ("ovarian cancer", "family", {"relative": "maternal aunt"}),
        ("colon cancer", "absent", {}),
    ]


def test_own_cancer_is_none_of_the_family() -> None:
    assert find("She came with her sister. The patient has breast cancer.", "family_history") == []


def test_labs_of_prose() -> None:
    (found,) = find("Hgb 11.2 g/dL L (12.0-16.0)", "lab.")
    assert (found.concept, found.value, found.unit) == ("lab.hemoglobin", 11.2, "g/dL")
    assert found.details == {"low": 12.0, "high": 16.0, "flag": "low"}


def test_labs_of_a_table() -> None:
    found = find("Platelet Count\t410\tH\tx10^3/uL\t150-400\nCA 15-3\t31.4\t\tU/mL\t0-25\n", "lab.")
    assert [(f.concept, f.value, f.unit, f.details.get("high")) for f in found] == [
        ("lab.platelets", 410, "10*9/L", 400),
        ("lab.ca153", 31.4, "U/mL", 25),
    ]


@pytest.mark.parametrize(
    ("text", "concept", "value"),
    [
        ("LVEF 60-65%", "lab.lvef", 60),
        ("ejection fraction of 55%", "lab.lvef", 55),
        ("creatinine 0,9 mg/dl", "lab.creatinine", 0.9),
        ("platelets 150,000", "lab.platelets", 150000),
        ("eGFR >60 mL/min", "lab.egfr", 60),
        ("CEA was elevated at 12.5 ng/mL", "lab.cea", 12.5),
    ],
)
def test_forms_of_values(text: str, concept: str, value: float) -> None:
    assert [(f.concept, f.value) for f in find(text, "lab.")] == [(concept, value)]


@pytest.mark.parametrize(
    "text",
    [
        "Hemoglobin 1120 g/dL",
        "CEA positive by stain",
        "hold if platelets < 100",
        "TSH pending",
        "Recheck creatinine on 3/4/2020",
        "goal hemoglobin 10 g/dL",
    ],
)
def test_no_value(text: str) -> None:
    assert find(text, "lab.") == []


def test_tables_have_sources() -> None:
    rows = [*table("conditions"), *table("labs")]
    assert all(row["source"].startswith("https://") and row["forms"] and row["label"] for row in rows)
    assert all(low < high for row in table("labs") for low, high in row["units"].values())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from("WBC 4.5 K/uL mother cancer at 50 NKDA allergies: , . on aspirin ECOG 1 no DVT\n".split(" "))
    )
)
def test_any_words_are_read(words: list[str]) -> None:
    find(" ".join(words))
