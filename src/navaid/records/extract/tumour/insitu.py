"""Whether carcinoma in situ stands beside an invasive tumour."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from navaid.records.extract.tumour.mention import Mention, Rank, best
from navaid.records.extract.tumour.scope import Scope
from navaid.records.extract.tumour.types import TypeNamed

_STATE = (
    r"(?P<state>absent|not\s+(?:identified|seen|present)|none\b|no\b|present|minimal|extensive|focal"
    r"|identified|less\s+than|<|approx\w*|\d{1,2}\s?%)"
)
_COMPONENT = re.compile(
    r"(?<![a-z])(?P<no>(?:no\b|without)[^.;:]{0,45}?\b(?:in[\s-]situ\s+(?:carcin\w+|component)"
    r"|carcin\w+[\s.-]{1,3}in[\s.-]{1,3}situ|intraductal\s+component))"
    r"|(?<![a-z])(?P<yes>(?:minimal|focal|small|minor|associated|with\s+an?)[\s.]{1,3}(?:in[\s-]?situ"
    r"|intraductal)[\s.]{1,3}component|%\s(?:of\s+(?:the\s+)?(?:tumou?r|lesion)\s+)?(?:is\s+)?in[\s-]situ)"
    r"|(?<![a-z])(?<!extensive )(?:in[\s-]situ|intraductal)\s+(?:ductal\s+)?(?:component|carcin\w+"
    r"|tumou?r)\s?(?:\(dcis\)\s?)?[:=]?\s{0,3}-?\s?" + _STATE
)


def find(scope: Scope, named: Sequence[TypeNamed]) -> Iterator[Mention]:
    """Present or absent, in the best section that speaks of it; present wins over an "absent" of one part."""
    mentions = list(_named(scope, named)) + list(_component(scope))
    chosen = best([m for m in mentions if m.rank <= Rank.COMMENT])
    present = [m for m in chosen if m.value == "present"]
    yield from (present or chosen)[:1]


def _named(scope: Scope, named: Sequence[TypeNamed]) -> Iterator[Mention]:
    for t in named:
        if t.code == "dcis":
            margin = re.search(
                r"margin|away|\bmm\b[^.]{0,20}$|uninvolved\s+by|distance", scope.low[max(0, t.start - 40) : t.start]
            )
            if t.denied and (margin or "margin" in scope.low[t.end : t.end + 25]):
                continue
            yield scope.mention(
                "dcis.present", "absent" if t.denied else "present", t.start, t.end, "tumour.dcis", rank=t.rank
            )


def _component(scope: Scope) -> Iterator[Mention]:
    if "situ" not in scope.low and "intraductal" not in scope.low:
        return
    for match in scope.finditer(_COMPONENT):
        absent = match["no"] or re.match(r"no|absent", match["state"] or "")
        yield scope.mention(
            "dcis.present", "absent" if absent else "present", match.start(), match.end(), "tumour.dcis.component"
        )
