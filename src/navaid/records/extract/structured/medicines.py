"""Findings of medicines: the ingredient of a cancer drug by the words of its code, other medicines by their names."""

from __future__ import annotations

import re
from functools import lru_cache

from navaid.records.extract.structured.conditions import cancer_of
from navaid.records.extract.structured.noting import Found, Note, said
from navaid.records.extract.treatments.lexicon import ingredients, terms
from navaid.records.read.structured.access import Json, code_of, codings, day, named, one, some, words
from navaid.terms import Assertion, Value

_NEVER = {"entered-in-error", "cancelled", "not-done", "not-taken", "declined"}
_STATES = {"active": "current", "in-progress": "current", "completed": "past", "stopped": "past"}
_PLANNED = {"proposal", "plan", "option"}
_INTENTS = re.compile(r"\b(neo-?adjuvant|adjuvant|palliative|metastatic|prevent\w*|prophyla\w*)", re.I)


def medicines(note: Note) -> Found:
    """The findings of a request, statement, administration, dispense or older order."""
    resource = note.resource
    status = code_of(resource.get("status"))
    if status in _NEVER or resource.get("doNotPerform") is True or resource.get("wasNotTaken") is True:
        return
    shown = _names(note)
    if not shown:
        return
    drugs = list(dict.fromkeys(drug for text in shown for drug in _drugs(text)))
    details = _details(note, status)
    planned = code_of(resource.get("intent")) in _PLANNED or status in ("draft", "intended", "on-hold-planned")
    if planned:
        details["status"] = "planned"
    assertion = Assertion.PLANNED if planned else Assertion.PRESENT
    start = day(str(details.get("start", ""))) or note.date
    if reason := _other_reason(note):
        # A drug against another cancer is none of this one's treatment.
        rows = {"as": shown[0], **details, "reason": reason}
        for drug in drugs or shown[:1]:
            yield note.finding("medication", drug, "medicine", assertion=assertion, date=start, side="", details=rows)
        return
    for drug in drugs:
        rows = {"as": shown[0], **details}
        yield note.finding("drug", drug, "medicine", assertion=assertion, date=start, side="", details=rows)
    if not drugs:
        yield note.finding(
            "medication", shown[0], "medicine", assertion=assertion, date=start, side="", details=details
        )


def _other_reason(note: Note) -> str:
    """The other cancer that a medicine is given for; empty where it is for the breast's, or for what is not said."""
    resource = note.resource
    reasons: list[Json] = [{"code": part} for part in some(resource.get("reasonCode"))]
    reasons += [note.index.resolved(part) for part in some(resource.get("reasonReference"))]
    kinds = {cancer_of(reason): named(reason.get("code")) for reason in reasons}
    return kinds.get("other", "") if "breast" not in kinds else ""


def _names(note: Note) -> list[str]:
    """The names of the medicine: every display of its code, else its text; also of the resource it refers to."""
    concept = note.resource.get("medicationCodeableConcept") or note.resource.get("medication")
    if not concept:
        reference = note.resource.get("medicationReference")
        medication = note.index.resolved(reference)
        concept = medication.get("code") or {"text": words(one(reference).get("display"))}
    displays = [row.display for row in codings(concept) if row.display]
    return list(dict.fromkeys(displays)) or [text for text in said(concept).split(" | ") if text]


@lru_cache(maxsize=4096)
def _drugs(text: str) -> tuple[str, ...]:
    """The cancer drugs that a name holds, by ingredient."""
    found = [name for term in terms(text) if term.kind == "drug" for name in ingredients(term.value)]
    return tuple(dict.fromkeys(found))


def _details(note: Note, status: str) -> dict[str, Value]:
    resource = note.resource
    found: dict[str, Value] = {}
    if resource.get("resourceType") != "MedicationAdministration" and status in _STATES:
        found["status"] = _STATES[status]
    period = one(resource.get("effectivePeriod"))
    start, end = words(period.get("start"))[:10], words(period.get("end"))[:10]
    for dose in some(resource.get("dosageInstruction")):
        bounds = one(one(one(dose.get("timing")).get("repeat")).get("boundsPeriod"))
        start, end = start or words(bounds.get("start"))[:10], end or words(bounds.get("end"))[:10]
    if start:
        found["start"] = start
    if end:
        found["stop"] = end
    if match := _INTENTS.search(" | ".join(said(part) for part in some(resource.get("category")))):
        word = match[1].lower().replace("-", "")
        intent = {"palliative": "metastatic", "metastatic": "metastatic"}.get(word, word)
        found["intent"] = "prevention" if intent.startswith(("prevent", "prophyla")) else intent
    if reason := next((named(part) for part in some(resource.get("statusReason")) if named(part)), ""):
        found["reason"] = reason
    return found
