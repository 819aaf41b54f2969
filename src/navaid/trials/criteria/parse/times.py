"""Spans of time before joining: "within 4 weeks of the first dose", "in the past 5 years", "≥ 21 days since"."""

from __future__ import annotations

import re

_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "fourteen": 14, "a": 1, "an": 1,
}  # fmt: skip
_COUNT = rf"(?:\d{{1,3}}(?:\.\d)?|{'|'.join(_NUMBERS)})(?:\s*\(\d{{1,3}}\))?"
SPAN = rf"{_COUNT}[\s-]*(?:days?|weeks?|wks?|months?|mos?|years?|yrs?)"
_ANCHOR_WORD = (
    r"(?:the|a|first|1st|initial|planned|start(?:ing)?|initiation|initiating|beginning|commencement|date|day|time|of"
    r"|to|this|any|protocol|study|trial|investigational|drugs?|products?|agents?|imaging|anticipated|first-dose"
    r"|medications?|interventions?|treatments?|cell|therapy|dose|dosing|administration|receipt|cycle|C1D1|C1|D1|1"
    r"|day|enrol?lment|registration|randomi[sz]ation|screening|entry|consent|baseline|inclusion|infusion|allocation"
    r"|signing|informed|form|visit|0|leukapheresis|apheresis|pre-?registration|on|in|or|and|assigned|receiving)"
)
ANCHOR = rf"(?:\s*(?:prior to|before|of|from|preceding|to)(?:\s+{_ANCHOR_WORD}\b)+(?:\s*\((?:C1D1|D1|Day \d|C1)\))?)?"
WITHIN = (
    rf"(?:(?:within|during|in|over|for|(?:at\s+)?(?:any\s*time\s+)?(?:with)?in)\s+(?:the\s+)?(?:last|past"
    rf"|previous|prior|preceding)?\s*|(?:[<≤⩽]|=\s*\\?<|\\?<\s*=|less than|fewer than)\s*=?\s*){SPAN}{ANCHOR}"
)
"""So long before joining at most: for use inside a pattern, with `days`."""
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_ONE = re.compile(rf"({_COUNT})[\s-]*(d|w|m|y)", re.IGNORECASE)


def days(said: str | None) -> int | None:
    """The days that a span of time says; a month counts 30 and a year 365. None where it says none.

    >>> days("within 4 weeks of the first dose"), days("in the last five years"), days(None)
    (28, 1825, None)
    """
    found = _ONE.search(said or "")
    if not found:
        return None
    count = re.match(r"[\d.]+|[a-z]+", found[1].lower())
    plain = count[0] if count else "0"
    number = float(plain) if plain[0].isdigit() else _NUMBERS[plain]
    return round(number * _DAYS[found[2].lower()])
