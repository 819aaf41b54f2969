"""What can be wrong with the place where records are kept. None of these holds a word of a record, or a passphrase.

VaultError
├── VaultMissing   nothing is kept yet at this place
├── VaultLocked    another process is writing and did not finish in time
├── VaultTooNew    written by a later version of Navaid
├── VaultDamaged   a file was cut, altered or lost
└── WrongKey       this passphrase, key file or keyring entry does not open it
"""

from __future__ import annotations

from navaid.errors import NavaidError


class VaultError(NavaidError):
    """Base of what can be wrong with kept records."""


class VaultMissing(VaultError):
    """Nothing is kept yet at this place."""


class VaultLocked(VaultError):
    """Another process is writing and did not finish in time."""


class VaultTooNew(VaultError):
    """Written by a later version of Navaid."""


class VaultDamaged(VaultError):
    """A file was cut, altered or lost."""


class WrongKey(VaultError):
    """This passphrase, key file or keyring entry does not open it."""
