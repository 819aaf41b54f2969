"""Passages are cut where the author cut: exact spans, whole sentences, lists with their opening."""

from __future__ import annotations

from itertools import pairwise

from corpus import Piece, document
from hypothesis import given, settings
from hypothesis import strategies as st

from navaid.library.passages import MAX_WORDS, split
from navaid.library.sentences import sentence_spans
from navaid.terms import Block, BlockKind, Document, Kind, Passage

HEADING, PARAGRAPH, ITEM, ROW = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ROW


def words(count: int, last: str = ".") -> str:
    """One sentence of so many words."""
    return " ".join(["Word", *["word"] * (count - 1)]) + last


sentence = st.builds(words, st.sampled_from([1, 3, 12, 30, 70, 150]), st.sampled_from([".", "?", ":"]))
prose = st.lists(sentence, min_size=1, max_size=6).map(" ".join)
pieces = st.one_of(
    st.tuples(st.just(HEADING), st.integers(1, 6), st.sampled_from(["Treatment", "Side effects", "A page", "Tests"])),
    st.tuples(st.just(PARAGRAPH), st.just(0), prose),
    st.tuples(st.just(ITEM), st.integers(0, 3), prose),
    st.tuples(st.just(ROW), st.just(0), st.sampled_from(["Drug | Dose", "A | 1", words(45)])),
)
documents = st.lists(pieces, max_size=14).map(lambda given: document("FILE:1", given))


def holding(passages: list[Passage], start: int, end: int) -> list[Passage]:
    return [passage for passage in passages if passage.start <= start and end <= passage.end]


def size(document: Document, block: Block) -> int:
    return len(document.text[block.start : block.end].split())


@settings(deadline=None)
@given(documents)
def test_spans_are_exact_in_order_and_leave_nothing_out(made: Document) -> None:
    passages = split(made)
    assert all(made.text[p.start : p.end] == p.text for p in passages)
    assert all(p.id == f"FILE:1#{p.start}-{p.end}" for p in passages)
    assert all(before.end <= after.start for before, after in pairwise(passages))
    body = [block for block in made.blocks if block.kind is not HEADING]
    covered = {at for p in passages for at in range(p.start, p.end)}
    wanted = {at for b in body for at in range(b.start, b.end) if not made.text[at].isspace()}
    assert wanted <= covered
    headings = {at for b in made.blocks if b.kind is HEADING for at in range(b.start, b.end)}
    assert not headings & covered


@settings(deadline=None)
@given(documents)
def test_no_sentence_is_cut(made: Document) -> None:
    passages = split(made)
    for block in made.blocks:
        if block.kind is not HEADING:
            for start, end in sentence_spans(made.text, block.start, block.end):
                assert len(holding(passages, start, end)) == 1


@settings(deadline=None)
@given(documents)
def test_a_passage_is_longer_than_the_limit_only_where_one_sentence_is(made: Document) -> None:
    for passage in split(made):
        longest = max(len(passage.text[a:b].split()) for a, b in sentence_spans(passage.text))
        assert len(passage.text.split()) <= MAX_WORDS + longest


@settings(deadline=None)
@given(documents)
def test_what_opens_a_list_stays_with_its_first_item(made: Document) -> None:
    passages = split(made)
    for one, next in pairwise(made.blocks):
        if one.kind is PARAGRAPH and next.kind is ITEM and size(made, one) + size(made, next) <= MAX_WORDS:
            assert holding(passages, one.start, next.end), made.text[one.start : next.end][:80]


@settings(deadline=None)
@given(documents)
def test_the_heading_path_holds_the_headings_above(made: Document) -> None:
    above: list[tuple[int, str]] = []
    paths: dict[int, tuple[str, ...]] = {}
    for block in made.blocks:
        if block.kind is HEADING:
            above = [entry for entry in above if entry[0] < block.level]
            above.append((block.level, made.text[block.start : block.end]))
        else:
            names = [name for _, name in above]
            paths[block.start] = tuple(names[1:] if names[:1] == [made.title] else names)
    for passage in split(made):
        at = max(start for start in paths if start <= passage.start)
        assert passage.heading_path[: len(paths[at])] == paths[at]


@settings(deadline=None)
@given(documents)
def test_each_claim_of_the_starter_is_a_passage_of_its_own(made: Document) -> None:
    from msgspec.structs import replace

    starter = replace(made, kind=Kind.STARTER)
    body = [(block.start, block.end) for block in made.blocks if block.kind is not HEADING]
    assert [(p.start, p.end) for p in split(starter)] == body


def test_short_neighbours_are_joined_and_headings_part_them() -> None:
    given: list[Piece] = [
        (HEADING, 2, "Before"),
        (PARAGRAPH, 0, words(10)),
        (PARAGRAPH, 0, words(10)),
        (HEADING, 2, "After"),
        (PARAGRAPH, 0, words(10)),
    ]
    made = split(document("FILE:1", given))
    assert [(p.heading_path, len(p.text.split())) for p in made] == [(("Before",), 20), (("After",), 10)]


def test_a_list_does_not_lose_its_opening_to_what_stands_before() -> None:
    opening = words(100, ":")
    given: list[Piece] = [(PARAGRAPH, 0, words(35)), (PARAGRAPH, 0, opening), (ITEM, 0, words(20))]
    made = split(document("FILE:1", given))
    assert [len(p.text.split()) for p in made] == [35, 120]


def test_a_long_table_repeats_the_names_of_its_columns() -> None:
    rows: list[Piece] = [(ROW, 0, f"Drug{n} | {words(30)}") for n in range(6)]
    made = split(document("FILE:1", [(HEADING, 2, "Doses"), (ROW, 0, "Drug | What it does"), *rows]))
    assert len(made) > 1
    assert made[0].text.startswith("Drug | What it does")
    assert made[0].heading_path == ("Doses",)
    assert {p.heading_path for p in made[1:]} == {("Doses", "Drug | What it does")}


def test_a_row_of_prose_names_no_column() -> None:
    rows: list[Piece] = [(ROW, 0, words(60)) for _ in range(4)]
    assert {p.heading_path for p in split(document("FILE:1", rows))} == {()}


def test_a_long_paragraph_is_cut_in_pieces_of_about_equal_length() -> None:
    made = split(document("FILE:1", " ".join([words(20)] * 20)))
    lengths = [len(p.text.split()) for p in made]
    assert sum(lengths) == 400
    assert max(lengths) <= MAX_WORDS
    assert max(lengths) - min(lengths) <= 40


def test_a_document_of_headings_alone_has_no_passage() -> None:
    assert split(document("FILE:1", [(HEADING, 1, "A page"), (HEADING, 2, "Tests")])) == []
