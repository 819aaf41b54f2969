"""Where a value stands: the page of a PDF or a photo with the words outlined, or the lines of a text."""

from __future__ import annotations

import io
import re
import struct
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient
from tests.serve.web.conftest import token

from navaid.errors import BadInput
from navaid.records.render.picture import picture
from navaid.records.render.upright import upright
from navaid.serve.web.desk import Desk
from navaid.serve.web.pages.record_pages import boxes_of_address
from navaid.terms import Box, Finding, How, Provenance

_OUTLINE = (176, 0, 96)


def pdf_of(*lines: str) -> bytes:
    """A PDF page of A5 with these lines, written by hand: its words are where the numbers say."""
    shown = b"".join(b"BT /F 12 Tf 40 %d Td (%s) Tj ET\n" % (540 - 40 * i, s.encode()) for i, s in enumerate(lines))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%sendstream" % (len(shown), shown),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(out),
    )


REPORT = pdf_of(
    "SURGICAL PATHOLOGY REPORT",
    "Collected: 2026-05-06",
    "Left breast, core biopsy: invasive ductal carcinoma, grade 2.",
    "Estrogen receptor: positive",
    "HER2 by IHC: 1+ (negative)",
)


def pixels(png: bytes) -> Any:
    image = pytest.importorskip("PIL.Image")
    return np.array(image.open(io.BytesIO(png)).convert("RGB"))


def outlined(png: bytes) -> tuple[float, float, float, float]:
    """The outline in a picture: left, top, right, bottom as parts of its size."""
    seen = pixels(png)
    rows, columns = np.nonzero((seen == _OUTLINE).all(axis=2))
    high, wide = seen.shape[:2]
    return columns.min() / wide, rows.min() / high, columns.max() / wide, rows.max() / high


def add(client: TestClient, desk: Desk, name: str, data: bytes) -> None:
    made = client.post("/records/papers", data={"csrf": token(client, "/records")}, files={"files": (name, data)})
    assert desk.jobs._held[made.headers["location"].rsplit("/", 1)[1]].wait(120)


def test_the_page_of_a_pdf_is_shown_with_the_words_outlined(unlocked: TestClient, desk: Desk) -> None:
    add(unlocked, desk, "report.pdf", REPORT)
    page = unlocked.get("/records/values/her2.ihc/where").text
    found = re.search(r'<img[^>]*? src="(/records/papers/[^"]+)" alt="([^"]+)"', page)
    assert found
    assert "Outlined on it are the words: HER2 by IHC: 1+" in found[2]
    assert "HER2 by IHC" in page
    near = unlocked.get(found[1].replace("&amp;", "&"))
    assert (near.status_code, near.headers["content-type"]) == (200, "image/png")
    assert near.headers["cache-control"] == "no-store"
    left, top, right, bottom = outlined(near.content)
    assert 0 <= left < right <= 1
    assert 0 <= top < bottom <= 1


def test_the_outline_stands_where_the_words_do() -> None:
    box = Box(x0=40, y0=205, x1=200, y1=220)  # the fifth line: 540 - 160 from below is 215 from above
    left, top, right, bottom = outlined(picture(REPORT, 1, [box]).data)
    assert left == pytest.approx(40 / 420, abs=0.02)
    assert right == pytest.approx(200 / 420, abs=0.02)
    assert top == pytest.approx(205 / 595, abs=0.02)
    assert bottom == pytest.approx(220 / 595, abs=0.02)


def test_the_ink_of_the_words_lies_inside_the_outline() -> None:
    plain, marked = (
        pixels(picture(REPORT, 1, boxes).data).astype(int) for boxes in ([], [Box(x0=40, y0=205, x1=200, y1=220)])
    )
    rows, columns = np.nonzero((marked == _OUTLINE).all(axis=2))
    inside = plain[rows.min() : rows.max(), columns.min() : columns.max()].sum(axis=2)
    assert (inside < 300).sum() > 200


def test_the_part_around_the_words_is_larger_than_on_the_whole_page() -> None:
    box = Box(x0=40, y0=205, x1=200, y1=220)
    whole, near = picture(REPORT, 1, [box]), picture(REPORT, 1, [box], near=True)
    share = outlined(near.data)[2] - outlined(near.data)[0]
    assert share > 1.5 * (outlined(whole.data)[2] - outlined(whole.data)[0])


def test_a_turned_page_is_as_wide_as_it_was_high() -> None:
    made = picture(REPORT, 1, turn=90)
    assert struct.unpack(">II", made.data[16:24]) == (made.width, made.height)
    assert made.width > made.height


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7 broken",
        b"\x89PNG\r\n\x1a\nbroken",
        b"text",
        b"GIF89a" + bytes(20),
        REPORT[:300],
        b"\xff\xd8\xff\xe0" * 9,
    ],
)
def test_a_broken_paper_has_no_picture_and_that_is_said(data: bytes) -> None:
    with pytest.raises(BadInput):
        picture(data, 1)


@pytest.mark.parametrize("number", [0, 2, 99999, -1])
def test_there_is_no_picture_of_a_page_that_is_not_there(number: int) -> None:
    with pytest.raises(BadInput, match="no such page"):
        picture(REPORT, number)


@pytest.mark.parametrize(
    "at", ["", "x", "1,2,3,4", "9.0,9.0,1.0,1.0", "1.0,1.0,2.0,nan", ";" * 50, "1.0,1.0,99999.0,99999.0"]
)
def test_an_address_that_was_tampered_with_outlines_nothing_or_within_the_page(
    unlocked: TestClient, desk: Desk, at: str
) -> None:
    add(unlocked, desk, "report.pdf", REPORT)
    page = unlocked.get("/records").text
    id_ = re.findall(r'href="/records/papers/([0-9a-f]+)">report.pdf', page)[0]
    for near in ("", "1"):
        made = unlocked.get(f"/records/papers/{id_}/pages/1.png", params={"at": at, "near": near})
        assert made.status_code == 200
    assert unlocked.get(f"/records/papers/{id_}/pages/7.png").status_code == 404
    assert unlocked.get(f"/records/papers/{id_}/pages/one.png").status_code == 404
    assert len(boxes_of_address(at)) <= 1


def test_a_picture_needs_the_open_records(unlocked: TestClient, desk: Desk) -> None:
    add(unlocked, desk, "report.pdf", REPORT)
    id_ = re.findall(r'href="/records/papers/([0-9a-f]+)">report.pdf', unlocked.get("/records").text)[0]
    unlocked.cookies.clear()
    made = unlocked.get(f"/records/papers/{id_}/pages/1.png")
    assert made.status_code == 401
    assert b"PNG" not in made.content


def test_a_text_shows_its_lines_with_the_words_marked(unlocked: TestClient) -> None:
    page = unlocked.get("/records/values/her2.ihc/where").text
    assert re.search(r"<mark>HER2 by IHC: 1\+[^<]*</mark>", page)
    assert "Progesterone receptor: positive" in page


def test_the_persons_own_word_is_told_as_such(unlocked: TestClient) -> None:
    csrf = token(unlocked, "/records")
    sign = re.findall(r'name="seen" value="(\w+)"', unlocked.get("/records/values/age").text)[0]
    form = {"csrf": csrf, "seen": sign, "rule": "correct", "value": "55"}
    assert unlocked.post("/records/values/age", data=form).status_code == 303
    page = unlocked.get("/records/values/age/where").text
    assert "You said: 55 years" in page


def test_the_whole_page_has_the_words_beside_it(unlocked: TestClient, desk: Desk) -> None:
    add(unlocked, desk, "report.pdf", REPORT)
    where = unlocked.get("/records/values/er.status/where").text
    whole = re.search(r'<a href="(/records/papers/[0-9a-f]+/pages/1\?at=[^"]+)"', where)
    assert whole
    page = unlocked.get(whole[1]).text
    assert "Outlined: “Estrogen receptor: positive”" in page
    assert 'alt="Page 1 of report.pdf' in page
    assert ">Page 2<" not in page
    assert unlocked.get(whole[1].replace("pages/1", "pages/2")).status_code == 404
    assert unlocked.get(whole[1].replace("pages/1", "pages/0")).status_code == 404


def test_a_photo_is_shown_with_the_words_outlined(unlocked: TestClient, desk: Desk) -> None:
    from navaid.records.read.ocr import available

    if available():
        pytest.skip("needs the extra `ocr`")
    add(unlocked, desk, "photo.jpg", _photo())
    page = unlocked.get("/records/values/her2.ish/where").text
    found = re.search(r'<img[^>]*? src="(/records/papers/[^"]+)" alt="Part of page 1 of photo.jpg', page)
    assert found, page
    made = unlocked.get(found[1].replace("&amp;", "&"))
    assert made.headers["content-type"] == "image/jpeg"
    assert pixels(made.content).shape[1] > 300
    paper = re.findall(r'href="/records/papers/([0-9a-f]+)"', unlocked.get("/records").text)[0]
    assert "This is a scan or a photo" in unlocked.get(f"/records/papers/{paper}").text


def _photo() -> bytes:
    image, draw, font = (pytest.importorskip(f"PIL.{name}") for name in ("Image", "ImageDraw", "ImageFont"))
    made = image.new("RGB", (1100, 500), "#f4efe2")
    pen, letters = draw.Draw(made), font.load_default(34)
    for number, text in enumerate(
        (
            "MOLECULAR PATHOLOGY REPORT",
            "Date: 2026-05-02",
            "HER2 in situ hybridization (ISH): NOT AMPLIFIED",
            "Left breast, invasive ductal carcinoma",
        )
    ):
        pen.text((60, 60 + 90 * number), text, fill="#222", font=letters)
    out = io.BytesIO()
    made.save(out, "JPEG", quality=90)
    return out.getvalue()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_that_lies_on_its_side_is_shown_upright(turn: int) -> None:
    """The lines of an upright page of 100 by 200, as they stand on the page turned back."""
    boxes = [Box(x0=10, y0=20 * number, x1=80, y1=20 * number + 8) for number in range(1, 6)]
    back = {
        0: lambda b: b,
        90: lambda b: Box(x0=b.y0, y0=100 - b.x1, x1=b.y1, y1=100 - b.x0),
        180: lambda b: Box(x0=100 - b.x1, y0=200 - b.y1, x1=100 - b.x0, y1=200 - b.y0),
        270: lambda b: Box(x0=200 - b.y1, y0=b.x0, x1=200 - b.y0, y1=b.x1),
    }[turn]
    found = [_finding(number, back(box)) for number, box in enumerate(boxes)]
    assert upright(found, 1) == turn
    assert upright(found[:1], 1) == 0
    assert upright(found, 2) == 0


def _finding(number: int, box: Box) -> Finding:
    place = Provenance(
        file="f", page=1, start=number * 50, end=number * 50 + 9, words="some words", how=How.OCR, box=box
    )
    return Finding(concept="er.status", value="positive", source=place)
