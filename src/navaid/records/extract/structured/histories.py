"""Findings of what belongs to the person: the family's cancers, allergies, sex."""

from __future__ import annotations

import re

from navaid.records.extract.structured.noting import Found, Note, said
from navaid.records.read.structured.access import code_of, codings, named, quantity, some, words
from navaid.terms import Assertion, Value

_CANCER = re.compile(r"malignan|carcinoma|cancer|neoplasm|lymphoma|leuk[a]?emia|melanoma|sarcoma|myeloma", re.I)
_VOID = ("refuted", "entered-in-error")
_NONE = re.compile(r"\bno (?:known|drug|history)|not on file|none known|denies", re.I)


def relatives(note: Note) -> Found:
    """Cancer of a relative, always with the assertion `family`."""
    if code_of(note.resource.get("status")) == "entered-in-error":
        return
    who = named(note.resource.get("relationship")) or "relative"
    for part in some(note.resource.get("condition")):
        illness = said(part.get("code"))
        if _CANCER.search(illness):
            age = quantity(part.get("onsetAge"))
            details: dict[str, Value] = {"relative": who}
            if age:
                details["age"] = int(age[0])
            value = f"{who}: {illness.split(' | ')[0]}"
            yield note.finding("family_history", value, "family", assertion=Assertion.FAMILY, side="", details=details)


def allergies(note: Note) -> Found:
    """What the person does not tolerate, or that nothing is known of."""
    resource = note.resource
    if code_of(resource.get("verificationStatus")) in _VOID or code_of(resource.get("status")) in _VOID:
        return
    reactions = [part.get("substance") for part in some(resource.get("reaction"))]
    name = next(filter(None, map(_shown, [resource.get("code"), resource.get("substance"), *reactions])), "")
    if not name:
        return
    past = code_of(resource.get("clinicalStatus")) in ("inactive", "resolved")
    assertion = Assertion.HISTORICAL if past else Assertion.PRESENT
    value = "none_known" if _NONE.search(name) else name
    yield note.finding("allergy", value, "allergy", assertion=assertion, side="")


def _shown(concept: object) -> str:
    """The words of a code before the text around it, which may name a whole group."""
    return next((row.display for row in codings(concept) if row.display), "") or named(concept)


def person(note: Note) -> Found:
    """The sex that the record gives."""
    sex = words(note.resource.get("gender")).lower()
    if sex in ("female", "male"):
        yield note.finding("sex", sex, "person", side="")
