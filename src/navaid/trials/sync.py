"""Fetching studies from the registry into the store: resumable, and only what changed since the last whole run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import msgspec

from navaid.errors import SourceUnavailable
from navaid.polite import Polite
from navaid.sources.registry import API, Page, Query, pages
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

    After a whole run, the next asks only for records posted anew since the day that run began, whatever their status:
    a study that has closed since would never be found among those that recruit. Raises SourceUnavailable where the
    registry cannot be asked: what was kept stays, and nothing is ever taken for absent.
    """
    name = encode(query).decode()
    before = store.progress(name)
    begun = before.begun if before.token and before.begun else today
    since = before.finished
    asked = msgspec.structs.replace(
        query, updated_since=query.updated_since or since, statuses=() if since else query.statuses
    )
    kept, done = Kept(), 0
    for page in _resumed(client, asked, before.token, api):
        kept += store.keep(page.studies, today, where="ClinicalTrials.gov")
        store.note(name, Progress(token=page.token, begun=begun, finished=since))
        done += len(page.studies)
        on_page(done, page.total)
    store.note(name, Progress(finished=begun))
    return kept


def _resumed(client: Polite, query: Query, token: str, api: str) -> Iterator[Page]:
    """The pages from a token on; from the first where the registry no longer knows the token (status 400)."""
    found = pages(client, query, token=token, api=api)
    try:
        first = next(found)
    except SourceUnavailable as error:
        if not token or "status 400" not in error.what:
            raise
        found = pages(client, query, api=api)
    else:
        yield first
    yield from found
