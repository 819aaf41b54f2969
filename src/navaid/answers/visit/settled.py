"""Questions of the lists that the papers answer already."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from navaid.tables import load_from
from navaid.terms import Assertion, Field, FieldState, Record
from navaid.trials.match.facts import Facts
from navaid.trials.match.tables import no_result

_BIOPSIES = ("core_biopsy", "fine_needle_aspiration", "port")  # no operation on the cancer


class Settled(Record, frozen=True):
    """A row of settled.yaml."""

    says: str
    known: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    being: dict[str, tuple[str, ...]] = {}  # noqa: RUF012 - msgspec copies an empty default


@cache
def table() -> tuple[Settled, ...]:
    """The rows of settled.yaml."""
    return msgspec.convert(load_from(__package__, "settled.yaml"), tuple[Settled, ...])


def settled(text: str, facts: Facts) -> bool:
    """Whether the papers answer this question, without any disagreement, or it comes before its time."""
    return any(re.search(row.says, text) and _holds(row, facts) for row in table())


def _holds(row: Settled, facts: Facts) -> bool:
    if any(_known(name, facts) for name in row.unknown):
        return False
    if not all(any(field.value in values for field in _stated(name, facts)) for name, values in row.being.items()):
        return False
    return all(_known(name, facts) for name in row.known)


def _known(name: str, facts: Facts) -> bool:
    stated = _stated(name, facts)
    return bool(stated) and all(field.state is not FieldState.CONFLICT and not field.other for field in stated)


def _stated(name: str, facts: Facts) -> list[Field]:
    fields = [field for field in facts.fields(name) if field.value not in (*no_result(), *_BIOPSIES)]
    return [field for field in fields if field.assertion in (Assertion.PRESENT, Assertion.HISTORICAL)]
