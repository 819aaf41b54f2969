"""The process in which files are parsed: what hangs, crashes or eats memory in here is one message out there.

Run by `worker` as `python -m navaid.records.read.child`. It cannot write a file, and it ends with its parent.
"""

from __future__ import annotations

import os
import sys
import time
import warnings
from contextlib import suppress
from typing import BinaryIO

from navaid.errors import NavaidError
from navaid.records.read import limits
from navaid.records.read.messages import Done, Failed, Job, Progress, next_job, send
from navaid.records.read.readers import read_one
from navaid.records.read.source import Source

_FAULT_FIX = "please report this with the kind of file; the other files are not affected"
_MEMORY = "needs more memory than one file is given"


def main() -> None:
    """Read jobs from the standard input until it ends."""
    jobs, answers = private_streams()
    confine()
    warnings.simplefilter("ignore")
    send(answers, Progress(0, 0, 0.0))
    while (job := next_job(jobs)) is not None:
        send(answers, _answer(job, answers))


def _answer(job: Job, answers: BinaryIO) -> Done | Failed:
    source = Source(data=job.data, path=job.path, name=job.name)

    def on_page(number: int, of: int, seconds: float) -> None:
        allow(seconds)
        if seconds == limits.OCR_SECONDS:
            _limit_memory(limits.CHILD_MEMORY)  # for good: what OCR has loaded stays loaded
        send(answers, Progress(number, of, seconds))

    allow(limits.FILE_SECONDS)
    try:
        return Done(read_one(job.kind, source, job.file, on_page))
    except NavaidError as error:
        return Failed(error.what, error.where or job.path, error.fix)
    except MemoryError:
        return Failed(f"{job.name} {_MEMORY}", job.path, "split it, or save it smaller")
    except RecursionError:
        return Failed(f"{job.name} is nested deeper than is safe to read", job.path, "save it as PDF or text")
    except Exception as error:  # a fault of ours or of a parser: only its kind is told, which holds no text of the file
        return Failed(f"{job.name} could not be read: a fault ({type(error).__name__})", job.path, _FAULT_FIX)


def private_streams() -> tuple[BinaryIO, BinaryIO]:
    """Streams that no library writes into by chance."""
    jobs, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    return jobs, answers


def confine() -> None:
    """Limit memory and forbid files to be written, where the system can (not on Windows)."""
    sys.dont_write_bytecode = True
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, limits.CHILD_MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(ValueError, OSError):  # macOS refuses a limit of the address space
            resource.setrlimit(what, (most, most))
    _limit_memory(limits.PARSE_MEMORY)


def _limit_memory(most: int) -> None:
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def allow(seconds: float) -> None:
    """Give so much more time on every processor; then the system ends this process, even if nobody watches it."""
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    most = int(time.process_time() + (seconds + 5) * (os.cpu_count() or 1)) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    main()
