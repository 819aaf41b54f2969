"""A question to a run: by words, by meaning, by other names, within a part of the library."""

from __future__ import annotations

from pathlib import Path

import pytest
from bags import Bags
from corpus import document, generated, mark
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from navaid.config import Settings
from navaid.library import Library, Part
from navaid.library.search import fuse
from navaid.library.understand import understand
from navaid.terms import Kind, Run

OFF = Settings(embedding="off")


def ids(run: Run) -> list[str]:
    return [scored.passage.document_id for scored in run.passages]


def test_words_find_their_passage(library: Library) -> None:
    library.add(generated(n) for n in range(30))
    library.index()
    run = library.search(mark(17))
    assert ids(run)[0] == "FILE:A17"
    assert run.retrievers == ("lexical",)
    assert [scored.lexical_rank for scored in run.passages] == list(range(1, len(run.passages) + 1))
    held = library.document("FILE:A17")
    assert held is not None
    assert all(held.text[s.passage.start : s.passage.end] == s.passage.text for s in run.passages)


def test_a_search_brings_the_index_level_by_itself(folder: Path) -> None:
    with Library(folder, OFF, create=True) as library:
        library.add([generated(1)])
    with Library(folder, OFF) as library:
        assert ids(library.search(mark(1)))[0] == "FILE:A1"


@pytest.mark.parametrize("question", ["", "   ", "?!", "what is it and how does this do that", "…"])
def test_a_question_without_a_word_that_matters_finds_nothing(folder: Path, bags: Bags, question: str) -> None:
    with Library(folder, create=True) as library:
        library.add(generated(n) for n in range(3))
        library.index()
        library.embed()
        assert library.search(question).passages == ()


def test_an_empty_library_finds_nothing(library: Library) -> None:
    assert library.search("fever").passages == ()


def test_at_most_the_asked_number_comes_back(library: Library) -> None:
    library.add(generated(n) for n in range(30))
    library.index()
    assert len(library.search("fever scan clinic", 7).passages) == 7
    assert len(library.search("fever scan clinic").passages) <= OFF.passages


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("herceptin", "Trastuzumab can weaken the heart."),
        ("trastuzumab", "Herceptin can weaken the heart."),
        ("T-DXd", "Enhertu can scar the lungs."),
        ("palbociclib", "Ibrance lowers blood counts."),
        ("keytruda", "Pembrolizumab can inflame the thyroid."),
    ],
)
def test_brand_and_generic_find_each_other(library: Library, asked: str, written: str) -> None:
    library.add([document("FILE:it", written), document("FILE:other", "Rest and short walks help most people.")])
    library.index()
    run = library.search(f"is {asked} bad for me")
    assert ids(run) == ["FILE:it"]
    assert run.expanded


def test_a_misspelled_name_is_mended(library: Library) -> None:
    library.add([document("FILE:it", "Trastuzumab can weaken the heart.")])
    library.index()
    assert ids(library.search("trastuzumb and my heart beat")) == ["FILE:it"]
    assert "trastuzumab" in understand("trastuzumb").text


def test_another_name_counts_less_than_the_name_that_was_used(library: Library) -> None:
    library.add([document("FILE:brand", "Herceptin can tire you."), document("FILE:own", "Trastuzumab can tire you.")])
    library.index()
    assert ids(library.search("does trastuzumab tire"))[0] == "FILE:own"
    assert ids(library.search("does herceptin tire"))[0] == "FILE:brand"


def starter_and_source() -> list:
    topic = replace(document("NAVAID:t", "Fever is common after the infusion."), kind=Kind.STARTER)
    return [topic, document("FILE:s", "Fever was seen after the infusion.")]


@pytest.mark.parametrize("embedded", [False, True])
@pytest.mark.parametrize(
    ("part", "wanted"),
    [(Part.ALL, {"NAVAID:t", "FILE:s"}), (Part.STARTER, {"NAVAID:t"}), (Part.SOURCES, {"FILE:s"})],
)
def test_only_the_asked_part_is_searched(
    folder: Path, bags: Bags, part: Part, wanted: set[str], embedded: bool
) -> None:
    with Library(folder, create=True) as library:
        library.add(starter_and_source())
        library.index()
        if embedded:
            library.embed()
        assert set(ids(library.search("fever after infusion", part=part))) == wanted


def test_only_the_starter_embedded_sources_are_still_found(folder: Path, bags: Bags) -> None:
    with Library(folder, create=True) as library:
        library.add(starter_and_source())
        library.index()
        assert library.embed(starter_only=True) == 1
        assert library.unembedded() == 1
        assert set(ids(library.search("fever after infusion"))) == {"NAVAID:t", "FILE:s"}
        assert ids(library.search("fever after infusion", part=Part.SOURCES)) == ["FILE:s"]


def test_a_library_half_embedded_finds_by_words_and_meaning(folder: Path, bags: Bags) -> None:
    with Library(folder, create=True) as library:
        library.add([document("FILE:old", "Walking eases fatigue.")])
        library.index()
        library.embed()
        library.add([document("FILE:new", "Fatigue may last for months.")])
        library.index()
        run = library.search("fatigue")
        assert set(ids(run)) == {"FILE:old", "FILE:new"}
        by_id = {scored.passage.document_id: scored for scored in run.passages}
        assert by_id["FILE:old"].dense_rank == 1
        assert by_id["FILE:new"].dense_rank is None


def test_a_removed_document_is_not_found(folder: Path, bags: Bags) -> None:
    with Library(folder, create=True) as library:
        library.add([document("FILE:1", "Fever is common."), document("FILE:2", "Fever is rare.")])
        library.index()
        library.embed()
        assert set(ids(library.search("fever"))) == {"FILE:1", "FILE:2"}
        library.remove("FILE:1")
        assert ids(library.search("fever")) == ["FILE:2"], "even before the indexes know"
        library.index()
        assert ids(library.search("fever")) == ["FILE:2"]


def test_a_changed_document_is_found_by_its_new_words_only(library: Library) -> None:
    library.add([document("FILE:1", "Nausea is common.")])
    library.index()
    library.add([document("FILE:1", "Swelling is common.")])
    library.index()
    assert ids(library.search("swelling")) == ["FILE:1"]
    assert ids(library.search("nausea")) == []
    assert library.lexical.count() == library.store.count("passages") == 1


hits = st.dictionaries(st.integers(1, 30), st.floats(0.1, 30), max_size=12).map(
    lambda found: sorted(found.items(), key=lambda item: (-item[1], item[0]))
)


@given(hits, hits, st.floats(0, 1))
def test_fusion_keeps_every_passage_once_and_in_order(by_words: list, by_meaning: list, share: float) -> None:
    fused = fuse(by_words, by_meaning, share)
    assert sorted(key for key, _ in fused) == sorted(dict(by_words).keys() | dict(by_meaning).keys())
    assert fused == sorted(fused, key=lambda item: (-item[1], item[0]))


@given(hits)
def test_without_meaning_the_order_of_words_stands(by_words: list) -> None:
    assert [key for key, _ in fuse(by_words, [], 0.7)] == [key for key, _ in by_words]
