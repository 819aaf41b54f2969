"""Reports as pictures: laid out at 200 dpi in a proportional font, then spoilt as scanners and telephones do.

Everything that is drawn by lot comes from a seed made of the report's name, so that a run can be repeated.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter, ImageFont

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
Pixels = npt.NDArray[np.float32]

DPI = 200
SIZE = (1700, 2200)  # letter
MARGIN = 160
FONTS = (
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
)
KINDS = ("scan", "photograph")


def generator(name: str) -> np.random.Generator:
    return np.random.default_rng(int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big"))


def pages(text: str, name: str) -> Iterator[Image.Image]:
    """The report as clean pages, in a font and a size of 10 to 12 points drawn by lot."""
    face, size = font(name)
    pitch = round(size * 1.25)
    set_ = list(lines(text, face))
    most = (SIZE[1] - 2 * MARGIN) // pitch
    for start in range(0, len(set_), most):
        page = Image.new("L", SIZE, 255)
        draw = ImageDraw.Draw(page)
        for number, line in enumerate(set_[start : start + most]):
            draw.text((MARGIN, MARGIN + number * pitch), line, font=face, fill=0)
        yield page


def font(name: str) -> tuple[Font, int]:
    """The font that the lot gives this report, and its size in pixels."""
    lot = generator(name)
    there = [path for path in FONTS if Path(path).is_file()]
    size = round(float(lot.uniform(10, 12)) * DPI / 72)
    return (ImageFont.truetype(there[lot.integers(len(there))], size) if there else ImageFont.load_default(size)), size


def lines(text: str, face: Font) -> Iterator[str]:
    """The lines of a page in this font."""
    for paragraph in text.splitlines():
        yield from _wrapped(paragraph, face)


def _wrapped(paragraph: str, font: Font) -> Iterator[str]:
    line = ""
    for word in paragraph.split():
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > SIZE[0] - 2 * MARGIN:
            yield line
            line = word
        else:
            line = longer
    yield line


def spoilt(page: Image.Image, kind: str, name: str) -> bytes:
    """The page as JPEG, as a scanner (`scan`) or a telephone (`photograph`) would deliver it."""
    lot = generator(f"{name} {kind}")
    return _scan(page, lot) if kind == "scan" else _photograph(page, lot)


def _scan(page: Image.Image, lot: np.random.Generator) -> bytes:
    """Tilt up to 2 degrees, blur, grey paper and pale ink, light that falls off to one side, noise, JPEG."""
    page = page.rotate(float(lot.uniform(-2, 2)), resample=Image.Resampling.BICUBIC, fillcolor=255)
    page = page.filter(ImageFilter.GaussianBlur(float(lot.uniform(0.5, 1.1))))
    grey = _inked(np.asarray(page, dtype=np.float32), lot)
    grey *= _slope(grey.shape, lot, darkest=0.75)
    grey += lot.normal(0, float(lot.uniform(6, 14)), grey.shape).astype(np.float32)
    return _jpeg(Image.fromarray(grey.clip(0, 255).astype(np.uint8)), int(lot.integers(40, 65)))


def _photograph(page: Image.Image, lot: np.random.Generator) -> bytes:
    """Seen askew on a dark table, a soft shadow, warm light, blur, noise, JPEG; 1.2 times as large as the scan."""
    width, height = round(SIZE[0] * 1.2), round(SIZE[1] * 1.2)
    edge = np.array([[0, 0], [SIZE[0], 0], [SIZE[0], SIZE[1]], [0, SIZE[1]]], dtype=np.float32)
    inset = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]], dtype=np.float32)
    seen = edge * 1.2 + inset * lot.uniform(0.01, 0.06, (4, 2)).astype(np.float32) * np.float32(width)
    transform = cv2.getPerspectiveTransform(edge, seen.astype(np.float32))
    inked = _inked(np.asarray(page, dtype=np.float32), lot)
    grey = cv2.warpPerspective(inked, transform, (width, height), flags=cv2.INTER_CUBIC, borderValue=(60.0,))
    grey = np.asarray(cv2.GaussianBlur(grey, (0, 0), float(lot.uniform(0.7, 1.3))), dtype=np.float32)
    grey *= _slope(grey.shape, lot, darkest=0.7) * _shadow(grey.shape, lot)
    colour = np.stack([grey, grey * 0.95, grey * float(lot.uniform(0.75, 0.95))], axis=-1)
    colour += lot.normal(0, float(lot.uniform(4, 9)), colour.shape).astype(np.float32)
    return _jpeg(Image.fromarray(colour.clip(0, 255).astype(np.uint8)), int(lot.integers(60, 80)))


def _inked(page: Pixels, lot: np.random.Generator) -> Pixels:
    """Black and white become the grey of ink and paper."""
    ink, paper = float(lot.uniform(20, 70)), float(lot.uniform(220, 250))
    return np.asarray(ink + page * ((paper - ink) / 255), dtype=np.float32)


def _slope(shape: tuple[int, ...], lot: np.random.Generator, darkest: float) -> Pixels:
    """Light that falls off evenly in one direction, down to `darkest` or less strongly."""
    angle, low = float(lot.uniform(0, 2 * np.pi)), float(lot.uniform(darkest, 0.95))
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    along = np.cos(angle) * x / shape[1] + np.sin(angle) * y / shape[0]
    along = (along - along.min()) / (along.max() - along.min())
    return np.asarray(low + (1 - low) * along, dtype=np.float32)


def _shadow(shape: tuple[int, ...], lot: np.random.Generator) -> Pixels:
    """The shadow of a hand or an arm: a half plane with a soft edge, down to 0.45 of the light."""
    angle, deep = float(lot.uniform(0, 2 * np.pi)), float(lot.uniform(0.45, 0.75))
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    across = np.cos(angle) * (x / shape[1] - 0.5) + np.sin(angle) * (y / shape[0] - 0.5)
    edge = float(lot.uniform(-0.2, 0.2))
    return np.asarray(deep + (1 - deep) / (1 + np.exp(-(across - edge) * 25)), dtype=np.float32)


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()
