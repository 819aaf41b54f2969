"""Cancer drugs and regimens: what was given, planned, considered or declined, with dates, cycles, line and intent."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from functools import cache

from navaid.records.extract.header.tables import any_of, table
from navaid.records.extract.treatments.ending import ending, grew
from navaid.records.extract.treatments.going_on import begins_before, open_end, reach, standing
from navaid.records.extract.treatments.lexicon import Term, ingredients, list_end, list_start, regimen, sparse, terms
from navaid.records.extract.treatments.line import line
from navaid.records.extract.treatments.other_illness import for_another_illness
from navaid.records.extract.treatments.response import response_after
from navaid.records.extract.treatments.status import REPORTS, Status, status
from navaid.records.extract.treatments.when import When, when
from navaid.records.extract.view import View
from navaid.terms import Finding, Value

KINDS = frozenset(("drug", "regimen"))
_COUNT = r"(?P<a>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_OF_ALL = (
    r"(?P<of>\d{1,2})\s?(?:/|of|out of)\s?(?:a\s|the\s)?(?:planned\s|total\s)?\d{1,2}(?:\splanned)?(?:\scycles?"
    r"|\sdoses)"
)
_CYCLES_BEFORE = re.compile(
    rf"\b(?:{_OF_ALL}|{_COUNT}\s(?:[a-z-]+\s)?(?:cycles?|courses|doses)|cycles?\s\#?(?P<c>\d{{1,2}}))"
    r"\s(?:of|with)\s(?:(?!followed)[\w-]+\s){0,3}$|\bcycle\s\#?(?P<day>\d{1,2}),?\sday\s\d{1,2}\s(?:of\s)?$",
    re.IGNORECASE,
)
_CYCLES_BEHIND = re.compile(
    rf"\s?,?\s?(?:\(|(?:for|was|with|has|have|to|the|given|a|total|of|regimen|chemo"
    rf"|chemotherapy|therapy|treatment)\s){{0,3}}"
    rf"(?:{_OF_ALL}|{_COUNT}\s(?:[a-z-]+\s)?(?:cycles?|courses|doses)\b(?!\sof)|cycles?\s\#?(?P<c>\d{{1,2}})\b"
    r"|[x×]\s?(?P<x>\d{1,2})(?!\s*(?:mg|years?|yrs?|months?|mo\b|weeks?|wks?|days?"
    r"|\d|[.,]\d|[x×]))\b|C(?P<cd>\d{1,2})\s?D\d)",
    re.IGNORECASE,
)
_NUMBERS = {w: n for n, w in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)}
_STOPPED = re.compile(
    r"\b(?:stopped|discontinued|held|switched|changed|stopping|came off|off|d/c'?d)\b[^.;\n]{0,60}?"
    r"\b(?:due to|because of|secondary to|for(?!\s\d)|given|owing to)\s+(?P<why>[^.;,\n()]{3,60})",
    re.IGNORECASE,
)
_PROGRESSED = re.compile(r"\bprogress(?:ed|ion|ing)\s(?:on|through|after)\s(?:[\w-]+\s){0,2}$", re.IGNORECASE)
_REACH = 130


def drugs(view: View) -> Iterator[Finding]:
    """A finding for each drug and regimen that the paper speaks of as this person's."""
    found = sparse(term for term in terms(view.text) if term.kind in KINDS and _is_meant(view.text, term))
    starts = tuple(term.start for term in found)
    for place, term in enumerate(found):
        told = status(view, term.start, term.end, default=_default(view, term))
        if told is None or for_another_illness(view, term):
            continue
        first, last = list_start(view.text, found, place), list_end(view.text, found, place)
        yield from _findings(view, term, told, first, last, starts, line(view, found, place, first, last))


def _findings(
    view: View, term: Term, told: Status, first: int, upto: int, starts: tuple[int, ...], of_line: int
) -> Iterator[Finding]:
    days = when(view, first, upto, starts) if told.given else When()
    if told.begins and days.stop and not days.start:  # "stopped letrozole in May, switched to exemestane"
        days = When(None, days.stop, "")
    opened = told.given and open_end(view.text, upto, reach(view, upto, starts))
    if days.on and not days.start and (told.begins or opened or (told.given and begins_before(view, first))):
        days = When(days.date, days.on, days.stop, days.precision)
    details = _details(view, first, told, days, upto, of_line)
    if told.given:
        details = _ended(view, first, upto, starts, details)
    if (told.begins or opened or days.start) and not days.stop and told.given and "reason" not in details:
        course = term.kind == "regimen"  # a regimen has a length of its own: "received AC-T from March 2021"
        word = standing(view, first, upto, starts, str(details.pop("status", "")), course=course)
        details |= {"status": word} if word else {}
    if term.kind == "regimen":
        plan = regimen(term.value)
        yield view.finding(
            "regimen",
            plan.id,
            term.start,
            term.end,
            rule="treatments.regimen",
            assertion=told.assertion,
            date=days.date,
            details=details,
        )
        details = {**details, "regimen": plan.id}
        names = plan.drugs
    else:
        names = ingredients(term.value)
    word = view.text[term.start : term.end]
    for name in names:
        own = details if word.lower() == name.lower() else {"as": word, **details}
        yield view.finding(
            "drug",
            name,
            term.start,
            term.end,
            rule="treatments.drug",
            assertion=told.assertion,
            date=days.date,
            details=own,
        )


def _ended(view: View, first: int, upto: int, starts: tuple[int, ...], details: dict[str, Value]) -> dict[str, Value]:
    """The details with why it ended and that the cancer grew on it, where those say nothing else."""
    sentence = view.sentence_at(first)
    following = bisect.bisect_left(starts, upto)
    end = min([sentence.end, upto + _REACH, *starts[following : following + 1]])
    told = ending(view.text[max(sentence.start, first - _REACH) : first], view.text[upto:end])
    if grew(str(details.get("reason", ""))):
        told["response"] = "progression"
    return {**told, **({"status": "past"} if "reason" in told else {}), **details}


def _details(view: View, first: int, told: Status, days: When, upto: int, of_line: int) -> dict[str, Value]:
    text = view.text
    sentence = view.sentence_at(first)
    before = text[max(sentence.start, first - _REACH) : first]
    behind = text[upto : min(sentence.end, upto + _REACH)]
    details: dict[str, Value] = {}
    if told.word:
        details["status"] = told.word
    for name, value in (("start", days.start), ("stop", days.stop)):
        if value:
            details[name] = value
    if days.date and days.precision != "day":
        details["precision"] = days.precision
    if cycles := _cycles(before, behind):
        details["cycles"] = cycles
    if of_line:
        details["line"] = of_line
    if intent := _intent(before, behind[:50]):
        details["intent"] = intent
    if told.given and _is_over(view, first, upto, days):
        details["status"] = "past"
    if told.given:
        if answer := response_after(behind) or ("progression" if _PROGRESSED.search(before) else ""):
            details["response"] = answer
        if why := _STOPPED.search(behind):
            details["reason"] = why["why"].strip()
            details["status"] = "past"
    return details


_TO_GO_ON = re.compile(
    r"\b(?:continu\w+|to (?:go on|complete|finish)|planned|for (?:a total|another))\b", re.IGNORECASE
)


def _is_over(view: View, first: int, upto: int, days: When) -> bool:
    """Whether the day up to which it was given has passed when the paper was written: "until September 2026"."""
    if not days.stop:
        return False
    around = view.text[max(0, first - 60) : upto + _REACH]
    if view.header.date is None:
        return not _TO_GO_ON.search(around)
    return days.stop <= view.header.date.isoformat()[: len(days.stop)]


def _default(view: View, term: Term) -> str:
    """With cycles, a dose or "daily" behind it a drug is taken, unless the sentence says otherwise."""
    if view.header.type in REPORTS:
        return ""
    before = _CYCLES_BEFORE.search(view.text, max(0, term.start - 80), term.start)
    if before and before["of"]:
        return "current"
    return "told" if _DOSED.match(view.text, term.end, term.end + 40) else ""


_DOSED = re.compile(r"[\s,(]{0,3}\d[\d.,]*\s?(?:mg|mcg|g)\b|\s?[x×]\s?\d", re.IGNORECASE)


def _cycles(before: str, behind: str) -> int:
    """The number of cycles beside a drug: right behind it ("x 4"), or before it ("4 cycles of")."""
    match = _CYCLES_BEHIND.match(behind) or _CYCLES_BEFORE.search(before[-80:])
    if match:
        digits = next(value for value in match.groupdict().values() if value)
        number = int(digits) if digits.isdigit() else _NUMBERS.get(digits.lower(), 0)
        if 0 < number <= 60:
            return number
    return 0


def _intent(before: str, behind: str) -> str:
    """The intent that stands nearest before the drug, or right behind it."""
    matches = [*_intents().finditer(before)][-1:] or [*_intents().finditer(behind)][:1]
    return str(matches[0].lastgroup) if matches else ""


@cache
def _intents() -> re.Pattern[str]:
    rows = table("treatment_cues")["intent"]
    groups = "|".join(f"(?P<{name}>{any_of(forms)})" for name, forms in rows.items())
    return re.compile(rf"(?<![^\W_-])(?:{groups})(?![^\W_])", re.IGNORECASE)


def _is_meant(text: str, term: Term) -> bool:
    """Whether an abbreviation that means other things too stands near a word of chemotherapy."""
    word = text[term.start : term.end]
    if word not in _ambiguous():
        return True
    around = text[max(0, term.start - 90) : term.start] + " # " + text[term.end : term.end + 60]
    return bool(_context().search(around))


@cache
def _ambiguous() -> frozenset[str]:
    return frozenset(table("regimens")["need_context"])


@cache
def _context() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![^\W_])(?:{any_of(table('regimens')['context'])})(?![^\W_])|#\s?\s?[x×]\s?\d", re.IGNORECASE
    )
