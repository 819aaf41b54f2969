"""Which part of the room answers a predicate, by its concept."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from navaid.records.concepts import concept as concept_row
from navaid.terms import Label, Predicate
from navaid.trials.match import categories, labs, lines, several, single, treatments
from navaid.trials.match.facts import Facts
from navaid.trials.match.logic import Held

Answer = Callable[[Facts, Predicate], Held]

_OWN: dict[str, Answer] = {
    "cancer": categories.cancer,
    "t_category": categories.category,
    "n_category": categories.category,
    "recurrence": categories.recurrence,
    "drug": treatments.treatment,
    "drug_class": treatments.treatment,
    "progression": treatments.progression,
    "prior_treatment": treatments.prior_treatment,
    "lines": lines.lines,
    "brain_metastases": several.brain_metastases,
    "other_cancer": several.other_cancer,
    "medication_class": several.medication_class,
    "organ_function": labs.organ_function,
}


def _cohort(facts: Facts, predicate: Predicate) -> Held:
    """A statement of a part of the study is held against the person as it stands, and rules out none (match.py)."""
    name = " ".join(str(value) for value in predicate.values)
    return Held(Label.MET, (f"This is asked in one part of the study only ({name}).",))


_OWN["cohort"] = _cohort


def ask(facts: Facts, predicate: Predicate) -> Held:
    """Whether this holds of the person, with the reason; a concept that no profile has is open."""
    asked = predicate.concept, predicate.op, predicate.values, predicate.unit, predicate.within_days
    key = (asked, tuple(predicate.qualifiers.items()), facts.narrowing, facts.strict)
    if key not in facts.answers:  # criteria ask the same thing again and again
        facts.answers[key] = _answer(facts, predicate)
    return facts.answers[key]


def _answer(facts: Facts, predicate: Predicate) -> Held:
    if predicate.concept in _OWN:
        return _OWN[predicate.concept](facts, predicate)
    if predicate.concept.startswith("lab."):
        return labs.lab(facts, predicate)
    if predicate.op in single.NUMBERS:
        return single.number(facts, predicate)
    if _many(predicate.concept) or predicate.op in ("had", "not_had"):
        return several.had(facts, predicate)
    return single.code(facts, predicate)


@cache
def _many(concept: str) -> bool:
    try:
        return concept_row(concept).many
    except KeyError:
        return False
