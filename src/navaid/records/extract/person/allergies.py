"""Allergies: what a person reacts to and how; `none_known` where the paper says that there are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from navaid.records.extract.header.tables import table
from navaid.records.extract.sections import Section
from navaid.records.extract.treatments.lexicon import ingredients, terms
from navaid.records.extract.view import View
from navaid.terms import Assertion, Finding, Value

_NONE = re.compile(
    r"\b(?:NKDA|NKA|NKMA|no known (?:drug |medication |medicine |food )?(?:or \w+ )?allerg(?:y"
    r"|ies)|no (?:drug |medication )?allergies"
    r"|denies (?:any )?(?:known )?(?:drug |medication )?allergies|allerg(?:y|ies)\s?[:,]{1,2}\s{0,3}(?:none"
    r"|no known|nil|nkda|denies|no\b)"
    r"|sin alergias(?: conocidas)?|no alergias|keine (?:bekannten )?allergien|pas d'allergie"
    r"|nessuna allergia|sem alergias|geen allergie[ëe]n)(?!\w)",
    re.IGNORECASE,
)
# "No known allergies to latex" says only that; "to any drugs", "to medications" says it of all.
_ONLY_OF = re.compile(
    r"\s{0,2}(?:allerg(?:y|ies)\s)?(?:to|against)\s(?!(?:(?:any|known|all|other|drugs?|medicines?|medications?|foods?|substances?|anything|and|or)"
    r"(?:\s|,\s?|/))*(?:drugs?|medicines?|medications?|substances?|anything|date)\b)",
    re.IGNORECASE,
)
_HINTS = tuple("lerg lérg alergi nka nkma nkda hypersens anaph gives gave causes caused".split())
_TO = re.compile(
    r"\b(?:allergic to|allergy to|allergies to|anaphylaxis to|anaphylactic reaction to"
    r"|hypersensitivity to|allergic reaction to|alérgic[ao] a|allergisch gegen|allergique à"
    r"|alergias:|allergien:|allergie:|alergie[ëe]n:)\s(?P<what>[^.;\n]{2,80})",
    re.IGNORECASE,
)
_WORD_BEFORE = re.compile(r"\b(?P<what>[A-Za-z]{4,20}) allergy\b", re.IGNORECASE)
_GIVES = re.compile(
    r"\b(?P<what>[A-Za-z]{4,20})\s(?:gives|gave|causes|caused)\s(?:her|him|me|the patient)\s(?:an?\s)?(?:\w+\s)?"
    r"(?:rash|hives|itch\w*|swelling|anaphylaxis|wheez\w*|welts)\b",
    re.IGNORECASE,
)
_NOT_DENIED = re.compile(r"\b(?:no|not|denies|never|without)\s(?:[\w-]+\s){0,3}$", re.IGNORECASE)
_ITEM = re.compile(r"[^,;\n•]+")
_NAME = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9'/-]{1,30}(?:[ ][A-Za-z][A-Za-z0-9'/-]{0,20}){0,3})")
_REACTION = re.compile(
    r"\s*(?:\(|-|–|:|\bcauses?\b|\bcausing\b|\bwhich causes?\b|\bleading to\b|\bwith\b"
    r"|\breaction:?|=|\bgives?\b)\s*(?P<how>[A-Za-z][^,;.)\n]{2,50})",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^[\s,.\-*•]*(?:\d{1,2}[.)]\s*)?(?:(?:and|also|she|he|is|are|allergic|to|the|patient"
    r"|has|an?|allergy|known|drug|medication|include[sd]?|states|that|allergies)[\s:]+){0,8}",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\s(?:and|which|when|causes?|causing|with|that|in|for|from|as|but|was|is|has|had|who|gives?|dye when)\s|\s[-–]\s",
    re.IGNORECASE,
)


def allergies(view: View) -> Iterator[Finding]:
    """A finding for each thing that a person is allergic to, once each; or one that none is known."""
    if view.header.type in {"leaflet", "insurance"}:
        return
    if not any(hint in view.low for hint in _HINTS):  # most papers speak of no allergy
        return
    seen: set[str] = set()
    for section in view.sections:
        if section.kind == "allergies":
            yield from _listed(view, section, seen)
    for match in _TO.finditer(view.text):
        if view.assertion(*match.span("what")) is Assertion.FAMILY:
            continue
        if view.section_at(match.start()).kind == "allergies" or _NOT_DENIED.search(
            view.text, max(0, match.start() - 40), match.start()
        ):
            continue
        yield from _items(view, match.start("what"), match.end("what"), seen)
    for match in _WORD_BEFORE.finditer(view.text):
        start, end = match.span("what")
        lead = view.text[max(0, start - 30) : start]
        if _known(match["what"]) and not _NOT_DENIED.search(lead):
            yield from _items(view, start, end, seen)
    for match in _GIVES.finditer(view.text):
        if _known(match["what"]):
            yield from _items(view, *match.span("what"), seen)
    if not seen and (match_none := _none(view.text)):
        yield view.finding("allergy", "none_known", match_none.start(), match_none.end(), rule="person.no_allergy")


def _none(text: str) -> re.Match[str] | None:
    """The words that no allergy is known, not of one thing only."""
    return next((match for match in _NONE.finditer(text) if not _ONLY_OF.match(text, match.end())), None)


def _listed(view: View, section: Section, seen: set[str]) -> Iterator[Finding]:
    """The items of a list; it ends at an empty line or, in a text of one line, at the first full stop."""
    start, end = section.body, min(section.end, section.body + 600)
    text = view.text[start:end]
    if _NONE.search(view.text[section.start : section.start + 120]) or re.match(
        r"[\s:,]{0,4}(?:none|nil|no\b|nk|not|denies|unknown|negative)", text, re.IGNORECASE
    ):
        return
    stop = re.search(r"\n\s*\n|\.(?=\s|,|$)|\n(?=[ \t]*[A-Z][A-Za-z /]{2,28}:)", text)
    yield from _items(view, start, start + stop.start() if stop else end, seen)


def _items(view: View, start: int, end: int, seen: set[str]) -> Iterator[Finding]:
    text = view.text
    for item in _pieces(text, start, end):
        lead = _LEAD.match(text[item[0] : item[1]])
        at = item[0] + (lead.end() if lead else 0)
        match = _NAME.match(text, at, item[1])
        if not match:
            continue
        name = _CUT.split(match["name"] + " ")[0].strip()
        plain = _plain(name)
        if (
            not name
            or name.lower().split()[0] in _words("no_allergen")
            or plain in _words("reactions")
            or plain in seen
            or len(name) < 3
        ):
            continue
        seen.add(plain)
        reaction = _REACTION.match(text[at + len(name) : item[1] + 1])
        details: dict[str, Value] = {"reaction": reaction["how"].strip()} if reaction else {}
        yield view.finding("allergy", plain, at, at + len(name), rule="person.allergy", details=details)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for item in _ITEM.finditer(text, start, end):
        at = item.start()
        for part in re.split(r"(\s(?:and|or)\s)", item.group()):
            yield at, at + len(part)
            at += len(part)


def _plain(name: str) -> str:
    """A brand's ingredient where the vocabulary knows it, else the words in lower case."""
    for term in terms(name):
        if term.kind in {"drug", "medicine"} and term.end - term.start == len(name):
            return ingredients(term.value)[0]
    return name.lower()


def _known(word: str) -> bool:
    return word.lower() in _words("allergens") or any(term.kind in {"drug", "medicine"} for term in terms(word))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(table("medicines")[name])
