"""The process that parses, seen from outside: started when first needed, used for many files, ended when it hangs."""

from __future__ import annotations

import atexit
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import BinaryIO, cast

import msgspec

from navaid.errors import BadInput
from navaid.records.paper import Paper
from navaid.records.read import limits
from navaid.records.read.messages import Answer, Failed, Job, Progress, next_answer, send

_SPLIT = "save or print the file to a new PDF, or add its pages one by one"

_lock = threading.Lock()
_worker: Worker | None = None


def read(job: Job, on_page: Callable[[int, int], None]) -> Paper:
    """The paper of a job, parsed in another process. Raises BadInput where it cannot be read, whatever the reason."""
    global _worker
    with _lock:
        if _worker is None or not _worker.is_fresh():
            close()
            _worker = Worker()
        try:
            return _worker.read(job, on_page)
        except BaseException:
            if not _worker.idle:  # it hangs, has died, or was interrupted: what it would say next is not awaited
                close()
            raise


def close() -> None:
    """End the process, if there is one."""
    global _worker
    if _worker is not None:
        _worker.end()
        _worker = None


atexit.register(close)


class Worker:
    """One such process. `idle` is True where it waits for a job."""

    def __init__(self) -> None:
        self.idle = False
        self._owner, self._files = os.getpid(), 0
        self._answers: queue.SimpleQueue[Answer | None] = queue.SimpleQueue()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "navaid.records.read.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "MALLOC_ARENA_MAX": "2"},  # else each thread reserves 64 MB of the memory allowed
        )
        threading.Thread(target=self._listen, daemon=True).start()
        try:
            started = self._answers.get(timeout=limits.START_SECONDS)
        except queue.Empty:
            started = None
        if started is None:
            self.end()
            raise BadInput(
                "the process that reads files could not be started",
                where=f"{sys.executable} -m navaid.records.read.child",
                fix="run `navaid doctor`",
            )
        self.idle = True

    def is_fresh(self) -> bool:
        """Whether it can take another job."""
        alive = self.idle and self._process.poll() is None
        return alive and self._files < limits.CHILD_FILES and self._owner == os.getpid()

    def read(self, job: Job, on_page: Callable[[int, int], None]) -> Paper:
        """Its answer to a job. Raises BadInput; it is `idle` again only if it answered."""
        self.idle = False
        self._files += 1
        try:
            send(cast(BinaryIO, self._process.stdin), job)
        except OSError as error:
            raise self._died(job, 0) from error
        seconds, number = limits.FILE_SECONDS, 0
        while True:
            try:
                answer = self._answers.get(timeout=seconds)
            except queue.Empty:
                raise _slow(job, number, seconds) from None
            if answer is None:
                raise self._died(job, number)
            if isinstance(answer, Progress):
                seconds, number = answer.seconds, answer.number
                on_page(answer.number, answer.of)
                continue
            self.idle = True
            if isinstance(answer, Failed):
                raise BadInput(answer.what, where=answer.where, fix=answer.fix)
            return answer.paper

    def end(self) -> None:
        """End the process at once."""
        if self._owner != os.getpid():
            return  # a copy of its parent, which has no say over it
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue

    def _listen(self) -> None:
        stream = cast(BinaryIO, self._process.stdout)
        try:
            while (answer := next_answer(stream)) is not None:
                self._answers.put(answer)
        except (OSError, ValueError, msgspec.DecodeError):
            pass
        self._answers.put(None)

    def _died(self, job: Job, number: int) -> BadInput:
        place = f" at page {number}" if number else ""
        return BadInput(
            f"{job.name} could not be read: its parser broke down{place}, or needed more memory than one file is given",
            where=job.path,
            fix=_SPLIT,
        )


def _slow(job: Job, number: int, seconds: float) -> BadInput:
    place = f"its page {number}" if number else "it"
    return BadInput(
        f"{job.name} could not be read: {place} took longer than {seconds:.0f} seconds", where=job.path, fix=_SPLIT
    )
