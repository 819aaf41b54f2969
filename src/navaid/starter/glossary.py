"""The glossary: a word explained in one sentence, and the same sentences as claims that answers can show."""

from __future__ import annotations

import difflib
import re

from navaid import vocabulary
from navaid.starter.rows import ClaimRow, Starter, Term, Topic
from navaid.terms import Certainty, Facet

TOPIC = "glossary"


def as_topic(terms: tuple[Term, ...]) -> Topic:
    """The terms as a topic: "HER2-low: cancer cells with a little HER2 on them." """
    rows = tuple(
        ClaimRow(
            id=f"{TOPIC}.{_slug(term.term)}",
            text=worded(term),
            facet=Facet.WHAT_IT_IS,
            certainty=Certainty.ESTABLISHED,
            cites=term.cites,
        )
        for term in terms
    )
    return Topic(id=TOPIC, title="Words explained", claims=rows)


def worded(term: Term) -> str:
    """The explanation so that it can stand alone: with the term in front where it does not begin with it.

    >>> worded(Term(term="Biopsy", text="A small piece of tissue taken for testing.", cites=()))
    'Biopsy: a small piece of tissue taken for testing.'
    >>> worded(Term(term="Margin", text="A margin is the edge of what was cut out.", cites=()))
    'A margin is the edge of what was cut out.'
    """
    if re.match(rf"(?:(?:an?|the)\s+)?{re.escape(term.term)}\b", term.text, re.IGNORECASE):
        return term.text
    name, first, rest = term.term[:1].upper() + term.term[1:], term.text[0], term.text[1:]
    return f"{name}: {first.lower() if rest[:1].islower() or rest[:1] == ' ' else first}{rest}"


def find(data: Starter, words: str) -> Term | None:
    """The term that some words stand for: as written, as another name of the same thing, or as a topic."""
    wanted = _fold(words)
    for term in data.glossary:
        if wanted in {_fold(name) for name in (term.term, *term.also)}:
            return term
    named = {mention.concept for mention in vocabulary.find(words)}
    if len(named) != 1:
        return None
    for term in data.glossary:
        if {mention.concept for mention in vocabulary.find(term.term)} == named:
            return term
    return _from_topic(data, named)


def _from_topic(data: Starter, named: set[str]) -> Term | None:
    """What a topic that is about just this says that it is."""
    for topic in data.topics:
        if {mention.concept for mention in vocabulary.find(topic.title)} == named:
            for row in topic.claims:
                if row.gist and row.facet is Facet.WHAT_IT_IS:
                    return Term(term=topic.title, text=row.text, cites=row.cites)
    return None


def near(data: Starter, words: str) -> list[str]:
    """Up to three terms that are spelled much like the words."""
    names = {_fold(name): term.term for term in data.glossary for name in (term.term, *term.also)}
    return list(dict.fromkeys(names[name] for name in difflib.get_close_matches(_fold(words), names, 3, 0.75)))


def _fold(name: str) -> str:
    return re.sub(r"[^a-z0-9+]+", " ", name.casefold()).strip()


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9+]+", "-", name.lower()).strip("-")
