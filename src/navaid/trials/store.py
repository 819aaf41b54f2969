"""The studies that were fetched or added: raw record and Study, in one SQLite file, with the day of each.

A record that has not changed is not written again; one that cannot be read leaves the old one in its place.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from navaid.errors import BadInput, NavaidError
from navaid.terms import Record, Study
from navaid.trials.study import read_study

_SCHEMA = """
CREATE TABLE IF NOT EXISTS studies (
    nct_id TEXT PRIMARY KEY, hash TEXT NOT NULL, updated TEXT, seen TEXT NOT NULL,
    study BLOB NOT NULL, raw BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS syncs (
    query TEXT PRIMARY KEY, token TEXT NOT NULL, begun TEXT NOT NULL, finished TEXT
) STRICT;
"""
_VERSION = 1


class Kept(Record, frozen=True):
    """What became of a batch of records; `faults` name the place and the reason of each that could not be read."""

    new: int = 0
    changed: int = 0
    same: int = 0
    faults: tuple[str, ...] = ()


class Progress(Record, frozen=True):
    """How far a query was fetched: `token` of the page that comes next, and when a whole run last ended."""

    token: str = ""
    begun: dt.date | None = None
    finished: dt.date | None = None


class Store:
    """The trials of a folder. A batch is kept whole or not at all."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / "trials.db"
        try:
            self._db = sqlite3.connect(self.path, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
            if version > _VERSION:
                raise BadInput("these trials were kept by a later version", where=str(self.path), fix="update Navaid")
            self._db.executescript(_SCHEMA)
            self._db.execute(f"PRAGMA user_version = {_VERSION}")
        except sqlite3.DatabaseError as error:
            what = "the file of trials is damaged or locked"
            raise BadInput(what, where=str(self.path), fix="delete it and run `navaid trials sync` again") from error

    def close(self) -> None:
        self._db.close()

    def keep(self, records: Iterable[dict[str, Any]], seen: dt.date, *, where: str = "") -> Kept:
        """Keep a batch of raw records in one transaction."""
        new = changed = same = 0
        faults = []
        self._db.execute("BEGIN IMMEDIATE")
        try:
            for number, raw in enumerate(records, 1):
                try:
                    study = read_study(raw, where=f"{where}, record {number}".lstrip(", "), seen=seen)
                except NavaidError as error:
                    faults.append(f"{error.where}: {error.what}")
                    continue
                known = self._db.execute("SELECT hash FROM studies WHERE nct_id = ?", (study.nct_id,)).fetchone()
                if known and known[0] == study.hash:
                    same += 1
                    self._db.execute("UPDATE studies SET seen = ? WHERE nct_id = ?", (seen.isoformat(), study.nct_id))
                    continue
                new, changed = new + (not known), changed + bool(known)
                self._write(study, raw)
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
        return Kept(new=new, changed=changed, same=same, faults=tuple(faults))

    def _write(self, study: Study, raw: dict[str, Any]) -> None:
        row = (
            study.nct_id,
            study.hash,
            study.updated.isoformat() if study.updated else None,
            study.seen.isoformat() if study.seen else "",
            msgspec.msgpack.encode(study),
            msgspec.json.encode(raw),
        )
        self._db.execute("INSERT OR REPLACE INTO studies VALUES (?, ?, ?, ?, ?, ?)", row)

    def __len__(self) -> int:
        count: int = self._db.execute("SELECT count(*) FROM studies").fetchone()[0]
        return count

    def __iter__(self) -> Iterator[Study]:
        for packed, seen in self._db.execute("SELECT study, seen FROM studies ORDER BY nct_id"):
            yield _unpacked(packed, seen)

    def get(self, nct_id: str) -> Study | None:
        """The study of this id; None where it was not fetched."""
        row = self._db.execute("SELECT study, seen FROM studies WHERE nct_id = ?", (nct_id.upper(),)).fetchone()
        return _unpacked(*row) if row else None

    def raw(self, nct_id: str) -> dict[str, Any] | None:
        """The record as the registry sent it."""
        row = self._db.execute("SELECT raw FROM studies WHERE nct_id = ?", (nct_id.upper(),)).fetchone()
        return msgspec.json.decode(row[0]) if row else None

    def progress(self, query: str) -> Progress:
        """How far this query was fetched."""
        row = self._db.execute("SELECT token, begun, finished FROM syncs WHERE query = ?", (query,)).fetchone()
        if not row:
            return Progress()
        begun, finished = (dt.date.fromisoformat(day) if day else None for day in row[1:])
        return Progress(token=row[0], begun=begun, finished=finished)

    def note(self, query: str, progress: Progress) -> None:
        """Remember how far this query was fetched."""
        days = [day.isoformat() if day else "" for day in (progress.begun, progress.finished)]
        self._db.execute("INSERT OR REPLACE INTO syncs VALUES (?, ?, ?, ?)", (query, progress.token, *days))


def _unpacked(packed: bytes, seen: str) -> Study:
    study = msgspec.msgpack.decode(packed, type=Study)
    return msgspec.structs.replace(study, seen=dt.date.fromisoformat(seen) if seen else None)
