"""Oestrogen, progesterone and androgen receptors, HER2, Ki-67, PD-L1, MSI and MMR, TMB, TILs: state, percentage, score."""

from __future__ import annotations

from collections.abc import Iterable

from navaid.records.extract.view import View
from navaid.terms import Finding


def find(view: View) -> Iterable[Finding]:
    """The findings of this subject, in any order."""
    return ()
