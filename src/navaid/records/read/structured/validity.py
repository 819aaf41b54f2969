"""Whether resources keep to FHIR R4, by fhir.resources: what does not is noted, and read as far as it goes."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from navaid.records.read.structured.access import Json, words
from navaid.records.read.structured.build import Builder
from navaid.records.read.structured.lines import HEADINGS

MOST_CHECKED = 500  # a check costs more than the reading, and one fault is as telling as many


def check(resources: list[Json], builder: Builder) -> None:
    """Note how many of these resources break FHIR R4, and how the first one does."""
    broken: list[str] = []
    known = [resource for resource in resources if words(resource.get("resourceType")) in HEADINGS][:MOST_CHECKED]
    for resource in known:
        if fault := _fault(resource):
            name = f"{words(resource.get('resourceType'), 40)}/{words(resource.get('id'), 40) or '?'}"
            broken.append(f"{name}: {fault}")
    if broken:
        builder.note(
            f"{len(broken)} of {len(known)} entries do not keep to FHIR R4 and were read as far as they go"
            f" ({broken[0]}). Compare what was read with the original."
        )


def _fault(resource: Json) -> str:
    """The first fault by its place, never by its content; empty where there is none or the kind is not of R4."""
    model = _model(words(resource.get("resourceType"), 40))
    if model is None:
        return ""
    try:
        model.model_validate(resource)
    except ValueError as error:  # pydantic's ValidationError is one
        rows: Any = error.errors() if hasattr(error, "errors") else []
        place = ".".join(str(part) for part in rows[0]["loc"][:4])[:80] if rows and rows[0].get("loc") else ""
        return f"at {place}" if place else "a required part is missing"
    except (RecursionError, TypeError, AttributeError, KeyError, IndexError, ArithmeticError):
        return "its parts have the wrong types"
    return ""


@cache
def _model(kind: str) -> Any:
    try:
        return getattr(import_module("fhir.resources.R4B." + kind.lower()), kind)
    except (ImportError, AttributeError):
        return None
