"""Words that people write anywhere (a search, a situation) may tell of an emergency: its message comes first."""

from __future__ import annotations

from navaid.answers.triage.rules import triage
from navaid.terms import TriageClass

FIRST = frozenset((TriageClass.EMERGENCY_NOW, TriageClass.URGENT_SAME_DAY, TriageClass.CRISIS))
"""What is said first wherever a person's own words are read, not only where a question is answered."""


def comes_first(text: str) -> str:
    """The message of an emergency or of distress that these words tell of, else nothing."""
    seen = triage(text)
    return seen.message if seen.class_ in FIRST else ""
