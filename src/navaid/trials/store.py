"""The studies that were fetched or added: raw record and Study, in one SQLite file, with the day of each.

A record that has not changed is not written again; one that cannot be read, or is older than the one that is kept,
leaves that in its place. Tables under "made from the studies" can be made anew at any time: `find/level.py` does.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import secrets
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from navaid.errors import BadInput, LibraryError, NavaidError
from navaid.terms import Criterion, Record, Study
from navaid.trials.study import read_study

_SCHEMA = """
CREATE TABLE IF NOT EXISTS studies (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, nct_id TEXT NOT NULL UNIQUE, hash TEXT NOT NULL, updated TEXT NOT NULL,
    seen TEXT NOT NULL, status TEXT NOT NULL, phases TEXT NOT NULL, study BLOB NOT NULL, raw BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS syncs (
    query TEXT PRIMARY KEY, token TEXT NOT NULL, begun TEXT NOT NULL, finished TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
-- made from the studies
CREATE TABLE IF NOT EXISTS criteria (nct_id TEXT PRIMARY KEY, key TEXT NOT NULL, parsed BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS vectors (nct_id TEXT PRIMARY KEY, key TEXT NOT NULL, vector BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS tags (
    nct_id TEXT NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (tag, nct_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS tags_of ON tags (nct_id);
CREATE TABLE IF NOT EXISTS sites (
    nct_id TEXT NOT NULL, city TEXT NOT NULL, state TEXT NOT NULL, country TEXT NOT NULL,
    latitude REAL NOT NULL, longitude REAL NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS sites_of ON sites (nct_id);
CREATE INDEX IF NOT EXISTS sites_at ON sites (latitude, longitude, nct_id);
"""
_VERSION = 2
_VECTOR = "SELECT vector FROM vectors WHERE nct_id = ? AND key = ?"
_FIX = "delete it and run `navaid trials sync` again"


class Kept(Record, frozen=True):
    """What became of records. `older` were known in a later version; `faults` name the place and reason of each that
    could not be read."""

    new: int = 0
    changed: int = 0
    same: int = 0
    older: int = 0
    faults: tuple[str, ...] = ()

    def __add__(self, other: Kept) -> Kept:
        return Kept(
            new=self.new + other.new,
            changed=self.changed + other.changed,
            same=self.same + other.same,
            older=self.older + other.older,
            faults=self.faults + other.faults,
        )


class Progress(Record, frozen=True):
    """How far a query was fetched: `token` of the page that comes next, and when a whole run last ended."""

    token: str = ""
    begun: dt.date | None = None
    finished: dt.date | None = None


class Store:
    """The trials of a folder. A batch is kept whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "trials.db"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.db = sqlite3.connect(self.path, isolation_level=None, timeout=30)
            self.db.execute("PRAGMA journal_mode = WAL")
            version = self.db.execute("PRAGMA user_version").fetchone()[0]
            if version > _VERSION:
                raise BadInput("these trials were kept by a later version", where=str(self.path), fix="update Navaid")
            if 0 < version < _VERSION:
                raise BadInput("these trials were kept by an earlier version", where=str(self.path), fix=_FIX)
            self.db.executescript(_SCHEMA)
            self.db.execute(f"PRAGMA user_version = {_VERSION}")
            self.db.execute("INSERT OR IGNORE INTO meta VALUES ('identity', ?)", (secrets.token_hex(8),))
        except sqlite3.DatabaseError as error:
            raise BadInput("the file of trials is damaged or locked", where=str(self.path), fix=_FIX) from error
        except OSError as error:
            raise BadInput(
                f"the folder of trials cannot be made ({error.strerror})", where=str(folder), fix="make it writable"
            ) from error

    def close(self) -> None:
        self.db.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is kept, or nothing."""
        try:
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield self.db
            except BaseException:
                self.db.execute("ROLLBACK")
                raise
            self.db.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            what = f"the trials could not be written ({error}); what was kept before is as it was"
            fix = "let another `navaid trials` end first, or free some space"
            raise LibraryError(what, where=str(self.path), fix=fix) from error

    # ------------------------------------------------------------------ records

    def keep(
        self, records: Iterable[object], seen: dt.date, *, where: str | Sequence[str] = "", own_day: bool = False
    ) -> Kept:
        """Keep a batch of raw records in one transaction.

        `seen` is the day of the data; with `own_day` the day that a record itself says its data are of goes before it.
        `where` is the place of the batch, or one place for each record.
        """
        kept = Kept()
        with self.writing():
            for number, raw in enumerate(records, 1):
                place = f"{where}, record {number}".lstrip(", ") if isinstance(where, str) else where[number - 1]
                try:
                    study = read_study(raw, where=place, seen=(own_day and _data_day(raw)) or seen)
                except NavaidError as error:
                    kept += Kept(faults=(f"{error.where}: {error.what}",))
                    continue
                kept += self._keep(study, raw)
        return kept

    def _keep(self, study: Study, raw: object) -> Kept:
        row = self.db.execute("SELECT hash, updated, seen FROM studies WHERE nct_id = ?", (study.nct_id,)).fetchone()
        updated = study.updated.isoformat() if study.updated else ""
        seen = study.seen.isoformat() if study.seen else ""
        if row and row[0] == study.hash:
            self.db.execute("UPDATE studies SET seen = max(seen, ?) WHERE nct_id = ?", (seen, study.nct_id))
            return Kept(same=1)
        if row and (updated or seen, seen) < (row[1] or row[2], row[2]):
            return Kept(older=1)
        self.db.execute(
            "INSERT OR REPLACE INTO studies (nct_id, hash, updated, seen, status, phases, study, raw) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                study.nct_id,
                study.hash,
                updated,
                seen,
                study.overall_status,
                f" {' '.join(study.phases)} ",
                msgspec.msgpack.encode(study),
                zlib.compress(msgspec.json.encode(raw), 3),
            ),
        )
        return Kept(changed=1) if row else Kept(new=1)

    def __len__(self) -> int:
        count: int = self.db.execute("SELECT count(*) FROM studies").fetchone()[0]
        return count

    def __iter__(self) -> Iterator[Study]:
        for packed, seen in self.db.execute("SELECT study, seen FROM studies ORDER BY nct_id"):
            yield _unpacked(packed, seen)

    def after(self, seq: int, limit: int) -> list[tuple[int, Study]]:
        """The studies written after the one of this number, oldest first, each with its own number."""
        rows = self.db.execute(
            "SELECT seq, study, seen FROM studies WHERE seq > ? ORDER BY seq LIMIT ?", (seq, limit)
        ).fetchall()
        return [(number, _unpacked(packed, seen)) for number, packed, seen in rows]

    def get(self, nct_id: str) -> Study | None:
        """The study of this id; None where it was not fetched."""
        row = self.db.execute("SELECT study, seen FROM studies WHERE nct_id = ?", (nct_id.upper(),)).fetchone()
        return _unpacked(*row) if row else None

    def raw(self, nct_id: str) -> dict[str, Any] | None:
        """The record as the registry sent it."""
        row = self.db.execute("SELECT raw FROM studies WHERE nct_id = ?", (nct_id.upper(),)).fetchone()
        return msgspec.json.decode(zlib.decompress(row[0])) if row else None

    def criteria(self, nct_id: str, key: str) -> tuple[Criterion, ...] | None:
        """The statements of a study as they were parsed under this key; None where they were not."""
        row = self.db.execute("SELECT parsed FROM criteria WHERE nct_id = ? AND key = ?", (nct_id, key)).fetchone()
        return msgspec.msgpack.decode(row[0], type=tuple[Criterion, ...]) if row else None

    def keep_criteria(self, rows: Iterable[tuple[str, str, tuple[Criterion, ...]]]) -> None:
        """Keep parsed statements, each with the id of the study and the key that says of what and by what they are."""
        packed = [(nct_id, key, msgspec.msgpack.encode(found)) for nct_id, key, found in rows]
        with self.writing() as db:
            db.executemany("INSERT OR REPLACE INTO criteria VALUES (?, ?, ?)", packed)

    def vectors(self, keys: Mapping[str, str]) -> dict[str, bytes]:
        """The vectors that are kept of these studies under these keys."""
        rows = ((id_, self.db.execute(_VECTOR, (id_, key)).fetchone()) for id_, key in keys.items())
        return {id_: row[0] for id_, row in rows if row}

    def keep_vectors(self, rows: Iterable[tuple[str, str, bytes]]) -> None:
        """Keep vectors, each with the id of the study and the key that says of what and by what it is."""
        with self.writing() as db:
            db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)

    # ------------------------------------------------------------------ what is known of the whole

    @property
    def seq(self) -> int:
        """The number of the study that was written last."""
        row = self.db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'studies'").fetchone()
        return int(row[0]) if row else 0

    def meta(self, name: str) -> str:
        """What was noted under this name, empty where nothing was."""
        row = self.db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def set_meta(self, name: str, value: str) -> None:
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def progress(self, query: str) -> Progress:
        """How far this query was fetched."""
        row = self.db.execute("SELECT token, begun, finished FROM syncs WHERE query = ?", (query,)).fetchone()
        if not row:
            return Progress()
        begun, finished = (dt.date.fromisoformat(day) if day else None for day in row[1:])
        return Progress(token=row[0], begun=begun, finished=finished)

    def note(self, query: str, progress: Progress) -> None:
        """Remember how far this query was fetched."""
        days = [day.isoformat() if day else "" for day in (progress.begun, progress.finished)]
        self.db.execute("INSERT OR REPLACE INTO syncs VALUES (?, ?, ?, ?)", (query, progress.token, *days))

    def queries(self) -> list[tuple[str, Progress]]:
        """Every query that was asked, with how far it was fetched."""
        names = [name for (name,) in self.db.execute("SELECT query FROM syncs ORDER BY query").fetchall()]
        return [(name, self.progress(name)) for name in names]


def _unpacked(packed: bytes, seen: str) -> Study:
    study = msgspec.msgpack.decode(packed, type=Study)
    return msgspec.structs.replace(study, seen=dt.date.fromisoformat(seen) if seen else None)


def _data_day(raw: object) -> dt.date | None:
    """The day that a registry record says its data are of (`versionHolder`)."""
    row = raw.get("study", raw) if isinstance(raw, dict) else None
    for name in ("derivedSection", "miscInfoModule", "versionHolder"):
        row = row.get(name) if isinstance(row, dict) else None
    try:
        return dt.date.fromisoformat(row) if isinstance(row, str) else None
    except ValueError:
        return None
