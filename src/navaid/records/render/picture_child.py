"""The process in which a page is drawn: a Wish comes in, a Picture goes out. Run by `picture`."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from navaid.errors import NavaidError
from navaid.records.read import child, limits
from navaid.records.read.kinds import Kind, Unread, kind_of
from navaid.records.render.picture import Answer, NoPicture, Pages, Picture, Wish
from navaid.terms import Box

Pixels = npt.NDArray[np.uint8]

_LONG, _WIDE = 1700.0, 900.0  # pixels: the long side of a whole page, the width of a part of one
_OUTLINE = (176, 0, 96)
_TINT = np.array([1.0, 0.96, 0.72])
_NO_PAGE = NoPicture("this paper has no such page", "go back and look at the list of its pages")


def main() -> None:
    """Answer the one wish on the standard input."""
    wishes, answers = child.private_streams()
    child.confine()
    child.allow(limits.PAGE_SECONDS)
    wish = msgspec.msgpack.decode(wishes.read(), type=Wish)
    answers.write(msgspec.msgpack.encode(_answer(wish)))
    answers.flush()


def _answer(wish: Wish) -> Answer:
    try:
        kind = kind_of(wish.data)
        if kind is Kind.PDF:
            return _of_pdf(wish)
        if kind is Kind.IMAGE:
            return _of_photo(wish)
        return NoPicture("this paper has no pages to look at", "open the original instead")
    except NavaidError as error:
        return NoPicture(error.what, error.fix)
    except (Unread, MemoryError):
        return NoPicture("this page cannot be drawn", "open the original instead")
    except Exception as error:  # whatever a parser stumbles over; only its kind is told
        return NoPicture(f"this page cannot be drawn ({type(error).__name__})", "open the original instead")


def _of_pdf(wish: Wish) -> Answer:
    import pypdfium2  # type: ignore[import-untyped]

    from navaid.records.read.pdf import page_of

    document: Any = pypdfium2.PdfDocument(wish.data)
    if wish.page == 0:
        return Pages(len(document))
    document.init_forms()
    if not 1 <= wish.page <= len(document):
        return _NO_PAGE
    page = page_of(document, wish.page)
    width, height = page.get_size()
    if not (0 < width <= limits.PAGE_POINTS and 0 < height <= limits.PAGE_POINTS):
        return NoPicture("this page is too large to be drawn", "open the original instead")
    part = _around(wish.boxes, width, height) if wish.near and wish.boxes else Box(x0=0, y0=0, x1=width, y1=height)
    scale = _WIDE / (part.x1 - part.x0) if wish.near and wish.boxes else _LONG / max(width, height)
    crop = (part.x0, height - part.y1, width - part.x1, part.y0)
    pixels = page.render(scale=scale, crop=crop, rev_byteorder=True).to_numpy()
    drawn = np.array(pixels[:, :, :3] if pixels.ndim == 3 else np.repeat(pixels[:, :, None], 3, axis=2))
    return _png(_turned(_outlined(drawn, wish.boxes, part, scale), wish.turn))


def _of_photo(wish: Wish) -> Answer:
    from navaid.records.read.ocr import open_image

    if wish.page == 0:
        return Pages(sum(1 for _ in open_image(wish.data)))
    image = next((found for number, found in enumerate(open_image(wish.data), 1) if number == wish.page), None)
    if image is None:
        return _NO_PAGE
    width, height = image.size
    part = Box(x0=0, y0=0, x1=width, y1=height)
    scale = min(1.0, _LONG / max(width, height))
    if wish.near and wish.boxes:
        part = _around(wish.boxes, width, height)
        image = image.crop((round(part.x0), round(part.y0), round(part.x1), round(part.y1)))
        scale = min(2.0, _WIDE / max(1.0, part.x1 - part.x0))
    image = image.resize((max(1, round(image.width * scale)), max(1, round(image.height * scale))))
    drawn = _turned(_outlined(np.array(image), wish.boxes, part, scale), wish.turn)
    return _jpeg(drawn)


def _around(boxes: Sequence[Box], width: float, height: float) -> Box:
    """The part of the page around the words that a small screen can show legibly: half its width, and all words."""
    x0, y0 = min(box.x0 for box in boxes), min(box.y0 for box in boxes)
    x1, y1 = max(box.x1 for box in boxes), max(box.y1 for box in boxes)
    wide = min(width, max((x1 - x0) * 1.15, 0.45 * min(width, height)))
    high = min(height, max((y1 - y0) * 1.5, 0.3 * wide))
    left = min(max(0.0, (x0 + x1 - wide) / 2), width - wide)
    top = min(max(0.0, (y0 + y1 - high) / 2), height - high)
    return Box(x0=left, y0=top, x1=left + wide, y1=top + high)


def _outlined(drawn: Pixels, boxes: Sequence[Box], part: Box, scale: float) -> Pixels:
    """The words on a light ground, with a line around them: neither the colour nor the line alone tells of them."""
    high, wide = drawn.shape[:2]
    thick = max(2, round(min(wide, high) / 300))
    for box in boxes:
        x0, x1 = (round((x - part.x0) * scale) for x in (box.x0, box.x1))
        y0, y1 = (round((y - part.y0) * scale) for y in (box.y0, box.y1))
        x0, y0 = max(0, x0 - 3 * thick), max(0, y0 - 2 * thick)
        x1, y1 = min(wide, x1 + 3 * thick), min(high, y1 + 2 * thick)
        if x0 >= x1 or y0 >= y1:
            continue
        inside = drawn[y0:y1, x0:x1]
        inside[...] = (inside * _TINT).astype(np.uint8)
        inside[:thick], inside[-thick:] = _OUTLINE, _OUTLINE
        inside[:, :thick], inside[:, -thick:] = _OUTLINE, _OUTLINE
    return drawn


def _turned(drawn: Pixels, degrees: int) -> Pixels:
    return np.ascontiguousarray(np.rot90(drawn, -(degrees // 90) % 4))


def _png(drawn: Pixels) -> Picture:
    """As PNG, grey where nothing is coloured; written here, so that a PDF needs no package for pictures."""
    high, wide = drawn.shape[:2]
    grey = bool((drawn[:, :, 0] == drawn[:, :, 1]).all() and (drawn[:, :, 1] == drawn[:, :, 2]).all())
    rows = drawn[:, :, 0] if grey else drawn.reshape(high, wide * 3)
    raw = np.zeros((high, rows.shape[1] + 1), np.uint8)
    raw[:, 1:] = rows
    head = struct.pack(">IIBBBBB", wide, high, 8, 0 if grey else 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(raw.tobytes(), 6)), (b"IEND", b""))
    data = b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in chunks)
    return Picture("image/png", data, wide, high)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _jpeg(drawn: Pixels) -> Picture:
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.fromarray(drawn).save(out, "JPEG", quality=82)
    return Picture("image/jpeg", out.getvalue(), drawn.shape[1], drawn.shape[0])


if __name__ == "__main__":
    main()
