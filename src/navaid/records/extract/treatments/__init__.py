"""Operations, drugs and regimens, radiotherapy, response. Start at `find`.

In: a `View`. Out: findings with their status (given, planned, considered, declined). The words are data in
`extract/tables`; lexicon.py finds them in one pass, status.py tells how the paper speaks of them, when.py their dates.
"""

from __future__ import annotations

from collections.abc import Iterable

from navaid.records.extract.treatments.drugs import drugs
from navaid.records.extract.treatments.once import once
from navaid.records.extract.treatments.radiation import radiation
from navaid.records.extract.treatments.response import responses
from navaid.records.extract.treatments.surgery import surgeries
from navaid.records.extract.view import View
from navaid.terms import Finding

__all__ = ["find"]


def find(view: View) -> Iterable[Finding]:
    """The treatments of a paper, each told once: of two that say the same the one that says more."""
    return once([*surgeries(view), *drugs(view), *radiation(view), *responses(view)])
