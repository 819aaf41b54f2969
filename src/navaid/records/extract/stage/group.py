"""The stage group (0 to IV) as written, with its kind (clinical, pathological, anatomic, prognostic) and edition."""

from __future__ import annotations

import re
from collections.abc import Iterator

from navaid.records.extract.stage.tnm import standing
from navaid.records.extract.tumour.mention import Mention, Rank, best
from navaid.records.extract.tumour.scope import Scope
from navaid.terms import Assertion

_GROUP = re.compile(
    r"(?<![a-z])stag(?:e|ing)(?:\s+(?:group(?:ing)?|is|of|summary|classification|grouping"
    r"|at\s+diagnosis))?(?:\s?\([^)\n]{0,25}\))?[\s:=.-]{1,4}(?:stage\s+|group\s+)?"
    r"(?P<v>iv|iii|ii|i|[0-4]|lll|ll)(?:[\s-]?(?P<s>[abc]))?(?![a-z0-9]|[.,]\d|\s?(?:/|of\s+\d|\+|cm|mm"
    r"|%))(?!\s?(?:-|to|or|and)\s?(?:i|ii|iii|iv|[0-4])[abc]?(?![a-z0-9]))"
)
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV", "lll": "III", "ll": "II"}
_OTHERS = re.compile(
    r"^[\s,]{0,2}(?:(?:,?\s?node[\s-]\w+\s+)?(?:\w+[\s-]){0,3}(?:patients|disease\s+is\s+defined|trial"
    r"|women|cancers)|kidney|ckd|chronic|renal|decubit|pressure|ulcer|fibrosis|sarcoid|hypert|heart|sleep)"
)
_NOT_CANCER = re.compile(
    r"(?:kidney|ckd|renal|pressure|decubit|ulcer|cirrhosis|fibrosis|sleep|copd|lymphedema|sarcoid|tanner"
    r"|end|early|late|dukes|failure)[\s\w]{0,20}$"
)


def find(scope: Scope) -> Iterator[Mention]:
    """The stage groups in the best section."""
    if "stag" not in scope.low:
        return
    yield from best(list(_groups(scope)))


def _groups(scope: Scope) -> Iterator[Mention]:
    low = scope.low
    for match in _GROUP.finditer(low):
        before, after = low[max(0, match.start() - 60) : match.start()], low[match.end() : match.end() + 60]
        if (
            _OTHERS.match(after)
            or _NOT_CANCER.search(before)
            or re.search(r"\b[tnmpc]\s?$", before)
            or re.search(r"prognosis\s+in|patients\s+with", before)
        ):
            continue
        digit = match["v"]
        value = _ROMAN.get(digit, digit.upper()) + (match["s"] or "").upper()
        if value[0] == "0" and match["s"]:
            continue
        assertion = standing(scope, match.start(), match.end()) if not scope.pathology else Assertion.PRESENT
        if assertion in {Assertion.FAMILY, Assertion.HYPOTHETICAL, Assertion.ABSENT}:
            continue
        details = _details(scope, before + match.group(), after)
        rank = (
            Rank.NEVER
            if re.search(r"(?:changed?|corrected?|amended)\s+from\s*$|\bfrom\s*$", before)
            else scope.rank(match.start())
        )
        yield scope.mention(
            "stage.group",
            value,
            match.start(),
            match.end(),
            "stage.group",
            details=details,
            assertion=assertion,
            rank=rank,
        )


def _details(scope: Scope, before: str, after: str) -> dict[str, str]:
    details: dict[str, str] = {}
    kinds = (
        ("prognostic", "prognostic"),
        ("anatomic", "anatomic"),
        ("clinical", "clinical"),
        ("patholog", "pathological"),
        ("path ", "pathological"),
    )
    for word, kind in kinds:
        if word in before or word in after[:25]:
            details["kind"] = kind
            break
    else:
        if scope.pathology and re.search(r"ajcc|p\s?t\d|tnm", before + after[:30]):
            details["kind"] = "pathological"
    edition = re.search(r"(?<!\d)([5-9])(?:th)?\s?ed", before + after)
    if edition:
        details["edition"] = edition[1]
    return details
