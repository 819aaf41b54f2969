"""Which way up a page lies: sideways by the shape of its lines, upside down by how well they can be read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from navaid.records.read.ocr.engine import Pixels, Points, Strip, find_lines, read_lines

SAMPLE = 6  # lines that decide
SURE = 0.9  # a sample read this well stands upright
BETTER = 0.1  # by how much the other way up must be read better


def read_upright(pixels: Pixels) -> tuple[Pixels, list[Strip], int]:
    """The page turned so that it can be read, its lines, read, and by how many degrees clockwise it was turned.

    The corners of the strips are those in the turned image.
    """
    found = find_lines(pixels)
    if not found:
        return pixels, [], 0
    turned = 0
    if _lies_sideways(found):
        turned = 90
        pixels = turn(pixels, turned)
        found = find_lines(pixels)
    strips = read_lines(pixels, found)
    sample = sorted(strips, key=lambda strip: _length(strip.corners))[-SAMPLE:]
    upright = _score(sample)
    if upright < SURE:
        overhead = read_lines(pixels, [strip.corners for strip in sample], flipped=True)
        if _score(overhead) > upright + BETTER:
            pixels, turned = turn(pixels, 180), turned + 180
            strips = read_lines(pixels, [_mirrored(corners, pixels) for corners in found])
    return pixels, strips, turned


def turn(pixels: Pixels, degrees: int) -> Pixels:
    """The image turned clockwise by a multiple of 90 degrees."""
    return np.ascontiguousarray(np.rot90(pixels, -(degrees // 90) % 4))


def _lies_sideways(found: Sequence[Points]) -> bool:
    """Most of the ink, by the length of lines, runs up and down."""
    tall = sum(_length(corners) for corners in found if _extent(corners)[1] > 1.5 * _extent(corners)[0])
    wide = sum(_length(corners) for corners in found if _extent(corners)[0] > 1.5 * _extent(corners)[1])
    return tall > wide


def _extent(corners: Points) -> tuple[float, float]:
    low, high = corners.min(axis=0), corners.max(axis=0)
    return float(high[0] - low[0]), float(high[1] - low[1])


def _length(corners: Points) -> float:
    return max(_extent(corners))


def _score(strips: Sequence[Strip]) -> float:
    return float(np.mean([strip.confidence for strip in strips])) if strips else 0.0


def _mirrored(corners: Points, pixels: Pixels) -> Points:
    """The corners after the image was turned by 180 degrees, again from the upper left one."""
    size = np.array([pixels.shape[1], pixels.shape[0]], dtype=np.float32)
    return np.asarray(np.roll(size - corners, 2, axis=0), dtype=np.float32)
