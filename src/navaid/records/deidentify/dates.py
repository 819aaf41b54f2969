"""Dates: written dates enter, the same dates moved by the profile's offset leave, in the same written form.

The offset is one secret number of days a profile, so intervals are kept: to the day between full dates, to the month
or year between those that name no day. A time of day stays. Years of a guideline or classification are not dates.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator

from navaid.records.deidentify.placeholders import digest
from navaid.terms import Record

MONTHS = [name.casefold() for name in calendar.month_name]
SHORT = [name.casefold() for name in calendar.month_abbr]
WEEKDAYS = [name.casefold() for name in calendar.day_name]
AVERAGE_YEAR, AVERAGE_MONTH = 365.2425, 30.436875

_NAMES = "|".join([*MONTHS[1:], "sept", *(m for m in SHORT[1:] if m != "may")])
_FULL = "|".join(MONTHS[1:])
_M = rf"(?P<month>{_NAMES})\b\.?"
_DAYS = "|".join(WEEKDAYS)
_CLOCK = (
    r"(?:T|,?\s+(?:at\s+)?)\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:\s?[ap]\.?m\b\.?)?"
    r"(?:\s?(?:Z|UTC|GMT|[ECMP][SD]T|[+-]\d{2}:?\d{2})\b)?"
)
_D = r"(?P<day>3[01]|[12]\d|0?[1-9])"
_N = r"(?P<month>1[0-2]|0?[1-9])"
_Y = r"(?P<year>(?:19|20)\d{2})"
_ORDINAL = r"(?P<ordinal>st|nd|rd|th)?"
_HEAD, _TAIL = r"(?<![\w.,/\-])(?<!\d:)", r"(?![\w/%]|[-.,]\d)"
_UNIT = (
    r"(?!\s*(?:mg|mcg|g|gm|grams?|kg|ml|cc|cm|mm|units?|cells?|copies|cgy|gy|rads?|x|%|ng|kcal|calories|steps|feet"
    r"|ft|points?)\b)"
)

# In order: what is read first is not read again.
FORMS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\w.])(?P<year>(?:18|19|20)\d{{2}})(?P<sep>[-/.]){_N}(?P=sep){_D}(?:{_CLOCK}|(?!\w|[-/]\d))",
        rf"{_HEAD}(?P<first>\d{{1,2}})(?P<sep>[-/.])(?P<second>\d{{1,2}})(?P=sep)(?P<year>(?:18|19"
        rf"|20)\d{{2}})(?:{_CLOCK})?(?!\w|[-/]\d)",
        rf"{_HEAD}(?P<first>\d{{1,2}})(?P<sep>/)(?P<second>\d{{1,2}})/(?P<year>\d{{2}})(?:{_CLOCK})?{_TAIL}",
        rf"{_HEAD}(?P<first>\d{{2}})(?P<sep>[-.])(?P<second>\d{{2}})(?P=sep)(?P<year>\d{{2}})(?:{_CLOCK})?{_TAIL}",
        rf"(?<![\w.])(?P<day>3[01]|[12]\d|0?[1-9]){_ORDINAL}(?:\s+of\s+|\s*[-/.]\s*|\s*){_M}(?:,?\s*[-/]?\s*|\s+of\s+)"
        rf"(?P<year>(?:18|19|20)\d{{2}}|['’]?\d{{2}}(?=\W|$)(?![:%/]|\.\d))(?:{_CLOCK})?(?!\w)",
        rf"(?<!\w){_M}\s*[-/]?\s*{_D}{_ORDINAL}(?:\s*,\s*|\s+|[-/])(?P<year>(?:18|19|20)\d{{2}}"
        rf"|['’]\d{{2}})(?:{_CLOCK})?(?!\w)",
        rf"(?<!\w){_M}(?:,?\s+(?:of\s+)?|\s*[-/]\s*)(?P<year>(?:19|20)\d{{2}}|['’]\d{{2}})(?!\w)",
        rf"(?<![\w.])(?P<day>3[01]|[12]\d|0?[1-9]){_ORDINAL}(?:\s+of\s+|[\s-]){_M}(?!\w)",
        rf"(?<!\w){_M}[\s-]{_D}{_ORDINAL}(?!\w|[.,:/]\d){_UNIT}",
        rf"{_HEAD}{_N}(?P<sep>[/-]){_Y}(?!\w|[-/]\d)",
        rf"{_HEAD}{_Y}(?P<sep>[/-])(?P<month>1[0-2]|0[1-9])(?!\w|[-/]\d)",
        r"(?:(?<=\bon )|(?<=\bsince )|(?<=\bdated )|(?<=\bdos )|(?<=\bdate: )|(?<=\buntil ))(?P<month>1[0-2]"
        r"|0?[1-9])(?P<sep>/)"
        r"(?P<day>3[01]|[12]\d|0?[1-9])(?!\w|/|\.\d)(?!\s*(?:lymph|nodes?|positive|negative|points?|of|cores?))",
        rf"(?<![\w.,/$€£#+-])(?<!\d:){_Y}(?![\w%/+]|[.,:]\d|-\d(?!\d{{3}}(?!\d))|;\.?\s*\d|\s+(?:joint|guideline"
        rf"|recommend|edition|criteria|classification|version)){_UNIT}",
        rf"(?<!\w)(?P<weekday>{_DAYS})(?=s?\b)",
        r"(?:(?<=\bin )|(?<=\bsince )|(?<=\blast )|(?<=\bnext )|(?<=\bthis )|(?<=\buntil )|(?<=\bby )|(?<=\bof )"
        r"|(?<=\bearly )|(?<=\blate )"
        rf"|(?<=\bmid[ -])|(?<=\bfrom )|(?<=\bduring )|(?<=\band )|(?<=\bto )|(?<=\bfor ))(?P<month>{_FULL})(?!\w)",
    )
)
# A year that names an edition, not a day in someone's life.
EDITION = re.compile(
    r"(?:(?:\b(?:ASCO|CAP|AJCC|UICC|WHO|NCCN|ESMO|FIGO|FDA|ACR|BI-?RADS|ICD(?:-O)?)\b|(?i:\b(?:guidelines?"
    r"|edition|ed\.|version|criteria"
    r"|classification|recommendations?|amendments?|springer|press|et al\.?)))[\s,;:/()&\w-]{0,20}|©\s*|[Cc]opyright\s)$"
)


class Written(Record, frozen=True):
    """A date as it stands in a text: its place, its precision and its parts (0 for what it does not say).

    `precision` is `day`, `month`, `year`, `day of year`, `month of year` or `weekday`; `parts` holds where each part
    is written; `order` is `month first` or `day first` for digits that do not tell.
    """

    start: int
    end: int
    precision: str
    year: int
    month: int
    day: int
    parts: dict[str, tuple[int, int]]

    @property
    def value(self) -> str:
        """Canonical form, empty for one that names no year: `2019-05-12`, `2019-05`, `2019`."""
        shapes = {"day": (self.year, self.month, self.day), "month": (self.year, self.month), "year": (self.year,)}
        return "-".join(f"{number:02d}" for number in shapes.get(self.precision, ()))


def offset_of(seed: bytes) -> int:
    """The days by which a profile's dates move: one to three years back, never whole weeks, never whole years."""
    days = 200 + digest(seed, "dates") % 860
    while days % 7 == 0 or round(days / AVERAGE_MONTH) % 12 == 0:
        days += 1
    return -days


def written(text: str, day_first: bool | None = None) -> list[Written]:
    """The dates of a text, in order. Whether 3/4 is in March or April is what the text's other dates say, else March.

    >>> [d.value for d in written("Seen 12 May 2019, again 2019-06-01")]
    ['2019-05-12', '2019-06-01']
    """
    matches = sorted(_matches(text), key=lambda match: match.start())
    if day_first is None:
        day_first = _day_first(matches)
    return [date for match in matches if (date := _read(match, day_first))]


def _matches(text: str) -> Iterator[re.Match[str]]:
    taken = bytearray(len(text))
    for number, form in enumerate(FORMS):
        for match in form.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            if number in {6, 12} and EDITION.search(text[max(0, match.start() - 40) : match.start()]):
                continue
            if (
                match.groupdict().get("weekday")
                and not match.group()[0].isupper()
                and match.group() in {"sun", "mon", "sat"}
            ):
                continue
            if number == 14 and not (
                match.group().istitle() or (match.group().isupper() and match.group() not in {"MAY", "MARCH"})
            ):
                continue
            taken[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
            yield match


def _day_first(matches: list[re.Match[str]]) -> bool:
    """European order, if a date of the text can be read in no other way and none speaks against it."""
    pairs = [(int(m["first"]), int(m["second"])) for m in matches if "first" in m.groupdict()]
    dotted = any(m["sep"] == "." for m in matches if "first" in m.groupdict())
    return (any(a > 12 >= b for a, b in pairs) or dotted) and not any(b > 12 >= a for a, b in pairs)


def _read(match: re.Match[str], day_first: bool) -> Written | None:
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    parts = {name: match.span(name) for name in groups if name in {"year", "month", "day", "ordinal", "weekday"}}
    year = _year(groups["year"]) if "year" in groups else 0
    month = day = 0
    if "first" in groups:
        first, second = int(groups["first"]), int(groups["second"])
        if first > 12 or (day_first and second <= 12):
            day, month, parts["day"], parts["month"] = first, second, match.span("first"), match.span("second")
        else:
            month, day, parts["month"], parts["day"] = first, second, match.span("first"), match.span("second")
    if "month" in groups:
        name = groups["month"].casefold()
        month = (
            int(name) if name.isdigit() else 9 if name == "sept" else (MONTHS if name in MONTHS else SHORT).index(name)
        )
    if "day" in groups:
        day = int(groups["day"])
    if "weekday" in groups:
        precision, day = "weekday", WEEKDAYS.index(groups["weekday"].casefold()) + 1
    elif year:
        precision = "day" if day else "month" if month else "year"
    else:
        precision = "day of year" if day else "month of year"
    date = Written(
        start=match.start(), end=match.end(), precision=precision, year=year, month=month, day=day, parts=parts
    )
    return date if precision == "weekday" or _exists(date) else None


def _year(digits: str) -> int:
    number = int(digits.strip("'’"))
    return number if number > 99 else number + (2000 if number <= 40 else 1900)


def _exists(date: Written) -> bool:
    if date.month > 12 or ("day" in date.precision and not date.day):
        return False
    return date.day <= calendar.monthrange(date.year or 2000, date.month)[1] if date.month and date.day else True


def shifted(text: str, date: Written, days: int) -> tuple[str, str]:
    """The date's words moved by so many days in the form they came in, and the new date in canonical form.

    >>> shifted("seen May 12th, 2019", written("seen May 12th, 2019")[0], -400)
    ('April 7th, 2018', '2018-04-07')
    """
    year, month, day = _moved(date, days)
    new = {
        "year": _number(year, date, "year", text),
        "month": _month(month, date, text),
        "day": _number(day, date, "day", text),
        "ordinal": "th" if 10 < day % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th"),
        "weekday": _cased(WEEKDAYS[(day - 1) % 7], date, "weekday", text),
    }
    out, at = "", date.start
    for part, (start, end) in sorted(date.parts.items(), key=lambda item: item[1]):
        out, at = out + text[at:start] + new[part], end
    shape = {"day": f"{year:02d}-{month:02d}-{day:02d}", "month": f"{year:02d}-{month:02d}", "year": f"{year:02d}"}
    return out + text[at : date.end], shape.get(date.precision, "")


def _moved(date: Written, days: int) -> tuple[int, int, int]:
    if date.precision == "weekday":
        return 0, 0, (date.day - 1 + days) % 7 + 1
    if date.precision == "year":
        return date.year + round(days / AVERAGE_YEAR), 0, 0
    if date.precision in {"month", "month of year"}:
        count = (date.year or 2001) * 12 + date.month - 1 + round(days / AVERAGE_MONTH)
        return count // 12, count % 12 + 1, 0
    common = 2000 if (date.month, date.day) == (2, 29) else 2001
    moved = dt.date(date.year or common, date.month, date.day) + dt.timedelta(days=days)
    return moved.year, moved.month, moved.day


def _number(number: int, date: Written, part: str, text: str) -> str:
    if part not in date.parts:
        return ""
    start, end = date.parts[part]
    old = text[start:end]
    if part == "year":
        return (old[0] if old[0] in "'’" else "") + (
            f"{number % 100:02d}" if len(old.strip("'’")) == 2 else str(number)
        )
    return f"{number:02d}" if _padded(date, part, text) else str(number)


def _padded(date: Written, part: str, text: str) -> bool:
    """Whether numbers below ten are written with a zero: as this one shows, else as the other one does."""
    for name in (part, "day", "month"):
        start, end = date.parts.get(name, (0, 0))
        if text[start:end].startswith("0"):
            return True
        if end - start == 1:
            return False
    return text[date.start : date.start + 4].isdigit() or part == "month"


def _month(month: int, date: Written, text: str) -> str:
    if "month" not in date.parts:
        return ""
    start, end = date.parts["month"]
    old = text[start:end]
    if old.isdigit():
        return _number(month, date, "month", text)
    full = old.casefold() in MONTHS and (old.casefold() != "may" or text[end : end + 1] != ".")
    return _cased((MONTHS if full else SHORT)[month], date, "month", text)


def _cased(word: str, date: Written, part: str, text: str) -> str:
    if part not in date.parts:
        return ""
    old = text[date.parts[part][0] : date.parts[part][1]]
    return word.upper() if old.isupper() else word.capitalize() if old[0].isupper() else word
