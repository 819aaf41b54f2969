"""Where a person has several tumours: the facts of each, and which of them are there now.

In: `Facts` of the whole profile. Out: a `One` for each cancer kept apart; none where there is but one.
What holds of the person or of the disease as a whole (spread, sex, treatments) is asked of the whole profile.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple
from weakref import WeakKeyDictionary

import msgspec

from navaid.records.concepts import concept as record_concept
from navaid.terms import Assertion, Date, Tumour
from navaid.trials.match.facts import Facts

_TOGETHER = 365  # days between two tumours that are there at the same time
_WHOLE = ("stage.group", "cm", "pm")  # told once for all of the disease, unless a tumour has its own
_DERIVED = ("cancer", "t_category", "n_category", "residual_disease")  # of trials/concepts.yaml, told of a tumour
_TELLING = frozenset(
    ("histology", "diagnosis", "er.status", "pr.status", "her2.status", "her2.ihc", "grade", "tumour.size", "pt", "ct")
)
_NOT_TOLD = {"metastatic_breast_cancer", "recurrence"}  # said of the disease, not of a tumour
_NO_CANCER = {"benign", "lcis"}


class One(NamedTuple):
    """A tumour with its facts. `now`: found about when the present one was, in the same kind of place."""

    tumour: Tumour
    facts: Facts
    now: bool


_kept: WeakKeyDictionary[Facts, tuple[One, ...]] = WeakKeyDictionary()


def each(facts: Facts) -> tuple[One, ...]:
    """The tumours of the profile that are cancers, the present one first; empty where there are not several."""
    if facts not in _kept:
        _kept[facts] = tuple(_several(facts))
    return _kept[facts]


def _several(facts: Facts) -> Sequence[One]:
    cancers = [tumour for tumour in facts.profile.tumours if _described(tumour) and not _harmless(tumour)]
    if len(cancers) < 2:
        return ()
    first = cancers[0]
    return [One(tumour, _facts_of(tumour, facts), _now(first, tumour)) for tumour in cancers]


def _described(tumour: Tumour) -> bool:
    """Whether papers tell what it is; a side that is merely named is no tumour."""
    telling = (field for field in tumour.fields if field.concept in _TELLING and field.value not in _NOT_TOLD)
    return any(field.assertion is not Assertion.ABSENT for field in telling)


def _harmless(tumour: Tumour) -> bool:
    said = {field.value for field in tumour.fields if field.concept in ("diagnosis", "histology")}
    return bool(said) and said <= _NO_CANCER


def _facts_of(tumour: Tumour, facts: Facts) -> Facts:
    own = {field.concept for field in tumour.fields}
    shared = [
        f for f in facts.profile.fields if not of_tumour(f.concept) or (f.concept in _WHOLE and f.concept not in own)
    ]
    profile = msgspec.structs.replace(facts.profile, fields=(*shared, *tumour.fields), tumours=(tumour,))
    return Facts(profile, facts.today, facts.papers)


def _now(first: Tumour, tumour: Tumour) -> bool:
    if tumour is first:
        return True
    if first.specimen != tumour.specimen:
        return False
    one, other = _latest(first), _latest(tumour)
    return one is None or other is None or abs((one - other).days) <= _TOGETHER


def _latest(tumour: Tumour) -> Date | None:
    return max((field.date for field in tumour.fields if field.date), default=None)


@cache
def of_tumour(concept: str) -> bool:
    """Whether a concept may differ from tumour to tumour."""
    if concept in _DERIVED:
        return True
    try:
        return record_concept(concept).of == "tumour"
    except KeyError:
        return False
