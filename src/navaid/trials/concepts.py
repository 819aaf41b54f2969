"""What trials ask that no single finding says, from concepts.yaml: what each means, and what to ask."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from navaid.errors import StarterInvalid
from navaid.records.concepts import concept as finding
from navaid.tables import load as load_table
from navaid.terms import Record


class TrialConcept(Record, frozen=True):
    """A row of concepts.yaml. `values` maps a code to the words a person reads; `derived_from` are concepts of records.

    `means` is for whoever derives it; `ask` is the question to the person where it is not known.
    """

    id: str
    label: str
    kind: str
    means: str
    ask: str
    values: dict[str, str] = {}  # noqa: RUF012 - msgspec copies an empty default
    derived_from: tuple[str, ...] = ()
    many: bool = False


@cache
def trial_concepts() -> dict[str, TrialConcept]:
    """Every row by its id, in the order of the file. Raises StarterInvalid naming the row at fault."""
    table = files("navaid.trials") / "concepts.yaml"
    rows: list[dict[str, Any]] = load_table(table.read_text(encoding="utf-8"))
    found: dict[str, TrialConcept] = {}
    for row in rows:
        try:
            each = msgspec.convert(row, TrialConcept)
        except msgspec.ValidationError as fault:
            raise StarterInvalid(
                f"the concept {row.get('id', '?')!r} cannot be read: {fault}",
                where="trials/concepts.yaml",
                fix="give id, label, kind, means and ask",
            ) from fault
        found[each.id] = each
    return found


@cache
def label_of(concept: str) -> str:
    """What a person calls this concept, of trials or of records. Raises KeyError for one in neither table.

    >>> label_of("measurable_disease"), label_of("er.status")
    ('Tumor that can be measured on a scan', 'Estrogen receptor (ER)')
    """
    row = trial_concepts().get(concept)
    return row.label if row else finding(concept).label
