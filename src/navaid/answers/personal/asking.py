"""The table of populations: what each id asks of a person, as expressions that trials.match answers.

In: ids and limits of a Population. Out: Expressions. tables/population.yaml says what its keys mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from navaid.records.concepts import concept as record_concept
from navaid.tables import load_from
from navaid.terms import Expression, Logic, Predicate, Value
from navaid.trials.concepts import trial_concepts

_COMPARED = re.compile(r"(>=|<=|>|<)\s*(\d+(?:\.\d+)?)")
_RANGE = re.compile(r"(\d+(?:\.\d+)?)\.\.(\d+(?:\.\d+)?)")
_OPS = {">=": "at_least", "<=": "at_most", ">": "above", "<": "below"}
_HAD = frozenset({"drug", "drug_class", "medication_class", "antigen", "other_cancer", "progression"})
_NOW = "taking"  # a limit of this name asks for a drug or class that the person has now
# Limits of a number of treatments count those for advanced disease, as sentences about lines do.
_QUALIFIERS: dict[str, dict[str, Value]] = {"lines": {"setting": "advanced"}}

UNPARSED = Expression(logic=Logic.UNPARSED, start=0, end=0)
"""A limit that nothing kept of a person settles."""


@cache
def table() -> dict[str, dict[str, Any]]:
    """The content of population.yaml."""
    rows: dict[str, dict[str, Any]] = load_from("navaid.answers.personal", "tables/population.yaml")
    return rows


def row(axis: str, id_: str) -> dict[str, Any] | None:
    """The row of an id, None where the table has none."""
    found = table()[axis].get(id_)
    return found if isinstance(found, dict) else None


def part(subtype: str) -> str:
    """The sub-axis that a subtype belongs to; empty for one that the table does not know."""
    found = row("subtypes", subtype)
    return str(found["part"]) if found else ""


def together(ids: Sequence[str]) -> Sequence[str]:
    """The ids, of which some that stand beside each other are asked as one (BRCA1 and BRCA2)."""
    for id_, members in table()["together"].items():
        if set(members) <= set(ids):
            return [id_, *(each for each in ids if each not in members)]
    return ids


@cache
def asked(axis: str, id_: str) -> Expression:
    """What an id asks; `UNPARSED` for one that the table does not know, so that it is never passed over in silence."""
    found = row(axis, id_)
    if found is None:
        return UNPARSED
    with_ = found.get("with", {})
    parts = [negated(limit(concept, values)) for concept, values in found.get("not", {}).items()]
    either = [limit(concept, values, with_) for concept, values in found.get("any", {}).items()]
    either += [negated(limit(concept, values)) for concept, values in found.get("or_not", {}).items()]
    if either:
        parts.append(any_of(either))
    parts += [limit(concept, values) for concept, values in found.get("all", {}).items()]
    if "open" in found:
        parts.append(UNPARSED)
    return all_of(parts)


def limit(concept: str, values: Sequence[str], qualifiers: dict[str, Value] | None = None) -> Expression:
    """That the concept has one of the values; a value may be a comparison, such as `>= 65`, or a range, as `11..25`."""
    if concept == _NOW:
        return _is(Predicate(concept="drug_class", op="had", values=tuple(values), qualifiers={"when": "now"}))
    wider = table()["wider"].get(concept, {})
    compared = [value for value in values if _numeric(str(value)) or _number(concept)]
    plain = [each for value in values if value not in compared for each in wider.get(str(value), [value])]
    given = qualifiers or _QUALIFIERS.get(concept, {})
    parts = [_compared(concept, str(value), given) for value in compared]
    if plain:
        parts.append(
            _is(Predicate(concept=concept, op=_op(concept), values=tuple(dict.fromkeys(plain)), qualifiers=given))
        )
    return any_of(parts)


def known(concept: str) -> bool:
    """Whether a limit by this concept is one that papers are read for, or that follows from them."""
    if concept == _NOW or concept in trial_concepts():
        return True
    try:
        record_concept(concept)
    except KeyError:
        return False
    return True


def _op(concept: str) -> str:
    if concept in _HAD:
        return "had"
    if concept in trial_concepts():
        return "had" if trial_concepts()[concept].many else "is"
    try:
        return "had" if record_concept(concept).many else "is"
    except KeyError:
        return "is"


def _number(concept: str) -> bool:
    if concept in trial_concepts():
        return trial_concepts()[concept].kind == "number"
    try:
        return record_concept(concept).kind == "number"
    except KeyError:
        return False


def _numeric(value: str) -> bool:
    return bool(_COMPARED.fullmatch(value) or _RANGE.fullmatch(value))


def _compared(concept: str, value: str, qualifiers: dict[str, Value]) -> Expression:
    try:
        bounds = _bounds(value)
    except ValueError:
        return UNPARSED
    predicates = [Predicate(concept=concept, op=op, values=(number,), qualifiers=qualifiers) for op, number in bounds]
    return all_of(map(_is, predicates))


def _bounds(value: str) -> list[tuple[str, float]]:
    """What a number is compared with: a comparison has one bound, a range and a plain number two."""
    if match := _COMPARED.fullmatch(value):
        return [(_OPS[match[1]], float(match[2]))]
    match = _RANGE.fullmatch(value)
    low, high = (match[1], match[2]) if match else (value, value)
    return [("at_least", float(low)), ("at_most", float(high))]


def _is(predicate: Predicate) -> Expression:
    return Expression(logic=Logic.IS, start=0, end=0, predicate=predicate)


def negated(part: Expression) -> Expression:
    """That it does not hold."""
    return Expression(logic=Logic.NOT, start=0, end=0, parts=(part,))


def any_of(parts: Iterable[Expression]) -> Expression:
    """That one of these holds; the part itself where there is but one."""
    return _joined(Logic.ANY, tuple(parts))


def all_of(parts: Iterable[Expression]) -> Expression:
    """That all of these hold; the part itself where there is but one."""
    return _joined(Logic.ALL, tuple(parts))


def _joined(logic: Logic, parts: tuple[Expression, ...]) -> Expression:
    return parts[0] if len(parts) == 1 else Expression(logic=logic, start=0, end=0, parts=parts)
