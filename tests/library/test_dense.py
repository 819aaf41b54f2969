"""Vectors are kept as they are made; the files for search can always be written anew."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from bags import Bags
from corpus import document, generated
from hypothesis import given
from hypothesis import strategies as st

from navaid.errors import DiskFull
from navaid.library import Library, dense
from navaid.library.dense import DenseIndex, hamming, quantise, sign_codes

FILES = ("keys.npy", "codes.npy", "vectors.npy", "STATE")


@pytest.fixture
def embedded(folder: Path, bags: Bags) -> Path:
    with Library(folder, create=True) as library:
        library.add([document("FILE:1", "Walking eases fatigue."), document("FILE:2", "The scan was clear.")])
        library.index()
        assert library.embed() == 2
    return folder


def nearest(folder: Path) -> str:
    with Library(folder) as library:
        run = library.search("walking eases fatigue")
        assert "dense" in run.retrievers
        return run.passages[0].passage.document_id


def delete(path: Path) -> None:
    path.unlink()


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def scramble(path: Path) -> None:
    path.write_bytes(b"\xff" * path.stat().st_size)


@pytest.mark.parametrize("damage", [delete, cut, empty, scramble])
@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_gone_or_cut_off_is_written_anew_from_the_store(
    embedded: Path, bags: Bags, name: str, damage: object
) -> None:
    made = bags.made
    damage(embedded / "dense" / name)  # type: ignore[operator]
    assert nearest(embedded) == "FILE:1"
    with Library(embedded) as library:
        index = DenseIndex(embedded / "dense", bags)
        assert index._state["vectors"] == int(library.store.meta("vectors"))
    assert bags.made == made + 1, "the query was embedded, no passage again"


@pytest.mark.parametrize("state", ["null", "[]", "7", '"x"', "{}"])
def test_a_state_that_is_no_state_is_not_believed(embedded: Path, state: str) -> None:
    (embedded / "dense" / "STATE").write_text(state)
    assert nearest(embedded) == "FILE:1"


def test_files_of_another_store_are_not_believed(embedded: Path, tmp_path: Path, bags: Bags) -> None:
    with Library(tmp_path / "other", create=True) as other:
        other.add([document("FILE:8", "Nausea passes."), document("FILE:9", "Sleep helps.")])
        other.embed()
        wanted = json.loads((tmp_path / "other/dense/STATE").read_text())
        assert {**wanted, "store": ""} == {**json.loads((embedded / "dense/STATE").read_text()), "store": ""}
    for name in FILES:
        (tmp_path / "other/dense" / name).replace(embedded / "dense" / name)
    assert nearest(embedded) == "FILE:1"


def test_a_run_that_is_cut_off_goes_on_where_it_stopped(folder: Path, bags: Bags) -> None:
    class Interrupted(Exception):
        pass

    def stop(count: int) -> None:
        raise Interrupted

    with Library(folder, create=True) as library:
        library.add(generated(n) for n in range(40))
        total = library.store.count("passages")
        with pytest.raises(Interrupted):
            library.embed(stop)
        kept = library.store.count("vectors")
        assert 0 < kept < total
    with Library(folder) as library:
        assert library.unembedded() == total - kept
        assert library.embed() == total - kept
        assert library.embed() == 0
    assert bags.made == total


def test_a_changed_document_is_embedded_anew_and_others_are_not(embedded: Path, bags: Bags) -> None:
    with Library(embedded) as library:
        library.add([document("FILE:2", "The scan was not clear.")])
        assert library.unembedded() == 1
        assert library.embed() == 1


def test_a_full_disk_is_named_and_the_vectors_are_kept(
    embedded: Path, bags: Bags, monkeypatch: pytest.MonkeyPatch
) -> None:
    (embedded / "dense" / "STATE").unlink()
    with Library(embedded) as library:
        with monkeypatch.context() as full:

            def no_room(*_: object) -> None:
                raise OSError("16 requested and 0 written")  # as numpy says it

            full.setattr(np, "save", no_room)
            with pytest.raises(DiskFull, match="vectors are kept"):
                library.search("walking")
        assert not library.store.db.in_transaction
        assert library.search("walking eases fatigue").passages[0].passage.document_id == "FILE:1"


def test_the_scan_finds_what_an_exact_scan_finds(folder: Path, bags: Bags, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dense, "_CANDIDATES", 60)  # of 500; a thousand of millions in earnest
    with Library(folder, create=True) as library:
        library.add(generated(n, paragraphs=1) for n in range(500))
        library.embed()
        index = library.dense
        assert index is not None
        assert len(index._keys) > 4 * 60, "enough for the scan by sign bits"
        for number in (5, 123, 410):
            held = library.document(f"FILE:A{number}")
            assert held is not None
            vector = index.embed(f"{held.title}. Part {number}. {held.text.partition(chr(10) * 2)[2]}")
            exact = index._scored(vector, np.arange(len(index._keys)))[:1]
            assert index.search(vector, 1) == exact
            assert exact[0][1] > 0.9


unit = st.integers(0, 10_000).map(lambda seed: np.random.default_rng(seed).normal(size=(3, 96)).astype(np.float32))


@given(unit)
def test_codes_count_the_components_of_another_sign(vectors: np.ndarray) -> None:
    codes = sign_codes(vectors)
    assert codes.shape == (2, 3)
    wanted = [int(((vectors[n] > 0) != (vectors[0] > 0)).sum()) for n in range(3)]
    assert hamming(codes, codes[:, 0]).tolist() == wanted


@given(unit)
def test_quantising_keeps_the_cosine(vectors: np.ndarray) -> None:
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    steps = quantise(vectors).astype(np.float32) / 508.0
    assert np.abs(steps @ vectors.T - vectors @ vectors.T).max() < 0.2
