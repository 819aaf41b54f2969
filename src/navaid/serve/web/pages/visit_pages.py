"""The visit on paper: the person's page, the clinician's page, a FHIR document, the plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from navaid import journeys, starter
from navaid.answers.visit import clinician, fhir, kept, person
from navaid.records.export.summary import NoPdf
from navaid.serve.web.here import Here, HereNow
from navaid.serve.web.shown_file import as_file, as_page
from navaid.terms import Profile, Reading, VisitPlan, encode

router = APIRouter()


class _Made(NamedTuple):
    """What a page of the visit is made from."""

    plan: VisitPlan
    profile: Profile
    readings: Sequence[Reading]


_PAGES: dict[str, Callable[[_Made], bytes]] = {
    "person": lambda made: person.html(*made, starter.load()),
    "clinician": lambda made: clinician.html(*made),
}
_FILES: dict[str, tuple[str, Callable[[_Made], bytes]]] = {
    "person.pdf": ("application/pdf", lambda made: person.pdf(*made, starter.load())),
    "clinician.pdf": ("application/pdf", lambda made: clinician.pdf(*made)),
    "person.html": ("text/html", lambda made: person.html(*made, starter.load())),
    "clinician.html": ("text/html", lambda made: clinician.html(*made)),
    "fhir.json": ("application/fhir+json", lambda made: fhir.document(*made)),
    "plan.json": ("application/json", lambda made: encode(made.plan)),
}


@router.get("/visit/pages/{name}")
def page(here: HereNow, name: str) -> Response:
    """A page to be printed from the browser."""
    if name not in _PAGES:
        raise HTTPException(404)
    made = _made(here)
    return here.go("/visit", _FIRST) if made is None else as_page(_PAGES[name](made), "/visit", "Back to my visit")


@router.get("/visit/files/{name}")
def file(here: HereNow, name: str) -> Response:
    """The same as a file."""
    if name not in _FILES:
        raise HTTPException(404)
    made, (media_type, content) = _made(here), _FILES[name]
    if made is None:
        return here.go("/visit", _FIRST)
    try:
        return as_file(content(made), f"visit-{name}", media_type)
    except NoPdf:
        return here.page("no_pdf.html.j2", other=f"/visit/pages/{name.partition('.')[0]}", back="/visit")


_FIRST = "There is no list yet. Prepare it first."


def _made(here: Here) -> _Made | None:
    """None where no visit was prepared."""
    with here.session.papers() as papers:
        held = kept.plan(papers)
        return _Made(held, journeys.own_profile(papers), papers.readings()) if held else None
