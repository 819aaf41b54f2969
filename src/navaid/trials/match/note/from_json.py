"""A profile given as JSON: nested by the parts of a concept's name, or as `Profile` itself is encoded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import msgspec

from navaid.errors import BadInput
from navaid.terms import Assertion, Field, FieldState, Profile, Value

_FIX = 'give a text, or fields by their concepts: {"age": {"value": 52}, "er": {"status": {"value": "positive"}}}'


def profile(given: Any, name: str, today: dt.date) -> Profile:
    """The profile that the JSON tells. Raises BadInput naming what cannot be read."""
    if not isinstance(given, dict):
        raise BadInput("a profile is neither a text nor an object", where=name, fix=_FIX)
    if isinstance(given.get("profile"), dict):
        given = given["profile"]
    if isinstance(given.get("fields"), list):
        try:
            whole: Profile = msgspec.convert(
                {"name": name, "made": today, "tumours": [], "findings": [], **given}, Profile
            )
        except (msgspec.ValidationError, ValueError) as error:
            raise BadInput(f"a profile that cannot be read: {error}", where=name, fix=_FIX) from error
        return whole
    fields = tuple(_fields(given, ""))
    return Profile(name=name, made=today, fields=fields, tumours=(), findings=())


def _fields(node: dict[str, Any], path: str) -> Iterator[Field]:
    for key, value in node.items():
        concept = f"{path}.{key}" if path else str(key)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict) and "value" in each:
                yield from _leaf(concept, each)
                rest = {name: inner for name, inner in each.items() if isinstance(inner, dict) and "value" in inner}
                yield from _fields(rest, concept)
            elif isinstance(each, dict):
                yield from _fields(each, concept)
            elif isinstance(each, str | int | float) and not isinstance(each, bool):
                yield Field(concept=concept, value=each, state=FieldState.UNCONFIRMED)


def _leaf(concept: str, leaf: dict[str, Any]) -> Iterator[Field]:
    value: Value = leaf["value"]
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return
    state, assertion = str(leaf.get("state", "unconfirmed")), str(leaf.get("assertion", "present"))
    details = leaf.get("details")
    other = leaf.get("other")
    yield Field(
        concept=concept,
        value=value,
        state=FieldState(state) if state in set(FieldState) else FieldState.UNCONFIRMED,
        unit=str(leaf.get("unit", "")),
        date=_day(leaf.get("date")),
        other=tuple(v for v in other if isinstance(v, str | int | float)) if isinstance(other, list) else (),
        assertion=Assertion(assertion) if assertion in set(Assertion) else Assertion.PRESENT,
        details={k: v for k, v in details.items() if isinstance(v, str | int | float)}
        if isinstance(details, dict)
        else {},
    )


def _day(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
