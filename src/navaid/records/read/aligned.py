"""Tables without lines: rows whose cells stand in columns that the same white parts over several rows."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from navaid.records.read.layout import Placed
from navaid.records.read.ruled import Band
from navaid.records.read.slabs import Slab, Span, common, has_both
from navaid.records.read.wrapped import rows_of

_FEWEST = 3  # rows with cells on both sides of the white
_SAME = 2.0  # points; cells of a column begin, end or are centred within this


def tables(page: Sequence[Placed], cut: Sequence[Slab]) -> list[list[Band]]:
    """The tables, from top to bottom, each as its rows."""
    out: list[list[Band]] = []
    at = 0
    while at < len(cut):
        last, gutters = _run(cut, at)
        run = _trimmed(cut[at : last + 1], gutters)
        both = [slab for slab in run if has_both(slab, gutters)]
        gutters = [] if _is_by_chance(both, gutters) else _lined_up(page, both, sorted(gutters))
        if gutters:
            out.append(_bands(page, run, gutters))
            at += len(run)
        else:
            at += 1
    return out


def _run(cut: Sequence[Slab], first: int) -> tuple[int, list[Span]]:
    """The last slab down to which some white of the first goes, and that white."""
    gutters = cut[first].white[1:-1]
    last, both = first, 1
    for number in range(first + 1, len(cut)):
        high = min(cut[number].bottom - cut[number].top, cut[number - 1].bottom - cut[number - 1].top)
        if cut[number].top - cut[number - 1].bottom > 2.5 * high:
            break
        narrower = common(gutters, cut[number])
        if not narrower or (len(narrower) != len(gutters) and both >= _FEWEST):
            break  # what comes next has other columns, or none
        gutters, last = narrower, number
        both += has_both(cut[number], gutters)
    return last, gutters


def _trimmed(run: Sequence[Slab], gutters: list[Span]) -> Sequence[Slab]:
    """Without the slabs at the end that have words on one side only, unless they continue a wrapped cell."""
    end = len(run)
    while end and not has_both(run[end - 1], gutters):
        high = run[end - 1].bottom - run[end - 1].top
        if end > 1 and has_both(run[end - 2], gutters) and run[end - 1].top - run[end - 2].bottom < 0.2 * high:
            break
        end -= 1
    return run[:end]


def _is_by_chance(rows: list[Slab], gutters: list[Span]) -> bool:
    """Whether so little white in so few rows may be that of running text, above all of text set to both margins."""
    if len(rows) < _FEWEST:
        return True
    high = median(row.high for row in rows)
    if any(right - left >= high for left, right in gutters):
        return False
    starts, ends = [row.white[0][1] for row in rows], [row.white[-1][0] for row in rows]
    is_block = max(starts) - min(starts) <= _SAME and max(ends) - min(ends) <= _SAME
    return len(rows) == _FEWEST or is_block


def _lined_up(page: Sequence[Placed], rows: list[Slab], gutters: list[Span]) -> list[Span]:
    ends = [*(left for left, _ in gutters[1:]), 1e9]
    return [gutter for gutter, end in zip(gutters, ends, strict=True) if _is_lined_up(page, rows, gutter, end)]


def _is_lined_up(page: Sequence[Placed], rows: list[Slab], gutter: Span, after: float) -> bool:
    """Whether the cells right of the white, up to `after`, begin or end at one place, or those left of it end at one.

    The wide spaces of justified text may stand below each other by chance; their words do not line up.
    """
    left, right = gutter
    places: tuple[list[float], list[float], list[float]] = ([], [], [])
    for row in rows:
        boxes = [page[word].box for word in row.words]
        cell = [box for box in boxes if right - 0.1 <= box.x0 < after]
        before = [box.x1 for box in boxes if box.x1 <= left + 0.1]
        if cell and before:
            for edge, place in zip(
                places, (min(box.x0 for box in cell), max(box.x1 for box in cell), max(before)), strict=True
            ):
                edge.append(place)
    fewest = _FEWEST if len(places[0]) == len(rows) else 2  # running text has no empty cells
    return any(
        sum(abs(place - median(edge)) <= _SAME for place in edge) >= max(fewest, 0.6 * len(edge))
        for edge in places
        if edge
    )


def _bands(page: Sequence[Placed], run: Sequence[Slab], gutters: list[Span]) -> list[Band]:
    walls = tuple((left + right) / 2 for left, right in sorted(gutters))
    left = min(slab.white[0][1] for slab in run) - 1
    right = max(slab.white[-1][0] for slab in run) + 1
    rows = rows_of(page, run, walls)
    return [Band(row[0].top - 0.1, row[-1].bottom + 0.1, left, right, walls, False) for row in rows]
