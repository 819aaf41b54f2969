"""Fetching trials from the registry: what is asked is shown first, and sent only once somebody agreed to it."""

from __future__ import annotations

import shutil
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import Response

from navaid import journeys
from navaid.errors import BadInput, NavaidError
from navaid.models import consent
from navaid.serve.trials_ask import agree
from navaid.serve.web import taken, work
from navaid.serve.web.desk import Desk
from navaid.serve.web.here import Here, HereNow
from navaid.serve.web.jobs import Job
from navaid.serve.web.trials_at_hand import opened
from navaid.sources import registry
from navaid.trials.registry_words import statuses_named
from navaid.trials.store import Kept

router = APIRouter()
_FIELDS = ("condition", "intervention", "term", "near", "ids")
_LONGEST_S = 36_000
_NAMES = {
    "query.cond": "Condition",
    "query.intr": "Drug or treatment",
    "query.term": "Other words",
    "query.locn": "Place",
    "filter.overallStatus": "Status of the study",
    "filter.ids": "Numbers of studies",
    "filter.advanced": "Only records that changed since",
}


@router.get("/trials/fetch")
def form(here: HereNow, id: str = "") -> Response:
    given = dict.fromkeys(_FIELDS, "") | ({"ids": id[:20]} if id else {"condition": "breast cancer"})
    return _form(here, given, recruiting=not id)


@router.post("/trials/fetch/check")
def check(here: HereNow) -> Response:
    """Shows what would be sent; nothing is sent yet."""
    here.owner()
    given = _given(here)
    try:
        asked = _query(here).parameters()
    except NavaidError as error:
        return _form(here, given, recruiting=here.field("recruiting") == "yes", error=error)
    return here.page(
        "trials_fetch_check.html.j2",
        given=given,
        recruiting=here.field("recruiting"),
        asked=[(_NAMES.get(name, name), value.replace(",", ", ")) for name, value in asked.items()],
        raw="&".join(f"{name}={value}" for name, value in asked.items()),
        to=registry.API,
    )


@router.post("/trials/fetch/start")
def start(here: HereNow) -> Response:
    """The person agreed: the question is sent, and the answer kept page by page."""
    here.owner()
    if here.field("agreed") != "yes":
        raise BadInput("nobody agreed to this, so nothing was sent", fix="go back and use the button under the list")
    held = work.running(here, "fetch")
    if held is not None:
        return here.go(f"/jobs/{held.id}", "Trials are being fetched already.")
    desk, query = here.desk, _query(here)
    query.parameters()
    consent.give(desk.settings.home_path, registry.API)
    agree(desk.settings.home_path, registry.API, query, yes=True)
    return here.go(f"/jobs/{work.begin(here, 'Fetching trials', lambda job: _fetch(desk, query, job), 'fetch').id}")


@router.post("/trials/add")
async def add(request: Request) -> Response:
    """Records of the registry that somebody has as files are kept; nothing is sent."""
    here, folder = await taken.take(request)
    if folder is None:
        return here.go("/trials/fetch", "Choose a file first.")
    desk = here.desk
    return here.go(f"/jobs/{work.begin(here, 'Adding trials', lambda job: _add(desk, folder, job), 'fetch').id}")


def _add(desk: Desk, folder: Path, job: Job) -> work.Done:
    try:
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        with opened(desk) as store:
            kept = journeys.add_trials(
                store,
                files,
                on_study=lambda what, done, of: job.tell(now=what[:1].upper() + what[1:], done=done, of=of),
            )
            count = len(store)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return work.Done(_lines(kept, count), "/trials", "Search the trials", tuple(kept.faults))


def _fetch(desk: Desk, query: registry.Query, job: Job) -> work.Done:
    from navaid.polite import Polite

    def tell(what: str, done: int, of: int) -> None:
        job.tell(now=what[:1].upper() + what[1:], done=done, of=of)

    job.tell(now="Asking ClinicalTrials.gov")
    with opened(desk) as store, Polite(purpose="fetches trial records", most_seconds=_LONGEST_S) as client:
        kept = journeys.sync_trials(store, client, query, on_study=tell)
        count = len(store)
    return work.Done(_lines(kept, count), "/trials", "Search the trials", tuple(kept.faults))


def _lines(kept: Kept, count: int) -> tuple[str, ...]:
    parts = [(kept.new, "new"), (kept.changed, "changed"), (kept.same, "as before"), (kept.older, "older than kept")]
    came = ", ".join(f"{number:,} {name}" for number, name in parts if number) or "none"
    return f"Records that came: {came}.", f"Kept on this machine now: {count:,}."


def _form(here: Here, given: dict[str, str], *, recruiting: bool, error: NavaidError | None = None) -> Response:
    running = work.running(here, "fetch")
    status = 400 if error else 200
    return here.page(
        "trials_fetch.html.j2",
        status,
        given=given,
        recruiting=recruiting,
        error=error,
        running=running,
        locked=work.locked(here),
    )


def _given(here: Here) -> dict[str, str]:
    return {name: here.field(name)[:300] for name in _FIELDS}


def _query(here: Here) -> registry.Query:
    given = _given(here)
    ids = tuple(part.upper() for part in given["ids"].replace(",", " ").split())
    statuses = statuses_named(["open"]) if here.field("recruiting") == "yes" and not ids else ()
    return registry.Query(
        condition=given["condition"],
        intervention=given["intervention"],
        term=given["term"],
        location=given["near"],
        statuses=tuple(sorted(statuses)),
        ids=ids,
    )
