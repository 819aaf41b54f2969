"""The embedded data themselves: whole, in our own words, and carried by their sources."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from pathlib import Path

import pytest

from navaid import sources, starter
from navaid.config import Settings
from navaid.library import Library, ties
from navaid.starter import Starter
from navaid.terms import Date, Document

_LEANS = re.compile(r"(?:This|They|It|These|Those|That|Such|He|She)\b(?!\s+(?:is why|kind)\b)")
_RUN = 9  # words in a row that show copying
_WORD = re.compile(r"[a-z0-9]+")


@pytest.fixture(scope="module")
def data() -> Starter:
    starter.load.cache_clear()
    return starter.load()


def test_there_is_something_to_say(data: Starter) -> None:
    assert any(topic.claims for topic in data.topics)
    assert data.sources


def test_ids_are_unique_and_tell_their_topic(data: Starter) -> None:
    ids = [claim.id for topic in data.topics for claim in topic.claims]
    assert [id for id, count in Counter(ids).items() if count > 1] == []
    assert len({topic.id for topic in data.topics}) == len(data.topics)
    for topic in data.topics:
        assert [claim.id for claim in topic.claims if not claim.id.startswith(f"{topic.id}.")] == []


def test_a_text_stands_once_in_its_topic(data: Starter) -> None:
    for topic in data.topics:
        texts = Counter(claim.text for claim in topic.claims)
        assert [text for text, count in texts.items() if count > 1] == []
        assert len(starter.claims(topic)) == len(topic.claims)


def test_each_claim_cites_a_source_that_is_defined(data: Starter) -> None:
    for topic in data.topics:
        for claim in topic.claims:
            assert claim.cites, claim.id
            assert all(cite.source in data.sources for cite in claim.cites), claim.id
            assert all(cite.at.strip() and cite.opened.strip() for cite in claim.cites), claim.id


def test_no_source_is_defined_for_nothing_or_twice(data: Starter) -> None:
    cited = {cite.source for topic in data.topics for claim in topic.claims for cite in claim.cites}
    assert sorted(set(data.sources) - cited) == []
    urls = Counter(row.url for row in data.sources.values())
    assert [url for url, count in urls.items() if count > 1] == []


def test_no_source_was_opened_before_it_was_published(data: Starter) -> None:
    for topic in data.topics:
        for claim in topic.claims:
            for cite in claim.cites:
                published = data.sources[cite.source].published or Date.min
                assert published <= cite.checked, f"{claim.id}: {cite.source}"


def test_each_sentence_stands_alone(data: Starter) -> None:
    leaning = [c.id for topic in data.topics for c in topic.claims if _LEANS.match(c.text)]
    assert leaning == [], "sentences are shown one by one: name the thing instead of This, They or It"


def test_each_claim_is_one_clean_line_that_ends(data: Starter) -> None:
    for topic in data.topics:
        for claim in topic.claims:
            assert claim.text == " ".join(claim.text.split()), claim.id
            assert claim.text.endswith((".", "?")), claim.id
            assert claim.text[0].isupper() or claim.text[0].isdigit() or claim.text[0] in "“\"'", claim.id


def test_a_topic_reads_back_from_its_document(data: Starter) -> None:
    for topic in data.topics:
        made = starter.document(topic)
        items = {made.text[b.start : b.end] for b in made.blocks if b.kind == "item"}
        assert items == set(starter.claims(topic)) | {row.asked for row in topic.claims if row.asks}


# --------------------------------------------------------------------------- against the pages themselves


@pytest.fixture(scope="module")
def pages(shared_data: Path) -> bytes:
    path = shared_data / "evidence" / "nci_pages.jsonl.gz"
    if not path.is_file():
        pytest.skip("the pages of cancer.gov are not here")
    return gzip.decompress(path.read_bytes())


@pytest.fixture(scope="module")
def cited_pages(data: Starter, pages: bytes, tmp_path_factory: pytest.TempPathFactory) -> list[Document]:
    """The cited pages, through the same reader as a person's file."""
    wanted = [f'"{row.url}"'.encode() for row in data.sources.values()]
    lines = [line for line in pages.splitlines() if any(url in line for url in wanted)]
    file = tmp_path_factory.mktemp("pages") / "cited.jsonl"
    file.write_bytes(b"\n".join(lines))
    urls = {row.url for row in data.sources.values()}
    skipped: list[sources.Skipped] = []
    read = [page for page in sources.read([file], on_skip=skipped.append) if page.url in urls]
    assert skipped == []
    if not read:
        pytest.skip("none of the pages here is cited")
    return read


def test_every_page_that_is_held_supports_what_is_cited_from_it(
    data: Starter, cited_pages: list[Document], tmp_path: Path
) -> None:
    with Library(tmp_path / "library", Settings(embedding="off"), create=True) as library:
        library.add(cited_pages)
        made = ties.tie_all(library.store, data)
        assert len(made) >= len(cited_pages)
        unsupported = ties.unsupported(library.store, data)
        shown = [topic_claim for topic in data.topics for topic_claim in starter.claims(topic).values()]
        quoted = 0
        for claim in shown:
            tied, _ = ties.tied(library.store, claim)
            for citation in tied.citations if tied else ():
                if citation.quote is not None:
                    held = library.document(citation.document)
                    assert held is not None
                    assert held.text[citation.start : citation.end] == citation.quote
                    quoted += 1
    assert [(tie.claim, tie.document) for tie in made if tie.state != "found"] == []
    assert quoted > 0
    assert unsupported == []


def test_no_run_of_nine_words_is_shared_with_a_page(data: Starter, pages: bytes) -> None:
    ours: dict[tuple[str, ...], str] = {}
    for topic in data.topics:
        for claim in topic.claims:
            ours |= dict.fromkeys(_runs(claim.text), claim.id)
    own_words = {run[0] for run in ours}
    shared = set()
    for line in pages.decode().splitlines():
        words = _WORD.findall(line.lower())
        for n, word in enumerate(words):
            if word in own_words and (found := ours.get(tuple(words[n : n + _RUN]))):
                shared.add((found, " ".join(words[n : n + _RUN])))
    assert sorted(shared) == []


def _runs(text: str) -> list[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return [tuple(words[n : n + _RUN]) for n in range(len(words) - _RUN + 1)]
