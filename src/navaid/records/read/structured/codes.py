"""The table of codes, extract/tables/structured_codes.csv: the words of a code whose sender gave none; what it says."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Known(NamedTuple):
    """A code that was seen beside its words. `concept` and `value` are empty where it says only one of the two."""

    display: str
    concept: str
    value: str


def known(system: str, code: str) -> Known | None:
    """What is known of a code; None for a code that the table has not."""
    if system.startswith("http://hl7.org/fhir/sid/icd-9-cm"):
        system = "http://hl7.org/fhir/sid/icd-9-cm"
    return _table().get((system, code))


@cache
def _table() -> dict[tuple[str, str], Known]:
    path = files("navaid.records") / "extract" / "tables" / "structured_codes.csv"
    with path.open(encoding="utf-8") as file:
        rows = csv.DictReader(file)
        return {(row["system"], row["code"]): Known(row["display"], row["concept"], row["value"]) for row in rows}
