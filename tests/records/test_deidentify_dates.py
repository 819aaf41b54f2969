"""Dates move by one offset a profile and keep their form."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navaid.records.deidentify import deidentify
from navaid.records.deidentify.dates import offset_of, shifted, written

FORMS = [
    ("12 May 2019", "7 April 2018"),
    ("May 12th, 2019", "April 7th, 2018"),
    ("MAY 12, 2019", "APRIL 7, 2018"),
    ("2019-05-12", "2018-04-07"),
    ("2019-05-12T08:30:00Z", "2018-04-07T08:30:00Z"),
    ("05/12/2019", "04/07/2018"),
    ("5/12/19", "4/7/18"),
    ("12.05.2019", "07.04.2018"),
    ("12-Sept-2019", "8-Aug-2018"),
    ("May 2019", "April 2018"),
    ("05/2019", "04/2018"),
    ("2019", "2018"),
    ("Monday", "Sunday"),
    ("12 May", "7 April"),
]


@pytest.mark.parametrize(("before", "after"), FORMS)
def test_a_date_keeps_its_form(before: str, after: str) -> None:
    text = f"seen {before} again"
    assert [shifted(text, date, -400)[0] for date in written(text)] == [after]


NO_DATES = [
    "margins 2/14 and 0/12, score 3/3",
    "3.2.1 and 2.3 x 1.4 cm",
    "1:2000 dilution, 2000 mL, 1990 cells",
    "she may be seen; this MAY be so",
    "31.02.2019 is none",
    "ICD-O 8500/3",
    "Ki-67 15-20%",
]


@pytest.mark.parametrize("text", NO_DATES)
def test_numbers_that_are_no_dates(text: str) -> None:
    assert written(text) == []


def test_the_other_dates_tell_the_order_of_day_and_month() -> None:
    assert [date.value for date in written("on 03/04/2019 and 25/12/2019")] == ["2019-04-03", "2019-12-25"]
    assert [date.value for date in written("on 03/04/2019 and 12/25/2019")] == ["2019-03-04", "2019-12-25"]


@settings(max_examples=60, deadline=None)
@given(
    st.binary(min_size=16, max_size=16),
    st.dates(dt.date(1950, 1, 1), dt.date(2030, 1, 1)),
    st.dates(dt.date(1950, 1, 1), dt.date(2030, 1, 1)),
)
def test_intervals_are_kept(seed: bytes, one: dt.date, two: dt.date) -> None:
    text = deidentify(f"first {one.isoformat()}, then {two.isoformat()}.", seed=seed).text
    moved = [dt.date.fromisoformat(date.value) for date in written(text)]
    assert moved[1] - moved[0] == two - one
    assert moved[0] != one


@given(st.binary(min_size=16, max_size=16))
def test_the_offset_moves_days_months_and_weekdays(seed: bytes) -> None:
    days = offset_of(seed)
    assert -1100 < days < -180
    assert days % 7 != 0
