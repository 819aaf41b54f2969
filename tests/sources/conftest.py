"""What the tests of `sources` share: a check of a document's shape, and a maker of small PDF files."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

import pytest

from navaid.sources import Skipped
from navaid.terms import BlockKind, Document, decode, encode


def check(document: Document) -> Document:
    """Fail unless spans are exact, blocks in order and the text clean; gives the document back."""
    text, place = document.text, 0
    for block in document.blocks:
        assert place <= block.start < block.end <= len(text)
        assert text[place : block.start] in ("", "\n", "\n\n")
        assert text[block.start : block.end] == " ".join(text[block.start : block.end].split())
        assert 1 <= block.level <= 6 if block.kind is BlockKind.HEADING else block.level >= 0
        place = block.end
    assert place == len(text)
    assert text
    assert unicodedata.is_normalized("NFC", text)
    assert not any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text.replace("\n", ""))
    assert list(document.page_starts) == sorted(document.page_starts)
    assert all(0 <= start <= len(text) for start in document.page_starts)
    assert document.title.strip()
    assert document.id.partition(":")[2]
    assert decode(encode(document), Document) == document
    return document


@pytest.fixture
def well_formed() -> Callable[[Document], Document]:
    return check


@pytest.fixture
def skips() -> list[Skipped]:
    return []


PdfLine = tuple[float, float, float, str]  # x, y, size, text


def pdf_bytes(pages: Sequence[Sequence[PdfLine]], *, trailer: bytes = b"", picture: bool = False) -> bytes:
    """A PDF that draws each line at its place in Helvetica, or a grey rectangle where `picture` is set."""
    count = len(pages)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (count, b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(count))),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        drawn = b"0.5 g 50 50 400 600 re f\n" if picture else b""
        for x, y, size, text in lines:
            escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")
            drawn += b"BT /F1 %g Tf %g %g Td (%s) Tj ET\n" % (size, x, y, escaped)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * number)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    xref = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    end = b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, len(data))
    return data + xref + end


@pytest.fixture
def make_pdf() -> Callable[..., bytes]:
    return pdf_bytes
