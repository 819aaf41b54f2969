"""A statement before it is decided whether it is given, and how the better of several are chosen."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from navaid.terms import Assertion, Value


class Rank(enum.IntEnum):
    """How much a section's word weighs; the lower, the more. `NEVER` are places that say nothing of this tumour."""

    REPORT = 0
    COMMENT = 1
    GROSS = 2
    FROZEN = 3
    CLINICAL = 4
    NEVER = 9


@dataclass(frozen=True)
class Mention:
    """A statement before it is decided whether it is given: the lower `strength`, the more directly it is stated."""

    concept: str
    value: Value
    start: int
    end: int
    rule: str
    strength: int = 0
    rank: Rank = Rank.REPORT
    unit: str = ""
    tumour: str = ""
    side: str = ""
    specimen: str = "breast"
    assertion: Assertion = Assertion.PRESENT
    details: dict[str, Value] = field(default_factory=dict)


def best(mentions: Sequence[Mention]) -> list[Mention]:
    """Of each concept the mentions of the best section that has any, and there the most direct ones.

    A gross size gives way to a final one, a grade told by differentiation to one told by number.
    """
    kept: dict[str, tuple[int, int]] = {}
    for m in mentions:
        key = (int(m.rank), m.strength)
        if m.rank != Rank.NEVER and (m.concept not in kept or key < kept[m.concept]):
            kept[m.concept] = key
    return _without_twins(m for m in mentions if kept.get(m.concept) == (int(m.rank), m.strength))


def _without_twins(mentions: Iterable[Mention]) -> list[Mention]:
    seen: set[tuple[str, Value, int]] = set()
    found = []
    for m in mentions:
        key = (m.concept, m.value, m.start)
        if key not in seen:
            seen.add(key)
            found.append(m)
    return found
