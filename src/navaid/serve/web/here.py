"""What a page function needs at hand: the desk, the session with its cookie, the form with its token, the template."""

from __future__ import annotations

import functools
import hmac
from pathlib import Path
from typing import Annotated, Any

import jinja2
from fastapi import Depends, Request
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from navaid.answers.render.words import words
from navaid.errors import NavaidError
from navaid.serve.web.desk import Desk
from navaid.serve.web.guard import TooLarge
from navaid.serve.web.sessions import COOKIE, Session

_TEMPLATES = Path(__file__).parent / "templates"


class Here:
    """One request to one page. `form` is empty for a GET; `said` is what the last action told, shown once."""

    def __init__(self, request: Request, desk: Desk, session: Session, form: FormData) -> None:
        self.request, self.desk, self.session, self.form = request, desk, session, form

    @property
    def with_script(self) -> bool:
        """Whether htmx asks for a part of a page."""
        return self.request.headers.get("hx-request") == "true"

    def field(self, name: str, default: str = "") -> str:
        """A text field of the form, without surrounding space."""
        value = self.form.get(name, default)
        return value.strip() if isinstance(value, str) else default

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
        response.set_cookie(
            COOKIE, self.session.token, httponly=True, samesite="strict", secure=self.desk.secure, path="/"
        )
        return response


async def here(request: Request) -> Here:
    """The dependency of every page. Raises HTTPException 403 where what changes something has not our token."""
    desk: Desk = request.app.state.desk
    session = desk.sessions.find(request.cookies.get(COOKIE))
    form = FormData()
    if request.method not in ("GET", "HEAD"):
        form = await request.form(max_files=500, max_fields=200)
        given = form.get("csrf") or request.headers.get("x-csrf-token") or ""
        if session is None or not isinstance(given, str) or not hmac.compare_digest(given, session.csrf):
            raise HTTPException(403, "ended")
    return Here(request, desk, session or desk.sessions.start(), form)


HereNow = Annotated[Here, Depends(here)]


@functools.cache
def environment() -> jinja2.Environment:
    """The templates: everything escaped, an unknown name an error."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined
    )
    made.globals["words"] = words("en")
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


def trouble(request: Request, error: Exception, status: int, *, unlock: bool = False) -> Response:
    """A page that says what went wrong and the next step; never a traceback, never a record's text."""
    desk: Desk = request.app.state.desk
    session = desk.sessions.find(request.cookies.get(COOKIE)) or desk.sessions.start()
    what, fix = _said(error, status)
    place = Here(request, desk, session, FormData())
    return place.page("trouble.html.j2", status, what=what, fix=fix, unlock=unlock, back=request.url.path)


def _said(error: Exception, status: int) -> tuple[str, str]:
    if isinstance(error, NavaidError):
        return error.what, error.fix
    if isinstance(error, TooLarge):
        return "that is more than can be taken at once", "add fewer files at a time; nothing was lost"
    if status == 403:
        return "this page was open for too long, or was opened from elsewhere", "go back, reload the page, try again"
    if status == 404:
        return "there is no such page here", "use the menu above"
    return "something went wrong here", "go back and try again; nothing that was kept is lost"
