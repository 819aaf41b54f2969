"""Hormone receptors asked for as "ER or PR positive", where a paper says "hormone receptor-positive" and no more."""

from __future__ import annotations

from navaid.terms import Expression, Logic, Predicate

_BOTH = {"er.status", "pr.status"}


def widened(expression: Expression) -> Expression:
    """The expression in which what says the same of both receptors together answers as well."""
    if not expression.parts:
        return expression
    own = [part.predicate for part in expression.parts if part.predicate and part.predicate.concept in _BOTH]
    parts = tuple(map(widened, expression.parts))
    if {each.concept for each in own} == _BOTH and all(each.op == "is" for each in own):
        if expression.logic is Logic.ANY and all("positive" in each.values for each in own):
            return _with(expression, (*parts, _together(expression, "positive")))
        if expression.logic is Logic.ALL and all(each.values == ("negative",) for each in own):
            rest = tuple(part for part in parts if not (part.predicate and part.predicate.concept in _BOTH))
            pair = _with(expression, tuple(part for part in parts if part not in rest))
            either = Expression(
                logic=Logic.ANY,
                start=expression.start,
                end=expression.end,
                parts=(pair, _together(expression, "negative")),
            )
            return _with(expression, (either, *rest)) if rest else either
    return _with(expression, parts)


def _together(expression: Expression, state: str) -> Expression:
    predicate = Predicate(concept="hr.status", op="is", values=(state,))
    return Expression(logic=Logic.IS, start=expression.start, end=expression.end, predicate=predicate)


def _with(expression: Expression, parts: tuple[Expression, ...]) -> Expression:
    return Expression(
        logic=expression.logic,
        start=expression.start,
        end=expression.end,
        parts=parts,
        predicate=expression.predicate,
    )
