"""What every request of a program meets first: its token, and the session in which the records were opened.

A cookie is never looked at, so a page of another site has nothing to ride on. A token that is right is let through
however many wrong ones came before it; wrong ones are slowed down.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from navaid.errors import NavaidError
from navaid.serve.web import acting
from navaid.serve.web.api import faults
from navaid.serve.web.api.tokens import Scope as Reach
from navaid.serve.web.api.tokens import Token, Tokens
from navaid.serve.web.guard import FORM_BYTES, TooLarge, allow_only
from navaid.serve.web.limits import Tries
from navaid.serve.web.sessions import Locked, Session

if TYPE_CHECKING:
    from navaid.records.vault import Papers
    from navaid.serve.web.desk import Desk

SESSION_HEADER = "navaid-session"
_OPEN_TO_ALL = "/openapi.json"
_UPLOAD = "/papers"
_CALLER = "navaid.caller"


@dataclass(frozen=True, repr=False)
class Caller:
    """A program with a good token. `session` is there while the records are open for it."""

    desk: Desk
    token: Token
    secret: str
    session: Session | None
    address: str

    def needs_records(self, profile: str | None = None) -> None:
        """Returns if the token reaches records, and those of this person. Raises ScopeNeeded."""
        if self.token.scope is not Reach.RECORDS:
            raise faults.ScopeNeeded(
                "this token reaches no records",
                where="the token",
                fix="make one: `navaid api token new NAME --records ME`",
            )
        if profile is not None and profile != self.token.profile:
            raise faults.ScopeNeeded(
                "this token does not reach the records of that person",
                where="the token",
                fix="use the profile that it was made for",
            )

    def opened(self, profile: str | None = None) -> Session:
        """The session in which the records are open. Raises ScopeNeeded, and Locked where they are closed."""
        self.needs_records(profile)
        if self.session is None:
            raise Locked(
                "the records are closed, or were not used for a while",
                where=f"the header {SESSION_HEADER}",
                fix="open them: POST /api/v1/records/open",
            )
        return self.session

    def papers(self, profile: str) -> Papers:
        """The papers of this person; close them. Raises what `opened` does, and BadInput for no such person."""
        return self.opened(profile).papers(profile)

    def begin(self, session: Session) -> str:
        """The secret that names this session for this token from now on."""
        secret = secrets.token_urlsafe(32)
        session.token = _named(secret, self.secret)
        self.desk.sessions.hold(session)
        return secret


class Gate:
    """Lets a request through to the app with its `Caller`, or answers with what is missing."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self.app, self.desk = app, desk
        self._doorkeeper = Doorkeeper(desk.settings.home_path)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = str(scope.get("path", "")).removeprefix(scope.get("root_path", ""))
        if scope["type"] != "http" or path == _OPEN_TO_ALL:
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        try:
            caller = scope[_CALLER] = self._caller(request)
            if caller.session is None or not path.endswith(_UPLOAD):
                allow_only(request, FORM_BYTES)
        except (NavaidError, TooLarge) as error:
            await faults.answer(error, self.desk.settings.home_path, path)(scope, receive, send)
            return
        acting.begin(request)
        await self.app(scope, receive, send)

    def _caller(self, request: Request) -> Caller:
        """Raises TokenNeeded, TooOften, and Locked for a session that has ended."""
        address = request.client.host if request.client else ""
        secret, token = self._doorkeeper.admit(request.headers.get("authorization"), address)
        given, session = request.headers.get(SESSION_HEADER), None
        if given:
            session = self.desk.sessions.find(_named(given, secret))
        if session is not None and session.member is not None and not session.member.here():
            self.desk.sessions.end(session)
            session = None
        return Caller(self.desk, token, secret, session, address)


class Doorkeeper:
    """Looks at tokens, and counts the wrong ones."""

    def __init__(self, home: Path) -> None:
        self._tokens, self._tries = Tokens(home), Tries()

    def admit(self, authorization: str | None, address: str) -> tuple[str, Token]:
        """The secret and its token. Raises TokenNeeded, and TooOften after ten wrong ones within a minute."""
        kind, _, secret = (authorization or "").partition(" ")
        if kind.lower() != "bearer" or not secret:
            raise _no_token("a token is needed")
        token = self._tokens.find(secret.strip(), dt.date.today())
        if token is None:
            self._tries.begin(address)
            raise _no_token("this token is not known, was revoked or has ended")
        return secret.strip(), token


def caller(request: Request) -> Caller:
    """The dependency of every function: who calls."""
    found: Caller = request.scope[_CALLER]
    return found


CallerNow = Annotated[Caller, Depends(caller)]


def _named(secret: str, token: str) -> str:
    """What a session is called inside: nobody can work it out without both secrets, and no cookie holds it."""
    return "api-" + hashlib.sha256(f"{secret}:{token}".encode()).hexdigest()


def _no_token(what: str) -> faults.TokenNeeded:
    return faults.TokenNeeded(
        what,
        where="the header Authorization",
        fix="send `Authorization: Bearer TOKEN`; `navaid api token new NAME` makes one",
    )
