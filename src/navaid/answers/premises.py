"""False beliefs that a question takes for granted, and the claims that contradict them.

Authors of claims write down such beliefs as people say them (`corrects`). A question takes one for granted if it
names all that the belief names, and uses nearly all of its words, or some of them while the two mean nearly the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from navaid import starter, vocabulary
from navaid.answers.asked import too_general
from navaid.library import Library
from navaid.models.embedding import Vectors
from navaid.starter import Starter, Topic
from navaid.starter.vectors import digest, shipped
from navaid.terms import Claim, Question

_SAID = 0.8  # of a belief's words, weighted by rarity, that the question must use
_TOUCHED = 0.35  # of them, for a belief that is found by its meaning
_ALIKE, _ALIKE_IF_SAID = 0.58, 0.45  # least cosine of a part of the question and a belief, without and with its words
_MOST = 2
_DENIAL = frozenset({"not", "no", "never", "without", "cannot", "t"})  # "t" is what is left of "don't"
_SCALE = 508.0  # of the shipped int8 vectors, as in library/dense.py


def contradicted(
    library: Library, data: Starter, question: Question, texts: list[str]
) -> Iterator[tuple[Topic, Claim]]:
    """Up to two claims with their topics, those whose belief is nearest to one of the question's texts first."""
    vectors = _vectors(library, texts)
    held = frozenset(library.lexical.words(question.text))
    # Only what is named itself: a belief about immunotherapy is not in every question about one kind of it.
    named = frozenset(mention.concept for mention in vocabulary.find(question.text, typos=True))
    found: list[tuple[float, str, Topic, str]] = []
    for topic in data.topics:
        for row in topic.claims:
            score = max((_taken(library, belief, named, held, vectors) for belief in row.corrects), default=0.0)
            if score:
                found.append((-score, row.id, topic, row.text))
    for _, _, topic, text in sorted(found, key=lambda item: item[:2])[:_MOST]:
        yield topic, starter.claims(topic)[text]


def _taken(
    library: Library, belief: str, named: frozenset[str], held: frozenset[str], vectors: Vectors | None
) -> float:
    """How surely the belief is taken for granted: 1 for its own words, the cosine for its meaning, else 0."""
    things, words = _parts(belief)
    denies = _DENIAL & frozenset(library.lexical.words(belief))
    if not things <= named or (denies and not _DENIAL & held):
        return 0.0
    weights = {word: library.lexical.rarity(word) for word in library.lexical.words(words)}
    share = sum(weight for word, weight in weights.items() if word in held) / max(1e-9, sum(weights.values()))
    vector = _belief_vector(library, belief)
    if vectors is None or vector is None:
        return float(share >= _SAID)
    alike = float(np.max(vectors @ vector))
    wanted = _ALIKE_IF_SAID if share >= _SAID else _ALIKE
    return alike if share >= _TOUCHED and alike >= wanted else 0.0


@lru_cache(maxsize=4096)
def _parts(belief: str) -> tuple[frozenset[str], str]:
    """What a belief names, less what is too general, and its other words.

    The words of the names do not count twice: "CAR-T is approved for breast cancer" is not in every question
    about CAR-T for breast cancer, only in one that speaks of approval.
    """
    mentions = vocabulary.find(belief, typos=False)
    rest = belief
    for mention in reversed(mentions):
        rest = f"{rest[: mention.start]} {rest[mention.end :]}"
    return frozenset({mention.concept for mention in mentions} - too_general()), rest


def _vectors(library: Library, texts: list[str]) -> Vectors | None:
    """Unit vectors of the texts that were searched, or None without an embedding model."""
    if library.dense is None or not texts:
        return None
    return np.stack([library.dense.embed(text) for text in texts])


def _belief_vector(library: Library, belief: str) -> Vectors | None:
    known = shipped(library.dense.embedder.name) if library.dense else {}
    steps = known.get(digest(belief))
    return None if steps is None else steps.astype(np.float32) / _SCALE
