"""The steps of a search, and what it gave, ready to be shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from navaid.starter.trials import TrialFact
from navaid.terms import Criterion, Date, Fit, Match, Profile, Record, Study
from navaid.trials.find.find import Wanted, find
from navaid.trials.find.index import WordIndex
from navaid.trials.find.known import known
from navaid.trials.find.level import level
from navaid.trials.find.rank import Ranked, rank
from navaid.trials.match.facts import Facts
from navaid.trials.match.match import match_facts
from navaid.trials.parsed import parsed
from navaid.trials.store import Store

if TYPE_CHECKING:
    from navaid.models.embedding import Embedder


class Listing(Record, frozen=True):
    """Studies in order, cut at a limit, and what a person must know to read them rightly.

    `held` counts all studies of the store; with none of them nothing was looked through, so nothing can be said to be
    absent. `compared` were held against the profile, and `excluded` of these do not fit. `missing` are words that no
    study has together. `closed` counts those that only their status left out. `facts` are rows of the embedded table
    of which the store has no record.
    """

    wanted: Wanted
    ranked: tuple[Ranked, ...]
    in_all: int
    held: int
    today: Date
    matched: bool
    compared: int = 0
    excluded: int = 0
    missing: tuple[str, ...] = ()
    closed: int = 0
    facts: tuple[TrialFact, ...] = ()
    synced: Date | None = None


def search(
    store: Store,
    wanted: Wanted,
    today: Date,
    *,
    profile: Profile | None = None,
    papers: Mapping[str, str] | None = None,
    limit: int = 20,
    embedder: Embedder | None = None,
    on_study: Callable[[str, int, int], None] = lambda what, done, total: None,
) -> Listing:
    """Find, hold against the profile, rank. `on_study` is told what is being done, how far, of how many."""
    index = level(store, lambda done, total: on_study("studies made searchable", done, total))
    found = find(store, index, wanted)
    studies = [(study, score) for id_, score in found.hits if (study := store.get(id_))]
    matcher = None
    if profile is not None:
        statements = parsed(
            store, (study for study, _ in studies), lambda done: on_study("conditions read", done, len(studies))
        )
        matcher = partial(_held, facts=Facts(profile, today, papers), statements=statements)
    ranked = rank(studies, match=matcher, near=wanted.near, within_km=wanted.within_km)
    if embedder is not None and wanted.about:
        from navaid.trials.find.likeness import liken

        ranked = liken(store, embedder, wanted.about, ranked)
    return Listing(
        wanted=wanted,
        ranked=tuple(ranked[:limit]),
        in_all=len(ranked) if wanted.within_km is not None else found.in_all,
        held=len(store),
        today=today,
        matched=profile is not None,
        compared=len(ranked),
        excluded=sum(one.match is not None and one.match.verdict is Fit.DOES_NOT_FIT for one in ranked),
        missing=found.missing,
        closed=found.closed,
        facts=_facts(store, wanted, index),
        synced=max((day for _, run in store.queries() if (day := run.finished)), default=None),
    )


def _held(study: Study, facts: Facts, statements: Mapping[str, Sequence[Criterion]]) -> Match:
    return match_facts(study, facts, criteria=statements.get(study.nct_id))


def _facts(store: Store, wanted: Wanted, index: WordIndex) -> tuple[TrialFact, ...]:
    """Rows of the embedded table, where something was asked for by name; it knows of no places."""
    if wanted.near or not (wanted.words or wanted.drug or wanted.target):
        return ()
    return tuple(fact for fact in known(wanted, index) if store.get(fact.nct_id) is None)
