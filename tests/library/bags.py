"""An embedder that needs no model."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from navaid.models.embedding import Vectors


class Bags:
    """Texts as unit vectors of their words, each word in a direction of its own; counts what it made."""

    name, size = "bags", 128

    def __init__(self) -> None:
        self.made = 0

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.made += len(texts)
        vectors = np.stack([self._one(text) for text in texts]) if texts else np.empty((0, self.size))
        return (vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)).astype(np.float32)

    def _one(self, text: str) -> npt.NDArray[np.float64]:
        words = [word.strip(".,?") for word in text.lower().split()]
        seeds = [int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "big") for word in words]
        return sum((np.random.default_rng(seed).normal(size=self.size) for seed in seeds), np.zeros(self.size))
