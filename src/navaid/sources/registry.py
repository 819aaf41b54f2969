"""Asking ClinicalTrials.gov (API version 2) for records: page by page, at its pace, and resumable.

The contract is the registry's own OpenAPI description. Its traps: it publishes no rate, so one question a second;
errors come as text/plain; a page may be empty while a next token is there; a query that holds only NCT ids makes it
ignore the other filters, so ids are asked for with `filter.ids`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from navaid.errors import BadInput, SourceUnavailable
from navaid.polite import FOUND, Polite
from navaid.terms import Record

API = "https://clinicaltrials.gov/api/v2"
PAGE_SIZE = 200
"""Studies a page: the registry allows 1,000, but one with 400 sites is 0.5 MB."""

_MOST_BYTES = 80_000_000
_MOST_EMPTY = 20
_NCT_ID = re.compile(r"NCT\d{8}")
_FIX = "try again later: what was fetched is kept, and the next run goes on from there"


class Query(Record, frozen=True, omit_defaults=True):
    """What to ask for; empty fields are left out. `updated_since`: only records posted anew on that day or later."""

    condition: str = ""
    intervention: str = ""
    term: str = ""
    location: str = ""
    statuses: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    updated_since: dt.date | None = None

    def parameters(self) -> dict[str, str]:
        """The query as the registry's parameters. Raises BadInput where it asks for nothing, or an id is none."""
        for id_ in self.ids:
            if not _NCT_ID.fullmatch(id_.upper()):
                raise BadInput(f"{id_[:20]!r} is no NCT id", fix="write NCT and eight digits: NCT04020575")
        since = f"AREA[LastUpdatePostDate]RANGE[{self.updated_since},MAX]" if self.updated_since else ""
        asked = {
            "query.cond": self.condition,
            "query.intr": self.intervention,
            "query.term": self.term,
            "query.locn": self.location,
            "filter.overallStatus": ",".join(self.statuses),
            "filter.ids": ",".join(id_.upper() for id_ in self.ids),
            "filter.advanced": since,
        }
        stated = {name: value for name, value in asked.items() if value}
        if not set(stated) - {"filter.overallStatus", "filter.advanced"}:
            raise BadInput("nothing to ask the registry for", fix="name a condition, an intervention or a place")
        return stated


class Page(Record, frozen=True):
    """Records as the registry sent them; `token` asks for the next page, empty at the end. `total` is of all pages."""

    studies: tuple[dict[str, Any], ...]
    token: str = ""
    total: int | None = None


def pages(client: Polite, query: Query, *, token: str = "", api: str = API) -> Iterator[Page]:
    """The pages of a query from `token` on. Raises SourceUnavailable at the first that cannot be had."""
    parameters = query.parameters() | {"pageSize": str(PAGE_SIZE), "format": "json", "countTotal": "true"}
    empty = 0
    while True:
        page = _page(client, parameters | ({"pageToken": token} if token else {}), api)
        yield page
        empty = 0 if page.studies else empty + 1
        if not page.token or empty > _MOST_EMPTY:
            return
        if page.token == token:
            raise SourceUnavailable("ClinicalTrials.gov gave the same page twice", where=api, fix=_FIX)
        token = page.token


def _page(client: Polite, parameters: dict[str, str], api: str) -> Page:
    where = f"{api}/studies"
    try:
        answer = client.get(where, params=parameters, accept="application/json", pause_s=1.0, most_bytes=_MOST_BYTES)
    except SourceUnavailable as error:
        raise SourceUnavailable(error.what, where=where, fix=_FIX) from error
    if answer.status != FOUND:
        raise SourceUnavailable(f"ClinicalTrials.gov answered with status {answer.status}", where=where, fix=_FIX)
    try:
        body = msgspec.json.decode(answer.body)
        studies, following, total = body.get("studies"), body.get("nextPageToken"), body.get("totalCount")
        if not isinstance(studies, list):
            raise TypeError("no list of studies")
    except (msgspec.DecodeError, AttributeError, TypeError) as error:
        what = "ClinicalTrials.gov gave an answer that is cut or is no list of studies"
        raise SourceUnavailable(what, where=where, fix=_FIX) from error
    return Page(
        studies=tuple(study for study in studies if isinstance(study, dict)),
        token=following if isinstance(following, str) else "",
        total=total if isinstance(total, int) else None,
    )
