"""Work that outlasts a request (reading papers, fetching trials): it goes on in a thread and tells how far it is."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

_MOST_KEPT = 50


@dataclass
class Job:
    """One piece of work of one session. `lines` tell what was done; `result` or `error` is there once it is over."""

    id: str
    session: str
    title: str
    lines: list[str] = field(default_factory=list)
    done: int = 0
    of: int = 0
    over: bool = False
    result: Any = None
    error: Exception | None = None
    _news: threading.Condition = field(default_factory=threading.Condition)

    def tell(self, line: str = "", done: int | None = None, of: int | None = None) -> None:
        """How far it is; whoever watches is told."""
        with self._news:
            if line:
                self.lines.append(line)
            self.done = self.done if done is None else done
            self.of = self.of if of is None else of
            self._news.notify_all()

    def end(self, result: Any = None, error: Exception | None = None) -> None:
        with self._news:
            self.result, self.error, self.over = result, error, True
            self._news.notify_all()

    def watch(self, timeout_s: float = 15.0) -> Iterator[Job]:
        """Gives the job each time something changed, and every `timeout_s`, until it is over."""
        seen = (-1, -1, False)
        while True:
            with self._news:
                now = (len(self.lines), self.done, self.over)
                if now == seen:
                    self._news.wait(timeout_s)
                seen = (len(self.lines), self.done, self.over)
            yield self
            if self.over:
                return


class Jobs:
    """The work of all sessions, one piece at a time: reading a scan takes all the machine has."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, Job] = OrderedDict()
        self._turn = threading.Lock()
        self._workers = ThreadPoolExecutor(1, thread_name_prefix="navaid-job")

    def start(self, session: str, title: str, work: Callable[[Job], Any]) -> Job:
        """Begins the work, or puts it in line; `work` is given its job to tell how far it is."""
        job = Job(id=secrets.token_urlsafe(9), session=session, title=title)
        with self._turn:
            self._held[job.id] = job
            while len(self._held) > _MOST_KEPT:
                self._held.popitem(last=False)
        self._workers.submit(self._run, job, work)
        return job

    @staticmethod
    def _run(job: Job, work: Callable[[Job], Any]) -> None:
        try:
            job.end(work(job))
        except Exception as error:  # told to whoever watches; the worker goes on with the next
            job.end(error=error)

    def find(self, id_: str, session: str) -> Job | None:
        """The job of this id, if it is this session's."""
        job = self._held.get(id_)
        return job if job and job.session == session else None

    def wait(self, job: Job, timeout_s: float) -> bool:
        """Whether the job was over within so long."""
        end = time.monotonic() + timeout_s
        while not job.over and time.monotonic() < end:
            time.sleep(0.01)
        return job.over

    def close(self) -> None:
        self._workers.shutdown(wait=False, cancel_futures=True)
