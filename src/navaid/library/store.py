"""The record of truth: one SQLite file that holds every document, its versions and its passages.

The lexical and dense indexes are made from it and can be thrown away. Each change of a document
takes the next number of a counter (`seq`), so that an index knows what it has not seen yet.
A document is written in one transaction: it is there whole, or not at all.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from navaid.errors import DiskFull, LibraryDamaged, LibraryError, LibraryLocked, LibraryTooNew
from navaid.library import passages
from navaid.terms import Answer, Block, Document, Passage, decode, encode

# Each entry moves a library from version N to N + 1; an entry is never edited once released.
# AUTOINCREMENT: a key is never used twice, so an index that lags behind cannot name another passage.
MIGRATIONS = (
    """
    CREATE TABLE documents(
      key INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, version TEXT NOT NULL,
      seq INTEGER NOT NULL,
      title TEXT NOT NULL, publisher TEXT NOT NULL, kind TEXT NOT NULL, retraction TEXT NOT NULL,
      show_quote INTEGER NOT NULL, url TEXT, added TEXT NOT NULL, record BLOB NOT NULL, blocks BLOB NOT NULL,
      text TEXT NOT NULL);
    CREATE INDEX documents_seq ON documents(seq);
    CREATE INDEX documents_url ON documents(url);
    CREATE TABLE passages(
      key INTEGER PRIMARY KEY AUTOINCREMENT,
      document INTEGER NOT NULL REFERENCES documents(key) ON DELETE CASCADE,
      start INTEGER NOT NULL, end INTEGER NOT NULL, heading TEXT NOT NULL);
    CREATE INDEX passages_document ON passages(document);
    CREATE TABLE versions(
      id TEXT NOT NULL, version TEXT NOT NULL, until TEXT NOT NULL, record BLOB NOT NULL,
      PRIMARY KEY(id, version)) WITHOUT ROWID;
    CREATE TABLE removed(seq INTEGER PRIMARY KEY, document INTEGER NOT NULL);
    CREATE TABLE vectors(
      passage INTEGER PRIMARY KEY REFERENCES passages(key) ON DELETE CASCADE,
      model TEXT NOT NULL, vector BLOB NOT NULL);
    CREATE TABLE ties(
      claim TEXT NOT NULL, citation INTEGER NOT NULL, digest TEXT NOT NULL, document TEXT NOT NULL,
      version TEXT NOT NULL, state TEXT NOT NULL, start INTEGER, end INTEGER, missing TEXT NOT NULL,
      PRIMARY KEY(claim, citation)) WITHOUT ROWID;
    CREATE TABLE answers(id TEXT PRIMARY KEY, title TEXT NOT NULL, date TEXT NOT NULL, record BLOB NOT NULL);
    CREATE TABLE sync(source TEXT PRIMARY KEY, state TEXT NOT NULL, at TEXT NOT NULL);
    CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL);
    INSERT INTO meta VALUES ('seq', '0'), ('snapshot', '0');
    """,
    # By this an index knows whether it was made from this store or from another one put in its place.
    "INSERT INTO meta VALUES ('identity', lower(hex(randomblob(16))))",
)

T = TypeVar("T")

_REPAIR = "run `navaid library repair`; it keeps every document that can still be read"
_HEADING_JOINT = "\x1f"
_WAIT_S = 60.0
_REMEMBERED = 10_000  # passages: those of the embedded library are asked for again and again


class Store:
    """A library's SQLite file. One instance belongs to one thread; processes may share the file."""

    def __init__(self, path: Path) -> None:
        """Open, creating the file and moving an older one up where needed.

        Raises LibraryTooNew, LibraryDamaged, LibraryLocked or DiskFull.
        """
        self.path = path
        self._starter_keys: tuple[int, frozenset[int]] | None = None
        self._remembered: tuple[int, dict[int, Passage]] = (-1, {})
        with _errors(path):
            self.db = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None, check_same_thread=False)
            try:
                self.db.execute("PRAGMA journal_mode = WAL")
                # FULL: what was acknowledged is on the disk, even when the power goes.
                self.db.execute("PRAGMA synchronous = FULL")
                self.db.execute("PRAGMA foreign_keys = ON")
                self._migrate()
            except BaseException:
                self.db.close()
                raise

    def close(self) -> None:
        self.db.close()

    # ------------------------------------------------------------------ writing

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction that no other process writes beside; nested use joins the outer one."""
        if self.db.in_transaction:
            yield
            return
        with _errors(self.path):
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.db.commit()
            except BaseException:
                self.db.rollback()
                raise

    def put(self, document: Document) -> str:
        """`new`, `changed` or `unchanged`; what is new or changed has its passages cut anew."""
        with self.writing():
            version = document.version
            held = self.db.execute(
                "SELECT key, version, record, blocks, text FROM documents WHERE id = ?", (document.id,)
            ).fetchone()
            if held and held[1] == version:
                return "unchanged"
            if held:
                self._retire(document.id, *held)
            self._insert(document, version)
            return "changed" if held else "new"

    def remove(self, document_id: str) -> bool:
        """True if the document was held. Its last version stays, for answers that lean on it."""
        with self.writing():
            held = self.db.execute(
                "SELECT key, version, record, blocks, text FROM documents WHERE id = ?", (document_id,)
            ).fetchone()
            if held:
                self._retire(document_id, *held)
            return held is not None

    def _insert(self, document: Document, version: str) -> None:
        seq = self._next_seq()
        record = encode(msgspec.structs.replace(document, text="", blocks=()))
        row = {
            "id": document.id,
            "version": version,
            "seq": seq,
            "title": document.title,
            "publisher": document.publisher,
            "kind": document.kind.value,
            "retraction": document.retraction.value,
            "show_quote": document.licence.show_quote,
            "url": document.url,
            "added": dt.date.today().isoformat(),
            "record": record,
            "blocks": encode(document.blocks),
            "text": document.text,
        }
        columns, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
        key = self.db.execute(f"INSERT INTO documents({columns}) VALUES ({marks})", row).lastrowid
        self.db.executemany(
            "INSERT INTO passages(document, start, end, heading) VALUES (?,?,?,?)",
            [(key, start, end, _HEADING_JOINT.join(path)) for path, start, end in passages.spans(document)],
        )
        self._shift_snapshot(document.id, version, +1)

    def _retire(self, document_id: str, key: int, version: str, record: bytes, blocks: bytes, text: str) -> None:
        last = whole(record, blocks, text)
        self.db.execute(
            "INSERT OR REPLACE INTO versions VALUES (?,?,?,?)",
            (document_id, version, dt.date.today().isoformat(), zlib.compress(encode(last))),
        )
        self.db.execute("INSERT INTO removed VALUES (?,?)", (self._next_seq(), key))
        self.db.execute("DELETE FROM documents WHERE key = ?", (key,))
        self._shift_snapshot(document_id, version, -1)

    def _next_seq(self) -> int:
        self.db.execute("UPDATE meta SET value = value + 1 WHERE name = 'seq'")
        return self.seq

    def _shift_snapshot(self, document_id: str, version: str, sign: int) -> None:
        # A sum of hashes: the same documents give the same snapshot, in whatever order they came.
        value = (int(self.meta("snapshot"), 16) + sign * _fingerprint(document_id, version)) % (1 << 256)
        self.set_meta("snapshot", f"{value:x}")

    # ------------------------------------------------------------------ reading

    @property
    def seq(self) -> int:
        """The number of the last change."""
        return int(self.meta("seq"))

    @property
    def snapshot(self) -> str:
        """Hex digits that change exactly when the held documents do."""
        return self.meta("snapshot")[-16:].zfill(16)

    @property
    def identity(self) -> str:
        """Hex digits that no other store has."""
        return self.meta("identity")

    def meta(self, name: str) -> str:
        with _errors(self.path):
            row = self.db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def set_meta(self, name: str, value: str) -> None:
        with self.writing():
            self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def document(self, document_id: str, version: str | None = None) -> Document | None:
        """The document as held now, or a version of it that was held once."""
        row = self._row("SELECT record, blocks, text, version FROM documents WHERE id = ?", document_id)
        if row and version in (None, row[3]):
            return whole(*row[:3])
        row = self._row("SELECT record FROM versions WHERE id = ? AND version = ?", document_id, version)
        return unpacked(row[0]) if row else None

    def documents(self, *, after_seq: int = 0) -> Iterator[Document]:
        """Documents in the order they were added, those changed after a number only."""
        sql = "SELECT record, blocks, text FROM documents WHERE seq > ? ORDER BY seq"
        for row in self.rows(sql, after_seq):
            yield whole(*row)

    def ids(self, *, kind: str | None = None) -> list[str]:
        """Ids of the documents held, in the order in which they were last changed."""
        sql = "SELECT id FROM documents WHERE ? IS NULL OR kind = ? ORDER BY seq"
        return [row[0] for row in self.rows(sql, kind, kind)]

    def card(self, document_id: str) -> tuple[Document, str] | None:
        """The document without its text and blocks, and its version: all that a list of sources needs."""
        row = self._row("SELECT record, version FROM documents WHERE id = ?", document_id)
        return (read(row[0], Document), row[1]) if row else None

    def blocks(self, document_id: str) -> tuple[Block, ...]:
        """The structure of a document's text; empty if it is not held."""
        row = self._row("SELECT blocks FROM documents WHERE id = ?", document_id)
        return read(row[0], tuple[Block, ...]) if row else ()

    def slice(self, document_id: str, start: int, end: int) -> str:
        """`document.text[start:end]`; empty if the document is not held."""
        row = self._row("SELECT substr(text, ?, ?) FROM documents WHERE id = ?", start + 1, end - start, document_id)
        return str(row[0]) if row else ""

    def passage_texts(self, *, after_seq: int = 0) -> Iterator[tuple[int, str, bool, list[tuple[int, str, str]]]]:
        """`(document key, title, is a starter topic, [(passage key, heading, text)])` of what changed."""
        documents = "SELECT key, title, kind = 'starter', text FROM documents WHERE seq > ? ORDER BY seq"
        for key, title, starter, text in self.rows(documents, after_seq):
            rows = self.rows("SELECT key, heading, start, end FROM passages WHERE document = ? ORDER BY key", key)
            yield key, title, starter, [(k, h.replace(_HEADING_JOINT, " "), text[a:b]) for k, h, a, b in rows]

    def starter_keys(self) -> frozenset[int]:
        """Keys of the passages that are claims of the starter library; read again when the store changes."""
        seq = self.seq
        if self._starter_keys is None or self._starter_keys[0] != seq:
            sql = "SELECT p.key FROM passages p JOIN documents d ON d.key = p.document WHERE d.kind = 'starter'"
            self._starter_keys = (seq, frozenset(row[0] for row in self.rows(sql)))
        return self._starter_keys[1]

    def removed(self, *, after_seq: int = 0) -> list[int]:
        """Keys of documents that were removed or replaced after a number."""
        return [row[0] for row in self.rows("SELECT document FROM removed WHERE seq > ?", after_seq)]

    def passages(self, keys: Iterable[int]) -> dict[int, Passage]:
        """Passages by key; a key that is no longer held is left out."""
        seq, wanted = self.seq, list(keys)
        if self._remembered[0] != seq or len(self._remembered[1]) > _REMEMBERED:
            self._remembered = (seq, {})
        known = self._remembered[1]
        new = [key for key in wanted if key not in known]
        if new:
            known |= self._passages(f"p.key IN ({','.join('?' * len(new))})", *new)
        return {key: known[key] for key in wanted if key in known}

    def passages_of(self, document_id: str) -> list[Passage]:
        """All passages of a document, in order."""
        return list(self._passages("d.id = ? ORDER BY p.key", document_id).values())

    def passage_count(self, document_id: str) -> int:
        """How many passages a document has."""
        sql = "SELECT count(*) FROM passages p JOIN documents d ON d.key = p.document WHERE d.id = ?"
        return int(next(self.rows(sql, document_id))[0])

    def _passages(self, which: str, *values: object) -> dict[int, Passage]:
        rows = self.rows(
            "SELECT p.key, d.id, p.start, p.end, p.heading, substr(d.text, p.start + 1, p.end - p.start)"
            f" FROM passages p JOIN documents d ON d.key = p.document WHERE {which}",
            *values,
        )
        return {
            key: Passage(
                id=f"{document}#{start}-{end}",
                document_id=document,
                heading_path=tuple(heading.split(_HEADING_JOINT)) if heading else (),
                text=text,
                start=start,
                end=end,
            )
            for key, document, start, end, heading, text in rows
        }

    # ------------------------------------------------------------------ kept answers

    def save_answer(self, answer: Answer) -> None:
        """Keep an answer under its id."""
        with self.writing():
            self.db.execute(
                "INSERT OR REPLACE INTO answers VALUES (?,?,?,?)",
                (answer.id, answer.title, answer.date.isoformat(), encode(answer)),
            )

    def saved_answer(self, answer_id: str) -> Answer | None:
        row = self._row("SELECT record FROM answers WHERE id = ?", answer_id)
        return read(row[0], Answer) if row else None

    def drop_answer(self, answer_id: str) -> None:
        """Forget a kept answer."""
        with self.writing():
            self.db.execute("DELETE FROM answers WHERE id = ?", (answer_id,))

    def saved_answers(self) -> list[tuple[str, str, str]]:
        """`(id, date, title)`, newest first."""
        return list(self.rows("SELECT id, date, title FROM answers ORDER BY date DESC, rowid DESC"))

    def count(self, table: str) -> int:
        return next(int(row[0]) for row in self.rows(f"SELECT count(*) FROM {table}"))

    # ------------------------------------------------------------------ health

    def problems(self) -> list[str]:
        """What is wrong with the record of truth, in words; an empty list if it is sound."""
        found = [row[0] for row in self.rows("PRAGMA integrity_check(5)") if row[0] != "ok"]
        if found:
            return [f"SQLite: {line}" for line in found]
        total = 0
        for document_id in self.ids():
            try:
                document = self.document(document_id)
            except LibraryDamaged as error:
                found.append(f"{document_id}: {error.what}")
                continue
            if document is None:
                continue
            total += _fingerprint(document_id, document.version)
            held = self._row(
                "SELECT count(*) FROM passages p JOIN documents d ON d.key = p.document WHERE d.id = ?", document_id
            )
            cut = len(passages.split(document))
            if held != (cut,):
                found.append(f"{document_id}: {held[0] if held else 0} passages held, {cut} expected")
        if f"{total % (1 << 256):x}" != self.meta("snapshot"):
            found.append("the documents do not add up to the snapshot id")
        return found

    def _row(self, sql: str, *values: object) -> tuple[Any, ...] | None:
        with _errors(self.path):
            row: tuple[Any, ...] | None = self.db.execute(sql, values).fetchone()
        return row

    def rows(self, sql: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """Rows of a query. Raises LibraryDamaged, LibraryLocked or DiskFull, where SQLite has errors of its own."""
        with _errors(self.path):
            yield from self.db.execute(sql, values)

    def _migrate(self) -> None:
        held = int(self.db.execute("PRAGMA user_version").fetchone()[0])
        if held > len(MIGRATIONS):
            raise LibraryTooNew(
                f"this library has format {held}; this Navaid knows up to {len(MIGRATIONS)}",
                where=str(self.path),
                fix="update Navaid, or name another library with --library",
            )
        if held == len(MIGRATIONS):
            return
        self.db.execute("BEGIN IMMEDIATE")
        # Another process may have moved it up while we waited for the lock.
        held = int(self.db.execute("PRAGMA user_version").fetchone()[0])
        for script in MIGRATIONS[held:]:
            for statement in filter(str.strip, script.split(";")):
                self.db.execute(statement)
        self.db.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        self.db.commit()


def whole(record: bytes, blocks: bytes, text: str) -> Document:
    """A document from the three columns that hold it. Raises LibraryDamaged."""
    return msgspec.structs.replace(read(record, Document), text=text, blocks=read(blocks, tuple[Block, ...]))


def read(data: bytes, kind: type[T]) -> T:
    """What a column holds. Raises LibraryDamaged."""
    try:
        return decode(data, kind)
    except msgspec.DecodeError as error:
        raise LibraryDamaged("a record cannot be read", where="library.db", fix=_REPAIR) from error


def unpacked(data: bytes) -> Document:
    """A document as the table of earlier versions holds it. Raises LibraryDamaged."""
    try:
        return read(zlib.decompress(data), Document)
    except zlib.error as error:
        raise LibraryDamaged("an earlier version cannot be read", where="library.db", fix=_REPAIR) from error


def _fingerprint(document_id: str, version: str) -> int:
    return int(hashlib.sha256(f"{document_id}\n{version}".encode()).hexdigest(), 16)


@contextmanager
def _errors(path: Path) -> Iterator[None]:
    """SQLite's errors in Navaid's words."""
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.IntegrityError):
        raise  # a fault of ours, not of the file
    except sqlite3.DatabaseError as error:
        raise _translated(error, path) from error


def _translated(error: sqlite3.DatabaseError, path: Path) -> LibraryError:
    said, where = str(error), str(path)
    if "locked" in said or "busy" in said:
        return LibraryLocked(
            f"another process has been writing for more than {_WAIT_S:.0f} s",
            where=where,
            fix="wait for it to end, then run the same command again",
        )
    # On a full disk SQLite cannot lengthen its shared-memory file, and calls that an I/O error.
    if "full" in said or ("disk I/O" in said and no_space(path.parent)):
        return DiskFull(
            "the disk is full; what was acknowledged is kept",
            where=where,
            fix="free some space, then run the same command again: it goes on where it stopped",
        )
    if "unable to open" in said or "readonly" in said:
        return LibraryError(
            f"the library cannot be opened for writing ({said})",
            where=where,
            fix="check that the folder exists and belongs to you, or name another with --library",
        )
    if "disk I/O" in said:
        return LibraryError("the disk gave an error", where=where, fix="check the disk, then run the same again")
    if "UTF-8" in said:  # SQLite goes on to quote the text, which a message must not
        said = "text that is not UTF-8"
    return LibraryDamaged(f"the library file cannot be read ({said})", where=where, fix=_REPAIR)


def no_space(folder: Path, wanted_bytes: int = 1_000_000) -> bool:
    """True if the disk of a folder (or of the folder it would lie in) has less room than is wanted."""
    there = next((place for place in (folder, *folder.parents) if place.exists()), folder)
    return shutil.disk_usage(there).free < wanted_bytes
