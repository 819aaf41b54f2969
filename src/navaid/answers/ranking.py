"""How well each claim of the embedded library answers a question: the log odds that it does.

What speaks for a claim is a handful of numbers (`FEATURES`): how alike it and the question are, how much of what was
asked it names, how well its topic was found. Their weights are data, `tables/ranking.yaml`; `benchmarks/ranking.py`
fits them by logistic regression on questions whose facts were written down beforehand, and prints what they are worth
on questions they were not fitted on. There are two sets, for a library with sentence vectors and for one without.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec
import yaml

from navaid.answers import topics
from navaid.answers.asked import Asked
from navaid.starter import ClaimRow, Starter, Topic, glossary
from navaid.terms import Question, Record, Run

_TABLE = Path(__file__).parent / "tables" / "ranking.yaml"
_BEST_OF_TOPIC = 5  # claims whose likeness is a topic's likeness

FEATURES = (
    "alike",  # cosine of the claim and the whole question
    "part_alike",  # the best cosine with a part of the question
    "asked_alike",  # the best cosine of the question with one that the claim is known to answer
    "standing",  # how well the search found it, by words and meaning, over the best of its run
    "things",  # share of the things named in the question that it, or its topic's title, names
    "words",  # the same of the question's other words
    "topic_found",  # how well its topic was found, over the topic found best
    "topic_named",  # how much of what was asked the topic's names name
    "topic_found_named",  # the product of the two
    "topic_alike",  # mean cosine of the topic's best claims; it says how much `alike` is worth
    "wanted",  # 1 if it speaks to a facet that was asked for
    "gist",  # 1 if it belongs to what its topic says first
    "named_gist",  # the same, times `topic_named`
    "glossary",  # 1 if it explains a word
)


class Ranked(NamedTuple):
    """A claim that may answer: its topic, its place there, its numbers in the order of `FEATURES`, its cosine."""

    topic: Topic
    row: ClaimRow
    order: int
    features: tuple[float, ...]
    things: float
    words: float
    alike: float
    standing: float


class Weights(Record, frozen=True):
    """A constant and a weight for each feature, by name."""

    constant: float
    features: dict[str, float]

    def score(self, features: Sequence[float]) -> float:
        """The log odds that a claim with these numbers answers."""
        return self.constant + sum(self.features[name] * value for name, value in zip(FEATURES, features, strict=True))


def weights(*, meaning: bool) -> Weights:
    """The weights for a library with sentence vectors, or for one that compares words alone."""
    return _table()["meaning" if meaning else "words"]


def candidates(data: Starter, question: Question, asked: Asked, runs: Sequence[Run]) -> list[Ranked]:
    """Every claim that a run returned, itself or by a question it answers, with its numbers; in the order of the files.

    `runs` are those over the embedded library, that for the whole question first.
    """
    place = _Places(runs)
    things_known = {thing for thing in asked.things if thing[0] != "?"}
    best = max(place.topics.values(), default=0.0)
    ranked: list[Ranked] = []
    for topic in data.topics:
        rows = [(order, row) for order, row in enumerate(topic.claims) if place.found(topic, row)]
        if not rows:
            continue
        title = topic.title
        is_glossary = topic.id == glossary.TOPIC
        in_names = 0.0 if is_glossary else topics.named(topic, asked)
        was_found = 0.0 if is_glossary or not best else place.topics.get(topic.document_id, 0.0) / best
        for order, row in rows:
            things, words = asked.coverage(row.text, title)
            alike, part_alike, asked_alike, standing = place.of(topic, row)
            numbers = {
                "alike": alike,
                "part_alike": part_alike,
                "asked_alike": asked_alike,
                "standing": standing,
                "things": max(0.0, things) if things_known else 0.0,
                "words": words,
                "topic_found": was_found,
                "topic_named": in_names,
                "topic_found_named": was_found * in_names,
                "topic_alike": place.alike.get(topic.document_id, 0.0),
                "wanted": float(row.facet in question.facets),
                "gist": float(row.gist),
                "named_gist": row.gist * in_names,
                "glossary": float(is_glossary),
            }
            features = tuple(numbers[name] for name in FEATURES)
            ranked.append(Ranked(topic, row, order, features, things, words, alike, standing))
    return ranked


class _Places:
    """Where some runs found each claim, by its own words and by the questions it is known to answer."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self._own: dict[tuple[str, str], tuple[float, float, float]] = {}  # whole cosine, part cosine, standing
        for number, run in enumerate(runs):
            best = max((scored.score for scored in run.passages), default=1.0)
            for scored in run.passages:
                key = (scored.passage.document_id, scored.passage.text)
                whole, part, standing = self._own.get(key, (0.0, 0.0, 0.0))
                cosine = scored.dense_score or 0.0
                whole, part = (max(whole, cosine), part) if number == 0 else (whole, max(part, cosine))
                self._own[key] = (whole, part, max(standing, scored.score / max(best, 1e-9)))
        self._least = min((whole for whole, _, _ in self._own.values() if whole), default=0.0)
        self.topics, self.alike = self._of_topics()

    def found(self, topic: Topic, row: ClaimRow) -> bool:
        return any((topic.document_id, text) in self._own for text in (row.text, *row.asks))

    def of(self, topic: Topic, row: ClaimRow) -> tuple[float, float, float, float]:
        """`alike`, `part_alike`, `asked_alike` and `standing` of a claim that was found."""
        whole, part, standing = self._own.get((topic.document_id, row.text), (0.0, 0.0, 0.0))
        asks = [self._own[key] for text in row.asks if (key := (topic.document_id, text)) in self._own]
        asked = max((max(one[0], one[1]) for one in asks), default=self._least)
        whole = whole or self._least  # not among the nearest: as near as the last of them, at most
        return whole, part or whole, asked, max(standing, *(one[2] for one in asks), 0.0)

    def _of_topics(self) -> tuple[dict[str, float], dict[str, float]]:
        """For each topic's document, the sum of its best standings and the mean of its best cosines."""
        standings: dict[str, list[float]] = {}
        cosines: dict[str, list[float]] = {}
        for (document, _), (whole, _, standing) in self._own.items():
            standings.setdefault(document, []).append(standing)
            cosines.setdefault(document, []).append(whole or self._least)
        return (
            {document: sum(sorted(values)[-_BEST_OF_TOPIC:]) for document, values in standings.items()},
            {document: statistics.mean(sorted(values)[-_BEST_OF_TOPIC:]) for document, values in cosines.items()},
        )


@cache
def _table() -> dict[str, Weights]:
    rows: Mapping[str, object] = yaml.safe_load(_TABLE.read_text(encoding="utf-8"))
    return {name: msgspec.convert(row, Weights) for name, row in rows.items()}
