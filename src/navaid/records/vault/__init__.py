"""Where a person's papers are kept, encrypted: originals, what was read from them, and the person's own words.

In: a secret (passphrase, key file, keyring), files with their readings. Out: `Papers` of one person. Start at vault.py.
"""

from __future__ import annotations

from navaid.records.vault.errors import (
    VaultDamaged,
    VaultError,
    VaultLocked,
    VaultMissing,
    VaultTooNew,
    WrongKey,
)
from navaid.records.vault.papers import KeptPage, Original, Papers
from navaid.records.vault.vault import DEFAULT_PROFILE, Place, Vault, create, destroy, exists, open_, papers_at, ways_in
from navaid.records.vault.waiting import Standing, Waiting, WaitingRoom
from navaid.records.vault.ways import Secret, Way

__all__ = [
    "DEFAULT_PROFILE",
    "KeptPage",
    "Original",
    "Papers",
    "Place",
    "Secret",
    "Standing",
    "Vault",
    "VaultDamaged",
    "VaultError",
    "VaultLocked",
    "VaultMissing",
    "VaultTooNew",
    "Waiting",
    "WaitingRoom",
    "Way",
    "WrongKey",
    "create",
    "destroy",
    "exists",
    "open_",
    "papers_at",
    "ways_in",
]
