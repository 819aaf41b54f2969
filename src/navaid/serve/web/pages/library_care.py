"""Changing the library: own documents added and removed, checked, mended, made to be found by meaning."""

from __future__ import annotations

import shutil
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from navaid import journeys, starter
from navaid.library import ties
from navaid.serve.web import taken, work
from navaid.serve.web.desk import Desk
from navaid.serve.web.here import HereNow
from navaid.serve.web.jobs import Job
from navaid.serve.web.leaning import leaning
from navaid.sources import Skipped
from navaid.terms import Kind

router = APIRouter()
_EMBED_AT_ONCE = 3000
_BACK = ("/library", "Back to the library")


@router.post("/library/add")
async def add(request: Request) -> Response:
    """Files become documents."""
    here, folder = await taken.take(request)
    if folder is None:
        return here.go("/library", "Choose a file first.")
    desk = here.desk
    job = work.begin(here, "Adding to the library", lambda job: _add(desk, folder, job), "library")
    return here.go(f"/jobs/{job.id}")


@router.get("/library/remove")
def ask_remove(here: HereNow, id: str) -> Response:
    with here.desk.library() as library:
        card = library.store.card(id)
        if card is None or card[0].kind is Kind.STARTER:
            raise HTTPException(404)
        lean = leaning(here, library.store, id)
    return here.page("library_remove.html.j2", document=card[0], lean=lean)


@router.post("/library/remove")
def remove(here: HereNow) -> Response:
    here.owner()
    id_ = here.field("id")
    with here.desk.library() as library:
        card = library.store.card(id_)
        if card is None or card[0].kind is Kind.STARTER:
            return here.go("/library", "This document was removed already.")
        library.remove(id_)
        library.index()
    return here.go("/library", f"“{card[0].title}” was removed. Kept answers keep the words that they quoted from it.")


@router.post("/library/check")
def check(here: HereNow) -> Response:
    here.owner()
    desk = here.desk
    return here.go(f"/jobs/{work.begin(here, 'Checking the library', lambda job: _check(desk, job), 'library').id}")


@router.post("/library/embed")
def embed(here: HereNow) -> Response:
    here.owner()
    desk = here.desk
    title = "Making documents found by meaning"
    return here.go(f"/jobs/{work.begin(here, title, lambda job: _embed(desk, job), 'library').id}")


def _add(desk: Desk, folder: Path, job: Job) -> work.Done:
    skipped: list[Skipped] = []
    titles: list[str] = []
    try:
        count = sum(1 for _ in folder.iterdir())

        def on_kept(document: object, state: str) -> None:
            titles.append(f"{getattr(document, 'title', '')} ({_STATES[state]})")
            job.tell(titles[-1], done=len(titles), of=count, now="Reading")

        job.tell(now="Reading", of=count)
        with desk.library_apart() as library:
            journeys.add(
                library,
                [folder],
                on_kept=on_kept,
                on_skip=skipped.append,
                on_indexed=lambda n: job.tell(now="Making it searchable"),
            )
            missing = library.unembedded()
            if 0 < missing <= _EMBED_AT_ONCE:
                job.tell(now="Making it found by meaning", done=0, of=missing)
                library.embed(lambda n: job.tell(done=min(missing, job.done + n)))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    with desk.library() as shared:
        shared.index()
    problems = tuple(f"{Path(one.where).name}: {one.reason}{f' ({one.fix})' if one.fix else ''}" for one in skipped)
    return work.Done(tuple(titles) or ("Nothing was added.",), *_BACK, problems)


_STATES = {"new": "added", "changed": "a newer version than before", "unchanged": "was there already"}


def _check(desk: Desk, job: Job) -> work.Done:
    job.tell(now="Reading every document, and comparing")
    with desk.library_apart() as library:
        problems = library.problems()
        lacking = ties.unsupported(library.store, starter.load(library.folder))
        count = library.store.count("documents")
    lines = [f"{count:,} documents were checked: {'they are sound' if not problems else 'something is wrong'}."]
    if lacking:
        lines.append(
            f"{len(lacking)} sentences that come with Navaid are not shown now, since a source that is held here does"
            " not support them."
        )
    told = [*problems, *(["`navaid library repair` mends this; no document is lost"] if problems else [])]
    return work.Done(tuple(lines), *_BACK, tuple(told))


def _embed(desk: Desk, job: Job) -> work.Done:
    with desk.library_apart() as library:
        missing = library.unembedded()
        job.tell(now="Making vectors", done=0, of=missing)
        made = library.embed(lambda n: job.tell(done=min(missing, job.done + n)))
    return work.Done((f"{made:,} passages can now be found by meaning.",), *_BACK)
