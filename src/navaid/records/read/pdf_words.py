"""The words of a PDF page's text layer, each with its box as the page is shown: in points, the origin upper left."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from typing import NamedTuple

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from navaid.records.read import limits
from navaid.records.read.layout import Placed
from navaid.records.read.source import tidy
from navaid.terms import Box

_SMALLEST = 1.5  # points; a print of less cannot be seen
_LINE_END_HYPHENS = frozenset((0xFFFE, 0x02))  # how pdfium tells a hyphen at the end of a line
_QUARTER = math.pi / 2
_MOST_TILT = 0.15  # quarters, 14 degrees; what lies steeper is no line of a crooked scan
_SLANTED = 45
_SPACES = frozenset((0x09, 0x0A, 0x0D, 0x20, 0xA0))
_MOST_SIGNS = limits.TEXT_BYTES  # on one page


class Words(NamedTuple):
    """The words in the file's order; `turned` is how many degrees clockwise the page must be turned to read them.

    `aside` are words that lie otherwise, by how many degrees the page must be turned for them: a note along the margin,
    a mark across the page (45). `left_out` says that words outside the page, or too small to see, were left out.
    """

    words: list[Placed]
    turned: int
    aside: dict[int, list[Placed]]
    left_out: bool


# A sign's code, by how many degrees clockwise it lies (a multiple of 90, or 45 for all between), and x0, y0, x1, y1.
# A plain tuple, since a page has thousands.
_Sign = tuple[int, int, float, float, float, float]


def placed_words(page: pypdfium2.PdfPage) -> Words:
    """All words of the page that a reader can see."""
    signs = _signs(page)
    turned = _turned(signs)
    size = page.get_size()
    words: dict[int, list[Placed]] = {turned: []}
    left_out = False
    for group in _grouped(signs):
        text = tidy("".join([chr(sign[0]) for sign in group])).strip()
        if not text:
            continue
        word = Placed(text, _around(group))
        if _is_seen(word.box, size):
            words.setdefault(_SLANTED if group[0][1] == _SLANTED else (360 - group[0][1]) % 360, []).append(word)
        else:
            left_out = True
    return Words(words.pop(turned), turned, words, left_out)


def _signs(page: pypdfium2.PdfPage) -> list[_Sign | None]:
    """The signs in the file's order; None where pdfium sees white between them."""
    text = page.get_textpage()
    try:
        shown = Shown(page)
        place, rotation = shown.place, shown.rotation
        rect = pdfium.FS_RECTF()
        pointer = ctypes.byref(rect)
        raw = text.raw
        unicode, loose, angle_of = (
            pdfium.FPDFText_GetUnicode,
            pdfium.FPDFText_GetLooseCharBox,
            pdfium.FPDFText_GetCharAngle,
        )
        signs: list[_Sign | None] = []
        quarter = rotation
        for index in range(min(text.count_chars(), _MOST_SIGNS)):
            code = unicode(raw, index)
            if code in _SPACES:
                signs.append(None)
            elif loose(raw, index, pointer):
                if not signs or signs[-1] is None:  # the signs of a word lie alike
                    angle = angle_of(raw, index)
                    quarter = rotation if angle <= 0.0 else _quarter(angle, rotation)
                if code in _LINE_END_HYPHENS:
                    code = 0x2D
                signs.append((code, quarter, *place(rect.left, rect.bottom, rect.right, rect.top)))
        return signs
    finally:
        text.close()


def _quarter(angle: float, rotation: int) -> int:
    turns = angle / _QUARTER
    if abs(turns - round(turns)) > _MOST_TILT:
        return _SLANTED
    return (round(turns) * 90 + rotation) % 360


class Shown:
    """From a PDF's own coordinates to those of the page as it is shown: cropped, turned by /Rotate, y downwards."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.rotation = page.get_rotation() % 360
        left, bottom, right, top = page.get_bbox()
        self._edges = (min(left, right), min(bottom, top), max(left, right), max(bottom, top))

    def place(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """x0, y0, x1, y1 of a rectangle."""
        x0, y0, x1, y1 = self._edges
        if self.rotation == 90:
            return bottom - y0, left - x0, top - y0, right - x0
        if self.rotation == 180:
            return x1 - right, bottom - y0, x1 - left, top - y0
        if self.rotation == 270:
            return y1 - top, x1 - right, y1 - bottom, x1 - left
        return left - x0, y1 - top, right - x0, y1 - bottom

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """The same as a Box."""
        return Box(*self.place(left, bottom, right, top))


def _turned(signs: list[_Sign | None]) -> int:
    angles = Counter(sign[1] for sign in signs if sign is not None and sign[1] != _SLANTED)
    return (360 - angles.most_common(1)[0][0]) % 360 if angles else 0


def _grouped(signs: list[_Sign | None]) -> list[list[_Sign]]:
    """Signs of one word: no white between them, on one line, no jump."""
    groups: list[list[_Sign]] = []
    last: _Sign | None = None
    for sign in signs:
        if sign is not None:
            if last is not None and _follows(last, sign):
                groups[-1].append(sign)
            else:
                groups.append([sign])
        last = sign
    return groups


def _follows(last: _Sign, sign: _Sign) -> bool:
    _, before, ax0, ay0, ax1, ay1 = last
    _, angle, bx0, by0, bx1, by1 = sign
    if before != angle:
        return False
    if angle == _SLANTED:
        return True
    if angle in (90, 270):  # as if it lay the usual way
        ax0, ay0, ax1, ay1, bx0, by0, bx1, by1 = ay0, ax0, ay1, ax1, by0, bx0, by1, bx1
    high = ay1 - ay0 if ay1 - ay0 < by1 - by0 else by1 - by0
    if -high <= bx0 - ax1 <= high and ay0 == by0:
        return True  # the usual case, told apart quickly
    along = min(abs(bx0 - ax1), abs(ax0 - bx1))
    return along <= max(high, 1.0) and min(ay1, by1) - max(ay0, by0) >= 0.3 * high


def _around(signs: list[_Sign]) -> Box:
    _, _, x0, y0, x1, y1 = zip(*signs, strict=True)
    return Box(min(x0), min(y0), max(x1), max(y1))


def _is_seen(box: Box, size: tuple[float, float]) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    inside = -1 <= x <= size[0] + 1 and -1 <= y <= size[1] + 1
    return inside and min(box.x1 - box.x0, box.y1 - box.y0) >= 0 and max(box.x1 - box.x0, box.y1 - box.y0) >= _SMALLEST
