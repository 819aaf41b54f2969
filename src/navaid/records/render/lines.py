"""The lines of a paper's text around some words of it, with the words marked."""

from __future__ import annotations

from navaid.records.paper import Paper
from navaid.terms import Provenance, Record

AROUND = 5


class Part(Record, frozen=True):
    """A piece of a line; `marked` where it is of the words."""

    text: str
    marked: bool


class Lines(Record, frozen=True):
    """Lines around the words, each in its parts. `exact` is False where the words stand elsewhere than they did."""

    lines: tuple[tuple[Part, ...], ...]
    exact: bool = True


def lines(paper: Paper, source: Provenance, around: int = AROUND) -> Lines | None:
    """The lines around the words of a finding; None where the paper does not hold them any more."""
    start, exact = source.start, paper.text[source.start : source.end] == source.words
    if not exact:
        start = paper.text.find(source.words) if source.words else -1
        if start < 0:
            return None
    stop = start + len(source.words)
    page = paper.page_at(start)
    first, last = start, stop
    for _ in range(around + 1):
        first = paper.text.rfind("\n", page.start, first)
        if first < 0:
            first = page.start
            break
    for _ in range(around + 1):
        last = paper.text.find("\n", last, page.end)
        if last < 0:
            last = page.end
            break
        last += 1
    return Lines(lines=tuple(_parted(paper.text, first, last, start, stop)), exact=exact)


def _parted(text: str, first: int, last: int, start: int, stop: int) -> list[tuple[Part, ...]]:
    found, at = [], first
    for line in text[first:last].split("\n"):
        end = at + len(line)
        inside = (max(at, start), min(end, stop))
        if inside[0] < inside[1]:
            cut = [(at, inside[0], False), (*inside, True), (inside[1], end, False)]
        else:
            cut = [(at, end, False)]
        parts = tuple(Part(text=_shown(text[a:b]), marked=marked) for a, b, marked in cut if a < b)
        if parts and any(part.text.strip() for part in parts):
            found.append(parts)
        at = end + 1
    return found


def _shown(text: str) -> str:
    """Cells of a row are parted by a tab, and by a space where they are read."""
    return text.replace("\t", "   ").replace("\f", " ")
