"""Findings of coded entries (FHIR resources): Condition, Observation, MedicationRequest, Procedure and the like."""

from __future__ import annotations

from collections.abc import Iterable

from navaid.records.extract.view import View
from navaid.terms import Finding


def find(view: View) -> Iterable[Finding]:
    """The findings of this subject, in any order."""
    return ()
