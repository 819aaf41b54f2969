"""Rows of a table whose bands are known: one line a row, its cells parted, the wrapped lines of a cell joined.

Without it a cell of two lines is torn apart: "ER | 95 % (Allred" and, a line below, "8/8)".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from navaid.records.read.layout import Line, Placed, lines
from navaid.records.read.ruled import Band
from navaid.terms import Box

_LABEL = re.compile(r"[A-Z][^:()]{0,30}:(?: |$)")


def rows(page: Sequence[Placed], words: list[int], table: list[Band]) -> list[Line] | None:
    """The table's rows; None where other words stand beside the table, or where it has no cells."""
    top, bottom, left, right = table[0].top, table[-1].bottom, table[0].left, table[0].right
    beside = [word for word in words if top < _middle(page[word].box) < bottom]
    inside = [word for word in beside if left <= (page[word].box.x0 + page[word].box.x1) / 2 <= right]
    if len(inside) != len(beside) or not inside:
        return None
    out: list[Line] = []
    with_cells = 0
    shared = _shared_walls(page, inside, table)
    for band in table:
        mine = [word for word in inside if band.top < _middle(page[word].box) <= band.bottom]
        found = _cells(page, mine, band.walls or _best_walls(page, mine, shared))
        with_cells += len(found) > 1
        out += _row(page, mine, found, band.drawn)
    return out if with_cells else None


def _cells(page: Sequence[Placed], words: list[int], walls: Sequence[float]) -> list[list[int]]:
    cells: list[list[int]] = [[] for _ in range(len(walls) + 1)]
    for word in words:
        middle = (page[word].box.x0 + page[word].box.x1) / 2
        cells[sum(middle > wall for wall in walls)].append(word)
    return cells


def _shared_walls(page: Sequence[Placed], words: list[int], table: list[Band]) -> list[tuple[float, ...]]:
    """Where the whole table's columns may end: as its header is parted, or by white that goes down all its rows."""
    drawn = [band.walls for band in table if band.walls][:1]
    return [*drawn, tuple(_white(page, words, 0.35))] if len(table) > 2 else drawn


def _best_walls(page: Sequence[Placed], words: list[int], shared: list[tuple[float, ...]]) -> tuple[float, ...]:
    """The walls that part these words into the most cells, and that no word crosses."""
    fitting = [
        walls
        for walls in shared
        if not any(page[word].box.x0 < wall < page[word].box.x1 for word in words for wall in walls)
    ]
    return max([*fitting, tuple(_white(page, words, 0.8))], key=len)


def _white(page: Sequence[Placed], words: list[int], least: float) -> Iterable[float]:
    """Where white, at least so many heights of the text wide, goes down all these words."""
    end = None
    for word in sorted(words, key=lambda word: page[word].box.x0):
        box = page[word].box
        if end is not None and box.x0 - end > least * (box.y1 - box.y0):
            yield (end + box.x0) / 2
        end = box.x1 if end is None else max(end, box.x1)


def _row(page: Sequence[Placed], words: list[int], cells: list[list[int]], walled: bool) -> list[Line]:
    """A band as one line, its cells' lines joined; as several where each line of it is a row of its own."""
    stacked = [_stack(page, cell) for cell in cells]
    counts = [len(stack) for stack in stacked if stack]
    if not counts:
        return []
    if max(counts) > 1:
        if not walled and _labelled(page, stacked):
            return _own_lines(page, words)
        if min(counts) == max(counts) >= 3 and len(counts) > 1 and _level(page, stacked):
            return [[stack[number] for stack in stacked if stack] for number in range(max(counts))]
        if len(counts) == 1 or _labelled(page, stacked):
            return [[line] for stack in stacked for line in stack]
    joined = [[word for line in stack for word in line] for stack in stacked]
    while joined and not joined[-1]:
        joined.pop()
    return [joined]


def _own_lines(page: Sequence[Placed], words: list[int]) -> list[Line]:
    return [[[words[word] for word in cell] for cell in line] for line in lines([page[word].box for word in words])]


def _stack(page: Sequence[Placed], cell: list[int]) -> list[list[int]]:
    """The lines of a cell, from top to bottom."""
    return [[cell[word] for part in line for word in part] for line in lines([page[word].box for word in cell]) if line]


def _labelled(page: Sequence[Placed], stacked: list[list[list[int]]]) -> bool:
    """Whether a cell has several lines that begin with a label: fields below each other, not one wrapped cell."""
    return any(sum(is_labelled(page, line) for line in stack) > 1 for stack in stacked)


def is_labelled(page: Sequence[Placed], line: Sequence[int], *, with_value: bool = False) -> bool:
    """Whether a line begins with a label of its own ("Sex: F"), and its value stands there too if that is asked for."""
    match = _LABEL.match(" ".join(page[word].text for word in line[:8]))
    return match is not None and (not with_value or match[0].endswith(" "))


def _level(page: Sequence[Placed], stacked: list[list[list[int]]]) -> bool:
    """Whether the lines of all cells stand level with each other."""
    for level in zip(*(stack for stack in stacked if stack), strict=False):
        middles = [_middle(page[line[0]].box) for line in level]
        high = page[level[0][0]].box.y1 - page[level[0][0]].box.y0
        if max(middles) - min(middles) > 0.4 * high:
            return False
    return True


def _middle(box: Box) -> float:
    return (box.y0 + box.y1) / 2
