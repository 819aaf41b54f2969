"""Codes for an export, from codes.yaml: only those that were seen beside their display; words where there is none."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
import yaml

from navaid.terms import Record

Json = dict[str, Any]


class Code(Record, frozen=True):
    """A row of codes.yaml. `seen` is the file in which the code stood beside its display."""

    id: str
    system: str
    code: str
    seen: str
    display: str = ""


class Table(Record, frozen=True):
    """The file codes.yaml."""

    systems: dict[str, str]
    codes: list[Code]


@cache
def table() -> Table:
    """The rows of codes.yaml, in its order."""
    text = (files("navaid.records.export") / "codes.yaml").read_text(encoding="utf-8")
    return msgspec.convert(yaml.safe_load(text), Table)


@cache
def _by_id() -> dict[str, Code]:
    return {row.id: row for row in table().codes}


def coding(id_: str) -> Json | None:
    """A FHIR Coding, or None where no code was seen for it."""
    row = _by_id().get(id_)
    if row is None:
        return None
    given = {"system": table().systems[row.system], "code": row.code, "display": row.display}
    return {name: value for name, value in given.items() if value}


def concept_of(id_: str, text: str = "") -> Json:
    """A FHIR CodeableConcept: the code if one was seen, and the words. At least one of the two is there."""
    known = coding(id_)
    made: Json = {"coding": [known]} if known else {}
    if text or not known:
        made["text"] = text or id_
    return made


def system(name: str) -> str:
    """The address of a code system by its short name."""
    return table().systems[name]


def not_stated(what: str) -> Json:
    """A CodeableConcept for an element that must be there and of which no paper says anything."""
    return concept_of("absent.unknown", what)
