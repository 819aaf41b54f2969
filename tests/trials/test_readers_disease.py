"""Which cancer, which stage and setting, where it spread, and what can be measured, in lines of our own."""

# ruff: noqa: E501  a statement stays on its line
from __future__ import annotations

import pytest
from tests.trials.asked_of import NONE_OTHER, Facts, asked, label, read

from navaid.terms import Label
from navaid.trials.criteria.parse.times import days

MET, NOT_MET, UNKNOWN = Label.MET, Label.NOT_MET, Label.UNKNOWN


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("Histologically confirmed adenocarcinoma of the breast", {"cancer": "breast"}, MET),
        ("Breast, ovarian or lung cancer", {"cancer": "breast"}, MET),
        ("Breast, ovarian or lung cancer", {"cancer": "kidney"}, NOT_MET),
        ("Patients must have NSCLC", {"cancer": "breast"}, NOT_MET),
        ("Advanced solid tumours", {"cancer": "breast", "setting": "metastatic"}, MET),
        ("Solid tumours, including but not limited to lung cancer", {"cancer": "breast"}, UNKNOWN),
        # A line that only names a cancer is one of several kinds that may join.
        ("Bladder cancer", {"cancer": "breast"}, UNKNOWN),
        ("Invasive breast cancer", {"diagnosis": "dcis"}, NOT_MET),
        ("Invasive breast cancer", {"diagnosis": "invasive_breast_cancer"}, MET),
        ("Ductal carcinoma in situ (DCIS)", {"diagnosis": "dcis"}, MET),
        ("Patients with invasive lobular carcinoma", {"histology": "lobular"}, MET),
        ("Patients with ductal or lobular carcinoma", {"histology": "mixed_ductal_lobular"}, MET),
        ("Male breast cancer", {"cancer": "breast", "sex": "female"}, NOT_MET),
        ("mBC", {"cancer": "breast", "setting": "metastatic"}, MET),
        ("Invasive ductal carcinoma and DCIS may join", {"histology": "ductal_nst", "diagnosis": "invasive_breast_cancer"}, UNKNOWN),
        ("Family history of breast cancer", {"cancer": "breast"}, UNKNOWN),
        ("A lifetime breast cancer risk of 20 %", {"cancer": "breast"}, UNKNOWN),
    ],
)  # fmt: skip
def test_cancer(text: str, facts: Facts, expected: Label) -> None:
    assert label(text, facts) is expected


def test_another_cancer() -> None:
    text = "History of another malignancy within 5 years"
    assert asked(read(text, "exclusion"))[0].within_days == 1825
    assert label(text, {"other_cancer": (NONE_OTHER,)}, "exclusion") is NOT_MET
    assert label(text + " except skin cancer", {"other_cancer": ("any",)}, "exclusion") is UNKNOWN
    assert label("History of acute leukaemia", {"cancer": "breast"}, "exclusion") is UNKNOWN


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("Stage I-III", {"stage.group": "IIA", "setting": "early"}, MET),
        ("Stage I, II or IIIA", {"stage.group": "IIIB", "setting": "locally_advanced"}, NOT_MET),
        ("Stage IIA to IIIC", {"stage.group": "I", "setting": "early"}, NOT_MET),
        # A stage is that of the diagnosis: whose cancer has spread since is not of stage II.
        ("Stage II breast cancer", {"stage.group": "II", "setting": "metastatic"}, NOT_MET),
        ("Stage II at initial diagnosis", {"stage.group": "II", "setting": "metastatic"}, MET),
        ("Stage III or IV", {"setting": "metastatic"}, MET),
        ("cT1-2 cN0", {"t_category": "T2", "n_category": "N0"}, MET),
        ("cT1-2 cN0", {"t_category": "T3", "n_category": "N0"}, NOT_MET),
        ("T1c", {"t_category": "T1"}, UNKNOWN),
        ("Node-positive disease", {"n_category": "N0"}, NOT_MET),
        ("Unresectable, locally advanced or metastatic disease", {"setting": "locally_advanced", "resectable": "yes"}, NOT_MET),
        ("Unresectable, locally advanced or metastatic disease", {"setting": "metastatic"}, MET),
        ("Advanced unresectable disease", {"setting": "metastatic", "resectable": "yes"}, NOT_MET),
        ("Locally recurrent or metastatic disease", {"setting": "early", "recurrence": "local"}, MET),
        ("Metastatic disease not amenable to curative resection", {"setting": "metastatic"}, MET),
        ("Non-metastatic breast cancer", {"setting": "metastatic"}, NOT_MET),
        ("Enrolment in stage 2 of this study", {"stage.group": "IIA", "setting": "early"}, UNKNOWN),
        ("Tissue from a metastatic biopsy", {"setting": "early"}, UNKNOWN),
    ],
)  # fmt: skip
def test_stage_and_setting(text: str, facts: Facts, expected: Label) -> None:
    assert label(text, facts) is expected


def test_when_a_treatment_was_given_is_no_state_of_the_person() -> None:
    expression = read(
        "Prior fulvestrant in the adjuvant, unresectable locally advanced, or metastatic setting", "exclusion"
    )
    assert {predicate.concept for predicate in asked(expression)} == {"drug"}


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("Active brain metastases", {"brain_metastases": "active"}, MET),
        ("Active brain metastases", {"brain_metastases": "stable"}, NOT_MET),
        ("Active brain metastases", {"brain_metastases": "untreated"}, UNKNOWN),
        ("Untreated or symptomatic CNS metastases", {"brain_metastases": "untreated"}, MET),
        ("Brain or leptomeningeal metastases", {"brain_metastases": "none", "metastasis.site": ("leptomeninges",)}, MET),
        ("Metastases to the brain", {"brain_metastases": "none"}, NOT_MET),
        ("Carcinomatous meningitis", {"metastasis.site": ("bone", NONE_OTHER)}, NOT_MET),
        ("Visceral crisis", {"visceral_crisis": "yes"}, MET),
        ("Advanced, symptomatic, visceral spread at risk of life-threatening complications", {"setting": "metastatic", "visceral_crisis": "no"}, NOT_MET),
        ("Liver metastases", {"metastasis.site": ("liver",)}, MET),
    ],
)  # fmt: skip
def test_spread(text: str, facts: Facts, expected: Label) -> None:
    assert label(text, facts, "exclusion") is expected


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("Measurable disease per RECIST v1.1", {"measurable_disease": "no"}, NOT_MET),
        ("At least one measurable lesion as defined by RECIST 1.1", {"measurable_disease": "yes"}, MET),
        ("Measurable or evaluable disease", {"measurable_disease": "no", "evaluable_disease": "yes"}, MET),
        ("At least one measurable lesion that has not been irradiated", {"measurable_disease": "yes"}, UNKNOWN),
        ("At least one measurable lesion that has not been irradiated", {"measurable_disease": "no"}, NOT_MET),
        ("AST at most 5 times normal with liver metastases", {"metastasis.site": (NONE_OTHER,)}, UNKNOWN),
    ],
)
def test_measurable(text: str, facts: Facts, expected: Label) -> None:
    assert label(text, facts) is expected


@pytest.mark.parametrize(("said", "count"), [("within 14 days", 14), ("≤ 2 weeks", 14), ("the past six months", 180), ("5 years", 1825), ("soon", None)])  # fmt: skip
def test_days(said: str, count: int | None) -> None:
    assert days(said) == count
