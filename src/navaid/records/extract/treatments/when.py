"""The dates of a treatment: when it was done, started or stopped, from the dates beside it in its sentence."""

from __future__ import annotations

import bisect
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from navaid.records.extract.header.dates import Dated, dates
from navaid.records.extract.view import View
from navaid.terms import Date

AFTER, BEFORE = 90, 90
_START = re.compile(
    r"\b(?:start(?:ed|ing)?|beg[au]n|since|from|initiated|commenced|as of|start date:?)\W{0,3}(?:\w+\W){0,2}$", re.I
)
_STOP = re.compile(
    r"\b(?:complet(?:ed|ion|ing)|finish(?:ed|ing)|ended|until|through|thru|stopped|discontinued|d/?c'?e?d|held|last|to|off)\W{0,3}(?:\w+\W){0,2}$",
    re.I,
)
_RANGE = re.compile(r"\s*(?:-|–|to|through|until|and|thru)\s*")
# Fields of a treatment on the lines below it: "Letrozole", "Start: 15/9/2025", "Stop: ongoing".
FIELDS_BELOW = re.compile(
    r"[^\n]{0,60}(?:\n[ \t]*(?:start(?:ed)?|beg[ai]n|from|since|stop(?:ped)?|end(?:ed)?|to|until|dose"
    r"|dosage|frequency|route|status|indication)(?:[ ]date)?[ ]?[:=\t][^\n]{0,60}){1,7}",
    re.IGNORECASE,
)
# A date after these is that of a test or a visit.
_OTHER = re.compile(
    r"\b(?:mammogra\w+|mri|ct|pet|ultrasound|scan|x-ray|visit|seen|labs?|echo\w*|reviewed|dob|born|diagnosed|pathology"
    r"|report|showed|revealed|recurrence|relapse\w*|progress\w+|metasta\w+)\b|;(?!\s?(?:stop|discontinu|complet|until|d/?c))|\.\s",
    re.I,
)


@dataclass(frozen=True)
class When:
    """The day a treatment is true of; `start` and `stop` as precisely as written, `precision` of the day."""

    date: Date | None = None
    start: str = ""
    stop: str = ""
    precision: str = ""
    on: str = ""  # a day that is neither called the start nor the end


@lru_cache(maxsize=4)
def all_dates(text: str, language: str) -> tuple[Dated, ...]:
    return tuple(dates(text, language, years=True))


def when(view: View, start: int, end: int, others: tuple[int, ...] = (), reach: int = AFTER) -> When:
    """The dates beside the treatment at this span; `others` are where the treatments of its kind begin, in order."""
    sentence = view.sentence_at(start)
    near = [
        dated
        for dated in all_dates(view.text, view.header.language)
        if sentence.start <= dated.start
        and dated.end <= sentence.end
        and dated.end - start > -BEFORE
        and dated.start - end < reach
    ]
    behind = [dated for dated in near if dated.start >= end and _free(view.text, end, dated.start, others)]
    if not behind:
        ahead = [dated for dated in near if dated.end <= start and _free(view.text, dated.end, start, others)]
        if not ahead:
            return _below(view, end)
        chosen = ahead[-2:] if len(ahead) > 1 and _is_range(view.text, *ahead[-2:]) else ahead[-1:]
    else:
        chosen = behind
    return _read(view.text, chosen)


_FIELD = re.compile(r"\n[ \t]*(?P<name>\w+)[^:=\t\n]{0,8}[:=\t][ \t]*(?P<value>[^\n]*)")
_BEGINS = ("start", "beg", "from", "since")


def _below(view: View, end: int) -> When:
    """The start and the stop that fields on the lines below name, a year alone too."""
    block = FIELDS_BELOW.match(view.text, end)
    found: dict[bool, Dated] = {}
    for field in _FIELD.finditer(view.text, end, block.end() if block else end):
        inside = (d for d in all_dates(view.text, view.header.language) if field.start() < d.start < field.end())
        if dated := next(inside, None) or _year(field):
            found.setdefault(field["name"].lower().startswith(_BEGINS), dated)
    first, last = found.get(True), found.get(False)
    stop = last.iso if last else ""
    return When(first.date, first.iso, stop, first.precision) if first else When(None, "", stop)


def _year(field: re.Match[str]) -> Dated | None:
    value = field["value"].strip()
    if not re.fullmatch(r"(?:19|20)\d\d", value):
        return None
    return Dated(field.start("value"), field.start("value") + 4, dt.date(int(value), 1, 1), "year")


def _free(text: str, start: int, end: int, others: tuple[int, ...]) -> bool:
    between = text[start:end]
    following = bisect.bisect_right(others, start)
    return not (following < len(others) and others[following] < end) and not _OTHER.search(between)


def _is_range(text: str, first: Dated, second: Dated) -> bool:
    return bool(_RANGE.fullmatch(text, first.end, second.start))


def _read(text: str, near: list[Dated]) -> When:
    first = near[0]
    lead = text[max(0, first.start - 30) : first.start]
    if len(near) > 1 and _is_range(text, first, near[1]):
        return When(first.date, first.iso, near[1].iso, first.precision)
    if _START.search(lead):
        stop = next((d.iso for d in near[1:] if _STOP.search(text[max(first.end, d.start - 30) : d.start])), "")
        return When(first.date, first.iso, stop, first.precision)
    if _STOP.search(lead):
        return When(None, "", first.iso, first.precision)
    return When(first.date, "", "", first.precision, first.iso)
