"""Predicates over concepts that have one value: codes, TNM categories, numbers."""

from __future__ import annotations

from navaid.terms import FieldState, Label, Predicate, Value
from navaid.trials.match import told
from navaid.trials.match.facts import Facts, fits, vaguer
from navaid.trials.match.known import Known, agreed, compare, opposite
from navaid.trials.match.logic import Held
from navaid.trials.match.tables import beside, no_result, table

_FOUND = "found"  # a variant whose meaning the paper does not state
NUMBERS = ("at_least", "at_most", "above", "below")


def code(facts: Facts, predicate: Predicate) -> Held:
    """Whether the concept has one of the values (`is`), or none of them (`is_not`)."""
    held = _is(facts, predicate)
    if predicate.op in ("is_not", "not_had"):
        return Held(opposite(held.label), held.reasons, held.findings, held.questions)
    return held


def _is(facts: Facts, predicate: Predicate) -> Held:
    names = table("values")["any_of"].get(predicate.concept, [predicate.concept])
    parts = [_one(facts, name, predicate) for name in names]
    for label in (Label.MET, Label.UNKNOWN):
        for part in parts:
            if part.label is label:
                return part
    return parts[0]


def _one(facts: Facts, concept: str, predicate: Predicate) -> Held:
    clash = _conflict(facts, concept, predicate)
    if clash:
        return clash
    knowns = facts.known(concept)
    if not predicate.values:
        has = next((known for known in knowns if known.true), None)
        return Held(Label.MET, (has.told,), has.findings) if has else open_(predicate)
    wanted = predicate.values
    if concept.endswith(".somatic") and "pathogenic" in wanted and not facts.strict:
        wanted = (*wanted, _FOUND)  # "ESR1 mutation" asks for a variant, not for what the paper thinks of it
    hit = next((k for k in knowns if k.true and any(fits(concept, w, k.value) for w in wanted)), None)
    if hit:
        return Held(Label.MET, (hit.told,), hit.findings)
    denials = [_denial(concept, wanted, knowns) for wanted in predicate.values]
    if all(denials):
        first = denials[0]
        return Held(Label.NOT_MET, (first.told,), first.findings) if first else open_(predicate)
    return open_(predicate, next(iter(knowns), None))


def _denial(concept: str, wanted: Value, knowns: tuple[Known, ...]) -> Known | None:
    """What says that the concept has not this value: in so many words, or because it has another one."""
    for known in knowns:
        if not known.true and fits(concept, known.value, wanted):
            return known
    if wanted in beside(concept):
        return None
    for known in knowns:
        if known.value == _FOUND and wanted == "pathogenic":
            return None
        if not known.true or known.value in beside(concept) or vaguer(concept, wanted, known.value):
            continue
        if "X" not in str(known.value) or concept.startswith("gene"):
            return known
    return None


def _conflict(facts: Facts, concept: str, predicate: Predicate) -> Held | None:
    """Of values that disagree nothing follows, unless all lead to the same answer."""
    for field in facts.fields(concept):
        if field.state is not FieldState.CONFLICT:
            continue
        values = (field.value, *field.other)
        labels = [Label.MET if any(fits(concept, w, v) for w in predicate.values) else Label.NOT_MET for v in values]
        label = Label.UNKNOWN if any(value in no_result() for value in values) else agreed(labels)
        if label is Label.UNKNOWN or len(values) < 2:
            reason = f"Your papers disagree on this: {told.label(concept)}. {facts.quote(field)}"
            return Held(Label.UNKNOWN, (reason,), field.findings[:2], _questions(predicate))
        return Held(label, (facts.quote(field),), field.findings[:2])
    return None


def number(facts: Facts, predicate: Predicate) -> Held:
    """Whether a number is what is asked; of several that disagree all must say so."""
    wanted = predicate.values[0] if predicate.values else None
    if not isinstance(wanted, int | float):
        return open_(predicate)
    found = list(facts.bounds(predicate.concept))
    if not found:
        return open_(predicate)
    label = agreed([compare(predicate.op, wanted, bounds.low, bounds.high) for bounds in found])
    if label is Label.UNKNOWN:
        return Held(label, (found[0].told,), found[0].findings, _questions(predicate))
    return Held(label, (found[0].told,), found[0].findings)


def open_(predicate: Predicate, near: Known | None = None) -> Held:
    """Nothing decides it; `near` is what the papers do say."""
    if near:
        return Held(Label.UNKNOWN, (f"{near.told} {told.unsettled(predicate)}",), near.findings, _questions(predicate))
    return Held(Label.UNKNOWN, (told.missing(predicate),), (), _questions(predicate))


def _questions(predicate: Predicate) -> tuple[str, ...]:
    text = told.question(predicate)
    return (text,) if text else ()
