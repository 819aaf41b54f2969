"""What a paper says of itself: its type, date, person, side and language."""

from __future__ import annotations

from navaid.records.paper import Paper
from navaid.terms import Header


def header(paper: Paper) -> Header:
    """The header of a paper; what cannot be told stays unknown."""
    return Header()
