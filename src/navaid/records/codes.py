"""Codes of other systems (LOINC, SNOMED CT, ICD, RxNorm), from codes.csv: what each says, and which an export writes.

A row holds only a code that was seen beside its words; `source` says where. Files named by mCODE 4.0.0 are those of
the npm package hl7.fhir.us.mcode (CC0); the codes themselves keep the terms of SNOMED International, Regenstrief, NCHS
and HGNC.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple

NAVAID = "urn:uuid:0d0b5f4e-2c4b-5d0e-9d2e-6a4f8a1c7e55"
"""The code system of Navaid's own concepts and values (concepts.yaml), by which an export is read again exactly."""

_ICD_9 = "http://hl7.org/fhir/sid/icd-9-cm"


class Code(NamedTuple):
    """A row of codes.csv. `concept` and `value` are empty where the code says only one of the two.

    `export` is what an export calls the row, empty where the code is only read; `display` is empty where the source
    shows none.
    """

    system: str
    code: str
    display: str
    concept: str
    value: str
    export: str
    source: str


def known(system: str, code: str) -> Code | None:
    """What is known of a code; None for a code that the table has not."""
    if system.startswith(_ICD_9):
        system = _ICD_9
    return _by_code().get((system, code))


def to_export(name: str) -> Code | None:
    """The code that an export writes for this; None where no code was seen, so that words must do."""
    return _by_name().get(name)


@cache
def rows() -> tuple[Code, ...]:
    """All rows, in the order of the file."""
    path = files("navaid.records") / "codes.csv"
    with path.open(encoding="utf-8") as file:
        return tuple(Code(**row) for row in csv.DictReader(file))


@cache
def _by_code() -> dict[tuple[str, str], Code]:
    return {(row.system, row.code): row for row in rows()}


@cache
def _by_name() -> dict[str, Code]:
    return {row.export: row for row in rows() if row.export}
