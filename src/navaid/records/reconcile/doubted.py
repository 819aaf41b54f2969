"""HER2 where biopsy and operation contradict each other, or the gene test that is to decide has not come back.

A size or a grade is told better by the operation specimen. HER2 positive on one specimen and negative on another of the
same tumour is settled by no rule: parts of a tumour may differ, and a test may have failed. Which treatment is right
hangs on it, so both values are shown until a gene test (ISH) or the person settles it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from navaid.records.reconcile.evidence import Evidence
from navaid.terms import Date, Field, FieldState, Value

STATUS, ISH, LEVEL = "her2.status", "her2.ish", "her2.level"
MONTHS_TOGETHER = 12
"""Results of one tumour within so many months are of one time; a later one may be of a tumour that has changed."""

_OPPOSITE = {"positive": "negative", "negative": "positive"}
_DECIDES = {"amplified": "positive", "not_amplified": "negative"}
_LABORATORY = frozenset({"pathology", "cytology"})
_SPECIMENS = "Two specimens of the same tumour disagree on HER2; no gene test (ISH) in your papers settles it."
_AWAITED = "The results for HER2 differ, and a gene test (ISH) that is to decide is awaited."


def doubted(fields: Sequence[Field], evidence: Mapping[str, Sequence[Evidence]]) -> list[Field]:
    """The fields of one tumour, HER2 as a conflict where specimens disagree and nothing has decided between them."""
    named = {field.concept: field for field in fields}
    status = named.get(STATUS)
    if status is None or status.state is FieldState.CONFIRMED or status.value not in _OPPOSITE:
        return list(fields)
    told = evidence.get(STATUS, ())
    ish = named.get(ISH)
    if status.state is not FieldState.CONFLICT:
        if ish is not None and _DECIDES.get(str(ish.value)) == status.value and ish.state is not FieldState.CONFLICT:
            return list(fields)
        against, because = _against(str(status.value), told, evidence.get(ISH, ()))
        if not against:
            return list(fields)
        others = tuple(dict.fromkeys((*status.other, *(each.finding.value for each in against))))
        behind = tuple(dict.fromkeys((*status.findings, *(each.index for each in against))))
        status = replace(status, state=FieldState.CONFLICT, other=others, findings=behind, because=because)
    changed = {STATUS: status}
    if LEVEL in named and named[LEVEL].state is FieldState.UNCONFIRMED:
        level = named[LEVEL]
        values: dict[Value, None] = dict.fromkeys(each.finding.value for each in evidence.get(LEVEL, ()))
        others = tuple(value for value in values if value != level.value)
        changed[LEVEL] = replace(level, state=FieldState.CONFLICT, other=others, because=status.because)
    return [changed.get(field.concept, field) for field in fields]


def _against(value: str, told: Sequence[Evidence], gene_tests: Sequence[Evidence]) -> tuple[list[Evidence], str]:
    """What stands against this value, and why that is not settled; nothing where it is."""
    own = [each for each in told if each.finding.value == value]
    awaited = [each for each in gene_tests if each.finding.value == "pending"]
    opposite = [
        each
        for each in told
        if each.finding.value == _OPPOSITE[value]
        and (_of_a_specimen(each) or awaited)
        and any(_together(each, one) and not _revised(each, one) for one in own)
    ]
    if opposite:
        return opposite, _AWAITED if awaited else _SPECIMENS
    equivocal = [
        each
        for each in told
        if each.finding.value == "equivocal"
        and any(each.reading == wait.reading for wait in awaited)
        and all(one.reading != each.reading and _laboratory(one) and not _later(one, each) for one in own)
    ]
    return equivocal, _AWAITED


def _laboratory(each: Evidence) -> bool:
    return each.header.type in _LABORATORY


def _of_a_specimen(each: Evidence) -> bool:
    """Whether it is a laboratory's result, or told as that of an earlier specimen; a mention in a note is weaker."""
    return _laboratory(each) or each.finding.details.get("origin") == "earlier specimen"


def _revised(one: Evidence, other: Evidence) -> bool:
    """Whether both stand in one paper without telling of two specimens: an addendum, or a slip beside the diagnosis."""
    origins = {one.finding.details.get("origin"), other.finding.details.get("origin")}
    return one.reading == other.reading and len(origins) == 1


def _together(one: Evidence, other: Evidence) -> bool:
    if one.date is None or other.date is None:
        return True
    return abs((one.date - other.date).days) <= MONTHS_TOGETHER * 30.4


def _later(one: Evidence, other: Evidence) -> bool:
    return (one.date or Date.min) > (other.date or Date.max)
