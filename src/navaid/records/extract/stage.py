"""Lymph nodes, T, N and M, stage group, sites of metastasis."""

from __future__ import annotations

from collections.abc import Iterable

from navaid.records.extract.view import View
from navaid.terms import Finding


def find(view: View) -> Iterable[Finding]:
    """The findings of this subject, in any order."""
    return ()
