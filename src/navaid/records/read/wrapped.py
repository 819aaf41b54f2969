"""Which lines of a table without drawn lines are one row: a cell that does not fit goes on in the line below."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from navaid.records.read.cells import is_labelled
from navaid.records.read.layout import Placed
from navaid.records.read.slabs import Slab

_SLACK = 0.3  # heights of the text; rows that are set apart are so by at least this
_MOSTLY = 0.4  # of the steps from line to line; where so many are wide, they part the rows and nothing else does

Cells = list[list[int]]


def rows_of(page: Sequence[Placed], run: Sequence[Slab], walls: Sequence[float]) -> list[list[Slab]]:
    """The slabs of each row; `walls` are where columns end."""
    high = median(page[word].box.y1 - page[word].box.y0 for slab in run for word in slab.words)
    steps = [low.top - slab.bottom for slab, low in pairwise(run)]
    apart = min(steps, default=0.0) + _SLACK * high
    wide = sum(step > apart for step in steps)
    cells = [_cells(page, slab, walls) for slab in run]
    rows: list[list[Slab]] = [[run[0]]]
    group: list[Cells] = [cells[0]]
    for step, slab, mine in zip(steps, run[1:], cells[1:], strict=True):
        labelled = any(is_labelled(page, cell, with_value=True) for cell in mine)
        if step <= apart and not labelled and (wide >= _MOSTLY * len(steps) or _goes_on(page, group, mine, wide > 0)):
            rows[-1].append(slab)
            group.append(mine)
        else:
            rows.append([slab])
            group = [mine]
    return rows


def _cells(page: Sequence[Placed], slab: Slab, walls: Sequence[float]) -> Cells:
    cells: Cells = [[] for _ in range(len(walls) + 1)]
    for word in sorted(slab.words, key=lambda word: page[word].box.x0):
        cells[sum(page[word].box.x0 > wall for wall in walls)].append(word)
    return cells


def _goes_on(page: Sequence[Placed], group: list[Cells], mine: Cells, set_apart: bool) -> bool:
    """Whether a line goes on with the cells of the row above it; `set_apart` where some rows stand apart at all."""
    first = [line[0] for line in group if line[0]]
    if not mine[0]:
        return set_apart or bool(first)  # a value that goes on beside its name
    if not set_apart:
        return False
    if not first:
        return True  # cells centred beside a taller one, which began above them
    most = max(sum(map(bool, line)) for line in group)
    return sum(map(bool, mine)) < most and not page[first[-1][-1]].text.endswith(":")
