"""The papers of a person as a list shows them."""

from __future__ import annotations

from collections.abc import Sequence

from navaid.records import paper_types
from navaid.records.render.days import in_words
from navaid.records.vault import Original
from navaid.terms import How, Reading, Record

_SHORT = 16


class Sheet(Record, frozen=True):
    """A kept paper. `id` is the beginning of its bytes' SHA-256, `found` how many things were read in it.

    `scanned` is that a picture was read, where a letter may be taken for another.
    """

    id: str
    name: str
    kind: str
    day: str
    added: str
    size: str
    found: int
    notes: tuple[str, ...] = ()
    scanned: bool = False


def sheet(original: Original, readings: Sequence[Reading]) -> Sheet:
    """The paper as it is listed; an archive counts as one."""
    header = readings[0].header if readings else None
    findings = [finding for reading in readings for finding in reading.findings]
    return Sheet(
        id=short(original.id),
        name=original.name,
        kind=kind(header.type) if header else "Not read",
        day=in_words(header.date or header.collected or "") if header else "",
        added=in_words(original.added),
        size=in_bytes(original.size),
        found=len({(finding.concept, finding.value) for finding in findings}),
        notes=tuple(dict.fromkeys(note for reading in readings for note in reading.notes)),
        scanned=any(finding.source.how is How.OCR for finding in findings),
    )


def short(id_: str) -> str:
    """The part of a paper's id that stands in an address."""
    return id_.removeprefix("FILE:")[:_SHORT]


def in_bytes(size: int) -> str:
    """A size as a person reads it.

    >>> in_bytes(900), in_bytes(52_300), in_bytes(2_345_678)
    ('1 kB', '52 kB', '2.3 MB')
    """
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"


def kind(code: str) -> str:
    """What a type of paper is called.

    >>> kind("pathology")
    'Pathology report'
    """
    return "Paper of an unknown type" if code == "unknown" else paper_types.labels().get(code, "Paper")
