"""An answer is sent to a navigator, in its general form; the navigator's note is shown on the answer's page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from navaid import journeys
from navaid.answers.render import page as laid
from navaid.answers.render.layout import lay_out
from navaid.errors import BadInput
from navaid.serve.web.accounts import reviews
from navaid.serve.web.accounts.member import Member
from navaid.serve.web.here import Here, HereNow
from navaid.serve.web.sessions import Asked
from navaid.terms import Answer

router = APIRouter()
_LONGEST = 5000


@router.get("/reviews")
def listed(here: HereNow) -> Response:
    member = _member(here)
    navigator = member.role == "navigator"
    found = reviews.waiting(member) if navigator else reviews.sent(member)
    return here.page(
        "reviews.html.j2", navigator=navigator, found=found, notes=() if navigator else reviews.notes(member)
    )


@router.get("/reviews/{id_}")
def shown(here: HereNow, id_: str) -> Response:
    what = reviews.shown(_member(here), id_)
    if what is None:
        raise HTTPException(404)
    return here.page("review.html.j2", id=id_, question=what.question, **_told(what.answer))


@router.post("/reviews/{id_}")
def note(here: HereNow, id_: str) -> Response:
    text = here.field("note")
    if not text or len(text) > _LONGEST:
        raise BadInput("there is no note", where="this page", fix=f"write one of at most {_LONGEST:,} letters")
    if not reviews.note(_member(here), id_, text):
        raise HTTPException(404)
    return here.go("/reviews", "Your note is on the page of this answer now.")


@router.get("/answers/{id_}/review")
def preview(here: HereNow, id_: str) -> Response:
    """Exactly what would be sent, before it is sent."""
    member, asked = _member(here), _asked(here, id_)
    navigators = reviews.navigators(member)
    return here.page(
        "review_send.html.j2", id=id_, question=asked.text, navigators=navigators, **_told(_general(here, asked))
    )


@router.post("/answers/{id_}/review")
def send(here: HereNow, id_: str) -> Response:
    member, asked = _member(here), _asked(here, id_)
    reviews.send(member, here.field("navigator"), asked.text, _general(here, asked))
    return here.go(f"/answers/{id_}", f"Sent to {here.field('navigator')}. The note will stand on this page.")


def _general(here: Here, asked: Asked) -> Answer:
    """The answer to the question alone, whoever asked it."""
    with here.desk.library() as library:
        return journeys.ask(library, asked.text)


def _told(answer: Answer) -> dict[str, Any]:
    page = lay_out(answer)
    parts = [(part.title, tuple(_sentences(part.blocks))) for part in page.parts]
    return {"title": page.title, "parts": [(title, found) for title, found in parts if found]}


def _sentences(blocks: Iterable[laid.Block]) -> Iterator[laid.Sentence]:
    """Every sentence of a part in reading order, whatever it is laid out as."""
    for block in blocks:
        if isinstance(block, laid.Prose | laid.Checklist):
            yield from block.sentences
        elif isinstance(block, laid.Steps):
            yield from chain.from_iterable(step.sentences for step in block.steps)
        elif isinstance(block, laid.Table):
            yield from chain.from_iterable(chain.from_iterable(row.cells for row in block.rows))


def _member(here: Here) -> Member:
    if here.session.member is None:
        raise HTTPException(404)
    return here.session.member


def _asked(here: Here, id_: str) -> Asked:
    found = here.session.asked.get(id_)
    if found is None:
        raise HTTPException(404)
    return found
