"""How soon an answer begins for one reader: from the click, through the redirect, to its first part."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path

from benchmarks.records_parts.figure import Figure
from benchmarks.web_parts.load import processor_s
from benchmarks.web_parts.reader import Reader, questions, serving

_COUNT = 40
_WANTED_S = 0.3


def measure(folder: Path) -> Iterator[Figure]:
    asked = questions(folder)[:_COUNT]
    with serving() as server:
        reader, before = Reader(server.url), processor_s(server.pid)
        seen = [reader.ask(question) for question in asked]
        worked = (processor_s(server.pid) - before) / len(asked)
    first = statistics.median(one.first_part for one in seen)
    note = f"{len(asked)} different questions, warm; slowest {max(one.first_part for one in seen):.2f}"
    yield Figure("first part of an answer, seconds, median", first, "≤ .300", first <= _WANTED_S, note)
    yield Figure("first byte of its page, seconds, median", statistics.median(one.first_byte for one in seen))
    yield Figure("the whole page, seconds, median", statistics.median(one.whole for one in seen))
    yield Figure("processor seconds for one answer", worked, note="what other work on the machine does not change much")


if __name__ == "__main__":
    for figure in measure(Path(__file__).parents[1] / "questions"):
        print(figure)
