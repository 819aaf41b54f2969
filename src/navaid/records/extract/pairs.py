"""Field-and-value pairs of synoptic reports: "Lymphovascular invasion: Not identified"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from navaid.records.extract.sections import Section


@dataclass(frozen=True)
class Pair:
    """A field's name, `text[name_start:name_end]`, and its value, `text[start:end]`; both without blanks around."""

    name: str
    value: str
    name_start: int
    name_end: int
    start: int
    end: int


_PAIR = re.compile(r"(?P<name>[A-Za-z][^:\t\n\f]{1,70}?)[ ]*(?::|\t)[ \t]*(?P<value>[^\n\f\t]*[^\n\f\t\s])")


def pairs(text: str, within: Sequence[Section]) -> tuple[Pair, ...]:
    """The pairs of a text in order.

    >>> [(p.name, p.value) for p in pairs("Grade: 2\\nLVI:  Not identified\\n", ())]
    [('Grade', '2'), ('LVI', 'Not identified')]
    """
    return tuple(
        Pair(m["name"], m["value"], m.start("name"), m.end("name"), m.start("value"), m.end("value"))
        for m in _PAIR.finditer(text)
    )
