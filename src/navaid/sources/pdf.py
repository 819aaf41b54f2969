"""PDF with a text layer -> Document, by page: lines joined into paragraphs, running headers dropped.

Scans are not read here: a page that is only a picture has no words to quote.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from navaid.errors import UnreadableSource
from navaid.sources.own import own_document
from navaid.sources.text import TextBuilder, clean
from navaid.terms import Document

MAX_PAGES = 5_000
# PDFium writes U+FFFE (older versions U+0002) for a hyphen that breaks a word, and no line end after it.
_LINE = re.compile(r"[^\r\n\ufffe\x02]*(?:[\ufffe\x02]\r?\n?|\r?\n|\r|$)")
_BREAK_MARK = re.compile(r"[\ufffe\x02\xad]$")
_BULLET = re.compile(r"\s*(?:[•◦▪‣●○■–*·-]|\(?\d{1,2}[.)])\s+(?=\S)")
_SENTENCE_END = (".", "?", "!", ":", ";", "”", '"', ")")
_WORD_END = re.compile(r"[A-Za-zÀ-ÿ]+$")
_EDGE_LINES = 2  # a header or footer is looked for in this many lines at the top and the bottom
_NEAR = 4  # a line's length is compared with this many lines on either side: columns differ in width
_SHORT = 0.8  # a line this much shorter than the longest of them may end a paragraph
_LARGER, _MAX_HEADING = 1.15, 200
_GAP = 1.35  # a distance to the next line this many times the usual one begins a paragraph


class Line(NamedTuple):
    """One line of a page; the upper edge and height of its first letter in points, None where unknown."""

    text: str
    top: float | None
    height: float | None


def read_bytes(data: bytes, *, name: str = "document.pdf", retrieved: dt.date | None = None) -> Document:
    """The document in a PDF's text layer; `page_starts` says where each page begins.

    Raises `UnreadableSource` for a file that is damaged, locked with a password, or holds no text
    layer, as scans do.
    """
    with _open(data, name) as opened:
        title = opened.get_metadata_dict().get("Title", "")
        try:
            pages = [_lines(opened[number]) for number in range(len(opened))]
        except pdfium.PdfiumError as error:
            raise UnreadableSource("a page of the PDF is damaged", where=name, fix="get the file again") from error
    if not any(pages):
        raise UnreadableSource(
            "has no text layer: its pages are pictures, as scans are, and reading pictures (OCR) is not part "
            "of the library",
            where=name,
            fix="run it through an OCR program that writes a text layer, then add the result",
        )
    pages = _without_running_lines(pages)
    words, height = _hyphenated(pages), _body_height(pages)
    builder = TextBuilder()
    for page in pages:
        builder.page()
        for paragraph in _paragraphs(page):
            _add(builder, paragraph, words, height)
    return own_document(data, builder, name=name, title=title if len(clean(title)) > 3 else "", retrieved=retrieved)


def _open(data: bytes, name: str) -> pdfium.PdfDocument:
    try:
        opened = pdfium.PdfDocument(data)
        pages = len(opened)
    except (pdfium.PdfiumError, ValueError) as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise UnreadableSource(
                "is locked with a password",
                where=name,
                fix="open it with the password, and save or print a copy without",
            ) from error
        raise UnreadableSource("is damaged, or no PDF", where=name, fix="get the file again") from error
    if not 0 < pages <= MAX_PAGES:
        opened.close()
        raise UnreadableSource(f"has {pages} pages; up to {MAX_PAGES} are read", where=name, fix="split the file")
    return opened


def _lines(page: pdfium.PdfPage) -> list[Line]:
    textpage = page.get_textpage()
    text = textpage.get_text_range()
    # A line's place is asked for by character number; the numbers only agree when none was left out.
    aligned = len(text) == textpage.count_chars()
    lines, start = [], 0
    for raw in _LINE.findall(text):
        if raw.strip():
            first = start + len(raw) - len(raw.lstrip())
            lines.append(
                Line(_BREAK_MARK.sub("-", raw.strip()), *(_place(textpage, first) if aligned else (None, None)))
            )
        start += len(raw)
    textpage.close()
    page.close()
    return lines


def _place(textpage: pdfium.PdfTextPage, index: int) -> tuple[float | None, float | None]:
    try:
        _, bottom, _, top = textpage.get_charbox(index, loose=True)
    except (pdfium.PdfiumError, IndexError):
        return None, None
    return float(top), float(top - bottom)


def _without_running_lines(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """The pages without lines that stand at the edge of most of them, whatever the page number."""
    if len(pages) < 3:
        return list(pages)
    seen = Counter(key for page in pages for key in {_edge_key(line) for line in _edges(page)})
    running = {key for key, count in seen.items() if count > len(pages) / 2}
    kept = []
    for page in pages:
        edges = {id(line) for line in _edges(page)}
        kept.append([line for line in page if not (id(line) in edges and _edge_key(line) in running)])
    # A file of equal pages is all "header": then nothing can be told apart, and nothing is dropped.
    return kept if any(kept) else list(pages)


def _edges(page: list[Line]) -> list[Line]:
    return page[:_EDGE_LINES] + page[max(_EDGE_LINES, len(page) - _EDGE_LINES) :]


def _edge_key(line: Line) -> str:
    return re.sub(r"\d+", "#", clean(line.text))


def _paragraphs(page: list[Line]) -> Iterator[list[Line]]:
    """Groups of lines that stand together."""
    gaps = [gap for pair in itertools.pairwise(page) if (gap := _gap(*pair)) is not None]
    usual = statistics.median(gaps) if gaps else 0.0
    group: list[Line] = []
    for number, line in enumerate(page):
        if group and (_ends(page, number - 1) or _apart(group[-1], line, usual) or _BULLET.match(line.text)):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _ends(page: list[Line], number: int) -> bool:
    """Whether a line is the last of its paragraph: shorter than those around it, its sentence ended."""
    around = page[max(number - _NEAR, 0) : number + _NEAR + 1]
    text = page[number].text
    return text.endswith(_SENTENCE_END) and len(text) < _SHORT * max(len(line.text) for line in around)


def _apart(before: Line, line: Line, usual: float) -> bool:
    """Whether white space, or the top of a new column, stands between two lines."""
    if before.top is None or line.top is None:
        return False
    if _larger(line, before.height) != _larger(before, line.height):
        return True
    down = before.top - line.top
    return down > _GAP * usual > 0 or down < -_GAP * usual < 0


def _larger(line: Line, height: float | None) -> bool:
    """Whether a line is set in letters clearly larger than `height`, as headings are."""
    return line.height is not None and bool(height) and line.height > _LARGER * (height or 0)


def _body_height(pages: Sequence[list[Line]]) -> float | None:
    """The usual height of the file's letters: its median by characters."""
    heights = [line.height for page in pages for line in page if line.height for _ in range(len(line.text) // 10)]
    return statistics.median(heights) if heights else None


def _gap(before: Line, line: Line) -> float | None:
    """How far the next line stands below, in points; None where it does not."""
    if before.top is None or line.top is None or before.top - line.top < 1:
        return None
    return before.top - line.top


def _add(builder: TextBuilder, lines: list[Line], hyphenated: frozenset[str], height: float | None) -> None:
    text = lines[0].text
    for line in lines[1:]:
        text = _join(text, line.text, hyphenated)
    if len(text) < _MAX_HEADING and all(_larger(line, height) for line in lines):
        builder.heading(2, text)
    elif bullet := _BULLET.match(text):
        builder.item(text[bullet.end() :])
    else:
        builder.paragraph(text)


def _join(text: str, line: str, hyphenated: frozenset[str]) -> str:
    """Two lines as one, a word mended that was broken between them; `HER2-` + `negative` keeps its hyphen."""
    if not text.endswith("-"):
        return f"{text} {line}"
    left = _WORD_END.search(text[:-1])
    right = re.match(r"[a-zà-ÿ]+", line)
    if left is None or right is None or not left[0][-1].islower() or left[0].isupper():
        return f"{text[:-1]}-{line}"
    keep = f"{left[0]}-{right[0]}".lower() in hyphenated
    return f"{text[:-1]}{'-' if keep else ''}{line}"


def _hyphenated(pages: Sequence[list[Line]]) -> frozenset[str]:
    """The compounds that the file writes with a hyphen inside a line: they keep it at a line's end."""
    compound = re.compile(r"[a-zà-ÿ]+-[a-zà-ÿ]+")
    return frozenset(word for page in pages for line in page for word in compound.findall(line.text.lower()))
