"""The end of a call from outside it: the person stops it, or its time is over.

A call that waits for a byte cannot look at a clock. So a second thread does, and shuts the connection,
which wakes the call; what the call then raises is read as what really happened.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from types import TracebackType

from navaid.errors import CallCancelled, ModelSlow

Cancel = threading.Event | Callable[[], bool] | None
_TICK_S = 0.05


class Watch:
    """One call's clock and stop button. Used as a context manager around the whole call, retries included."""

    def __init__(self, cancel: Cancel, seconds: float, where: str) -> None:
        self._asked = cancel.is_set if isinstance(cancel, threading.Event) else cancel
        self._seconds, self._where = seconds, where
        self._end = time.monotonic() + seconds
        self._lock, self._over = threading.Lock(), threading.Event()
        self._socket: socket.socket | None = None

    def __enter__(self) -> Watch:
        self.check()
        threading.Thread(target=self._wait, name="navaid-model-watch", daemon=True).start()
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._over.set()

    @property
    def left_s(self) -> float:
        return max(0.0, self._end - time.monotonic())

    def attach(self, connection: socket.socket) -> None:
        """The connection to shut when the call has to end."""
        with self._lock:
            self._socket = connection
        if self._ended():
            self._shut()

    def check(self) -> None:
        """Raises CallCancelled or ModelSlow where the call has to end."""
        if self._cancelled():
            raise CallCancelled("the call was stopped", where=self._where, fix="ask again when you like")
        if not self.left_s:
            raise ModelSlow(
                f"no complete answer in {self._seconds:g} s",
                where=self._where,
                fix="use a smaller model, or raise the setting `chat_timeout_s`",
            )

    def pause(self, seconds: float) -> None:
        """Waits before the next try; a stop is heard meanwhile."""
        until = time.monotonic() + seconds
        while (rest := until - time.monotonic()) > 0:
            self.check()
            time.sleep(min(_TICK_S, rest))
        self.check()

    def _wait(self) -> None:
        try:
            while not self._ended():
                if self._over.wait(_TICK_S):
                    return
        finally:  # also where the caller's own function failed: the call must not hang for it
            self._shut()

    def _ended(self) -> bool:
        return self._cancelled() or not self.left_s

    def _cancelled(self) -> bool:
        return self._asked is not None and bool(self._asked())

    def _shut(self) -> None:
        with self._lock:
            if self._socket is not None and not self._over.is_set():
                with contextlib.suppress(OSError):  # it may be closed already
                    # The plain socket's method: that of a TLS socket would drop its state under the reader.
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
