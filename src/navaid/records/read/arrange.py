"""The words of a PDF page -> lines in reading order: tables row by row, all else by the white between words."""

from __future__ import annotations

from collections.abc import Sequence

from navaid.records.read import aligned, cells, ruled
from navaid.records.read.columns import columns
from navaid.records.read.layout import Line, Placed, lines
from navaid.records.read.ruled import NOTHING_DRAWN, Band, Rules
from navaid.records.read.slabs import Slab, slabs


def arranged(page: Sequence[Placed], drawn: Rules = NOTHING_DRAWN) -> list[Line]:
    """The lines, for `layout.spell`; boxes must stand upright, the origin upper left.

    Fit for OCR, too, which knows nothing of what is drawn.
    """
    out: list[Line] = []
    left = list(range(len(page)))
    for table in ruled.tables(drawn):
        left, lines_ = _taken(page, left, table)
        out += lines_
    return _without_double_gaps([*out, *_unruled(page, left)])


def _taken(page: Sequence[Placed], left: list[int], table: list[Band]) -> tuple[list[int], list[Line]]:
    """The words that stand after this table, and the lines of those before and in it."""
    rows = cells.rows(page, left, table)
    if rows is None:
        return left, []
    inside = {word for row in rows for cell in row for word in cell}
    rest = [word for word in left if word not in inside]
    above = [word for word in rest if page[word].box.y0 + page[word].box.y1 < 2 * table[0].top]
    after = [word for word in rest if page[word].box.y0 + page[word].box.y1 >= 2 * table[0].top]
    return after, [*_unruled(page, above), [], *rows, []]


def _unruled(page: Sequence[Placed], words: list[int]) -> list[Line]:
    """Columns of running text one after the other, and what stands above and below them."""
    cut = slabs(page, words)
    found = columns(page, cut)
    if found is None:
        return _tables(page, words, cut)
    block = [word for slab in cut[found.first : found.last + 1] for word in slab.words]
    out = _unruled(page, [word for slab in cut[: found.first] for word in slab.words])
    for right in (False, True):
        out += [[], *_unruled(page, [word for word in block if (page[word].box.x0 >= found.wall) is right])]
    return [*out, [], *_unruled(page, [word for slab in cut[found.last + 1 :] for word in slab.words])]


def _tables(page: Sequence[Placed], words: list[int], cut: Sequence[Slab]) -> list[Line]:
    """Tables that only white parts into columns, and the text around them."""
    out: list[Line] = []
    for table in aligned.tables(page, cut):
        rows = cells.rows(page, words, table)
        if rows is None:
            continue
        inside = {word for row in rows for cell in row for word in cell}
        above = [word for word in words if word not in inside and page[word].box.y0 < table[0].top]
        out += [*_prose(page, above), [], *rows, []]
        words = [word for word in words if word not in inside and page[word].box.y0 >= table[0].top]
    return out + _prose(page, words)


def _prose(page: Sequence[Placed], words: list[int]) -> list[Line]:
    return [[[words[word] for word in cell] for cell in line] for line in lines([page[word].box for word in words])]


def _without_double_gaps(found: list[Line]) -> list[Line]:
    """The lines, with one empty line where there were several, and none at either end."""
    out: list[Line] = []
    for line in found:
        if line or (out and out[-1]):
            out.append(line)
    return out[:-1] if out and not out[-1] else out
