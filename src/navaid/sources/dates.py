"""Dates as publishers write them, down to a year alone."""

from __future__ import annotations

import datetime as dt
import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = "|".join(_MONTHS)
_NUMBERS = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2})(?!\d))?)?(?:$|T|\s(?![A-Za-z]))")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_YEAR_FIRST = re.compile(rf"(\d{{4}})\s+({_MONTH})[a-z]*\.?(?:\s+(\d{{1,2}})(?!\d))?", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"({_MONTH})[a-z]*\.?\s+(?:(\d{{1,2}}),?\s+)?(\d{{4}})", re.IGNORECASE)
_DAY_FIRST = re.compile(rf"(\d{{1,2}})\s+({_MONTH})[a-z]*\.?,?\s+(\d{{4}})", re.IGNORECASE)


def parse_date(text: object) -> dt.date | None:
    """The day that a publisher's date names, or None where it names none.

    What is not said becomes the first: a year alone is its 1 January, a month its first day. Day
    and month in figures alone (`03/04/2024`) are read in no order we could know, so not at all.

    >>> parse_date("2025 Mar 7"), parse_date("2025-03"), parse_date("March 7, 2025")
    (datetime.date(2025, 3, 7), datetime.date(2025, 3, 1), datetime.date(2025, 3, 7))
    >>> parse_date("Spring") is None
    True
    """
    if not isinstance(text, str) or len(text) > 100:
        return None
    text = text.strip()
    if found := _NUMBERS.match(text) or _COMPACT.match(text):
        return _date(found[1], found[2], found[3])
    if found := _YEAR_FIRST.match(text):
        return _date(found[1], found[2], found[3])
    if found := _MONTH_FIRST.match(text):
        return _date(found[3], found[1], found[2])
    if found := _DAY_FIRST.match(text):
        return _date(found[3], found[2], found[1])
    # PubMed's MedlineDate: "1998 Dec-1999 Jan", "2000 Spring".
    if found := re.match(r"(\d{4})\b", text):
        return _date(found[1], None, None)
    return None


def _date(year: str, month: str | None, day: str | None) -> dt.date | None:
    try:
        return dt.date(int(year), _month_number(month), int(day or 1))
    except ValueError:
        return None


def _month_number(month: str | None) -> int:
    if not month:
        return 1
    return int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
