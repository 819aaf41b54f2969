"""How often a passphrase may be tried, and how much work the trying may be."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

from navaid.errors import NavaidError

MOST, WITHIN_S = 10, 60.0
_IN_ALL = 30
"""Over all addresses: whoever has many still may not try a thousand, and one of them does not lock all others out."""
STRETCHING = threading.Lock()
"""One passphrase at a time is stretched: each takes 64 MiB and half a second."""


class TooOften(NavaidError):
    """A passphrase was tried too often; `wait_s` is when it may be tried again."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(
            f"a passphrase was tried {MOST} times within a minute, so nobody can try for a while",
            where="opening the records",
            fix=f"wait {wait_s} seconds, then try again; nothing is lost, and your records stay closed meanwhile",
        )
        self.wait_s = wait_s


class Tries:
    """Counts the tries of the last minute, of each name and in all. A try that opens is taken back."""

    def __init__(
        self,
        most: int = MOST,
        within_s: float = WITHIN_S,
        in_all: int = _IN_ALL,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.most, self.within_s, self.in_all, self._now = most, within_s, in_all, now
        self._held: deque[tuple[float, str]] = deque()
        self._turn = threading.Lock()

    def begin(self, *names: str) -> None:
        """Counts a try before it is made, so that a hundred at once count too. Raises TooOften."""
        with self._turn:
            now = self._now()
            while self._held and self._held[0][0] <= now - self.within_s:
                self._held.popleft()
            limits = [([at for at, name in self._held if name == one], self.most) for one in names]
            limits.append(([at for at, name in self._held if not name], self.in_all))
            for times, most in limits:
                if len(times) >= most:
                    raise TooOften(max(1, round(times[-most] + self.within_s - now + 0.5)))
            self._held.extend((now, name) for name in (*names, ""))

    def good(self, *names: str) -> None:
        """The newest try of these names was a good one, and does not count."""
        with self._turn:
            for name in (*names, ""):
                for place in range(len(self._held) - 1, -1, -1):
                    if self._held[place][1] == name:
                        del self._held[place]
                        break
