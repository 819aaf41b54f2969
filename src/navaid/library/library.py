"""A library: one folder with the record of truth and the indexes made from it.

    library/
      library.db     documents, versions, passages, vectors, answers (SQLite)
      lexical/       tantivy's index of the passages
      dense/         the vectors, laid out for search

Opening verifies the indexes against the store and brings them level; adding writes the store first.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from types import TracebackType

import numpy as np

from navaid.config import Settings
from navaid.errors import LibraryDamaged, LibraryError, LibraryMissing
from navaid.library import salvage
from navaid.library.dense import DenseIndex, embedded_text
from navaid.library.lexical import LexicalIndex
from navaid.library.search import Part, search
from navaid.library.store import Store
from navaid.models import embedding
from navaid.starter.vectors import Steps, digest
from navaid.terms import Document, Record, Run

_BATCH_DOCUMENTS, _BATCH_S = 500, 0.5  # a transaction ends at whichever comes first


class Added(Record, frozen=True):
    """What adding did: counts of documents."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


class Library:
    """Documents that can be searched. Use as a context manager, or call `close`.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder, Library(Path(folder), create=True) as library:
    ...     library.snapshot
    '0000000000000000'
    """

    def __init__(self, folder: Path, settings: Settings | None = None, *, create: bool = False) -> None:
        """Open the library in `folder`. Raises LibraryMissing unless `create`, and what `Store` raises."""
        self.folder, self.settings = folder, settings or Settings()
        file = folder / "library.db"
        if not file.exists() and not create:
            raise LibraryMissing(
                "there is no library here",
                where=str(folder),
                fix="make one with `navaid library add PATH --library FOLDER`, or leave out --library",
            )
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(
                "the library's folder cannot be made",
                where=f"{folder}: {error.strerror}",
                fix="name another folder",
            ) from error
        _refuse_emptied(file)
        self.store = Store(file)

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self.store.close()

    @property
    def snapshot(self) -> str:
        """Hex digits that change exactly when the documents do."""
        return self.store.snapshot

    @cached_property
    def lexical(self) -> LexicalIndex:
        """The lexical index, verified against the store and level with it."""
        index = LexicalIndex(self.folder / "lexical")
        index.catch_up(self.store)
        return index

    @cached_property
    def dense(self) -> DenseIndex | None:
        """The dense index as far as it was made, or None without an embedding model or vectors."""
        if not self.store.meta("vectors"):
            return None
        return self._dense_index()

    def _dense_index(self) -> DenseIndex | None:
        embedder = embedding.load(self.settings.embedding)
        if embedder is None:
            return None
        index = DenseIndex(self.folder / "dense", embedder)
        index.refresh(self.store)
        return index

    # ------------------------------------------------------------------ changing

    def add(self, documents: Iterable[Document], on_kept: Callable[[Document, str], None] = lambda *_: None) -> Added:
        """What was done. `on_kept(document, state)` is called once a document is safe on the disk;
        the state is `new`, `changed` or `unchanged`."""
        counts = {"new": 0, "changed": 0, "unchanged": 0}
        source = iter(documents)
        while batch := self._next_batch(source):
            with self.store.writing():
                states = [self.store.put(document) for document in batch]
            for document, state in zip(batch, states, strict=True):
                counts[state] += 1
                on_kept(document, state)
        return Added(**counts)

    def _next_batch(self, source: Iterator[Document]) -> list[Document]:
        """Documents for one transaction, read before it begins, so that a slow file holds no lock."""
        batch: list[Document] = []
        began = time.monotonic()
        while len(batch) < _BATCH_DOCUMENTS and (not batch or time.monotonic() - began < _BATCH_S):
            document = next(source, None)
            if document is None:
                break
            batch.append(document)
        return batch

    def remove(self, document_id: str) -> bool:
        """True if the document was held."""
        return self.store.remove(document_id)

    def index(self, progress: Callable[[int], None] = lambda _: None) -> int:
        """Bring the lexical index level with the store; how many passages were added to it."""
        if "lexical" in self.__dict__:
            return self.lexical.catch_up(self.store, progress)
        index = LexicalIndex(self.folder / "lexical")
        added = index.catch_up(self.store, progress)
        self.__dict__["lexical"] = index
        return added

    def embed(self, progress: Callable[[int], None] = lambda _: None, *, starter_only: bool = False) -> int:
        """Make the vectors that are missing (resumable); how many were made, 0 without a model."""
        index = self.__dict__.get("dense") or self._dense_index()
        if index is None:
            return 0
        made: int = index.catch_up(self.store, progress, starter_only=starter_only)
        self.__dict__["dense"] = index
        return made

    def vectors(self) -> dict[int, Steps]:
        """int8 vectors by `starter.vectors.digest` of the text that was embedded."""
        rows = self.store.rows(
            "SELECT v.vector, d.title, p.heading, substr(d.text, p.start + 1, p.end - p.start)"
            " FROM vectors v JOIN passages p ON p.key = v.passage JOIN documents d ON d.key = p.document"
        )
        return {digest(embedded_text(t, title, h)): np.frombuffer(v, np.int8) for v, title, h, t in rows}

    def unembedded(self) -> int:
        """How many passages have no vector yet; 0 without a model."""
        index = self.__dict__.get("dense") or self._dense_index()
        return index.missing(self.store) if index else 0

    # ------------------------------------------------------------------ asking

    def search(self, text: str, limit: int | None = None, part: Part = Part.ALL) -> Run:
        """The run of passages for a question, best first, at most `limit` (default `settings.passages`)."""
        limit = limit or self.settings.passages
        try:
            return search(self.store, self.lexical, self.dense, text, self.settings, limit, part)
        except LibraryDamaged:  # the index, as a rule; making it anew fails where it is the store itself
            self.lexical.rebuild(self.store)
            return search(self.store, self.lexical, self.dense, text, self.settings, limit, part)

    def document(self, document_id: str, version: str | None = None) -> Document | None:
        """A document, in the version held now or an earlier one; None if it never was held."""
        return self.store.document(document_id, version)

    # ------------------------------------------------------------------ health

    def statistics(self) -> dict[str, int | float | str]:
        """Counts and ages, by name."""
        found: dict[str, int | float | str] = {}
        for table in ("documents", "passages", "vectors", "versions", "answers"):
            found[table] = self.store.count(table)
        for column in ("kind", "publisher"):
            sql = f"SELECT {column}, count(*) FROM documents GROUP BY 1 ORDER BY 2 DESC LIMIT 12"
            found |= {f"{column} {name}": count for name, count in self.store.rows(sql)}
        size = sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())
        return {**found, "megabytes on disk": round(size / 1e6, 1), "snapshot": self.snapshot}

    def problems(self) -> list[str]:
        """What is wrong, in words; an empty list for a sound library."""
        found = self.store.problems()
        index = LexicalIndex(self.folder / "lexical")
        if index.applied(self.store) != self.store.seq:
            found.append("the lexical index is not level with the store (it will be at the next use)")
        return found


def _refuse_emptied(file: Path) -> None:
    """SQLite takes an empty file for a new library; one that was indexed before is not new."""
    log = file.with_name(file.name + "-wal")
    emptied = file.exists() and not file.stat().st_size and not (log.exists() and log.stat().st_size)
    if emptied and (file.parent / "lexical" / "STATE").exists():
        raise LibraryDamaged(
            "the library file is empty, though it held documents once",
            where=str(file),
            fix="put back a copy of it; or run `navaid library repair` to begin anew",
        )


def repair(folder: Path, settings: Settings | None = None) -> list[str]:
    """What was done to mend a library: indexes made anew, and a damaged store read out into a new one.

    Raises LibraryMissing, LibraryTooNew, LibraryLocked or DiskFull, having changed nothing.
    """
    done: list[str] = []
    if not (folder / "library.db").exists():
        raise LibraryMissing("there is no library here", where=str(folder), fix="check the folder's name")
    if not _sound(folder, settings):
        done += _read_out(folder)
    for index in ("lexical", "dense"):
        shutil.rmtree(folder / index, ignore_errors=True)
    with Library(folder, settings) as library:
        done.append(f"lexical index made anew: {library.index()} passages")
        if library.dense is not None:
            done.append("vectors laid out anew")
    return done


def _sound(folder: Path, settings: Settings | None) -> bool:
    try:
        with Library(folder, settings) as library:
            return not library.store.problems()
    except LibraryDamaged:
        return False


def _read_out(folder: Path) -> list[str]:
    """Copy all that can still be read into a new store; the damaged file is kept beside it."""
    damaged = _free_name(folder)
    (folder / "library.db").rename(damaged)
    (folder / "library.db-shm").unlink(missing_ok=True)
    log = folder / "library.db-wal"
    if log.exists():
        log.rename(damaged.with_name(damaged.name + "-wal"))
    try:
        with Library(folder, create=True) as fresh:
            read, lost = salvage.read_out(damaged, fresh.store)
    except BaseException:  # a full disk, say: leave what was there
        _put_back(folder, damaged)
        raise
    said = [f"{read} documents read out; the damaged file is kept as {damaged.name}"]
    if lost:
        said.append(f"{len(lost)} could not be read; add them again: {', '.join(lost)}")
    return said


def _free_name(folder: Path) -> Path:
    """A name for a damaged file that an earlier one does not have."""
    day = time.strftime("%Y%m%d-%H%M%S")
    names = (folder / f"damaged-{day}{suffix}.db" for suffix in ("", *(f"-{n}" for n in range(2, 100))))
    return next(name for name in names if not name.exists())


def _put_back(folder: Path, damaged: Path) -> None:
    for suffix in ("-wal", "-shm"):
        (folder / f"library.db{suffix}").unlink(missing_ok=True)
    damaged.replace(folder / "library.db")
    log = damaged.with_name(damaged.name + "-wal")
    if log.exists():
        log.replace(folder / "library.db-wal")
