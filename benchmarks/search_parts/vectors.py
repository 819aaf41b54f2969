"""An embedding model that keeps what it made, so that a second run of a benchmark is fast.

Vectors lie in the user's cache folder by model and by the hash of the text; delete the file to make
them anew. Timings of embedding are taken only over the texts that were not kept.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import numpy as np
import platformdirs

from navaid.models import embedding
from navaid.models.embedding import Embedder, Vectors


class Kept:
    """An `Embedder` before a cache; `made` and `kept` count texts, `seconds` what making took."""

    def __init__(self, model: Embedder) -> None:
        self.model, self.name, self.size = model, model.name, model.size
        folder = Path(platformdirs.user_cache_dir("navaid-benchmarks", appauthor=False))
        folder.mkdir(parents=True, exist_ok=True)
        self.file = folder / f"vectors-{re.sub(r'[^A-Za-z0-9]+', '-', model.name)}.db"
        self._db = sqlite3.connect(self.file, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("CREATE TABLE IF NOT EXISTS vectors(text BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID")
        self.made, self.kept, self.seconds = 0, 0, 0.0

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), size)."""
        return np.stack([self._one(text) for text in texts]) if texts else np.empty((0, self.size), np.float32)

    def _one(self, text: str) -> Vectors:
        key = hashlib.sha256(f"{self.name}\n{text}".encode()).digest()
        row = self._db.execute("SELECT vector FROM vectors WHERE text = ?", (key,)).fetchone()
        if row:
            self.kept += 1
            kept: Vectors = np.frombuffer(row[0], np.float32)
            return kept
        began = time.perf_counter()
        vector: Vectors = self.model.embed([text])[0]
        self.seconds += time.perf_counter() - began
        self.made += 1
        self._db.execute("INSERT OR REPLACE INTO vectors VALUES (?, ?)", (key, vector.tobytes()))
        return vector

    def __str__(self) -> str:
        speed = f" at {self.made / self.seconds:.0f} a second" if self.made else ""
        return f"{self.name}: {self.made} texts embedded{speed}, {self.kept} taken from {self.file.name}"


@contextmanager
def kept(setting: str) -> Iterator[Kept]:
    """The model of a setting (`minilm` or a directory) before the cache; libraries opened meanwhile use it."""
    model = embedding.load(setting)
    assert model is not None, "a setting that names a model gives one or raises"
    with instead(with_cache := Kept(model)):
        yield with_cache


@contextmanager
def instead(embedder: Embedder | None) -> Iterator[None]:
    """Libraries opened meanwhile use this embedder, unless their setting is `off`."""
    with mock.patch.object(embedding, "load", lambda setting: None if setting == "off" else embedder):
        yield
