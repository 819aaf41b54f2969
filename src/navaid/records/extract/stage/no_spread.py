"""That the whole body was looked at and no spread was found: `cm` M0, where the paper writes no M itself.

"CT staging: no metastatic disease", "No distant metastases", "staging scans clear". One organ's image says so of that
organ only (metastasis.py), and a paper that tells of spread anywhere says M0 of nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from navaid.records.extract.tumour.mention import Mention, Rank
from navaid.records.extract.tumour.scope import Scope
from navaid.terms import Assertion

_NO = (
    r"(?:\bno\b|\bnil\b|\bwithout\b|\bfree\s+of\b|\babsence\s+of\b|\bnegative\s+for\b|\bexclud(?:es"
    r"|ed)\b|\b(?:did|does|do)\s+not\s+show)"
    r"\s+(?:(?:any|evidence|signs?|features?|suggestion|of|definite|convincing|obvious|overt|visible"
    r"|demonstrable|sinister"
    r"|cause|radiological|radiologic|imaging)\s+){0,4}"
)
_SPREAD = r"(?:metasta(?:sis|ses|tic\s+(?:disease|spread|lesions?|deposits?))|mets\b|secondaries|spread\b)"
_FAR = (
    r"(?:distant|systemic|distal|remote)\s+"
    r"(?:metasta\w+(?:\s+(?:disease|spread|lesions?|deposits?))?|mets\b|disease|spread\b)"
)
_ONE_PLACE = (
    r"(?!\s+(?:(?:in|to|within|of|involving)\s+(?!(?:the\s+)?(?:chest|thorax|abdomen|body)\b"
    r"|(?:staging|imaging|ct|pet)))"
    r"|[^.;\n]{0,14}\b(?:outside|elsewhere|except|other|beyond|apart|so\s+far\s+as)\b)"
)
_DISTANT = re.compile(_NO + _FAR + _ONE_PLACE)
_NONE = re.compile(_NO + _SPREAD + _ONE_PLACE)
# What looks at the whole body, or at all to which breast cancer spreads first.
_WHOLE = re.compile(
    r"\bstaging\b|\bre-?staging\b|\bpet\b|\bpet\s?[-/]?\s?ct\b|\bwhole[\s-]body\b"
    r"|\bmetastatic\s+(?:work-?up|screen|survey)\b"
    r"|\bct\b[^.;\n]{0,60}\b(?:and|plus|\+|&|/|,)\s*(?:isotope\s+|nm\s+)?bone\s+scan"
    r"|\bbone\s+scan\b[^.;\n]{0,30}\bct\b|\bct\b[^.;\n]{0,30}\b(?:chest"
    r"|thorax)\b[^.;\n]{0,12}\babdomen|\b(?:ct\s?)?cap\b|\btap\s+ct\b"
)
_STAGED = re.compile(
    r"(?<![a-z])(?:(?:full|systemic|initial|baseline|routine|complete)\s+)?staging[\s]*(?:(?:ct"
    r"|pet(?:[-/\s]?ct)?|bone|scans?|imaging"
    r"|investigations?|studies|work-?up|tests|and|with|/|chest|abdomen|pelvis|of|the|\d[\d./-]*"
    r"|(?:jan|feb|mar|apr|may|jun"
    r"|jul|aug|sep|oct|nov|dec)[a-z]*)[\s,/]*){0,9}(?:[:–-]|\b(?:is|are|was|were|came\s+back"
    r"|has\s+been|have\s+been|all|both)\b|\s){0,4}\s{0,2}"
    r"(?:clear|negative|normal|unremarkable|reassuring)(?![\w-])(?!\s+(?:apart|except|but|margins?"
    r"|cell|for\s+(?!metasta)))"
)
_TOLD_OF_SPREAD = re.compile(
    r"metastatic\s+(?:\w+[\s-]+){0,4}(?:breast|mammary)|breast\s+(?:cancer|carcin\w+),?\s+(?:now\s+)?metastatic"
    r"|stage\s+(?:iv|4)(?![a-z\d])|metastatic\s+from\s+the"
)
_NEW = re.compile(r"\b(?:now|new|developed|later|subsequent\w*|relapsed?)\s(?:\w+\s){0,3}(?:metasta|mets\b)")
_SO_FAR = re.compile(r"\b(?:no|without|evidence\s+of|risk\s+of|exclude|versus|not)\b[^.;\n]{0,40}$")
_M_WRITTEN = re.compile(
    r"(?<![a-z])(?:[cp]\s?)?m[01x](?![\da-z])|n[0-3x][a-c]?\s?,?\s?[cp]?m[01x](?![a-z\d])|\bm[\s-]stage"
)
_NOT_OF_NOW = frozenset({Assertion.FAMILY, Assertion.HYPOTHETICAL, Assertion.PLANNED})
_GIVEN = frozenset({Assertion.PRESENT, Assertion.HISTORICAL, Assertion.POSSIBLE})


def find(scope: Scope, places: Sequence[Mention]) -> Iterator[Mention]:
    """M0 once, where the paper says it in words; `places` are those that the paper names of spread."""
    low = scope.low
    if any(place.assertion in _GIVEN for place in places) or _M_WRITTEN.search(low) or _tells_of_spread(low):
        return
    for start, end in _said(scope):
        if scope.rank(start) >= Rank.GROSS or scope.view.standing(start, end) in _NOT_OF_NOW:
            continue
        yield scope.mention(
            "cm", "M0", start, end, "stage.no_spread", details={"prefix": "c", "by": "word"}, side="", specimen=""
        )
        return


def _said(scope: Scope) -> Iterator[tuple[int, int]]:
    """Where it is said, from the scan to the finding where both stand in one sentence."""
    for pattern in (_DISTANT, _STAGED):
        yield from (match.span() for match in pattern.finditer(scope.low))
    for match in _NONE.finditer(scope.low):
        sentence = scope.view.sentence_at(match.start())
        before = [*_WHOLE.finditer(scope.low, max(sentence.start, match.start() - 120), match.start())]
        after = _WHOLE.search(scope.low, match.end(), min(sentence.end, match.end() + 60))
        if before:
            yield before[-1].start(), match.end()
        elif after:
            yield match.start(), after.end()


def _tells_of_spread(low: str) -> bool:
    return bool(_NEW.search(low)) or any(
        not _SO_FAR.search(low, max(0, match.start() - 60), match.start()) for match in _TOLD_OF_SPREAD.finditer(low)
    )
