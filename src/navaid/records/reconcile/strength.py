"""strength.yaml as records."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec

from navaid.tables import load as load_table
from navaid.terms import Record


class Strength(Record, frozen=True):
    """Which paper, section and value is believed before which; each key is explained in strength.yaml."""

    paper: dict[str, int]
    section: dict[str, int]
    better_on_resection: frozenset[str]
    resections: frozenset[str]
    largest: frozenset[str]
    weaker: dict[str, list[str]]
    latest: frozenset[str]
    finer: dict[str, dict[str, list[str]]]
    no_result: frozenset[str]
    months_apart: int


@cache
def strength() -> Strength:
    """The table of this package."""
    table = files("navaid.records.reconcile") / "strength.yaml"
    return msgspec.convert(load_table(table.read_text(encoding="utf-8")), Strength)
