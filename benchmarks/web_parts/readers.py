"""50 readers who ask at the same moment, from this process to the server's: errors, the slowest, and memory after."""

from __future__ import annotations

import os
import random
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.records_parts.figure import Figure
from benchmarks.web_parts.load import memory_mb, processor_s
from benchmarks.web_parts.reader import Asked, Reader, questions, serving

_READERS, _MORE = 50, 4
_WANTED_S, _WANTED_MB = 2.0, 400
_MOST_S = 600.0


def measure(folder: Path) -> Iterator[Figure]:
    """First each reader another question, all at one moment; then each several of the same 50, one after another."""
    asked = questions(folder)[:_READERS]
    mixed = random.Random(8)
    with serving() as server:
        readers, cold = [Reader(server.url) for _ in asked], memory_mb(server.pid)
        for name, each in (
            ("different questions at one moment", [[question] for question in asked]),
            (f"{_MORE} each, mixed", [mixed.sample(asked, _MORE) for _ in asked]),
        ):
            before, began = processor_s(server.pid), time.perf_counter()
            seen, errors = _all_at_once(readers, each)
            took, worked = time.perf_counter() - began, processor_s(server.pid) - before
            yield Figure(f"{name}: errors", len(errors), "0", not errors, "; ".join(sorted(set(errors)))[:120])
            first, whole = _p95([one.first_part for one in seen]), _p95([one.whole for one in seen])
            note = f"median {statistics.median(one.first_part for one in seen):.2f}, {took:.1f} s for all"
            yield Figure(f"{name}: first part, seconds, p95", first, "< 2", first < _WANTED_S, note)
            note = f"{1000 * worked / len(seen):.0f} ms of processor each, load of the machine {os.getloadavg()[0]:.1f}"
            yield Figure(f"{name}: whole page, seconds, p95", whole, "< 2", whole < _WANTED_S, note)
        after, peak = memory_mb(server.pid), memory_mb(server.pid, "VmHWM")
    note = f"MB, {cold:.0f} after the first question, at most {peak:.0f}"
    yield Figure("memory of the server after that", after, "< 400", after < _WANTED_MB, note)


def _all_at_once(readers: Sequence[Reader], each: Sequence[Sequence[str]]) -> tuple[list[Asked], list[str]]:
    seen: list[Asked] = []
    errors: list[str] = []
    gate = threading.Barrier(len(readers))

    def read(reader: Reader, mine: Sequence[str]) -> None:
        gate.wait()
        for question in mine:
            try:
                seen.append(reader.ask(question))
            except Exception as error:  # whatever it is, it is what the reader got in place of an answer
                errors.append(f"{type(error).__name__}: {error}")

    threads = [threading.Thread(target=read, args=pair, daemon=True) for pair in zip(readers, each, strict=True)]
    for thread in threads:
        thread.start()
    end = time.monotonic() + _MOST_S
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))
    late = sum(thread.is_alive() for thread in threads)
    return seen, [*errors, *["no answer in time"] * late]


def _p95(values: list[float]) -> float:
    return sorted(values)[int(0.95 * (len(values) - 1))] if values else float("inf")


if __name__ == "__main__":
    for figure in measure(Path(__file__).parents[1] / "questions"):
        print(figure)
