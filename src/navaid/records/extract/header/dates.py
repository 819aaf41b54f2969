"""The dates of a paper, in the forms of many countries: text enters, days with their place and precision leave.

Whether 3/4/2019 is in March or in April is never guessed: another date of the paper decides (25/4/2019), else its
spelling and its language; where nothing does, the date is left out.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from navaid.tables import load as load_table
from navaid.terms import Date

YOUNGEST, OLDEST = 2100, 1900
MOST = 2_000  # dates that are looked at in one text


@dataclass(frozen=True)
class Dated:
    """A date that stands at `text[start:end]`; `precision` is `day`, `month` or `year`, the missing parts are 1."""

    start: int
    end: int
    date: Date
    precision: str

    @property
    def iso(self) -> str:
        """As much of the date as the paper says: `2019-03-04`, `2019-03`, `2019`."""
        return self.date.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.precision]]


_YEAR = r"(?:19|20)\d\d"
_DIGITS = re.compile(
    rf"(?<![\w,/])(?<!\d\.)(?:(?<!-)|(?<=(?:19|20)\d\d-))(?:(?P<y1>{_YEAR})(?P<s1>[-/.])(?P<m1>\d{{1,2}})(?P=s1)(?P<d1>\d{{1,2}})(?![\d/-])"
    rf"|(?P<y2>{_YEAR})(?P<m2>0[1-9]|1[0-2])(?P<d2>0[1-9]|[12]\d|3[01])(?!\d)"
    rf"|(?P<a>\d{{1,2}})(?P<s3>[-/.])(?P<b>\d{{1,2}})(?P=s3)(?P<y3>{_YEAR}|\d\d)(?![\w/%-]|\.\d)"
    rf"|(?P<d4>\d{{1,2}})(?:st|nd|rd|th|er|\.|º|°)?(?:\s{{1,2}}of\s|\s{{1,2}}de\s|\s{{1,2}}|[-/.]|(?=[A-Z]))"
    rf"(?P<m4>[^\W\d_]{{3,10}})\.?(?:,?\s{{1,2}}(?:de\s|of\s)?|[-/.])?(?P<y4>{_YEAR}|['’]?\d\d(?![\w%:/]|\.\d))(?!\d)"
    rf"|(?P<m5>0?[1-9]|1[0-2])[/](?P<y5>{_YEAR})(?![\d/])"
    rf"|(?P<y6>{_YEAR})[-/](?P<m6>0[1-9]|1[0-2])(?![\d/-])"
    rf"|(?P<y7>{_YEAR})(?![\w%/]|-(?!(?:19|20)\d\d(?!\d)|(?:[Pp]resent|[Oo]ngoing|[Nn]ow|[Cc]urrent|[Tt]oday)\b)|[.,]\d)"
    r")"
)
_NAMED = re.compile(
    r"(?<![^\W\d_])(?P<m8>[^\W\d_]{3,10})(?:\.\s?|,?\s{1,2}|[-/])"
    rf"(?:(?P<d8>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s{{0,2}}|\s{{1,2}}|[-/])(?P<y8>{_YEAR}|['’]\d\d)|(?:de\s|of\s)?(?P<y9>{_YEAR}|['’]\d\d))(?![\w/-])"
)
# Digits that are no date: a phone number's, and a size's or a score's.
_NOT_YEAR = re.compile(r"(?:[#:]|no\.?|nr\.?|copyright|©|ajcc|who|asco|cap|edition|version|box|room|suite)\s?$", re.I)
_NOT_AFTER = re.compile(r"\s?(?:mg|ml|mcg|g\b|cc\b|cm|mm|units?|kcal|x\b|edition|guideline|main|street)", re.I)


def dates(text: str, language: str = "en", start: int = 0, end: int | None = None, years: bool = False) -> list[Dated]:
    """The dates of `text[start:end]` in order; those of a year alone only where `years` are asked for.

    >>> [d.iso for d in dates("Seen 12 May 2019, 25/06/2019 and 03/04/2019; since June 2018")]
    ['2019-05-12', '2019-06-25', '2019-04-03', '2018-06']
    >>> dates("Seen 03/04/2019")
    []
    """
    matches = list(_matches(text, start, len(text) if end is None else end))
    first = _day_first(matches, text, language)
    found = [dated for match in matches if (dated := _read(match, text, first, years))]
    found.sort(key=lambda dated: dated.start)
    return found


def _matches(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """What may be a date, in order; of two that overlap the earlier ("15 de marzo de 2021", not "marzo de 2021")."""
    named = (match for match in _NAMED.finditer(text, start, end) if match["m8"].lower() in _months())
    digits = (match for match in _DIGITS.finditer(text, start, end) if _is_month(match["m4"]))
    found = [*itertools.islice(named, MOST), *itertools.islice(digits, MOST)]
    found.sort(key=lambda match: (match.start(), -match.end()))
    at = 0
    for match in found:
        if match.start() >= at:
            at = match.end()
            yield match


def _is_month(word: str | None) -> bool:
    return word is None or word.lower() in _months()


def _day_first(matches: list[re.Match[str]], text: str, language: str) -> bool | None:
    """The order of a paper's bare digits; None where nothing tells."""
    pairs = [(int(m["a"]), int(m["b"]), m["s3"]) for m in matches if "a" in m.re.groupindex and m["a"]]
    if not pairs:
        return None
    day = any(a > 12 >= b for a, b, _ in pairs)
    month = any(b > 12 >= a for a, b, _ in pairs)
    if day != month:
        return day
    if language != "en" or all(mark == "." for _, _, mark in pairs):
        return True
    head = text[:20_000].lower()
    us, uk = (len(set(pattern.findall(head))) for pattern in _spellings())
    return None if us == uk else uk > us


def _read(match: re.Match[str], text: str, day_first: bool | None, years: bool) -> Dated | None:
    parts = {name: value for name, value in match.groupdict().items() if value is not None}
    year, month, day = "", "", ""
    if "a" in parts:
        order = _order(int(parts["a"]), int(parts["b"]), day_first)
        if order is None:
            return None
        (day, month), year = order, parts["y3"]
    for name, value in parts.items():
        kind = name[0]
        if kind == "y":
            year = value
        elif kind == "m":
            month = value if value.isdigit() else str(_months().get(value.lower(), 0))
        elif kind == "d":
            day = value
    if "y7" in parts and not (years and _is_year(match, text)):
        return None
    precision = "day" if day else "month" if month else "year"
    try:
        date = dt.date(_year(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return Dated(match.start(), match.end(), date, precision) if OLDEST <= date.year <= YOUNGEST else None


def _order(a: int, b: int, day_first: bool | None) -> tuple[str, str] | None:
    if a > 12 or b > 12 or a == b:
        return (str(a), str(b)) if a > 12 or a == b else (str(b), str(a))
    if day_first is None:
        return None
    return (str(a), str(b)) if day_first else (str(b), str(a))


def _is_year(match: re.Match[str], text: str) -> bool:
    before = text[max(0, match.start() - 12) : match.start()]
    return not _NOT_YEAR.search(before) and not _NOT_AFTER.match(text, match.end())


def _year(digits: str) -> int:
    number = int(digits.strip("'’"))
    return number if number > 99 else number + (2000 if number <= 40 else 1900)


@cache
def _table() -> dict[str, dict[int, list[str]] | list[str]]:
    table = files("navaid.records.extract") / "tables" / "dates.yaml"
    rows: dict[str, dict[int, list[str]] | list[str]] = load_table(table.read_text(encoding="utf-8"))
    return rows


@cache
def _months() -> dict[str, int]:
    months = _table()["months"]
    assert isinstance(months, dict)
    return {name: number for number, names in months.items() for name in names}


@cache
def _spellings() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What is written in the month-first countries, and in the day-first ones."""
    first, second = (
        r"\b(?:" + "|".join(re.escape(str(word)) for word in _table()[key]) + r")\b"
        for key in ("month_first", "day_first")
    )
    return re.compile(first), re.compile(second)
