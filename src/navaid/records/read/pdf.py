"""PDF -> Paper: the words of the text layer with their boxes, set into lines, rows and columns; or else by OCR."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from navaid.records.paper import Paper, Word
from navaid.records.read import limits, pictures
from navaid.records.read.arrange import arranged
from navaid.records.read.layout import Placed, spell
from navaid.records.read.pdf_words import Words, placed_words
from navaid.records.read.quality import Quality, quality
from navaid.records.read.ruled import Rules, rules
from navaid.records.read.source import Draft, OnPage, Source
from navaid.records.read.turn import turned_back
from navaid.terms import How

_LOCKED = "is locked with a password"
_UNLOCK = "open it with its password, save or print a copy without one, and add that"
_LARGE_PICTURE = 0.3  # of the page; logos are smaller
_CUT = "The file seems to be cut short; pages at its end may be missing. Get it again if you can."
_SCANNED = "Pages of this file are scans whose text another program read; check what was found against the picture."
_ATTACHED = "Files are attached within this PDF and were not read; save them from it and add them."
_XFA = "This form keeps its answers in a way that only some programs show; print it to a new PDF and add that."
_AWAY = "Text that stands outside the page or is too small to see was left out."
_TOO_MANY = f"Only the first {limits.OCR_PAGES} scanned pages were read; split the file to have the others read."


def read(source: Source, on_page: OnPage) -> Paper:
    """The paper of a PDF. Raises BadInput for one that is locked, damaged or too large."""
    with _opened(source) as document:
        count = len(document)
        if count == 0:
            raise source.error("is a PDF without a page", "get the file again")
        if count > limits.PAGES:
            raise source.error(
                f"has {count:,} pages; {limits.PAGES:,} are read", "split it, and add the parts you need"
            )
        draft = Draft(source, "application/pdf")
        if b"%%EOF" not in source.data[-2048:]:
            draft.note(_CUT)
        _note_parts(draft, document)
        scans = 0
        for number in range(1, count + 1):
            on_page(number, count, limits.PAGE_SECONDS)
            scanned = _add_page(draft, document, number, scans < limits.OCR_PAGES, on_page)
            scans += scanned
        return draft.paper()


def _note_parts(draft: Draft, document: pypdfium2.PdfDocument) -> None:
    if pdfium.FPDFDoc_GetAttachmentCount(document) > 0:
        draft.note(_ATTACHED)
    if document.get_formtype() in (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND):
        draft.note(_XFA)


@contextmanager
def _opened(source: Source) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(source.data)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "assword" in str(error):
            raise source.error(_LOCKED, _UNLOCK) from error
        raise source.error("is a damaged or cut PDF", "get the file again, or print it to a new PDF") from error
    with suppress(pypdfium2.PdfiumError):  # forms are then read as the page shows them, maybe without their answers
        document.init_forms()
    try:
        yield document
    finally:
        document.close()


def _add_page(draft: Draft, document: pypdfium2.PdfDocument, number: int, may_scan: bool, on_page: OnPage) -> bool:
    """Add one page; True if it was read, or should have been read, by OCR."""
    try:
        page = page_of(document, number)
    except pypdfium2.PdfiumError:
        draft.note(f"Page {number} is damaged and was not read.")
        draft.page("", How.TEXT_LAYER)
        return False
    width, height = page.get_size()
    if not (0 < width <= limits.PAGE_POINTS and 0 < height <= limits.PAGE_POINTS):
        draft.note(f"Page {number} is {width / 72:,.0f} by {height / 72:,.0f} inches and was not read.")
        draft.page("", How.TEXT_LAYER)
        return False
    found = placed_words(page)
    if found.left_out:
        draft.note(_AWAY)
    objects = rules(page)
    everything = [*found.words, *(word for words in found.aside.values() for word in words)]
    how_good = quality(everything, objects.image_share, objects.paths)
    if how_good is Quality.POOR:
        note = pictures.missing() or ("" if may_scan else _TOO_MANY)
        if not note:
            on_page(number, len(document), limits.OCR_SECONDS)
            _ocr_page(draft, page, number)
            return True
        draft.note(note)
    elif how_good is Quality.SCANNED:
        draft.note(_SCANNED)
    elif objects.image_share > _LARGE_PICTURE:
        draft.note(f"Page {number} holds a large picture beside its text, which was not read.")
    _text_page(draft, found, objects, (width, height))
    return how_good is Quality.POOR


def page_of(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    """The page, with what was filled in (forms, remarks) made part of it."""
    page = document[number - 1]
    noted = pdfium.FPDFPage_GetAnnotCount(page) > 0
    if noted and page.flatten(pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
        page.close()
        page = document[number - 1]
    return page


def _text_page(draft: Draft, found: Words, objects: Rules, size: tuple[float, float]) -> None:
    """Set the words into lines as a reader sees them, the page turned upright; what lies otherwise comes last."""
    words = list(found.words)
    lines = arranged(_upright(words, size, found.turned), objects.turned_back(size, found.turned))
    for turned, aside in sorted(found.aside.items()):
        first = len(words)
        words += aside
        more = arranged(_upright(aside, size, turned))
        lines += [*([[]] if lines else []), *([[first + word for word in cell] for cell in line] for line in more)]
    text, spans = spell(lines, [word.text for word in words])
    draft.page(
        text,
        How.TEXT_LAYER,
        [Word(start=start, end=end, box=words[index].box) for index, start, end in spans],
        width=size[0],
        height=size[1],
        unit="pt",
        turned=found.turned,
    )


def _upright(words: Sequence[Placed], size: tuple[float, float], turned: int) -> list[Placed]:
    return [Placed(word.text, turned_back(word.box, size, turned)) for word in words]


def _ocr_page(draft: Draft, page: pypdfium2.PdfPage, number: int) -> None:
    width, height = page.get_size()
    scale = limits.RENDER_DPI / 72
    if width * height * scale**2 > limits.RENDER_PIXELS:
        scale = (limits.RENDER_PIXELS / (width * height)) ** 0.5
    image: Any = page.render(scale=scale).to_pil()
    pictures.add(draft, image, number, unit="pt", scale=scale, size=(width, height))
