"""A short note becomes a profile: what only such accounts say, and what must not be read into them."""

from __future__ import annotations

import datetime as dt

import pytest

from navaid.errors import BadInput
from navaid.terms import Assertion, Field
from navaid.trials.match.note import profile_of

TODAY = dt.date(2026, 1, 15)


def _fields(text: object, concept: str) -> list[Field]:
    return [field for field in profile_of(text, today=TODAY).fields if field.concept == concept]


def _told(text: str, concept: str) -> set[tuple[object, str]]:
    return {(field.value, field.assertion.value) for field in _fields(text, concept) if field.value != "not_stated"}


@pytest.mark.parametrize(
    ("text", "concept", "told"),
    [
        ("Woman, 54, with breast cancer.", "age", {(54, "present")}),
        ("Breast cancer. She is 58.", "age", {(58, "present")}),
        ("Man, 61, breast cancer.", "sex", {("male", "present")}),
        ("Her mother had breast cancer.", "sex", set()),
        ("Metastatic triple-negative breast cancer.", "setting", {("metastatic", "present")}),
        ("Early-stage HER2-positive breast cancer.", "setting", {("early", "present")}),
        ("CT showed no distant metastases.", "setting", {("metastatic", "absent")}),
        ("No history of brain metastases.", "metastasis.site", {("brain", "absent")}),
        ("No symptomatic brain metastases.", "metastasis.site", set()),
        ("Bone-only disease.", "metastasis.only", {("bone", "present")}),
        ("There is measurable disease on CT.", "measurable_disease", {("yes", "present")}),
        ("Non-measurable disease.", "measurable_disease", {("no", "present")}),
        ("No prior therapy for breast cancer.", "prior_treatment", {("any", "absent")}),
        ("No treatment for her migraine was needed.", "prior_treatment", set()),
        ("She has never received chemotherapy.", "drug_class", {("chemotherapy", "absent")}),
        ("Chemotherapy is planned.", "drug_class", set()),
        ("Otherwise healthy.", "no_other_illness", {("none", "absent")}),
        ("Past medical history: none.", "no_other_illness", {("none", "absent")}),
        ("No illness that would limit follow-up is feared.", "no_other_illness", set()),
        ("No history of other malignancy.", "other_cancer", {("any", "absent")}),
        ("She gave informed consent.", "consent", {("yes", "present")}),
        ("Liver and kidney function are normal.", "organ_function", {("normal", "present")}),
        ("Recovered without recurrence.", "recurrence", {("any", "absent")}),
    ],
)
def test_what_a_note_says(text: str, concept: str, told: set[tuple[object, str]]) -> None:
    assert _told(text, concept) == told


def test_denied_for_the_metastatic_disease_only() -> None:
    (field,) = _fields("No chemotherapy for metastatic disease.", "drug_class")
    assert field.assertion is Assertion.ABSENT
    assert field.details == {"setting": "metastatic"}


@pytest.mark.parametrize(
    ("text", "count", "exact"),
    [
        ("She has had two prior lines of therapy for metastatic disease.", 2, True),
        ("At least 3 lines of chemotherapy in the metastatic setting.", 3, False),
        ("Multiple lines of treatment for metastatic disease.", 2, False),
        ("First-line letrozole for metastatic breast cancer.", 1, True),
        ("Capecitabine, then eribulin, then vinorelbine for metastatic disease.", 3, False),
    ],
)
def test_lines(text: str, count: int, exact: bool) -> None:
    lines = _fields(text, "lines")
    assert max(field.value for field in lines) == count
    assert any(field.details.get("exact") for field in lines) is exact


def test_progression_belongs_to_the_last_treatment_before_it() -> None:
    text = "Docetaxel, then capecitabine with progression, for metastatic disease."
    grew = {f.value for f in _fields(text, "drug_class") if f.details.get("response") == "progression"}
    assert grew == {"capecitabine"}


def test_every_finding_quotes_the_note() -> None:
    text = "Woman, 49, metastatic breast cancer, no brain metastases, two lines of chemotherapy for metastatic disease."
    profile = profile_of(text, today=TODAY)
    assert profile.findings
    for finding in profile.findings:
        assert text[finding.source.start : finding.source.end] == finding.source.words
    for field in profile.fields:
        assert all(index < len(profile.findings) for index in field.findings)


def test_a_profile_as_nested_json() -> None:
    given = {
        "age": {"value": 52, "state": "confirmed"},
        "er": {"status": {"value": "positive", "state": "unconfirmed"}},
        "comorbidity": [{"value": "stroke", "assertion": "absent"}],
        "ecog": 1,
        "stage": {"group": {"value": "IIA", "date": "2025-03-01"}},
    }
    profile = profile_of(given, today=TODAY)
    told = {field.concept: (field.value, field.assertion.value) for field in profile.fields}
    assert told == {
        "age": (52, "present"),
        "er.status": ("positive", "present"),
        "comorbidity": ("stroke", "absent"),
        "ecog": (1, "present"),
        "stage.group": ("IIA", "present"),
    }


@pytest.mark.parametrize("given", [None, 7, ["a"], {"fields": [{"concept": 3}]}])
def test_what_is_no_profile_is_refused(given: object) -> None:
    with pytest.raises(BadInput):
        profile_of(given, today=TODAY)


def test_an_empty_note_says_nothing() -> None:
    assert all(field.value == "not_stated" for field in profile_of("", today=TODAY).fields)
