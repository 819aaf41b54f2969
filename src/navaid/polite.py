"""Asking publishers, politely: a pause for each host, few tries, limits on time and size, robots.txt.

What comes back is an answer (found, or 404/410) or SourceUnavailable with the reason: an outage is never
"not found". Tests give `pace=0` to leave the pauses out.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import logging
import time
import urllib.robotparser
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import metadata
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import httpx2
import stamina

from navaid.errors import SourceUnavailable
from navaid.terms import Record

FOUND, NOT_FOUND = 200, frozenset((404, 410))
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_MOST_HOPS = 6
_TIMEOUTS = httpx2.Timeout(20.0, connect=10.0)
_MOST_SECONDS = 45.0  # for one answer, however slowly it drips
_TRIES = 3
_LONGEST_WAIT = 60.0  # a host that asks for a longer pause is left alone
_LONGEST_CRAWL_DELAY = 30.0
_MOST_ROBOTS = 500_000
_MOST_SAID = 300
_HOST_IS_DOWN = 3  # failures in a row, after which the host is not asked again in this run
_NO_NETWORK, _NETWORK_LOST = 4, 12  # hosts in a row out of reach: before any answered, and after one did

logging.getLogger("stamina").addHandler(logging.NullHandler())  # its notes on retries are not for the terminal


class Answer(Record, frozen=True):
    """What a host sent: `status` is 200, 404 or 410, `url` where it was in the end, `hops` the redirects to there."""

    url: str
    status: int
    media: str = ""
    charset: str | None = None
    body: bytes = b""
    hops: int = 0


@dataclass
class _Host:
    ready_at: float = 0.0
    failures: int = 0
    reason: str = ""
    robots: urllib.robotparser.RobotFileParser | None = None


class _TryAgain(Exception):
    def __init__(self, reason: str, wait_s: float | None = None) -> None:
        super().__init__(reason)
        self.reason, self.wait_s = reason, wait_s


class Polite:
    """One run of questions to publishers. `time_up` after `most_seconds`; `offline` when no host can be reached."""

    def __init__(
        self,
        *,
        purpose: str = "checks that cited sources are still there",
        contact: str = "",
        pace: float = 1.0,
        most_seconds: float = 3600.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.contact = contact
        self._pace, self._clock, self._sleep = pace, clock, sleep
        self._ends = clock() + most_seconds
        self._hosts: dict[str, _Host] = {}
        self._out_of_reach: set[str] = set()
        self._answered = False
        reach = f"; mailto:{contact}" if contact else ""
        agent = f"navaid/{metadata.version('navaid')} ({purpose}{reach})"
        self._client = httpx2.Client(headers={"User-Agent": agent}, timeout=_TIMEOUTS, follow_redirects=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    @property
    def time_up(self) -> bool:
        return self._clock() >= self._ends

    @property
    def reached_nobody(self) -> bool:
        """Whether hosts were asked and none of them sent anything, not even an error."""
        return bool(self._out_of_reach) and not self._answered

    @property
    def offline(self) -> bool:
        return len(self._out_of_reach) >= (_NETWORK_LOST if self._answered else _NO_NETWORK)

    def get(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        accept: str = "*/*",
        pause_s: float = 1.0,
        most_bytes: int = 2_000_000,
        cut: bool = False,
        robots: bool = False,
    ) -> Answer:
        """The answer of `url`, redirects followed. A longer body is `cut`, or counts as no answer.

        Raises SourceUnavailable: no network, no host, 429 and 5xx to the end, any other status, too long or too
        slow, or asked by robots.txt to stay away.
        """
        target = str(httpx2.URL(url).copy_merge_params(params)) if params else url
        answer = self._followed(target, accept, pause_s, most_bytes, cut, robots)
        if answer.status != FOUND and answer.status not in NOT_FOUND:
            said = f": {' '.join(answer.body.decode('utf-8', 'replace').split())}" if answer.body else ""
            raise SourceUnavailable(f"{urlsplit(answer.url).netloc} answered with status {answer.status}{said}")
        return answer

    def _followed(self, url: str, accept: str, pause_s: float, most_bytes: int, cut: bool, robots: bool) -> Answer:
        for hops in range(_MOST_HOPS + 1):
            if not _can_be_asked(url):
                raise SourceUnavailable(f"{url[:200]} is no address that can be asked")
            wait_s = max(pause_s, self._crawl_delay(url)) if robots else pause_s
            got = self._tried(url, accept, wait_s, most_bytes, cut)
            if isinstance(got, Answer):
                return Answer(
                    url=got.url, status=got.status, media=got.media, charset=got.charset, body=got.body, hops=hops
                )
            url = got
        raise SourceUnavailable(f"{urlsplit(url).netloc} redirects more than {_MOST_HOPS} times")

    def _tried(self, url: str, accept: str, pause_s: float, most_bytes: int, cut: bool) -> Answer | str:
        """The answer, or the address that it redirects to; a few tries where another may help."""
        name = urlsplit(url).netloc
        host = self._hosts.setdefault(name, _Host())
        if self.offline:
            raise SourceUnavailable("no publisher can be reached from this machine")
        if host.failures >= _HOST_IS_DOWN:
            raise SourceUnavailable(f"{host.reason}, and was not asked again")
        try:
            for attempt in stamina.retry_context(
                on=_wait, attempts=_TRIES, timeout=180.0, wait_initial=self._pace, wait_jitter=self._pace, wait_max=10.0
            ):
                with attempt:
                    self._await_turn(host, pause_s)
                    got = self._once(url, accept, most_bytes, cut)
        except _TryAgain as error:
            self._note_failure(host, error.reason)
            raise SourceUnavailable(error.reason) from error
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.ProxyError) as error:
            self._out_of_reach.add(name)
            self._note_failure(host, f"{name} could not be reached")
            raise SourceUnavailable(host.reason) from error
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
            raise SourceUnavailable(f"{name} gave no answer that can be read ({type(error).__name__})") from error
        host.failures = 0
        return got

    def _once(self, url: str, accept: str, most_bytes: int, cut: bool) -> Answer | str:
        name = urlsplit(url).netloc
        began = time.monotonic()
        try:
            with self._client.stream("GET", url, headers={"Accept": accept}) as response:
                self._answered = True
                self._out_of_reach.clear()
                status = response.status_code
                if status == 429 or status >= 500:
                    raise _TryAgain(f"{name} answered with status {status}", _retry_after(response))
                if status in _REDIRECTS and (location := response.headers.get("Location")):
                    return urljoin(url, location)
                media = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
                if status == FOUND:
                    body = _body(response, most_bytes, cut, began)
                else:  # what a service says of a wrong question, where it says it in plain words
                    body = _body(response, _MOST_SAID, True, began) if media == "text/plain" else b""
                return Answer(url=url, status=status, media=media, charset=response.charset_encoding, body=body)
        except (httpx2.ReadTimeout, httpx2.ReadError, httpx2.RemoteProtocolError) as error:
            raise _TryAgain(f"{name} broke off or was too slow ({type(error).__name__})") from error

    def _await_turn(self, host: _Host, pause_s: float) -> None:
        now = self._clock()
        if host.ready_at > now:
            self._sleep(host.ready_at - now)
        host.ready_at = max(now, host.ready_at) + pause_s * self._pace

    def _note_failure(self, host: _Host, reason: str) -> None:
        host.failures, host.reason = host.failures + 1, reason

    def _crawl_delay(self, url: str) -> float:
        """The pause that the host's robots.txt asks for. Raises SourceUnavailable where it asks to stay away.

        As RFC 9309 has it: no such file allows all, a host that cannot say (5xx) is not asked for pages.
        """
        parts = urlsplit(url)
        host = self._hosts.setdefault(parts.netloc, _Host())
        if host.robots is None:
            rules = urllib.robotparser.RobotFileParser()
            found = self._followed(
                f"{parts.scheme}://{parts.netloc}/robots.txt", "text/plain", 1.0, _MOST_ROBOTS, True, False
            )
            rules.parse(found.body.decode("utf-8", "replace").splitlines() if found.status == FOUND else ())
            host.robots = rules
        if not host.robots.can_fetch("navaid", url):
            raise SourceUnavailable(f"the robots.txt of {parts.netloc} asks not to open this page")
        return min(float(host.robots.crawl_delay("navaid") or 0), _LONGEST_CRAWL_DELAY)


def _can_be_asked(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _body(response: httpx2.Response, most_bytes: int, cut: bool, began: float) -> bytes:
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > most_bytes:
            if cut:
                return bytes(body[:most_bytes])
            raise SourceUnavailable(f"the answer of {response.url.host} is longer than {most_bytes:,} bytes")
        if time.monotonic() - began > _MOST_SECONDS:
            raise SourceUnavailable(f"{response.url.host} took more than {_MOST_SECONDS:.0f} seconds for one answer")
    return bytes(body)


def _wait(error: Exception) -> bool | float:
    """What stamina is to do: not to try again, to try after its own pause, or after the pause that the host named."""
    if not isinstance(error, _TryAgain):
        return False
    if error.wait_s is None:
        return True
    return error.wait_s if error.wait_s <= _LONGEST_WAIT else False


def _retry_after(response: httpx2.Response) -> float | None:
    """Retry-After in seconds; it may be a number or a date (RFC 9110, 10.2.3)."""
    given = response.headers.get("Retry-After", "").strip()
    if given.isdecimal():
        return float(given)
    try:
        until = email.utils.parsedate_to_datetime(given)
    except (ValueError, TypeError):
        return None
    now = dt.datetime.now(until.tzinfo)
    return max(0.0, (until - now).total_seconds())
