"""What treatment before the operation left: the response seen in the specimen, and the residual cancer burden."""

from __future__ import annotations

import re
from collections.abc import Iterator

from navaid.records.extract.tumour.mention import Mention, Rank, best
from navaid.records.extract.tumour.scope import Scope

_EFFECT = re.compile(
    r"(?P<complete>patholog\w*[\s.]{1,3}complete[\s.]{1,3}response"
    r"|complete[\s.]{1,3}patholog\w*[\s.]{1,3}response|\bpcr\b(?!\s*(?:test|assay|positive|negative"
    r"|amplif|for\b|-based))"
    r"|no\s+residual\s+(?:invasive\s+)?(?:carcin\w+|tumou?r|cancer|disease"
    r"|malignan\w+)(?=[^.]{0,80}(?:treat|therap|chemo|neoadj)))"
    r"|(?:treatment\s+effect|response\s+to\s+(?:presurgical|neoadjuvant|pre-?operative"
    r"|therapy)[^:.\n]{0,40}|therapy\s+effect)[^:.\n]{0,40}[:.=-]\s{0,3}-?\s?"
    r"(?:(?P<none>no\s+(?:definite\s+)?(?:response|effect)|absent|not\s+identified|none\b)"
    r"|(?P<partial>partial|probable|minimal|moderate|marked|present|residual\s+cancer)|(?P<full>complete"
    r"|no\s+residual))"
    r"|(?P<partial2>partial\s+(?:pathologic\w*\s+)?response|(?:with|shows?"
    r"|consistent\s+with)\s+(?:marked\s+|moderate\s+|minimal\s+)?(?:treatment|therapy"
    r"|chemotherapy)\s+effect)"
)
_RCB = re.compile(
    r"(?:residual\s+cancer\s+burden|\brcb\b)(?:\s?\(rcb\))?(?:\s+(?:class|category|score|index"
    r"|group))?[\s:=,-]{1,4}(?:class\s+|category\s+)?(?:rcb\s?-?\s?)?(?P<v>iii|ii|i|0|1|2|3"
    r"|\d\.\d{1,3})(?![a-z\d])|\brcb\s?-\s?(?P<w>iii|ii|i|0|1|2|3)(?![a-z\d])"
)
_NO = re.compile(r"(?:\bnot?\b|without|if|goal|achiev\w+\s+a|chance|rate|likelihood|hop\w+)[^.]{0,40}$")
_ROMAN = {"1": "I", "2": "II", "3": "III"}


def find(scope: Scope) -> Iterator[Mention]:
    """Treatment effect and RCB from the best section that states them."""
    low = scope.low
    if not scope.pathology:
        return
    if (
        "response" not in low
        and "effect" not in low
        and "rcb" not in low
        and "pcr" not in low
        and "residual" not in low
    ):
        return
    yield from best([*_effects(scope), *_burden(scope)])


def _effects(scope: Scope) -> Iterator[Mention]:
    low = scope.low
    for match in scope.finditer(_EFFECT):
        kind = str(match.lastgroup)
        if kind in {"complete", "partial2"} and _NO.search(low[max(0, match.start() - 50) : match.start()]):
            continue
        value = {"complete": "complete", "full": "complete", "none": "none"}.get(kind, "partial")
        if scope.rank(match.start()) <= Rank.COMMENT:
            yield scope.mention("treatment_effect", value, match.start(), match.end(), "tumour.response")


def _burden(scope: Scope) -> Iterator[Mention]:
    for match in scope.finditer(_RCB):
        figure = match["v"] or match["w"]
        value = f"RCB-{_ROMAN.get(figure, figure.upper())}" if "." not in figure else figure
        yield scope.mention("rcb", value, match.start(), match.end(), "tumour.rcb")
