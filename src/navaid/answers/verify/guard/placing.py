"""Rivals that both sentences name (drugs, sexes, arms) keep their places: what is said of one is said of no other."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations

from navaid.answers.verify.guard.context import COMMON
from navaid.answers.verify.guard.roles import relations
from navaid.answers.verify.pairing import Broken, Pair
from navaid.answers.verify.phrases import table
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
_REACH = 4


def check(pair: Pair) -> Iterator[Broken]:
    if any(relation.kind == "against" for relation in relations(pair.rewrite)):
        return  # `roles` looks at comparisons
    given, said = _told(pair.source), _told(pair.rewrite)
    for one, other in combinations(sorted(given.keys() & said.keys()), 2):
        a, b = given[one] - given[other], given[other] - given[one]
        c, d = said[one] - said[other], said[other] - said[one]
        straight, crossed = len(a & c) + len(b & d), (len(a & d), len(b & c))
        if not straight and all(crossed):
            yield Broken(rule="place", source=f"{one}, {other}", rewrite=f"{one}, {other}")
            return


@once
def _told(sentence: Sentence) -> dict[str, set[str]]:
    """By rival that the sentence names once: the meanings near it, numbers among them."""
    places: dict[str, list[int]] = {}
    for i in range(len(sentence.words)):
        for name in _names(sentence, i):
            places.setdefault(name, []).append(i)
    return {name: _near(sentence, at[0]) for name, at in places.items() if at[-1] - at[0] < len(at)}


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


def _near(sentence: Sentence, at: int) -> set[str]:
    words = sentence.words
    keys: set[str] = set()
    for step in (-1, 1):
        count, i = 0, at + step
        while 0 <= i < len(words) and count < _REACH and words[i].clause == words[at].clause:
            word = words[i]
            if word.text[:1].isdigit():
                keys.add(word.text)
                count += 1
            elif not word.plain and not _names(sentence, i):
                keys |= word.keys
                count += 1
            elif word.text in ("more", "less", "not", "no"):
                keys.add(word.text)
            i += step
    return keys - COMMON
