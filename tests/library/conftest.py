"""A library in a folder of the test, and an embedder that needs no model."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from navaid.config import Settings
from navaid.library import Library
from navaid.models import embedding

WITHOUT_VECTORS = Settings(embedding="off")


class Bags:
    """Texts as unit vectors of their words, each word in a direction of its own; counts what it made."""

    name, size = "bags", 128

    def __init__(self) -> None:
        self.made = 0

    def embed(self, texts: Sequence[str]) -> embedding.Vectors:
        self.made += len(texts)
        vectors = np.stack([self._one(text) for text in texts]) if texts else np.empty((0, self.size))
        return (vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)).astype(np.float32)

    def _one(self, text: str) -> np.ndarray:
        words = [word.strip(".,?") for word in text.lower().split()]
        seeds = [int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "big") for word in words]
        return sum((np.random.default_rng(seed).normal(size=self.size) for seed in seeds), np.zeros(self.size))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    """An empty library that searches by words only."""
    with Library(folder, WITHOUT_VECTORS, create=True) as held:
        yield held


@pytest.fixture
def bags(monkeypatch: pytest.MonkeyPatch) -> Bags:
    """The embedder that every library of the test is given."""
    embedder = Bags()
    monkeypatch.setattr(embedding, "load", lambda model: None if model == "off" else embedder)
    return embedder
