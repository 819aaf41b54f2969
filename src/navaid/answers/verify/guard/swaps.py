"""A word in whose very place its opposite or rival stands ("women" for "men", "weeks" for "months")."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from navaid.answers.verify.pairing import Broken, Pair
from navaid.answers.verify.phrases import cues, table

_SMALL = cues("small_swap")


def check(pair: Pair) -> Iterator[Broken]:
    groups = _groups()
    source, rewrite = pair.source.texts, pair.rewrite.texts
    for a, b, c, d in pair.changes:
        if b - a > 4 or d - c > 4:
            continue
        for i in range(a, b):
            for j in range(c, d):
                if not pair.near and (source[i] in _SMALL or not _framed(pair, a, b, c, d)):
                    continue
                if (
                    _rivals(groups, source[i], rewrite[j])
                    and rewrite[j] not in source[a:b]
                    and source[i] not in rewrite[c:d]
                ):
                    yield pair.broken("swap", (i, i + 1), (j, j + 1))


def _framed(pair: Pair, a: int, b: int, c: int, d: int) -> bool:
    """Whether the same words stand on both sides of the change."""
    source, rewrite = pair.source.texts, pair.rewrite.texts
    before = a and c and source[a - 1] == rewrite[c - 1]
    return bool(before and b < len(source) and d < len(rewrite) and source[b] == rewrite[d])


def _rivals(groups: dict[str, set[tuple[int, int]]], one: str, other: str) -> bool:
    """Whether two words are on different sides of one group, and never on the same side."""
    mine, theirs = groups.get(one), groups.get(other)
    if not mine or not theirs or mine & theirs:
        return False
    return any(g == h and side != place for g, side in mine for h, place in theirs)


@cache
def _groups() -> dict[str, set[tuple[int, int]]]:
    groups: dict[str, set[tuple[int, int]]] = {}
    for number, row in enumerate(table("swaps")["groups"]):
        for side, words in enumerate(row.split("|")):
            for word in words.split():
                groups.setdefault(word, set()).add((number, side))
    return groups
