"""A field: a marker, or several that share a result ("ER and PR are positive"), and what is said of it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from navaid.records.extract.receptors.event import Event

RESULTS = ("state", "plus", "percent", "sign", "level", "allred", "hscore", "irs", "cell", "ratio", "copies")


@dataclass
class Field:
    """What is said of the markers `marks`; `method` is `ish` or `ihc` for HER2 where it is said."""

    marks: list[Event]
    said: list[Event] = field(default_factory=list)
    method: str = ""
    soft: bool = False
    before: Event | None = None

    @property
    def markers(self) -> list[str]:
        return list(dict.fromkeys(mark.value for mark in self.marks))

    @property
    def start(self) -> int:
        return self.marks[0].start

    @property
    def end(self) -> int:
        return max(self.said[-1].end, self.marks[-1].end) if self.said else self.marks[-1].end

    @property
    def states(self) -> list[Event]:
        return [event for event in self.said if event.kind in ("state", "sign")]

    @property
    def has_result(self) -> bool:
        return self.before is not None or any(event.kind in RESULTS for event in self.said)

    @property
    def is_her2(self) -> bool:
        return self.markers == ["her2"]


_APART = re.compile(r"[\s%]{0,3}(?:/|,|;|\||and\b)[\s]{0,3}$")


def _row(text: str, numbers: list[Event]) -> list[Event]:
    """Numbers that stand in a row, "90 % / 80 % / 1+"; none where anything else parts them."""
    pairs = itertools.pairwise(numbers)
    return numbers if all(_APART.match(text[a.end : b.start]) for a, b in pairs) else []


def shared(text: str, one: Field) -> Iterator[tuple[str, Field]]:
    """Each marker of a field with its own part: results are dealt out where as many stand as there are markers."""
    markers = one.markers
    if len(markers) == 1:
        yield markers[0], one
        return
    if (
        markers[-1] == "ki67" and len(one.states) == len(markers) - 1
    ):  # "ER/PR/HER2/Ki67: positive/negative/negative/35 %"
        yield "ki67", Field([one.marks[-1]], [e for e in one.said if e.start > one.states[-1].start])
        markers = markers[:-1]
    states = one.states or _row(text, [e for e in one.said if e.kind in ("percent", "plus", "allred")])
    dealt = len(states) == len(markers)
    for index, marker in enumerate(markers):
        mark = next(mark for mark in one.marks if mark.value == marker)
        part = Field([mark], method=one.method, before=one.before)
        if dealt:
            until = states[index + 1].start if index + 1 < len(states) else one.end
            part.said = [e for e in one.said if states[index].start <= e.start < until or e is states[index]]
        elif one.soft and index < len(markers) - 1:
            continue
        else:
            part.said = [_dealt(e, index, one) for e in one.said]
        yield marker, part


def _dealt(event: Event, index: int, one: Field) -> Event:
    """ "40 and 80 % respectively": the first marker has the first number."""
    if event.kind == "percent" and event.high > event.low and any(e.kind == "respectively" for e in one.said):
        own = event.low if index == 0 else event.high
        return Event("percent", event.start, event.end, low=own, high=own)
    return event
