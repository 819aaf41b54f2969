"""A page cut into what stands beside each other, and the white between it: what tables and columns are found by."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from navaid.records.read.layout import Placed
from navaid.terms import Box

_WHITE = 0.42  # heights of the text; a space of print is a quarter of one
_SPACES = 1.5  # usual spaces; white that parts columns is wider
_MOST_SLABS = 400  # no page is so dense, and what looks for tables is quadratic
_SHARED = 3.0  # points; white that rows have in common

Span = tuple[float, float]


class Slab(NamedTuple):
    """Words between two white stripes across the page: a line, or lines of cells that overlap."""

    top: float
    bottom: float
    words: list[int]
    white: list[Span]
    """Where no word stands; the first and the last are the margins."""
    high: float
    """How high its words are."""


def slabs(page: Sequence[Placed], words: list[int]) -> list[Slab]:
    """The slabs from top to bottom; none where there are too many to look at."""
    groups: list[list[Box]] = []
    members: list[list[int]] = []
    bottom = 0.0
    for word in sorted(words, key=lambda word: page[word].box.y0):
        box = page[word].box
        trim = 0.15 * (box.y1 - box.y0)  # boxes are as high as the font: those of close lines touch
        if not groups or box.y0 + trim >= bottom:
            groups.append([])
            members.append([])
            bottom = 0.0
        groups[-1].append(box)
        members[-1].append(word)
        bottom = max(bottom, box.y1 - trim)
    if len(groups) > _MOST_SLABS:
        return []
    for group in groups:
        group.sort(key=lambda box: box.x0)
    space = _usual_space(groups)
    return [_slab(group, mine, space) for group, mine in zip(groups, members, strict=True)]


def _usual_space(groups: list[list[Box]]) -> float:
    """How wide the white between two words usually is: a typewriter's is twice that of print."""
    gaps = [
        after.x0 - before.x1
        for group in groups
        for before, after in pairwise(group)
        if 0 < after.x0 - before.x1 < 0.7 * (before.y1 - before.y0)
    ]
    return median(gaps) if gaps else 0.0


def _slab(boxes: list[Box], words: list[int], space: float) -> Slab:
    high = median(box.y1 - box.y0 for box in boxes)
    least = max(_WHITE * high, _SPACES * space)
    white, end = [(-1e9, boxes[0].x0)], boxes[0].x1
    for box in boxes[1:]:
        if box.x0 - end >= least:
            white.append((end, box.x0))
        end = max(end, box.x1)
    white.append((end, 1e9))
    return Slab(min(box.y0 for box in boxes), max(box.y1 for box in boxes), words, white, high)


def common(gutters: list[Span], slab: Slab) -> list[Span]:
    """What of these is white in the slab, too."""
    found = []
    for left, right in gutters:
        pieces = [(max(left, start), min(right, end)) for start, end in slab.white]
        pieces = [(start, end) for start, end in pieces if end - start >= _SHARED]
        # A longer cell on the left may reach into the white; the space between its words parts no columns.
        found += [piece for piece in pieces[:-1] if piece[1] - piece[0] >= slab.high] + pieces[-1:]
    return found


def has_both(slab: Slab, gutters: list[Span]) -> bool:
    """Whether words stand on both sides of one of these."""
    return any(slab.white[0][1] <= left and slab.white[-1][0] >= right for left, right in gutters)
