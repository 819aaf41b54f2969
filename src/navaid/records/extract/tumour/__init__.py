"""Diagnosis, histology, side, place, focality, size, grade, invasion of vessels and nerves, margins, carcinoma in situ.

Start at `find`. Each subject has a file of its own that makes Mentions; scope.py says where a statement counts,
measure.py and types.py read lengths and names of tumour types for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable

from navaid.records.extract.tumour import grade, histology, insitu, invasion, margins, place, response, size
from navaid.records.extract.tumour.scope import scope_of
from navaid.records.extract.tumour.types import types
from navaid.records.extract.view import View
from navaid.terms import Finding


def find(view: View) -> Iterable[Finding]:
    """The findings on the tumour itself; of a paper on another organ's cancer only that it is one."""
    scope = scope_of(view)
    if not scope.breast or view.header.cancer == "other":
        return scope.findings(histology.other_cancer(scope))
    named = list(types(scope))
    mentions = [
        *histology.find(scope, named),
        *place.find(scope, named),
        *size.find(scope),
        *grade.find(scope),
        *invasion.find(scope),
        *margins.find(scope),
        *insitu.find(scope, named),
        *response.find(scope),
    ]
    return scope.findings(mentions)
