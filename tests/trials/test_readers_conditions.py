"""Other illnesses: what is named whole, in part, within a time, and what a negative test says."""

from __future__ import annotations

import pytest

from navaid.terms import Expression, Logic
from navaid.trials.criteria.parse.atom import Atom
from navaid.trials.criteria.parse.readers import conditions


def atoms(words: str) -> list[Atom]:
    return sorted(conditions.read(words), key=lambda atom: (atom.start, -atom.end))


def codes(expression: Expression) -> set[str]:
    own = {str(value) for value in expression.predicate.values} if expression.predicate else set()
    return own.union(*(codes(part) for part in expression.parts))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("congestive heart failure", "heart_failure"),
        ("Known human immunodeficiency virus (HIV) infection", "hiv"),
        ("chronic hepatitis B infection", "hepatitis_b"),
        ("uncontrolled hypertension", "hypertension"),
        ("interstitial lung disease (ILD)", "ild"),
        ("solid organ transplant", "transplant"),
        ("active autoimmune disease", "autoimmune"),
        ("unable to swallow tablets", "swallowing_problem"),
        ("bleeding diathesis", "bleeding_disorder"),
        ("peripheral neuropathy of grade 2", "neuropathy"),
        ("prolonged QTc interval", "long_qt"),
    ],
)
def test_an_illness_by_its_code(words: str, code: str) -> None:
    predicate = atoms(words)[0].expression.predicate
    assert predicate is not None
    assert (predicate.concept, predicate.op, predicate.values) == ("comorbidity", "had", (code,))


@pytest.mark.parametrize("words", ["active autoimmune disease", "uncontrolled hypertension", "severe heart failure"])
def test_words_that_narrow_are_left(words: str) -> None:
    atom = atoms(words)[0]
    assert words[atom.start : atom.end].split()[0] not in ("active", "uncontrolled", "severe")


@pytest.mark.parametrize(
    "words", ["lupus", "rheumatoid arthritis", "radiation pneumonitis", "type 1 diabetes", "angina pectoris"]
)
def test_part_of_what_a_code_stands_for_stays_open(words: str) -> None:
    """Someone with another autoimmune disease has not got lupus."""
    expression = atoms(words)[0].expression
    assert expression.logic is Logic.ALL
    assert expression.parts[1].logic is Logic.UNPARSED


def test_hepatitis_b_or_c() -> None:
    found = atoms("Active hepatitis B or C")
    assert len(found) == 1
    assert found[0].expression.logic is Logic.ANY
    assert codes(found[0].expression) == {"hepatitis_b", "hepatitis_c"}


def test_a_time_said_once_is_meant_of_the_list() -> None:
    found = atoms("Stroke, heart attack or pulmonary embolism in the past 6 months")
    within = {
        str(a.expression.predicate.values[0]): a.expression.predicate.within_days
        for a in found
        if a.expression.predicate
    }
    assert within == {"stroke": 180, "myocardial_infarction": 180, "pulmonary_embolism": 180}


@pytest.mark.parametrize("words", ["HIV negative", "negative test for HIV", "seronegative for HIV"])
def test_a_negative_test(words: str) -> None:
    expression = atoms(words)[0].expression
    assert expression.logic is Logic.NOT
    assert codes(expression) == {"hiv"}


def test_a_negative_test_behind_another_denial_stays_open() -> None:
    found = [atom for atom in atoms("No hepatitis B, HIV negative") if "hiv" in codes(atom.expression)]
    assert found[0].expression.logic is Logic.ALL
    assert found[0].expression.parts[-1].logic is Logic.UNPARSED


@pytest.mark.parametrize(
    ("words", "op", "value"),
    [
        ("NYHA class III or IV", "at_least", 3),
        ("New York Heart Association (NYHA) class II or higher", "at_least", 2),
        ("NYHA > II", "above", 2),
        ("NYHA class II or better", "at_most", 2),
    ],
)
def test_nyha(words: str, op: str, value: int) -> None:
    predicate = atoms(words)[0].expression.predicate
    assert predicate is not None
    assert (predicate.concept, predicate.op, predicate.values) == ("nyha", op, (value,))


@pytest.mark.parametrize(
    "words", ["hepatitis B vaccine", "Chronic Kidney Disease Epidemiology Collaboration", "HIV testing is not required"]
)
def test_what_is_no_illness(words: str) -> None:
    assert not atoms(words)


def test_a_wide_name_is_met_by_what_it_covers_and_never_denied() -> None:
    expression = atoms("cardiovascular disease")[0].expression
    assert {"heart_failure", "myocardial_infarction"} <= codes(expression)
    assert expression.parts[-1].logic is Logic.UNPARSED


def test_every_cue_stands_where_a_form_does() -> None:
    """A row whose cues are missing from its own forms would never be read."""
    for words in (
        "dialysis",
        "HBsAg positive",
        "torsades de pointes",
        "scleroderma",
        "melena",
        "osteonecrosis of the jaw",
    ):
        assert atoms(words), words


def test_what_must_be_there_now_stays_open_for_the_whole_list() -> None:
    for atom in atoms("Has current pneumonitis/interstitial lung disease"):
        assert atom.expression.logic is Logic.ALL
        assert atom.expression.parts[-1].logic is Logic.UNPARSED
