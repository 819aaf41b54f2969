"""Measured values: units, multiples of the normal limits, and second limits for some."""

from __future__ import annotations

import pytest

from navaid.terms import Expression, Logic, Predicate
from navaid.trials.criteria.parse.readers import lab_names, labs


def asked(words: str) -> Expression:
    """The expression of the longest atom."""
    return max(labs.read(words), key=lambda atom: atom.end - atom.start).expression


def only(words: str) -> tuple[str, str, float, str, str]:
    predicate = asked(words).predicate
    assert predicate is not None, words
    value = predicate.values[0]
    assert isinstance(value, int | float)
    return predicate.concept, predicate.op, value, predicate.unit, str(predicate.qualifiers.get("of", ""))


@pytest.mark.parametrize(
    "words",
    [
        "ANC at least 1,500/mm3",
        "Neutrophils ≥ 1.5 x 10^9/L",
        "absolute neutrophil count (ANC) >= 1.5 x 109/L",
        "Neutrophil count no less than 1.500/uL",
        "ANC ≥ 1.5 K/uL",
        "ANC: ≥1500 cells/mm^3",
        "granulocytes > or = 1.5 G/L",
        "ANC ≥ 1,500",
    ],
)
def test_one_limit_in_every_spelling(words: str) -> None:
    assert only(words) == ("lab.neutrophils", "at_least", 1.5, "10*9/L", "")


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Hemoglobin ≥ 90 g/L", ("lab.hemoglobin", "at_least", 9.0, "g/dL", "")),
        ("Platelet count > 100 000/µL", ("lab.platelets", "above", 100.0, "10*9/L", "")),
        ("serum creatinine ≤ 132.6 umol/L", ("lab.creatinine", "at_most", 1.5, "mg/dL", "")),
        ("creatinine clearance of 45 mL/min or greater", ("lab.creatinine_clearance", "at_least", 45.0, "mL/min", "")),
        ("AST < 2.5 times the upper limit of normal", ("lab.ast", "below", 2.5, "", "ULN")),
        ("bilirubin no greater than ULN", ("lab.bilirubin", "at_most", 1.0, "", "ULN")),
        ("alkaline phosphatase ≤ ULN 3 times", ("lab.alp", "at_most", 3.0, "", "ULN")),
        ("LVEF ≥ 50 % by echocardiogram", ("lab.lvef", "at_least", 50.0, "%", "")),
        ("LVEF below the lower limit of normal", ("lab.lvef", "below", 1.0, "", "LLN")),
        ("QTcF > 470 msec", ("lab.qtc", "above", 470.0, "ms", "")),
        ("HbA1c > 8%", ("lab.hba1c", "above", 8.0, "%", "")),
    ],
)
def test_units_are_made_the_same(words: str, wanted: tuple[str, str, float, str, str]) -> None:
    assert only(words) == wanted


def test_a_limit_said_twice_is_one() -> None:
    words = "Platelets ≥ 100,000/mm3 (100 x 10^9/L)"
    atom = max(labs.read(words), key=lambda atom: atom.end - atom.start)
    assert words[atom.start : atom.end] == words
    assert atom.expression.predicate is not None


def test_names_that_share_a_limit() -> None:
    inner = asked("AST and ALT ≤ 3 x ULN")
    assert inner.logic is Logic.ALL
    assert [part.predicate.concept for part in inner.parts if part.predicate] == ["lab.ast", "lab.alt"]
    assert asked("ALT or AST > 3 x ULN").logic is Logic.ANY
    # "ALT or AST within a limit" may be meant of both or of either: where they differ, it is open.
    assert asked("ALT or AST ≤ 3 x ULN").parts[1].parts[-1].logic is Logic.UNPARSED


def test_a_wider_limit_with_liver_metastases() -> None:
    either = asked("ALT ≤ 3 x ULN, or ≤ 5 x ULN in patients with liver metastases")
    assert either.logic is Logic.ANY
    strict, lenient = either.parts
    assert strict.predicate is not None
    assert strict.predicate.values == (3.0,)
    assert lenient.logic is Logic.ALL
    assert [part.predicate for part in lenient.parts] == [
        Predicate(concept="lab.alt", op="at_most", values=(5.0,), qualifiers={"of": "ULN"}),
        Predicate(concept="metastasis.site", op="had", values=("liver",)),
    ]


def test_a_wider_limit_in_an_exclusion() -> None:
    both = asked("ALT > 3 x ULN (> 5 x ULN if liver metastases)")
    assert both.logic is Logic.ALL
    assert both.parts[1].logic is Logic.ANY
    assert both.parts[1].parts[1].logic is Logic.NOT


def test_gilbert_lifts_a_limit() -> None:
    either = asked("Total bilirubin ≤ 1.5 x ULN unless Gilbert's syndrome is known")
    assert either.logic is Logic.ANY
    assert either.parts[1].parts[1].logic is Logic.UNPARSED


def test_the_lead_in_is_taken_in() -> None:
    words = "Adequate bone marrow function, defined as: hemoglobin ≥ 9 g/dL"
    assert max(labs.read(words), key=lambda atom: atom.end - atom.start).start == 0


@pytest.mark.parametrize(
    "words",
    [
        "Inadequate renal function with creatinine > 2 mg/dL",
    ],
)
def test_an_opposite_lead_in_is_not(words: str) -> None:
    assert min(atom.start for atom in labs.read(words)) > 0


@pytest.mark.parametrize(
    "words", ["Hemoglobin ≥ 9 mg/dL", "No platelet transfusion within 7 days", "ALT was measured twice"]
)
def test_what_is_no_limit(words: str) -> None:
    assert not list(labs.read(words))


def test_in_unit() -> None:
    assert lab_names.in_unit("hemoglobin", 12, "g/L") == 1.2
    assert lab_names.in_unit("hemoglobin", 12, "mg/L") is None
    assert lab_names.in_unit("no such thing", 1, "") is None


@pytest.mark.parametrize(
    "words",
    [
        "LVEF ≥ 50% by ECHO or MUGA",
        "LVEF ≥ 50% as measured by echocardiogram (ECHO) or multigated acquisition (MUGA) scan",
    ],
)
def test_how_it_is_measured_is_no_alternative(words: str) -> None:
    atom = max(labs.read(words), key=lambda atom: atom.end - atom.start)
    assert words[atom.start : atom.end] == words
    assert atom.expression.predicate is not None


def test_an_or_behind_the_method_joins_what_follows() -> None:
    words = "LVEF ≥ 50% by ECHO or QTc < 470 ms"
    first = max((atom for atom in labs.read(words) if atom.start == 0), key=lambda atom: atom.end)
    assert words[first.end :].split()[0] == "or"


def test_a_slip_of_the_unit_rules_nobody_out() -> None:
    assert not list(labs.read("Hemoglobin ≥ 90 g/dL"))
