"""How well each claim of the embedded library answers a question: the log odds that it does.

What speaks for a claim is a handful of numbers (`FEATURES`): how alike it and the question are, how much of what was
asked it names, how well its topic was found. Their weights are data, `tables/ranking.yaml`; `benchmarks/ranking.py`
fits them by logistic regression on questions whose facts were written down beforehand, and prints what they are worth
on questions they were not fitted on. There are two sets, for a library with sentence vectors and for one without.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from navaid import vocabulary
from navaid.answers import topics
from navaid.answers.asked import Asked, spoken_of, too_general
from navaid.starter import ASKED, ClaimRow, Starter, Topic, glossary
from navaid.tables import load as load_table
from navaid.terms import Question, Record, Run

_TABLE = Path(__file__).parent / "tables" / "ranking.yaml"
_SPECIFIC = frozenset({"drugs", "drug_classes", "regimens", "therapies", "biomarkers"})
_BEST_OF_TOPIC = 5  # claims whose likeness is a topic's likeness

FEATURES = (
    "alike",  # cosine of the claim and the whole question
    "part_alike",  # the best cosine with a part of the question
    "asked_alike",  # cosine of the question and those that the claim is known to answer
    "standing",  # how well the search found it, by words and meaning, over the best of its run
    "things",  # share of the things named in the question that it, or its topic's title, names
    "own_things",  # the same of its own words alone
    "words",  # the same of the question's other words
    "topic_found",  # how well its topic was found, over the topic found best
    "topic_named",  # how much of what was asked the topic's names name
    "topic_names_one",  # 1 if the topic's title or another of its names names a thing that the question is most about
    "topic_found_named",  # the product of the two
    "topic_alike",  # mean cosine of the topic's best claims; it says how much `alike` is worth
    "topic_asked",  # the same of what the topic's claims are known to answer
    "foreign",  # 1 if it names medicines, treatments or markers, and none that is near what the question names
    "wanted",  # 1 if it speaks to a facet that was asked for
    "named_wanted",  # the same, where `topic_names_one`
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
    alike: float


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
    near = things_known | {
        n for thing in things_known for n in (*vocabulary.broader(thing), *vocabulary.narrower(thing))
    }
    best = max(place.topics.values(), default=0.0)
    ranked: list[Ranked] = []
    for topic in data.topics:
        rows = [(order, row) for order, row in enumerate(topic.claims) if place.found(topic, row)]
        if not rows:
            continue
        title = topic.title
        is_glossary = topic.id == glossary.TOPIC
        in_names = 0.0 if is_glossary else topics.named(topic, asked)
        names_one = not is_glossary and topics.names_one(topic, asked)
        was_found = 0.0 if is_glossary or not best else place.topics.get(topic.document_id, 0.0) / best
        for order, row in rows:
            things, words = asked.coverage(row.text, title)
            own, _ = asked.coverage(row.text, "")
            alike, part_alike, asked_alike, standing = place.of(topic, row)
            numbers = {
                "alike": alike,
                "part_alike": part_alike,
                "asked_alike": asked_alike,
                "standing": standing,
                "things": max(0.0, things) if things_known else 0.0,
                "own_things": max(0.0, own) if things_known else 0.0,
                "words": words,
                "topic_found": was_found,
                "topic_named": in_names,
                "topic_names_one": float(names_one),
                "topic_found_named": was_found * in_names,
                "topic_alike": place.alike.get((topic.document_id, False), 0.0),
                "topic_asked": place.alike.get((topic.document_id, True), 0.0),
                "foreign": float(_is_foreign(row.text, near)),
                "wanted": float(row.facet in question.facets),
                "named_wanted": float(names_one and row.facet in question.facets),
                "gist": float(row.gist),
                "named_gist": row.gist * in_names,
                "glossary": float(is_glossary),
            }
            features = tuple(numbers[name] for name in FEATURES)
            ranked.append(Ranked(topic, row, order, features, alike))
    return ranked


def _is_foreign(text: str, near: AbstractSet[str]) -> bool:
    """True if a text names something of a specific kind, and nothing of those kinds that is `near`."""
    named = {thing for thing in spoken_of(text) if vocabulary.concept(thing).kind in _SPECIFIC} - too_general()
    return bool(named) and not named & near


class _Found(NamedTuple):
    """How some runs found a passage: its cosine with the whole question and with the best part, its standing."""

    whole: float = 0.0
    part: float = 0.0
    standing: float = 0.0


class _Places:
    """Where some runs found each claim, by its own words and by what people ask to which it is the answer."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self._own: dict[tuple[str, str], _Found] = {}
        self._asked: dict[tuple[str, str], _Found] = {}
        for number, run in enumerate(runs):
            best = max((scored.score for scored in run.passages), default=1.0)
            for scored in run.passages:
                passage, cosine = scored.passage, scored.dense_score or 0.0
                held = self._asked if passage.heading_path[-1:] == (ASKED,) else self._own
                known = held.get((passage.document_id, passage.text), _Found())
                held[passage.document_id, passage.text] = _Found(
                    whole=max(known.whole, cosine) if number == 0 else known.whole,
                    part=max(known.part, cosine) if number else known.part,
                    standing=max(known.standing, scored.score / max(best, 1e-9)),
                )
        # What is not among the nearest is as near as the last of them, at most.
        self._least = min((one.whole for one in self._own.values() if one.whole), default=0.0)
        self._least_asked = min((one.whole for one in self._asked.values() if one.whole), default=0.0)
        self.topics = self._standings()
        self.alike = self._cosines()

    def found(self, topic: Topic, row: ClaimRow) -> bool:
        return (topic.document_id, row.text) in self._own or (topic.document_id, row.asked) in self._asked

    def of(self, topic: Topic, row: ClaimRow) -> tuple[float, float, float, float]:
        """`alike`, `part_alike`, `asked_alike` and `standing` of a claim that was found."""
        own = self._own.get((topic.document_id, row.text), _Found())
        asked = self._asked.get((topic.document_id, row.asked), _Found())
        whole = own.whole or self._least
        return whole, own.part or whole, asked.whole or self._least_asked, max(own.standing, asked.standing)

    def _standings(self) -> dict[str, float]:
        """For each topic's document, the sum of its best standings."""
        values: dict[str, list[float]] = {}
        for (document, _), one in (*self._own.items(), *self._asked.items()):
            values.setdefault(document, []).append(one.standing)
        return {document: sum(sorted(some)[-_BEST_OF_TOPIC:]) for document, some in values.items()}

    def _cosines(self) -> dict[tuple[str, bool], float]:
        """For each topic's document, the mean of its best cosines: of its claims, and of what they answer."""
        values: dict[tuple[str, bool], list[float]] = {}
        for is_asked, held, least in ((False, self._own, self._least), (True, self._asked, self._least_asked)):
            for (document, _), one in held.items():
                values.setdefault((document, is_asked), []).append(one.whole or least)
        return {key: statistics.mean(sorted(some)[-_BEST_OF_TOPIC:]) for key, some in values.items()}


@cache
def _table() -> dict[str, Weights]:
    rows: Mapping[str, object] = load_table(_TABLE.read_text(encoding="utf-8"))
    return {name: msgspec.convert(row, Weights) for name, row in rows.items()}
