"""Which class a message is most like, by the weights of its words: a second look where no rule was met.

The rules say what they look for, and so miss what nobody thought of. `data/likeness.csv` weighs single words and
pairs of near words by how much more often they stand in our own messages of one class than in those of the others
(`benchmarks/likeness.py` computes it). It is a sum of numbers that can be read in that file, not a language model:
the same words always give the same answer, and the reason names the words that weighed most.
"""

from __future__ import annotations

import csv
import functools
import importlib.resources
import itertools
import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

NORMAL, _FEVER, _NUMBER = "#normal", "#fever", "#"  # numbers that may be a temperature, in either unit, and others
_SHOWN = 4
_CLASSES = ("medicine", "treatment", "relative", "milestone")


class Like(NamedTuple):
    """The class a message is most like beside the ordinary one, its share of all (0 to 1), and what weighed most."""

    name: str
    share: float
    words: tuple[str, ...]
    read: frozenset[str]


class _Weights(NamedTuple):
    names: tuple[str, ...]
    start: tuple[float, ...]
    rows: dict[str, tuple[float, ...]]


def most_like(tokens: list[str], kinds: Mapping[str, str]) -> Like:
    """The class, beside the ordinary one, that the words of a message weigh most for."""
    weights = _weights()
    sums = list(weights.start)
    read = features(tokens, kinds)
    met = [(feature, row) for feature in read if (row := weights.rows.get(feature))]
    for _, row in met:
        for i, weight in enumerate(row):
            sums[i] += weight
    best = max(range(1, len(sums)), key=sums.__getitem__, default=0)
    share = 1 / sum(math.exp(min(50.0, value - sums[best])) for value in sums)
    heaviest = sorted(met, key=lambda pair: -pair[1][best])[:_SHOWN]
    words = tuple(feature.replace("_", " ") for feature, _ in heaviest)
    return Like(weights.names[best], share, words, frozenset(read))


def features(tokens: list[str], kinds: Mapping[str, str]) -> Iterable[str]:
    """Each word, each pair and each three in a row, and each pair with one word between; medicines, treatments and
    relatives by their kind, so that a drug nobody wrote down weighs like the others."""
    read = ["^", *(_kind(token, kinds) for token in tokens if token not in ",_")]
    found = itertools.chain(
        read,
        map("_".join, itertools.pairwise(read)),
        map("_".join, zip(read, read[1:], read[2:], strict=False)),
        (f"{first}_.._{third}" for first, third in zip(read, read[2:], strict=False)),
    )
    return dict.fromkeys(found)


def kinds_of(classes: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The single words of the classes whose members weigh alike, each with the name of its class."""
    found: dict[str, str] = {}
    for name in _CLASSES:
        for word in _members(name, classes):
            if word.isalpha() and len(word) > 2:
                found.setdefault(word, f"<{name}>")
    return found


def _members(name: str, classes: Mapping[str, tuple[str, ...]]) -> Iterable[str]:
    for entry in classes[name]:
        yield from _members(entry.strip("<>"), classes) if entry.startswith("<") else (entry,)


def _kind(token: str, kinds: Mapping[str, str]) -> str:
    if not token[0].isdecimal():
        return kinds.get(token, token)
    value = float(token)
    if 36 <= value <= 37.5 or 96.8 <= value <= 99.5:
        return NORMAL
    return _FEVER if 37.5 < value <= 42 or 99.5 < value <= 107 else _NUMBER


@functools.cache
def _weights() -> _Weights:
    """The table, read once: the first row names the classes, the second is what each starts from."""
    file = importlib.resources.files(__package__).joinpath("data", "likeness.csv")
    rows = csv.reader(file.read_text("utf-8").splitlines())
    names = tuple(next(rows)[1:])
    start, *others = ((row[0], tuple(int(cell or 0) / 100 for cell in row[1:])) for row in rows)
    return _Weights(names, start[1], dict(others))
