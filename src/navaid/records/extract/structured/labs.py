"""Laboratory values of coded entries: which one it is, in a unit of tables/labs.yaml, within what can be true."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

from navaid.records.extract.structured import names
from navaid.records.extract.structured.noting import Found, Note
from navaid.records.read.structured.access import Json, code_of, codings, one, quantity
from navaid.tables import load as load_table
from navaid.terms import Value

# UCUM writes the same thing in many ways.
_UNITS = {
    "10*3/ul": "10*9/L",
    "10^3/ul": "10*9/L",
    "k/ul": "10*9/L",
    "10+3/ul": "10*9/L",
    "10*9/l": "10*9/L",
    "10^9/l": "10*9/L",
    "10*3/mm3": "10*9/L",
    "{cells}/ul": "/uL",
    "cells/ul": "/uL",
}
_FLAGS = {"H", "L", "HH", "LL", "N", "A", "AA"}
# The component of a LOINC name: what stands before its property, specimen or scale.
_COMPONENT = re.compile(r"^[^\[|]*?(?= \[| in (?:Serum|Blood|Plasma)| (?:SerPl|Bld)|,| \||$)")


def lab_of(element: Json, name: str) -> str:
    """The id in labs.yaml of what was measured: by its LOINC code, else by its name; empty where it is none of these.

    >>> lab_of({}, "Potassium [Moles/volume] in Serum or Plasma"), lab_of({}, "Creatinine clearance")
    ('potassium', 'creatinine_clearance')
    """
    for row in codings(element.get("code")):
        if row.system == "http://loinc.org" and row.code in _by_code():
            return _by_code()[row.code]
    component = _COMPONENT.match(name)
    known = _by_form().get(component[0].strip().lower(), "") if component else ""
    return known or names.first("labs", name)


def lab(note: Note, element: Json, id_: str, amount: tuple[float, str] | None) -> Found:
    """The value with its reference range; nothing for a number that cannot be true in its unit."""
    if amount is None:
        return
    value, unit = amount[0], _UNITS.get(amount[1].lower(), amount[1])
    bounds = _table().get(id_, {}).get("units", {}).get(unit)
    if bounds and not bounds[0] <= value <= bounds[1]:
        return
    details: dict[str, Value] = {}
    limits = one(note.resource.get("referenceRange"))
    for side in ("low", "high"):
        if limit := quantity(limits.get(side)):
            details[side] = plain(limit[0])
    flag = code_of(note.resource.get("interpretation")).upper()
    if flag in _FLAGS:
        details["flag"] = flag
    yield note.finding(f"lab.{id_}", plain(value), "lab", unit=unit, side="", details=details)


def plain(amount: float) -> Value:
    """A whole number as such."""
    return int(amount) if amount == int(amount) else amount


@cache
def _table() -> dict[str, dict[str, Any]]:
    path = files("navaid.records.extract") / "tables" / "labs.yaml"
    return {row["id"]: row for row in load_table(path.read_text(encoding="utf-8"))}


@cache
def _by_code() -> dict[str, str]:
    return {str(row["loinc"]): id_ for id_, row in _table().items() if "loinc" in row}


@cache
def _by_form() -> dict[str, str]:
    found: dict[str, str] = {}
    for id_, row in _table().items():
        for form in row["forms"]:
            found.setdefault(str(form).lower(), id_)
    return found
