"""Triage: what must be answered first.

In: a question as a person typed it, and their country if known. Out: a `Triage` with its class, the
few words to show before anything else, the rule and words that led there, and the red flag's sources.
Start at `triage`; the knowledge lies in `data/` (signs, red flags with sources, crisis lines, asks).
"""

from navaid.answers.triage.first import FIRST, comes_first
from navaid.answers.triage.rules import triage

__all__ = ["FIRST", "comes_first", "triage"]
