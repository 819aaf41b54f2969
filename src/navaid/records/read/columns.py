"""Running text in columns, as a journal sets it: a stretch of a page where the same white goes down many lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from navaid.records.read.layout import Placed
from navaid.records.read.slabs import Slab, Span, common, has_both
from navaid.terms import Box

_FEWEST = 5  # lines with words in both columns
_NARROWEST = 11  # heights of the text; a column of prose is wider
_WIDE_SPACE = 1.2  # heights; a line with wider white is likely a row of cells


class Columns(NamedTuple):
    """Two columns from slab `first` to `last` (included), parted at `wall`; each may have columns of its own."""

    first: int
    last: int
    wall: float


def columns(page: Sequence[Placed], cut: Sequence[Slab]) -> Columns | None:
    """The first stretch of the page that is set in columns; None where there is none."""
    for first, slab in enumerate(cut):
        found = max((_followed(cut, first, gutter) for gutter in slab.white[1:-1]), default=None)
        if found is None:
            continue
        last, left, right = found
        run = cut[first : last + 1]
        wall = (left + right) / 2
        both = sum(has_both(slab, [(left, right)]) for slab in run)
        if both >= _FEWEST and all(_is_prose(side) for side in _sides(page, run, wall)):
            return Columns(_begun(cut, first, wall), last, wall)
    return None


def _begun(cut: Sequence[Slab], first: int, wall: float) -> int:
    """The slab at which the right column begins: it may begin above the left one."""
    while first and cut[first - 1].white[0][1] > wall:
        high = cut[first - 1].bottom - cut[first - 1].top
        if cut[first].top - cut[first - 1].bottom > high:
            break
        first -= 1
    return first


def _followed(cut: Sequence[Slab], first: int, gutter: Span) -> tuple[int, float, float]:
    """The last slab down to which this white goes, and the white."""
    last = first
    for number in range(first + 1, len(cut)):
        shared = common([gutter], cut[number])
        if not shared:
            break
        last, gutter = number, max(shared, key=lambda span: span[1] - span[0])
    return last, *gutter


def _sides(page: Sequence[Placed], run: Sequence[Slab], wall: float) -> tuple[list[list[Box]], list[list[Box]]]:
    """The lines left and right of the wall."""
    left: list[list[Box]] = []
    right: list[list[Box]] = []
    for slab in run:
        boxes = sorted((page[word].box for word in slab.words), key=lambda box: box.x0)
        left.append([box for box in boxes if box.x0 < wall])
        right.append([box for box in boxes if box.x0 >= wall])
    return [line for line in left if line], [line for line in right if line]


def _is_prose(lines: list[list[Box]]) -> bool:
    """Whether these are lines of running text: wide, of several words, mostly full, mostly without gaps."""
    spans = [line[-1].x1 - line[0].x0 for line in lines]
    height = median(box.y1 - box.y0 for line in lines for box in line)
    filled = median(spans) / max(*spans, 1e-6)
    gaps = sum(any(after.x0 - before.x1 > _WIDE_SPACE * height for before, after in pairwise(line)) for line in lines)
    # Long words in a narrow column leave room for three; its lines are full then, as those of a table are not.
    fewest = 3 if filled > 0.9 else 4
    return (
        max(spans) >= _NARROWEST * height
        and filled >= 0.75
        and median(len(line) for line in lines) >= fewest
        and gaps < 0.6 * len(lines)
    )
