"""Studies that have what is wanted, best first; nothing here is about a person."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from navaid.terms import Record
from navaid.trials.find.distance import Point, box
from navaid.trials.find.index import WordIndex
from navaid.trials.find.words import Asked, asked, drug_tags, target_tag
from navaid.trials.store import Store

MOST = 300
"""How many studies a search hands on to be held against a profile: more than anyone reads. Matching 1,000 takes a
second, but who may join has to be read once for each (some 0.07 s), and a person waits for that at the first search."""


class Wanted(Record, frozen=True):
    """What is wanted; what is empty does not narrow. `about` is a text (a person's own words) that studies should be
    like; it orders, and leaves nothing out. `statuses` and `phases` are the registry's codes."""

    words: str = ""
    about: str = ""
    drug: str = ""
    target: str = ""
    statuses: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    near: Point | None = None
    within_km: float | None = None


class Found(Record, frozen=True):
    """NCT ids with a score of 0 to 1, best first. `in_all` counts what was found before the cut.

    `missing` are words that no study found has together with the others: what was found then has only part of them.
    `closed` counts those that only their status left out.
    """

    hits: tuple[tuple[str, float], ...] = ()
    in_all: int = 0
    missing: tuple[str, ...] = ()
    closed: int = 0


def find(store: Store, index: WordIndex, wanted: Wanted, most: int = MOST) -> Found:
    """The studies that have what is wanted. Raises BadInput for a drug or target that is not known."""
    given = asked(wanted.words, index)
    hits, whole = _hits(store, index, wanted, given, most)
    closed = 0
    if wanted.statuses:
        whatever = msgspec.structs.replace(wanted, statuses=(), about="")
        others, _ = _hits(store, index, whatever, given, index.count())
        closed = max(0, len(others) - len(hits))
    best = max((score for _, score in hits), default=0.0) or 1.0
    return Found(
        hits=tuple((id_, score / best) for id_, score in hits[:most]),
        in_all=len(hits),
        missing=() if whole or not hits else tuple(thing.written for thing in given.things),
        closed=closed,
    )


def _hits(
    store: Store, index: WordIndex, wanted: Wanted, given: Asked, most: int
) -> tuple[list[tuple[str, float]], bool]:
    """Studies with a score, best first, and whether they have all that the words ask for, or only part of it."""
    allowed, everything = _allowed(store, wanted, given), max(1, index.count())
    groups = [thing.forms for thing in given.things]
    if not groups:
        room = everything if allowed is not None else most
        hits = _only(index.like(wanted.about, room), allowed) if wanted.about else []
        seen = {id_ for id_, _ in hits}
        return hits + [(id_, 0.0) for id_ in _ids(store, allowed) if id_ not in seen], True
    whole = True
    hits = _only(index.all_of(groups, everything), allowed)
    if not hits:
        whole, hits = False, _only(index.any_of(groups, everything), allowed)
    if wanted.about:
        like = dict(index.like(wanted.about, everything))
        hits = sorted(((id_, like.get(id_, 0.0)) for id_, _ in hits), key=lambda hit: (-hit[1], hit[0]))
    return hits, whole


def _only(hits: list[tuple[str, float]], allowed: set[str] | None) -> list[tuple[str, float]]:
    return hits if allowed is None else [hit for hit in hits if hit[0] in allowed]


def _ids(store: Store, allowed: set[str] | None) -> list[str]:
    if allowed is not None:
        return sorted(allowed)
    return [id_ for (id_,) in store.db.execute("SELECT nct_id FROM studies ORDER BY nct_id")]


def _allowed(store: Store, wanted: Wanted, given: Asked) -> set[str] | None:
    """The ids that every filter lets through; None where there is no filter."""
    tags = [drug_tags(wanted.drug)] if wanted.drug else []
    tags += [(target_tag(wanted.target),)] if wanted.target else []
    tags += [tuple(f"cell:{kind}" for kind in given.cells)] if given.cells else []
    sets = [_tagged(store, several) for several in tags]
    if wanted.statuses:
        # A record that does not say its status is not taken for a closed one.
        sets.append(_where(store, f"status IN ({_marks(wanted.statuses)}) OR status = ''", wanted.statuses))
    if wanted.phases:
        clause = " OR ".join("phases LIKE ?" for _ in wanted.phases)
        sets.append(_where(store, clause, [f"% {phase} %" for phase in wanted.phases]))
    if wanted.near and wanted.within_km is not None:
        sets.append(_around(store, wanted.near, wanted.within_km))
    return set.intersection(*sets) if sets else None


def _tagged(store: Store, tags: Sequence[str]) -> set[str]:
    rows = store.db.execute(f"SELECT DISTINCT nct_id FROM tags WHERE tag IN ({_marks(tags)})", tuple(tags))
    return {id_ for (id_,) in rows}


def _where(store: Store, clause: str, values: Sequence[str]) -> set[str]:
    return {id_ for (id_,) in store.db.execute(f"SELECT nct_id FROM studies WHERE {clause}", tuple(values))}


def _around(store: Store, point: Point, km: float) -> set[str]:
    """Studies with a site in a box around the circle; ranking leaves out what is in its corners."""
    south, north, west, east = box(point, km)
    spans = [(west, east), (west + 360, east + 360), (west - 360, east - 360)]
    clause = " OR ".join("longitude BETWEEN ? AND ?" for _ in spans)
    rows = store.db.execute(
        f"SELECT DISTINCT nct_id FROM sites WHERE latitude BETWEEN ? AND ? AND ({clause})",
        (south, north, *(edge for span in spans for edge in span)),
    )
    return {id_ for (id_,) in rows}


def _marks(values: Sequence[str]) -> str:
    return ",".join("?" for _ in values)
