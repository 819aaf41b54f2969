"""Whose records are looked at: several people's are kept apart, and the one shown is named on every page."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from navaid.errors import BadInput
from navaid.serve.web.here import Here, HereNow
from navaid.serve.web.sessions import Locked
from navaid.serve.web.trouble import local

router = APIRouter()


@router.get("/people")
def people(here: HereNow, to: str = "/records") -> Response:
    _needed(here)
    return here.page("people.html.j2", to=local(to), profiles=here.session.profiles)


@router.post("/people/choose")
def choose(here: HereNow) -> Response:
    _needed(here)
    name = here.field("name")
    if name not in here.session.profiles:
        raise HTTPException(404)
    here.session.profile = name
    return here.go(local(here.field("to", "/records")), f"You are now looking at: {name}.")


@router.post("/people/add")
def add(here: HereNow) -> Response:
    _needed(here)
    session, name = here.session, here.field("name")
    if session.vault is None:
        raise HTTPException(404)
    if name in session.profiles:
        raise BadInput(f"there is somebody named {name} already", where="this page", fix="give another name")
    with session.vault.papers(name, create=True):
        session.profile = name
    return here.go(local(here.field("to", "/records")), f"{name} was added. You are now looking at: {name}.")


def _needed(here: Here) -> None:
    if not here.session.open:
        raise Locked("your records are closed", where="this page", fix="open them with your passphrase")
