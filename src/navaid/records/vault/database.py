"""The encrypted database of one person: opened with its raw key, nothing of it in plain on disk, not even in passing.

SQLCipher encrypts the database and its rollback journal page by page and authenticates each page. Temporary tables
stay in memory, deleted rows are overwritten, and there is no write-ahead log that could outlive a deletion.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from navaid.errors import DiskFull
from navaid.records.vault.errors import VaultDamaged, VaultError, VaultLocked, VaultTooNew

_VERSION = 2
_SCHEMA = """
CREATE TABLE originals(
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT UNIQUE NOT NULL,     -- FILE: and the SHA-256 of its bytes
  card BLOB NOT NULL,       -- an Original as JSON
  blob TEXT NOT NULL,       -- the name of its sealed file
  key BLOB NOT NULL         -- that file's own key, wrapped
);
CREATE TABLE readings(
  original TEXT NOT NULL REFERENCES originals(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  reading BLOB NOT NULL,    -- a Reading as JSON
  PRIMARY KEY(original, position)
);
CREATE TABLE said(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  word BLOB NOT NULL        -- what the person said, a Finding as JSON
);
"""
_PAGES = """
CREATE TABLE pages(
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,       -- answer, match, visit
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  date TEXT NOT NULL,
  page BLOB NOT NULL,       -- the record as JSON
  UNIQUE(kind, id)
);
"""


class Database:
    """A connection. `rows` reads, `writing` is a transaction that is kept whole or not at all."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        with _told(path):
            if not path.exists():
                path.touch(mode=0o600)
            self._connection: Any = dbapi2.connect(str(path), timeout=15.0, isolation_level=None)
            for pragma in (
                f"key = \"x'{key.hex()}'\"",
                "journal_mode = DELETE",
                "synchronous = FULL",
                "temp_store = MEMORY",
                "secure_delete = ON",
                "foreign_keys = ON",
            ):
                self._connection.execute(f"PRAGMA {pragma}").fetchall()
            self._prepare()

    def _prepare(self) -> None:
        version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if version > _VERSION:
            raise VaultTooNew(
                "these records were written by a later version of Navaid", where=str(self.path), fix="update Navaid"
            )
        if version < _VERSION:
            wanted = (_SCHEMA if version == 0 else "") + _PAGES
            self._connection.executescript(f"BEGIN; {wanted} PRAGMA user_version = {_VERSION}; COMMIT;")

    def close(self) -> None:
        self._connection.close()

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with _told(self.path):
            return list(self._connection.execute(query, values).fetchall())

    @contextlib.contextmanager
    def writing(self) -> Iterator[Any]:
        with _told(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def squeeze(self) -> None:
        """Writes the file anew without what was deleted, so that no page keeps a trace of it."""
        with _told(self.path):
            self._connection.execute("VACUUM")

    def problems(self) -> list[str]:
        """Pages whose authentication code does not fit, and what SQLite finds wrong; none in a sound file."""
        with _told(self.path):
            pages = self._connection.execute("PRAGMA cipher_integrity_check").fetchall()
            tables = self._connection.execute("PRAGMA integrity_check").fetchall()
        return [str(row[0]) for row in (*pages, *tables) if row[0] != "ok"]


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """SQLite's errors in words that help; they hold no value of a row."""
    try:
        yield
    except dbapi2.OperationalError as error:
        said = str(error)
        if "locked" in said or "busy" in said:
            raise VaultLocked(
                "another `navaid` is writing to your records", where=str(path), fix="try again when it is done"
            ) from None
        if "full" in said:
            raise DiskFull(
                "the disk is full; nothing was changed", where=str(path), fix="make room, then try again"
            ) from None
        if "malformed" in said:
            raise _damaged(path) from None
        raise VaultError(
            f"the records cannot be used: {said}", where=str(path), fix="check that the folder can be written to"
        ) from None
    except dbapi2.DatabaseError:
        raise _damaged(path) from None


def _damaged(path: Path) -> VaultDamaged:
    return VaultDamaged(
        "the database of the records was cut or altered",
        where=str(path),
        fix="put the folder back from a backup; originals that are whole can still be exported from it",
    )
