"""The file of accounts: who there is, what was granted, what was sent for review, and the log that is only added to.

No record's text, no question and no profile's name is in it in plain: a profile is named by its random folder.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from navaid.errors import NavaidError
from navaid.records.vault.places import private_folder

_VERSION = 1
_SCHEMA = """
CREATE TABLE accounts(
  id TEXT PRIMARY KEY,          -- random; also the name of the folder with this account's vault
  name TEXT NOT NULL,
  folded TEXT UNIQUE NOT NULL,  -- the name as it is compared
  role TEXT NOT NULL,
  locker BLOB NOT NULL,         -- a Locker as JSON
  made TEXT NOT NULL
);
CREATE TABLE grants(
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  folder TEXT NOT NULL,         -- the profile
  carer TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  sealed BLOB NOT NULL,         -- a Place, for the carer's key
  made TEXT NOT NULL
);
CREATE UNIQUE INDEX one_grant ON grants(owner, folder, carer);
CREATE TABLE reviews(
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  navigator TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  sent TEXT NOT NULL,
  reviewed TEXT NOT NULL,       -- empty until then
  sealed BLOB NOT NULL,         -- what was sent, for the navigator's key
  note BLOB NOT NULL            -- what the navigator noted, for the owner's key
);
CREATE TABLE audit(
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  time TEXT NOT NULL,
  who TEXT NOT NULL,            -- the account's name then
  act TEXT NOT NULL,            -- one of a few kinds, never a value
  owner TEXT NOT NULL,          -- whose records: an account
  folder TEXT NOT NULL          -- and its profile, where it was one
);
CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
CREATE TRIGGER audit_stands BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
"""


class AccountsDamaged(NavaidError):
    """The file of accounts cannot be read or written."""


class Database:
    """One connection for each use: pages come in many threads."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "accounts"
        self.path = self.folder / "accounts.db"

    @property
    def there(self) -> bool:
        return self.path.is_file()

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self._connection() as connection:
            return list(connection.execute(query, values).fetchall())

    def write(self, query: str, *values: object) -> int:
        """How many rows were touched."""
        with self.writing() as connection:
            return connection.execute(query, values).rowcount

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that is kept whole or not at all."""
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    @contextlib.contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        private_folder(self.folder)
        if not self.there:
            os.close(os.open(self.path, os.O_CREAT | os.O_WRONLY, 0o600))
        try:
            with contextlib.closing(sqlite3.connect(self.path, timeout=15, isolation_level=None)) as connection:
                for pragma in ("foreign_keys = ON", "secure_delete = ON", "journal_mode = DELETE"):
                    connection.execute(f"PRAGMA {pragma}")
                self._prepare(connection)
                yield connection
        except sqlite3.IntegrityError:
            raise
        except sqlite3.Error as error:
            raise AccountsDamaged(
                f"the file of accounts cannot be used ({error})", where=str(self.path), fix="check its folder and disk"
            ) from None

    def _prepare(self, connection: sqlite3.Connection) -> None:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > _VERSION:
            raise AccountsDamaged(
                "the accounts were written by a later version of Navaid", where=str(self.path), fix="update Navaid"
            )
        if version == 0:
            with contextlib.suppress(sqlite3.OperationalError):  # another process was first
                connection.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {_VERSION}; COMMIT;")
