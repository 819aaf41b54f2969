"""A second engine (tesseract) for what must not be misread, and where the two differ.

It looks only at critical values (critical.yaml), each cut out of its line with a word on either side. It is the weaker
engine on tilt, blur and unusual strings, so it never corrects: it only marks a word as read in two ways.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from importlib import resources
from typing import Any, NamedTuple

from navaid.records.read.ocr.differ import differing
from navaid.records.read.ocr.engine import Pixels, Strip, cut
from navaid.records.read.ocr.extra import tessdata
from navaid.records.read.ocr.place import between
from navaid.tables import load as load_table

MOST = 120  # critical places of a page that are looked at; a page of numbers only would take minutes
BETWEEN = frozenset(("x", "X", "×", "*", "-", "–", "of", "to", "out"))  # stand between numbers and change none
LIKE = 0.6  # share of characters that both read alike; below, the second engine could not read the place at all


class Part(NamedTuple):
    """Words `first` to `last` (included) of a strip, of which those in `critical` must not be misread."""

    first: int
    last: int
    critical: frozenset[int]


def readings(pixels: Pixels, strips: Sequence[Strip]) -> dict[int, str]:
    """What the second engine read otherwise, by the place of the word among all words of the strips."""
    api = engine()
    if api is None:
        return {}
    out: dict[int, str] = {}
    offset = looked = 0
    for strip in strips:
        for part in critical_parts([word.text for word in strip.words]):
            if looked >= MOST:
                return out
            looked += 1
            words = strip.words[part.first : part.last + 1]
            said = read_again(api, pixels, strip, max(0.0, words[0].start - 0.005), min(1.0, words[-1].end + 0.005))
            found = differing([word.text for word in words], said, least=LIKE)
            out |= {offset + part.first + at: other for at, other in found.items() if part.first + at in part.critical}
        offset += len(strip.words)
    return out


def critical_parts(words: Sequence[str]) -> Iterator[Part]:
    """The parts of a line with a critical value, each with a word on either side; parts that touch become one."""
    line = " ".join(words)
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word) + 1)
    critical = sorted(
        {
            at
            for pattern in patterns()
            for found in pattern.finditer(line)
            for at in range(len(words))
            if starts[at] < found.end() and starts[at] + len(words[at]) > found.start() and words[at] not in BETWEEN
        }
    )
    group: list[int] = []
    for at in critical:
        if group and at - group[-1] > 2:
            yield _part(group, len(words))
            group = []
        group.append(at)
    if group:
        yield _part(group, len(words))


def _part(group: Sequence[int], count: int) -> Part:
    return Part(max(0, group[0] - 1), min(count - 1, group[-1] + 1), frozenset(group))


@functools.lru_cache(maxsize=1)
def patterns() -> tuple[re.Pattern[str], ...]:
    rows = load_table((resources.files(__package__) / "critical.yaml").read_text(encoding="utf-8"))
    return tuple(re.compile(row["pattern"], re.IGNORECASE) for row in rows)


@functools.lru_cache(maxsize=1)
def engine() -> Any:
    """Tesseract with its English data, one line at a time; None where it is not installed."""
    folder = tessdata()
    try:
        import tesserocr
    except ImportError:
        return None
    if folder is None:
        return None
    api = tesserocr.PyTessBaseAPI(
        path=str(folder), lang="eng", psm=tesserocr.PSM.SINGLE_LINE, oem=tesserocr.OEM.LSTM_ONLY
    )
    api.SetVariable("debug_file", "/dev/null")
    return api


def read_again(api: Any, pixels: Pixels, strip: Strip, start: float, end: float) -> str:
    from PIL import Image, ImageOps

    image = Image.fromarray(cut(pixels, between(strip, start, end))[:, :, ::-1]).convert("L")
    api.SetImage(ImageOps.expand(image, border=10, fill=_paper(image)))
    api.SetSourceResolution(200)
    return " ".join(str(api.GetUTF8Text()).split())


def _paper(image: Any) -> int:
    """The grey of the paper: that of the lightest quarter."""
    counts, seen = image.histogram(), 0
    for grey in range(255, -1, -1):
        seen += counts[grey]
        if seen * 4 >= image.width * image.height:
            return grey
    return 255
