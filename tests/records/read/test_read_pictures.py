"""When a page is read as a picture, and what is said where nothing reads pictures."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from benchmarks.records_parts import papers

from navaid.records.paper import Paper
from navaid.records.read import docx, pdf, pictures, read
from navaid.records.read.layout import Placed
from navaid.records.read.quality import Quality, quality
from navaid.records.read.source import Source
from navaid.terms import Box, How

_LINE = "Estrogen receptor positive in most of the tumour cells"


def _silent(number: int, of: int, seconds: float) -> None:
    """The `OnPage` that says nothing."""


def _words(text: str) -> list[Placed]:
    return [Placed(word, Box(x0=0, y0=0, x1=9, y1=9)) for word in text.split()]


def _scanned(line: str) -> bytes:
    """A JPEG of one line of black text on white."""
    image_module, draw, font = (pytest.importorskip(f"PIL.{name}") for name in ("Image", "ImageDraw", "ImageFont"))
    image = image_module.new("RGB", (900, 200), "white")
    draw.Draw(image).text((40, 70), line, fill="black", font=font.load_default(30))
    out = io.BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()


def _image_pdf(picture: bytes, *, stamp: str = "") -> bytes:
    """A page that is nothing but this picture, 450 by 100 points, and a stamp."""
    entry = b"<< /Type /XObject /Subtype /Image /Width 900 /Height 200 /ColorSpace /DeviceRGB /BitsPerComponent 8 "
    entry += b"/Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream" % (len(picture), picture)
    drawn = f"q 450 0 0 100 0 0 cm /Im Do Q {papers.text_at([(5, 5, stamp)], size=6)}"
    data = papers.pdf([drawn], box="0 0 450 100", objects={5: entry})
    return data.replace(b"/Resources << ", b"/Resources << /XObject << /Im 5 0 R >> ")


def _pdf(data: bytes) -> Paper:
    return pdf.read(Source(data=data, path="a.pdf", name="a.pdf"), _silent)


@pytest.mark.parametrize(
    ("text", "image_share", "paths", "wanted"),
    [
        (_LINE * 3, 0.0, 10, Quality.GOOD),
        ("", 0.0, 0, Quality.GOOD),
        ("page 1", 1.0, 0, Quality.POOR),
        ("", 0.0, 5_000, Quality.POOR),
        ("printed by the portal on 1 May 2024 for Ann Other, page 1", 1.0, 0, Quality.POOR),
        (f"{_LINE} " * 10, 1.0, 0, Quality.SCANNED),
        ("\ue012\ue013\ue014 \ue015\ue016 " * 20, 0.0, 0, Quality.POOR),
        ("xkcdq bvnmr trwqz lkjhg " * 10, 0.0, 0, Quality.POOR),
        ("ER PR HER2 FISH 12 34 56 1.18 < 20 % " * 10, 0.0, 0, Quality.GOOD),
        ("Опухоль левой молочной железы, степень 2 " * 5, 0.0, 0, Quality.GOOD),
    ],
)
def test_how_far_a_text_layer_is_trusted(text: str, image_share: float, paths: int, wanted: Quality) -> None:
    assert quality(_words(text), image_share, paths) is wanted


def test_where_nothing_reads_pictures_it_is_said_with_what_mends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "missing", lambda: "Scans cannot be read: pip install 'navaid[ocr]'")
    picture = _scanned(_LINE)
    for paper in (
        _pdf(_image_pdf(picture, stamp="page 1")),
        pictures.read(Source(data=picture, path="a.jpg", name="a.jpg"), _silent),
    ):
        assert paper.notes == ("Scans cannot be read: pip install 'navaid[ocr]'",)
    assert _pdf(_image_pdf(picture, stamp="page 1")).text == "page 1"


def test_a_scan_in_a_pdf_a_photo_and_a_picture_pasted_into_word_are_read(tmp_path: Path) -> None:
    if said := pictures.missing():
        pytest.skip(said)
    picture = _scanned(_LINE)
    (page,) = _pdf(_image_pdf(picture, stamp="page 1")).pages
    assert (page.how, page.unit, page.width, page.height) == (How.OCR, "pt", 450, 100)
    assert all(0 <= word.box.x0 < word.box.x1 <= 450 for word in page.words)
    assert any(word.confidence for word in page.words)
    file = tmp_path / "photo.pdf"
    file.write_bytes(picture)
    (photo,) = read(file)
    assert photo.media_type == "image/jpeg"
    assert any("this file is a picture" in note for note in photo.notes)
    letter = papers.docx("<w:p/>", parts={"word/media/image1.jpeg": picture})
    word = docx.read(Source(data=letter, path="a.docx", name="a.docx"), _silent)
    for text in (photo.text, word.text, _pdf(_image_pdf(picture)).text):
        assert "receptor positive" in text
