"""What each paper is called in a reason: "pathology report of 3 March 2024"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from navaid.records import paper_types
from navaid.terms import Header, Reading

Names = Mapping[str, str]
"""How each file is called, by the id that a finding's source names."""


def names(readings: Iterable[Reading]) -> dict[str, str]:
    """The names of the papers whose type is known; others are "your papers" in a reason."""
    told = {reading.file: _name(reading.header) for reading in readings}
    return {file: name for file, name in told.items() if name}


def _name(header: Header) -> str:
    label = paper_types.labels().get(header.type, "")
    if not label or header.type == "unknown":
        return ""
    day = header.date or header.collected
    plain = label[:1].lower() + label[1:] if label[1:2].islower() else label
    return f"{plain} of {day.day} {day:%B %Y}" if day else plain
