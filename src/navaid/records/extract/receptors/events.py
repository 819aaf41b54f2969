"""What stands around the markers of a paper: states, percentages, scores, other subjects. A plain text enters."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from functools import cache

from navaid.records.extract.receptors.boxes import unticked
from navaid.records.extract.receptors.direct import direct, minus_signs, signs_before
from navaid.records.extract.receptors.event import Event
from navaid.records.extract.receptors.names import Mark
from navaid.records.extract.receptors.patterns import around, own_labels, stains
from navaid.records.extract.receptors.tables import table

BEFORE, AFTER = 100, 330


def events(text: str, marks: list[Mark]) -> list[Event]:
    """The events near the marks, in order; none overlaps another."""
    starts = [mark.start for mark in marks]
    found: list[Event] = [Event("mark", m.start, m.end, m.marker, short=m.short) for m in marks]
    found += minus_signs(text, marks)
    found += direct(text, marks)
    found += signs_before(text, marks)
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
_CONTROL = re.compile(r"\.?\s{1,3}(?:and[\s.]{1,3}\w{1,12}\s)?cont(?:rols?)?\b")
_RESULT_LABEL = re.compile(r"(positive|negative)(?:\s(?:markers?|stains?|for|immuno\w+))?$")
_NUMBER = re.compile(r"\s{0,3}\(?[<>≥~]?\s?[\dl]")
_GENE_TEST = re.compile(r"(fish|[cs]ish)\s(?:results?|interpretation|status|analysis)$")
_CONTROLS = re.compile(r"\bcontrols?\b")
_OF_NODES = ("state_positive", "state_negative")
_NODE = re.compile(r"\s{1,3}(?:(?:axillary|sentinel|lymph)\s{1,3}){0,2}(?:nodes?|margins?|biops(?:y|ies))\b")
_THE = re.compile(r"\b(?:the|an?|this|each|any|one|two|three)\s{1,3}$")
_POSITIVE_CELLS = re.compile(
    r"[\s.]{1,4}(?:(?:tumou?r|cancer|carcinoma|neoplastic|stained|staining)[\s.]{1,4})?(?:cells|nuclei)\b[^.;,\n\d]{0,12}[:=(-]\s{0,2}(?:[<>≥~]{1,2}\s?)?\d"
)
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
    r"(?:loss|down|\bup|chang\w{1,4}|conver\w{1,6}|decreas\w{1,4}|increas\w{1,4}|differ\w{1,4})\s?from\s?(?:an?\s|the\s)?"
    r"(?:[a-z]+\s?){0,2}$"
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
        if group in _OF_NODES and _NODE.match(text, end) and _THE.search(text, max(0, start - 8), start):
            return None
        if group in _STAINED and _POSITIVE_CELLS.match(text, end):
            return None  # "positive cells: 0 %": the number is the result
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
    if group in ("irs", "irs_of"):
        return Event("irs", start, end, match["i"] or match["i2"])
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
        score = next(match[name] for name in ("p1", "p3", "p4", "p5", "p6", "p7", "p8") if match[name])
        return Event("plus", start, end, score.replace("l", "1").replace("i", "1"), high=float(match["p2"] or -1))
    if group == "signs":
        sign = match["s"] or match["s2"] or match["s3"]
        return Event("sign", start, end, "negative" if sign == "-" else "positive", low=len(sign))
    if group == "label":
        if result := _RESULT_LABEL.match(match["field"]):  # "POSITIVE: ER, PR. NEGATIVE: HER2."
            listed = not _NUMBER.match(text, end)  # and not "Positive: 60 %"
            return Event("state", match.start("field"), end, result[1], sign="list" if listed else "")
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
    if group == "ihc" and _BECAUSE.search(text, max(0, start - 40), start):
        return None  # "ordered due to equivocal IHC": why, not what
    return Event(group, start, end, match[0])


def _comparator(sign: str | None) -> str:
    if not sign:
        return ""
    if "<" in sign or "≤" in sign or sign.startswith(("less", "fewer", "up")):
        return "<"
    if ">" in sign or "≥" in sign or sign.startswith(("greater", "more", "over", "at")):
        return ">"
    return ""
