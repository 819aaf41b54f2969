"""Predicates over measured values: units made the same, multiples of a laboratory's own limit."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from navaid.tables import load as load_table
from navaid.terms import Assertion, Field, Label, Predicate
from navaid.trials.match.facts import HAD, Facts
from navaid.trials.match.known import Bounds, agreed, compare
from navaid.trials.match.logic import Held
from navaid.trials.match.single import open_
from navaid.trials.match.tables import table

# What belongs to which part of "normal liver function".
_PARTS = {
    "blood": ("neutrophils", "platelets", "hemoglobin", "wbc", "lymphocytes"),
    "liver": ("alt", "ast", "bilirubin", "bilirubin_direct", "alp", "ggt", "albumin"),
    "kidney": ("creatinine", "urea"),
}


def lab(facts: Facts, predicate: Predicate) -> Held:
    """Whether a laboratory value is within what is asked; the latest of each where there are several."""
    wanted = predicate.values[0] if predicate.values else None
    if not isinstance(wanted, int | float):
        return open_(predicate)
    found = list(_bounds(facts, predicate))
    label = agreed([compare(predicate.op, float(wanted), each.low, each.high) for each in found])
    if label is Label.UNKNOWN:
        return open_(predicate)
    return Held(label, (found[0].told,), found[0].findings)


def _bounds(facts: Facts, predicate: Predicate) -> Iterator[Bounds]:
    """The value in the unit that is asked for; nothing where it cannot be brought into it."""
    name = predicate.concept.removeprefix("lab.")
    of = str(predicate.qualifiers.get("of", ""))
    latest = _latest([field for field in facts.fields(predicate.concept) if field.assertion in HAD])
    for field in latest:
        value = _in_unit(name, field, predicate.unit, of)
        if value is not None:
            low = None if field.details.get("bound") == "at_most" else value
            yield Bounds(low, value, facts.quote(field), field.findings[:1])
    if latest:
        return
    for field in facts.fields("organ_function"):
        if field.assertion is Assertion.PRESENT and field.value == "normal" and _covers(field, name):
            if of == "ULN":  # what is normal is at most the upper limit
                yield Bounds(None, 1, facts.quote(field), field.findings[:1])
            elif of == "LLN":
                yield Bounds(1, None, facts.quote(field), field.findings[:1])
            elif (least := _normal_at_least(name, predicate.unit)) is not None:
                yield Bounds(least, None, facts.quote(field), field.findings[:1])


def _normal_at_least(name: str, unit: str) -> float | None:
    """What a normal value is at least, in this unit (values.yaml)."""
    row = next((row for row in table("values")["normal_at_least"] if row["lab"] == name), None)
    own = _table().get(name, {})
    factor = 1.0 if unit in ("", own.get("unit")) else own.get("units", {}).get(unit)
    return row["value"] / factor if row and factor else None


def _latest(fields: list[Field]) -> list[Field]:
    dated = [field for field in fields if field.date]
    if not dated:
        return fields
    newest = max(field.date for field in dated if field.date)
    return [field for field in dated if field.date == newest]


def _in_unit(name: str, field: Field, unit: str, of: str) -> float | None:
    if not isinstance(field.value, int | float):
        return None
    if of:
        limit = field.details.get("high" if of == "ULN" else "low")
        if str(field.unit).upper() == of:
            return float(field.value)
        return float(field.value) / limit if isinstance(limit, int | float) and limit else None
    if str(field.unit).upper() in ("ULN", "LLN"):
        return None
    have = field.unit or _bare(name, float(field.value))
    want = unit or _table().get(name, {}).get("unit", have)
    if not have or have == want:
        return float(field.value)
    row = _table().get(name, {})
    to_own = 1.0 if have == row.get("unit") else row.get("units", {}).get(have)
    from_own = 1.0 if want == row.get("unit") else row.get("units", {}).get(want)
    return float(field.value) * to_own / from_own if to_own and from_own else None


def _bare(name: str, value: float) -> str:
    """The unit that a number without one is in, by the range it lies in."""
    row = _table().get(name, {})
    fitting = [str(unit) for low, high, unit in row.get("bare", []) if low <= value <= high]
    return fitting[0] if len(fitting) == 1 else ""


def _covers(field: Field, name: str) -> bool:
    part = str(field.details.get("part", "all"))
    return name in (_PARTS.get(part) or [each for names in _PARTS.values() for each in names])


@cache
def _table() -> dict[str, dict[str, Any]]:
    """The laboratory values that criteria name, with their units (parse/readers/labs.yaml)."""
    path = files("navaid.trials.criteria.parse.readers") / "labs.yaml"
    return {row["id"]: row for row in load_table(path.read_text(encoding="utf-8"))["labs"]}


def organ_function(facts: Facts, predicate: Predicate) -> Held:
    """Whether organs work normally or well enough, only from a paper that says so of all that is asked."""
    part = predicate.qualifiers.get("part", "all")
    works = [field for field in facts.fields("organ_function") if field.assertion is Assertion.PRESENT]
    parts = {str(field.details.get("part", "all")): field for field in works if _enough(field, predicate)}
    if part == "all" and parts.keys() >= {"blood", "liver", "kidney"}:
        told = tuple(dict.fromkeys(facts.quote(parts[each]) for each in ("blood", "liver", "kidney")))
        return Held(Label.MET, told, parts["blood"].findings[:1])
    for field in facts.fields("organ_function"):
        if field.details.get("part", "all") not in ("all", part):
            continue
        if field.assertion is Assertion.ABSENT:
            return Held(Label.NOT_MET, (facts.quote(field),), field.findings[:1])
        if _enough(field, predicate):
            return Held(Label.MET, (facts.quote(field),), field.findings[:1])
    return open_(predicate)


def _enough(field: Field, predicate: Predicate) -> bool:
    return field.value == "normal" or field.value in predicate.values
