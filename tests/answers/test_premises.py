"""Which beliefs a question takes for granted, and which claims are then shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from navaid import starter
from navaid.answers import plan, premises
from navaid.library import Library
from navaid.starter import Belief, Scope, Starter

ROWS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "benchmarks/questions/premises.yaml").read_text(encoding="utf-8")
)


def table(*groups: tuple[str, ...], unless: tuple[str, ...] = (), scope: Scope = Scope.ANY) -> Starter:
    row = Belief(id="b", belief="It is so.", claims=("c",), when=groups, unless=unless, scope=scope)
    return Starter(fingerprint="", topics=(), sources={}, beliefs=(row,))


def met(library: Library, data: Starter, text: str) -> bool:
    return bool(premises.beliefs(library, data, text))


@pytest.mark.parametrize(
    ("pattern", "text", "wanted"),
    [
        ("spread", "It spreads.", True),
        ("spread", "a widespread thing", False),
        ("spread*", "spreadable", True),
        ("biopsy ... spread", "a biopsy might make the cancer spread", True),
        ("biopsy ... spread", "I had a biopsy. Then it spread.", False),  # another sentence
        ("biopsy ... spread", "biopsy one two three four five six seven spread", False),  # too far
        ("biopsy|needle spread", "needle spreads", True),
        ("not ... need", "she doesn't need it", True),
        ("not ... need", "she does not really need it", True),
        ("not ... need", "she needs it", False),
        ("dont need", "I do not need it", True),
        ("cant", "I can not, I cannot", True),
        ("end of life", "end-of-life care", True),
        ("nobody ... family", "no one in my family", True),
        ("deodorant*", "which deoderants are best", True),  # a slip of the finger
        ("hopeless", "a shelter for homeless people", False),  # a word of its own
        ("cafe", "Café", True),
    ],
)
def test_a_pattern_is_met_by_forms_of_its_words(embedded: Library, pattern: str, text: str, wanted: bool) -> None:
    assert met(embedded, table((pattern,)), text) is wanted


def test_all_groups_must_be_met_and_no_exception(embedded: Library) -> None:
    data = table(("sugar",), ("feed", "starve"), unless=("diabetes",))
    assert met(embedded, data, "Does sugar feed it?")
    assert not met(embedded, data, "Is there sugar in it?")
    assert not met(embedded, data, "I have diabetes. Does sugar feed it?")


@pytest.mark.parametrize(
    ("text", "breast"),
    [
        ("Does my cancer spread?", True),
        ("Does breast cancer spread to the lung?", True),
        ("Does lung cancer spread?", False),
        ("Does my mastectomy keep a lymphoma from its spread?", True),
        ("Does cancer of the kidney spread?", False),
        ("My children ask: does it spread?", True),
        ("Does a carcinoma spread?", True),
    ],
)
def test_a_belief_on_breast_cancer_is_not_for_other_cancers(embedded: Library, text: str, breast: bool) -> None:
    assert met(embedded, table(("spread",), scope=Scope.BREAST), text) is breast
    assert met(embedded, table(("spread",)), text)


def test_the_belief_with_more_groups_comes_first(embedded: Library) -> None:
    wide = Belief(id="wide", belief="W.", claims=("c",), when=(("sugar",),), scope=Scope.ANY)
    close = Belief(id="close", belief="C.", claims=("c",), when=(("sugar",), ("tea",)), scope=Scope.ANY)
    data = Starter(fingerprint="", topics=(), sources={}, beliefs=(wide, close))
    assert [row.id for row in premises.beliefs(embedded, data, "sugar in tea")] == ["close", "wide"]


def test_a_claim_says_which_belief_it_corrects(embedded: Library) -> None:
    question = plan.plan("I use a natural deodorant so as not to get breast cancer. Is salt good?")
    shown = list(premises.contradicted(embedded, starter.load(), question))
    assert [claim.id for _, claim in shown][:1] == ["causes-and-myths.deodorant"]
    assert {claim.corrects for _, claim in shown} == {("Deodorants and antiperspirants cause breast cancer.",)}
    assert all(claim.subject == topic.id for topic, claim in shown)


# --------------------------------------------------------------------------- the table against questions


@pytest.mark.parametrize("row", starter.load().beliefs, ids=lambda row: row.id)
def test_a_belief_meets_its_own_row(embedded: Library, row: Belief) -> None:
    assert row.id in [found.id for found in premises.beliefs(embedded, starter.load(), row.belief)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["question"][:40])
def test_what_is_taken_for_granted_is_recognised_and_nothing_else_is(embedded: Library, row: dict[str, Any]) -> None:
    found = [belief.id for belief in premises.beliefs(embedded, starter.load(), row["question"])]
    assert set(found[:2]) & set(row["beliefs"]) if row["beliefs"] else not found


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200))
def test_no_text_breaks_it(embedded: Library, text: str) -> None:
    premises.beliefs(embedded, starter.load(), text)
