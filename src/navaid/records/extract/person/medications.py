"""Other medicines: those of a list of medicines, and those that a sentence says are taken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from navaid.records.deidentify.lexicon import fold, words
from navaid.records.extract.header.tables import table
from navaid.records.extract.person.clauses import lists
from navaid.records.extract.sections import Section
from navaid.records.extract.treatments.lexicon import ingredients, terms
from navaid.records.extract.treatments.other_illness import for_another_illness
from navaid.records.extract.treatments.status import REPORTS, status
from navaid.records.extract.view import View
from navaid.terms import Finding, Value

LONGEST = 4_000  # characters of a list that are read
_ITEM = re.compile(r"[^\n;•,]+(?:,\d{3}[^\n;•,]*)?")
_LEAD = re.compile(
    r"^[\s,.\-*•)]*(?:\d{1,2}[.)]\s*)?(?:(?:and|also|she|he|takes?|taking|is|on|currently"
    r"|uses?|the|patient|include[sd]?|only|a|an|of|prn|as needed|continue|continues"
    r"|with|his|her|current|medications?|are|started)[\s:]+){0,6}",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?P<name>[A-Za-z][A-Za-z0-9/'-]{2,30}(?:\s(?:acid|sulfate|calcium|sodium|succinate"
    r"|tartrate|hydrochloride|citrate|phosphate|XL|XR|ER|SR|CR|DS|HCT|hctz|oil|chloride"
    r"|D3?|C|E|B12|B6|K|patch|insulin|aspart|glargine))?)"
)
_DOSE = re.compile(
    r"\b(?P<dose>\d[\d.,/]*\s?(?:mg|mcg|µg|g|units?|iu|meq|ml|tablets?|tabs?|capsules?|puffs?|%)(?:/\w+)?)(?!\w)",
    re.IGNORECASE,
)
_TAKEN = re.compile(
    r"\b(?:q\.?d|b\.?i\.?d|t\.?i\.?d|q\.?i\.?d|qhs|qam|prn|daily|a day|weekly|twice"
    r"|once|po|p\.o|nightly|at bedtime|as needed|every|per day|inhaler|tablet|mg|mcg"
    r"|units)\b",
    re.IGNORECASE,
)
_ON = re.compile(
    r"\b(?:(?:[Oo]n|[Tt]aking|[Tt]akes|[Uu]ses)\s(?:an?\s|her\s|his\s|only\s|regular\s)?|therapy\s\("
    r"|(?P<heading>[Cc]urrent\s[Mm]edications?\s))(?P<list>[A-Za-z][a-z]{4,24}(?:(?:,\s?(?:and\s)?"
    r"|\s?\+\s?|\sand\s|/)[A-Za-z][a-z]{4,24}){0,6})\b"
)
# A name with its dose and how often: taken, wherever it stands.
_DOSED_NAME = re.compile(
    r"\b(?P<name>[A-Za-z][a-z]{4,24}(?:\sacid)?)\s\d[\d.,]{0,6}\s?(?:mg|mcg|µg|micrograms|units|IU)\s"
    r"(?:p\.?o\.?\s|oral(?:ly)?\s|by mouth\s|tablets?\s)?"
    r"(?:once|twice|daily|weekly|monthly|q\.?d|qhs|qam|b\.?i?\.?d|t\.?i\.?d|every|nightly"
    r"|at (?:bedtime|night)|prn|as needed"
    r"|a (?:day|week)|in the|o\.?d\b|tds\b|qds\b|om\b|nocte\b|mane\b)",
    re.IGNORECASE,
)
# Stems of the classes of drugs, as nonproprietary names end.
_STEM = re.compile(
    r"\w{2}(?:statin|olol|april|opril|sartan|prazole|conazole|mycin|cillin|dipine|gliptin"
    r"|gliflozin|lukast|parin|xaban|gatran|triptan|oxetine"
    r"|azepam|zolam|formin|thiazide|semide|thyroxine|profen|codone|setron|tidine|cycline"
    r"|oxacin|ciclovir|glitazone|terol|olone|onide|asone|pidem|triptyline|talopram"
    r"|sertraline|azosin|lafaxine)$"
)
_WORD = re.compile(r"[A-Za-z]{5,25}")
_ELSEWHERE = frozenset(("medications", "allergies", "family_history", "patient_education", "labs"))
_STOPPED = re.compile(r"\b(?:discontinued|stopped|held|d/c|not taking)\b", re.IGNORECASE)


def medications(view: View) -> Iterator[Finding]:
    """A finding for each medicine that is no cancer drug, once each."""
    if view.header.type in {"leaflet", "insurance"}:
        return
    seen: set[str] = set()
    for section in view.sections:
        if section.kind == "medications":
            yield from _listed(view, section, seen)
    yield from _spoken(view, seen)
    if view.header.type not in REPORTS:
        yield from _dosed(view, seen)
        yield from _alone(view, seen)
    for term in terms(view.text):
        if term.kind != "medicine" and not for_another_illness(view, term):
            continue
        names = ingredients(term.value)
        if seen.issuperset(names) or view.section_at(term.start).kind in {"medications", "allergies", "labs"}:
            continue
        told = status(view, term.start, term.end)
        if told is None or not told.given or _is_lab(view.text, term.end):
            continue
        seen.update(names)
        for name in names:
            word = view.text[term.start : term.end]
            details: dict[str, Value] = {"status": told.word} if told.word else {}
            if word.lower() != name:
                details["as"] = word
            yield view.finding(
                "medication",
                name,
                term.start,
                term.end,
                rule="person.medicine",
                assertion=told.assertion,
                details=details,
            )


def _spoken(view: View, seen: set[str]) -> Iterator[Finding]:
    """Medicines that a sentence says are taken: "on lisinopril and metoprolol"."""
    text = view.text
    report = view.header.type in REPORTS  # where a stain is "on" a block; only a list counts
    named = {term.start for term in terms(text)}
    for match in _ON.finditer(text):
        if report and not match["heading"]:
            continue
        for item in _WORD.finditer(text, match.start("list"), match.end("list")):
            word = item.group()
            if item.start() in named:  # told by the vocabulary, below
                continue
            if not _known(word):
                break
            if word.lower() in seen or view.section_at(item.start()).kind in _ELSEWHERE:
                continue
            told = status(view, item.start(), item.end(), default="current" if match["heading"] else "")
            if told is not None and told.given:
                seen.add(word.lower())
                details: dict[str, Value] = {"status": told.word} if told.word else {}
                yield view.finding(
                    "medication",
                    word.lower(),
                    item.start(),
                    item.end(),
                    rule="person.medicine",
                    assertion=told.assertion,
                    details=details,
                )


def _dosed(view: View, seen: set[str]) -> Iterator[Finding]:
    """Medicines with a dose and how often, outside of every list: "2. Rosuvastatin 10 mg qhs"."""
    named = {term.start for term in terms(view.text)}
    for match in _DOSED_NAME.finditer(view.text):
        start, end = match.span("name")
        name = match["name"].lower()
        if start in named or name in seen or not _known(name.split()[0]) or view.section_at(start).kind in _ELSEWHERE:
            continue
        told = status(view, start, end, default="current")
        if told is not None and told.given:
            seen.add(name)
            yield view.finding(
                "medication",
                name,
                start,
                end,
                rule="person.medicine",
                assertion=told.assertion,
                details={"status": told.word or "current"},
            )


def _alone(view: View, seen: set[str]) -> Iterator[Finding]:
    """Medicines that make up a clause of their own, under no heading: "Hypertension. Ramipril, adcal D3." """
    named = {term.start for term in terms(view.text) if term.kind in {"drug", "regimen"}}
    for start, end in lists(view.text, _known, lambda word: fold(word) in _words("common")):
        name = view.text[start:end].lower()
        plain = _ingredient(name) or name
        if start in named or plain in seen or view.section_at(start).kind in {*_ELSEWHERE, "plan"}:
            continue
        told = status(view, start, end, default="current")
        if told is not None and told.given:
            seen.add(plain)
            details: dict[str, Value] = {"status": told.word or "current"}
            if dose := _DOSE.match(view.text, end + 1, end + 20):
                details["dose"] = dose["dose"]
            yield view.finding(
                "medication", plain, start, end, rule="person.medicine", assertion=told.assertion, details=details
            )


def _listed(view: View, section: Section, seen: set[str]) -> Iterator[Finding]:
    text = view.text
    end = min(section.end, section.body + LONGEST)
    cancer = {term.start for term in terms(text) if term.kind in {"drug", "regimen"}}
    for item in _ITEM.finditer(text, section.body, end):
        lead = _LEAD.match(item.group())
        at = item.start() + (lead.end() if lead else 0)
        match = _NAME.match(text, at, item.end())
        if not match or match.start() in cancer:
            continue
        name = _whole(match["name"], text[match.start() : item.end()])
        rest = text[match.start() + len(name) : item.end()]
        plain = _ingredient(name) or name.lower()
        if plain in seen or not _is_medicine(name, rest) or _STOPPED.search(rest):
            continue
        seen.add(plain)
        dose = _DOSE.search(rest)
        details: dict[str, Value] = {"status": "current"}
        if dose:
            details["dose"] = dose["dose"]
        if plain != name.lower():
            details["as"] = name
        yield view.finding(
            "medication",
            plain,
            match.start(),
            match.start() + len(name),
            rule="person.medication_list",
            details=details,
        )


def _whole(name: str, item: str) -> str:
    """The name of a medicine that no list knows: all words up to its dose ("evening primrose 1000 mg")."""
    if _known(name.split()[0]):
        return name
    longer = re.match(
        r"[A-Za-z][\w'/-]+(?:[ ](?!\d|once|twice|one|two|three|daily|every|q|b\.?i\.?d"
        r"|t\.?i\.?d|p\.?o|as |at |for |by )[A-Za-z][\w'/-]+){0,3}",
        item,
    )
    return longer.group() if longer else name


def _is_medicine(name: str, rest: str) -> bool:
    """Whether an item of a list is a medicine: a known name, or any word with a dose or "twice a day" behind it."""
    first = fold(name.split()[0])
    if first in _words("begins_nothing") or name.lower() in _words("begins_nothing"):
        return False
    return (
        _known(first)
        or first in _words("common")
        or bool(_DOSE.search(rest[:40]) or (_TAKEN.search(rest[:30]) and len(rest) < 80))
    )


def _known(word: str) -> bool:
    """Whether a word names a medicine: by the list of drugs, or by the stem of its class ("-pril", "-statin")."""
    plain = fold(word)
    return (plain in words("drugs") or bool(_STEM.search(plain))) and plain not in _words("no_medicine")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(table("medicines")[name])


def _ingredient(name: str) -> str:
    """The ingredient of a brand that the vocabulary knows; empty for all others."""
    return next(
        (ingredients(term.value)[0] for term in terms(name) if term.kind == "medicine" and term.end == len(name)), ""
    )


def _is_lab(text: str, end: int) -> bool:
    """Whether "vitamin D 32 ng/mL" is a level, not a medicine."""
    return bool(re.match(r"\s?(?:level|[:=]?\s?\d[\d.]*\s?(?:ng|nmol))", text[end : end + 24]))
