"""What short accounts say of everything at once: no other illness, no other cancer, organs that work, agreement."""

from __future__ import annotations

import re
from collections.abc import Iterator

from navaid.records.extract.view import View
from navaid.terms import Assertion, Finding, Value

_NO_ILLNESS = re.compile(
    r"\b(?:no|without(?: any)?|denies(?: any)?)\s+(?:other\s+|known\s+|relevant\s+|past\s+|previous\s+|prior\s+"
    r"|chronic\s+|history of other\s+)*"
    r"(?:medical (?:history|problems?|conditions?|illness(?:es)?|issues)|illness(?:es)?|co-?morbidit(?:y|ies)"
    r"|co-?morbid conditions?|chronic (?:illness(?:es)?|diseases?|conditions?))\b"
    r"|\b(?:otherwise|previously|generally)\s+(?:\w+\s+and\s+)?healthy\b"
    r"|\b(?:past |previous )?medical history\s*(?:is|was|:)?\s*(?:otherwise\s+)?(?:unremarkable"
    r"|non-?contributory|negative|none|nil|not significant)\b(?!\s+(?:for|except|apart|other than))",
    re.IGNORECASE,
)
_NO_CANCER = re.compile(
    r"\b(?:no|without|denies|never had|not had)\s+(?:(?:a|any|history of|personal history of|known|prior"
    r"|previous|other|another|second|additional|active)\s+)+"
    r"(?:cancers?|malignanc(?:y|ies)|malignant (?:disease|tumou?rs?)|neoplasms?|primary (?:cancer"
    r"|tumou?r)s?)\b(?!\s*(?:in|of) (?:the|her|his) family)"
    r"(?:[^.;]{0,30}?\b(?:in|within|for)\s+(?:the\s+)?(?:past|last|previous)\s+(?P<years>\d{1,2}|five|three|two"
    r"|ten)\s+years)?",
    re.IGNORECASE,
)
_OTHER = re.compile(r"\b(?:other|another|second|additional|prior|previous|history of)\b", re.IGNORECASE)
_YEARS = {"two": 2, "three": 3, "five": 5, "ten": 10}
_ORGANS = {
    "all": r"organ",
    "blood": r"blood counts?|bone marrow|marrow|h[a]?ematolog\w+|blood cell counts?|CBC|complete blood count",
    "liver": r"liver|hepatic",
    "kidney": r"kidneys?|renal",
    "heart": r"cardiac|heart",
}
_ORGAN = re.compile("|".join(rf"(?P<{name}>\b(?:{form})\b)" for name, form in _ORGANS.items()), re.IGNORECASE)
_LIST = (
    r"(?:(?:organ|blood|bone|marrow|liver|hepatic|kidneys?|renal|cardiac|heart|counts?|h[a]?ematolog\w+"
    r"|cell|CBC|complete|and|function\w*|tests?|including|values?|results?|laboratory|lab)[\s,]*)"
)
_WORKS = re.compile(
    rf"\b(?P<level>normal|adequate|good|sufficient)\s+(?P<list>{_LIST}{{1,12}})"
    rf"|\b(?P<list2>{_LIST}{{1,12}})(?:are|is|were|was"
    rf"|:)\s+(?:all\s+)?(?:within\s+)?(?P<level2>normal(?:\s+limits)?|adequate)\b",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"\b(?:will|would|able to|willing to|agree[sd]? to|happy to)\s+(?:(?:give|provide|sign)\s+)?(?:(?:written"
    r"|her|his|an?|the)\s+)*(?:provide\s+)?informed consent\b"
    r"|\b(?:has\s+)?(?:signed|given|provided|gave|gives)\s+(?:(?:written|her|his|an?|the)\s+)*informed consent\b",
    re.IGNORECASE,
)
_COMPLIES = re.compile(
    r"\b(?:will|agree[sd]? to|willing to|able to)\s+comply with the (?:trial|study)\b", re.IGNORECASE
)


def find(view: View) -> Iterator[Finding]:
    """Statements that answer for many things at once."""
    text = view.text
    for match in _NO_ILLNESS.finditer(text):
        if not re.match(r"\s+(?:that|which|requiring|affecting|related|interfering|of the)\b", text[match.end() :]):
            yield view.finding("no_other_illness", "none", *match.span(), rule="note.whole", assertion=Assertion.ABSENT)
    for match in _NO_CANCER.finditer(text):
        if _OTHER.search(match[0]):
            details: dict[str, Value] = {}
            if match["years"]:
                years = _YEARS.get(match["years"].lower()) or int(match["years"])
                details["within_days"] = int(years * 365.25)
            yield view.finding(
                "other_cancer", "any", *match.span(), rule="note.whole", assertion=Assertion.ABSENT, details=details
            )
    for match in _WORKS.finditer(text):
        level = "normal" if (match["level"] or match["level2"]).lower().startswith("normal") else "adequate"
        for organ in _ORGAN.finditer(match["list"] or match["list2"]):
            yield view.finding(
                "organ_function", level, *match.span(), rule="note.organs", details={"part": str(organ.lastgroup)}
            )
    for concept, pattern in (("consent", _CONSENT), ("compliance", _COMPLIES)):
        if said := pattern.search(text):
            yield view.finding(concept, "yes", *said.span(), rule="note.agrees")
