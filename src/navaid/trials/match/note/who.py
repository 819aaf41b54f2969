"""Age and sex as short accounts tell them: "Woman, 54", "She is 58"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from navaid.records.extract.view import View
from navaid.terms import Finding

_PERSON = re.compile(
    r"(?<![\w-])(?P<who>woman|female|lady|man|male|gentleman)[,:]?\s{1,2}(?:aged?\s)?(?P<age>\d{2,3})(?!\w|[./%]\d|\s?%)",
    re.I,
)
_HE_IS = re.compile(
    r"\b(?P<who>she|he)\s(?:is|turned)\s(?:now\s)?(?P<age>\d{2,3})(?=\s?(?:years|[.,;]|$|\band\b))", re.IGNORECASE
)
_NAMED = re.compile(
    r"(?<![\w-])(?P<who>woman|lady|man|gentleman)(?![\w-])(?!\s(?:in|of)\sher\s(?:family|household))", re.IGNORECASE
)
_PRONOUN = re.compile(r"\b(?P<who>she|her|he|his)\b", re.IGNORECASE)
_FEMALE = ("woman", "female", "lady", "she", "her")
_KIN = re.compile(
    r"\b(?:mother|father|sister|brother|aunt|uncle|daughter|son|grand\w+|husband|wife|partner)\b", re.IGNORECASE
)


def find(view: View) -> Iterator[Finding]:
    """At most one age and one sex."""
    text = view.text[:4000]
    told = _PERSON.search(text) or _HE_IS.search(text)
    if told and 0 < int(told["age"]) < 116:
        yield view.finding("age", int(told["age"]), *told.span("age"), rule="note.age", unit="years")
    who = _NAMED.search(text)
    if who or told:
        match = told or who
        assert match is not None
        yield _sex(view, match)
    elif not _KIN.search(text):
        said = {match["who"].lower() in _FEMALE for match in _PRONOUN.finditer(text)}
        first = _PRONOUN.search(text)
        if first and len(said) == 1:
            yield _sex(view, first)


def _sex(view: View, match: re.Match[str]) -> Finding:
    value = "female" if match["who"].lower() in _FEMALE else "male"
    return view.finding("sex", value, *match.span("who"), rule="note.sex")
