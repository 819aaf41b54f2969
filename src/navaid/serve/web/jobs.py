"""Work that outlasts a request (reading papers, fetching trials): it goes on in a thread and tells how far it is."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

_MOST_KEPT = 50


class Stopped(Exception):
    """Raised within the work once nobody wants its end any more."""


@dataclass
class Job:
    """One piece of work of one owner. `lines` tell what was done; `result` or `error` is there once it is over.

    `session` names the owner: a session's token, or what stays the same when a session ends (whose records it is).
    `now` is what is being done.
    """

    id: str
    session: str
    title: str
    kind: str = ""
    lines: list[str] = field(default_factory=list)
    now: str = ""
    done: int = 0
    of: int = 0
    over: bool = False
    result: Any = None
    error: Exception | None = None
    _news: threading.Condition = field(default_factory=threading.Condition)
    _changes: int = 0
    _stop: bool = False

    def tell(self, line: str = "", done: int | None = None, of: int | None = None, now: str | None = None) -> None:
        """How far it is; whoever watches is told. Raises Stopped in work that was asked to stop."""
        with self._news:
            if self._stop:
                raise Stopped
            if line:
                self.lines.append(line)
            self.done = self.done if done is None else done
            self.of = self.of if of is None else of
            self.now = self.now if now is None else now
            self._changes += 1
            self._news.notify_all()

    def stop(self) -> None:
        """The work ends the next time it tells something."""
        self._stop = True

    @property
    def stopped(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop

    def end(self, result: Any = None, error: Exception | None = None) -> None:
        with self._news:
            self.result, self.error, self.over = result, error, True
            self._changes += 1
            self._news.notify_all()

    @property
    def changes(self) -> int:
        """How often anything was told: another number means that there is something new to show."""
        return self._changes

    def wait(self, timeout_s: float) -> bool:
        """Whether it was over within so long."""
        with self._news:
            return self._news.wait_for(lambda: self.over, timeout_s)


class Jobs:
    """The work of all sessions, two pieces at a time: reading a scan takes all the machine has, a small thing does not
    wait for it."""

    def __init__(self, at_once: int = 2) -> None:
        self._held: OrderedDict[str, Job] = OrderedDict()
        self._turn = threading.Lock()
        self._workers = ThreadPoolExecutor(at_once, thread_name_prefix="navaid-job")

    def start(self, session: str, title: str, work: Callable[[Job], Any], kind: str = "") -> Job:
        """Begins the work, or puts it in line; `work` is given its job to tell how far it is."""
        job = Job(id=secrets.token_urlsafe(9), session=session, title=title, kind=kind)
        with self._turn:
            self._held[job.id] = job
            over = [one.id for one in self._held.values() if one.over]
            for id_ in over[: max(0, len(self._held) - _MOST_KEPT)]:
                del self._held[id_]
        self._workers.submit(self._run, job, work)
        return job

    @staticmethod
    def _run(job: Job, work: Callable[[Job], Any]) -> None:
        try:
            if job.stopped:
                raise Stopped
            job.end(work(job))
        except Exception as error:  # told to whoever watches; the worker goes on with the next
            job.end(error=error)

    def find(self, id_: str, session: str) -> Job | None:
        """The job of this id, if it is this owner's."""
        job = self._held.get(id_)
        return job if job and secrets.compare_digest(job.session.encode(), session.encode()) else None

    def of(self, session: str, kind: str = "") -> list[Job]:
        """The jobs of this owner, the newest first; of one kind, if it is given."""
        with self._turn:
            held = list(self._held.values())
        return [job for job in reversed(held) if job.session == session and kind in ("", job.kind)]

    def forget(self, job: Job) -> None:
        """Lets go of a job whose result was seen."""
        with self._turn:
            self._held.pop(job.id, None)

    def close(self) -> None:
        """Whatever runs ends at the next thing it tells; what waits does not begin."""
        with self._turn:
            for job in self._held.values():
                job.stop()
        self._workers.shutdown(wait=False, cancel_futures=True)
