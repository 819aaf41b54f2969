"""Lymph nodes, T, N and M, stage group, places of spread.

Start at `find`. Where a statement counts is told by tumour/scope.py.
"""

from __future__ import annotations

from collections.abc import Iterable

from navaid.records.extract.stage import group, metastasis, no_spread, nodes, tnm
from navaid.records.extract.tumour.scope import scope_of
from navaid.records.extract.view import View
from navaid.terms import Finding


def find(view: View) -> Iterable[Finding]:
    """The findings on nodes and stage of a paper on the breast; none of a paper on another organ's cancer."""
    scope = scope_of(view)
    if not scope.breast or view.header.cancer == "other":
        return ()
    places = [*metastasis.find(scope)]
    none = no_spread.find(scope, places)
    return scope.findings([*nodes.find(scope), *tnm.find(scope), *group.find(scope), *places, *none])
