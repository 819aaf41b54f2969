"""Sentence vectors from an OpenAI-compatible server, behind the same protocol as the small model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np

from navaid import config
from navaid.config import Key
from navaid.errors import ReplyUnusable
from navaid.models import endpoint as endpoints
from navaid.models.consent import Gate, Preview, Sending
from navaid.models.embedding import Vectors
from navaid.models.endpoint import Endpoint
from navaid.models.wire import Limits, Wire
from navaid.terms import encode

_BATCH = 32
_SENDING = Sending(purpose="search by meaning")
_LARGEST = 16_384  # numbers in a vector; known models have at most 4,096


class _Row(msgspec.Struct):
    index: int
    embedding: list[float]


class _Rows(msgspec.Struct):
    data: list[_Row]
    error: Any = None


class OpenAIEmbedder:
    """Unit vectors from a server. `size` is asked once, when the embedder is made."""

    def __init__(
        self, endpoint: Endpoint, *, gate: Gate | None = None, key: Key | None = None, limits: Limits | None = None
    ) -> None:
        self.endpoint = endpoint
        # With the server in it: two servers may call different models by one name, and vectors must not mix.
        self.name = f"{endpoint.base}#{endpoint.model}"
        self._wire = Wire(endpoint, gate=gate, key=key, limits=limits or Limits(reply_bytes=32_000_000))
        self.size = 0
        self.size = self._batch(["size"]).shape[1]

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), size). Raises ModelUnavailable."""
        parts = [self._batch(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)]
        return np.concatenate(parts) if parts else np.empty((0, self.size), np.float32)

    def _batch(self, texts: Sequence[str]) -> Vectors:
        data = self._wire.fetch("/embeddings", _body(self.endpoint, texts))
        try:
            found = msgspec.json.decode(data, type=_Rows)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise self._unusable("the reply holds no vectors") from None
        rows = sorted(found.data, key=lambda row: row.index)
        sizes = {len(row.embedding) for row in rows}
        if found.error is not None or [row.index for row in rows] != list(range(len(texts))) or len(sizes) != 1:
            raise self._unusable("the reply does not hold one vector for each text")
        if (size := sizes.pop()) != (self.size or size) or not 1 < size <= _LARGEST:
            raise self._unusable("the vectors have another size than before, or none")
        vectors = np.array([row.embedding for row in rows], np.float64)
        with np.errstate(over="ignore"):  # what is too long to measure is refused below
            lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not np.isfinite(lengths).all() or not (lengths > 1e-9).all():
            raise self._unusable("a vector has no length")
        unit: Vectors = (vectors / lengths).astype(np.float32)
        return unit

    def _unusable(self, what: str) -> ReplyUnusable:
        return ReplyUnusable(
            what,
            where=f"{self.endpoint.origin}, model {self.endpoint.model}",
            fix="check that this is an embedding model, or set `embedding` to `auto` or `off`",
        )


def from_setting(setting: str) -> OpenAIEmbedder:
    """The embedder that `http://host/v1#model` names. Raises BadInput or ModelUnavailable."""
    endpoint = endpoints.parse(setting, name="embedding")
    return OpenAIEmbedder(endpoint, gate=Gate.of(config.load(), _SENDING), key=config.key("embedding"))


def preview(setting: str, texts: Sequence[str]) -> Preview | None:
    """What embedding these texts would send, where it leaves this machine; else None. No server is asked."""
    endpoint = endpoints.parse(setting, name="embedding")
    return Gate.of(config.load(), _SENDING).preview(endpoint, _body(endpoint, texts)) if endpoint.leaves else None


def _body(endpoint: Endpoint, texts: Sequence[str]) -> bytes:
    # Some servers refuse an empty text; a space means as little.
    return encode({"model": endpoint.model, "input": [text if text.strip() else " " for text in texts]})
