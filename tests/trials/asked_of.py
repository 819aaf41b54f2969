"""A statement held against facts: tests look at what follows, not at the shape of the expression."""

from __future__ import annotations

from collections.abc import Mapping

from navaid.terms import Criterion, CriterionType, Expression, Label, Logic, Predicate, Value
from navaid.trials.criteria.parse import meaning

Facts = Mapping[str, Value | tuple[Value, ...]]
"""By concept: a value, or for what one may have several of those had. `NONE_OTHER` among these: nothing besides."""

NONE_OTHER = "none other"


def read(text: str, kind: str = "inclusion", under: tuple[str, ...] = ()) -> Expression:
    """What the statement asks."""
    start = 7  # it stands somewhere in a longer text
    return meaning(
        Criterion(number=1, type=CriterionType(kind), text=text, start=start, end=start + len(text), under=under)
    )


def label(text: str, facts: Facts, kind: str = "inclusion", under: tuple[str, ...] = ()) -> Label:
    """The label that follows from these facts."""
    return _hold(read(text, kind, under), facts)


def asked(expression: Expression) -> list[Predicate]:
    """The predicates of an expression, in order."""
    own = [expression.predicate] if expression.predicate else []
    return own + [predicate for part in expression.parts for predicate in asked(part)]


def _hold(expression: Expression, facts: Facts) -> Label:
    if expression.predicate:
        return _ask(expression.predicate, facts)
    parts = [_hold(part, facts) for part in expression.parts]
    if expression.logic is Logic.NOT:
        return {Label.MET: Label.NOT_MET, Label.NOT_MET: Label.MET}.get(parts[0], Label.UNKNOWN)
    if expression.logic in (Logic.ALL, Logic.ANY):
        decisive, other = (Label.NOT_MET, Label.MET) if expression.logic is Logic.ALL else (Label.MET, Label.NOT_MET)
        return decisive if decisive in parts else other if set(parts) == {other} else Label.UNKNOWN
    return Label.UNKNOWN


def _ask(predicate: Predicate, facts: Facts) -> Label:
    known = facts.get(predicate.concept)
    if known is None:
        return Label.UNKNOWN
    first = predicate.values[0]
    if predicate.op in ("had", "not_had"):
        several = known if isinstance(known, tuple) else (known,)
        has = bool(set(several) & set(predicate.values))
        if not has and NONE_OTHER not in several:
            return Label.UNKNOWN
        return Label.MET if has is (predicate.op == "had") else Label.NOT_MET
    if predicate.op in ("is", "is_not"):
        return Label.MET if (known in predicate.values) is (predicate.op == "is") else Label.NOT_MET
    assert isinstance(known, int | float)
    assert isinstance(first, int | float)
    holds = {
        "at_least": known >= first, "at_most": known <= first, "above": known > first, "below": known < first,
    }  # fmt: skip
    return Label.MET if holds[predicate.op] else Label.NOT_MET
