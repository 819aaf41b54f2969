"""Findings of a Procedure: an operation, or radiotherapy with its dose."""

from __future__ import annotations

import re

from navaid.records.codes import known
from navaid.records.extract.structured import names
from navaid.records.extract.structured.noting import Found, Note, said, side_in
from navaid.records.extract.structured.written import own_value
from navaid.records.read.structured.access import (
    Json,
    code_of,
    codings,
    extensions,
    named,
    number,
    one,
    quantity,
    some,
    words,
)
from navaid.terms import Assertion, Value

_NEVER = {"not-done", "entered-in-error", "stopped", "cancelled"}
_PLANNED = {"preparation", "on-hold"}
_GREY = {"cgy": 0.01, "gy": 1.0}


def procedures(note: Note) -> Found:
    """An operation on the breast, nodes or ovaries, or radiotherapy."""
    status = code_of(note.resource.get("status"))
    category = said(note.resource.get("category"))
    if status in _NEVER or not (note.name or category):
        return
    assertion = Assertion.PLANNED if status in _PLANNED else Assertion.PRESENT
    is_radiation, sites = names.radiation()
    coded = [row for code in codings(note.resource.get("code")) if (row := known(code.system, code.code))]
    if any(row.concept == "radiation" for row in coded) or is_radiation.fits(f"{note.name} | {category}"):
        where = f"{note.name} | {note.sites}"
        exact = own_value("radiation", *some(note.resource.get("bodySite")))
        site = exact or next((row.gives for row in sites if row.fits(where)), "unspecified")
        if site == "unspecified" and note.sites and not exact:
            site = "other"
        yield note.finding("radiation", site, "procedure", assertion=assertion, details=_dose(note.resource))
        return
    if any(re.search(r"history of|education|consult|planning", text, re.I) for text in note.name.split(" | ")):
        return
    coded_operation = next((row.value for row in coded if row.concept == "surgery"), "")
    exact = own_value("surgery", note.resource.get("code"))
    if operation := exact or names.first("surgeries", note.name) or coded_operation:
        if operation == "mastectomy" and side_in(f"{note.name} | {note.sites}") == "bilateral":
            operation = "bilateral_mastectomy"
        yield note.finding("surgery", operation, "procedure", assertion=assertion)


def _dose(resource: Json) -> dict[str, Value]:
    """Dose, sessions and technique of mCODE's radiotherapy summary."""
    found: dict[str, Value] = {}
    for extension in extensions(resource, "radiotherapy-sessions"):
        if sessions := number(extension.get("valueUnsignedInt")):
            found["fractions"] = int(sessions)
    doses = []
    for extension in extensions(resource, "radiotherapy-dose-delivered-to-volume"):
        for part in some(extension.get("extension")):
            amount = quantity(part.get("valueQuantity"))
            if words(part.get("url")) == "totalDoseDelivered" and amount and amount[1].lower() in _GREY:
                doses.append(amount[0] * _GREY[amount[1].lower()])
    if doses:
        found["dose_gy"] = round(max(doses), 2)
    techniques = [
        named(part.get("valueCodeableConcept"))
        for extension in extensions(resource, "modality-and-technique")
        for part in some(extension.get("extension"))
        if words(part.get("url")).endswith("technique")
    ]
    if text := ", ".join(dict.fromkeys(filter(None, techniques))):
        found["technique"] = text
    period = one(resource.get("performedPeriod"))
    for name, key in (("start", "start"), ("end", "stop")):
        if when := words(period.get(name))[:10]:
            found[key] = when
    return found
