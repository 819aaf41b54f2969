"""Damaged files of every kind: each must end in a Paper or a NavaidError, within its time, and never in anything else.

python -m benchmarks.records_parts.fuzz [cases, 10000 if not given]
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.records_parts import papers
from benchmarks.records_parts.figure import Figure
from navaid.errors import NavaidError
from navaid.records.paper import Paper
from navaid.records.read import read_all

CASES = 10_000
PICTURES = 100  # of the cases; each goes through OCR
SLOW_S = 5.0  # a case above it is told; pictures wait for OCR to start, and the limit of a file is far higher
_SEED = 20_241
_TOKENS = (
    b"<",
    b">",
    b"{",
    b"}",
    b"\\",
    b"%",
    b"\x00",
    b"\xff\xff\xff\xff",
    b"endobj",
    b"stream",
    b"&a;",
    b"PK\x03\x04",
    b"[[[[",
)


def mutated(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """The bytes with one to four faults: bits turned, cut, a piece doubled, lost, or taken from another file."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        fault = chance.choice((_flip, _cut, _double, _lose, _overwrite, _insert, _number))
        fault(out, chance)
        if chance.random() < 0.1:
            other = chance.choice(others)
            at = chance.randrange(len(out) + 1)
            out[at:] = other[chance.randrange(len(other)) :]
    return bytes(out)


def _flip(out: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 8)):
        if out:
            out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)


def _cut(out: bytearray, chance: random.Random) -> None:
    del out[chance.randrange(len(out) + 1) :]


def _double(out: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(out) + 1)
    piece = out[start : start + chance.randint(1, 200)]
    out[start:start] = piece * chance.choice((1, 1, 1, 50))


def _lose(out: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(out) + 1)
    del out[start : start + chance.randint(1, 100)]


def _overwrite(out: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(out) + 1)
    out[start : start + 8] = chance.randbytes(chance.randint(1, 8))


def _insert(out: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(out) + 1)
    out[start:start] = chance.choice(_TOKENS) * chance.choice((1, 2, 300))


def _number(out: bytearray, chance: random.Random) -> None:
    """A digit becomes many: lengths, sizes and references that are far off."""
    places = [place for place, sign in enumerate(out) if 48 <= sign <= 57]
    if places:
        place = chance.choice(places)
        out[place : place + 1] = chance.choice((b"0", b"-1", b"99999999", b"4294967295", b"1e30"))


def outcome(file: Path) -> str:
    """`paper`, `refused`, or what is wrong with how the file ended."""
    try:
        found = list(read_all([file]))
    except Exception as error:
        return f"raised {type(error).__name__}"
    if not found:
        return "nothing at all"
    for one in found:
        if isinstance(one, Paper):
            if wrong := _faults(one):
                return wrong
        elif not isinstance(one, NavaidError) or not (one.what and one.where and one.fix):
            return "an error without what, where and fix"
        elif "a fault (" in one.what:
            return f"a fault of ours: {one.what.partition('a fault ')[2]}"
    return "paper" if any(isinstance(one, Paper) for one in found) else "refused"


def _faults(paper: Paper) -> str:
    """What breaks the promises of a Paper; empty where nothing does."""
    end = -1
    for page in paper.pages:
        if not end < page.start <= page.end <= len(paper.text):
            return "a page outside the text"
        last = page.start
        for word in page.words:
            if not (last <= word.start < word.end <= page.end):
                return "a word out of order"
            last = word.end
        end = page.end
    if any(paper.text[entry.start : entry.end] == "" for entry in paper.entries):
        return "an entry without text"
    return ""


def run(cases: int, pictures: int, on_case: Callable[[int], None] = lambda _: None) -> Iterator[tuple[str, str, float]]:
    """Of each case the file's name, how it ended, and how long it took."""
    chance = random.Random(_SEED)
    kinds = papers.all_kinds()
    names, seeds = list(kinds), list(kinds.values())
    with tempfile.TemporaryDirectory() as folder:
        for number in range(cases):
            name = names[number % len(names)]
            data = mutated(kinds[name], seeds, chance)
            if number < pictures:
                name, data = "scan.png", mutated(papers.picture(), seeds, chance)
            file = Path(folder) / name
            file.write_bytes(data)
            before = time.perf_counter()
            how = outcome(file)
            yield name, how, time.perf_counter() - before
            on_case(number)


def measure(data: Path, cases: int = CASES) -> Iterator[Figure]:
    """How many cases ended as they should, and the slowest; `data` is not needed."""
    endings: Counter[str] = Counter()
    wrong: Counter[tuple[str, str]] = Counter()
    slowest, slow = ("", 0.0), 0
    for name, how, seconds in run(cases, PICTURES):
        endings[how] += 1
        if how not in ("paper", "refused"):
            wrong[name, how] += 1
        slow += seconds > SLOW_S and name != "scan.png"
        slowest = max(slowest, (name, seconds), key=lambda one: one[1])
    good = endings["paper"] + endings["refused"]
    yield Figure("damaged files read or refused, share", good / cases, "1", good == cases, f"{cases} cases")
    yield Figure("of them read", endings["paper"] / cases)
    yield Figure(
        f"cases above {SLOW_S:.0f} s, pictures left aside",
        slow,
        "0",
        slow == 0,
        f"slowest: {slowest[0]}, {slowest[1]:.2f} s",
    )
    for (name, how), count in wrong.most_common():
        yield Figure(f"{name}: {how}", count, "0", False)


if __name__ == "__main__":
    begun = time.perf_counter()
    for figure in measure(Path(), int(sys.argv[1]) if len(sys.argv) > 1 else CASES):
        print(f"{figure.what}: {figure.value:.3f} {figure.note} {'NOT REACHED' if figure.good is False else ''}")
    print(f"{time.perf_counter() - begun:.0f} s in all")
