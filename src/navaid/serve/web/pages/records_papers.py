"""One paper: what it is, its original as a download, a page of it as a picture, reading it anew, taking it away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response, StreamingResponse

from navaid.errors import NavaidError
from navaid.records.render import papers as listed
from navaid.records.render.picture import has_pictures, page_count, picture
from navaid.serve.web import reading
from navaid.serve.web.here import HereNow
from navaid.serve.web.pages.record_pages import boxes_in_address, boxes_of_address, original
from navaid.terms import Reading

router = APIRouter()
_HEAD = 65_536


@router.get("/records/papers")
def all_(here: HereNow) -> Response:
    return RedirectResponse("/records", 303)


@router.get("/records/papers/{id_}")
def show(here: HereNow, id_: str) -> Response:
    with here.session.papers() as papers:
        held = original(papers, id_)
        sheet = listed.sheet(held, papers.readings(held.id))
        pictured = has_pictures(next(iter(papers.bytes_of(held.id)), b"")[:_HEAD])
    return here.page("records_paper.html.j2", sheet=sheet, pictured=pictured)


@router.get("/records/papers/{id_}/original")
def download(here: HereNow, id_: str) -> Response:
    """The bytes as they were given; never shown by the browser itself, which might run what is in them."""
    with here.session.papers() as papers:
        held = original(papers, id_)
        chunks = papers.bytes_of(held.id)
        first = next(chunks, b"")  # the rest needs the file only, not the database
    headers = {
        "content-disposition": f"attachment; filename=\"paper\"; filename*=UTF-8''{quote(held.name, safe='')}",
        "content-length": str(held.size),
        "content-encoding": "identity",  # not packed on the way, so that the browser knows when something is missing
    }
    return StreamingResponse(_from(first, chunks), media_type="application/octet-stream", headers=headers)


def _from(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


@router.get("/records/papers/{id_}/pages/{number}.png")
def page_picture(here: HereNow, id_: str, number: int, at: str = "", near: str = "", turn: int = 0) -> Response:
    """A page as a picture, with the boxes of `at` outlined; made anew each time, and kept nowhere."""
    with here.session.papers() as papers:
        held = original(papers, id_)
        data = b"".join(papers.bytes_of(held.id))
    try:
        made = picture(data, number, boxes_of_address(at), near=bool(near), turn=_right_angle(turn))
    except NavaidError:
        raise HTTPException(404) from None
    return Response(made.data, media_type=made.media_type)


@router.get("/records/papers/{id_}/pages/{number}")
def page(here: HereNow, id_: str, number: int, at: str = "", turn: int = 0) -> Response:
    with here.session.papers() as papers:
        held = original(papers, id_)
        words = _words_at(papers.readings(held.id), number, at)
        data = b"".join(papers.bytes_of(held.id))
    try:
        count = page_count(data)
    except NavaidError:
        raise HTTPException(404) from None
    if not 1 <= number <= count:
        raise HTTPException(404)
    at = at if boxes_of_address(at) else ""
    turn = _right_angle(turn)
    sheet = listed.sheet(held, ())
    return here.page("records_page.html.j2", sheet=sheet, number=number, count=count, at=at, turn=turn, words_at=words)


@router.post("/records/papers/{id_}/read")
def read_again(here: HereNow, id_: str) -> Response:
    """The paper goes into the waiting room once more, and is read as if it were new."""
    with here.session.papers() as papers:
        held = original(papers, id_)
        with papers.waiting.arriving(held.name, dt.date.today()) as arriving:
            for chunk in papers.bytes_of(held.id):
                arriving.write(chunk)
            waiting = arriving.end()
    return here.go(f"/records/reading/{reading.begin(here, [waiting.id], keep=True).id}")


@router.get("/records/papers/{id_}/remove")
def ask_remove(here: HereNow, id_: str) -> Response:
    with here.session.papers() as papers:
        held = original(papers, id_)
        sheet = listed.sheet(held, papers.readings(held.id))
    return here.page("records_remove.html.j2", sheet=sheet)


@router.post("/records/papers/{id_}/remove")
def remove(here: HereNow, id_: str) -> Response:
    with here.session.papers() as papers:
        try:
            held = original(papers, id_)
        except HTTPException:
            return here.go("/records", "This paper was removed already.")
        papers.forget(held.id)
    return here.go("/records", f"{held.name} was removed, with all that was read in it. What you said yourself stays.")


def _right_angle(turn: int) -> int:
    return turn % 360 if turn % 90 == 0 else 0


def _words_at(readings: Sequence[Reading], number: int, at: str) -> str:
    """The words in the outlined box, for whoever does not see the picture."""
    for finding in (finding for reading_ in readings for finding in reading_.findings):
        source = finding.source
        if source.page == number and source.box and boxes_in_address((source.box,)) == at:
            return " ".join(source.words.split())
    return ""
