"""The rows of tables/watch.yaml: which claims of the library belong to a drug, by its name, class or regimen."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import msgspec

from navaid.tables import load_from
from navaid.terms import Record
from navaid.trials.match.drugs import above, key
from navaid.vocabulary import vocabulary

ANY = "any"


class Row(Record, frozen=True):
    """What to watch for on a drug or a class, as ids of claims; see tables/watch.yaml."""

    of: str
    now: tuple[str, ...] = ()
    call: tuple[str, ...] = ()
    expect: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    stays: bool = False
    course: bool = False
    instead_of: tuple[str, ...] = ()


@cache
def _table() -> Any:
    return load_from("navaid.answers.personal", "tables/watch.yaml")


@cache
def rows() -> dict[str, Row]:
    """The rows by the drug or class that they are of."""
    return {row.of: row for row in msgspec.convert(_table()["rows"], list[Row])}


@cache
def whom() -> dict[str, tuple[str, ...]]:
    """The claims on whom to call, by the class of the drug."""
    return {name: tuple(ids) for name, ids in _table()["whom"].items()}


@cache
def of_women() -> frozenset[str]:
    """The claims that are about women only."""
    return frozenset(_table()["women"])


@cache
def first() -> tuple[str, ...]:
    """The claims that stand first on a page, whatever drug they belong to."""
    return tuple(_table()["first"])


@cache
def words() -> dict[str, str]:
    """Why a drug is watched, in words."""
    return {name: str(text) for name, text in _table()["words"].items()}


@cache
def titles() -> dict[str, str]:
    """The words of the page."""
    return {name: str(text) for name, text in _table()["titles"].items()}


def classes(drug: str) -> frozenset[str]:
    """The drug itself, each drug of a combination or regimen, and every class above."""
    found = set(above(drug))
    for id_ in tuple(found):
        if id_ in vocabulary().concepts:
            found.update(above(id_))
            found.update(key(each) for each in vocabulary().broader(id_))
    return frozenset(found)


def of_drug(drug: str) -> tuple[Row, ...]:
    """The drug's own row, then those of its classes, the row of any drug last; without those it stands instead of."""
    ids = classes(drug)
    held = [row for id_, row in rows().items() if id_ in ids]
    own = key(drug)
    held.sort(key=lambda row: (row.of != own, -len(above(row.of))))
    left = {id_ for row in held for id_ in row.instead_of}
    return tuple(row for row in (*held, rows()[ANY]) if row.of not in left)


def together(rows_: Iterable[Row], part: str) -> tuple[str, ...]:
    """The claims of one part of the rows, each once."""
    return tuple(dict.fromkeys(id_ for row in rows_ for id_ in getattr(row, part)))
