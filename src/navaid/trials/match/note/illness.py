"""Other illnesses and medicines that a short account has or denies, in the words by which criteria name them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from navaid.records.extract.view import View
from navaid.terms import Assertion, Expression, Finding, Logic, Value
from navaid.trials.criteria.parse.readers import conditions, medicines
from navaid.trials.match.note.study import told

_CONCEPTS = ("comorbidity", "medication_class")
_HAD = (Assertion.PRESENT, Assertion.HISTORICAL)
_NARROW = re.compile(
    r"\b(?P<word>active|uncontrolled|severe|serious|significant|symptomatic|unstable|recent|current|major|untreated|"
    r"ongoing|decompensated|acute|chronic|systemic)\s+(?:(?:or|and|/)\s+\w+\s+)?(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_GRADE = re.compile(r"\bgrade\s*(?P<n>[1-4])\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_NO_MEDICINE = re.compile(
    r"\b(?:takes?|taking|on|uses?)\s+no\s+(?:regular\s+|other\s+|daily\s+)*(?:medicines?|medications?|drugs)\b"
    r"|\bno\s+(?:regular\s+|other\s+|current\s+|concomitant\s+)*(?:medicines?"
    r"|medications?)\b(?!\s+(?:for|that|known|which|allerg))",
    re.IGNORECASE,
)


def find(view: View) -> Iterator[Finding]:
    """A finding for each illness or kind of medicine that is there or denied; a denial may be of an active one only."""
    for at, words in told(view):
        for read in (conditions.read, medicines.read):
            for atom in read(words):
                yield from _told(view, at + atom.start, at + atom.end, atom.expression)
    for match in _NO_MEDICINE.finditer(view.text):
        yield view.finding("no_medicine", "none", *match.span(), rule="note.whole", assertion=Assertion.ABSENT)


def _told(view: View, start: int, end: int, expression: Expression) -> Iterator[Finding]:
    codes = list(dict.fromkeys(_codes(expression)))
    assertion = view.assertion(start, end)
    ahead = view.text[max(0, start - 40) : start]
    details: dict[str, Value] = {}
    if assertion is Assertion.ABSENT:
        if (narrow := _NARROW.search(ahead)) is not None:
            details["narrow"] = narrow["word"].lower()
    elif assertion in _HAD and expression.logic is Logic.IS:
        if (grade := _GRADE.search(ahead)) is not None:
            details["grade"] = int(grade["n"])
    else:
        return
    for concept, value in codes:
        yield view.finding(concept, value, start, end, rule="note.illness", assertion=assertion, details=details)


def _codes(expression: Expression) -> Iterator[tuple[str, Value]]:
    """The illnesses and medicines that an expression asks for, without what denies."""
    if expression.predicate and expression.predicate.concept in _CONCEPTS:
        for value in expression.predicate.values:
            yield expression.predicate.concept, value
    if expression.logic is not Logic.NOT:
        for part in expression.parts:
            yield from _codes(part)


def narrowed(text: str, start: int) -> str:
    """The word that narrows what is denied at this place: "no uncontrolled hypertension"."""
    found = _NARROW.search(text[max(0, start - 40) : start])
    return found["word"].lower() if found else ""
