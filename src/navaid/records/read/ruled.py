"""What a PDF page draws beside its words: the lines and coloured cells of tables, and how much of it is pictures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from navaid.records.read.pdf_words import Shown
from navaid.records.read.turn import turned_back
from navaid.terms import Box

_THIN = 2.5  # points; a drawn thing of less is a line
_NEAR = 2.5  # two lines nearer than this are one: the two borders of cells that touch
_SAME = 5.0  # two lines of a table end within this of each other
_ROW_LOW, _ROW_HIGH = 7.0, 250.0  # points; a higher band frames a part of the page, and is no row
_OPEN_ROW_HIGH = 90.0  # the same for a band that no line parts into cells
_MOST_EDGES = 2_500  # a drawing, not a table


class Edge(NamedTuple):
    """A straight line: at `at` across, from `start` to `end` along."""

    at: float
    start: float
    end: float


class Rules(NamedTuple):
    """What a page draws beside its words: `boxes` of lines and coloured cells, in the page as it is shown.

    `image_share` of the page is covered by pictures; `paths` counts all that is drawn.
    """

    boxes: tuple[Box, ...]
    image_share: float
    paths: int

    def turned_back(self, size: tuple[float, float], turned: int) -> Rules:
        """The same on the page turned upright."""
        return self._replace(boxes=tuple(turned_back(box, size, turned) for box in self.boxes))


NOTHING_DRAWN = Rules((), 0.0, 0)


class Band(NamedTuple):
    """What stands between two lines one below the other; `walls` are where cells end, `drawn` where lines say so.

    Two lines of the same cell are one text then, even if both begin with a label.
    """

    top: float
    bottom: float
    left: float
    right: float
    walls: tuple[float, ...]
    drawn: bool


def rules(page: pypdfium2.PdfPage) -> Rules:
    """The lines, coloured cells and pictures of a page."""
    shown = Shown(page)
    width, height = page.get_size()
    boxes: list[Box] = []
    pictured, paths = 0.0, 0
    for drawn in page.get_objects(max_depth=2):
        if drawn.type == pdfium.FPDF_PAGEOBJ_PATH:
            paths += 1
            if paths <= _MOST_EDGES:
                boxes.append(shown.box(*drawn.get_bounds()))
        elif drawn.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            box = shown.box(*drawn.get_bounds())
            across = max(0.0, min(box.x1, width) - max(box.x0, 0.0))
            pictured += across * max(0.0, min(box.y1, height) - max(box.y0, 0.0))
    return Rules(tuple(boxes), min(1.0, pictured / max(width * height, 1.0)), paths)


def _edges(boxes: Iterable[Box]) -> tuple[list[Edge], list[Edge]]:
    """Horizontal and vertical lines; a coloured cell counts as its four sides."""
    across: list[Edge] = []
    down: list[Edge] = []
    for box in boxes:
        wide, high = box.x1 - box.x0, box.y1 - box.y0
        if high <= _THIN < wide:
            across.append(Edge((box.y0 + box.y1) / 2, box.x0, box.x1))
        elif wide <= _THIN < high:
            down.append(Edge((box.x0 + box.x1) / 2, box.y0, box.y1))
        elif wide > _THIN and high > _THIN:
            across += [Edge(box.y0, box.x0, box.x1), Edge(box.y1, box.x0, box.x1)]
            down += [Edge(box.x0, box.y0, box.y1), Edge(box.x1, box.y0, box.y1)]
    return _joined(across), _joined(down)


def _joined(edges: list[Edge]) -> list[Edge]:
    """Lines at the same place that touch become one."""
    levels: list[list[Edge]] = []
    for edge in sorted(edges):
        if levels and edge.at - levels[-1][0].at <= _NEAR:
            levels[-1].append(edge)
        else:
            levels.append([edge])
    out: list[Edge] = []
    for level in levels:
        at = sum(edge.at for edge in level) / len(level)
        start, end = None, 0.0
        for edge in sorted(level, key=lambda edge: edge.start):
            if start is None or edge.start > end + _NEAR:
                if start is not None:
                    out.append(Edge(at, start, end))
                start, end = edge.start, edge.end
            end = max(end, edge.end)
        if start is not None:
            out.append(Edge(at, start, end))
    return out


def _bands(boxes: Iterable[Box]) -> list[Band]:
    """Each two neighbouring lines of the same length, from top to bottom."""
    across, down = _edges(boxes)
    out: list[Band] = []
    for number, top in enumerate(across):
        for low in across[number + 1 :]:
            if low.at - top.at > _ROW_HIGH:
                break
            if abs(low.start - top.start) <= _SAME and abs(low.end - top.end) <= _SAME:
                walls = _walls(down, top, low)
                if _ROW_LOW <= low.at - top.at <= (_ROW_HIGH if walls else _OPEN_ROW_HIGH):
                    out.append(Band(top.at, low.at, top.start, top.end, walls, bool(walls)))
                break
    return out


def _walls(down: list[Edge], top: Edge, low: Edge) -> tuple[float, ...]:
    high = low.at - top.at
    return tuple(
        wall.at
        for wall in down
        if top.start + _SAME < wall.at < top.end - _SAME
        and min(wall.end, low.at) - max(wall.start, top.at) >= 0.8 * high
    )


def tables(drawn: Rules) -> list[list[Band]]:
    """Bands that follow one another directly and are equally wide; one alone only where it is parted into cells."""
    if len(drawn.boxes) > _MOST_EDGES:
        return []
    found: list[list[Band]] = []
    for band in sorted(_bands(drawn.boxes), key=lambda band: (band.left, band.top)):
        last = found[-1][-1] if found else None
        if last and abs(band.top - last.bottom) <= _NEAR and abs(band.left - last.left) <= _SAME:
            found[-1].append(band)
        else:
            found.append([band])
    kept = [table for table in found if len(table) > 1 or table[0].walls]
    return sorted(kept, key=lambda table: table[0].top)
