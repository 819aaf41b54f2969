"""The steps from a note, or a profile as JSON, to a Profile."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable
from functools import partial

import msgspec

from navaid.records.concepts import concept
from navaid.records.extract.extract import TEXT_FINDERS
from navaid.records.extract.header import header
from navaid.records.extract.view import View
from navaid.records.paper import Page, Paper
from navaid.records.reconcile import reconcile
from navaid.terms import Assertion, Field, FieldState, Finding, How, Profile, Reading
from navaid.trials.criteria.parse.readers.named import Named, named
from navaid.trials.match.note import from_json, illness, limits, spread, therapy, who, whole
from navaid.trials.match.note.never import denied
from navaid.trials.match.note.study import of_a_study

_LONGEST = 200_000
_FINDERS = (who.find, spread.find, therapy.find, limits.find, illness.find, whole.find)


def profile_of(given: object, *, name: str = "", today: dt.date | None = None) -> Profile:
    """The profile of a free text, or of JSON: one as `records read --jsonl` gives it, or as `Profile` is encoded.

    Raises BadInput for what is neither. Where a text is too long its beginning is read.

    >>> profile_of("A 52-year-old woman, ECOG 1.", today=dt.date(2026, 1, 1)).field("ecog").value
    1
    """
    day = today or dt.date.today()
    if not isinstance(given, str):
        return from_json.profile(given, name, day)
    reading, beyond = read(given[:_LONGEST])
    profile = reconcile(name, [reading], day)
    extra = tuple(_fields(beyond, len(profile.findings)))
    return msgspec.structs.replace(profile, fields=(*profile.fields, *extra), findings=(*profile.findings, *beyond))


def read(text: str) -> tuple[Reading, tuple[Finding, ...]]:
    """What the text says by the vocabulary of records, and what it says beyond that."""
    paper = Paper(
        id="FILE:" + hashlib.sha256(text.encode()).hexdigest(),
        path="",
        name="note",
        media_type="text/plain",
        text=text,
        pages=(Page(number=1, start=0, end=len(text), how=How.PLAIN),),
    )
    # A short account of a person is a consultation, whatever its words remind of ("BRCA2 negative": a genetics report).
    head = msgspec.structs.replace(header(paper), type="consultation")
    view = View(paper, head)
    found = [each for finder in TEXT_FINDERS for each in map(partial(_corrected, view), finder(view)) if each]
    seen = {finding.concept for finding in found}
    beyond: list[Finding] = []
    for finder in _FINDERS:
        for finding in finder(view):
            if not _is_concept(finding.concept):
                beyond.append(finding)
            elif finding.concept not in seen or concept(finding.concept).many or finding.concept == "diagnosis":
                found.append(finding)
    found = [each for each in found if not _is_multiple(each, text)]
    found.sort(key=lambda finding: (finding.source.start, finding.source.end))
    reading = Reading(file=paper.id, path="", name="note", header=head, findings=tuple(found))
    return reading, tuple(beyond)


_TO_SOMETHING = re.compile(r"\s+(?:to|or (?:hypersensitivity|reactions?) to)\b", re.IGNORECASE)
_MULTIPLE = re.compile(r"\s*(?:[x×*]|times)\s*(?:the\s+)?(?:ULN|upper|institutional)", re.IGNORECASE)


def _is_multiple(finding: Finding, text: str) -> bool:
    """Whether a laboratory value was read from "1.2 x ULN" as if it were the value itself."""
    if not finding.concept.startswith("lab.") or finding.unit == "ULN":
        return False
    return bool(_MULTIPLE.match(text, finding.source.end))


def _corrected(view: View, finding: Finding) -> Finding | None:
    """A treatment that its sentence denies is denied. What is denied in part only is no finding (illness.py has it)."""
    if finding.concept == "comorbidity" and finding.assertion is Assertion.ABSENT:
        return None if illness.narrowed(view.text, view.span_of(finding).start) else finding
    if finding.concept == "allergy" and finding.value == "none_known":
        return None if _TO_SOMETHING.match(view.text, view.span_of(finding).end) else finding
    if finding.concept not in ("drug", "radiation", "surgery", "regimen"):
        return finding
    place = view.span_of(finding)
    if of_a_study(view, place.start):
        return None
    sentence = view.sentence_at(place.start)
    words = view.text[sentence.start : min(sentence.end, sentence.start + 1_500)]
    start, end = place.start - sentence.start, place.end - sentence.start
    never = denied(words, named(words), Named(start, end, finding.concept, str(finding.value)))
    if never is None:
        return finding
    if never.now or never.within_days is not None:
        return None
    return msgspec.structs.replace(finding, assertion=Assertion.ABSENT, details={})


def _is_concept(name: str) -> bool:
    try:
        concept(name)
    except KeyError:
        return False
    return True


def _fields(beyond: Iterable[Finding], first: int) -> Iterable[Field]:
    for number, finding in enumerate(beyond):
        yield Field(
            concept=finding.concept,
            value=finding.value,
            state=FieldState.UNCONFIRMED,
            date=finding.date,
            findings=(first + number,),
            assertion=finding.assertion,
            details=finding.details,
        )
