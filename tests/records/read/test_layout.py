"""Words with boxes become lines: cells of a row, columns of prose one after the other, paragraphs."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from navaid.records.read.layout import lines, spell
from navaid.terms import Box

HIGH = 10.0
SPACE = 3.0
LETTER = 5.0


def put(x: float, y: float, text: str) -> list[tuple[str, Box]]:
    """The words of a line of print that starts here."""
    out = []
    for word in text.split():
        out.append((word, Box(x0=x, y0=y, x1=x + LETTER * len(word), y1=y + HIGH)))
        x += LETTER * len(word) + SPACE
    return out


def text(placed: list[tuple[str, Box]]) -> str:
    random.Random(1).shuffle(placed)
    return spell(lines([box for _, box in placed]), [word for word, _ in placed])[0]


def test_cells_of_a_row_are_parted_by_a_tab() -> None:
    page = []
    for number, (name, value) in enumerate([("Oestrogen receptor", "Positive"), ("Grade", "2"), ("Size", "14 mm")]):
        page += put(50, 100 + 14 * number, name) + put(200, 100 + 14 * number, value)
    assert text(page) == "Oestrogen receptor\tPositive\nGrade\t2\nSize\t14 mm"


def test_a_value_set_a_little_lower_stays_in_its_row() -> None:
    assert text(put(50, 100, "Ki-67:") + put(120, 103, "12 %") + put(50, 115, "HER2:")) == "Ki-67:\t12 %\nHER2:"


PROSE = [
    "The specimen is received in formalin and weighs",
    "some two hundred grams with a thread at the top",
    "which marks the upper edge of what was taken out",
    "and a second one that marks the outer side of it",
    "so that it can be laid as it was in the body and",
    "cut into slices from the inner to the outer side",
]


def columns(count: int, shift: float = 0.0) -> list[tuple[str, Box]]:
    page = []
    for column in range(count):
        for number, line in enumerate(PROSE):
            page += put(50 + 260 * column, 200 + 14 * number + shift * column, f"{column}{number} {line}")
    return page


def order(read: str) -> list[str]:
    return [line[:2] for line in read.split("\n") if line[:1].isdigit()]


def test_columns_of_prose_are_read_one_after_the_other() -> None:
    for count, shift in ((2, 0.0), (2, 3.0), (2, 7.0), (3, 0.0), (3, 3.0)):
        wanted = [f"{column}{number}" for column in range(count) for number in range(len(PROSE))]
        assert order(text(columns(count, shift))) == wanted, (count, shift)


def test_heading_and_table_around_columns_keep_their_place() -> None:
    page = put(50, 100, "A heading that goes over the whole width of the page and parts nothing at all here")
    page += columns(2)
    page += put(50, 330, "Grade") + put(320, 330, "2") + put(50, 344, "Side") + put(320, 344, "left")
    read = text(page)
    assert read.startswith("A heading")
    assert order(read)[6:12] == [f"1{number}" for number in range(6)]
    assert read.endswith("Grade\t2\nSide\tleft")


def test_a_table_with_long_cells_stays_a_table() -> None:
    page = []
    names = ["Procedure", "Side", "Histologic type", "Grade", "Margins", "Nodes"]
    for number, (name, value) in enumerate(zip(names, PROSE, strict=True)):
        page += put(50, 100 + 14 * number, name) + put(200, 100 + 14 * number, value)
    assert text(page).split("\n")[2] == f"Histologic type\t{PROSE[2]}"


def test_white_between_paragraphs_is_an_empty_line() -> None:
    page = [word for y in (100, 114, 128, 160, 174) for word in put(50, y, f"line {y}")]
    assert text(page) == "line 100\nline 114\nline 128\n\nline 160\nline 174"


def test_nothing_gives_nothing() -> None:
    assert lines([]) == []
    assert spell([], []) == ("", [])


@given(
    st.lists(
        st.tuples(*[st.floats(-1e6, 1e6)] * 2, *[st.floats(0, 1e4)] * 2, st.text("ab", min_size=1, max_size=4)),
        max_size=60,
    )
)
def test_every_word_stands_once_where_it_is_said_to(
    words: list[tuple[float, float, float, float, str]],
) -> None:
    boxes = [Box(x0=x, y0=y, x1=x + wide, y1=y + high) for x, y, wide, high, _ in words]
    texts = [word for *_, word in words]
    read, spans = spell(lines(boxes), texts)
    assert sorted(index for index, _, _ in spans) == list(range(len(words)))
    assert [read[start:end] for _, start, end in spans] == [texts[index] for index, _, _ in spans]
    assert [start for _, start, _ in spans] == sorted(start for _, start, _ in spans)
