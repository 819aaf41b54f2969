"""Signing in where the server has accounts. Signing out is closing the records (opening.py)."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from navaid.records.vault.errors import WrongKey
from navaid.serve.web.accounts.book import folded
from navaid.serve.web.here import Here, HereNow
from navaid.serve.web.limits import STRETCHING
from navaid.serve.web.trouble import local

router = APIRouter()


@router.get("/sign-in")
def signing_in(here: HereNow, to: str = "/") -> Response:
    if here.session.open:
        return here.go(local(to))
    return _page(here, local(to))


@router.post("/sign-in")
def sign_in(here: HereNow) -> Response:
    accounts, desk, to = here.desk.accounts, here.desk, local(here.field("to", "/"))
    if accounts is None:
        raise HTTPException(404)
    counted = (here.address, f"name {folded(here.field('name'))}")
    desk.tries.begin(*counted)
    try:
        with STRETCHING:
            member = accounts.sign_in(here.field("name"), here.secret("passphrase"))
    except WrongKey as error:
        return _page(here, to, error)
    desk.tries.good(*counted)
    here.session.drop()  # what was asked before belongs to nobody
    session = desk.sessions.renew(here.session)
    session.member, session.vault, session.user = member, member.vault, member.id
    held = session.profiles
    session.profile = held[0] if len(held) == 1 else ""
    if member.role == "navigator":
        to = "/reviews" if to == "/" else to
    elif not session.profile and held:
        to = "/people"
    return here.go(to, f"You are signed in as {member.name}.")


def _page(here: Here, to: str, error: WrongKey | None = None) -> Response:
    if here.desk.accounts is None:
        return here.go("/records/open")
    return here.page("sign_in.html.j2", 401 if error else 200, to=to, error=error)
