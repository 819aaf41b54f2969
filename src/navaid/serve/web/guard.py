"""What every request meets first: which host it names, how large it is, whence it comes; what every answer says.

A page of another site must not reach this server through the person's browser: the Host header must name this server
(DNS rebinding), and what changes something must come from a page of ours (CSRF: token, SameSite cookie, Origin).
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
    "x-frame-options": "DENY",
}
MOST_BYTES = 256 * 1024 * 1024
"""The largest body: a folder of scans fits, a disk does not."""


class Guard:
    """Wraps the whole app. `hosts` are the names that a browser may know this server by, with their port."""

    def __init__(self, app: ASGIApp, hosts: Callable[[], frozenset[str]], most_bytes: int = MOST_BYTES) -> None:
        self.app, self.hosts, self.most_bytes = app, hosts, most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refused = self._refused(scope, headers)
        if refused is not None:
            await refused(scope, receive, _with_headers(scope, send))
            return
        await self.app(scope, _limited(receive, self.most_bytes), _with_headers(scope, send))

    def _refused(self, scope: Scope, headers: Headers) -> PlainTextResponse | None:
        if headers.get("host", "").lower() not in self.hosts():
            return PlainTextResponse("This server answers to its own address only.\n", 421)
        origin = headers.get("origin")
        changes = scope["method"] not in ("GET", "HEAD", "OPTIONS") and origin not in (None, "null")
        if changes and urlsplit(origin or "").netloc.lower() not in self.hosts():
            return PlainTextResponse("This request came from a page of another site.\n", 403)
        if int(headers.get("content-length") or 0) > self.most_bytes:
            return PlainTextResponse("That is more than can be taken at once. Add fewer files at a time.\n", 413)
        return None


def _with_headers(scope: Scope, send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            kept = scope["path"].startswith("/static/")
            headers.setdefault("cache-control", "public, max-age=86400" if kept else "no-store")
        await send(message)

    return sending


class TooLarge(Exception):
    """A body went past the limit while it came in."""


def _limited(receive: Receive, most: int) -> Receive:
    taken = 0

    async def receiving() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise TooLarge
        return message

    return receiving
