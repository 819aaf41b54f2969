"""What a question asks about, in parts that a sentence can be held against.

The things that it names weigh most; its other words less, and the words people put around a question
(`library/chatter.txt`) nothing. A name that looks like a drug's and that nobody knows counts as a thing
of which nothing is said.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from navaid import vocabulary
from navaid.library import Library
from navaid.library.understand import chatter
from navaid.records.deidentify.lexicon import ordinary
from navaid.tables import load as load_table

_TABLE = Path(__file__).parent / "tables" / "asking.yaml"
_IN_CONTEXT = 0.75  # what only the heading or the title says counts this much
_ONE_THING = 0.6  # of the coverage, for speaking of any one of the things
UNKNOWN_THING = -2.0
_MAIN = 0.5  # of the heaviest thing's weight, to be what a question is most about
_WORD = 4.0  # most weight of another word: a rare word is as often a slip as a subject


class Asked:
    """The things and words of a question, each with its weight."""

    def __init__(self, library: Library, text: str) -> None:
        self._words, self._stems = library.lexical.words, library.lexical.stems
        self.things: dict[str, float] = {}
        rest = text
        for mention in reversed(vocabulary.find(text, typos=True)):
            rest = f"{rest[: mention.start]} {rest[mention.end :]}"
            if mention.concept not in too_general():
                self.things[mention.concept] = _data()["weights"][vocabulary.concept(mention.concept).kind]
        self.words = {
            stem: min(library.lexical.rarity(stem), _WORD)
            for word in re.findall(r"[^\W_]+", rest)
            if word.lower() not in chatter()
            for stem in self._words(word)
        }
        for word in unknown_names(rest):
            if not any(library.lexical.frequency(stem) for stem in self._words(word)):
                self.things[f"?{word}"] = max(_data()["weights"].values())

    @property
    def main(self) -> list[str]:
        """Ids of the things that the question is most about."""
        known = {thing: weight for thing, weight in self.things.items() if thing[0] != "?"}
        return [thing for thing, weight in known.items() if weight >= _MAIN * max(known.values())]

    def coverage(self, sentence: str, context: str) -> tuple[float, float]:
        """How much of the things, and of the other words, the sentence or its context speaks of, 0 to 1.

        One thing of several is most of the way: "Ki-67 shows how many cells divide" answers part of a
        question on four results. The first number is -1 for a question that names no thing, and
        `UNKNOWN_THING` for one that names something nobody knows.
        """
        inside, around = self._stems(sentence), self._stems(context)
        words = self._share(self.words, inside, around) if self.words else 0.0
        if not self.things:
            return -1.0, words
        spoken, beside = spoken_of(sentence), spoken_of(context)
        known = {thing: weight for thing, weight in self.things.items() if thing[0] != "?"}
        if len(known) < len(self.things):  # a name nobody knows: nothing here speaks of it
            return UNKNOWN_THING, words
        one = 1.0 if spoken & known.keys() else _IN_CONTEXT if beside & known.keys() else 0.0
        return _ONE_THING * one + (1 - _ONE_THING) * self._share(known, spoken, beside), words

    @staticmethod
    def _share(weights: dict[str, float], inside: frozenset[str], around: frozenset[str]) -> float:
        found = sum(w * (1.0 if p in inside else _IN_CONTEXT if p in around else 0.0) for p, w in weights.items())
        return found / sum(weights.values())


@lru_cache(maxsize=50_000)
def _spoken_of(text: str) -> frozenset[str]:
    named = {mention.concept for mention in vocabulary.find(text, typos=False)}
    return frozenset(named | {above for concept in named for above in vocabulary.broader(concept)})


def spoken_of(text: str) -> frozenset[str]:
    """Ids of what a text names, with what stands above each ("tamoxifen" speaks of endocrine therapy)."""
    return _spoken_of(text) if len(text) < 400 else _spoken_of.__wrapped__(text)


def unknown_names(text: str) -> list[str]:
    """Words that end like a drug's name, are written like a product's or a trial's, or stand where a name stands.

    >>> unknown_names("side effects of zelpriciclib"), unknown_names("is MammaClear better")
    (['zelpriciclib'], ['MammaClear'])
    >>> unknown_names("the LUMENARA-04 trial"), unknown_names("is knitting ok")
    (['LUMENARA'], [])
    """
    endings = tuple(_data()["drug_endings"])
    words = re.findall(r"[A-Za-z]{7,}", text)
    found = [w for w in words if w.lower().endswith(endings) or re.search(r"[a-z][A-Z][a-z]", w)]
    found += re.findall(r"\b([A-Z]{5,})-?\d{1,3}\b", text)
    for around in _around_names():
        found += [match.group("name") for match in around.finditer(text) if not ordinary(match.group("name"))]
    return list(dict.fromkeys(found))


@cache
def _around_names() -> list[re.Pattern[str]]:
    name = r"(?P<name>[A-Za-z]{7,})"
    return [re.compile(one.replace("(NAME)", name), re.IGNORECASE) for one in _data()["around_names"]]


def other_cancer(title: str) -> str:
    """The other cancer that a title names, or an empty string; a title that speaks of the breast names none.

    >>> other_cancer("Prostate Cancer Treatment"), other_cancer("Ductal Carcinoma in Situ")
    ('prostate', '')
    """
    kinds = {vocabulary.concept(m.concept).kind for m in vocabulary.find(title, typos=False)}
    if "subtypes" in kinds or re.search(r"\bbreasts?\b", title, re.IGNORECASE):
        return ""
    found = _other_cancers().search(title)
    return found.group().lower() if found else ""


@cache
def too_general() -> frozenset[str]:
    """Ids of things that are too general to be what a question is about."""
    return frozenset(_data()["too_general"])


@cache
def _other_cancers() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_data()['other_cancers'])})\b", re.IGNORECASE)


@cache
def _data() -> dict[str, Any]:
    table: dict[str, Any] = load_table(_TABLE.read_text(encoding="utf-8"))
    return table
