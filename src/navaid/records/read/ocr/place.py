"""Where words stand: in the picture as it was given, and, for putting them into lines, on the page laid straight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from navaid.records.read.ocr.engine import Points, Strip
from navaid.terms import Box

Corners = npt.NDArray[np.float64]
"""The corners of every word: shape (words, 4, 2)."""


@dataclass(frozen=True)
class Place:
    """The words of `strips`, in that order. `size`: of the image before it was turned. `scale`: its pixels a unit."""

    strips: Sequence[Strip]
    turned: int
    size: tuple[int, int]
    scale: float

    @cached_property
    def _corners(self) -> Corners:
        """In the turned image: each word's share of its strip."""
        words = [between(strip, word.start, word.end) for strip in self.strips for word in strip.words]
        return np.array(words, dtype=np.float64).reshape(-1, 4, 2)

    def original(self) -> list[Box]:
        """The box around each word in the picture as it was given, in its unit."""
        width, height = self.size
        x, y = self._corners[..., 0], self._corners[..., 1]
        back = {0: (x, y), 90: (y, height - x), 180: (width - x, height - y), 270: (width - y, x)}
        x, y = back[self.turned]
        return _boxes(np.stack([x.clip(0, width), y.clip(0, height)], axis=-1) / self.scale)

    def upright(self) -> list[Box]:
        """The box around each word on the turned page, tilt and perspective of its lines taken out."""
        corners = self._corners.copy()
        if len(corners):
            slope = self._slope(corners[..., 1].mean(axis=1))[:, None]
            middle = corners[..., 0].mean()
            corners[..., 1] -= slope * (corners[..., 0] - middle)
        boxes = _boxes(corners)
        heights = [float(np.linalg.norm(word[3] - word[0])) for word in self._corners]
        return [_of_height(box, height) for box, height in zip(boxes, heights, strict=True)]

    def _slope(self, at: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """The tilt of lines at these heights of the page: one for a scan, changing down the page for a photograph."""
        long = sorted(self.strips, key=lambda strip: _width(strip))[-40:]
        edges = np.array(
            [(strip.corners[1] + strip.corners[2] - strip.corners[0] - strip.corners[3]) / 2 for strip in long]
        )
        slopes = edges[:, 1] / np.maximum(edges[:, 0], 1.0)
        usual = np.median(slopes)
        kept = np.abs(slopes - usual) < 0.1
        heights = np.array([strip.corners[:, 1].mean() for strip in long])[kept]
        if kept.sum() < 6 or np.ptp(heights) < 200:
            return np.full_like(at, usual)
        weight = np.array([_width(strip) for strip in long])[kept]
        rise, base = np.polyfit(heights, slopes[kept], 1, w=weight)
        return np.asarray(base + rise * at, dtype=np.float64)


def _width(strip: Strip) -> float:
    return float(np.linalg.norm(strip.corners[1] - strip.corners[0]))


def between(strip: Strip, start: float, end: float) -> Points:
    """The corners of the part of a strip from `start` to `end` (0 to 1 of its length)."""
    first, second, third, fourth = strip.corners
    top, low = second - first, third - fourth
    return np.array([first + start * top, first + end * top, fourth + end * low, fourth + start * low], np.float32)


def _boxes(corners: Corners) -> list[Box]:
    low, high = corners.min(axis=1).round(2), corners.max(axis=1).round(2)
    return [Box(x0=float(a), y0=float(b), x1=float(c), y1=float(d)) for (a, b), (c, d) in zip(low, high, strict=True)]


def _of_height(box: Box, height: float) -> Box:
    middle = (box.y0 + box.y1) / 2
    return Box(x0=box.x0, y0=middle - height / 2, x1=box.x1, y1=middle + height / 2)
