"""The person: age in all its forms, sex, menopause, pregnancy, childbearing, performance status, life expectancy."""

from __future__ import annotations

import pytest

from navaid.terms import Expression, Logic
from navaid.trials.criteria.parse.atom import Atom
from navaid.trials.criteria.parse.readers import person


def atoms(words: str) -> list[Atom]:
    """The longest atoms that do not overlap."""
    chosen: list[Atom] = []
    for atom in sorted(person.read(words), key=lambda atom: atom.start - atom.end):
        if all(atom.end <= each.start or atom.start >= each.end for each in chosen):
            chosen.append(atom)
    return sorted(chosen, key=lambda atom: atom.start)


def told(expression: Expression) -> list[tuple[str, str, object]]:
    own = expression.predicate
    here = [(own.concept, own.op, own.values[0] if len(own.values) == 1 else own.values)] if own else []
    return here + [each for part in expression.parts for each in told(part)]


def all_told(words: str) -> list[tuple[str, str, object]]:
    return [each for atom in atoms(words) for each in told(atom.expression)]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Age ≥ 18 years", [("at_least", 18.0)]),
        ("Aged 18 to 70", [("at_least", 18.0), ("at_most", 70.0)]),
        ("18 years ≤ age ≤ 65 years", [("at_least", 18.0), ("at_most", 65.0)]),
        ("Age: 30 and over", [("at_least", 30.0)]),
        ("18-75 years old", [("at_least", 18.0), ("at_most", 75.0)]),
        ("Patients 50 years or older", [("at_least", 50.0)]),
        ("Must be at least 18 years of age on the day of consent", [("at_least", 18.0)]),
        ("Age between18-70 years", [("at_least", 18.0), ("at_most", 70.0)]),
        ("6 months to 21 years of age", [("at_least", 0.5), ("at_most", 21.0)]),
        ("Age at least 18 months", [("at_least", 1.5)]),
        ("aged over 40 years and under 75 years", [("above", 40.0), ("below", 75.0)]),
        ("Under 18 years of age", [("below", 18.0)]),
        ("Adults", [("at_least", 18)]),
    ],
)
def test_age(words: str, wanted: list[tuple[str, float]]) -> None:
    ages = [(op, value) for concept, op, value in all_told(words) if concept == "age"]
    assert ages == wanted


def test_over_eighteen_is_open_for_those_of_eighteen() -> None:
    expression = atoms("Age > 18 years")[0].expression
    assert expression.logic is Logic.ANY
    assert expression.parts[1].parts[1].logic is Logic.UNPARSED


@pytest.mark.parametrize(
    "words",
    [
        "No other cancer within 5 years",
        "Sister diagnosed with breast cancer before age 50",
        "Age at least 40 years at diagnosis",
        "Postmenopausal is defined as: age 60 or older",
        "There are no data on dosing in patients < 18 years of age",
        "Treated with tamoxifen for 5 years or more",
        "Age ≥ 60 years; or",
        "Women of childbearing age",
    ],
)
def test_what_is_no_age_on_joining(words: str) -> None:
    assert not [each for each in all_told(words) if each[0] == "age"]


@pytest.mark.parametrize(
    ("words", "sex"),
    [
        ("Female", "female"),
        ("Women aged 18 and older", "female"),
        ("Patients must be female", "female"),
        ("Sex: Female", "female"),
        ("Male breast cancer", "male"),
        ("Male patients", "male"),
    ],
)
def test_sex(words: str, sex: str) -> None:
    assert ("sex", "is", sex) in all_told(words)


@pytest.mark.parametrize(
    "words",
    [
        "Men or women",
        "Male or female, 18 years or older",
        "Women of childbearing potential must use contraception",
        "Women who are pregnant",
        "Men must use condoms with partners who may become pregnant",
        "Adult women (pre- or postmenopausal) and adult men",
    ],
)
def test_what_does_not_ask_for_a_sex(words: str) -> None:
    assert not [each for each in all_told(words) if each[0] == "sex"]


@pytest.mark.parametrize(
    ("words", "states"),
    [
        ("Postmenopausal women", "post"),
        ("Pre- or perimenopausal", ("pre", "peri")),
        ("Menopausal status: premenopausal", "pre"),
    ],
)
def test_menopause(words: str, states: object) -> None:
    assert ("menopause", "is", states) in all_told(words)


def test_what_is_asked_of_premenopausal_women_only() -> None:
    atom = atoms("Premenopausal women must have ovarian suppression")[0]
    assert atom.family == person.DUTY
    assert atom.expression.parts[0].logic is Logic.NOT


def test_pregnancy() -> None:
    assert all_told("Pregnant or breastfeeding") == [("pregnancy", "is", ("pregnant", "breastfeeding"))]
    assert all_told("Pregnancy or lactation") == [("pregnancy", "is", ("pregnant", "breastfeeding"))]
    assert atoms("Not pregnant or nursing")[0].expression.logic is Logic.NOT
    assert atoms("Negative serum pregnancy test within 7 days before enrollment")[0].expression.logic is Logic.NOT
    assert all_told("Positive pregnancy test") == [("pregnancy", "is", "pregnant")]


@pytest.mark.parametrize("words", ["History of pregnancy loss", "Planning to become pregnant", "nursing infants"])
def test_what_is_no_pregnancy_now(words: str) -> None:
    assert not [each for each in all_told(words) if each[0] == "pregnancy"]


def test_childbearing_potential() -> None:
    words = "Women of childbearing potential must have a negative pregnancy test"
    (atom,) = atoms(words)
    assert words[atom.start : atom.end] == words
    assert atom.expression.logic is Logic.ANY
    assert told(atom.expression)[0] == ("childbearing", "is", "no")
    (refused,) = atoms("Women of childbearing potential who are unwilling to use contraception")
    assert refused.expression.logic is Logic.ALL
    assert refused.family != person.DUTY
    with_men = atoms("Women of childbearing potential and men must use contraception")[0]
    assert ("sex", "is", "female") in told(with_men.expression)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("ECOG 0-2", [("ecog", "at_most", 2)]),
        ("Eastern Cooperative Oncology Group (ECOG) performance status of 0 or 1", [("ecog", "at_most", 1)]),
        ("ECOG performance status ≤ 1", [("ecog", "at_most", 1)]),
        ("ECOG less than or equal to (</=) 2", [("ecog", "at_most", 2)]),
        ("WHO performance status 2 or lower", [("ecog", "at_most", 2)]),
        ("Zubrod 0, 1 or 2", [("ecog", "at_most", 2)]),
        ("ECOG > 2", [("ecog", "above", 2)]),
        ("ECOG 3 or 4", [("ecog", "at_least", 3)]),
        ("Karnofsky performance status of at least 70%", [("karnofsky", "at_least", 70)]),
        ("Karnofsky 60-100%", [("karnofsky", "at_least", 60)]),
        ("Lansky 50 or higher", [("lansky", "at_least", 50)]),
    ],
)
def test_performance(words: str, wanted: list[tuple[str, str, object]]) -> None:
    assert all_told(words) == wanted


def test_life_expectancy_in_months() -> None:
    assert all_told("Life expectancy of at least 12 weeks") == [("life_expectancy", "at_least", 2.8)]
    assert all_told("Expected survival more than 3 months") == [("life_expectancy", "above", 3.0)]


def test_when_the_performance_was_looked_at_asks_nothing() -> None:
    words = "ECOG 0 or 1 within 7 days before randomization"
    (atom,) = atoms(words)
    assert words[atom.start : atom.end] == words


def test_currently_pregnant() -> None:
    assert all_told("Currently pregnant (by a test) or breastfeeding") == [
        ("pregnancy", "is", ("pregnant", "breastfeeding"))
    ]
