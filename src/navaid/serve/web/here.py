"""What a page function needs at hand: the desk, the session with its cookie, the form with its token, the template."""

from __future__ import annotations

import functools
import hmac
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, Any

import jinja2
from fastapi import Depends, Request
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from navaid.answers.render.words import words
from navaid.errors import BadInput
from navaid.serve.web import acting, look
from navaid.serve.web.desk import Desk
from navaid.serve.web.guard import FORM_BYTES, allow_only
from navaid.serve.web.sessions import Locked, Session

_TEMPLATES = Path(__file__).parent / "templates"
_MOST_FILES, _MOST_FIELDS = 500, 1000
_DOORS = ("/sign-in", "/records/open", "/help-now", "/country")
"""What whoever gave no passphrase may see where the server is not for this machine alone; help is for everybody."""


class Here:
    """One request to one page. `form` is empty for a GET; `said` is what the last action told, shown once."""

    def __init__(self, request: Request, desk: Desk, session: Session, form: FormData) -> None:
        self.request, self.desk, self.session, self.form = request, desk, session, form

    @property
    def with_script(self) -> bool:
        """Whether htmx asks for a part of a page."""
        return self.request.headers.get("hx-request") == "true"

    @property
    def address(self) -> str:
        """Who asks, as far as the connection tells."""
        return self.request.client.host if self.request.client else ""

    @property
    def folder(self) -> Path:
        """Where the vault of whoever is here lies."""
        member = self.session.member
        return member.folder if member else self.desk.records_folder

    def owner(self) -> None:
        """Returns for whoever may change what all on this machine use, such as the library.

        Raises Locked where records are kept and not open here, and BadInput where there are accounts: then it is for
        whoever keeps the machine.
        """
        from navaid.records import vault

        if self.desk.accounts is not None:
            raise BadInput(
                "this is for all who use this server, so whoever keeps the machine does it",
                where="this page",
                fix="ask them; on the command line it is `navaid library`, `navaid trials` or `navaid models`",
            )
        if not self.session.open and vault.exists(self.folder):
            raise Locked("this needs your passphrase first", where="this page", fix="open your records")

    def field(self, name: str, default: str = "") -> str:
        """A text field of the form, without surrounding space."""
        value = self.form.get(name, default)
        return value.strip() if isinstance(value, str) else default

    def secret(self, name: str) -> str:
        """A passphrase of the form, as it was typed."""
        value = self.form.get(name, "")
        return value if isinstance(value, str) else ""

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """The page of this template; every one has the session, the words and where it stands in the menu."""
        said, self.session.said = self.session.said, ""
        text = environment().get_template(template).render(here=self, session=self.session, said=said, **values)
        return self.with_cookie(HTMLResponse(text, status))

    def go(self, to: str, said: str = "") -> Response:
        """See another page after something was done (so that a reload does not do it again)."""
        self.session.said = said
        return self.with_cookie(RedirectResponse(to, 303))

    def with_cookie(self, response: Response) -> Response:
        """The answer, with the cookie where the browser has none yet and will need one."""
        session, desk = self.session, self.desk
        if not (session.wanted or session.said or session.asked or session.open):
            return response
        if desk.sessions.find(session.token) is None:
            desk.sessions.hold(session)
        if self.request.cookies.get(desk.cookie) != session.token:
            response.set_cookie(
                desk.cookie, session.token, httponly=True, samesite="strict", secure=desk.secure, path="/"
            )
        return response


async def here(request: Request) -> AsyncIterator[Here]:
    """The dependency of every page. Raises HTTPException 403 where what changes something has not our token."""
    desk: Desk = request.app.state.desk
    session, form = desk.sessions.find(request.cookies.get(desk.cookie)), FormData()
    if request.method not in ("GET", "HEAD"):
        if session is None:
            raise HTTPException(403, "ended")
        if not session.open:
            allow_only(request, FORM_BYTES)
        form = await request.form(max_files=_MOST_FILES, max_fields=_MOST_FIELDS)
        given = form.get("csrf") or request.headers.get("x-csrf-token") or ""
        if not isinstance(given, str) or not hmac.compare_digest(given.encode(), session.csrf.encode()):
            await request.close()
            raise HTTPException(403, "ended")
        session.busy = True
    if session is not None and session.member is not None and not session.member.here():
        desk.sessions.end(session)  # the account was taken away or reset
        session = None
    session = session or desk.sessions.passing()
    if desk.closed and not session.open and request.url.path not in _DOORS:
        raise Locked("this server is for those who have a passphrase", where="this page", fix="give yours")
    acting.begin(request)
    try:
        yield Here(request, desk, session, form)
    finally:
        await request.close()


HereNow = Annotated[Here, Depends(here)]


@functools.cache
def environment() -> jinja2.Environment:
    """The templates: everything escaped, an unknown name an error."""
    made = jinja2.Environment(
        loader=jinja2.ChoiceLoader(
            (
                jinja2.FileSystemLoader(_TEMPLATES),
                jinja2.PrefixLoader({"render": jinja2.PackageLoader("navaid.answers", "render")}),
            )
        ),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    made.globals["words"] = words("en")
    made.globals["look"] = look.version()
    made.globals["MENU"] = MENU
    return made


MENU = (
    ("/", "Ask"),
    ("/records", "My records"),
    ("/for-me", "For me"),
    ("/trials", "Trials"),
    ("/visit", "My visit"),
    ("/how", "How it works"),
    ("/library", "Library"),
    ("/settings", "Settings"),
)
