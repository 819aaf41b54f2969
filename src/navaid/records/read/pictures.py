"""Pictures -> Paper, by OCR where it is installed; where it is not, a note says how to install it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from navaid.records.paper import Paper
from navaid.records.read import limits
from navaid.records.read.source import Draft, OnPage, Source
from navaid.terms import How

if TYPE_CHECKING:
    from PIL.Image import Image


def read(source: Source, on_page: OnPage) -> Paper:
    """The paper of a photo or scan, a page for each of its pictures. Raises BadInput for one that cannot be opened."""
    draft = Draft(source, _media_type(source.data))
    add_all(draft, source.data, on_page)
    return draft.paper()


def add_all(draft: Draft, data: bytes, on_page: OnPage) -> None:
    """Add the pages of one picture file, or the note that OCR is missing. Raises BadInput for a damaged one."""
    if note := missing():
        draft.note(note)
        return
    from navaid.records.read.ocr import open_image

    on_page(1, 1, limits.OCR_SECONDS)
    for number, image in enumerate(open_image(data), start=1):
        if number > limits.OCR_PAGES:
            draft.note(f"Only the first {limits.OCR_PAGES} pictures of this file were read; split it.")
            break
        if number > 1:
            on_page(number, number, limits.OCR_SECONDS)
        add(draft, image, number, unit="px", scale=1.0)


@cache
def missing() -> str:
    """A note on what OCR needs and is not installed, with the command that mends it; empty where all is there."""
    from navaid.records.read.ocr import available

    said = available()
    return f"{said[0].upper()}{said[1:]}" if said and said.startswith("scans") else ""


def add(
    draft: Draft, image: Image, number: int, *, unit: str, scale: float, size: tuple[float, float] | None = None
) -> None:
    """Add a picture as a page; its pixels divided by `scale` are `unit`, `size` is the page's own, if it has one."""
    from navaid.records.read.ocr import recognise

    found = recognise(image, unit=unit, scale=scale)
    for note in found.notes:
        draft.note(f"Page {number}: {note}")
    draft.page(
        found.text,
        How.OCR,
        found.words,
        width=size[0] if size else found.width,
        height=size[1] if size else found.height,
        unit=found.unit,
        turned=found.turned,
    )


def _media_type(data: bytes) -> str:
    types = ((b"\x89PNG", "png"), (b"\xff\xd8", "jpeg"), (b"GIF8", "gif"), (b"BM", "bmp"), (b"RIFF", "webp"))
    known = next((name for magic, name in types if data.startswith(magic)), "")
    return f"image/{known or ('heic' if data[4:8] == b'ftyp' else 'tiff')}"
