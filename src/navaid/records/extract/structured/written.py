"""Findings of what Navaid itself wrote into an export: its own codes there say the concept and the value."""

from __future__ import annotations

from navaid.records.concepts import Concept, concept
from navaid.records.extract.structured.noting import Found, Note
from navaid.records.read.structured.access import Json, number, one, own
from navaid.terms import Value


def written(note: Note) -> Found:
    """The finding of an Observation that holds Navaid's own codes; none where it has none that are known."""
    row = _concept(own(note.resource.get("code")))
    value = _value(row, note.resource) if row else None
    if row is not None and value is not None:
        # A person's values have no side, whatever the entry is about.
        side = "" if row.of == "person" else None
        yield note.finding(row.id, value, "own", unit=row.unit, side=side)


def is_written(note: Note) -> bool:
    """Whether an Observation names its concept by Navaid's own code."""
    return _concept(own(note.resource.get("code"))) is not None


def own_value(name: str, *elements: object) -> str:
    """The value of this concept that Navaid put beside the codes of one of the elements; empty where it put none."""
    values = concept(name).values
    return next((value for element in elements if (value := own(element)) in values), "")


def _concept(id_: str) -> Concept | None:
    try:
        return concept(id_)
    except KeyError:
        return None


def _value(row: Concept, resource: Json) -> Value | None:
    if row.kind == "number":
        amount = number(one(resource.get("valueQuantity")).get("value"))
        amount = number(resource.get("valueInteger")) if amount is None else amount
        return int(amount) if amount is not None and amount == int(amount) else amount
    given = own(resource.get("valueCodeableConcept"))
    if row.kind == "text":
        return given or None
    return given if given in row.values else None
