"""How it works: a list of explainers, and for one that is not there yet the stages that the library tells."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from navaid import journeys
from navaid.answers.render.layout import lay_out
from navaid.serve.web.explainers import explainers
from navaid.serve.web.here import HereNow

router = APIRouter()


@router.get("/how")
def start(here: HereNow) -> Response:
    return here.page("how.html.j2", explainers=explainers())


@router.get("/how/{id_}")
def one(here: HereNow, id_: str) -> Response:
    found = next((each for each in explainers() if each.id == id_), None)
    if found is None:
        raise HTTPException(404)
    if found.page:
        return here.with_cookie(RedirectResponse(found.page, 303))
    with here.desk.library() as library:
        answer = journeys.how_it_works(library, found.topic, found.title)
    return here.page("how_steps.html.j2", quotes=False, explainer=found, page=lay_out(answer))
