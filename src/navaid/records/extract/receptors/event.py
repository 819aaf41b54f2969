"""One thing that stands around a marker: what it is, where, and what it says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Event:
    """`text[start:end]` is of a `kind`: mark, state, percent, plus, other, stop … (the names of patterns.py).

    `value` is the marker, the state, the number; `low` and `high` bound a percentage, `sign` is its comparator.
    """

    kind: str
    start: int
    end: int
    value: str = ""
    low: float = 0.0
    high: float = 0.0
    sign: str = ""
    short: bool = False
