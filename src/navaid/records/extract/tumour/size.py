"""The size of the invasive tumour and the extent of carcinoma in situ, in mm: one of three dimensions, the greatest."""

from __future__ import annotations

import re
from collections.abc import Iterator

from navaid.records.extract.tumour.measure import Measurement, Subject
from navaid.records.extract.tumour.mention import Mention, Rank, best
from navaid.records.extract.tumour.scope import Scope

_INVASIVE_FIELD = re.compile(r"size|dimension|diameter|measur|largest|maxim|greatest|extent")
_LABEL = re.compile(r"(?:tumou?r|mass|lesion|focus)\s*#?\s*(?P<label>[1-9])\b")
_ELSEWHERE = re.compile(
    r"liver|hepatic|pulmonary|\blung|\blobe|\bbone|\bbrain|cerebe|cerebr|frontal|parietal|occipital|temporal|ovar|kidney|renal|thyroid|adrenal|spine"
    r"|vertebra|polyp|uter|pancrea|fibroid"
)
_IMAGING = re.compile(
    r"ultraso\w*(?![\s-]guid)|mammogra|\bmri\b|imaging(?![\s-]guid)|sonogra|\bct\b|radiograph|enhanc\w+"
    r"|known\s+malignancy|hypoecho|birads|bi-rads"
)


def find(scope: Scope) -> Iterator[Mention]:
    """The tumour's size from the best section that states one; the extent of DCIS likewise."""
    mentions = [m for one in scope.report_lengths for m in _sizes(scope, one)]
    if not any(m.concept == "tumour.size" for m in mentions):
        mentions += [m for one in scope.measured(frozenset({Rank.GROSS, Rank.FROZEN})) for m in _sizes(scope, one)]
    yield from best(mentions)


def _sizes(scope: Scope, one: Measurement) -> Iterator[Mention]:
    if one.subject_at < 0 or one.qualifier in {"more", "less"} or _skipped(scope, one):
        return
    details: dict[str, str | int | float] = {"qualifier": one.qualifier} if one.qualifier else {}
    if one.subject is Subject.IN_SITU:
        if one.cue and scope.rank(one.start) < Rank.GROSS:
            yield scope.mention(
                "dcis.size", _mm(one.mm), one.start, one.end, "tumour.size.dcis", unit="mm", details=details
            )
        return
    if one.subject not in {Subject.INVASIVE, Subject.TUMOUR}:
        return
    strength = _strength(scope, one)
    if scope.rank(one.start) == Rank.GROSS:
        if not one.cue:
            return
        details["from"] = "gross"
    if _IMAGING.search(scope.low, max(0, one.start - 150), one.end + 40):
        details["from"] = "imaging"
        strength += 2
    yield scope.mention(
        "tumour.size",
        _mm(one.mm),
        one.start,
        one.end,
        "tumour.size",
        strength=strength,
        unit="mm",
        details=details,
        **_labelled(scope, one),
    )


def _labelled(scope: Scope, one: Measurement) -> dict[str, str]:
    near = list(_LABEL.finditer(scope.low, max(0, one.start - 60), one.start))
    return {"tumour": near[-1]["label"]} if near else {}


def _strength(scope: Scope, one: Measurement) -> int:
    """0: the size of the invasive part is asked for by name; 1: the size of the tumour; 2: a length beside its name."""
    between = scope.low[one.subject_at : one.start]
    if one.subject is Subject.INVASIVE and _INVASIVE_FIELD.search(scope.low, max(0, one.subject_at - 45), one.start):
        return 0
    return (
        1
        if one.cue or _LABEL.search(scope.low, max(0, one.start - 40), one.start) or re.search(r"measur|size", between)
        else 2
    )


def _skipped(scope: Scope, one: Measurement) -> bool:
    rank = scope.rank(one.start)
    head = scope.section(one.start).head.lower()
    if re.search(r"node|axill", head) and not re.search(r"breast|mastectomy", head):
        return True
    if rank == Rank.NEVER or (scope.pathology and rank >= Rank.CLINICAL):
        return True
    before = scope.low[max(0, one.subject_at - 60) : one.start]
    after = re.split(r"[.,;:\n]", scope.low[one.end : one.end + 45], maxsplit=1)[0]
    return not scope.pathology and bool(_ELSEWHERE.search(before) or _ELSEWHERE.search(after))


def _mm(mm: float) -> float | int:
    return int(mm) if mm == int(mm) else mm
