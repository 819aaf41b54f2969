"""What stands around the markers of a paper: states, percentages, scores, other subjects. A plain text enters."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from navaid.records.extract.receptors.boxes import unticked
from navaid.records.extract.receptors.names import Mark
from navaid.records.extract.receptors.patterns import around, own_labels, stains
from navaid.records.extract.receptors.tables import table

BEFORE, AFTER = 100, 330


@dataclass(frozen=True)
class Event:
    """`text[start:end]` is of a `kind`: mark, state, percent, plus, other, stop … (the names of patterns.py).

    `value` is the marker, the state, the number; `low` and `high` bound a percentage, `sign` is its comparator.
    """

    kind: str
    start: int
    end: int
    value: str = ""
    low: float = 0.0
    high: float = 0.0
    sign: str = ""
    short: bool = False


def events(text: str, marks: list[Mark]) -> list[Event]:
    """The events near the marks, in order; none overlaps another."""
    starts = [mark.start for mark in marks]
    found: list[Event] = [Event("mark", m.start, m.end, m.marker, short=m.short) for m in marks]
    found += _minus_signs(text, marks)
    found += _direct(text, marks)
    for start, end in _windows(text, marks):
        at = start
        while match := around().search(text, at, end):
            index = bisect.bisect_right(starts, match.start()) - 1
            inside = marks[index] if index >= 0 and marks[index].end > match.start() else None
            after = marks[index + 1] if index + 1 < len(marks) else None
            if inside:
                at = inside.end
            elif after and after.start < match.end() and str(match.lastgroup) in ("label", "copies", "other", "allred"):
                at = after.start if str(match.lastgroup) in ("label", "allred") else match.start() + 1
            else:
                event = _event(match, text)
                if (
                    event and after and after.start < event.end
                ):  # "no HER2 gene amplification": it stands before its marker
                    event = Event(event.kind, event.start, after.start, event.value) if event.kind == "state" else None
                if event:
                    found.append(event)
                at = max(match.end(), at + 1)
    return list(_apart(sorted(found, key=lambda event: (event.start, -event.end))))


def _apart(found: list[Event]) -> Iterator[Event]:
    """The events without those that overlap the one before."""
    end = 0
    for event in found:
        if event.start >= end:
            yield event
            end = event.end


_MINUS = re.compile(
    r"-(?!\s{0,3}[a-z0-9(]|-)"
    r"|\s-(?!\s{0,3}[a-z0-9(]|-|\s?[.:]\s{0,3}(?:pos|neg|weak|strong|equiv|not\s|see|pend|perform|previous|\d))"
    r"|\s?\(?-\s?ve\b|\s?\(-\)|\s?:\s?-(?=\s?[.,;)\n]|$)"
    r"|-(?=\s\()|-(?=\s(?!pos|neg|weak|strong|equiv|not|\d|focal|high|low|see|pend|amplif|over)[a-z])"
)
_PLUS = re.compile(r"\s?\(?\+")
_DASH = re.compile(r"\s?-\s?(?:/|,)?\s?$")


def _minus_signs(text: str, marks: list[Mark]) -> list[Event]:
    """The minus signs that are results: "ER-", "HER2- disease", "ER-PR-HER2+"; not "ER - positive", "HER2-targeted"."""
    found, signed = [], False
    for index in range(len(marks) - 1, -1, -1):
        mark, after = marks[index], marks[index + 1] if index + 1 < len(marks) else None
        match = _MINUS.match(text, mark.end)
        if not match and signed and after and after.start - mark.end <= 4 and _DASH.match(text, mark.end, after.start):
            match = _DASH.match(text, mark.end, after.start)
        signed = bool(match or _PLUS.match(text, mark.end))
        if match:
            found.append(Event("sign", mark.end, match.end(), "negative"))
    return found


_DIRECT = re.compile(
    r"\s{0,2}(?:(?:status|immuno\w{0,14}|expression|staining|protein)\s?)?[:\-=]?\s{0,4}(?:(?:is|are|was|were)\s)?(?:(?P<positive>present|detected|identified|expressed|reactive|rich|pos|positivity(?=\s?[,.;)]|\sand\b))|(?P<negative>neg|poor|absent|not\s(?:present|identified|detected|found|seen)|none))\b"
)
_ZERO = re.compile(r"\s{0,3}(?:ihc\s|score\s|by\sihc\s)?[:=-]?\s?(?P<zero>0)(?=\s{0,2}(?:[,;)\n]|\.(?!\d)|$))")
_GLUED = re.compile(r"positive|negative")
_BELOW_ONE = re.compile(r"\s?[:=]?\s?(<\s?1)(?=\s?(?:[,;)\n]|\.(?!\d)|$))")
_PAIRS = {
    kind: (
        re.compile(rf"\s?:?\s?({first})\s?[,;/]?\s?(?:and\s)?$"),
        re.compile(rf"\s?:?\s?({second})(?!\s?[\d%/+-]|\.\d)(?=[\s,;.)]|$)"),
    )
    for kind, first, second in (("allred", "[5-8]", "[0-8]"), ("percent", "[1-9]\\d|100", "[1-9]\\d|100|0"))
}
_LIST = re.compile(r"\s{0,3}:?\s{0,3}\(?(?P<one>[+-])\s?[/,]\s?(?P<two>[+-])(?:\s?[/,]\s?(?P<three>[+-]))?(?![\w+])")


def _direct(text: str, marks: list[Mark]) -> Iterator[Event]:
    """What counts only right after a marker: "present", HER2 "0", and "+/+/-" after a list."""
    for mark, after in itertools.pairwise(marks):
        if (mark.marker, after.marker) == ("er", "pr") and after.start - mark.end < 12 and mark.short:
            for kind, (first, second) in _PAIRS.items():
                one, two = first.match(text, mark.end, after.start), second.match(text, after.end)
                for found in (one, two) if one and two else ():
                    number = float(found[1])
                    yield Event(kind, found.start(1), found.end(1), found[1], low=number, high=number)
    for mark in marks:
        if text[mark.end - 1].isalnum() and (match := _GLUED.match(text, mark.end)):
            yield Event("state", match.start(), match.end(), match[0])
        elif match := _BELOW_ONE.match(text, mark.end):
            yield Event("percent", match.start(1), match.end(), low=1.0, high=1.0, sign="<")
        elif match := _DIRECT.match(text, mark.end):
            yield Event("state", match.start(str(match.lastgroup)), match.end(), str(match.lastgroup))
        elif mark.marker in ("er", "pr", "her2") and (match := _ZERO.match(text, mark.end)):
            yield Event("plus", match.start("zero"), match.end("zero"), "0", high=-1)
        elif match := _LIST.match(text, mark.end):
            for name in ("one", "two", "three"):
                if match[name]:
                    yield Event(
                        "sign", match.start(name), match.end(name), "positive" if match[name] == "+" else "negative"
                    )


def _windows(text: str, marks: list[Mark]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for mark in marks:
        start, end = max(0, mark.start - BEFORE), min(len(text), mark.end + AFTER)
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


_FOR = re.compile(r"\s{1,3}(?:for|to)\s{1,3}(?:an?\s|the\s|any\s|residual\s|both\s)?")
_ABOUT = re.compile(
    r"(?:nuclear|membran|over-?\s?expression|expression|amplif|stain|immuno|reactiv|hormone|recept|protein|o?estrog|progest|her-?2|er\b|pr\b|pgr\b|c-?erb|ki-?67|both|either|all|each|neu\b|ihc|fish|the\s(?:three|two)|invasive|dcis|most|many|more|approx|about|\d|>|<|strong|weak|moderate|this|\x00)"
)


_NUMBER_WORDS = {"five": 5, "ten": 10, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
_NUMBER_WORDS |= {"seventy": 70, "eighty": 80, "ninety": 90}
_OF_SOMETHING = ("positive", "negative", "weak_positive", "strong_positive", "equivocal")
_CONTROL = re.compile(r"\.?\s{1,3}(?:and\s\w{1,12}\s)?cont(?:rols?)?\b")
_RESULT_LABEL = re.compile(r"(positive|negative)(?:\s(?:markers?|stains?|for|immuno\w+))?$")
_GENE_TEST = re.compile(r"(fish|[cs]ish)\s(?:results?|interpretation|status|analysis)$")
_CONTROLS = re.compile(r"\bcontrols?\b")
_MISTAKEN = re.compile(r"\s(?:in|by|through|due\sto)\s(?:an?\s)?(?:\w+\s)?error")
_TYPED = re.compile(r"\b(?:typed|erroneously|incorrectly|wrongly|mistakenly)\s(?:\w+\s)?(?:as\s)?(?:an?\s)?$")


@cache
def _normal() -> re.Pattern[str]:
    return re.compile(table("words")["normal_in"])


_BECAUSE = re.compile(
    r"\b(?:due\sto|because\sof|given|in\s(?:light|view)\sof|(?:degree|level|amount|pattern|extent)\sof|rather\sthan|instead\sof|versus|vs\.?)\s(?:the\s|an?\s)?(?:\w+\s)?$"
)
# "loss from original 3+", "previously 2+": the score of another day.
_FORMER = re.compile(
    r"\b(?:loss|down|up|chang\w+|conver\w+|decreas\w+|increas\w+|differ\w+)\sfrom\s(?:an?\s|the\s)?(?:\w+\s){0,2}$"
    r"|\b(?:original|previous|prior|initial|former|earlier)(?:ly)?\s(?:(?:score|ihc|of|was|reported|as|her-?2)\s){0,3}$"
)
_STAINED = ("state_positive", "state_strong_positive", "state_weak_positive")
_OF_CELLS = re.compile(
    r"%\s?\)?\s?(?:of\s)?(?:the\s)?(?:invasive\s)?(?:tumou?r\s|cancer\s|neoplastic\s)?(?:cells?\s|nuclei\s|nuclear\s|staining\s)?(?:are\s|is\s|stain\s|show\s)?(?:nuclear\s)?$"
)


def _event(match: re.Match[str], text: str) -> Event | None:
    """The event of a match, None where it says nothing: a state "for malignancy", a field's own sub-label."""
    group, start, end = str(match.lastgroup), match.start(), match.end()
    if group.startswith("state_"):
        about = _FOR.match(text, end) if group[6:] in _OF_SOMETHING else None
        if about and not _ABOUT.match(text, about.end()):
            of_stains = stains().match(text, about.end())
            return (
                Event("state", start, end, group[6:], sign="list") if of_stains else Event("other", start, end, "for")
            )
        if group in _STAINED and _OF_CELLS.search(text, max(0, start - 40), start):
            return None  # "5 % positive cells": the number is the result
        if _normal().match(text, end) or _MISTAKEN.match(text, end) or _TYPED.search(text, max(0, start - 40), start):
            return None
        if unticked(text, start, end) or _CONTROL.match(text, end) or _BECAUSE.search(text, max(0, start - 40), start):
            return None
        return Event("state", start, end, group[6:])
    if group == "percent":
        low = float(match["low"])
        high = float(match["high"]) if match["high"] else low
        return (
            Event("percent", start, end, low=min(low, high), high=max(low, high), sign=_comparator(match["sign"]))
            if high <= 100
            else None
        )
    if group == "percent_word":
        number = float(sum(_NUMBER_WORDS.get(word, 0) for word in re.split(r"[\s-]", match[0])))
        return Event("percent", start, end, low=number, high=number)
    if group == "plus_word":
        return Event("plus", start, end, {"o": "1", "t": "2"}[match[0][0]] if match[0][1] != "h" else "3", high=-1)
    if group == "hscore":
        return Event("hscore", start, end, match["h"]) if int(match["h"]) <= 300 else None
    if group == "allred":
        return Event("allred", start, end, match["a1"] or match["a2"] or match["a3"] or match["a4"])
    if group == "ratio":
        return Event("ratio", start, end, match["r"].replace(" ", ""))
    if group in ("copies", "copies_of"):
        return Event("copies", start, end, match["c"] or match["c2"])
    if group == "plus":
        if _FORMER.search(text, max(0, start - 60), start):
            return None
        if match["p1"] == "0" and match["p2"] == "3":
            return None  # the scale
        score = match["p1"] or match["p3"] or match["p4"] or match["p5"] or match["p6"] or match["p7"]
        return Event("plus", start, end, score.replace("l", "1").replace("i", "1"), high=float(match["p2"] or -1))
    if group == "signs":
        sign = match["s"] or match["s2"] or match["s3"]
        return Event("sign", start, end, "negative" if sign == "-" else "positive", low=len(sign))
    if group == "label":
        if result := _RESULT_LABEL.match(match["field"]):  # "POSITIVE: ER, PR. NEGATIVE: HER2."
            return Event("state", match.start("field"), end, result[1], sign="list")
        if gene := _GENE_TEST.match(match["field"]):
            return Event("ish", match.start("field"), match.start("field") + gene.end(1))
        if control := _CONTROLS.search(match["field"]):
            return Event("other", match.start("field") + control.start(), end, "label")
        return None if own_labels().search(match["field"]) else Event("other", match.start("field"), end, "label")
    if group == "level":
        return Event("level", start, end, "ultralow" if "ultra" in match[0] else "low")
    if group == "cell":
        return Event("cell", start, end, match["n"] or match["n2"])
    if group == "intensity":
        word = match[0][:3]
        return Event(
            "intensity",
            start,
            end,
            {"wea": "weak", "str": "strong"}.get(word, "strong" if match[0].startswith("intense") else "moderate"),
        )
    return Event(group, start, end, match[0])


def _comparator(sign: str | None) -> str:
    if not sign:
        return ""
    if "<" in sign or "≤" in sign or sign.startswith(("less", "fewer", "up")):
        return "<"
    if ">" in sign or "≥" in sign or sign.startswith(("greater", "more", "over", "at")):
        return ">"
    return ""
