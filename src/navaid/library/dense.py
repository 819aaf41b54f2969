"""The dense index: sentence vectors beside the store, made bit by bit and never needed.

Vectors are kept in the store as they are made (int8, one row a passage), so an interrupted run goes
on where it stopped. For search they lie in one file that is mapped into memory: first the sign bit of
every component, by which all passages are scanned, then the int8 vectors, by which the nearest
thousand are scored. On a million passages the scan reads 48 MB and takes about 10 ms.
"""

from __future__ import annotations

import errno
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from navaid.errors import DiskFull
from navaid.library.store import Store
from navaid.models.embedding import Embedder, Vectors
from navaid.starter.vectors import digest, shipped

_SCALE = 508.0  # int8 steps of 1/508: components of a unit vector of 384 rarely exceed 0.25
_CANDIDATES = 1000  # scored after the scan; measured in benchmarks/search.py against an exact scan
_BATCH = 64
_REMEMBERED = 64  # queries: one question searches its texts in more than one part of the library
_FEW, _MANY = 4 * _CANDIDATES, 20_000  # rows whose float32 copy is worth remembering (1.5 kB each)
_BLOCK = 8192  # vectors read at a time while they are laid out

Codes = npt.NDArray[np.uint64]


class DenseIndex:
    """Passages by meaning, for one embedding model."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self.folder = folder
        self.embedder = embedder
        self._embedded: dict[str, Vectors] = {}
        self._remembered: tuple[bytes, Vectors] = (b"", np.empty((0, 0), np.float32))
        self._load()

    def missing(self, store: Store) -> int:
        """How many passages of the store have no vector of this model yet."""
        return int(store.db.execute(f"SELECT count(*) {_MISSING}", (self.embedder.name,)).fetchone()[0])

    def catch_up(
        self, store: Store, progress: Callable[[int], None] = lambda _: None, *, starter_only: bool = False
    ) -> int:
        """How many vectors were made. Each batch is kept at once, so that a run may be cut off."""
        made, last = 0, 0
        while True:
            rows = store.db.execute(
                "SELECT p.key, substr(d.text, p.start + 1, p.end - p.start), d.title, p.heading"
                f" {_MISSING} AND p.key > ? AND (d.kind = 'starter' OR NOT ?) ORDER BY p.key LIMIT ?",
                (self.embedder.name, last, starter_only, _BATCH),
            ).fetchall()
            if not rows:
                break
            last = rows[-1][0]
            texts = [embedded_text(text, title, heading) for _, text, title, heading in rows]
            vectors = self._made(texts)
            with store.writing():
                store.db.executemany(
                    "INSERT OR REPLACE INTO vectors SELECT key, ?, ? FROM passages WHERE key = ?",
                    [(self.embedder.name, v.tobytes(), row[0]) for v, row in zip(vectors, rows, strict=True)],
                )
                # Passages count as content only by their text: vectors leave the snapshot as it is.
                store.set_meta("vectors", str(int(store.meta("vectors") or 0) + 1))
            made += len(rows)
            progress(len(rows))
        self.refresh(store)
        return made

    def _made(self, texts: list[str]) -> list[npt.NDArray[np.int8]]:
        """int8 vectors of texts; those of starter claims need not be computed."""
        known = shipped(self.embedder.name)
        found = [known.get(digest(text)) for text in texts]
        return [quantise(self.embedder.embed([t]))[0] if v is None else v for t, v in zip(texts, found, strict=True)]

    def refresh(self, store: Store) -> None:
        """Write the scan file anew if the store's vectors have changed since. Raises DiskFull."""
        if self._state == self._wanted(store):
            return
        with store.writing():  # one process at a time, and nothing changes between counting and reading
            try:
                self._write(store, self._wanted(store))
            except OSError as error:
                if error.errno not in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT, None):
                    raise
                raise DiskFull(
                    "the disk is full; the vectors are kept, but not laid out for search",
                    where=str(self.folder),
                    fix="free some space; they are laid out at the next use",
                ) from error
        self._load()

    def _write(self, store: Store, state: dict[str, str | int]) -> None:
        size = self.embedder.size
        total = int(
            store.db.execute("SELECT count(*) FROM vectors WHERE model = ?", (self.embedder.name,)).fetchone()[0]
        )
        keys, codes = np.empty(total, np.int64), np.empty((-(-size // 64), total), np.uint64)
        rows = store.db.execute(
            "SELECT passage, vector FROM vectors WHERE model = ? ORDER BY passage", (self.embedder.name,)
        )
        self.folder.mkdir(parents=True, exist_ok=True)
        # Each file is written whole under another name; STATE, renamed last, says which belong together.
        with (self.folder / "vectors.new.npy").open("wb") as file:  # block by block: all of them may not fit
            header = {"descr": "|i1", "fortran_order": False, "shape": (total, size)}
            np.lib.format.write_array_header_1_0(file, header)
            for start in range(0, total, _BLOCK):
                block = rows.fetchmany(_BLOCK)
                vectors = np.frombuffer(b"".join(vector for _, vector in block), np.int8).reshape(-1, size)
                part = slice(start, start + len(block))
                keys[part], codes[:, part] = [key for key, _ in block], sign_codes(vectors)
                file.write(vectors.data)
        np.save(self.folder / "keys.new.npy", keys)
        np.save(self.folder / "codes.new.npy", codes)
        for name in ("keys", "codes", "vectors"):
            (self.folder / f"{name}.new.npy").replace(self.folder / f"{name}.npy")
        (self.folder / "STATE.new").write_text(json.dumps(state))
        (self.folder / "STATE.new").replace(self.folder / "STATE")

    def embed(self, text: str) -> Vectors:
        """The unit vector of a query, shape (size,); the last few are remembered."""
        if text not in self._embedded:
            if len(self._embedded) >= _REMEMBERED:
                self._embedded.clear()
            self._embedded[text] = self.embedder.embed([text])[0]
        return self._embedded[text]

    def search(self, vector: Vectors, limit: int) -> list[tuple[int, float]]:
        """`(passage key, cosine)` of the passages nearest to a unit vector, best first."""
        if len(self._keys) > 4 * _CANDIDATES:
            distance = hamming(self._codes, sign_codes(vector[None, :])[:, 0])
            rows = np.sort(np.argpartition(distance, _CANDIDATES)[:_CANDIDATES])
        else:
            rows = np.arange(len(self._keys))
        return self._scored(vector, rows)[:limit]

    def cosines(self, vector: Vectors, keys: list[int]) -> list[tuple[int, float]]:
        """The same for given passages; those without a vector are left out."""
        wanted = np.array(keys, np.int64)
        rows = np.searchsorted(self._keys, wanted)
        wanted, rows = wanted[rows < len(self._keys)], rows[rows < len(self._keys)]
        return self._scored(vector, rows[self._keys[rows] == wanted])

    def _floats(self, rows: npt.NDArray[np.int64]) -> Vectors:
        """The vectors of these rows; those of the embedded library, which each question asks for, are remembered."""
        if not _FEW < len(rows) < _MANY:
            few: Vectors = self._vectors[rows].astype(np.float32)
            return few
        which = rows.tobytes()
        if which != self._remembered[0]:
            self._remembered = (which, self._vectors[rows].astype(np.float32))
        return self._remembered[1]

    def _scored(self, vector: Vectors, rows: npt.NDArray[np.int64]) -> list[tuple[int, float]]:
        if not len(rows):
            return []
        cosine = self._floats(rows) @ vector / _SCALE
        order = np.argsort(-cosine, kind="stable")
        return list(zip(self._keys[rows[order]].tolist(), cosine[order].tolist(), strict=True))

    def _wanted(self, store: Store) -> dict[str, str | int]:
        made = int(store.meta("vectors") or 0)
        return {"store": store.identity, "model": self.embedder.name, "vectors": made, "seq": store.seq}

    def _load(self) -> None:
        self._keys = np.empty(0, np.int64)
        self._remembered = (b"", np.empty((0, 0), np.float32))
        self._state: dict[str, str | int] = {}
        try:
            state = json.loads((self.folder / "STATE").read_text())
            keys = np.load(self.folder / "keys.npy")
            codes = np.load(self.folder / "codes.npy", mmap_mode="r")
            vectors = np.load(self.folder / "vectors.npy", mmap_mode="r")
        except (OSError, ValueError, EOFError):
            return  # nothing yet, or cut off while writing: `refresh` makes it from the store
        whole = len(keys) == len(vectors) == codes.shape[1] and isinstance(state, dict)
        if whole and state.get("model") == self.embedder.name:
            self._keys, self._codes, self._vectors, self._state = keys, codes, vectors, state


_MISSING = (
    "FROM passages p JOIN documents d ON d.key = p.document LEFT JOIN vectors v ON v.passage = p.key"
    " AND v.model = ? WHERE v.passage IS NULL"
)


def embedded_text(text: str, title: str, heading: str) -> str:
    """What is embedded for a passage: where it stands, then its words."""
    return ". ".join(part for part in (title, *heading.split("\x1f"), text) if part)


def quantise(vectors: Vectors) -> npt.NDArray[np.int8]:
    """Unit vectors as int8, same shape."""
    steps: npt.NDArray[np.int8] = np.clip(np.rint(vectors * _SCALE), -127, 127).astype(np.int8)
    return steps


def sign_codes(vectors: npt.NDArray[np.int8] | Vectors) -> Codes:
    """One bit a component, packed; shape (size / 64, len(vectors)), so that a scan reads in order."""
    padded = np.pad(vectors > 0, ((0, 0), (0, -vectors.shape[1] % 64)))
    return np.ascontiguousarray(np.packbits(padded, axis=1).view(np.uint64).T)


def hamming(codes: Codes, code: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint16]:
    """How many sign bits of each column differ from `code`; shape (columns,)."""
    distance = np.zeros(codes.shape[1], np.uint16)
    for part, own in zip(codes, code, strict=True):
        distance += np.bitwise_count(part ^ own)
    return distance
