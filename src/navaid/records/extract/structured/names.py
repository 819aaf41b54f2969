"""What the words of a code mean, by the rows of tables/structured_names.yaml."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from navaid.tables import load as load_table


class Row(NamedTuple):
    """A row of the table: what it gives, the words it needs, and the words that forbid it."""

    gives: str
    words: re.Pattern[str]
    never: re.Pattern[str] | None

    def fits(self, said: str) -> bool:
        return bool(self.words.search(said)) and not (self.never and self.never.search(said))


@lru_cache(maxsize=4096)
def first(kind: str, said: str) -> str:
    """What the first fitting row of a list gives; empty where none fits.

    >>> first("observations", "Estrogen receptor Ag [Presence] in Breast cancer specimen by Immune stain")
    'er'
    """
    return next((row.gives for row in rows(kind) if row.fits(said)), "")


def each(kind: str, said: str) -> list[str]:
    """What every fitting row of a list gives."""
    return [row.gives for row in rows(kind) if row.fits(said)]


@cache
def rows(kind: str) -> tuple[Row, ...]:
    """The rows of a list of the table."""
    return tuple(_row(row) for row in _table()[kind])


@cache
def radiation() -> tuple[Row, tuple[Row, ...]]:
    """What says that a procedure is radiotherapy, and what tells its site."""
    part = _table()["radiation"]
    return _row({"value": "radiation", **part}), tuple(_row(row) for row in part["sites"])


def _row(row: dict[str, Any]) -> Row:
    gives = next(row[name] for name in ("subject", "name", "value", "site") if name in row)
    never = re.compile(row["not"], re.IGNORECASE) if "not" in row else None
    return Row(gives, re.compile(row["words"], re.IGNORECASE), never)


@cache
def _table() -> dict[str, Any]:
    path = files("navaid.records.extract") / "tables" / "structured_names.yaml"
    table: dict[str, Any] = load_table(path.read_text(encoding="utf-8"))
    return table
