"""A question to a run of scored passages: words and meaning, in one score.

The score is a convex combination of BM25 (over the best BM25 of the run) and cosine (Bruch, Gai and
Ingber 2023, "An Analysis of Fusion Functions for Hybrid Retrieval"); it beat fusion by rank on every
set that was tried. A library without vectors gives the lexical run.
"""

from __future__ import annotations

import enum

from navaid.config import Settings
from navaid.library.dense import DenseIndex
from navaid.library.lexical import LexicalIndex
from navaid.library.store import Store
from navaid.library.understand import Query, understand, weighted
from navaid.terms import Run, ScoredPassage

_DEPTH = 100  # how deep each retriever looks before fusion

Hits = list[tuple[int, float]]  # (passage key, score), best first


class Part(enum.Enum):
    """Which passages are searched: claims of the starter library, texts of sources, or both."""

    ALL = "all"
    STARTER = "starter"
    SOURCES = "sources"


def search(
    store: Store,
    lexical: LexicalIndex,
    dense: DenseIndex | None,
    text: str,
    settings: Settings,
    limit: int,
    part: Part = Part.ALL,
) -> Run:
    """The run for a question, best passage first, at most `limit`."""
    query = understand(text)
    depth = max(_DEPTH, limit)
    by_words = _by_words(lexical, query, settings, depth, part)
    by_meaning: Hits = []
    # To a question without a word that carries meaning, every passage is as near as any other.
    if dense is not None and settings.dense_share and lexical.words(query.text):
        by_meaning = _by_meaning(store, dense, query, depth, part, [key for key, _ in by_words])
    fused = fuse(by_words, by_meaning, settings.dense_share)[:limit]
    passages = store.passages([key for key, _ in fused])
    lexical_places, dense_places = _places(by_words), _places(by_meaning)
    return Run(
        query=query.text,
        expanded=query.other_names,
        retrievers=tuple(name for name, hits in (("lexical", by_words), ("dense", by_meaning)) if hits),
        passages=tuple(
            ScoredPassage(
                passage=passages[key],
                score=score,
                lexical_rank=lexical_places.get(key, (None, None))[0],
                lexical_score=lexical_places.get(key, (None, None))[1],
                dense_rank=dense_places.get(key, (None, None))[0],
                dense_score=dense_places.get(key, (None, None))[1],
            )
            for key, score in fused
            if key in passages
        ),
    )


def fuse(by_words: Hits, by_meaning: Hits, dense_share: float) -> Hits:
    """`(key, score)`, best first; equal scores in the order of the keys.

    A passage that has no vector yet is given the lowest cosine of the run, so that a library half
    embedded still finds by words.

    >>> fuse([(1, 8.0), (2, 4.0)], [(2, 0.75), (3, 0.5)], 0.5)
    [(1, 0.75), (2, 0.625), (3, 0.25)]
    """
    best = by_words[0][1] if by_words else 1.0
    words = {key: score / best for key, score in by_words}
    if not by_meaning:
        return sorted(words.items(), key=lambda item: (-item[1], item[0]))
    meaning = dict(by_meaning)
    lowest = min(meaning.values())
    scores = {
        key: (1 - dense_share) * words.get(key, 0.0) + dense_share * meaning.get(key, lowest)
        for key in words.keys() | meaning.keys()
    }
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def _by_words(lexical: LexicalIndex, query: Query, settings: Settings, depth: int, part: Part) -> Hits:
    forms = weighted(query, lexical.words, settings.synonym_weight)
    starter = None if part is Part.ALL else part is Part.STARTER
    return lexical.search(forms, depth, heading_weight=settings.heading_weight, starter=starter)


def _by_meaning(store: Store, dense: DenseIndex, query: Query, depth: int, part: Part, also: list[int]) -> Hits:
    """The nearest passages, and the cosine of those that were found by words."""
    own = store.starter_keys() if part is not Part.ALL else frozenset()
    vector = dense.embed(query.text)
    if part is Part.STARTER:  # few enough to compare with all; a hit by words needs its own cosine too
        near, by_words = dense.cosines(vector, sorted(own)), set(also)
        return near[:depth] + [hit for hit in near[depth:] if hit[0] in by_words]
    hits = dict(dense.search(vector, depth + len(own)))
    hits |= dict(dense.cosines(vector, also))
    kept = [(key, cosine) for key, cosine in hits.items() if key not in own]
    return sorted(kept, key=lambda item: (-item[1], item[0]))


def _places(hits: Hits) -> dict[int, tuple[int, float]]:
    return {key: (rank, score) for rank, (key, score) in enumerate(hits, 1)}
