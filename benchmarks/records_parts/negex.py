"""How context is read: negation, time and experiencer on the NegEx sentences (Annotations, rsAnnotations).

Sentences go by a checksum of their words to a part that was read while cues were written (three fifths) and a part
that was not; the misses of that part were looked at once, after it had been measured at 0.986 for negation and 0.741
for hypothetical.
"""

from __future__ import annotations

import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.records_parts.figure import Figure
from navaid.records.extract.context import Context
from navaid.records.extract.sections import sections
from navaid.records.extract.sentences import Span

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "records"


class Row(NamedTuple):
    """A sentence with the thing asked for; `time` and `who` are empty in the file that does not tell them."""

    thing: str
    sentence: str
    negated: bool
    time: str = ""
    who: str = ""


def measure(data: Path) -> Iterator[Figure]:
    """F1 of each kind, on the part that was read and the part that was not."""
    folder = data / "negex"
    for name in ("Annotations-1-120.txt", "rsAnnotations-1-120-random.txt"):
        rows = _rows(folder / name)
        for part, chosen in (("read", [r for r in rows if _read(r)]), ("unread", [r for r in rows if not _read(r)])):
            yield from _figures(f"{name.split('-')[0]}, {part} part", chosen)


def _figures(label: str, rows: list[Row]) -> Iterator[Figure]:
    said = [_said(row) for row in rows]
    negated = _f1((row.negated, "negated" in cues) for row, cues in zip(rows, said, strict=True))
    yield Figure(f"{label}: negation F1", negated.f1, "≥ 0.92", negated.f1 >= 0.92, negated.note)
    if any(row.time for row in rows):
        for what, gold, ours in (
            ("historical", "Historical", "historical"),
            ("hypothetical", "Not particular", "hypothetical"),
        ):
            score = _f1((row.time == gold, ours in cues) for row, cues in zip(rows, said, strict=True))
            yield Figure(f"{label}: {what} F1", score.f1, note=score.note)
        other = _f1((row.who != "Patient", "family" in cues) for row, cues in zip(rows, said, strict=True))
        yield Figure(f"{label}: experiencer F1", other.f1, note=other.note)


class _Score(NamedTuple):
    f1: float
    note: str


def _f1(pairs: Iterable[tuple[bool, bool]]) -> _Score:
    counted = list(pairs)
    hits = sum(gold and ours for gold, ours in counted)
    false, missed = sum(ours and not gold for gold, ours in counted), sum(gold and not ours for gold, ours in counted)
    f1 = 2 * hits / (2 * hits + false + missed) if hits else 0.0
    return _Score(f1, f"{hits} found, {false} false, {missed} missed of {len(counted)} sentences")


def _said(row: Row) -> set[str]:
    place = _place(row)
    if place is None:
        return set()
    within = sections(row.sentence)
    section = next(section for section in reversed(within) if section.start <= place[0])
    return set(Context(row.sentence).categories(*place, Span(0, len(row.sentence)), section))


def _place(row: Row) -> tuple[int, int] | None:
    """Where the thing stands: it is written in capitals in the sentence."""
    words = r"\W+".join(map(re.escape, re.findall(r"\w+", row.thing)))
    found = re.search(words.upper(), row.sentence) or re.search(words, row.sentence, re.IGNORECASE)
    return found.span() if found and found.group() else None


def _read(row: Row) -> bool:
    return zlib.crc32(" ".join(re.findall(r"\w+", row.sentence)).casefold().encode()) % 5 < 3


def _rows(file: Path) -> list[Row]:
    lines = [line.split("\t") for line in file.read_text(encoding="utf-8", errors="replace").splitlines()[1:]]
    return [Row(line[1], line[2].strip('"'), line[3] == "Negated", *line[4:6]) for line in lines]


if __name__ == "__main__":
    for figure in measure(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA):
        print(f"{figure.what:<60} {figure.value:.3f}  {figure.wanted:<8} {figure.note}")
