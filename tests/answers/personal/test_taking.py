"""Limits that ask for a drug taken now, and for a number in a range."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from made_people import TODAY, about, facts, field, people, planned

from navaid.answers.personal import population
from navaid.answers.personal.applies import held_against
from navaid.terms import Applies, Assertion

YES, NO, MAYBE = Applies.APPLIES, Applies.DOES_NOT_APPLY, Applies.MAY_APPLY
LETROZOLE = {"limits": {"taking": ["aromatase_inhibitor"]}}
LAST_MONTH = TODAY - dt.timedelta(days=30)
LONG_AGO = TODAY - dt.timedelta(days=1500)


def drug(name: str, day: dt.date | None = LAST_MONTH, **details: Any) -> Any:
    return field("drug", name, date=day, details=details)


@pytest.mark.parametrize(
    ("known", "label"),
    [
        ([], MAYBE),
        ([drug("letrozole", status="current")], YES),
        ([drug("letrozole")], YES),
        ([drug("letrozole", LONG_AGO)], MAYBE),  # nobody has written of it for years
        ([drug("letrozole", LONG_AGO, status="current")], YES),
        ([drug("letrozole", None)], MAYBE),
        ([drug("letrozole", status="past")], NO),
        ([drug("letrozole", stop="2025-09")], NO),
        ([field("drug", "letrozole", assertion=Assertion.HISTORICAL)], NO),
        ([drug("letrozole", response="progression")], MAYBE),
        ([drug("letrozole", stop="2025-01"), drug("exemestane", status="current")], YES),
        ([planned("drug", "letrozole")], MAYBE),
        ([drug("letrozole", stop="2025-01"), planned("drug", "exemestane")], NO),
        ([field("drug", "letrozole", assertion=Assertion.ABSENT)], MAYBE),  # there are other drugs of the class
        ([drug("tamoxifen", status="current")], MAYBE),  # another drug says nothing of this class
    ],
)
def test_what_is_taken_now(known: list[Any], label: Applies) -> None:
    assert held_against(about(people(**LETROZOLE)), facts(*known)).applies is label


def test_rounds_of_chemotherapy_end_without_a_word() -> None:
    on_chemo = people(limits={"taking": ["chemotherapy"]})
    assert held_against(about(on_chemo), facts(drug("docetaxel"))).applies is MAYBE
    assert held_against(about(on_chemo), facts(drug("docetaxel", status="current"))).applies is YES
    assert held_against(about(on_chemo), facts(drug("docetaxel", status="past"))).applies is NO


def test_the_reason_names_the_drug_and_the_question_asks_for_it() -> None:
    fitting = held_against(about(people(**LETROZOLE)), facts(drug("letrozole", LONG_AGO)))
    assert "letrozole" in fitting.reasons[0].lower()
    assert "do not say whether you take it now" in fitting.reasons[0]
    assert fitting.questions


@pytest.mark.parametrize(("score", "label"), [(10, NO), (11, YES), (25, YES), (26, NO)])
def test_a_range(score: int, label: Applies) -> None:
    mid = people(limits={"oncotype.score": ["11..25"]})
    assert held_against(about(mid), facts(("oncotype.score", score))).applies is label
    assert not population.unknown(mid)


def test_in_words() -> None:
    assert population.in_words(people(**LETROZOLE)) == "people who take this now: aromatase inhibitor"
    assert (
        population.in_words(people(limits={"oncotype.score": ["11..25"]}))
        == "people with an Oncotype DX score of 11 to 25"
    )
