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
    └── ModelUnavailable     a language or embedding model was asked for and is not there, or cannot be used
        ├── ModelUnreachable no connection, a broken one, or a server that is not what it should be
        ├── ModelSlow        no answer in the time given
        ├── ModelBusy        too many calls, no credit, or a fault of the server's own, after the tries allowed
        ├── KeyRefused       the server asks for a key, or does not take this one
        ├── ModelMissing     the server does not know this model or address
        ├── RequestRefused   the server does not accept what was asked
        ├── ContextTooLong   the text is longer than the model can read
        ├── ReplyUnusable    the reply is broken, cut, too large or not of the form asked for
        ├── CallCancelled    the person stopped the call
        └── ConsentMissing   something would leave this machine, and nobody has agreed to that yet

Each says what, where and how to mend. Messages name a person's files by local id and never hold
the text of a record, of a prompt or of a reply, nor a key.
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
    """A model was asked for and is not there, or cannot be used."""


class ModelUnreachable(ModelUnavailable):
    """No connection to the model's server, or a broken one."""


class ModelSlow(ModelUnavailable):
    """The model's server gave no answer in the time given."""


class ModelBusy(ModelUnavailable):
    """The model's server turned the call away, and went on doing so."""


class KeyRefused(ModelUnavailable):
    """The model's server asks for a key, or does not take this one."""


class ModelMissing(ModelUnavailable):
    """The server does not know this model or this address."""


class RequestRefused(ModelUnavailable):
    """The server does not accept the call; `parameter` names the optional part it objects to, if it says so."""

    def __init__(self, what: str, *, where: str = "", fix: str = "", parameter: str = "") -> None:
        super().__init__(what, where=where, fix=fix)
        self.parameter = parameter


class ContextTooLong(ModelUnavailable):
    """The text is longer than the model can read."""


class ReplyUnusable(ModelUnavailable):
    """The reply is broken, cut, too large or not of the form asked for."""


class CallCancelled(ModelUnavailable):
    """The person stopped the call."""


class ConsentMissing(ModelUnavailable):
    """Something would leave this machine, and nobody has agreed to that yet."""
