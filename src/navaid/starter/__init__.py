"""Enters: YAML files of claims and their sources. Leaves: Documents, Claims and Sources.

No text of a source lies here: only our own words and where they rest. Start with `starter.py`.
"""

from navaid.starter.rows import Belief, Cite, ClaimRow, Scope, SourceRow, Starter, Term, Topic
from navaid.starter.starter import ASKED, claim, claims, document, load

__all__ = [
    "ASKED",
    "Belief",
    "Cite",
    "ClaimRow",
    "Scope",
    "SourceRow",
    "Starter",
    "Term",
    "Topic",
    "claim",
    "claims",
    "document",
    "load",
]
