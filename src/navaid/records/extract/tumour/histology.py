"""The type of the tumour and the diagnosis: invasive, in situ only, recurrence, spread, benign, another cancer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from navaid.records.extract.tumour.mention import Mention, Rank, best
from navaid.records.extract.tumour.scope import Scope
from navaid.records.extract.tumour.types import TypeNamed
from navaid.terms import Assertion

_BENIGN = re.compile(
    r"no\s+evidence\s+of\s+(?:malignan\w+|carcin\w+|tumou?r)|negative\s+for\s+(?:malignan\w+|carcin\w+"
    r"|tumou?r)|no\s+(?:malignancy|carcin\w+)"
    r"|\bbenign\b|fibroadenoma|fibrocystic\s+change"
)
_RECURRENCE = re.compile(
    r"recurrent\s+(?:\w+\s+){0,3}(?:carcin\w+|cancer)|(?:local|locoregional|chest\s+wall|distant"
    r"|in-breast)\s+recurrence|recurrence\s+of\s+(?:the\s+|her\s+)?"
    r"(?:\w+\s+){0,3}(?:carcin\w+|cancer)|(?:cancer|carcin\w+)\s+recurrence"
)
_SPREAD = re.compile(
    r"metastatic\s+(?:\w+[\s-]+){0,4}(?:breast|mammary)\s+(?:cancer|(?:adeno)?carcin\w+)"
    r"|breast\s+cancer\s*,?\s+(?:now\s+)?metastatic"
    r"|breast\s+(?:cancer|carcin\w+)\b[^.;\n]{0,140}\bmetastatic\s+(?:from|at|since|on)\s+(?:the\s+|first\s+)?(?:beginning|outset|start|diagnosis|presentation)"
    r"|stage\s+(?:iv|4)\s+(?:\w+[\s-]+){0,4}(?:breast|cancer)"
    r"|metastatic\s+(?:\w+\s+){0,4}carcin\w+[^.;]{0,60}(?:breast\s+primary|breast\s+origin"
    r"|of\s+breast)|metastases?\s+(?:from|of)\s+(?:\w+\s+){0,3}breast"
)
_NODE = re.compile(r"lymph|\bnodes?\b|axill|sentinel")
_OTHER = re.compile(
    r"(?:carcin\w+|cancer|adenocarcin\w+|malignan\w+|melanoma|lymphoma|leukemia|myeloma|mesothelioma"
    r"|sarcoma|neoplasm|adenoca)"
)


def find(scope: Scope, named: Sequence[TypeNamed]) -> Iterator[Mention]:
    """Histology and diagnosis of a paper on the breast."""
    own = [t for t in named if not t.denied and not t.metastatic and t.rank != Rank.NEVER]
    own = [t for t in own if t.invasive is not None or t.code == "phyllodes" or not scope.pathology]
    if scope.pathology and any(t.rank < Rank.GROSS for t in own):
        own = [t for t in own if t.rank < Rank.GROSS]
    yield from best(list(_histology(scope, own)))
    yield from _diagnoses(scope, own)
    if not own and scope.pathology:
        yield from _benign(scope, named)
    yield from _later(scope)


def _histology(scope: Scope, own: Sequence[TypeNamed]) -> Iterator[Mention]:
    invasive = [t for t in own if t.code and (t.invasive or t.code == "phyllodes")]
    named = invasive or ([] if any(t.invasive for t in own) else [t for t in own if t.code])
    codes = {t.code for t in named}
    if "mixed_ductal_lobular" in codes:
        codes -= {"ductal_nst", "lobular"}
    if invasive and len(codes) > 1:
        codes -= {"paget"}
    if "dcis" in codes:
        codes -= {"lcis"}
    for code in codes:
        first = min((t for t in named if t.code == code), key=lambda t: (t.rank, t.start))
        yield _said(scope, "histology", code, first, {"features": first.features} if first.features else {})


def _diagnoses(scope: Scope, own: Sequence[TypeNamed]) -> Iterator[Mention]:
    """Invasive cancer of each side, and in situ disease of a side that has no invasive cancer."""
    sides = dict.fromkeys(scope.side(t.start) for t in own)
    invasive_sides = {scope.side(t.start) for t in own if t.invasive or (t.invasive is None and t.code != "phyllodes")}
    for side in sides:
        here = [t for t in own if scope.side(t.start) == side]
        if side in invasive_sides:
            first = next(t for t in here if t.invasive or (t.invasive is None and t.code != "phyllodes"))
            yield _said(scope, "diagnosis", "invasive_breast_cancer", first, {})
        elif not invasive_sides or (side and "" not in invasive_sides):
            first = next((t for t in here if t.code in {"dcis", "phyllodes"}), here[0])
            if first.code in {"dcis", "lcis", "phyllodes"}:
                yield _said(scope, "diagnosis", first.code, first, {})


# A type that is the value of its own field is not denied by the words of the next one: "Histology: IDC   ER: neg".
_OF_TYPE = re.compile(r"(?:histolog\w*(?:\s+type)?|tumou?r\s+type|diagnosis|\bdx)\s?:\s{0,12}$")


# "breast cancer, invasive ductal, ER negative": the receptor is negative, not the cancer.
_ANOTHERS = re.compile(
    r"[^.;\n]{0,80}?\b(?:er|pr|pgr|her-?2(?:/?neu)?|o?estrogen|progesterone|receptors?|triple|hormone|nodes?|nodal|lvi|margins?|brca\w?|mri|ct)"
    r"(?:[\s:/-]{1,3}(?!negat)\w+){0,3}?[\s:-]{0,3}(?:negative|neg\b|0\b|absent|not\b|no\b|clear|-)"
)
_DENIES = re.compile(r"\b(?:no|not|without|never|denies|negative\sfor|free\sof|rule[sd]?\sout)\b[^.;\n]{0,60}$")


def _of_another(scope: Scope, t: TypeNamed) -> bool:
    """Whether the denial behind a tumour's name is of what stands between, and none stands before it."""
    sentence = scope.view.sentence_at(t.start)
    return bool(_ANOTHERS.match(scope.low, t.end)) and not _DENIES.search(scope.low, sentence.start, t.start)


def _said(scope: Scope, concept: str, value: str, t: TypeNamed, details: dict[str, str]) -> Mention:
    assertion = Assertion.PRESENT
    field = _OF_TYPE.search(scope.low, max(0, t.start - 40), t.start)
    if not field and (not scope.pathology or t.rank == Rank.CLINICAL):
        assertion = scope.view.standing(t.start, t.end)
    if assertion is Assertion.ABSENT and _of_another(scope, t):
        assertion = Assertion.PRESENT
    rank = Rank.NEVER if assertion in {Assertion.ABSENT, Assertion.FAMILY, Assertion.HYPOTHETICAL} else t.rank
    return scope.mention(concept, value, t.start, t.end, "tumour.type", assertion=assertion, details=details, rank=rank)


def _benign(scope: Scope, named: Sequence[TypeNamed]) -> Iterator[Mention]:
    if any(t.metastatic and not t.denied for t in named):
        return
    for match in _BENIGN.finditer(scope.low):
        if scope.rank(match.start()) < Rank.GROSS:
            yield scope.mention("diagnosis", "benign", match.start(), match.end(), "tumour.benign")
            return


def _later(scope: Scope) -> Iterator[Mention]:
    """Recurrence, and spread beyond the nodes of the region."""
    for value, pattern in (("recurrence", _RECURRENCE), ("metastatic_breast_cancer", _SPREAD)):
        for match in pattern.finditer(scope.low):
            near = scope.low[max(0, match.start() - 60) : match.end() + 60]
            if value == "metastatic_breast_cancer" and _NODE.search(near):
                continue
            assertion = scope.view.standing(match.start(), match.end())
            if assertion in {Assertion.PRESENT, Assertion.HISTORICAL, Assertion.POSSIBLE} and not _denied(
                scope.low, match.start()
            ):
                yield scope.mention(
                    "diagnosis", value, match.start(), match.end(), f"tumour.{value}", assertion=assertion, specimen=""
                )
                break


def _denied(low: str, at: int) -> bool:
    return bool(
        re.search(
            r"(?:\bno\b|negative for|without|risk of|rule out|prevent\w*|denies)[^.;]{0,60}$", low[max(0, at - 80) : at]
        )
    )


def other_cancer(scope: Scope) -> Iterator[Mention]:
    """That the paper is on a cancer of another organ."""
    if not scope.others:
        return
    for match in _OTHER.finditer(scope.low):
        at = match.start()
        if scope.rank(at) == Rank.NEVER or _denied(scope.low, at):
            continue
        assertion = scope.view.standing(at, match.end())
        if assertion in {Assertion.PRESENT, Assertion.HISTORICAL}:
            yield scope.mention(
                "diagnosis", "other_cancer", at, match.end(), "tumour.other", assertion=assertion, specimen="", side=""
            )
            return
