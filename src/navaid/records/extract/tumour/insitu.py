"""Whether carcinoma in situ stands beside an invasive tumour."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from navaid.records.extract.tumour.answer import answer
from navaid.records.extract.tumour.mention import Mention, Rank, best
from navaid.records.extract.tumour.scope import Scope
from navaid.records.extract.tumour.types import TypeNamed

_COMPONENT = re.compile(
    r"(?<![a-z])(?P<no>(?:no\b|without)[^.;:]{0,45}?\b(?:in[\s-]situ\s+(?:carcin\w+|component)"
    r"|carcin\w+[\s.-]{1,3}in[\s.-]{1,3}situ|intraductal\s+component))"
    r"|(?<![a-z])(?P<yes>(?:minimal|focal|small|minor|associated|with\s+an?)[\s.]{1,3}(?:in[\s-]?situ"
    r"|intraductal)[\s.]{1,3}component|%\s(?:of\s+(?:the\s+)?(?:tumou?r|lesion)\s+)?(?:is\s+)?in[\s-]situ)"
    r"|(?<![a-z])(?<!extensive )(?P<field>(?:in[\s-]situ|intraductal)\s+(?:ductal\s+)?(?:component|carcin\w+"
    r"|tumou?r)(?:\s?\(dcis\))?)"
)
# What follows the name of the component without being an answer to a field.
_STATE = re.compile(
    r"\s?[:=]?\s{0,3}-?\s?(?:(?P<absent>absent|not\s+(?:identified|seen|present)|none\b|no\b)"
    r"|present|minimal|extensive|focal|identified|less\s+than|<|approx\w*|\d{1,2}\s?%)"
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
            given = answer(scope.low, t.end)
            if given.says == "open":
                continue
            margin = re.search(
                r"margin|away|\bmm\b[^.]{0,20}$|uninvolved\s+by|distance", scope.low[max(0, t.start - 40) : t.start]
            )
            if t.denied and (margin or "margin" in scope.low[t.end : t.end + 25].split("\n")[0]):
                continue
            absent = given.says == "no" or (t.denied and given.says != "yes")
            yield scope.mention(
                "dcis.present", "absent" if absent else "present", t.start, given.end, "tumour.dcis", rank=t.rank
            )


def _component(scope: Scope) -> Iterator[Mention]:
    if "situ" not in scope.low and "intraductal" not in scope.low:
        return
    for match in scope.finditer(_COMPONENT):
        value, end = "absent" if match["no"] else "present", match.end()
        if match["field"]:
            given, state = answer(scope.low, end), _STATE.match(scope.low, end)
            if given.says == "open" or not (given.says or state):
                continue
            absent = given.says == "no" if given.says else bool(state and state["absent"])
            value, end = "absent" if absent else "present", max(given.end, state.end() if state else 0)
        yield scope.mention("dcis.present", value, match.start(), end, "tumour.dcis.component")
