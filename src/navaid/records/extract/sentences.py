"""Sentences of a paper: reports end them with a full stop, a line, a bullet or a semicolon between two statements."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from navaid.records.extract.sections import Section


class Span(NamedTuple):
    """`text[start:end]`."""

    start: int
    end: int


# A full stop that ends a sentence stands before a space and a capital, a bullet or a number, and not after a single
# letter ("Dr. A. Smith", "1. CM") or a known short form.
_END = re.compile(
    r"(?<!\b[A-Za-z])(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bNo)(?<!\bvs)(?<!\bapprox)[.!?]+(?=\s+[A-Z0-9(\-*•]|\s*$)"
    r"|\n\s*\n|\n(?=\s*(?:[-*•]|\d{1,2}[.)]|[A-Z]\.)\s)|\f|\n(?=[A-Z][^\n:]{2,40}:)"
)


def sentences(text: str, within: Sequence[Section]) -> tuple[Span, ...]:
    """The sentences in order; none crosses a section. Blank ones are left out.

    >>> [text[a:b] for text in ["Grade 2. No invasion."] for a, b in sentences(text, ())]
    ['Grade 2.', 'No invasion.']
    """
    cuts = sorted({0, len(text), *(section.start for section in within), *(m.end() for m in _END.finditer(text))})
    found = []
    for start, end in itertools.pairwise(cuts):
        piece = text[start:end]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            found.append(Span(start + lead, start + len(piece.rstrip())))
    return tuple(found) or (Span(0, len(text)),)
