"""Treatments in a bundle: medicines, operations, courses of radiotherapy; and allergies, which every plan must know."""

from __future__ import annotations

import re

from navaid.records.concepts import concept
from navaid.records.export.mcode.codes import Json, concept_of
from navaid.records.export.mcode.conditions import Disease
from navaid.records.export.mcode.sheet import PROFILES, Sheet, breast, day, note, said
from navaid.terms import Assertion, Field

_TAKEN = (Assertion.PRESENT, Assertion.HISTORICAL, Assertion.PLANNED)


def treatments(sheet: Sheet, found: list[Disease]) -> None:
    """What was given or is planned; what a paper denies or merely weighs is left out."""
    reason = [{"reference": found[0].condition}] if found else []
    for number, field in enumerate(sheet.profile.fields):
        if not said(field.value) or field.assertion not in _TAKEN:
            continue
        key = f"{field.concept}-{field.value}-{number}"
        if field.concept == "drug":
            _drug(sheet, field, key, reason)
        elif field.concept == "surgery":
            _surgery(sheet, field, key, reason)
        elif field.concept == "radiation":
            _radiation(sheet, field, key, reason)
        elif field.concept == "allergy" and field.assertion is Assertion.PRESENT:
            _allergy(sheet, field, key)


def _drug(sheet: Sheet, field: Field, key: str, reason: list[Json]) -> None:
    planned = field.assertion is Assertion.PLANNED or field.details.get("status") == "planned"
    body: Json = {
        "status": "draft" if planned else _drug_status(field),
        "intent": "plan" if planned else "order",
        "reportedBoolean": True,
        "medicationCodeableConcept": concept_of(f"drug.{field.value}", str(field.value)),
        "subject": sheet.subject(),
        "authoredOn": _iso(field.details.get("start")) or day(field.date),
        "reasonReference": reason,
        "note": [note(line) for line in _details(field)] + sheet.notes(field),
    }
    if body["status"] == "stopped" and (why := field.details.get("reason")):
        body["statusReason"] = {"text": str(why)}
    sheet.add("MedicationRequest", "mcode-cancer-related-medication-request", key, body)


def _drug_status(field: Field) -> str:
    given = field.details.get("status")
    if field.details.get("reason"):
        return "stopped"
    if given == "past" or field.assertion is Assertion.HISTORICAL or field.details.get("stop"):
        return "completed"
    return "active" if given == "current" else "unknown"


def _details(field: Field) -> list[str]:
    """What FHIR has no element for that mCODE uses: regimen, line, intent, cycles, response."""
    names = ("regimen", "line", "intent", "cycles", "start", "stop", "response", "reason")
    return [f"{name}: {field.details[name]}" for name in names if name in field.details]


def _surgery(sheet: Sheet, field: Field, key: str, reason: list[Json]) -> None:
    body: Json = {
        "status": _procedure_status(field),
        "code": concept_of(f"surgery.{field.value}", concept("surgery").in_words(field.value), own=str(field.value)),
        "subject": sheet.subject(),
        "performedDateTime": day(field.date),
        "reasonReference": reason,
        "bodySite": [breast(side)] if (side := _side(sheet, field)) else [],
        "note": sheet.notes(field),
    }
    sheet.add("Procedure", "mcode-cancer-related-surgical-procedure", key, body)


def _radiation(sheet: Sheet, field: Field, key: str, reason: list[Json]) -> None:
    words = concept("radiation").in_words(field.value)
    start, stop = _iso(field.details.get("start")), _iso(field.details.get("stop"))
    period = {name: value for name, value in (("start", start or day(field.date)), ("end", stop)) if value}
    body: Json = {
        "extension": _delivered(field),
        "status": _procedure_status(field),
        "code": concept_of("radiation", "Radiotherapy"),
        "subject": sheet.subject(),
        "performedPeriod": period,
        "reasonReference": reason,
        "bodySite": [concept_of(f"site.{field.value}", words, own=str(field.value))],
        "note": sheet.notes(field),
    }
    sheet.add("Procedure", "mcode-radiotherapy-course-summary", key, body)


def _delivered(field: Field) -> list[Json]:
    """The dose and the fractions, as far as a paper gives them; the volume is named in words."""
    parts: list[Json] = []
    dose, fractions = field.details.get("dose_gy"), field.details.get("fractions")
    if isinstance(dose, int | float):
        amount = {"value": round(dose * 100, 2), "unit": "cGy", "system": "http://unitsofmeasure.org", "code": "cGy"}
        parts.append({"url": "totalDoseDelivered", "valueQuantity": amount})
    if isinstance(fractions, int | float):
        parts.append({"url": "fractionsDelivered", "valueUnsignedInt": int(fractions)})
    if not parts:
        return []
    site = concept("radiation").in_words(field.value)
    volume = {"url": "volume", "valueReference": {"display": site}}
    return [{"url": PROFILES + "mcode-radiotherapy-dose-delivered-to-volume", "extension": [volume, *parts]}]


def _procedure_status(field: Field) -> str:
    return "preparation" if field.assertion is Assertion.PLANNED else "completed"


def _side(sheet: Sheet, field: Field) -> str:
    return next((side for index in field.findings if (side := sheet.profile.findings[index].side)), "")


def _iso(value: object) -> str | None:
    """A date as FHIR writes it (a year, a month or a day); None for anything else."""
    text = str(value or "")
    return text if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text) else None


def _allergy(sheet: Sheet, field: Field, key: str) -> None:
    body: Json = {
        "clinicalStatus": concept_of("allergy.active"),
        "code": {"text": str(field.value)},
        "patient": sheet.subject(),
        "note": sheet.notes(field),
    }
    sheet.add("AllergyIntolerance", "", key, body)
