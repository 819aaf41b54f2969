"""Reading out a damaged store: every document, earlier version and kept answer that SQLite can still reach.

SQLite refuses a file that is shorter than its header says, and one whose first page is damaged. Both can be
mended on a copy: what is cut off is filled with zeros, and since the tables of every library begin on the same
pages, the first page of a new library serves. What lies on the pages that are lost is named, not guessed.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from navaid.errors import LibraryDamaged
from navaid.library.store import Store, read, unpacked, whole
from navaid.terms import Answer

_MAGIC = b"SQLite format 3\x00"
_PAGE_BYTES = 4096
_KEYS_A_PAGE = 50  # more than fit: how many keys are tried where the file no longer says how many there were


class Salvaged(NamedTuple):
    """How many documents were read, and the ids (as far as they are known) of those that could not be."""

    read: int
    lost: tuple[str, ...]


def read_out(damaged: Path, fresh: Store) -> Salvaged:
    """Copy what can be read of a damaged file into a new store; the damaged file is left as it is."""
    with tempfile.TemporaryDirectory(dir=damaged.parent) as folder:
        db = _opened(damaged, Path(folder))
        try:
            with fresh.writing():
                salvaged = _copy_documents(db, fresh)
                _copy_versions(db, fresh)
                _copy_answers(db, fresh)
        finally:
            db.close()
    return salvaged


def _opened(damaged: Path, folder: Path) -> sqlite3.Connection:
    """A copy of the damaged file, mended as far as SQLite needs to open it."""
    copy = folder / "library.db"
    shutil.copyfile(damaged, copy)
    # What was acknowledged last may still lie in the log beside the file only.
    log = damaged.with_name(damaged.name + "-wal")
    if log.exists():
        shutil.copyfile(log, copy.with_name("library.db-wal"))
    _fill_up(copy)
    db = sqlite3.connect(copy)
    try:
        db.execute("SELECT key FROM documents LIMIT 1").fetchall()
        return db
    except sqlite3.DatabaseError:
        db.close()
    _replace_first_page(copy, folder)
    return sqlite3.connect(copy)


def _fill_up(file: Path) -> None:
    """Lengthen a file that was cut off to the size that its header gives."""
    with file.open("r+b") as stream:
        header = stream.read(100)
        if header.startswith(_MAGIC) and len(header) == 100:
            page = int.from_bytes(header[16:18], "big")
            page = 65536 if page == 1 else page  # so the file format writes 65536 in two bytes
            whole_size = page * int.from_bytes(header[28:32], "big")
            if file.stat().st_size < whole_size:
                stream.truncate(whole_size)


def _replace_first_page(file: Path, folder: Path) -> None:
    new = folder / "new"
    new.mkdir()
    store = Store(new / "library.db")
    store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    first = bytearray((new / "library.db").read_bytes()[:_PAGE_BYTES])
    pages = -(-file.stat().st_size // _PAGE_BYTES)
    first[28:32] = pages.to_bytes(4, "big")
    with file.open("r+b") as stream:
        stream.write(first)
        stream.truncate(pages * _PAGE_BYTES)


def _copy_documents(db: sqlite3.Connection, fresh: Store) -> Salvaged:
    ids = dict(_reachable(db, "SELECT key, id FROM documents ORDER BY id"))  # lies in an index of its own
    count = 0
    for key in _keys(db, ids):
        try:
            row = db.execute("SELECT record, blocks, text, version FROM documents WHERE key = ?", (key,)).fetchone()
            document = whole(*row[:3]) if row else None
        except (sqlite3.DatabaseError, LibraryDamaged):
            continue
        # Bytes may have changed and still be readable: a text that is not the one that was added is lost.
        if document and document.version == row[3]:
            fresh.put(document)
            count += 1
            ids.pop(key, None)
    return Salvaged(count, tuple(sorted(ids.values())))


def _keys(db: sqlite3.Connection, ids: dict[int, str]) -> Iterator[int]:
    """Keys that documents may have, in the order in which they were given."""
    given = [row[0] for row in _reachable(db, "SELECT seq FROM sqlite_sequence WHERE name = 'documents'")]
    pages = next((row[0] for row in _reachable(db, "PRAGMA page_count")), 0)
    most = pages * _KEYS_A_PAGE
    last = max([*ids, *(n for n in given if isinstance(n, int) and n <= most)], default=most)
    yield from range(1, last + 1)


def _copy_versions(db: sqlite3.Connection, fresh: Store) -> None:
    for direction in ("ASC", "DESC"):  # from both ends towards the damage
        sql = f"SELECT id, version, until, record FROM versions ORDER BY id {direction}, version {direction}"
        for row in _reachable(db, sql):
            try:
                sound = unpacked(row[3]).version == row[1]
            except LibraryDamaged:
                continue
            if sound:
                fresh.db.execute("INSERT OR IGNORE INTO versions VALUES (?,?,?,?)", row)


def _copy_answers(db: sqlite3.Connection, fresh: Store) -> None:
    for direction in ("DESC", "ASC"):
        for (record,) in _reachable(db, f"SELECT record FROM answers ORDER BY rowid {direction}"):
            try:
                fresh.save_answer(read(record, Answer))
            except LibraryDamaged:
                continue


def _reachable(db: sqlite3.Connection, sql: str) -> Iterator[tuple[Any, ...]]:
    """Rows up to the first that cannot be read."""
    try:
        yield from db.execute(sql)
    except sqlite3.DatabaseError:
        return
