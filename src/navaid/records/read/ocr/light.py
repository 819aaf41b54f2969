"""A photograph in uneven light, made even: in a deep shadow the engine that looks for lines passes over half of them.

A page in even light is left as it is: measured on scans and mild shadows, this changes nothing there.
"""

from __future__ import annotations

import numpy as np

from navaid.records.read.ocr.engine import Pixels

SHRINK = 4  # the paper is looked at in a quarter of the size: light changes slowly
LETTERS = 7  # pixels of that size: strokes thinner than this are ink, not paper
SMOOTH = 21
UNEVEN = 0.7  # of the brightest paper: if a twentieth of the picture is darker, its light is made even
WHITE = 245


def evened(pixels: Pixels) -> Pixels:
    """The picture with its paper equally bright everywhere; itself where it is so already."""
    import cv2

    high, wide = pixels.shape[:2]
    if min(high, wide) < SHRINK * SMOOTH:
        return pixels
    small = cv2.resize(pixels, (wide // SHRINK, high // SHRINK), interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((LETTERS, LETTERS), np.uint8)), SMOOTH)
    dark, bright = np.percentile(paper.max(axis=2), (5, 95))
    if dark >= UNEVEN * bright:
        return pixels
    light = cv2.resize(paper, (wide, high), interpolation=cv2.INTER_LINEAR).astype(np.float32)
    return np.asarray((pixels * (WHITE / np.maximum(light, 1))).clip(0, 255), dtype=np.uint8)
