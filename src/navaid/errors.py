"""Every error that Navaid raises on purpose.

    NavaidError
    ├── BadInput             what the person gave cannot be used (question, path, option)
    ├── UnreadableSource     a publisher's file could not be read as what it claims to be
    ├── SourceUnavailable    a publisher gave no answer
    ├── LibraryError
    │   ├── LibraryMissing   there is no library at this place
    │   ├── LibraryLocked    another process is writing and did not finish in time
    │   ├── LibraryTooNew    written by a later version of Navaid
    │   ├── LibraryDamaged   the record of truth fails its own checks
    │   └── DiskFull         nothing was lost, but nothing more fits
    ├── StarterInvalid       a row of the embedded data breaks its schema
    └── ModelUnavailable     a language or embedding model was asked for and is not there

Each says what, where and how to mend. Messages name a person's files by local id and never hold
the text of a record.
"""

from __future__ import annotations


class NavaidError(Exception):
    """What went wrong, where it happened, and how to mend it.

    >>> print(NavaidError("no such page", where="library/store.py", fix="run `navaid library list`"))
    NavaidError: no such page
      where: library/store.py
      fix:   run `navaid library list`
    """

    def __init__(self, what: str, *, where: str = "", fix: str = "") -> None:
        super().__init__(what)
        self.what, self.where, self.fix = what, where, fix

    def __str__(self) -> str:
        lines = [f"{type(self).__name__}: {self.what}"]
        if self.where:
            lines.append(f"  where: {self.where}")
        if self.fix:
            lines.append(f"  fix:   {self.fix}")
        return "\n".join(lines)


class BadInput(NavaidError):
    """What the person gave cannot be used."""


class UnreadableSource(NavaidError):
    """A file could not be read as what it claims to be."""


class SourceUnavailable(NavaidError):
    """A publisher gave no answer; this is never the same as an empty result."""


class LibraryError(NavaidError):
    """Base of what can be wrong with a library."""


class LibraryMissing(LibraryError):
    """There is no library at this place."""


class LibraryLocked(LibraryError):
    """Another process is writing and did not finish in time."""


class LibraryTooNew(LibraryError):
    """The library was written by a later version of Navaid."""


class LibraryDamaged(LibraryError):
    """The record of truth fails its own checks."""


class DiskFull(LibraryError):
    """Nothing was lost, but nothing more fits."""


class StarterInvalid(NavaidError):
    """A row of the embedded data breaks its schema."""


class ModelUnavailable(NavaidError):
    """A model was asked for and is not there."""
