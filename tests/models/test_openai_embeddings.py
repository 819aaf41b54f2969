"""Vectors from a server: of unit length, in the order asked for, or a clear error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.models import scripted
from tests.models.scripted import Server

from navaid.errors import BadInput, ConsentMissing, ModelBusy, ModelUnavailable, ReplyUnusable
from navaid.models import consent, embedding
from navaid.models.embedding import Embedder
from navaid.models.openai_embeddings import OpenAIEmbedder, preview
from navaid.models.wire import Limits


def made(server: Server) -> OpenAIEmbedder:
    return OpenAIEmbedder(server.endpoint("nomic"), limits=Limits(first_wait_s=0.01))


def test_the_setting_names_a_server(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAVAID_EMBEDDING_KEY", "sk-e")
    embedder = embedding.load(server.setting("nomic"))
    assert embedder is not None
    assert (embedder.name, embedder.size) == (server.setting("nomic"), 4)
    assert server.calls[-1].path == "/v1/embeddings"
    assert server.calls[-1].headers["Authorization"] == "Bearer sk-e"
    assert server.calls[-1].json["model"] == "nomic"


def test_vectors_have_unit_length_and_the_order_of_their_texts(server: Server) -> None:
    embedder: Embedder = made(server)
    texts = [f"text {n} größer 🙂" for n in range(70)] + ["", " ", "\n"]
    vectors = embedder.embed(texts)
    assert vectors.shape == (73, 4)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-6)
    expected = np.array([scripted.vector((text.strip() and text) or " ") for text in texts])
    assert vectors == pytest.approx(expected / np.linalg.norm(expected, axis=1, keepdims=True), abs=1e-6)
    assert embedder.embed([]).shape == (0, 4)


def test_the_size_is_asked_once(server: Server) -> None:
    embedder = made(server)
    embedder.embed(["a"])
    embedder.embed(["b", "c"])
    assert [len(call.json["input"]) for call in server.calls] == [1, 1, 2]


def test_rows_out_of_order_are_put_in_order(server: Server) -> None:
    embedder = made(server)
    rows = scripted.embeddings([[0.0, 0.0, 0.0, 2.0], [3.0, 0.0, 0.0, 0.0]])
    server.then(scripted.body(200, {"data": rows["data"][::-1]}))
    assert embedder.embed(["a", "b"]).tolist() == [[0, 0, 0, 1], [1, 0, 0, 0]]


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"data": []},
        scripted.embeddings([[1.0, 2.0, 3.0, 4.0]]),
        scripted.embeddings([[1.0, 2.0, 3.0, 4.0]] * 3),
        scripted.embeddings([[1.0, 2.0, 3.0, 4.0], [1.0, 2.0]]),
        scripted.embeddings([[1.0, 2.0, 3.0]] * 2),
        scripted.embeddings([[0.0] * 4] * 2),
        scripted.embeddings([[1e308] * 4] * 2),
        {"data": [{"index": 0, "embedding": [1.0] * 4}] * 2},
        {"data": [{"index": 0, "embedding": "AAAA"}, {"index": 1, "embedding": "AAAA"}]},
        {**scripted.embeddings([[1.0] * 4] * 2), "error": "no"},
        [],
        b"\xff",
        b'{"data": [{"index": 0, "embedding": [NaN, 1, 1, 1]}, {"index": 1, "embedding": [1, 1, 1, 1]}]}',
    ],
)
def test_what_is_not_one_vector_a_text_is_an_error(server: Server, value: Any) -> None:
    embedder = made(server)
    server.then(scripted.body(200, value))
    with pytest.raises(ReplyUnusable):
        embedder.embed(["a", "b"])


def test_a_passing_fault_is_tried_again_and_a_lasting_one_said(server: Server) -> None:
    embedder = made(server)
    server.then(scripted.status(503))
    assert embedder.embed(["a"]).shape == (1, 4)
    server.always(scripted.status(503))
    with pytest.raises(ModelBusy):
        embedder.embed(["a"])


def test_a_server_elsewhere_needs_consent(server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HTTP_PROXY", server.origin)
    setting = "http://models.example/v1#nomic"
    with pytest.raises(ConsentMissing):
        embedding.load(setting)
    shown = preview(setting, ["size"])
    assert shown is not None
    assert server.calls == []
    consent.give(tmp_path / "home", shown.destination)
    assert embedding.load(setting) is not None
    assert server.calls[0].body.decode() == shown.text
    assert preview("http://127.0.0.1:1/v1#m", ["a"]) is None


def test_no_server_and_no_model_are_said(server: Server) -> None:
    with pytest.raises(BadInput, match="`embedding`"):
        embedding.load(server.origin)
    server.stop()
    with pytest.raises(ModelUnavailable):
        made(server)
