"""What a statement means where its words, taken singly, would ask what nobody asks.

"ER or PR positive" is answered by "hormone receptor-positive" too. "Locally advanced and unresectable or metastatic"
asks for one of the two. "Women of childbearing potential must use contraception" asks nothing of other women, and
"unwilling to give consent" leaves out those who do not give it.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Sequence

from navaid.terms import Criterion, CriterionType, Expression, Logic, Predicate

_BOTH = {"er.status", "pr.status"}
_DUTY = re.compile(r"[Cc]ontracep|[Bb]irth control|[Aa]bstinen|[Pp]regnancy test")
_UNABLE = re.compile(
    r"\b(?:unwilling|unable|inability|refus|not (?:willing|able)|cannot|lack of|do(?:es)? not|no\b)", re.IGNORECASE
)
_BEARING = re.compile(r"child-?\s?bearing|reproductive potential|\bWOCBP\b", re.IGNORECASE)


def meant(expression: Expression, criterion: Criterion) -> Expression:
    """The expression as it is meant."""
    words = criterion.text
    if criterion.type is CriterionType.INCLUSION and _DUTY.search(words) and _BEARING.search(words):
        expression = _of_some(expression)
    if criterion.type is CriterionType.EXCLUSION and _UNABLE.search(words):
        expression = _refused(expression)
    return _widened(expression)


def _refused(expression: Expression) -> Expression:
    """Who is unwilling or unable to agree is left out, not who agrees."""
    asked = expression.predicate
    if asked and asked.op == "is" and asked.concept in ("consent", "compliance") and asked.values == ("yes",):
        return _made(expression, Logic.NOT, [expression])
    if expression.logic is Logic.NOT:
        return expression
    return _with(expression, tuple(map(_refused, expression.parts)))


def _of_some(expression: Expression) -> Expression:
    """A duty of women who could become pregnant: either she is none of them, or she does it."""
    parts = tuple(map(_of_some, expression.parts))
    who = [part for part in parts if _concepts(part) and _concepts(part) <= {"childbearing", "menopause"}]
    rest = [part for part in parts if part not in who]
    if expression.logic is not Logic.ALL or not who or not rest or _concepts_of(rest) - {"contraception", "pregnancy"}:
        return _with(expression, parts)
    none = _made(expression, Logic.NOT, [_made(expression, Logic.ALL, who)])
    return _made(expression, Logic.ANY, [none, _made(expression, Logic.ALL, rest)])


def _spread(expression: Expression, parts: tuple[Expression, ...]) -> tuple[Expression, ...]:
    """Locally advanced and at the same time (unresectable or metastatic): nobody is; either of the two is meant."""
    local = next((part for part in parts if _is(part, "locally_advanced")), None)
    if expression.logic is not Logic.ALL or local is None:
        return parts
    either = next((p for p in parts if p.logic is Logic.ANY and any(_is(each, "metastatic") for each in p.parts)), None)
    if either is None:
        return parts
    far = [part for part in either.parts if _is(part, "metastatic")]
    near = [part for part in either.parts if part not in far]
    here = _made(expression, Logic.ALL, [local, _made(expression, Logic.ANY, near)]) if near else local
    both = _made(expression, Logic.ANY, [here, *far])
    return (*(part for part in parts if part not in (local, either)), both)


def _is(part: Expression, setting: str) -> bool:
    asked = part.predicate
    return bool(asked and (asked.concept, asked.op, asked.values) == ("setting", "is", (setting,)))


def _concepts(expression: Expression) -> set[str]:
    own = {expression.predicate.concept} if expression.predicate else set()
    return own | _concepts_of(expression.parts)


def _concepts_of(parts: Sequence[Expression]) -> set[str]:
    return {concept for part in parts for concept in _concepts(part)}


def _made(expression: Expression, logic: Logic, parts: Sequence[Expression]) -> Expression:
    return Expression(logic=logic, start=expression.start, end=expression.end, parts=tuple(parts))


def _widened(expression: Expression) -> Expression:
    """The expression in which what says the same of both receptors together answers as well."""
    if not expression.parts:
        return expression
    own = [part.predicate for part in expression.parts if part.predicate and part.predicate.concept in _BOTH]
    parts = _spread(expression, tuple(map(_widened, expression.parts)))
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
    if len(parts) == len(expression.parts) and all(map(operator.is_, parts, expression.parts)):
        return expression  # most have nothing to mend
    return Expression(
        logic=expression.logic,
        start=expression.start,
        end=expression.end,
        parts=parts,
        predicate=expression.predicate,
    )
