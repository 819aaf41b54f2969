"""A word is explained in one sentence, however it is written."""

import pytest

from navaid import starter
from navaid.starter import glossary
from navaid.starter.rows import Cite, Term
from navaid.terms import Date

CITE = Cite(source="URL:https://example.org", at="Top", checked=Date(2026, 11, 22), opened="page", find="two words")


@pytest.mark.parametrize(
    ("words", "term"),
    [
        ("HER2-low", "HER2-low"),
        ("her2 low", "HER2-low"),
        ("lumpectomy", "lumpectomy"),
        ("breast-conserving surgery", "lumpectomy"),
        ("lymphoedema", "lymphedema"),
    ],
)
def test_a_word_is_found_by_each_of_its_names(words: str, term: str) -> None:
    found = glossary.find(starter.load(), words)
    assert found is not None
    assert found.term == term


def test_what_is_not_explained_is_not_guessed() -> None:
    assert glossary.find(starter.load(), "zorbulation") is None
    assert "lumpectomy" in glossary.near(starter.load(), "lumpectommy") or glossary.find(starter.load(), "lumpectommy")


def test_an_explanation_can_stand_alone() -> None:
    assert glossary.worded(Term(term="node", text="A small gland.", cites=(CITE,))) == "Node: a small gland."
    assert glossary.worded(Term(term="node", text="A node is a gland.", cites=(CITE,))) == "A node is a gland."


def test_the_glossary_has_the_terms_that_people_meet() -> None:
    assert len(starter.load().glossary) >= 350
    topic = glossary.as_topic(starter.load().glossary)
    assert len({row.text for row in topic.claims}) == len(topic.claims)
