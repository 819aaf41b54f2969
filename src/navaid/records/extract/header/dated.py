"""Which of a paper's dates is which: the person's birth, the specimen's taking, the report, or only the printing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from navaid.records.extract.header.dates import Dated, dates
from navaid.records.extract.header.tables import any_of, table
from navaid.terms import Date

TOP, BOTTOM = 6_000, 2_500  # characters in which a paper says when it was made: its top and its signature
_BEFORE = 70
# "Taken 10/8/2026  Reported 14/8/2026": fields without a colon, set apart by blanks, a comma or a full stop.
_OF_A_NOTE = re.compile(
    r"\b(?:clinic|visit|note|meeting|mdm|mdt|review|follow[ -]?up|consultation|letter|centre|center)\b[^\n:]*$",
    re.IGNORECASE,
)
_NO_DAY_OF_NOTE = re.compile(
    r"\b(?:born|birth|dob|d\.o\.b|next|until|since|admitted|printed|surgery|scan)\b|\d{3}", re.IGNORECASE
)
_LABORATORY = frozenset(("collected", "reported", "received"))
_APART = re.compile(r"(?:[ ]{2}|\t|[.,;|]\s|(?:19|20)\d\d[ ])[ ]*$")
# The day of a paper, best first: when it was reported, when the person was seen, when the tissue was taken.
_OF_THE_PAPER = ("reported", "visit", "collected", "received", "bare", "title")
HEAD = 1_200  # characters in which a paper's own "Date:" stands
# "Radiotherapy, 40 Gy, completed 30/8/2025": what the body tells of gives the day only where the head names none.
_TOLD = frozenset(("reported", "collected", "received"))
_COMPLETED = re.compile(r"\bcompleted\W*$", re.IGNORECASE)

# "Admitted 28.9.2026   Discharged 4.10.2026": the day of a discharge letter; in another paper it is history.
_DISCHARGED = re.compile(r"(?:^|\n|[ ]{2}|[\t|])[ ]*discharged(?:[ ]on)?[ ]?:?[ ]{1,4}$", re.IGNORECASE)
_OF_DISCHARGE = re.compile(r"\bdischarge[ ](?:letter|summary|note|report|document)", re.IGNORECASE)


@dataclass(frozen=True)
class Days:
    """The days that the paper's fields name; None for what no field names."""

    date: Date | None = None
    collected: Date | None = None
    birth: Date | None = None


def days(text: str, language: str) -> Days:
    """The days of a paper by the words before them, or above them in a table.

    >>> days("DOB: 04/13/1960\\nCollected: 08/14/2026\\nPrinted: 08/20/2026", "en")
    Days(date=datetime.date(2026, 8, 14), collected=datetime.date(2026, 8, 14), birth=datetime.date(1960, 4, 13))
    """
    found: dict[str, Date] = {}
    own = False
    for dated in _first_dates(text, language):
        kind = _kind(text, dated)
        if not kind or dated.precision != "day" or (own and kind in _TOLD and _in_the_body(text, dated, found)):
            continue
        found.setdefault(kind, dated.date)
        own = own or (kind in ("visit", "bare", "title") and dated.start < HEAD)
    birth = found.get("birth")
    kept = {kind: date for kind, date in found.items() if birth is None or date > birth or kind == "birth"}
    date = next((kept[kind] for kind in _OF_THE_PAPER if kind in kept), None)
    return Days(date=date, collected=kept.get("collected"), birth=birth)


def _first_dates(text: str, language: str) -> list[Dated]:
    if len(text) <= TOP + BOTTOM:
        return dates(text, language)
    return dates(text, language, 0, TOP) + dates(text, language, len(text) - BOTTOM, len(text))


def _kind(text: str, dated: Dated) -> str:
    """What the words before a date, in its line or in its column, say it is; empty where they say nothing."""
    before = text[max(0, dated.start - _BEFORE) : dated.start]
    if match := _fields().search(before):
        line = before.rfind("\n", 0, match.start()) + 1
        if match["spoken"] is None or match["birth"] or not before[line : match.start()].strip(" \t*-•|"):
            return _kind_of(match)
        if _LABORATORY & {_kind_of(match)} and _APART.search(before, line, match.start()):
            return _kind_of(match)
    if kind := _column(text, dated.start):
        return kind
    if _DISCHARGED.search(before) and _OF_DISCHARGE.search(text, 0, HEAD):
        return "visit"
    return "title" if dated.start < 300 and _alone(text, dated) else ""


def _in_the_body(text: str, dated: Dated, found: dict[str, Date]) -> bool:
    """Whether a sentence tells this day, or a field of a treatment ("Completed:"), and no field of the paper itself."""
    line = text.rfind("\n", 0, dated.start) + 1
    before = text[max(line, dated.start - _BEFORE) : dated.start]
    match = _fields().search(before)
    if match is None:  # a column of a table, or a field whose value stands below it
        return False
    if _COMPLETED.search(before) and not _LABORATORY & found.keys():
        return True
    lead = before[: match.start()].rstrip(" ")
    if before[: match.start()].endswith(("  ", "\t", "|")) or not lead.strip(" \t*-•|"):
        return match["spoken"] is not None and bool(_GOES_ON.match(text, dated.end))
    opening = _DIGIT.search(text, line, dated.start)
    first = _fields().search(text, line, opening.start()) if opening else None
    return first is None or bool(text[line : first.start()].strip(" \t*-•|"))


_DIGIT = re.compile(r"\d")
_GOES_ON = re.compile(r",?[ ](?:[a-z]{2,}[ ,]){2}")  # "Reported 30/8/2025 from elsewhere, a scan of …"


def _column(text: str, start: int) -> str:
    """What the line above says in the same column, where cells are parted by tabs."""
    line = text.rfind("\n", 0, start) + 1
    if "\t" not in text[line : start + 200].split("\n")[0] or line < 2:
        return ""
    above = text[text.rfind("\n", 0, line - 1) + 1 : line - 1].split("\t")
    column = text[line:start].count("\t")
    match = _fields().search(above[column] + ":") if column < len(above) else None
    return _kind_of(match) if match else ""


def _kind_of(match: re.Match[str]) -> str:
    kinds: list[str] = [kind for kind in table("header")["dates"] if match[kind]]
    return kinds[0]


def _alone(text: str, dated: Dated) -> bool:
    """Whether a date at the top stands by itself on its line, or ends a title in capitals."""
    line = text.rfind("\n", 0, dated.start) + 1
    rest = text[dated.end :].split("\n", 1)[0].strip()
    lead = text[line : dated.start].strip(" -–,:\t")
    if not rest and (not lead or lead.isupper()):
        return True
    # "Breast Oncology Clinic      12 May 2025", "PROGRESS NOTE   24-Sep-2026": the head of a note, then its day.
    own = dated.start - line < 130 and text.count("\n", 0, line) < 3
    return (
        own
        and len(rest) < 60
        and bool(_OF_A_NOTE.search(text, line, dated.start))
        and not _NO_DAY_OF_NOTE.search(rest + lead)
    )


@cache
def _fields() -> re.Pattern[str]:
    """A field's name, with its colon or at the beginning of its line, at the end of the words before a date.

    So "was drawn on 3 May" in a sentence names no field. The kinds are tried in the order of the table.
    """
    rows = table("header")["dates"]
    groups = "|".join(f"(?P<{kind}>{any_of(words)})" for kind, words in rows.items())
    mark = r"[ \t]*(?:[:.#=\t\n]|\.{2,})[\s:.#=–—-]{0,45}"
    return re.compile(
        rf"(?<![^\W_])(?:(?:{groups})(?:[ ]?[(/][\w /]{{1,12}}\)?)?)(?:{mark}|[ ]{{1,2}}(?=$)(?P<spoken>))(?:\d"
        rf"\d:\d\d\s)?$",
        re.IGNORECASE,
    )
