"""Where it spread, and how that stands: brain, meninges, other places, bone only, crisis; what can be measured."""

from __future__ import annotations

import re
from collections.abc import Iterator

from navaid.terms import Expression
from navaid.trials.criteria.parse.atom import Atom, asks, every, some, unparsed

_BRAIN = {
    "brain": r"brain|cerebral|intracranial|parenchymal brain",
    "cns": r"central nervous system(?:\s*\(CNS\))?|CNS",
    "lepto": r"lepto-?meningeal|meningeal|meninges",
}
_SITE = "|".join(_BRAIN.values())
_STATES = {
    "active": r"(?:clinically\s+)?active(?:ly growing)?|symptomatic|uncontrolled|unstable|progressive|progressing",
    "untreated": r"untreated|unirradiated",
    "stable": r"(?:previously\s+|adequately\s+|definitively\s+)?treated|(?:clinically\s+)?stable|controlled|inactive",
}
_STATE = "|".join(_STATES.values())
_JOIN = r"\s*(?:,\s*(?:and/or|and|or)?|/|and\s*/\s*or|and|or)\s*"
_NOUN = r"metasta(?:sis|ses|tic (?:disease|lesions?|cancer|involvement|tumou?rs?))|involvement|disease|spread"
_CNS = re.compile(
    rf"(?<![\w-])(?:(?P<states>(?:{_STATE})(?:{_JOIN}(?:{_STATE}))*)[\s,]+)?"
    rf"(?:(?P<sites>(?:{_SITE})(?:{_JOIN}(?:{_SITE}))*)\s+(?:{_NOUN})(?:\s*\(CNS\))?"
    rf"|metasta(?:sis|ses|tic (?:disease|spread)?)\s*(?:to|in|of"
    rf"|involving)\s+(?:the\s+)?(?P<sites2>(?:{_SITE})(?:{_JOIN}(?:the\s+)?(?:{_SITE}))*)(?![\w-])"
    r"|(?P<lepto>lepto-?meningeal (?:carcinomatosis|disease|metasta\w+|spread)|carcinomatous meningitis"
    r"|meningeal carcinomatosis)(?:\s*\(LMD\))?"
    r"|(?-i:(?P<lmd>LMD))\b)",
    re.IGNORECASE,
)
_PLACES = {
    "bone": "bone|osseous|skeletal", "liver": "liver|hepatic", "lung": "lung|pulmonary", "pleura": "pleural",
    "peritoneum": "peritoneal", "skin": "skin|cutaneous", "distant_nodes": "distant lymph node|distant nodal",
}  # fmt: skip
_PLACE = "|".join(_PLACES.values())
_SPREAD = re.compile(
    rf"(?<![\w-])(?P<only>only\s+)?(?P<places>(?:{_PLACE})(?:{_JOIN}(?:{_PLACE}))*)(?P<just>[- "
    rf"]only)?\s+(?:metasta(?:sis|ses|tic disease)|disease)\b(?P<alone>\s+only\b)?",
    re.I,
)
_VISCERAL = re.compile(
    r"\b(?P<word>(?:(?:advanced|metastatic)[/,\s]+(?:(?:or|and)\s+)?)*(?:symptomatic,?\s+)?visceral)\s+"
    r"(?P<what>crisis|metasta(?:sis|ses|tic disease)|disease"
    r"|spread,?(?:\s+that (?:is|are))?\s+at (?:the )?risk of[^.;]*?(?:short term|long term|complications))",
    re.IGNORECASE,
)
_MEASURABLE = re.compile(
    r"\b(?:at least (?:one|1)(?: \(1\))?\s+)?(?:radiologically\s+"
    r"|radiographically\s+)?(?P<not>non-?)?(?P<kinds>(?:measurable|evaluable|measureable|non-?measurable)(?:\s*(?:or"
    r"|and/or|/|,|and)\s*(?:measurable|evaluable|non-?measurable"
    r"|measureable))?)[,\s]+(?:extra-?cranial\s+)?(?:disease|lesions?|tumou?rs?|target lesions?)\b(?!\s+(?:PD"
    r"|programmed|tissue|sample|specimen|expression|biops|material|HER))"
    r"(?:\s+(?:according to|per|by|as per|based on|using|(?:as )?defined (?:by|per|in)|as assessed by|assessed by"
    r"|as determined by|under|in accordance with|on)\s+(?:the\s+)?(?:modified\s+)?(?:RECIST"
    r"|Response Evaluation Criteria in Solid Tumou?rs)(?:\s*\(RECIST\))?(?:\s*,?\s*(?:v\.?\s*"
    r"|\(?version\s*)?\d\.\d\)?)?(?:\s*\(RECIST(?:\s*,?\s*(?:v\.?\s*|\(?version\s*)?\d\.\d\)?)?\))?(?:\s*criteria)?)?",
    re.IGNORECASE,
)
_SITES = re.compile(
    r"\b(?P<sites>at least (?:one|1)(?: \(1\))? (?:site|area) of (?:measurable|evaluable) disease)\b", re.IGNORECASE
)


def read(words: str) -> Iterator[Atom]:
    """The atoms of this subject in the words of a statement."""
    lowered = words.lower()
    if any(word in lowered for word in ("brain", "cns", "central nervous", "mening", "cerebral", "intracranial")):
        for match in _CNS.finditer(words):
            yield Atom(*match.span(), _cns(match), "cns")
    if "metasta" in lowered or "disease" in lowered:
        for match in _SPREAD.finditer(words):
            yield from _places(match)
    if "visceral" in lowered:
        for match in _VISCERAL.finditer(words):
            yield from _visceral(match)
    if "easur" in lowered or "evaluable" in lowered:
        for match in _MEASURABLE.finditer(words):
            yield _measurable(match)
        for match in _SITES.finditer(words):
            concept = "measurable_disease" if "measurable" in match[0].lower() else "evaluable_disease"
            yield asks(*match.span(), concept, "is", "yes", family="measurable")


def _cns(match: re.Match[str]) -> Expression:
    start, end = match.span()
    said = (match["sites"] or match["sites2"] or "").lower()
    sites = {name for name, form in _BRAIN.items() if re.search(form, said, re.IGNORECASE)}
    if match["lepto"] or match["lmd"]:
        sites = {"lepto"}
    parts = []
    if sites & {"brain", "cns"}:
        parts.append(_brain(start, end, match["states"] or ""))
    if "lepto" in sites:  # "CNS metastases" without a word of the meninges are those of the brain
        spread = asks(start, end, "metastasis.site", "had", "leptomeninges").expression
        # Whether those are active or treated is not known of meninges: the state stands unread.
        parts.append(every([spread, unparsed(start, end)]) if match["states"] else spread)
    return some(parts)


def _brain(start: int, end: int, states: str) -> Expression:
    if not states:
        return asks(start, end, "brain_metastases", "is_not", "none").expression
    named = [
        name for name, form in _STATES.items() if re.search(rf"(?<![\w-])(?:{form})(?![\w-])", states, re.IGNORECASE)
    ]
    both = re.search(r"\band\b(?!\s*/)|,|\s", states.strip()) and not re.search(r"\bor\b|/", states)
    if both and "untreated" in named and len(named) > 1:  # "untreated, symptomatic": both at once
        named = ["untreated"]
    parts = [asks(start, end, "brain_metastases", "is", name).expression for name in named]
    if named == ["active"]:  # untreated ones may be active as well: nobody said
        parts.append(every([asks(start, end, "brain_metastases", "is", "untreated").expression, unparsed(start, end)]))
    return some(parts)


def _places(match: re.Match[str]) -> Iterator[Atom]:
    codes = [code for code, form in _PLACES.items() if re.search(rf"\b(?:{form})\b", match["places"], re.IGNORECASE)]
    only = match["only"] or match["just"] or match["alone"]
    if only:
        if codes == ["skin"]:
            yield asks(*match.span(), "metastasis.only", "is", "skin", family="spread")
        if codes == ["bone"]:
            yield asks(*match.span(), "bone_only", "is", "yes", family="spread")
    elif "metasta" in match[0].lower():
        yield asks(*match.span(), "metastasis.site", "had", *codes, family="spread")


def _visceral(match: re.Match[str]) -> Iterator[Atom]:
    span = match.span()
    if match["what"].lower().startswith(("crisis", "spread")):
        yield asks(*span, "visceral_crisis", "is", "yes")
        return
    places = asks(*span, "metastasis.site", "had", "liver", "lung", "pleura", "peritoneum", family="spread")
    if "symptomatic" in match["word"].lower():
        places = places._replace(expression=every([places.expression, unparsed(*span)]))
    yield places


def _measurable(match: re.Match[str]) -> Atom:
    kinds = match["kinds"].lower()
    either = "evaluable" in kinds or re.search(r"non-?measurable", kinds)
    if match["not"] or re.fullmatch(r"non-?measurable", kinds):
        return asks(*match.span(), "measurable_disease", "is", "no", family="measurable")
    concept = "evaluable_disease" if either else "measurable_disease"
    return asks(*match.span(), concept, "is", "yes", family="measurable")
