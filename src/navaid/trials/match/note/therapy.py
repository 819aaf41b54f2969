"""Treatment as short accounts tell it: kinds of it had or never had, what it was for, lines, what it did not stop."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from navaid.records.extract.treatments.status import status
from navaid.records.extract.view import View
from navaid.terms import Assertion, Finding, Value
from navaid.trials.criteria.parse.readers.named import Named, named
from navaid.trials.match.note.never import Never, denied
from navaid.trials.match.note.study import told

_NUMBERS = {"no": 0, "one": 1, "a": 1, "single": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "1st": 1, "2nd": 2, "3rd": 3}
_ADVANCED = (
    r"(?:the\s+|her\s+|his\s+|an?\s+)?(?:metastatic|advanced|recurrent)\s+(?:breast\s+)?(?:disease"
    r"|setting|cancer)|mBC|MBC"
)
_FOR_ADVANCED = re.compile(
    rf"\b(?:for|in|of)\s+(?:{_ADVANCED})|\b(?:first|second|third|fourth)[- ]line\b", re.IGNORECASE
)
_EARLY = re.compile(r"\b(?P<where>neo-?adjuvant|adjuvant|preoperative)\b", re.IGNORECASE)
_NEVER = re.compile(
    r"\b(?:no|without|not (?:yet )?(?:had|received|undergone|been given|started)|never (?:had|received"
    r"|been given)|has had no)\s+"
    r"(?:(?:any|prior|previous|other|specific|anti-?cancer|cancer|active)\s+)*(?:treatments?|therap(?:y|ies)"
    r"|medicines?|drugs?)\b"
    r"(?!\s+(?:options?|with|of choice|allerg|for (?:his|her|the) (?:diabetes|hypertension)))"
    r"|\btreatment[- ]na[iï]ve\b|\b(?:previously\s+)?untreated(?!\s+(?:brain|cns|hypert"
    r"|lesion))(?=\s+(?:\w+\s+){0,4}(?:breast|cancer|disease|tumou?r|metastatic))",
    re.IGNORECASE,
)
_FOR_ELSE = re.compile(
    r"\s+(?:for|in|with|of|to)\b(?!\s+(?:(?:it|this|the|her|his|their|early|new|current)\b\s*)*"
    r"(?:(?:breast )?cancer|breast carcinoma|TNBC|disease|tumou?r|[.,;]|so far|yet|$))",
    re.IGNORECASE,
)
_NO_MEDICINE = re.compile(
    r"\bno\s+(?:surgery|operation|radiation|radiotherapy)[^.;]{0,50}?\b(?:medicines?|drugs?|systemic therapy)\b",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"\b(?P<least>at least|more than|over|≥|>)?\s*(?P<n>{'|'.join(_NUMBERS)}|\d{{1,2}}|multiple"
    rf"|several)\s+(?:\([0-9]\)\s+)?"
    r"(?:(?:prior|previous|different|earlier|systemic|separate)\s+)*(?:(?P<of1>[\w/ -]{3,30}?)\s+)?(?:lines?"
    r"|regimens?|rounds?)\b"
    r"(?:\s+of\s+(?:prior\s+|previous\s+|systemic\s+)*(?P<of2>[\w/ -]{3,40}?))?(?=[,.;)]|\s(?:for|in|and|but"
    r"|with|including|before|so|her|his|over|that|after)\b|$)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(rf"\b(?P<n>{'|'.join(_ORDINALS)})[- ]line\b", re.IGNORECASE)
_THEN = re.compile(r"\b(?:then|followed by|subsequently|switched to|changed to|and later|after that)\b", re.IGNORECASE)
_GREW = re.compile(
    r"\bprogress(?:ed|ion|ing)\b(?!-free)|\bgrew\b|\bdisease progression\b|\bfailed\b|\brefractory to\b"
    r"|\bresistant to\b",
    re.IGNORECASE,
)
_HAD = (Assertion.PRESENT, Assertion.HISTORICAL)


def find(view: View) -> Iterator[Finding]:
    """Kinds of treatment with what they were for; denials; how many lines."""
    for match in _NEVER.finditer(view.text):
        yield from _never(view, match)
    for match in _NO_MEDICINE.finditer(view.text):
        yield view.finding(
            "drug_class", "systemic_therapy", *match.span(), rule="note.never", assertion=Assertion.ABSENT
        )
    unnumbered = False  # a treatment that is neither numbered nor of early disease: numbers may not be all
    lines: list[Finding] = []
    for at, words in told(view):
        if found := named(words):
            kinds = list(_named(view, at, words, found))
            yield from kinds
            unnumbered |= not _ORDINAL.search(words) and any(map(_late, kinds))
        if "line" in words.lower() or "regimen" in words.lower() or "round" in words.lower():
            lines += _lines(view, at, words)
    for each in lines:
        if each.rule == "note.ordinal" and unnumbered:
            each = msgspec.structs.replace(each, details={"setting": "metastatic"})
        yield each


def _late(kind: Finding) -> bool:
    return kind.assertion in _HAD and kind.details.get("setting") not in ("adjuvant", "neoadjuvant", "early")


def _never(view: View, match: re.Match[str]) -> Iterator[Finding]:
    behind = view.text[match.end() : match.end() + 60]
    ahead = view.text[max(0, match.start() - 40) : match.start()]
    details: dict[str, Value] = {}
    if (
        re.match(rf"\s+(?:at all\s+)?(?:for|in)\s+(?:{_ADVANCED})", behind, re.IGNORECASE)
        or "metastatic" in match[0].lower()
    ):
        details["setting"] = "metastatic"
    elif _FOR_ELSE.match(behind):
        return  # no treatment for something else
    if re.search(r"\b(?:if|when|unless)\b", ahead, re.IGNORECASE):
        return
    yield view.finding(
        "prior_treatment", "any", *match.span(), rule="note.never", assertion=Assertion.ABSENT, details=details
    )


def _named(view: View, at: int, words: str, found: Sequence[Named]) -> Iterator[Finding]:
    grew = list(_GREW.finditer(words))
    given = []
    for one in found:
        start, end = at + one.start, at + one.end
        never = denied(words, found, one)
        if one.concept == "surgery" and never and never == (None, False):
            yield view.finding("surgery", one.value, start, end, rule="note.never", assertion=Assertion.ABSENT)
        if one.concept not in ("drug", "drug_class"):
            continue
        if never:
            yield from _not_given(view, words, start, end, one, never)
            continue
        given_as = status(view, start, end)
        if given_as is None or given_as.assertion not in _HAD:
            continue
        given.append(one)
        details: dict[str, Value] = {}
        if where := _where(words, one, absent=False):
            details["setting"] = where
        if given_as.word in ("current", "past"):
            details["status"] = given_as.word
        if _grew_on(words, one, grew) and not _denied(view, at, grew):
            details["response"] = "progression"
        if one.concept == "drug_class" or details:  # else the finder of drugs says as much
            yield view.finding(
                "drug_class", one.value, start, end, rule="note.kind", assertion=given_as.assertion, details=details
            )
    yield from _sequence(view, at, words, given)


def _not_given(view: View, words: str, start: int, end: int, one: Named, never: Never) -> Iterator[Finding]:
    details: dict[str, Value] = {}
    if where := _where(words, one, absent=True):
        details["setting"] = where
    if never.within_days is not None:
        details["within_days"] = never.within_days
    if never.now:
        details["status"] = "now"
    yield view.finding(
        "drug_class", one.value, start, end, rule="note.never", assertion=Assertion.ABSENT, details=details
    )


def _grew_on(words: str, one: Named, grew: Sequence[re.Match[str]]) -> bool:
    """Whether the cancer grew on it: "X with progression", "progressed on X", with no later treatment between."""
    for match in grew:
        first, last = (one.end, match.start()) if match.start() >= one.end else (match.end(), one.start)
        if not _THEN.search(words, first, last) and ". " not in words[first:last] and ";" not in words[first:last]:
            return True
    return False


def _denied(view: View, at: int, grew: Sequence[re.Match[str]]) -> bool:
    return all(view.assertion(at + match.start(), at + match.end()) not in _HAD for match in grew)


def _where(words: str, one: Named, absent: bool) -> str:
    """For which state of the disease: by the nearest word before it, or what is said of the whole sentence.

    A denial is limited only by what stands right beside it.
    """
    near = words[max(0, one.start - 14) : one.start] if absent else words[: one.start]
    early = list(_EARLY.finditer(near))
    if early and not re.search(r"[.;]|\bthen\b|\bprogress", near[early[-1].end() :], re.IGNORECASE):
        plain = early[-1]["where"].lower().replace("-", "")
        return "adjuvant" if plain == "adjuvant" else "neoadjuvant"
    if absent:
        behind = words[one.end : one.end + 70]
        limited = re.match(
            rf"[^.;]*?\b(?:for|in)\s+(?:{_ADVANCED})", re.split(r"\bbut\b|\bnor\b", behind)[0], re.IGNORECASE
        )
        return "metastatic" if limited else ""
    return "metastatic" if _FOR_ADVANCED.search(words) and not _EARLY.search(words) else ""


def _sequence(view: View, at: int, words: str, given: Sequence[Named]) -> Iterator[Finding]:
    """Treatments told one after the other are at least so many lines."""
    steps = sum(1 for one, other in pairwise(given) if _THEN.search(words, one.end, other.start))
    if steps and not _EARLY.search(words):
        details: dict[str, Value] = {"setting": "metastatic"} if _FOR_ADVANCED.search(words) else {}
        yield view.finding(
            "lines", steps + 1, at + given[0].start, at + given[-1].end, rule="note.sequence", details=details
        )


def _lines(view: View, at: int, words: str) -> Iterator[Finding]:
    highest = 0
    span = (0, 0)
    for match in _ORDINAL.finditer(words):
        start, end = at + match.start(), at + match.end()
        if view.assertion(start, end) in _HAD and _ORDINALS[match["n"].lower()] > highest:
            highest, span = _ORDINALS[match["n"].lower()], (start, end)
    if highest:
        details: dict[str, Value] = {"setting": "metastatic", "exact": 1}
        yield view.finding("lines", highest, *span, rule="note.ordinal", details=details)
    for match in _COUNT.finditer(words):
        start, end = at + match.start(), at + match.end()
        if view.assertion(start, end) not in (*_HAD, Assertion.ABSENT):
            continue
        count = _count(match["n"])
        of = _of(match)
        if of is None:
            continue
        details = {"of": of}
        if not match["least"] and match["n"].lower() not in ("multiple", "several"):
            details["exact"] = 1
        if _FOR_ADVANCED.search(words) and not _EARLY.search(words):
            details["setting"] = "metastatic"
        yield view.finding("lines", count, start, end, rule="note.count", details=details)


def _count(said: str) -> int:
    plain = said.lower()
    return int(plain) if plain.isdigit() else _NUMBERS.get(plain, 2)


def _of(match: re.Match[str]) -> str | None:
    """What the lines were of; None for lines of something else ("two lines of text")."""
    said = " ".join(filter(None, (match["of1"], match["of2"])))
    found = named(said)
    if found:
        return found[0].value if found[0].concept in ("drug_class", "drug") else None
    if not said and "round" in match[0].lower():
        return None
    plain = re.sub(
        r"\b(?:therap(?:y|ies)|treatments?|systemic|prior|of|anti-?cancer)\b|\W", "", said, flags=re.IGNORECASE
    )
    return "systemic_therapy" if not plain else None
