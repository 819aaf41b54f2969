"""Eligibility texts cut into statements: lists, headings, lead-ins, notes, lists that lost their line ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from navaid.terms import CriterionType
from navaid.trials.criteria.split import split


def cut(text: str) -> list[tuple[str, str]]:
    return [(criterion.type.value[:2], criterion.text) for criterion in split(text)]


def test_two_parts() -> None:
    text = "Inclusion Criteria:\n\n* Age 18 or older\n* ECOG 0-1\n\nExclusion Criteria:\n\n1. Pregnant\n2. HIV"
    assert cut(text) == [("in", "Age 18 or older"), ("in", "ECOG 0-1"), ("ex", "Pregnant"), ("ex", "HIV")]


def test_what_stands_under_a_heading_knows_it() -> None:
    text = "Inclusion Criteria for Cohort B:\n\n* HER2-low\n\nExclusion Criteria:\n\nCohort A only:\n\n* Prior surgery"
    found = split(text)
    assert found[0].under == ("Inclusion Criteria for Cohort B",)
    assert found[1].under == ("Cohort A only",)
    assert found[1].type is CriterionType.EXCLUSION


def test_one_of_several_is_one_statement_and_a_list_that_asks_for_all_is_many() -> None:
    one_of = "Inclusion Criteria:\n\n* One of the following:\n\n  * Stage II\n  * Stage III\n* ECOG 0"
    assert [text for _, text in cut(one_of)] == ["One of the following:\n\n  * Stage II\n  * Stage III", "ECOG 0"]
    every = "Inclusion Criteria:\n\n* Adequate counts:\n\n  * ANC 1.5\n  * Platelets 100"
    assert [text for _, text in cut(every)] == ["ANC 1.5", "Platelets 100"]


def test_of_an_exclusion_any_is_enough() -> None:
    text = (
        "Exclusion Criteria:\n\n* Any of the following:"
        "\n\n  * Stroke\n  * Angina\n* All of the following:\n\n  * Old\n  * Frail"
    )
    assert [text for _, text in cut(text)] == ["Stroke", "Angina", "All of the following:\n\n  * Old\n  * Frail"]


def test_items_that_end_with_or_hang_together() -> None:
    assert cut("Inclusion Criteria:\n\n* ECOG 0-2, or\n* Karnofsky 60") == [("in", "ECOG 0-2, or\n* Karnofsky 60")]


def test_exceptions_and_permissions_keep_their_conditions() -> None:
    text = (
        "Exclusion Criteria:\n\n1. Second cancer, except in the following cases:"
        "\n\nSkin cancer\n\nCervix in situ\n\n2. HIV"
    )
    assert len(cut(text)) == 2
    text = (
        "Inclusion Criteria:"
        "\n\n1. Brain metastases are eligible, provided that:\n   1. Stable\n   2. No steroids\n2. ECOG 0"
    )
    assert len(cut(text)) == 2


def test_a_note_belongs_to_what_stands_above_and_one_before_everything_is_none() -> None:
    text = (
        "NOTE: read this first.\n\nInclusion Criteria:"
        "\n\n* Measurable disease\n* Note: bone alone does not count\n* ECOG 0"
    )
    assert cut(text) == [("in", "Measurable disease\n* Note: bone alone does not count"), ("in", "ECOG 0")]


def test_the_old_style_with_its_headings() -> None:
    text = (
        "DISEASE CHARACTERISTICS: \n\n Breast cancer \n\n Hormone receptor status not specified \n\n "
        "PATIENT CHARACTERISTICS: "
        "\n\n Age \n\n 18 and over \n\n Life expectancy \n\n Not specified \n\n Renal: \n\n Creatinine normal"
    )
    assert [text for _, text in cut(text)] == ["Breast cancer", "18 and over", "Creatinine normal"]


def test_the_old_style_in_one_line() -> None:
    text = "PATIENT CHARACTERISTICS: Age: 18 to 70 Sex: Female Hepatic: No cirrhosis Other: Not pregnant Able to travel"
    assert [text for _, text in cut(text)] == ["18 to 70", "Female", "No cirrhosis", "Not pregnant", "Able to travel"]


@pytest.mark.parametrize(
    "line",
    [
        "Adequate function: 1) ANC high; 2) liver fine",
        "Adequate function: ① ANC high; ② liver fine",
        "Adequate function: (a) ANC high; (b) liver fine",
        "Adequate function: • ANC high; • liver fine",
    ],
)
def test_lists_in_running_text(line: str) -> None:
    assert [text for _, text in cut(f"Inclusion Criteria:\n\n{line}")] == ["ANC high;", "liver fine"]


@pytest.mark.parametrize(
    "line", ["Stage I - III disease", "Cohort 1) or 2) patients", "HER2 1+ or 2+", "At least 2. prior lines"]
)
def test_what_is_no_list(line: str) -> None:
    assert [text for _, text in cut(f"Inclusion Criteria:\n\n* {line}")] == [line]


def test_numbers_without_a_blank_behind() -> None:
    text = "Inclusion Criteria:\n\n1.Signed consent\n2.18 years or older\n3.ECOG 0"
    assert [text for _, text in cut(text)] == ["Signed consent", "18 years or older", "ECOG 0"]


def test_a_stray_colon_loses_nothing() -> None:
    assert cut("Exclusion Criteria:\n\n: \n\n Pregnant \n\n HIV") == [("ex", "Pregnant"), ("ex", "HIV")]


def test_what_tells_nothing_is_none() -> None:
    text = (
        "Inclusion Criteria:"
        "\n\n* Age 18\n* Other protocol-defined inclusion criteria may apply\n\nKey Exclusion Criteria:\n\n* None"
    )
    assert cut(text) == [("in", "Age 18")]


@given(st.text(alphabet="aB1.;:*-() \n•", max_size=200))
def test_spans_are_exact_in_order_and_apart(text: str) -> None:
    """Whatever stands in a text: each statement is the text of its span, and none runs into another."""
    end = 0
    for criterion in split(text):
        assert text[criterion.start : criterion.end] == criterion.text
        assert criterion.text.strip() == criterion.text != ""
        assert criterion.start >= end
        end = criterion.end


def test_a_lead_in_that_denies_does_not_reach_beyond_its_list() -> None:
    text = (
        "inclusion criteria: \n\n No history of these illnesses: \n\n Heart failure \n\n Stroke \n\n "
        "Eastern Cooperative Oncology Group status 0 \n\n Age 18"
    )
    assert [len(criterion.under) for criterion in split(text)] == [1, 1, 0, 0]
