"""What a person reads when something goes wrong: what it was and the next step; no traceback, no record's text."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import quote, urlsplit

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from navaid.errors import NavaidError
from navaid.records.vault.errors import VaultMissing
from navaid.serve.web.desk import Desk
from navaid.serve.web.guard import TooLarge, TooSlow
from navaid.serve.web.here import Here
from navaid.serve.web.limits import TooOften
from navaid.serve.web.sessions import Locked, NotShared, Whose

_STATUS: tuple[tuple[type[Exception], int], ...] = (
    (TooOften, 429),
    (NotShared, 404),
    (NavaidError, 400),
    (TooLarge, 413),
    (TooSlow, 408),
)


def register(app: FastAPI) -> None:
    """The app answers each kind of error with a page; a program under /api gets the same as JSON."""
    app.add_exception_handler(Whose, _whose)
    app.add_exception_handler(Locked, _locked)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _told(404))
    for kind, status in _STATUS:
        app.add_exception_handler(kind, _told(status))


def unexpected(request: Request) -> Response:
    """The page for what nobody foresaw; the guard has written kind and place into the log."""
    return page(request, Exception(), 500)


def too_large(request: Request) -> Response:
    """The page for a body that is larger than anything this server takes."""
    return page(request, TooLarge(), 413)


def page(request: Request, error: Exception, status: int) -> Response:
    """The page, or for a program the same words as JSON."""
    what, fix = _words(error, status)
    if request.url.path.startswith("/api/"):
        fault = {"kind": type(error).__name__, "what": what, "where": request.url.path, "fix": fix}
        return JSONResponse(fault, status)
    desk: Desk = request.app.state.desk
    session = desk.sessions.find(request.cookies.get(desk.cookie)) or desk.sessions.passing()
    place = Here(request, desk, session, FormData())
    heading = _HEADINGS.get(status, "That did not work")
    made = place.page("trouble.html.j2", status, heading=heading, what=what, fix=fix, step=_step(request, error))
    if isinstance(error, TooOften):
        made.headers["retry-after"] = str(error.wait_s)
    return made


def _step(request: Request, error: Exception) -> tuple[str, str] | None:
    """Where the next step is, and what it is called."""
    desk: Desk = request.app.state.desk
    if isinstance(error, Locked):
        return f"{desk.door}?to={quote(back(request))}", "Open my records" if desk.accounts is None else "Sign in"
    if isinstance(error, NotShared):
        session = desk.sessions.find(request.cookies.get(desk.cookie))
        some = session is not None and session.profiles
        return ("/people", "Choose whose records") if some else ("/reviews", "Answers to review")
    return (quote(back(request)), "Try again") if isinstance(error, TooOften) else None


def back(request: Request) -> str:
    """The page to come back to: this one, or the one whose form was sent."""
    if request.method in ("GET", "HEAD"):
        return request.url.path
    referrer = urlsplit(request.headers.get("referer", ""))
    return local(referrer.path) if referrer.netloc == request.headers.get("host") else "/"


def local(path: str) -> str:
    """The path if it is one of this server, else the start page: no form may send a person elsewhere."""
    plain = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    return path if plain and not urlsplit(path).netloc else "/"


def _told(status: int) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def handler(request: Request, error: Exception) -> Response:
        return page(request, error, status)

    return handler


async def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 403 and request.method == "POST" and request.url.path == "/ask":
        from navaid.serve.web.pages.ask import once_more

        return await once_more(request) or page(request, error, status)
    return page(request, error, status)


async def _locked(request: Request, error: Exception) -> Response:
    desk: Desk = request.app.state.desk
    if desk.closed and request.method == "GET" and not request.url.path.startswith("/api/"):
        return RedirectResponse(f"{desk.door}?to={quote(back(request))}", 303)
    return page(request, error, 401)


async def _whose(request: Request, error: Exception) -> Response:
    desk: Desk = request.app.state.desk
    session = desk.sessions.find(request.cookies.get(desk.cookie)) or desk.sessions.passing()
    return Here(request, desk, session, FormData()).go(f"/people?to={quote(back(request))}", "Choose whose records.")


def _words(error: Exception, status: int) -> tuple[str, str]:
    if isinstance(error, VaultMissing):
        return "no records are kept yet", "open “My records” and choose a passphrase first"
    if isinstance(error, NavaidError):
        return error.what, error.fix
    if isinstance(error, HTTPException) and "too many" in str(error.detail).lower():
        return "that is more than can be taken at once", "add at most 500 files at a time; nothing was lost"
    return _SAID.get(status, ("something went wrong here", "go back and try again; nothing that was kept is lost"))


_HEADINGS = {401: "This is closed", 404: "Not found"}
_SAID = {
    400: ("this could not be read as one of our forms", "go back, reload the page, and send it again"),
    403: ("this page was open for too long, or was opened from elsewhere", "go back, reload the page, and try again"),
    404: ("there is no such page here", "use the menu above"),
    405: ("this address is part of a form and shows nothing by itself", "use the menu above"),
    408: ("the rest of what you sent did not arrive", "check the connection, then send it again; nothing was lost"),
    413: ("that is more than can be taken at once", "add fewer files at a time; nothing was lost"),
}
