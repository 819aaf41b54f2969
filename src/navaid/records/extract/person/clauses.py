"""Clauses of a note that are nothing but names of medicines: "Ramipril, adcal D3.", "; salbutamol inhaler."

Who writes no heading lists what is taken all the same. One word that is no medicine, dose, form or time, and the clause
is a sentence like any other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_CLAUSE = re.compile(
    r"(?:(?<=[.;:\n])|^)[ \t•*-]*(?P<list>[A-Za-z][^.;:\n]*(?:\.\d[^.;:\n]*)*)(?=[.;\n]|$)", re.MULTILINE
)
_AMOUNT = (
    r"(?:\d[\d.,/]*\s?(?:mg|mcg|µg|micrograms?|g|units?|iu|ml|%)(?:/\w{1,6})?"
    r"|[½1-4]\s(?:tablets?|tabs?|puffs?|capsules?))"
)
_HOW = (
    r"(?:inhalers?|tablets?|tabs?|capsules?|puffs?|spray|drops|cream|ointment|gel|patch(?:es)?"
    r"|injections?|nebules?|oral(?:ly)?"
    r"|p\.?o\.?|o\.?d\.?|b\.?i?\.?d\.?|t\.?[di]\.?[sd]\.?|q\.?d\.?s?\.?|om|on|nocte|mane|prn|once"
    r"|twice|three\stimes|daily|weekly|monthly"
    r"|nightly|a\sday|a\sweek|every\s\w+|at\snight|in\sthe\smorning|as\s(?:needed|required)"
    r"|regularly|(?:m/r|mr|xl|sr|er|la))"
)
_ITEM = re.compile(
    rf"(?:and\s|also\s)?(?P<name>[A-Za-z][a-z]{{3,24}}(?:\s(?:acid|sodium|calcium|besilate|hydrochloride|D3?|K))?)"
    rf"(?:\s{_AMOUNT})?(?:\s{_HOW}){{0,4}}\s?",
    re.IGNORECASE,
)
_APART = re.compile(r"\s?(?:,|\+|/|&|\band\b)\s?")
_OTHERWISE = re.compile(
    r"\b(?:allerg\w*|reactions?|intoleran\w+|stopped|previous\w*|past|avoid|not?|tried)\b[^.\n]*:?\s*$", re.IGNORECASE
)


def lists(text: str, known: Callable[[str], bool], common: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """The span of each name in a clause of medicines; one at least is `known`, the others may be `common` words."""
    for clause in _CLAUSE.finditer(text):
        if clause.end() - clause.start() > 300 or _OTHERWISE.search(text, max(0, clause.start() - 40), clause.start()):
            continue
        names = _names(text, *clause.span("list"))
        words = [text[start:end].split()[0] for start, end in names]
        if any(known(word) for word in words) and all(known(word) or common(word) for word in words):
            yield from names


def _names(text: str, at: int, end: int) -> list[tuple[int, int]]:
    """The names, if the stretch is items and what parts them and nothing else."""
    found: list[tuple[int, int]] = []
    end = at + len(text[at:end].rstrip())
    while at < end:
        item = _ITEM.match(text, at, end)
        if item is None:
            return []
        found.append(item.span("name"))
        at = item.end()
        if at < end:
            apart = _APART.match(text, at, end)
            if apart is None:
                return []
            at = apart.end()
    return found
