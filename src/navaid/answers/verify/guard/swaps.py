"""A word in whose very place its opposite or rival stands ("women" for "men", "weeks" for "months")."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from navaid.answers.verify.guard.roles import relations
from navaid.answers.verify.pairing import Broken, Pair
from navaid.answers.verify.phrases import cues, table

_SMALL = cues("small_swap")
_JOINED = frozenset(("and", "or"))  # "A and B" is "B and A"
_SHORT = 5  # letters of a word that may be a plain one, though no table has it


def check(pair: Pair) -> Iterator[Broken]:
    yield from _changed_places(pair)
    groups = _groups()
    source, rewrite = pair.source.texts, pair.rewrite.texts
    for a, b, c, d in pair.changes:
        if b - a > 4 or d - c > 4:
            continue
        if pair.near:
            yield from _unknown(pair, a, b, c, d)
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


def _changed_places(pair: Pair) -> Iterator[Broken]:
    """Two words that took each other's place: "the pathologist removes it so that the surgeon can study it"."""
    if not pair.near or any(relation.kind == "against" for relation in relations(pair.rewrite)):
        return  # `roles` looks at comparisons
    moved: dict[tuple[str, str], tuple[int, int]] = {}
    for a, b, c, d in pair.changes:
        if b - a != 1 or d - c != 1 or pair.source.words[a].plain:
            continue
        one, other = pair.source.texts[a], pair.rewrite.texts[c]
        if (other, one) in moved and set(pair.source.texts[moved[other, one][0] + 1 : a]) - _JOINED:
            yield pair.broken("swap", (moved[other, one][0], a + 1), (moved[other, one][1], c + 1))
            return
        moved[one, other] = a, c


def _unknown(pair: Pair, a: int, b: int, c: int, d: int) -> Iterator[Broken]:
    """A word that no table knows in the place of another that is gone: "cholesterol" for "triglyceride"."""
    old = [i for i in range(a, b) if not pair.source.words[i].plain and pair.source.texts[i].isalpha()]
    new = [i for i in range(c, d) if not pair.rewrite.words[i].plain and pair.rewrite.texts[i].isalpha()]
    if len(old) != 1 or len(new) != 1 or pair.rewrite.words[new[0]].aside:
        return
    word = pair.rewrite.words[new[0]]
    foreign = not any(key[0] in "=#~" for key in word.keys) and not pair.holds(pair.source, word.keys)
    marked = any(
        at <= new[0] < end
        for name in ("directions", "certainty", "negation")
        for _, at, end in pair.rewrite.marks(name)
    )
    if foreign and not marked and len(word.text) > _SHORT and not pair.kept(old)[0]:
        yield pair.broken("swap", (old[0], old[0] + 1), (new[0], new[0] + 1))


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
