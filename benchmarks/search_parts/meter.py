"""Time and memory, measured so that what is compared stands side by side."""

from __future__ import annotations

import multiprocessing
import re
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np

T = TypeVar("T")


class Pulled(Iterable[T]):
    """An iterable that counts what its source took to make the items, to be taken off a total."""

    def __init__(self, source: Iterable[T]) -> None:
        self._source, self.seconds, self.cpu = source, 0.0, 0.0

    def __iter__(self) -> Iterator[T]:
        source = iter(self._source)
        while True:
            began, cpu = time.perf_counter(), time.thread_time()
            item = next(source, None)
            self.seconds += time.perf_counter() - began
            self.cpu += time.thread_time() - cpu
            if item is None:
                return
            yield item


class Watch(Generic[T]):
    """Seconds by the clock and of all threads' work since it was made, without those of a source.

    The clock hangs on what else the machine does meanwhile; the work does not.
    """

    def __init__(self, source: Pulled[T]) -> None:
        self._source, self._began, self._cpu = source, time.perf_counter(), time.process_time()

    def read(self) -> dict[str, float]:
        """`seconds` and `cpu`."""
        return {
            "seconds": time.perf_counter() - self._began - self._source.seconds,
            "cpu": time.process_time() - self._cpu - self._source.cpu,
        }


def alone(function: Callable[..., dict[str, Any]], *arguments: object) -> dict[str, Any]:
    """What the function returns in a fresh process, with its `peak_mb` and `private_mb` of memory.

    `peak_mb` is all that ever lay in memory at one time, files mapped from the disk's cache included;
    `private_mb` is what the process holds at the end for itself and could not be given back.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(theirs, function, arguments))
    process.start()
    theirs.close()
    try:
        result: dict[str, Any] = ours.recv()
    except EOFError:
        sys.exit(f"{function.__name__} ended without a result (its message is above)")
    finally:
        process.join()
    return result


def _run(pipe: Any, function: Callable[..., dict[str, Any]], arguments: tuple[object, ...]) -> None:
    result = function(*arguments)
    pipe.send({**result, **memory()})


def memory() -> dict[str, float]:
    """`peak_mb` and `private_mb` of this process (the second on Linux only)."""
    status = Path("/proc/self/status")
    if not status.exists():
        return {"peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, "private_mb": float("nan")}
    said = dict(re.findall(r"^(\w+):\s+(\d+) kB", status.read_text(), re.MULTILINE))
    return {"peak_mb": int(said["VmHWM"]) / 1e3, "private_mb": int(said["RssAnon"]) / 1e3}


def alternate(questions: list[str], searches: dict[str, Callable[[str], object]], rounds: int = 3) -> dict[str, Any]:
    """For each search, p50 and p95 over the questions in milliseconds: `clock`, and `work` of its own thread.

    The searches take turns question by question, after one round that is not measured. The time of a
    question is the best of its rounds: what else the machine does only ever adds.
    """
    best = {name: np.full((2, len(questions)), np.inf) for name in searches}
    for turn in range(rounds + 1):
        for place, question in enumerate(questions):
            for name, search in searches.items():
                began, worked = time.perf_counter(), time.thread_time()
                search(question)
                taken = (time.perf_counter() - began) * 1000, (time.thread_time() - worked) * 1000
                if turn:
                    best[name][:, place] = np.minimum(best[name][:, place], taken)
    percentiles = {name: np.percentile(ms, (50, 95), axis=1).T.tolist() for name, ms in best.items()}
    return {name: {"clock": clock, "work": work} for name, (clock, work) in percentiles.items()}


def megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
