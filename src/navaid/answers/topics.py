"""Which topics of the starter library a question is about.

Two things speak for a topic: that its title, or another of its names, names what was asked; and that its
claims were found. The first knows names, the second knows what people mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from navaid import vocabulary
from navaid.answers.asked import Asked, too_general
from navaid.starter import Starter, Topic, glossary
from navaid.terms import Passage

_NAMED, _FOUND = 0.45, 0.55  # what a topic's score is made of
_IN_TITLE, _IN_OTHER_NAME, _RELATED = 1.0, 0.8, 0.3  # how much of a thing asked is named, where it is named
_COUNTED = 5  # of a topic's claims that were found, the best so many
_CLOSE, _MOST = 0.6, 4  # topics kept: this near to the best one, and no more than so many


def ranked(data: Starter, asked: Asked, found: Mapping[str, tuple[Passage, float, float]]) -> dict[str, float]:
    """The topics that a question is about, best first, with a score of 0 to 1; empty if nothing speaks for any."""
    sums = _sums(found)
    most = max(sums.values(), default=0.0)
    scores: dict[str, float] = {}
    for topic in data.topics:
        if topic.id == glossary.TOPIC:  # words explained, not a subject
            continue
        share = sums.get(topic.document_id, 0.0) / most if most else 0.0
        scores[topic.id] = _NAMED * named(topic, asked) + _FOUND * share
    best = max(scores.values(), default=0.0)
    order = sorted(scores, key=lambda topic: (-scores[topic], topic))[:_MOST]
    return {topic: scores[topic] for topic in order if scores[topic] >= max(_CLOSE * best, 1e-6)}


def found_most(found: Mapping[str, tuple[Passage, float, float]]) -> list[str]:
    """The topic whose claims were found best, whatever it is called; none if nothing was found."""
    sums = {document: value for document, value in _sums(found).items() if document != f"NAVAID:{glossary.TOPIC}"}
    return [max(sums, key=lambda document: (sums[document], document)).removeprefix("NAVAID:")] if sums else []


def _sums(found: Mapping[str, tuple[Passage, float, float]]) -> dict[str, float]:
    """For each topic's document, how well the best of its claims were found."""
    standings: dict[str, list[float]] = {}
    for passage, standing, _ in found.values():
        standings.setdefault(passage.document_id, []).append(standing)
    return {document: sum(sorted(values, reverse=True)[:_COUNTED]) for document, values in standings.items()}


def named(topic: Topic, asked: Asked) -> float:
    """Share of the things asked about that the topic's names name, 0 to 1."""
    things = {thing: weight for thing, weight in asked.things.items() if thing[0] != "?"}
    if not things:
        return 0.0
    title, others, related = _names(topic.title, topic.aka)
    return sum(
        weight * (_IN_TITLE if t in title else _IN_OTHER_NAME if t in others else _RELATED if t in related else 0.0)
        for t, weight in things.items()
    ) / sum(things.values())


def names_one(topic: Topic, asked: Asked) -> bool:
    """True if the topic's title or another of its names names one of the things that a question is most about."""
    title, others, _ = _names(topic.title, topic.aka)
    return bool((title | others) & set(asked.main))


@lru_cache(maxsize=2048)
def _names(title: str, aka: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Ids named by the title, by the other names, and those directly above or below the title's."""
    inside = {m.concept for m in vocabulary.find(title, typos=False)} - too_general()
    others = {m.concept for name in aka for m in vocabulary.find(name, typos=False)} - too_general()
    near = {n for concept in inside for n in (*vocabulary.broader(concept), *vocabulary.narrower(concept))}
    return frozenset(inside), frozenset(others), frozenset(near - too_general())
