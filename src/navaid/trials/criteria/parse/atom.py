"""The smallest piece of a statement that asks something, and the expressions it is made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from navaid.terms import Expression, Logic, Predicate, Value


class Atom(NamedTuple):
    """`words[start:end]` asks this. Atoms of one `family` are one question: "locally advanced or metastatic"."""

    start: int
    end: int
    expression: Expression
    family: str


def asks(
    start: int,
    end: int,
    concept: str,
    op: str,
    *values: Value,
    unit: str = "",
    within_days: int | None = None,
    family: str = "",
    **qualifiers: Value,
) -> Atom:
    """An atom of one predicate.

    >>> asks(0, 6, "ecog", "at_most", 1).expression.predicate.values
    (1,)
    """
    predicate = Predicate(
        concept=concept, op=op, values=values, unit=unit, within_days=within_days, qualifiers=qualifiers
    )
    return Atom(start, end, Expression(logic=Logic.IS, start=start, end=end, predicate=predicate), family or concept)


def unparsed(start: int, end: int) -> Expression:
    """What was not understood: unknown, whatever the person."""
    return Expression(logic=Logic.UNPARSED, start=start, end=end)


def negated(expression: Expression) -> Expression:
    """Not so; a double negation is none."""
    if expression.logic is Logic.NOT:
        return expression.parts[0]
    return Expression(logic=Logic.NOT, start=expression.start, end=expression.end, parts=(expression,))


def every(parts: Iterable[Expression]) -> Expression:
    """All of these; one alone is itself. Raises ValueError for none."""
    return _joined(Logic.ALL, list(parts))


def some(parts: Iterable[Expression]) -> Expression:
    """At least one of these; one alone is itself. Raises ValueError for none."""
    return _joined(Logic.ANY, list(parts))


def _joined(logic: Logic, parts: list[Expression]) -> Expression:
    if not parts:
        raise ValueError("an expression of nothing")
    if len(parts) == 1:
        return parts[0]
    flat = tuple(inner for part in parts for inner in (part.parts if part.logic is logic else (part,)))
    return Expression(logic=logic, start=min(p.start for p in flat), end=max(p.end for p in flat), parts=flat)
