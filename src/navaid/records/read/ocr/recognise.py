"""A picture of a page, read: turned upright, lines found and read, rows and columns rebuilt, values read twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from navaid.records.paper import Word
from navaid.records.read.layout import lines, spell
from navaid.records.read.ocr import second
from navaid.records.read.ocr.engine import Pixels, Strip
from navaid.records.read.ocr.extra import require
from navaid.records.read.ocr.light import evened
from navaid.records.read.ocr.place import Place
from navaid.records.read.ocr.turning import read_upright
from navaid.terms import Record

if TYPE_CHECKING:
    from PIL import Image

LONG_SIDE = 4000  # a larger image is made smaller before it is read
SURE = 0.6  # a line below this confidence is left out: a stain, a stamp, handwriting
LONG = 8  # characters of a line that is said to have been left out; shorter ones are specks
DOUBTFUL = 0.85  # a page whose mean confidence lies below this is said to be hard to read


class Recognised(Record, frozen=True):
    """What a picture of a page says. `words` have offsets in `text`, and boxes in the picture as it was given (before
    it was turned), in `unit`; `width` and `height` are the picture's size in `unit`. `turned` is by how many degrees
    clockwise it had to be turned to be read. `notes` are for the person.
    """

    text: str
    words: tuple[Word, ...]
    width: float
    height: float
    unit: str
    turned: int = 0
    notes: tuple[str, ...] = ()


def recognise(image: Image.Image, *, unit: str, scale: float) -> Recognised:
    """The text of an image of a page and its words with their boxes, in the image's pixels divided by `scale`.

    For a page rendered at 200 dpi, `unit="pt"` and `scale=200 / 72` give PDF points; for a photograph `unit="px"` and
    `scale=1`. An image without text gives an empty text and a note. Raises BadInput where the optional part is missing.
    """
    require()
    pixels, shrunk = _pixels(image)
    upright, strips, turned = read_upright(evened(pixels))
    doubtful = sum(strip.confidence < SURE and len(strip.text) >= LONG for strip in strips)
    strips = [strip for strip in strips if strip.words and strip.confidence >= SURE]
    place = Place(strips, turned, size=(pixels.shape[1], pixels.shape[0]), scale=scale * shrunk)
    flat = [(strip, word) for strip in strips for word in strip.words]
    found = lines(place.upright())  # wrapped cells stay apart: these boxes are too rough to tell them from two rows
    text, spans = spell(found, [word.text for _, word in flat])
    differing = second.readings(upright, strips)
    boxes = place.original()
    words = tuple(
        Word(start=start, end=end, box=boxes[at], confidence=flat[at][1].confidence, second=differing.get(at, ""))
        for at, start, end in spans
    )
    return Recognised(
        text=text,
        words=words,
        width=round(image.width / scale, 2),
        height=round(image.height / scale, 2),
        unit=unit,
        turned=turned,
        notes=_notes(strips, doubtful),
    )


def _pixels(image: Image.Image) -> tuple[Pixels, float]:
    """The image as BGR bytes of a workable size, and how much smaller it became."""
    from navaid.records.read.ocr.images import rgb

    shrunk = min(1.0, LONG_SIDE / max(image.size))
    if shrunk < 1:
        image = image.resize((max(1, round(image.width * shrunk)), max(1, round(image.height * shrunk))))
    return np.ascontiguousarray(np.asarray(rgb(image), dtype=np.uint8)[:, :, ::-1]), shrunk


def _notes(strips: list[Strip], doubtful: int) -> tuple[str, ...]:
    notes = []
    count = sum(len(strip.text) for strip in strips)
    if not count:
        notes.append("no text was found in the picture")
    elif sum(strip.confidence * len(strip.text) for strip in strips) / count < DOUBTFUL:
        notes.append("hard to read: compare each value with the picture, or scan the page anew in even light")
    if doubtful:
        some = "a line" if doubtful == 1 else f"{doubtful} lines"
        notes.append(f"{some} could not be read (handwriting, a stamp or a stain)")
    return tuple(notes)
