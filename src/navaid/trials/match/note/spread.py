"""How far the disease has gone, as short accounts tell it; where there is none; what can be measured."""

from __future__ import annotations

import re
from collections.abc import Iterator

from navaid.records.extract.view import View
from navaid.terms import Assertion, Finding
from navaid.trials.match.note.study import of_a_study

_BETWEEN = r"(?:[\w/+%,()-]+\s+){0,8}?"
_METASTATIC = re.compile(
    rf"\bmetastatic(?![- ]free)\s+{_BETWEEN}(?:breast\s+(?:cancer|carcinoma|ca)|TNBC|BC|IDC|ILC|disease|setting)\b"
    r"|\b(?:stage\s*(?:IV|4)|[mM]BC|mTNBC)\b(?!\w)|\bmetastatic\s+(?:to|in)\s+the\b"
    r"|\bbreast (?:cancer|carcinoma)\s+(?:with|metastatic to"
    r"|that has spread to)\s+(?:\w+\s+){0,3}(?:metastas[ei]s|mets|bones?|liver|lungs?|brain)\b",
    re.IGNORECASE,
)
_EARLY = re.compile(rf"\bearly(?:[- ]stage)?\s+{_BETWEEN}breast\s+(?:cancer|carcinoma)\b", re.IGNORECASE)
_LOCAL = re.compile(rf"\blocally advanced\s+{_BETWEEN}breast\s+(?:cancer|carcinoma)\b", re.IGNORECASE)
_AGAIN = re.compile(
    r"\b(?:(?:local(?:ly)?|distant|regional)\s+)?(?:recurren(?:t|ce)|relapsed?)\b(?!\s*(?:score|risk|rate"
    r"|urinary|infection))",
    re.IGNORECASE,
)
_WITHOUT = re.compile(
    r"\b(?:no|without|never)\s+(?:(?:any|evidence of|signs? of|known|local|distant)\s+)*$", re.IGNORECASE
)
_NOT_SPREAD = re.compile(
    r"\b(?:no|without|negative for|free of|rules? out)\s+(?:any\s+|clear\s+|clinical\s+"
    r"|radiological\s+)?(?:evidence of\s+|signs? of\s+|known\s+)?(?:distant\s+)?"
    r"(?:metastas[ei]s|mets|metastatic (?:disease|spread)|distant (?:spread|disease))\b(?!\s*(?:to|in)\b)"
    r"|\bshow\w*\s+no\s+(?:distant\s+)?metastas[ei]s\b",
    re.IGNORECASE,
)
_BRAIN = r"(?:brain|CNS|central nervous system|cerebral|intracranial)"
_NO_BRAIN = re.compile(
    rf"\b(?:no|without|denies|negative for|never had)\s+(?:(?:any|known|prior|history of|evidence of|signs? of"
    rf"|active|clinical|symptomatic|current|untreated)\s+){{0,3}}"
    rf"{_BRAIN}\s+(?:or\s+\w+\s+)?(?:metastas[ei]s|mets|involvement|disease|lesions?)"
    r"|\bbrain (?:MRI|CT|imaging|scan)\s*(?:is|was|:)?\s*(?:negative|normal|clear|without metastas[ei]s)\b",
    re.IGNORECASE,
)
_NARROW = re.compile(r"\b(?:active|symptomatic|untreated)\b", re.IGNORECASE)
_NO_LEPTO = re.compile(r"\b(?:no|without)\s+(?:\w+\s+){0,4}leptomeningeal\b", re.IGNORECASE)
_STATES = {
    "treated": (
        r"(?:previously |adequately )?treated|radiosurgery|whole[- ]brain (?:radio|radiation"
        r"|irradiation)|irradiated|resected"
    ),
    "untreated": r"untreated",
    "stable": r"stable|controlled|inactive",
    "active": r"active(?!ly treated)|progressing|progressive|growing|new brain",
    "symptomatic": r"(?<!a)symptomatic|headaches?|seizures?|neurologic(?:al)? symptoms?",
    "asymptomatic": r"asymptomatic|without symptoms",
}
_STATE = re.compile("|".join(rf"(?P<{name}>\b(?:{words})\b)" for name, words in _STATES.items()), re.IGNORECASE)
_NAMED_BRAIN = re.compile(rf"\b{_BRAIN}\s+(?:metastas[ei]s|mets|lesions?|disease)\b", re.IGNORECASE)
_MEASURABLE = re.compile(
    r"\b(?P<no>no|non-?|without"
    r"|not)?\s*(?:RECIST[- ])?(?P<not>non-?)?measurable(?:\s+(?:or\s+evaluable\s+)?(?:\w+\s+)?(?:disease"
    r"|lesions?|on\b|tumou?rs?|by\b))",
    re.IGNORECASE,
)
_ONLY = re.compile(
    r"\b(?P<site>bone|skin)[- ]only\b|\bonly\s+(?:in|to)\s+(?:the\s+)?(?P<site2>bones?|skin)\b", re.IGNORECASE
)
_DE_NOVO = re.compile(
    r"\bde[- ]novo\b(?:\s+(?:metastatic|stage IV))?|\bmetastatic at (?:first )?diagnosis\b", re.IGNORECASE
)
_NEW = re.compile(
    r"\bnew(?:ly)?[- ](?:diagnosed|found)\b|\brecently diagnosed\b|\bnew (?:left |right )?breast cancer\b",
    re.IGNORECASE,
)


def find(view: View) -> Iterator[Finding]:
    """Setting, spread to the brain and what is said of it, disease that can be measured."""
    text = view.text
    yield from _settings(view)
    for match in _NO_BRAIN.finditer(text):
        if not _NARROW.search(match[0]):
            yield _absent(view, "metastasis.site", "brain", match)
        else:
            yield _absent(view, "brain_metastases", "active", match)
    for match in _NO_LEPTO.finditer(text):
        yield _absent(view, "metastasis.site", "leptomeninges", match)
    if _NAMED_BRAIN.search(text):
        yield from _brain(view)
    for match in _MEASURABLE.finditer(text):
        value = "no" if match["no"] or match["not"] else "yes"
        yield view.finding("measurable_disease", value, *match.span(), rule="note.measurable")
        if value == "yes":
            yield view.finding("evaluable_disease", "yes", *match.span(), rule="note.measurable")
    for match in _ONLY.finditer(text):
        if _said(view, match):
            site = "bone" if (match["site"] or match["site2"]).lower().startswith("bone") else "skin"
            yield view.finding("metastasis.only", site, *match.span(), rule="note.only")
            yield view.finding("metastasis.site", site, *match.span(), rule="note.only")
            if site == "bone":
                yield view.finding("bone_only", "yes", *match.span(), rule="note.only")


def _settings(view: View) -> Iterator[Finding]:
    text = view.text
    spread = next((match for match in _METASTATIC.finditer(text) if _said(view, match)), None)
    if spread:
        yield view.finding("setting", "metastatic", *spread.span(), rule="note.setting")
    for match in _NOT_SPREAD.finditer(text):
        if not spread:
            yield _absent(view, "setting", "metastatic", match)
    for pattern, value in ((_EARLY, "early"), (_LOCAL, "locally_advanced")):
        for match in pattern.finditer(text):
            if not spread and _said(view, match):
                yield view.finding("setting", value, *match.span(), rule="note.setting")
    again = list(_AGAIN.finditer(text))
    for match in again:
        if _WITHOUT.search(text, max(0, match.start() - 30), match.start()):
            yield _absent(view, "recurrence", "any", match)
        elif _said(view, match):
            kind = "local" if "local" in match[0].lower() else "distant" if spread else "any"
            yield view.finding("recurrence", kind, *match.span(), rule="note.recurrence")
        elif view.assertion(*match.span()) is Assertion.ABSENT:
            yield _absent(view, "recurrence", "any", match)
    for match in _DE_NOVO.finditer(text):
        yield view.finding("de_novo", "yes", *match.span(), rule="note.de_novo")
    for match in _NEW.finditer(text):
        if not again and not spread:
            yield _absent(view, "recurrence", "any", match)


def _brain(view: View) -> Iterator[Finding]:
    for sentence in view.sentences:
        words = view.text[sentence.start : min(sentence.end, sentence.start + 1_500)]
        if not _NAMED_BRAIN.search(words) or _NO_BRAIN.search(words):
            continue
        for match in _STATE.finditer(words):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            if view.assertion(start, end) in (Assertion.PRESENT, Assertion.HISTORICAL):
                yield view.finding("brain_metastases", str(match.lastgroup), start, end, rule="note.brain")


def _said(view: View, match: re.Match[str]) -> bool:
    told = view.assertion(*match.span())
    return told in (Assertion.PRESENT, Assertion.HISTORICAL) and not of_a_study(view, match.start())


def _absent(view: View, concept: str, value: str, match: re.Match[str]) -> Finding:
    return view.finding(concept, value, *match.span(), rule="note.denied", assertion=Assertion.ABSENT)
