"""What a coded problem says, and what only sounds like it."""

from __future__ import annotations

from typing import Any

import pytest
from structured_examples import ICD, coded, facts, found, resource

DIAGNOSIS = ("diagnosis", "invasive_breast_cancer", "present")


def condition(display: str, **more: Any) -> dict[str, Any]:
    return resource("Condition", code=coded(display), **more)


def status(code: str) -> dict[str, Any]:
    return {"coding": [{"code": code}]}


@pytest.mark.parametrize(
    "display",
    [
        "Malignant neoplasm of breast (disorder)",
        "Infiltrating duct carcinoma of breast",
        "Breast cancer",
        "Cancer of left breast",
    ],
)
def test_breast_cancer(display: str) -> None:
    assert DIAGNOSIS in facts(condition(display))


@pytest.mark.parametrize(
    "display",
    [
        "Encounter for screening mammogram for malignant neoplasm of breast",
        "Screening for malignant neoplasm of breast",
        "At risk of breast cancer",
        "Genetic susceptibility to malignant neoplasm of breast",
        "Benign neoplasm of breast",
        "Fibroadenoma of breast",
        "Neoplasm of breast",
        "Rule out breast cancer",
        "No evidence of breast cancer",
        "Fear of breast cancer",
        "Breast cancer prophylaxis",
        "Hereditary breast and ovarian cancer syndrome",
        "Lymphoma of breast, benign screening",
        "Paget's disease of nipple",
        "Mastitis",
        "Carcinoma in situ of breast",
    ],
)
def test_what_only_holds_the_words_gives_no_diagnosis(display: str) -> None:
    assert not {fact for fact in facts(condition(display)) if fact[0] == "diagnosis"}


def test_family_history_is_of_the_family() -> None:
    assert {
        (concept, says) for concept, _, says in facts(condition("Family history of malignant neoplasm of breast"))
    } == {("family_history", "family")}


@pytest.mark.parametrize("display", ["Personal history of malignant neoplasm of breast", "History of breast cancer"])
def test_history_is_historical(display: str) -> None:
    assert facts(condition(display)) == {("diagnosis", "invasive_breast_cancer", "historical")}


@pytest.mark.parametrize(
    ("element", "says"),
    [
        ({"clinicalStatus": status("active")}, "present"),
        ({"clinicalStatus": status("remission")}, "present"),
        ({"clinicalStatus": status("inactive")}, "historical"),
        ({"clinicalStatus": "resolved"}, "historical"),
        ({"abatementDateTime": "2010-01-01"}, "historical"),
        ({"verificationStatus": status("provisional")}, "possible"),
        ({"verificationStatus": status("differential")}, "possible"),
    ],
)
def test_the_status_says_how_it_is_meant(element: dict[str, Any], says: str) -> None:
    assert facts(condition("Breast cancer", **element)) == {("diagnosis", "invasive_breast_cancer", says)}


@pytest.mark.parametrize("code", ["refuted", "entered-in-error"])
def test_what_is_refuted_gives_nothing(code: str) -> None:
    assert facts(condition("Breast cancer", verificationStatus=status(code))) == set()


def test_suspicion_is_possible() -> None:
    assert facts(condition("Suspected breast cancer")) == {("diagnosis", "invasive_breast_cancer", "possible")}


def test_side_quadrant_histology_and_stage() -> None:
    said = facts(
        resource(
            "Condition",
            code=coded("Malignant neoplasm of upper-outer quadrant of right female breast", "C50.411", ICD),
            extension=[
                {
                    "url": "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-histology-morphology-behavior",
                    "valueCodeableConcept": coded("Infiltrating lobular carcinoma (morphologic abnormality)"),
                }
            ],
            stage=[{"summary": coded("", "2B", "http://cancerstaging.org")}],
        )
    )
    assert {(concept, value) for concept, value, _ in said} == {
        ("diagnosis", "invasive_breast_cancer"),
        ("laterality", "right"),
        ("quadrant", "upper_outer"),
        ("histology", "lobular"),
        ("stage.group", "IIB"),
    }


def test_a_code_without_words_gets_those_of_the_table() -> None:
    said = facts(resource("Condition", code=coded("", "C50.211", ICD)))
    assert {("laterality", "right", "present"), ("quadrant", "upper_inner", "present"), DIAGNOSIS} <= said


def test_in_situ_is_told_apart() -> None:
    assert ("diagnosis", "dcis", "present") in facts(condition("Intraductal carcinoma in situ of left breast"))
    assert ("diagnosis", "lcis", "present") in facts(condition("Lobular carcinoma in situ of breast"))


@pytest.mark.parametrize(
    ("display", "sites"),
    [
        ("Secondary malignant neoplasm of bone", {"bone"}),
        ("Secondary malignant neoplasm of liver and intrahepatic bile duct", {"liver"}),
        ("Metastasis to bone marrow", {"bone_marrow"}),
        ("Metastatic cancer to lung and brain", {"lung", "brain"}),
        ("Secondary malignant neoplasm of axillary lymph nodes", set()),
    ],
)
def test_spread(display: str, sites: set[str]) -> None:
    given = {value for concept, value, _ in facts(condition(display)) if concept == "metastasis.site"}
    assert given == sites


def test_another_cancer_is_an_illness_beside_breast_cancer() -> None:
    beside = facts(condition("Breast cancer", id="b"), condition("Malignant tumor of colon", id="c"))
    assert not any(value == "other_cancer" for _, value, _ in beside)
    assert any(concept == "comorbidity" for concept, _, _ in beside)
    assert ("diagnosis", "other_cancer", "present") in facts(condition("Malignant tumor of colon"))


def test_receptors_that_are_not_told_apart_stay_so() -> None:
    said = facts(condition("Hormone receptor positive tumor"))
    assert said == {("hr.status", "positive", "present")}


def test_a_stage_in_the_name_of_the_problem() -> None:
    assert ("stage.group", "II", "present") in facts(condition("Carcinoma of breast - stage 2"))
    assert not any(concept == "stage.group" for concept, *_ in facts(condition("Chronic kidney disease stage 3")))


def test_other_illnesses_and_menopause() -> None:
    assert ("comorbidity", "diabetes", "present") in facts(condition("Diabetes mellitus type 2"))
    assert facts(condition("Obstructive sleep apnea syndrome")) == {("comorbidity", "sleep_apnea", "present")}
    assert ("menopause", "post", "present") in facts(condition("Postmenopausal state"))


def test_the_day_of_onset_is_the_day_of_the_finding() -> None:
    (finding,) = found(condition("Breast cancer", onsetDateTime="2019-05-06", recordedDate="2020-01-01"))
    assert str(finding.date) == "2019-05-06"
    assert found(condition("Breast cancer", onsetDateTime="2019-05"))[0].date is None


@pytest.mark.parametrize(
    ("display", "said"),
    [
        ("Estrogen receptor positive status [ER+]", {("er.status", "positive")}),
        (
            "Triple negative malignant neoplasm of breast",
            {("er.status", "negative"), ("pr.status", "negative"), ("her2.status", "negative")},
        ),
        ("HER2-positive carcinoma of breast", {("her2.status", "positive")}),
    ],
)
def test_receptors_in_the_name_of_a_problem(display: str, said: set[tuple[str, str]]) -> None:
    given = {(concept, value) for concept, value, _ in facts(condition(display)) if concept.endswith(".status")}
    assert given == said


def test_recurrence_and_spread_of_the_breasts_cancer() -> None:
    assert ("diagnosis", "recurrence", "present") in facts(condition("Recurrent malignant neoplasm of breast"))
    assert {(concept, value) for concept, value, _ in facts(condition("Bone metastases from breast cancer"))} == {
        ("diagnosis", "metastatic_breast_cancer"),
        ("metastasis.site", "bone"),
    }


def test_a_cancer_without_a_place_says_nothing() -> None:
    assert facts(condition("Cancer")) == set()


def test_a_carrier_has_the_variant() -> None:
    assert facts(condition("BRCA1 gene mutation carrier")) == {("gene.BRCA1.germline", "pathogenic", "present")}
    assert facts(condition("BRCA1 mutation carrier detection test")) == set()


def test_a_remark_can_doubt_it() -> None:
    doubted = condition("Breast cancer", note=[{"text": "R/O, biopsy to follow"}])
    assert facts(doubted) == {("diagnosis", "invasive_breast_cancer", "possible")}
