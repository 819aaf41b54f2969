"""What a program reads when something goes wrong: kind, what, where and how to mend it; never a traceback."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Route

from navaid.errors import (
    BadInput,
    DiskFull,
    LibraryLocked,
    LibraryMissing,
    ModelUnavailable,
    NavaidError,
    SourceUnavailable,
)
from navaid.records.export.summary import NoPdf
from navaid.records.vault.errors import VaultLocked, VaultMissing, WrongKey
from navaid.serve.web.guard import TooLarge, TooSlow
from navaid.serve.web.limits import TooOften
from navaid.serve.web.sessions import Locked, Whose
from navaid.terms import Record

if TYPE_CHECKING:
    from pathlib import Path


class Fault(Record, frozen=True):
    """Why a request was not done. `kind` is for programs; the other three are sentences for a person."""

    kind: str
    what: str
    where: str
    fix: str


class TokenNeeded(NavaidError):
    """No token, or one that is not known, was revoked or has ended."""


class ScopeNeeded(NavaidError):
    """The token does not reach so far."""


class NotHere(BadInput):
    """What was asked for by its name is not here; that says nothing about whether it exists."""


class Changed(NavaidError):
    """Things are no longer as the program saw them."""


_STATUS: tuple[tuple[type[Exception], int], ...] = (
    (TokenNeeded, 401),
    (Locked, 401),
    (ScopeNeeded, 403),
    (WrongKey, 403),
    (NotHere, 404),
    (VaultMissing, 404),
    (LibraryMissing, 404),
    (Whose, 409),
    (Changed, 409),
    (VaultLocked, 409),
    (LibraryLocked, 409),
    (TooOften, 429),
    (BadInput, 400),
    (TooLarge, 413),
    (TooSlow, 408),
    (NoPdf, 501),
    (DiskFull, 507),
    (SourceUnavailable, 502),
    (ModelUnavailable, 503),
    (NavaidError, 500),
)
_SAID: dict[int, tuple[str, str]] = {
    400: ("the request cannot be read", "send what /api/openapi.json describes"),
    404: ("there is nothing at this address", "see /api/openapi.json"),
    405: ("this address does not take that method", "see /api/openapi.json"),
    408: ("the rest of what was sent did not arrive", "send it again; nothing was lost"),
    413: ("that is more than can be taken at once", "send less at a time; nothing was lost"),
    415: ("this kind of content is not taken here", "send what /api/openapi.json describes"),
    500: ("something went wrong here", "try again; nothing that was kept is lost"),
}


def register(app: FastAPI, routes: Sequence[BaseRoute]) -> None:
    """Every error of the app, whose functions are `routes`, is told as a `Fault`."""

    async def told(request: Request, error: Exception) -> Response:
        made = answer(error, request.app.state.desk.settings.home_path, request.url.path)
        if made.status_code == 405:
            made.headers["allow"] = _allowed(request, routes)
        return made

    async def unforeseen(request: Request, error: Exception) -> Response:
        return unexpected(request)

    for kind in (HTTPException, RequestValidationError, sqlite3.DatabaseError, *(kind for kind, _ in _STATUS)):
        app.add_exception_handler(kind, told)
    app.add_exception_handler(Exception, unforeseen)


def unexpected(request: Request) -> Response:
    """What is said of what nobody foresaw; the guard has written kind and place into the log."""
    return reply(_by_status(500, request.url.path), 500)


def answer(error: Exception, home: Path, path: str) -> Response:
    """The error as a program reads it."""
    if isinstance(error, HTTPException):
        cause = error.__cause__
        if isinstance(cause, TooLarge | TooSlow):
            return answer(cause, home, path)
        return reply(_by_status(error.status_code, path), error.status_code, error.headers)
    if isinstance(error, RequestValidationError):
        return reply(_invalid(error), 422)
    headers: dict[str, str] = {}
    if isinstance(error, TooOften):
        headers["retry-after"] = str(error.wait_s)
    if isinstance(error, TokenNeeded):
        headers["www-authenticate"] = "Bearer"
    return reply(fault(error, home), status_of(error), headers)


def fault(error: Exception, home: Path) -> Fault:
    """The error in words. Where things lie on the machine is not for others: the home folder is not spelled out."""
    if not isinstance(error, NavaidError):
        return _by_status(status_of(error), "")
    what, where, fix = (part.replace(str(home), "NAVAID_HOME") for part in (error.what, error.where, error.fix))
    return Fault(kind=_NAMES.get(type(error), type(error).__name__), what=what, where=where, fix=fix)


def status_of(error: Exception) -> int:
    """The status code that tells of this error."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def reply(record: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A record as the body of an answer."""
    return Response(msgspec.json.encode(record), status, dict(headers or {}), "application/json")


def _allowed(request: Request, routes: Sequence[BaseRoute]) -> str:
    """Every method that this address takes; the framework names only those of the first function that it meets."""
    met = (one for one in routes if isinstance(one, Route) and one.matches(request.scope)[0] is not Match.NONE)
    return ", ".join(sorted({method for route in met for method in route.methods or ()}))


def _by_status(status: int, path: str) -> Fault:
    what, fix = _SAID.get(status, _SAID[400])
    return Fault(kind=_KINDS.get(status, "BadRequest"), what=what, where=path, fix=fix)


def _invalid(error: RequestValidationError) -> Fault:
    """Which parts are not as they should be; the values that were sent are the caller's, and are not repeated."""
    parts = [(".".join(str(step) for step in one["loc"]), str(one["msg"])) for one in error.errors()]
    return Fault(
        kind="InvalidRequest",
        what="; ".join(dict.fromkeys(said for _, said in parts))[:400],
        where=", ".join(dict.fromkeys(where for where, _ in parts))[:400],
        fix="send what /api/openapi.json describes",
    )


_NAMES: dict[type[NavaidError], str] = {Locked: "RecordsClosed"}
_KINDS = {404: "NotHere", 405: "NoSuchMethod", 408: "TooSlow", 413: "TooLarge", 415: "WrongContent", 500: "Unexpected"}
