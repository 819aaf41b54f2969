"""A file on its way into a person's papers: what was read from it, what is doubtful, what became of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from navaid.errors import BadInput, NavaidError
from navaid.records.vault import Original
from navaid.records.whose import Doubt, Doubted, doubts, whose
from navaid.terms import Reading


@dataclass(frozen=True)
class Read:
    """What could be read of a file, the errors of what could not, and the doubts that were found."""

    path: Path
    id: str
    readings: tuple[Reading, ...]
    errors: tuple[NavaidError, ...]
    doubts: tuple[Doubted, ...]


@dataclass(frozen=True)
class Outcome:
    """What became of a file: kept as `original`, or not, because of `read.doubts` or `error`."""

    path: Path
    read: Read | None = None
    original: Original | None = None
    error: NavaidError | None = None


def fingerprint(path: Path) -> str:
    """`FILE:` and the SHA-256 of the file's bytes. Raises BadInput."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
    except OSError as error:
        raise BadInput(
            f"{path.name} could not be opened ({(error.strerror or 'no file').lower()})",
            where=str(path),
            fix="check the name, and who may read it",
        ) from None
    return f"FILE:{digest.hexdigest()}"


def weigh(
    path: Path, id_: str, found: Iterable[Reading | NavaidError], kept: Sequence[Reading], originals: Sequence[Original]
) -> Read:
    """What was read of a file, with each doubt once; `kept` are the readings of the papers that are there already."""
    readings: list[Reading] = []
    errors: list[NavaidError] = []
    for each in found:
        if isinstance(each, NavaidError):
            errors.append(each)
        else:
            readings.append(each)
    person = whose(kept) if kept else whose(readings[:1])
    every = [doubt for reading in readings for doubt in doubts(reading, person)]
    if errors and not readings:
        what = errors[0].what + (f" ({errors[0].fix})" if errors[0].fix else "")
        every.insert(0, Doubted(doubt=Doubt.UNREAD, words=f"it could not be read: {what}"))
    if known := next((original for original in originals if original.id == id_), None):
        words = f"it is kept already, since {known.added}; keeping it again reads it anew"
        every.append(Doubted(doubt=Doubt.DUPLICATE, words=words))
    return Read(path, id_, tuple(readings), tuple(errors), tuple(dict.fromkeys(every)))
