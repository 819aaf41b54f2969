"""Whom the entries of a paper name."""

from __future__ import annotations

from collections.abc import Iterable

from navaid.records.paper import Entry
from navaid.records.read.structured.access import Json, one, words


def people_in(entries: Iterable[Entry]) -> set[tuple[str, str]]:
    """The persons by name (small letters) and birth date; one who has neither is left out where others have."""
    found = set()
    for entry in entries:
        if entry.resource.get("resourceType") == "Patient":
            found.add((name_of(entry.resource).lower(), words(entry.resource.get("birthDate"))[:10]))
    # Apple's own entry of the phone's owner names nobody, and an empty one nobody at all.
    return {row for row in found if row[0]} or found


def name_of(patient: Json) -> str:
    """The name of a Patient as it is spoken."""
    name = one(patient.get("name"))
    given = name.get("given")
    parts = [words(part, 60) for part in given[:5]] if isinstance(given, list) else [words(given, 60)]
    return " ".join(filter(None, [*parts, words(name.get("family"), 60)])) or words(name.get("text"), 120)
