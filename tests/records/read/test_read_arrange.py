"""Words and what is drawn around them -> lines: nothing is lost or told twice, whatever the page looks like."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from navaid.records.read.arrange import arranged
from navaid.records.read.layout import Placed, spell
from navaid.records.read.ruled import Rules
from navaid.terms import Box

_places = st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(1, 8), st.integers(1, 2))
_drawn = st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30), st.integers(0, 20))


def _box(place: tuple[int, int, int, int], step: float) -> Box:
    x, y, wide, high = place
    return Box(x0=x * step, y0=y * step, x1=(x + wide) * step, y1=(y + high) * step)


@settings(max_examples=150, deadline=None)
@given(st.lists(_places, max_size=40), st.lists(_drawn, max_size=30))
def test_each_word_stands_once(places: list[tuple[int, int, int, int]], drawn: list[tuple[int, int, int, int]]) -> None:
    page = [Placed(f"w{number}:", _box(place, 9.0)) for number, place in enumerate(places)]
    rules = Rules(tuple(_box(place, 9.0) for place in drawn), 0.0, len(drawn))
    lines = arranged(page, rules)
    assert sorted(word for line in lines for cell in line for word in cell) == list(range(len(page)))
    text, spans = spell(lines, [word.text for word in page])
    assert [text[start:end] for _, start, end in spans] == [page[word].text for word, _, _ in spans]
    assert [start for _, start, _ in spans] == sorted(start for _, start, _ in spans)


def _row(y: float, *cells: tuple[float, str]) -> list[Placed]:
    """Words 6 points a sign, 12 high, 4 apart, from these places on."""
    out = []
    for x, text in cells:
        for word in text.split():
            out.append(Placed(word, Box(x0=x, y0=y, x1=x + 6 * len(word), y1=y + 12)))
            x += 6 * len(word) + 4
    return out


def _text(page: list[Placed], *drawn: Box) -> list[str]:
    return spell(arranged(page, Rules(drawn, 0.0, len(drawn))), [word.text for word in page])[0].split("\n")


def test_coloured_cells_part_a_row_as_lines_do() -> None:
    page = _row(104, (12, "Estrogen"), (102, "Positive in most")) + _row(116, (12, "receptor"))
    left, right = Box(x0=10, y0=100, x1=100, y1=130), Box(x0=100, y0=100, x1=300, y1=130)
    assert _text(page, left, right) == ["Estrogen receptor\tPositive in most"]


def test_labels_above_each_other_in_a_drawn_cell_are_lines_of_their_own() -> None:
    page = _row(104, (12, "Name: Ann"), (202, "Ward: 7")) + _row(118, (12, "Sex: F"))
    left, right = Box(x0=10, y0=100, x1=200, y1=140), Box(x0=200, y0=100, x1=400, y1=140)
    assert _text(page, left, right) == ["Name: Ann", "Sex: F", "Ward: 7"]


def test_a_frame_around_prose_is_no_table() -> None:
    page = _row(104, (12, "one line of text")) + _row(118, (12, "and one more line"))
    assert _text(page, Box(x0=10, y0=100, x1=300, y1=140)) == ["one line of text", "and one more line"]


def test_words_beside_a_drawn_table_are_kept_in_their_rows() -> None:
    page = _row(104, (12, "ER"), (102, "positive"), (420, "see below"))
    left, right = Box(x0=10, y0=100, x1=100, y1=130), Box(x0=100, y0=100, x1=300, y1=130)
    assert _text(page, left, right) == ["ER\tpositive\tsee below"]


def test_the_spaces_of_a_typewriter_part_no_columns() -> None:
    lines = ("the node is free of it and", "one of two was cut out by", "you can see it if you ask")
    page = [
        Placed(word, Box(x0=12 + 7 * at, y0=100 + 14 * number, x1=12 + 7 * (at + len(word)), y1=112 + 14 * number))
        for number, line in enumerate(lines * 2)
        for at, word in _words(line)
    ]
    assert _text(page) == list(lines * 2)


def _words(line: str) -> list[tuple[int, str]]:
    at, out = 0, []
    for word in line.split(" "):
        out.append((at, word))
        at += len(word) + 1
    return out
