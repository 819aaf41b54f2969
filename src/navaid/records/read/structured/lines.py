"""A FHIR resource as one line that a person can read: "Observation 2018-04-23: Estrogen receptor status: Positive"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from navaid.records.read.structured.access import (
    Json,
    codings,
    named,
    number,
    one,
    quantity,
    reference,
    some,
    stamp,
    words,
)
from navaid.records.read.structured.people import name_of

# The kinds that are shown, in the order of the text, with the heading of each. Others are counted only.
HEADINGS = {
    "Composition": "Document",
    "Patient": "Patient",
    "Condition": "Conditions",
    "Observation": "Observations",
    "Procedure": "Procedures",
    "MedicationRequest": "Medicines",
    "MedicationStatement": "Medicines",
    "MedicationAdministration": "Medicines",
    "MedicationDispense": "Medicines",
    "MedicationOrder": "Medicines",
    "Medication": "Medicines",
    "AllergyIntolerance": "Allergies",
    "FamilyMemberHistory": "Family",
    "DiagnosticReport": "Reports",
    "DocumentReference": "Reports",
    "Specimen": "Specimens",
    "BodyStructure": "Specimens",
}


def line(resource: Json) -> str:
    """The line of a resource; every value that findings are read from stands in it.

    >>> line({"resourceType": "Observation", "code": {"text": "Ki-67"}, "valueQuantity": {"value": 20, "unit": "%"}})
    'Observation: Ki-67: 20 %'
    """
    kind = words(resource.get("resourceType"))
    said = [part for part in _parts(kind, resource) if part]
    when = stamp(resource)[:10]
    head = f"{kind} {when}" if when else kind
    status = ", ".join(dict.fromkeys(filter(None, _states(resource))))
    return f"{head}: {'; '.join(said)}" + (f" ({status})" if status else "")


def value_of(element: Json) -> str:
    """The value of an Observation or a component as words; empty where it has none."""
    for name, value in element.items():
        if not name.startswith("value") or value is None:
            continue
        if name == "valueQuantity":
            part = one(value)
            unit = words(part.get("unit")) or words(part.get("code"))
            sign, amount = words(part.get("comparator")), number(part.get("value"))
            return f"{sign}{shown(amount)} {unit}".strip() if amount is not None else words(part.get("value"))
        if name == "valueRange":
            low, high = quantity(one(value).get("low")), quantity(one(value).get("high"))
            return f"{shown(low[0])} to {shown(high[0])} {high[1]}".strip() if low and high else ""
        if name == "valueRatio":
            return " : ".join(value_of({"valueQuantity": one(value).get(n)}) for n in ("numerator", "denominator"))
        if name == "valueBoolean":
            return {True: "yes", False: "no"}.get(value, "") if isinstance(value, bool) else ""
        if isinstance(value, dict | list):
            return ", ".join(row.display or row.code for row in codings(value)[:12]) or named(value)
        return words(value)
    return words(named(element.get("dataAbsentReason")))


def shown(amount: float) -> str:
    """A number without a needless point."""
    return f"{amount:.10g}"


def _states(resource: Json) -> Iterator[str]:
    for name in ("status", "clinicalStatus", "verificationStatus"):
        value = resource.get(name)
        rows = codings(value)
        yield (rows[0].code or rows[0].display) if rows else words(value) or named(value)
    if resource.get("doNotPerform") is True or resource.get("wasNotTaken") is True:
        yield "not taken"


def _parts(kind: str, resource: Json) -> Iterator[str]:
    if kind == "Patient":
        yield from _patient(resource)
        return
    if kind.startswith("Medication"):
        yield from _medicine(resource)
        return
    if kind == "FamilyMemberHistory":
        who = named(resource.get("relationship")) or "relative"
        yield f"{who}: " + ", ".join(_relative(part) for part in some(resource.get("condition")))
        return
    yield words(resource.get("title"))
    code = named(resource.get("code")) or named(resource.get("substance")) or named(resource.get("type"))
    result = value_of(resource)
    yield f"{code}: {result}" if result else code
    yield from _where(resource)
    for part in chain(some(resource.get("component")), some(resource.get("stage"))):
        name, value = named(part.get("code")), value_of(part)
        if summary := named(part.get("summary")):
            name, value = "stage", summary
        yield f"{name}: {value}" if name and value else value
    yield from _ranges(resource)
    yield from (named(part) for part in some(resource.get("interpretation")))
    yield from (words(note.get("text")) for note in some(resource.get("note")))


def _where(resource: Json) -> Iterator[str]:
    sites = [*some(resource.get("bodySite")), *some(one(resource.get("collection")).get("bodySite"))]
    for site in [*sites, *some(resource.get("location"))]:
        yield named(site)
        yield from (value_of(part) for part in some(site.get("extension")))
    for part in [*some(resource.get("extension")), *some(resource.get("locationQualifier"))]:
        yield value_of(part) if "url" in part else named(part)
        inner = [value_of(deeper) for deeper in some(part.get("extension"))]
        yield ", ".join(filter(None, inner))
    yield from (named(part) for part in some(resource.get("method")))
    yield from ("for " + named(part) for part in some(resource.get("reasonCode")))


def _ranges(resource: Json) -> Iterator[str]:
    for part in some(resource.get("referenceRange")):
        low, high = (value_of({"valueQuantity": part.get(name)}) for name in ("low", "high"))
        text = f"{low} to {high}" if low and high else low or high or words(part.get("text"))
        if text:
            yield f"reference {text}"


def _medicine(resource: Json) -> Iterator[str]:
    name = named(resource.get("medicationCodeableConcept")) or named(resource.get("code"))
    name = name or named(resource.get("medication"))
    yield name or words(one(resource.get("medicationReference")).get("display"))
    for dose in some(resource.get("dosageInstruction") or resource.get("dosage")):
        yield words(dose.get("text"))
    yield from _period(resource)
    yield from ("for " + named(part) for part in some(resource.get("reasonCode")))
    yield from (value_of(part) for part in some(resource.get("extension")))
    yield from (named(part) for part in some(resource.get("statusReason")))
    yield from (words(note.get("text")) for note in some(resource.get("note")))


def _period(resource: Json) -> Iterator[str]:
    period = one(resource.get("effectivePeriod"))
    if end := words(period.get("end"))[:10]:
        yield f"until {end}"


def _relative(part: Json) -> str:
    age = value_of({"valueQuantity": part.get("onsetAge")})
    return named(part.get("code")) + (f" at {age}" if age else "")


def _patient(resource: Json) -> Iterator[str]:
    yield name_of(resource)
    if born := words(resource.get("birthDate")):
        yield f"born {born}"
    yield words(resource.get("gender"))


def refers_to(resource: Json) -> list[str]:
    """What an Observation or Procedure is about: its focus and reason references."""
    found = [reference(part) for name in ("focus", "reasonReference") for part in some(resource.get(name))]
    return [target for target in found if target]
