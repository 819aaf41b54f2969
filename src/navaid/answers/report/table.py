"""What explains which value, and the words around it: `tables/explained.yaml` and `tables/words.yaml`, read once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, TypeVar

import msgspec

from navaid.records.concepts import concept
from navaid.starter import Starter, glossary
from navaid.tables import load_from
from navaid.terms import Finding, Record

_LETTERS = frozenset({"pt", "pn", "pm", "pt.by_size", "pn.by_nodes", "ct", "cn", "cm", "stage.group"})
T = TypeVar("T")
_OF_ANY = frozenset({"diagnosis", "surgery", "drug", "medication"})
_UNSETTLED = frozenset({"pending", "not_tested", "indeterminate"})


class Entry(Record, frozen=True):
    """How a concept is explained; explained.yaml says what each field is."""

    what: tuple[str, ...] = ()
    values: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    details: dict[str, dict[str, tuple[str, ...]]] = msgspec.field(default_factory=dict)
    names: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    ask: str = ""
    asks: dict[str, str] = msgspec.field(default_factory=dict)
    plain: bool = False
    plain_values: tuple[str, ...] = ()
    by_name: bool = False


class Bare(Record, frozen=True):
    """How a value is told and explained where its words hold nothing that matches `said_by`."""

    said_by: str
    value: str
    claims: tuple[str, ...]


class Table(Record, frozen=True):
    """explained.yaml."""

    concepts: dict[str, Entry]
    bare: dict[str, dict[str, Bare]]
    genes: dict[str, tuple[str, ...]]
    sections: dict[str, str]
    words: tuple[str, ...]
    never: tuple[str, ...]
    not_denied: tuple[str, ...]
    defining: str
    same: dict[str, tuple[str, ...]]


@cache
def table() -> Table:
    """The table, checked against its form."""
    return msgspec.convert(load_from("navaid.answers.report", "tables/explained.yaml"), Table)


@cache
def words() -> dict[str, Any]:
    """The fixed words by name."""
    made: dict[str, Any] = load_from("navaid.answers.report", "tables/words.yaml")
    return made


def entry(id_: str) -> Entry:
    """How this concept, or the family that it belongs to, is explained; an empty entry where it is not."""
    rows = table().concepts
    if id_ in rows:
        return rows[id_]
    family, _, rest = id_.partition(".")
    if family == "gene":
        return rows.get(f"gene.GENE.{rest.rpartition('.')[2]}", Entry())
    return rows.get("lab.NAME", Entry()) if family == "lab" else Entry()


def bare(finding: Finding) -> Bare | None:
    """How to tell a value that says more than its words; None for one that does not."""
    row = table().bare.get(finding.concept, {}).get(str(finding.value))
    return row if row and not re.search(row.said_by, finding.source.words, re.IGNORECASE) else None


def explaining(data: Starter, finding: Finding, about: str) -> tuple[str, ...]:
    """The ids of the claims that explain this value, the term itself first, each once.

    In a report about what is `benign` only terms are explained, for what a result means is said of cancer cells; in one
    about an `other` cancer those of its tumour are not, for what is held is said of the breast.
    """
    row = entry(finding.concept)
    if about == "other" and concept(finding.concept).of == "tumour":
        return ()
    if told := bare(finding):
        return told.claims
    if about == "benign" and finding.concept not in _OF_ANY:
        return row.what
    return tuple(dict.fromkeys(_explaining(data, finding, row)))


def _explaining(data: Starter, finding: Finding, row: Entry) -> Iterator[str]:
    yield from row.what
    family, _, rest = finding.concept.partition(".")
    if family == "gene":
        yield from table().genes.get(rest.rpartition(".")[0], ())
    yield from row.names.get(rest, ())
    yield from of_value(row.values, finding, ())
    for name, by_value in row.details.items():
        yield from by_value.get(str(finding.details.get(name, "")), ())
    if row.by_name:
        yield from _named(data, str(finding.value), finding.source.words)


def _named(data: Starter, *names: str) -> Iterator[str]:
    """The glossary's own claim on the first of these names that it has."""
    for name in names:
        term = glossary.find(data, name.replace("_", " "))
        if term in data.glossary:
            yield claim_of(term.term)
            return


def questions_on(finding: Finding) -> tuple[str, str]:
    """The ids of the claims that ask about just this value, and about the term; empty where there are none."""
    row = entry(finding.concept)
    return of_value(row.asks, finding, ""), row.ask


def is_plain(finding: Finding) -> bool:
    """Whether the value is in everyday words and needs no explanation."""
    row = entry(finding.concept)
    return row.plain or finding.value in row.plain_values


def of_value(rows: Mapping[str, T], finding: Finding, otherwise: T) -> T:
    """What stands for this value; for letters and figures the longest beginning, for numbers also `>0`."""
    value = finding.value
    if value in _UNSETTLED:
        return otherwise
    if isinstance(value, int | float):
        plain = f"{value:g}"
        return rows.get(plain, rows.get(">0", otherwise) if value > 0 else otherwise)
    if finding.concept in _LETTERS:
        fitting = [key for key in rows if value.upper().startswith(key.upper())]
        return rows[max(fitting, key=len)] if fitting else otherwise
    return rows.get(value, otherwise)


def claim_of(term: str) -> str:
    """The id of the claim that explains a term of the glossary."""
    return f"{glossary.TOPIC}.{re.sub(r'[^a-z0-9+]+', '-', term.lower()).strip('-')}"
