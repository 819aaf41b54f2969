"""What the parts of a bundle share: ids, references, the state of a value, and the note that says where it was read."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from navaid.records.concepts import concept
from navaid.records.export.mcode.codes import Json, concept_of
from navaid.records.export.places import places
from navaid.records.read.structured.access import AUTHOR
from navaid.terms import Date, Field, FieldState, Profile, Reading, Value

PROFILES = "http://hl7.org/fhir/us/mcode/StructureDefinition/"
NO_RESULT = frozenset({"pending", "not_tested", "not_stated", "indeterminate"})
"""Values that say that there is no result: an export leaves them out."""

_SPACE = uuid.UUID("7c6f1d4e-53c8-4c8e-9a4c-6a55c0f0a1d2")


@dataclass
class Sheet:
    """The bundle as it grows. Ids are the same each time for the same papers."""

    profile: Profile
    readings: Sequence[Reading]
    patient: str = ""
    resources: list[Json] = field(default_factory=list)

    def add(self, type_: str, mcode: str, key: str, body: Json) -> str:
        """The reference by which other resources name this one. `mcode` is the profile it follows, if it does."""
        id_ = str(uuid.uuid5(_SPACE, "|".join((*sorted(self.profile.files), self.profile.name, type_, key))))
        head: Json = {"resourceType": type_, "id": id_}
        if mcode:
            head["meta"] = {"profile": [PROFILES + mcode]}
        self.resources.append(head | {name: value for name, value in body.items() if value not in (None, [], {}, "")})
        return f"urn:uuid:{id_}"

    def subject(self) -> Json:
        return {"reference": self.patient}

    def notes(self, field_: Field) -> list[Json]:
        """Where the value was read, in whose words, and what disagrees with it."""
        told = [note(place.in_words) for place in places(field_, self.profile, self.readings)[:3]]
        if field_.other:
            row = concept(field_.concept)
            others = ", ".join(row.in_words(value) for value in field_.other)
            told.append(note(f"The papers disagree. Also given: {others}."))
        return told


def note(text: str) -> Json:
    """A remark of Navaid's own, which reading the bundle again must not take for a report's."""
    return {"authorString": AUTHOR, "text": text}


def bundle_of(resources: Sequence[Json]) -> Json:
    """The mCODE Patient Bundle: a collection in which references are the entries' own addresses."""
    return {
        "resourceType": "Bundle",
        "meta": {"profile": [PROFILES + "mcode-patient-bundle"]},
        "type": "collection",
        "entry": [{"fullUrl": f"urn:uuid:{made['id']}", "resource": made} for made in resources],
    }


def observation_status(field_: Field) -> str:
    """`final` for what the person confirmed; what only a program has read is unverified, so `preliminary`."""
    return "final" if field_.state is FieldState.CONFIRMED else "preliminary"


def said(value: Value) -> bool:
    """Whether this is a result, and not the word that there is none."""
    return value not in NO_RESULT


def day(date: Date | None) -> str | None:
    return date.isoformat() if date else None


def quantity(value: Value, unit: str) -> Json | None:
    """A FHIR Quantity; None if the value is no number."""
    if isinstance(value, str):
        return None
    ucum = {"%": "%", "mm": "mm", "years": "a", "": "1"}.get(unit)
    made: Json = {"value": value, "unit": unit}
    if ucum:
        made |= {"system": "http://unitsofmeasure.org", "code": ucum}
    return {name: given for name, given in made.items() if given != ""}


def breast(side: str) -> Json:
    """The breast as a body site, with its side where that is known."""
    site = concept_of("site.breast", f"{side} breast".strip())
    if side in ("left", "right", "bilateral"):
        site["extension"] = [
            {"url": PROFILES + "mcode-laterality-qualifier", "valueCodeableConcept": concept_of(f"side.{side}")}
        ]
    return site
