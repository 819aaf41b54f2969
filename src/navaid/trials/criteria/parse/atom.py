"""The smallest piece of a statement that asks something, and the expressions it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    qualified: Mapping[str, Value] | None = None,
    **qualifiers: Value,
) -> Atom:
    """An atom of one predicate; its qualifiers are given by name, or as `qualified`.

    >>> asks(0, 6, "ecog", "at_most", 1).expression.predicate.values
    (1,)
    """
    predicate = Predicate(
        concept=concept,
        op=op,
        values=values,
        unit=unit,
        within_days=within_days,
        qualifiers={**(qualified or {}), **qualifiers},
    )
    return Atom(start, end, Expression(logic=Logic.IS, start=start, end=end, predicate=predicate), family or concept)


def unparsed(start: int, end: int) -> Expression:
    """What was not understood: unknown, whatever the person."""
    return Expression(logic=Logic.UNPARSED, start=start, end=end)


def negated(expression: Expression) -> Expression:
    """Not so; a double negation is none, and what is unknown stays unknown."""
    if expression.logic is Logic.UNPARSED:
        return expression
    if expression.logic is Logic.NOT:
        return expression.parts[0]
    return Expression(logic=Logic.NOT, start=expression.start, end=expression.end, parts=(expression,))


def every(parts: Iterable[Expression]) -> Expression:
    """All of these; one alone is itself. Raises ValueError for none."""
    return _joined(Logic.ALL, list(parts))


def some(parts: Iterable[Expression]) -> Expression:
    """At least one of these; one alone is itself. Raises ValueError for none."""
    return _joined(Logic.ANY, list(parts))


def concepts(expression: Expression) -> set[str]:
    """The subjects an expression asks about: concepts without what stands behind the first full stop."""
    if expression.predicate:
        return {expression.predicate.concept.partition(".")[0]}
    return {name for part in expression.parts for name in concepts(part)}


def same(one: Expression, other: Expression) -> bool:
    """Whether two ask the same, wherever in the text they stand."""
    return (
        one.logic is other.logic
        and one.predicate == other.predicate
        and len(one.parts) == len(other.parts)
        and all(map(same, one.parts, other.parts))
    )


def moved(expression: Expression, by: int) -> Expression:
    """The same with its spans counted from `by` characters further on."""
    return Expression(
        logic=expression.logic,
        start=expression.start + by,
        end=expression.end + by,
        parts=tuple(moved(part, by) for part in expression.parts),
        predicate=expression.predicate,
    )


def _joined(logic: Logic, parts: list[Expression]) -> Expression:
    if not parts:
        raise ValueError("an expression of nothing")
    flat = [inner for part in parts for inner in (part.parts if part.logic is logic else (part,))]
    unknown = [part for part in flat if part.logic is Logic.UNPARSED]
    if len(unknown) > 1:  # one unknown is as good as several
        whole = unparsed(min(part.start for part in unknown), max(part.end for part in unknown))
        flat = [part for part in flat if part.logic is not Logic.UNPARSED] + [whole]
    if len(flat) > 1:
        flat = _simpler(logic, flat)
    if len(flat) == 1:
        return flat[0]
    return Expression(
        logic=logic, start=min(part.start for part in flat), end=max(part.end for part in flat), parts=tuple(flat)
    )


def _simpler(logic: Logic, parts: list[Expression]) -> list[Expression]:
    """Without what is said twice, and without what another part settles: of "A, or A and B" A is enough."""
    kept: list[Expression] = []
    for part in parts:
        if not any(same(part, other) for other in kept):
            kept.append(part)
    dual = Logic.ANY if logic is Logic.ALL else Logic.ALL
    return [
        part
        for part in kept
        if part.logic is not dual
        or not any(same(inner, other) for inner in part.parts for other in kept if other is not part)
    ]
