"""What every request meets first: which host it names, how large and how slow it is, whence it comes.

A page of another site must not reach this server through the person's browser: the Host header must name this server
(DNS rebinding), and what changes something must come from a page of ours (CSRF: token, SameSite cookie, Origin).
What nobody foresaw ends here too: the log gets the kind of error and its place, never a value.
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    # Not "no-referrer": browsers then send `Origin: null` with our own forms, and nothing could be told from it.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
    "x-frame-options": "DENY",
}
MOST_BYTES = 256 * 1024 * 1024
"""The largest body: a folder of scans fits, a disk does not."""
FORM_BYTES = 1024 * 1024
"""The largest body of somebody who gave no passphrase: a question, not a file."""
SLOWEST_S = 30.0
"""So long may the next part of a body take."""
_LIMIT = "navaid.limit"
_log = logging.getLogger("navaid.web")


class TooLarge(Exception):
    """A body went past the limit while it came in."""


class TooSlow(Exception):
    """The rest of a body did not come."""


class _Limit:
    """How large the body of a request may be; a page may lower it before the body is read."""

    def __init__(self, most: int, said: int) -> None:
        self.most, self.said = most, said


class Guard:
    """Wraps the whole app. `hosts` are the names that a browser may know this server by, with their port."""

    def __init__(
        self,
        app: ASGIApp,
        hosts: Callable[[], frozenset[str]],
        on_error: Callable[[Request], Response],
        most_bytes: int = MOST_BYTES,
        slowest_s: float = SLOWEST_S,
        too_large: Callable[[Request], Response] | None = None,
    ) -> None:
        self.app, self.hosts, self.on_error, self.too_large = app, hosts, on_error, too_large
        self.most_bytes, self.slowest_s = most_bytes, slowest_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers, sending = Headers(scope=scope), _Sending(scope, send)
        refused = self._refused(scope, headers) or self._large(scope, headers)
        if refused is not None:
            await refused(scope, receive, sending)
            return
        limit = scope[_LIMIT] = _Limit(self.most_bytes, int(headers.get("content-length") or 0))
        try:
            await self.app(scope, _limited(receive, limit, self.slowest_s), sending)
        except Exception as error:
            _log.error("unexpected: %s", place(error))
            if not sending.begun:
                await self.on_error(Request(scope))(scope, receive, sending)

    def _refused(self, scope: Scope, headers: Headers) -> PlainTextResponse | None:
        hosts = self.hosts()
        if [name.lower() for name in headers.getlist("host")] not in ([host] for host in hosts):
            return PlainTextResponse("This server answers to its own address only.\n", 421)
        if scope["method"] not in ("GET", "HEAD", "OPTIONS") and _foreign(headers, hosts):
            return PlainTextResponse("This request came from a page of another site.\n", 403)
        length = headers.get("content-length") or "0"
        if not (length.isascii() and length.isdecimal()):
            return PlainTextResponse("This request cannot be read.\n", 400)
        return None

    def _large(self, scope: Scope, headers: Headers) -> Response | None:
        """What is told at once where a body says itself that it is too large: a page, where there is one."""
        if int(headers.get("content-length") or 0) <= self.most_bytes:
            return None
        if self.too_large is not None:
            return self.too_large(Request(scope))
        return PlainTextResponse("That is more than can be taken at once. Add fewer files at a time.\n", 413)


def _foreign(headers: Headers, hosts: frozenset[str]) -> bool:
    """Whether the browser says that another site sent this. A program says nothing, and needs the token too."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc.lower() not in hosts


def allow_only(request: Request, most: int) -> None:
    """Lowers how large this request's body may be. Raises TooLarge at once where it says that it is larger."""
    limit = request.scope.get(_LIMIT)
    if isinstance(limit, _Limit):
        limit.most = min(limit.most, most)
        if limit.said > limit.most:
            raise TooLarge


def place(error: BaseException) -> str:
    """The kind of an error and the line of ours that it passed last; no value, since that may be a record's word."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames[1:] if "navaid" in Path(frame.filename).parts] or frames
    where = f" at {Path(ours[-1].filename).name}:{ours[-1].lineno} in {ours[-1].name}" if ours else ""
    return type(error).__name__ + where


class _Sending:
    """Adds the headers that every answer has, and remembers whether it has begun."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.scope, self.send, self.begun = scope, send, False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            kept = self.scope["path"].startswith("/static/") and message["status"] in (200, 206, 304)
            headers.setdefault("cache-control", "public, max-age=86400" if kept else "no-store")
        await self.send(message)


def _limited(receive: Receive, limit: _Limit, slowest_s: float) -> Receive:
    taken, more = 0, True

    async def receiving() -> Message:
        nonlocal taken, more
        if not more:
            return await receive()  # only whether the browser went away; that may take as long as the answer
        try:
            message = await asyncio.wait_for(receive(), slowest_s)
        except TimeoutError:
            raise TooSlow from None
        taken += len(message.get("body", b""))
        more = bool(message.get("more_body"))
        if taken > limit.most:
            raise TooLarge
        return message

    return receiving
