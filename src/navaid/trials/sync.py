"""Fetching studies from the registry into the store: resumable, and only what changed since the last whole run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec

from navaid.polite import Polite
from navaid.sources.registry import API, Query, pages
from navaid.terms import encode
from navaid.trials.store import Kept, Progress, Store


def sync(
    store: Store,
    client: Polite,
    query: Query,
    today: dt.date,
    *,
    api: str = API,
    on_page: Callable[[int, int | None], None] = lambda done, total: None,
) -> Kept:
    """Fetch what the query finds and keep it page by page; an interrupted run goes on from its last page.

    After a whole run, the next asks only for records posted anew since the day that run began. Raises
    SourceUnavailable where the registry cannot be asked: what was kept stays, and nothing is ever taken for absent.
    """
    name = encode(query).decode()
    before = store.progress(name)
    begun = before.begun if before.token and before.begun else today
    since = before.finished
    asked = msgspec.structs.replace(query, updated_since=query.updated_since or since)
    kept, done = Kept(), 0
    for page in pages(client, asked, token=before.token, api=api):
        part = store.keep(page.studies, today, where="ClinicalTrials.gov")
        kept = Kept(
            new=kept.new + part.new,
            changed=kept.changed + part.changed,
            same=kept.same + part.same,
            faults=kept.faults + part.faults,
        )
        store.note(name, Progress(token=page.token, begun=begun, finished=since))
        done += len(page.studies)
        on_page(done, page.total)
    store.note(name, Progress(finished=begun))
    return kept
