"""Enters: YAML files of claims and their sources. Leaves: Documents, Claims and Sources.

No text of a source lies here: only our own words and where they rest. Start with `starter.py`.
"""

from navaid.starter.starter import ClaimRow, SourceRow, Starter, Topic, claims, document, load

__all__ = ["ClaimRow", "SourceRow", "Starter", "Topic", "claims", "document", "load"]
