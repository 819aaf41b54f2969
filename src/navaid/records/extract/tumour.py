"""Diagnosis, histology, side, place, focality, size, grade, invasion of vessels and nerves, margins, carcinoma in situ."""

from __future__ import annotations

from collections.abc import Iterable

from navaid.records.extract.view import View
from navaid.terms import Finding


def find(view: View) -> Iterable[Finding]:
    """The findings of this subject, in any order."""
    return ()
