"""From a registry to studies held against a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from navaid.journeys.telling import OnStudies, no_studies
from navaid.terms import Profile

if TYPE_CHECKING:
    from navaid.models.embedding import Embedder
    from navaid.polite import Polite
    from navaid.sources.registry import Query
    from navaid.terms import Match, Study
    from navaid.trials.find.find import Wanted
    from navaid.trials.find.listing import Listing
    from navaid.trials.store import Kept, Store


def sync_trials(store: Store, client: Polite, query: Query, *, api: str = "", on_study: OnStudies = no_studies) -> Kept:
    """The registry's records that a question finds are kept, and made searchable. An outage leaves all as it was."""
    from navaid.sources import registry
    from navaid.trials.find.level import level
    from navaid.trials.sync import sync

    kept = sync(
        store,
        client,
        query,
        dt.date.today(),
        api=api or registry.API,
        on_page=lambda done, total: on_study("records fetched", done, total or 0),
    )
    level(store, lambda done, of: on_study("studies made searchable", done, of))
    return kept


def add_trials(store: Store, paths: Iterable[Path], *, on_study: OnStudies = no_studies) -> Kept:
    """Records in files are kept, and made searchable."""
    from navaid.trials.adding import add as add_records_of_registry
    from navaid.trials.find.level import level

    kept = add_records_of_registry(store, paths, dt.date.today(), lambda done: on_study("records read", done, 0))
    level(store, lambda done, of: on_study("studies made searchable", done, of))
    return kept


def find_trials(
    store: Store,
    wanted: Wanted,
    *,
    profile: Profile | None = None,
    papers: Mapping[str, str] | None = None,
    limit: int = 20,
    embedder: Embedder | None = None,
    today: dt.date | None = None,
    on_study: OnStudies = no_studies,
) -> Listing:
    """Studies that have what is wanted, held against the profile where there is one, in order, with the reason."""
    from navaid.trials.find.listing import search

    day = today or dt.date.today()
    return search(store, wanted, day, profile=profile, papers=papers, limit=limit, embedder=embedder, on_study=on_study)


def show_trial(store: Store, nct_id: str) -> Study | None:
    """The whole study; None where the store does not hold it, which says nothing about whether it exists."""
    return store.get(nct_id)


def check_trial(
    study: Study, profile: Profile, *, papers: Mapping[str, str] | None = None, today: dt.date | None = None
) -> Match:
    """Each statement of who may join, held against the profile. `papers` are the names of the profile's papers."""
    from navaid.trials.match.match import match

    return match(study, profile, today=today, papers=papers)
