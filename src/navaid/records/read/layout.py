"""From words with boxes to the text a reader sees: rows, cells of a row, columns of prose one after the other.

One implementation for the text layer of a PDF and for OCR. Boxes must be upright, the origin upper left, and as high
as the font (ascender to descender); what unit they are in does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from navaid.terms import Box

Line = list[list[int]]
"""A line as its cells, a cell as its words (places in the list that was given). An empty line parts paragraphs."""

CELL_GAP = 1.3  # heights of the text; after a full stop a typewriter leaves one, justified prose less
COLUMN_GAP = 2.5  # heights of white over the whole width, which end columns of prose
PARAGRAPH_GAP = 1.6  # times the usual distance of two lines
MOST_ROWS = 250  # above this no columns are looked for: no page is so dense, and the search is quadratic


class Placed(NamedTuple):
    """A word and its box."""

    text: str
    box: Box


class Gutter(NamedTuple):
    """White that parts two columns of rows `first` to `last` (included): `left` ends and `right` starts there."""

    first: int
    last: int
    left: float
    right: float


def lines(boxes: Sequence[Box]) -> list[Line]:
    """The lines in reading order; each word stands in exactly one.

    >>> places = [(0, 0), (40, 0), (80, 0), (0, 14)]
    >>> lines([Box(x0=x, y0=y, x1=x + 36, y1=y + 10) for x, y in places])
    [[[0, 1, 2]], [[3]]]
    """
    return _lines(boxes, list(range(len(boxes))), columns=True)


def spell(found: Iterable[Line], texts: Sequence[str]) -> tuple[str, list[tuple[int, int, int]]]:
    """The text of these lines, and (place in `texts`, start, end) of each word in the order of the text.

    >>> spell([[[0, 1], [2]], [], [[3]]], ["ER", "status:", "positive", "PR"])
    ('ER status:\\tpositive\\n\\nPR', [(0, 0, 2), (1, 3, 10), (2, 11, 19), (3, 21, 23)])
    """
    parts: list[str] = []
    spans: list[tuple[int, int, int]] = []
    at = 0

    def add(part: str) -> None:
        nonlocal at
        parts.append(part)
        at += len(part)

    for number, line in enumerate(found):
        if number:
            add("\n")
        for place, cell in enumerate(line):
            if place:
                add("\t")  # an empty cell keeps its place
            for position, index in enumerate(cell):
                if position:
                    add(" ")
                start = at
                add(texts[index])
                spans.append((index, start, at))
    return "".join(parts), spans


def _lines(boxes: Sequence[Box], words: list[int], *, columns: bool) -> list[Line]:
    rows = _rows(boxes, words)
    columns = columns and len(rows) <= MOST_ROWS
    out: list[Line] = []
    plain: list[list[int]] = []
    at = 0
    while at < len(rows):
        gutter = _prose_gutter(boxes, rows, at) if columns else None
        if gutter is None:
            plain.append(rows[at])
            at += 1
            continue
        out += _plain(boxes, plain)
        plain = []
        block = [word for row in rows[gutter.first : gutter.last + 1] for word in row]
        for side in (
            [word for word in block if boxes[word].x0 < gutter.right],
            [word for word in block if boxes[word].x0 >= gutter.right],
        ):
            out += ([[]] if out else []) + _lines(boxes, side, columns=columns)
        at = gutter.last + 1
        if at < len(rows):
            out.append([])
    return out + _plain(boxes, plain)


def _rows(boxes: Sequence[Box], words: list[int]) -> list[list[int]]:
    """Words that stand beside each other, from top to bottom, each row from left to right."""
    rows: list[list[int]] = []
    middle = height = 0.0
    for word in sorted(words, key=lambda word: boxes[word].y0 + boxes[word].y1):
        box = boxes[word]
        centre, high = (box.y0 + box.y1) / 2, box.y1 - box.y0
        if rows and centre - middle < 0.5 * min(max(height, high), 1.5 * min(height, high)):
            rows[-1].append(word)
            count = len(rows[-1])
            middle += (centre - middle) / count
            height += (high - height) / count
        else:
            rows.append([word])
            middle, height = centre, high
    for row in rows:
        row.sort(key=lambda word: boxes[word].x0)
    return rows


def _height(boxes: Sequence[Box], row: list[int]) -> float:
    return median(boxes[word].y1 - boxes[word].y0 for word in row)


def _cells(boxes: Sequence[Box], row: list[int]) -> Line:
    wide = CELL_GAP * _height(boxes, row)
    if _is_stretched(boxes, row):
        return [row]
    cells: Line = [[row[0]]]
    end = boxes[row[0]].x1
    for word in row[1:]:
        if boxes[word].x0 - end > wide:
            cells.append([])
        cells[-1].append(word)
        end = max(end, boxes[word].x1)
    return cells


def _is_stretched(boxes: Sequence[Box], row: list[int]) -> bool:
    """Whether all its spaces are equally wide: a line of running text, set to both margins."""
    gaps = [boxes[after].x0 - boxes[before].x1 for before, after in pairwise(row)]
    return len(gaps) >= 4 and min(gaps) > 0.85 * max(gaps)


def _plain(boxes: Sequence[Box], rows: list[list[int]]) -> list[Line]:
    """Rows as lines, with an empty line where the distance to the row above is clearly larger than usual."""
    centres = [median((boxes[word].y0 + boxes[word].y1) / 2 for word in row) for row in rows]
    steps = [low - high for high, low in pairwise(centres)]
    usual = median(steps) if len(steps) > 2 else float("inf")
    out: list[Line] = []
    for number, row in enumerate(rows):
        if number and steps[number - 1] > PARAGRAPH_GAP * usual:
            out.append([])
        out.append(_cells(boxes, row))
    return out


def _prose_gutter(boxes: Sequence[Box], rows: list[list[int]], first: int) -> Gutter | None:
    """The gutter of two columns of prose that start at this row; None where its cells are those of a table."""
    for left, right in _white(boxes, rows[first : first + 2]):
        gutter = _follow(boxes, rows, first, left, right)
        if gutter.last - first >= 4 and _is_prose(boxes, rows, gutter):
            return gutter
    return None


def _white(boxes: Sequence[Box], rows: list[list[int]]) -> Iterator[tuple[float, float]]:
    """Where the first row has white: between its cells, or beside it where the next row stands half a line lower."""
    for before, after in pairwise(_cells(boxes, rows[0])[:7]):
        yield boxes[before[-1]].x1, boxes[after[0]].x0
    if len(rows) == 2:
        wide = CELL_GAP * _height(boxes, rows[0])
        for one, other in (rows, rows[::-1]):
            if boxes[other[0]].x0 - boxes[one[-1]].x1 > wide:
                yield boxes[one[-1]].x1, boxes[other[0]].x0


def _follow(boxes: Sequence[Box], rows: list[list[int]], first: int, left: float, right: float) -> Gutter:
    """How far down this white goes. Its right edge is the margin of the right column; an indented line may start it."""
    height = _height(boxes, rows[first])
    last = first
    for number in range(first + 1, len(rows)):
        if boxes[rows[number][0]].y0 - boxes[rows[last][0]].y1 > COLUMN_GAP * height:
            break
        ends, starts = left, right
        for word in rows[number]:
            box = boxes[word]
            if box.x0 >= starts:
                continue
            if box.x1 <= right - 0.5 * height:
                ends = max(ends, box.x1)
            elif box.x0 > right - 4 * height:
                starts = min(starts, box.x0)
            else:
                return Gutter(first, last, left, right)
        if starts - ends < 0.7 * height:
            return Gutter(first, last, left, right)
        left, right, last = ends, starts, number
    return Gutter(first, last, left, right)


def _is_prose(boxes: Sequence[Box], rows: list[list[int]], gutter: Gutter) -> bool:
    """Whether both sides are running text: wide lines of several words that mostly fill their column."""
    block = rows[gutter.first : gutter.last + 1]
    height = median(_height(boxes, row) for row in block)
    counts = []
    for right in (False, True):
        side = [[word for word in row if (boxes[word].x0 >= gutter.right) == right] for row in block]
        side = [row for row in side if row]
        if len(side) < 4:
            return False
        start = min(boxes[row[0]].x0 for row in side)
        width = max(boxes[row[-1]].x1 for row in side) - start
        filled = median((boxes[row[-1]].x1 - boxes[row[0]].x0) / max(width, 1e-6) for row in side)
        # Long words in a narrow column leave room for three; its lines are full then, as those of a table are not.
        fewest = 3 if filled > 0.9 else 4
        if width < 11 * height or filled < 0.75 or median(len(row) for row in side) < fewest:
            return False
        counts.append(len(side))
    return min(counts) >= 0.4 * max(counts)
