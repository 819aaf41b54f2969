"""Codes for an export, from records/codes.csv: only those that were seen beside their words; words where there is none.

Beside them stands Navaid's own code for the same thing, so that a bundle that is added again is read as it was written.
"""

from __future__ import annotations

from typing import Any

from navaid.records.codes import NAVAID, to_export

Json = dict[str, Any]

HGVS = "http://varnomen.hgvs.org"


def coding(name: str) -> Json | None:
    """A FHIR Coding, or None where no code was seen for it."""
    row = to_export(name)
    if row is None:
        return None
    given = {"system": row.system, "code": row.code, "display": row.display}
    return {key: value for key, value in given.items() if value}


def concept_of(name: str, text: str = "", own: str = "") -> Json:
    """A FHIR CodeableConcept: the code if one was seen, and the words. At least one of the two is there.

    `own` is the concept or value of concepts.yaml that it stands for.
    """
    known = coding(name)
    codings = [part for part in (known, {"system": NAVAID, "code": own} if own else None) if part]
    made: Json = {"coding": codings} if codings else {}
    if text or not known:
        made["text"] = text or name
    return made


def not_stated(what: str) -> Json:
    """A CodeableConcept for an element that must be there and of which no paper says anything."""
    return concept_of("absent.unknown", what)
