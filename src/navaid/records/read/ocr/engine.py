"""The engine that reads: rapidocr with the weights of its own wheel, in two threads and little memory.

It is asked for two things: where lines stand (`find_lines`) and what a line says (`read_lines`). What lies between, the
cutting out of a line, is done here, from the image at its full size: the engine would cut it from the smaller one in
which it looks for lines, and would lay every narrow box (a lone `1` in a cell) on its side.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from navaid.records.read.ocr.extra import require, weights

Pixels = npt.NDArray[np.uint8]
Points = npt.NDArray[np.float32]
"""Four corners, clockwise from where the text begins at its top: shape (4, 2)."""

FIND_SIDE = 1600  # lines are looked for at this long side: 145 dpi of an A4 page
FIND_SHORT = 736  # a smaller image is made larger up to this, as far as its long side allows
EDGE = 32  # pixels of paper put around it: print at the very edge is found, and a narrow strip too
HEIGHT = 48  # of a line as the engine reads it
LONGEST = 60  # times its height that a line may be long: no line of print is longer, and memory grows with it
HALF_WIDTH = {0xFF01 + place: 0x21 + place for place in range(94)} | {0x3000: 0x20, 0x3002: 0x2E}
"""Signs as Chinese print sets them, with which the engine grew up: a full-width colon is a colon."""
AT_ONCE = 1  # lines read together; 4 need a fifth more time (padding) and 0.35 GB more memory


class Heard(NamedTuple):
    """A word of a line: its characters, where it begins and ends (0 to 1 of the line's length), how sure (0 to 1)."""

    text: str
    start: float
    end: float
    confidence: float


class Strip(NamedTuple):
    """A line as it was read."""

    corners: Points
    words: tuple[Heard, ...]

    @property
    def confidence(self) -> float:
        """The mean of its characters; 0 for an empty line."""
        count = sum(len(word.text) for word in self.words)
        return sum(word.confidence * len(word.text) for word in self.words) / count if count else 0.0

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@functools.lru_cache(maxsize=1)
def engine() -> Any:
    require()
    from rapidocr import RapidOCR

    find, read = weights()
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.return_word_box": True,
            "Global.use_preprocess_img": False,  # its own resizing fails on narrow images and swells long ones
            "Global.use_vertical_padding": False,
            "Det.limit_type": "max",
            "Det.limit_side_len": FIND_SIDE + 2 * EDGE,
            "Det.model_path": str(find),  # a path that is given is never fetched
            "Rec.model_path": str(read),
            "Rec.rec_batch_num": AT_ONCE,
            "EngineConfig.onnxruntime.intra_op_num_threads": min(2, os.cpu_count() or 1),
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "EngineConfig.onnxruntime.enable_cpu_mem_arena": False,
        }
    )


def find_lines(pixels: Pixels) -> list[Points]:
    """The corners of each line of text (BGR pixels), roughly from top to bottom."""
    import cv2

    high, wide = pixels.shape[:2]
    factor = min(FIND_SIDE / max(high, wide), max(1.0, FIND_SHORT / min(high, wide)))
    size = max(1, round(wide * factor)), max(1, round(high * factor))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC)
    paper = [float(np.median(pixels[..., channel])) for channel in range(3)]
    small = cv2.copyMakeBorder(small, EDGE, EDGE, EDGE, EDGE, cv2.BORDER_CONSTANT, value=paper)
    found = engine()(small, use_det=True, use_cls=False, use_rec=False)
    boxes = getattr(found, "boxes", None)
    if boxes is None:
        return []
    stretch = np.array([wide / size[0], high / size[1]])
    limit = np.array([wide, high], dtype=np.float32)
    return [np.clip((box - EDGE) * stretch, 0, limit).astype(np.float32) for box in np.asarray(boxes)]


def read_lines(pixels: Pixels, lines: Sequence[Points], *, flipped: bool = False) -> list[Strip]:
    """What these lines say; `flipped` reads each upside down. A line without a word gives a strip without words."""
    kept = [corners for corners in lines if min(_size(corners)) >= 3]
    strips = [_level(cut(pixels, corners), flipped) for corners in kept]
    if not strips:
        return []
    read = engine().recognize_txt(strips)
    return [
        Strip(corners, tuple(_words(text, info)))
        for corners, text, info in zip(kept, read.txts, read.word_results, strict=True)
    ]


def _size(corners: Points) -> tuple[float, float]:
    """Width and height of the strip that these corners span."""
    top, right, low, left = (float(np.linalg.norm(corners[i] - corners[(i + 1) % 4])) for i in range(4))
    return max(top, low), max(left, right)


def cut(pixels: Pixels, corners: Points) -> Pixels:
    """The strip between these corners, laid straight, at the height at which it will be read or a little above."""
    import cv2

    width, height = _size(corners)
    factor = min(1.0, 1.5 * HEIGHT / height)
    wide, high = max(4, round(width * factor)), max(4, round(height * factor))
    target = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], dtype=np.float32)
    transform = cv2.getPerspectiveTransform(corners, target)
    how = cv2.INTER_AREA if factor < 0.5 else cv2.INTER_CUBIC
    return np.asarray(
        cv2.warpPerspective(pixels, transform, (wide, high), flags=how, borderMode=cv2.BORDER_REPLICATE), dtype=np.uint8
    )


def _level(strip: Pixels, flipped: bool) -> Pixels:
    high, wide = strip.shape[:2]
    if wide > LONGEST * high:
        import cv2

        strip = np.asarray(cv2.resize(strip, (LONGEST * high, high)), dtype=np.uint8)
    return np.ascontiguousarray(strip[::-1, ::-1]) if flipped else strip


def _words(text: str, info: Any) -> list[Heard]:
    """Words with their place, from the engine's columns: every character that it decoded but white has one."""
    text = text.translate(HALF_WIDTH)
    shown = [place for place, character in enumerate(text) if not character.isspace()]
    columns = [column for word in info.word_cols for column in word]
    sure = list(info.confs)
    half, pitch = 0.5 * _advance(info.word_cols), float(info.line_txt_len or 1.0)
    if len(columns) != len(shown) or len(sure) != len(text):  # then by the count of characters
        columns, half, pitch = shown, 0.5, float(max(1, len(text)))
        sure = [float(np.mean(sure or [0.0]))] * len(text)
    words, at = [], 0
    for word in text.split():
        last = at + len(word) - 1
        start, end = (columns[at] + 0.5 - half) / pitch, (columns[last] + 0.5 + half) / pitch
        mean = float(np.mean([sure[place] for place in shown[at : last + 1]]))
        words.append(Heard(word, max(0.0, start), min(1.0, end), round(mean, 4)))
        at = last + 1
    return words


def _advance(columns: Sequence[Sequence[int]]) -> float:
    """How many columns a character takes on average."""
    steps = [(word[-1] - word[0]) / (len(word) - 1) for word in columns if len(word) > 1]
    return float(np.median(steps)) if steps else 2.0
