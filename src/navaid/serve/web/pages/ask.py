"""Ask: one box, and the answer. The question's words are kept in the session and stay out of the address."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from navaid import journeys
from navaid.answers.render.layout import lay_out
from navaid.serve.web.here import HereNow

router = APIRouter()


@router.get("/")
def start(here: HereNow) -> Response:
    return here.page("ask.html.j2")


@router.post("/ask")
def ask(here: HereNow) -> Response:
    text = here.field("question")
    if not text:
        return here.go("/", "Write your question first.")
    return here.go(f"/answers/{here.session.ask(text, here.field('after')).id}")


@router.get("/answers/{id_}")
def show(here: HereNow, id_: str) -> Response:
    asked = here.session.asked.get(id_)
    if asked is None:
        raise HTTPException(404)
    if asked.answer is None:
        with here.desk.library() as library:
            asked.answer = journeys.ask(library, asked.text)
    return here.page("answer.html.j2", page=lay_out(asked.answer), asked=asked)
