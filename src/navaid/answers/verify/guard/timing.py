"""Before, during and after: each event keeps its side of what it is told by."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from navaid.answers.verify.guard.context import COMMON
from navaid.answers.verify.pairing import Broken, Pair
from navaid.answers.verify.phrases import Phrases, table
from navaid.answers.verify.words import Sentence, once

_REACH = 2


def check(pair: Pair) -> Iterator[Broken]:
    given, said = told(pair.source), told(pair.rewrite)
    for side, start, end, event in said:
        theirs = [other for other in given if event & other[3]]
        ours = [other for other in said if event & other[3]]
        if not theirs:
            continue
        strange = not any(other[0] == side for other in theirs)
        moved = len(ours) == len(theirs) and sorted(o[0] for o in ours) != sorted(o[0] for o in theirs)
        if strange or moved:
            yield pair.broken("timing", (theirs[0][1], theirs[0][2]), (start, end))
            return


@once
def told(sentence: Sentence) -> list[tuple[str, int, int, set[str]]]:
    """Each word of time, and what it is told by."""
    found = []
    for side, start, end in _phrases().find(sentence.texts):
        if "operat" in sentence.texts[end - 1] or "surg" in sentence.texts[end - 1]:
            found.append((side, start, end, {"=surgery"}))
            continue
        event = sentence.after(end, _REACH) - COMMON
        if event:
            found.append((side, start, end, event))
    return found


@cache
def _phrases() -> Phrases:
    rows = table("cues")
    return Phrases({side: rows[side] for side in ("before", "during", "after")} | {"none": rows["no_time"]})
