"""Findings of coded entries (FHIR resources): Condition, Observation, MedicationRequest, Procedure and the like.

In: a View whose paper has entries. Out: findings, each with the entry's line as its span and the entry's id as its
`source.resource`. Start at `find`. The text finders must not read those lines again: they get `prose(paper)`.
"""

from __future__ import annotations

from navaid.records.extract.structured.finder import find
from navaid.records.extract.structured.whole import header_of, prose

__all__ = ["find", "header_of", "prose"]
