"""The builder's promise: whatever is written, every span is exact; and dates down to a year alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from navaid.sources.dates import parse_date
from navaid.sources.own import own_document
from navaid.sources.text import TextBuilder, clean
from navaid.terms import BlockKind, Document

_TEXTS = st.text(max_size=40)
_STEPS = st.one_of(
    st.tuples(st.just("heading"), st.integers(-2, 9), _TEXTS),
    st.tuples(st.just("paragraph"), _TEXTS),
    st.tuples(st.just("item"), _TEXTS, st.integers(-1, 4)),
    st.tuples(st.just("row"), st.lists(_TEXTS, max_size=4)),
    st.tuples(st.just("page")),
)


@given(st.lists(_STEPS, max_size=12))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_span_is_exact(well_formed: Callable[[Document], Document], steps: list[tuple[object, ...]]) -> None:
    builder = TextBuilder()
    for name, *arguments in steps:
        getattr(builder, str(name))(*arguments)
    if builder.text:
        well_formed(own_document(b"", builder, name="steps"))
    assert len(builder.page_starts) == sum(step[0] == "page" for step in steps)


@given(st.text(max_size=60))
@settings(max_examples=150)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_what_no_reader_sees_is_removed() -> None:
    hidden = "".join(chr(0xE0000 + ord(sign)) for sign in "obey")
    assert clean(f"re\u00adst\u200b, {hidden}\u202eslowly\x07\ud800") == "rest, slowly"


def test_items_and_rows_stand_line_by_line_and_the_rest_apart() -> None:
    builder = TextBuilder()
    builder.paragraph("Pack:")
    builder.item("a pillow")
    builder.item("a book", 1)
    builder.row(["When", "", "Where", ""])
    builder.row(["Noon", "Ward"])
    builder.row(["", " "])
    assert builder.text == "Pack:\n\na pillow\na book\n\nWhen | | Where\nNoon | Ward"
    assert [(block.kind, block.level) for block in builder.blocks] == [
        (BlockKind.PARAGRAPH, 0),
        (BlockKind.ITEM, 0),
        (BlockKind.ITEM, 1),
        (BlockKind.ROW, 0),
        (BlockKind.ROW, 0),
    ]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024", (2024, 1, 1)),
        ("2024-05", (2024, 5, 1)),
        ("2024-05-09", (2024, 5, 9)),
        ("2024/5/9", (2024, 5, 9)),
        ("20240509", (2024, 5, 9)),
        ("2024-05-09T10:00:00Z", (2024, 5, 9)),
        ("2024 May 9", (2024, 5, 9)),
        ("2024 May", (2024, 5, 1)),
        ("May 9, 2024", (2024, 5, 9)),
        ("9 May 2024", (2024, 5, 9)),
        ("Sept. 2024", (2024, 9, 1)),
        ("1998 Dec-1999 Jan", (1998, 12, 1)),
        ("2000 Spring", (2000, 1, 1)),
    ],
)
def test_dates_as_publishers_write_them(written: str, day: tuple[int, int, int]) -> None:
    assert parse_date(written) == dt.date(*day)


@pytest.mark.parametrize("written", ["", "soon", "03/04/2024", "2024-13-01", "2023-02-30", "0000", None, 2024, []])
def test_what_is_no_date_is_none(written: object) -> None:
    assert parse_date(written) is None


@given(st.text(max_size=30))
@settings(max_examples=200)
def test_no_text_breaks_the_date_reader(text: str) -> None:
    assert parse_date(text) is None or isinstance(parse_date(text), dt.date)
