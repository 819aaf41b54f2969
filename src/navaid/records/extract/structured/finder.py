"""The finder of structured records: every entry goes to the reader of its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from navaid.records.extract.structured.conditions import cancer_of, conditions
from navaid.records.extract.structured.derived import derived
from navaid.records.extract.structured.histories import allergies, person, relatives
from navaid.records.extract.structured.medicines import medicines
from navaid.records.extract.structured.noting import Found, Index, Note
from navaid.records.extract.structured.observations import observations
from navaid.records.extract.structured.procedures import procedures
from navaid.records.extract.view import View
from navaid.records.read.structured.access import words
from navaid.records.read.structured.people import people_in
from navaid.terms import Finding

READERS: dict[str, Callable[[Note], Found]] = {
    "AllergyIntolerance": allergies,
    "Condition": conditions,
    "FamilyMemberHistory": relatives,
    "MedicationAdministration": medicines,
    "MedicationDispense": medicines,
    "MedicationOrder": medicines,
    "MedicationRequest": medicines,
    "MedicationStatement": medicines,
    "Observation": observations,
    "Patient": person,
    "Procedure": procedures,
}


def find(view: View) -> Iterable[Finding]:
    """The findings of all coded entries, in any order; none where the entries are of more than one person."""
    if not view.paper.entries or len(people_in(view.paper.entries)) > 1:
        return
    index = Index(view.paper)
    for entry in view.paper.entries:
        if entry.resource.get("resourceType") == "Condition":
            index.cancers[entry.id] = cancer_of(entry.resource)
    found: list[Finding] = []
    for entry in view.paper.entries:
        reader = READERS.get(words(entry.resource.get("resourceType")))
        if reader is not None:
            found += reader(Note(view, entry, index))
    yield from found
    yield from derived(found)
