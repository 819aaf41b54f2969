"""A concept and its tables: CSV files in, checked `Concept` records out. Start at `read_concepts`."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from navaid.errors import StarterInvalid
from navaid.terms import Record

TABLES = Path(__file__).parent / "tables"
HEADER = ["id", "name", "forms", "broader", "source"]


class Concept(Record, frozen=True):
    """One thing that people and papers speak of, and every way we know to write it.

    `id` is snake_case and unique over all kinds; `kind` is the name of its table (`drugs`,
    `subtypes`, …). `forms` holds the ways to write it besides `name`; `broader` the ids directly
    above it (a drug's class, a subtype's disease, the drugs of a regimen); `sources` the pages its words were seen on.
    """

    id: str
    kind: str
    name: str
    forms: tuple[str, ...]
    broader: tuple[str, ...]
    sources: tuple[str, ...]


def read_concepts(folder: Path = TABLES) -> dict[str, Concept]:
    """Every concept by id, in the order of the tables. Raises `StarterInvalid` naming the row at fault.

    >>> read_concepts()["trastuzumab_deruxtecan"].broader
    ('antibody_drug_conjugate', 'her2_targeted_drug')
    """
    concepts: dict[str, Concept] = {}
    for path in sorted(folder.glob("*.csv")):
        for line, concept in _rows(path):
            if concept.id in concepts:
                raise _invalid(path, line, f"the id {concept.id!r} is already in {concepts[concept.id].kind}")
            concepts[concept.id] = concept
    _check_broader(concepts, folder)
    return concepts


def _rows(path: Path) -> Iterator[tuple[int, Concept]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        if next(reader, None) != HEADER:
            raise _invalid(path, 1, f"the header is not {','.join(HEADER)}")
        for row in reader:
            if len(row) != len(HEADER) or not (row[0] and row[1] and row[4]):
                raise _invalid(path, reader.line_num, "a row needs five fields; id, name and source filled in")
            id_, name, forms, broader, source = row
            yield (
                reader.line_num,
                Concept(
                    id=id_,
                    kind=path.stem,
                    name=name,
                    forms=_several(forms),
                    broader=_several(broader),
                    sources=_several(source),
                ),
            )


def _several(field: str) -> tuple[str, ...]:
    return tuple(field.split("|")) if field else ()


def _check_broader(concepts: dict[str, Concept], folder: Path) -> None:
    for concept in concepts.values():
        for above in concept.broader:
            if above not in concepts:
                raise StarterInvalid(
                    f"{concept.id} has the broader concept {above!r}, which no table holds",
                    where=f"vocabulary/{folder.name}/{concept.kind}.csv",
                    fix="correct the id, or add the row",
                )


def _invalid(path: Path, line: int, what: str) -> StarterInvalid:
    return StarterInvalid(what, where=f"vocabulary/{path.parent.name}/{path.name}, line {line}", fix="correct the row")
