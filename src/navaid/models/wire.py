"""The one place that talks to a model's server: gate, tries, time, stop, size.

A call opens its own connection and closes it, so that a stop always has a connection to shut. Nothing is
followed elsewhere, no cookie kept, nothing unpacked. Tries are counted here and not by a library, because
a stop must be heard while the next try is waited for.
"""

from __future__ import annotations

import random
import re
import ssl
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import TypeVar

import httpx2

from navaid.config import Key
from navaid.errors import ConsentMissing, KeyRefused, ModelSlow, ModelUnavailable, ModelUnreachable, ReplyUnusable
from navaid.models import faults
from navaid.models.consent import Gate
from navaid.models.endpoint import Endpoint, is_loopback
from navaid.models.watch import Cancel, Watch
from navaid.terms import Record

T = TypeVar("T")


class Limits(Record, frozen=True):
    """Seconds, tries and bytes that a call may use."""

    connect_s: float = 5.0
    read_s: float = 120.0  # between two bytes; a long prompt on a laptop is read for a minute first
    whole_s: float = 300.0
    tries: int = 3
    first_wait_s: float = 0.5  # doubled for every further try
    reply_bytes: int = 4_000_000


class _Again(Exception):
    """This try failed in a way that another may mend."""

    def __init__(self, error: ModelUnavailable, wait_s: float = 0.0) -> None:
        super().__init__()
        self.error, self.wait_s = error, wait_s


class Wire:
    """Calls to one endpoint. Raises ConsentMissing at once where it is remote and no gate was given."""

    def __init__(
        self, endpoint: Endpoint, *, gate: Gate | None = None, key: Key | None = None, limits: Limits | None = None
    ) -> None:
        if endpoint.leaves and gate is None:
            raise ConsentMissing(
                "a server that is not this machine is only called through a gate",
                where=endpoint.destination,
                fix="give a `Gate` (models/consent.py)",
            )
        self.endpoint, self.gate, self.limits = endpoint, gate, limits or Limits()
        self._key = key or Key("")
        self._where = f"{endpoint.origin}, model {endpoint.model or 'not named'}"
        if not re.fullmatch(r"[!-~]*", self._key.reveal()):
            raise KeyRefused("the key holds signs that no key has", where=self._where, fix="copy it again")
        here = is_loopback(endpoint.base)
        # Certificates take 40 ms to read; where nothing is encrypted and nothing followed, none are needed.
        verify = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if here and not endpoint.encrypted else True
        try:
            self._client = httpx2.Client(
                follow_redirects=False,
                verify=verify,
                trust_env=not here,  # a proxy has no business between us and this machine
                limits=httpx2.Limits(max_keepalive_connections=0),
            )
        except (ValueError, ImportError, OSError, httpx2.InvalidURL):
            raise ModelUnreachable(
                "the proxy or the certificates named in the environment cannot be used",
                where=self._where,
                fix="check HTTPS_PROXY, ALL_PROXY and SSL_CERT_FILE",
            ) from None

    def fetch(self, path: str, body: bytes | None, *, accept: str = "application/json", cancel: Cancel = None) -> bytes:
        """The whole reply to a POST of `body`, or to a GET where it is None."""
        with Watch(cancel, self.limits.whole_s, self._where) as watch:
            return self._tried(watch, lambda: b"".join(self._chunks(self._open(path, body, accept, watch), watch)))

    def stream(self, path: str, body: bytes, *, cancel: Cancel = None) -> Generator[bytes, None, None]:
        """The reply in pieces as they come. After the first piece nothing is tried again."""
        with Watch(cancel, self.limits.whole_s, self._where) as watch:
            response = self._tried(watch, lambda: self._open(path, body, "text/event-stream", watch))
            try:
                yield from self._chunks(response, watch)
            except _Again as again:
                raise again.error from None
            finally:
                response.close()

    def _tried(self, watch: Watch, once: Callable[[], T]) -> T:
        for number in range(self.limits.tries):
            try:
                return once()
            except _Again as again:
                if number + 1 == self.limits.tries:
                    raise again.error from None
                usual = self.limits.first_wait_s * 2**number
                wait = again.wait_s or random.uniform(usual / 2, usual)
                if wait > watch.left_s:
                    raise again.error from None
            watch.pause(wait)
        raise AssertionError("unreachable: the last try returns or raises")

    def _open(self, path: str, body: bytes | None, accept: str, watch: Watch) -> httpx2.Response:
        """An answer whose status is fine and whose kind is right; its body is still to be read."""
        if self.gate is not None:
            self.gate.let_pass(self.endpoint, body or b"")
        headers = {"Accept": accept, "Accept-Encoding": "identity", "User-Agent": "navaid"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        if self._key:
            headers["Authorization"] = f"Bearer {self._key.reveal()}"
        limits = self.limits
        request = self._client.build_request(
            "GET" if body is None else "POST",
            self.endpoint.base + path,
            content=body,
            headers=headers,
            timeout=httpx2.Timeout(limits.read_s, connect=limits.connect_s),
            extensions={"trace": _attach_to(watch)},
        )
        with self._translated(watch):
            response = self._client.send(request, stream=True)
        try:
            self._checked(response, accept, watch)
        except BaseException:
            response.close()
            raise
        return response

    def _checked(self, response: httpx2.Response, accept: str, watch: Watch) -> None:
        status, retry_after = response.status_code, response.headers.get("Retry-After")
        if status != 200:
            said = self._start_of(response, watch)
            error = faults.of_status(status, said, retry_after, self.endpoint, bool(self._key))
            wait = faults.wait_s(error, status, retry_after)
            if wait is None:
                raise error
            raise _Again(error, wait)
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind != accept or response.headers.get("Content-Encoding", "identity") != "identity":
            raise ReplyUnusable(
                "the reply is of another kind than asked for",
                where=self._where,
                fix="check that the address is that of an OpenAI-compatible server; it usually ends in /v1",
            )

    def _start_of(self, response: httpx2.Response, watch: Watch) -> str:
        """The first bytes of a refusal; a refusal that breaks off is still one."""
        said = b""
        try:
            for piece in self._pieces(response, watch):
                said += piece
                if len(said) > 20_000:
                    break
        except _Again:
            pass
        return said.decode(errors="replace")

    def _chunks(self, response: httpx2.Response, watch: Watch) -> Iterator[bytes]:
        size = 0
        try:
            for piece in self._pieces(response, watch):
                size += len(piece)
                if size > self.limits.reply_bytes:
                    raise ReplyUnusable(
                        f"the reply is larger than {self.limits.reply_bytes:,} bytes and was broken off",
                        where=self._where,
                        fix="check the server; a sentence or a list needs far less",
                    )
                yield piece
        finally:
            response.close()

    def _pieces(self, response: httpx2.Response, watch: Watch) -> Iterator[bytes]:
        pieces = response.iter_raw()
        while True:
            watch.check()
            with self._translated(watch):
                piece = next(pieces, None)
            if piece is None:
                watch.check()  # a connection that we shut ourselves can look like the end of the reply
                return
            yield piece

    @contextmanager
    def _translated(self, watch: Watch) -> Iterator[None]:
        """httpx2's errors as ours. `from None`: theirs carry the request, and with it prompt and key."""
        try:
            yield
        except (httpx2.ReadTimeout, httpx2.WriteTimeout):
            watch.check()
            raise ModelSlow(
                f"the server was silent for {self.limits.read_s:g} s",
                where=self._where,
                fix="use a smaller model, or look whether the server still works",
            ) from None
        except httpx2.TransportError as error:
            watch.check()
            raise _Again(self._unreachable(error)) from None
        except httpx2.HTTPError as error:
            raise self._unreachable(error) from None

    def _unreachable(self, error: httpx2.HTTPError) -> ModelUnreachable:
        if "CERTIFICATE_VERIFY" in str(error):
            what, fix = "the server's certificate is not trusted", "check the address, or the certificates installed"
        elif isinstance(error, (httpx2.ConnectError, httpx2.ConnectTimeout)):
            what, fix = "no connection to the server", "start it (with Ollama: `ollama serve`), or check the address"
        elif isinstance(error, httpx2.ProxyError):
            what, fix = "the proxy gave no connection", "check HTTPS_PROXY and NO_PROXY"
        else:
            what, fix = "the connection broke", "try again; if it stays so, look at the server's own log"
        return ModelUnreachable(what, where=self._where, fix=fix)


def _attach_to(watch: Watch) -> Callable[[str, dict[str, object]], None]:
    """Hands each new connection of a call to its watch, by httpcore's trace events."""

    def trace(event: str, info: dict[str, object]) -> None:
        if event.endswith((".connect_tcp.complete", ".start_tls.complete")):
            connection = getattr(info.get("return_value"), "get_extra_info", lambda _: None)("socket")
            if connection is not None:
                watch.attach(connection)

    return trace
