"""The vocabulary of findings, from concepts.yaml: what each concept is called, holds, and belongs to."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec

from navaid.tables import load as load_table
from navaid.terms import Record, Value


class Concept(Record, frozen=True):
    """A row of concepts.yaml. `values` maps a code to the words a person reads; empty unless `kind` is `code`."""

    id: str
    label: str
    of: str
    kind: str
    unit: str = ""
    values: dict[str, str] = {}  # noqa: RUF012 - msgspec copies an empty default
    many: bool = False
    core: bool = False

    def in_words(self, value: Value) -> str:
        """The value as a person reads it: a code's words, a number with its unit."""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        words = self.values.get(str(value)) or _ANY.get(str(value)) or str(value)
        return f"{words} {self.unit}".strip() if isinstance(value, int | float) else words


_ANY = {
    "pending": "result not there yet",
    "none_known": "none known",
    "not_tested": "not tested",
    "indeterminate": "no clear result",
    "not_stated": "not stated in your papers",
}
"""Values that any code may have, and what a person reads for them."""


@cache
def concepts() -> dict[str, Concept]:
    """Every row by its id, families (`gene.GENE.germline`, `lab.NAME`) included, in the order of the file."""
    table = files("navaid.records") / "concepts.yaml"
    rows = msgspec.convert(load_table(table.read_text(encoding="utf-8")), list[Concept])
    return {row.id: row for row in rows}


@cache
def concept(id_: str) -> Concept:
    """The concept of this id, a member of a family with its own name in it. Raises KeyError for one not in the table.

    >>> concept("gene.BRCA1.germline").label
    'BRCA1 (inherited)'
    """
    known = concepts().get(id_)
    if known:
        return known
    family, _, rest = id_.partition(".")
    if family == "gene":
        symbol, _, tissue = rest.rpartition(".")
        row = concepts()[f"gene.GENE.{tissue}"]
        return msgspec.structs.replace(row, id=id_, label=row.label.replace("GENE", symbol))
    if family == "lab":
        return msgspec.structs.replace(concepts()["lab.NAME"], id=id_, label=_labs().get(rest, rest.replace("_", " ")))
    raise KeyError(id_)


@cache
def _labs() -> dict[str, str]:
    """What a person reads for each code of `lab.NAME`."""
    table = files("navaid.records.extract") / "tables" / "labs.yaml"
    return {row["id"]: row["label"] for row in load_table(table.read_text(encoding="utf-8"))}


def page() -> str:
    """The table of docs/records.md: every concept with its values, in Markdown."""
    rows = ["| concept | what it is | values |", "|---|---|---|"]
    for row in concepts().values():
        told = ", ".join(f"`{value}`" for value in row.values) or {"number": row.unit or "number"}.get(row.kind, "text")
        many = " (several)" if row.many else ""
        rows.append(f"| `{row.id}` | {row.label}{many} | {told} |")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    print(page(), end="")
