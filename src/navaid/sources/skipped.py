"""What a reader could not use, and why: `Skipped`. The rest of the input goes on."""

from __future__ import annotations

from collections.abc import Callable

from navaid.errors import NavaidError
from navaid.terms import Record


class Skipped(Record, frozen=True):
    """One file, row or record that gave no document: where it stands, why, and how to mend it.

    `where` is a path, followed by a line or record number inside it where there is one.

    >>> Skipped(where="notes.zip", reason="an archive, not a document", fix="unpack it").where
    'notes.zip'
    """

    where: str
    reason: str
    fix: str = ""


OnSkip = Callable[[Skipped], None]


def skipped(where: str, error: NavaidError) -> Skipped:
    """The report of an error that stopped one file or row; the error's own place is the nearer one."""
    return Skipped(where=error.where or where, reason=error.what, fix=error.fix)
