"""More stays more and better stays better: each direction of the rewrite is one that the source states."""

from __future__ import annotations

from collections.abc import Iterator

from navaid.answers.verify.guard import roles
from navaid.answers.verify.guard.arms import numbered
from navaid.answers.verify.guard.context import COMMON
from navaid.answers.verify.guard.negation import denials
from navaid.answers.verify.guard.trend import Trend, agree, opposed, trends
from navaid.answers.verify.pairing import Broken, Pair
from navaid.answers.verify.quantities import quantities

_BEST = 0.75  # of the best match, what a direction that agrees must reach


def check(pair: Pair) -> Iterator[Broken]:
    given, said = trends(pair.source), trends(pair.rewrite)
    if pair.near:
        yield from _changed(pair, given, said)
        return
    moved = [t for t in said if t.label != "same" and not t.denied]
    moved = [t for t in moved if not pair.holds(pair.source, pair.rewrite.words[t.start].keys - COMMON)]
    if not given and moved and not _told(pair):
        yield pair.broken("direction", None, (moved[0].start, moved[0].end))
    moves = [t for t in given if t.label != "same"]
    plain = [t for t in said if t.label != "same" and not t.denied]
    if moves and all(t.denied for t in moves) and plain and not denials(pair.rewrite):
        yield pair.broken("negation", (moves[0].start, moves[0].end), (plain[0].start, plain[0].end))
    if not moves and any(mark[0] == "linked" for mark in pair.source.marks("certainty")):
        down = [t for t in plain if pair.rewrite.texts[t.start] in ("less", "lower", "fewer", "reduced", "lowered")]
        if down and not given:
            yield pair.broken("direction", None, (down[0].start, down[0].end))
    if not given and (false := _counted(pair)):
        yield false
    for trend in said:
        if given and not _stated(trend, given) and not roles.turned(pair, trend):
            best = max(given, key=lambda other: _shared(trend, other))
            yield pair.broken("direction", (best.start, best.end), (trend.start, trend.end))


def _counted(pair: Pair) -> Broken | None:
    """A comparison of the rewrite that the source's own numbers deny."""
    for relation in roles.relations(pair.rewrite):
        moves = [move for move in relation.moves if move.label in ("up", "down") and not move.denied]
        if relation.kind != "against" or len(moves) != 1 or not moves[0].about & pair.source.keys - relation.second:
            continue
        ours, theirs = numbered(pair.source, set(relation.first)), numbered(pair.source, set(relation.second))
        if ours is not None and theirs is not None and (ours - theirs) * moves[0].size < 0:
            return pair.broken("direction", None, (moves[0].start, relation.end))
    return None


def _told(pair: Pair) -> bool:
    """Whether the source may say what rose or fell by numbers, or in words that no table of directions holds."""
    return bool(quantities(pair.source)) or bool(pair.source.marks("worth"))


def _stated(trend: Trend, given: list[Trend]) -> bool:
    """Whether the source states this direction, of the same thing as far as that can be told."""
    if trend.label == "same":
        return any(other.label == "same" or other.denied for other in given)
    given = [other for other in given if other.label != "same"] or given
    given = [other for other in given if other.aside == trend.aside] or given
    best = max(_shared(trend, other) for other in given)
    if any(agree(trend, other) for other in given if _shared(trend, other) >= _BEST * best):
        return True
    return not any(opposed(trend, other) for other in given if _shared(trend, other) >= best / 2)


def _shared(one: Trend, other: Trend) -> int:
    return len(one.about & other.about) + 2 * len(one.close & other.close)


def _changed(pair: Pair, given: list[Trend], said: list[Trend]) -> Iterator[Broken]:
    """A direction in whose very place another stands."""
    for a, b, c, d in pair.changes:
        if b - a > 8 or d - c > 8:
            continue
        old = [t for t in given if a <= t.start < b]
        new = [t for t in said if c <= t.start < d]
        for t in new:
            if old and all(_against(t, o) for o in old) and not roles.turned(pair, t):
                yield pair.broken("direction", (a, b), (c, d))
                break


def _against(one: Trend, other: Trend) -> bool:
    signs = {"up": 1, "good": 1, "down": -1, "bad": -1, "same": 0}
    pairs = {one.label, other.label}
    return pairs in ({"up", "down"}, {"good", "bad"}) and signs[one.label] != signs[other.label]
