"""The rows of tables/gaps.yaml: what may not be in the papers, when that matters, and whether it does here."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from navaid.answers.personal import gap_signs
from navaid.answers.personal.gap_signs import is_so
from navaid.tables import load_from
from navaid.terms import Assertion, Field, FieldState, Profile, Record, Value
from navaid.trials.match.facts import Facts
from navaid.trials.match.tables import no_result, several

_CONDITIONS = ("when", "unless", "signs", "unless_signs")
_TOLD = (Assertion.PRESENT, Assertion.HISTORICAL, Assertion.ABSENT, Assertion.FAMILY)


class Row(Record, frozen=True):
    """What is not in the papers where none of `absent` is told, all of `when` and `signs` hold, and none of `unless`
    and `unless_signs`.

    `quotes` are the concepts whose words are shown first. `same_tumour`: what is told of another tumour does not count.
    `weight` is that for a cancer that has spread, and for one that has not.
    """

    id: str
    concept: str
    absent: tuple[str, ...]
    when: dict[str, tuple[Value, ...]]
    unless: dict[str, tuple[Value, ...]]
    signs: dict[str, tuple[Value, ...]]
    unless_signs: dict[str, tuple[Value, ...]]
    quotes: tuple[str, ...]
    said: str
    ask: str
    why: tuple[str, ...]
    weight: tuple[int, int]
    same_tumour: bool


@cache
def _table() -> Any:
    return load_from("navaid.answers.personal", "tables/gaps.yaml")


@cache
def rows() -> tuple[Row, ...]:
    """The rows of the table, in order; of two for one concept the upper one counts where both hold."""
    return tuple(_row(each) for each in _table()["gaps"])


@cache
def words() -> dict[str, str]:
    """The sentences that are made for any concept."""
    return {name: str(text) for name, text in _table()["words"].items()}


def matters(concept: str) -> bool:
    """Whether a disagreement on this concept would change an answer."""
    return any(concept == name or (name.endswith(".") and concept.startswith(name)) for name in _table()["conflicts"])


def _row(each: dict[str, Any]) -> Row:
    named = {name: {k: several(v) for k, v in each.get(name, {}).items()} for name in _CONDITIONS}
    metastatic, early = each["weight"]
    return Row(
        id=each["id"],
        concept=each["concept"],
        absent=tuple(each.get("absent", [each["concept"]])),
        quotes=tuple(each.get("quotes", ())),
        said=each["said"],
        ask=each["ask"],
        why=tuple(each.get("why", ())),
        weight=(metastatic, early),
        same_tumour=bool(each.get("same_tumour", False)),
        **named,
    )


def holding(profile: Profile, facts: Facts) -> Iterator[tuple[Row, tuple[Field, ...]]]:
    """The rows that name something here that is not told, each with the fields whose words say why it matters."""
    seen: set[str] = set()
    for row in rows():
        if row.concept in seen:
            continue
        found = _holds(row, profile, facts)
        if found is not None:
            seen.add(row.concept)
            yield row, found


def _holds(row: Row, profile: Profile, facts: Facts) -> tuple[Field, ...] | None:
    if any(told(concept, profile, facts, everywhere=not row.same_tumour) for concept in row.absent):
        return None
    if not all(is_so(facts, concept, values) for concept, values in row.when.items()):
        return None
    if any(is_so(facts, concept, values) for concept, values in row.unless.items()):
        return None
    if any(gap_signs.SIGNS[name](profile, facts, values) for name, values in row.unless_signs.items()):
        return None
    found: list[Field] = []
    for name, values in row.signs.items():
        shown = gap_signs.SIGNS[name](profile, facts, values)
        if not shown:
            return None
        found += shown
    return tuple(found)


def told(concept: str, profile: Profile, facts: Facts, *, everywhere: bool = True) -> bool:
    """Whether some paper gives a result for the concept, or what papers say settles it. A conflict is told too."""
    if not concept.endswith(".") and facts.known(concept):
        return True
    return any(
        field.assertion in _TOLD and field.value not in no_result() and field.state is not FieldState.NOT_STATED
        for field in fields(concept, profile, everywhere=everywhere)
        if not (concept.startswith("gene.") and field.assertion is Assertion.FAMILY)
    )


def fields(concept: str, profile: Profile, *, everywhere: bool = True) -> Iterator[Field]:
    """What the profile has of the concept, or of a family of concepts (`gene.ESR1.`), in any tumour."""
    held = [*profile.fields]
    if everywhere:
        held += [field for tumour in profile.tumours for field in tumour.fields]
    for field in held:
        if field.concept == concept or (concept.endswith(".") and field.concept.startswith(concept)):
            yield field
