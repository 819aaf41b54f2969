"""Who did what: of two directions, numbers, times, drugs or groups, each keeps what stands beside it.

A sentence is cut into segments at commas and joining words. Two marks of one sort that both sentences have are crossed
if what stood by the one alone now stands by the other alone, and the reverse.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations, pairwise

from navaid.answers.verify.guard.context import COMMON
from navaid.answers.verify.guard.roles import relations
from navaid.answers.verify.guard.timing import told
from navaid.answers.verify.pairing import Broken, Pair
from navaid.answers.verify.phrases import cues, table
from navaid.answers.verify.quantities import quantities
from navaid.answers.verify.words import Sentence, once
from navaid.vocabulary import vocabulary

_RIVALS = (
    frozenset(("women", "woman", "female", "females")),
    frozenset(("men", "man", "male", "males")),
    frozenset(("older", "elderly")),
    frozenset(("younger", "young")),
    frozenset(("control", "placebo", "sham")),
    frozenset(("intervention", "experimental")),
)
_MOST = 8  # marks of a sort that are looked at: the pairs grow with their square
_WEAK = frozenset(("=lasting", "=within", "=time_until", "=earlier", "=place", "=part", "=provide", "=take_medicine"))
_JOINS = cues("segment")
_SIGNS = {"up": "up", "good": "up", "down": "down", "bad": "down", "same": "same"}

Marks = dict[str, tuple[int, frozenset[str]]]  # by name of the mark, its place and the meanings of its segment


def check(pair: Pair) -> Iterator[Broken]:
    yield from _subject(pair)
    compares = any(relation.kind == "against" for relation in relations(pair.rewrite))
    given, said = _marks(pair.source), _marks(pair.rewrite)
    for sort in given:
        if compares and sort in ("name", "sign"):
            continue  # `roles` looks at comparisons
        shared = [name for name in given[sort] if name in said[sort]][:_MOST]
        for one, other in combinations(shared, 2):
            if _crossed(given[sort], said[sort], one, other):
                here, there = said[sort][one][0], said[sort][other][0]
                yield Broken(
                    rule="place",
                    source=f"{one}, {other}",
                    rewrite=pair.rewrite.said(min(here, there), max(here, there) + 1),
                )
                return


def _subject(pair: Pair) -> Iterator[Broken]:
    """ "A did as well as B, but was less toxic": the second clause speaks of the first name in both sentences."""
    first = [_first(sentence) for sentence in (pair.source, pair.rewrite)]
    if first[0] and first[1] and first[0] != first[1]:
        yield Broken(rule="place", source=str(first[0]), rewrite=str(first[1]))


def _first(sentence: Sentence) -> str | None:
    """The drug that a clause without a subject of its own speaks of: the first of two or more."""
    names = [
        key[1:]
        for word in sentence.words
        for key in word.keys
        if key[0] == "#" and vocabulary().concepts[key[1:]].kind in ("drugs", "regimens")
    ]
    elided = any(
        one == "but" and other in ("was", "were", "is", "are", "had", "has", "caused", "showed")
        for one, other in pairwise(sentence.texts)
    )
    return names[0] if elided and len(set(names)) > 1 else None


def _crossed(given: Marks, said: Marks, one: str, other: str) -> bool:
    a, b = given[one][1] - given[other][1], given[other][1] - given[one][1]
    c, d = said[one][1] - said[other][1], said[other][1] - said[one][1]
    return bool(a & d) and bool(b & c) and not a & c and not b & d


@once
def _marks(sentence: Sentence) -> dict[str, Marks]:
    """By sort of mark, those that the sentence has once."""
    places: dict[str, dict[str, list[int]]] = {"name": {}, "sign": {}, "number": {}, "time": {}}
    for i in range(len(sentence.words)):
        for name in _names(sentence, i):
            places["name"].setdefault(name, []).append(i)
    for label, start, _ in sentence.marks("directions"):
        places["sign"].setdefault(_SIGNS[label], []).append(start)
    for number in quantities(sentence):
        if not number.aside and number.unit in ("percent", ""):
            places["number"].setdefault(f"{number.value:g}", []).append(number.start)
    for side, start, _, _ in told(sentence):
        places["time"].setdefault(side, []).append(start)
    segments, keys = _segments(sentence)
    return {
        sort: {
            name: (at[0], frozenset(keys[segments[at[0]]] - _own(sentence, at[0])))
            for name, at in found.items()
            if at[-1] - at[0] < len(at)
        }
        for sort, found in places.items()
    }


def _own(sentence: Sentence, at: int) -> set[str]:
    return sentence.words[at].keys


def _segments(sentence: Sentence) -> tuple[list[int], list[set[str]]]:
    """The segment of each word, and the meanings in each segment, numbers and denials among them."""
    number = 0
    segments: list[int] = []
    keys: list[set[str]] = [set()]
    last = sentence.words[0] if sentence.words else None
    for word in sentence.words:
        turns = last is not None and word.clause != last.clause and word.text not in ("who", "which")
        if last is not None and (word.comma != last.comma or word.text in _JOINS or turns):
            number += 1
            keys.append(set())
        last = word
        segments.append(number)
        if word.text[:1].isdigit() or word.text in ("not", "no", "alone"):
            keys[number].add(word.text)
        elif not word.plain:
            keys[number] |= word.keys - COMMON - _WEAK
    return segments, keys


def _names(sentence: Sentence, i: int) -> list[str]:
    word = sentence.words[i]
    found = [min(rival) for rival in _RIVALS if word.text in rival]
    if word.raw.isupper() and len(word.raw) > 2 and not word.plain and word.text not in _statistics():
        found.append(word.text)
    for key in word.keys:
        if key[0] == "#" and vocabulary().concepts[key[1:]].kind in ("drugs", "drug_classes", "regimens"):
            found.append(key[1:])
    return found


@cache
def _statistics() -> frozenset[str]:
    return frozenset(table("speech")["statistics"].split())
