"""The margins of the specimen: free, close or involved, and the least distance of invasive tumour to one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from navaid.records.extract.tumour.measure import Measurement, Subject
from navaid.records.extract.tumour.mention import Mention, Rank, best
from navaid.records.extract.tumour.scope import Scope

_MARGIN = re.compile(
    r"(?<![a-z])(?:margins?|maroins?|margin\s+status|resection\s+(?:lines?|edges?)"
    r"|inked\s+(?:tissue\s+)?edges?)(?![a-z])"
)
_FREE = (
    r"negative|\bfree\b|\bclear\b|\bun-?involved|not\s+involv\w+|no\s+(?:tumou?r\s+"
    r"|carcin\w+\s+)?involvement|no\s+(?:tumou?r|carcin\w+)\s+(?:at|seen|present|identif)"
    r"|no\s+(?:\w+\s+){0,3}(?:carcin\w+|tumou?r)\s+identified\s+in|adequate|tumou?r-free"
    r"|does\s+not\s+(?:extend|involve|reach)"
)
_POSITIVE_AFTER = (
    r"(?<!not )(?<!not be )\binvolved\b|positive|transected|invasive\s+tumou?r\s+(?:extensively\s+)?invol\w+"
)
_POSITIVE_BEFORE = (
    r"(?<!not )\binvol(?:v(?:ed|es|ing)|es)\b|positive|(?:present|seen|identified)\s+at|extend(?:s|ed"
    r"|ing)?\s+(?:focally\s+)?to\s+the|transect\w+"
    r"|\bat\s+the\s+(?:inked|deep|\w+)\s+(?:surgical\s+)?$|reach\w*\s+the|touch\w*"
)
_AFTER = re.compile(
    f"(?P<close>(?:negative|uninvolved|free|not\\s+involved)[\\s,(]{{1,3}}but\\s+close|\\bclose\\b)"
    f"|(?P<free>{_FREE})|(?P<positive>{_POSITIVE_AFTER})"
)
_BEFORE = re.compile(
    f"(?P<free>{_FREE})|(?P<positive>{_POSITIVE_BEFORE})|(?P<close>\\bclose\\s+(?:\\([^)]{{0,40}}\\)\\s+)?to\\b)"
)
_IN_SITU = re.compile(r"in[\s.-]{1,3}situ|\bdcis\b|intraductal|\blcis\b")
_STOP = re.compile(
    r";|\n(?=[^\n:]{2,60}:)|(?<!status)\s(?:[a-z]+\s){0,3}margins?\s+(?:is|are|was|were)\b|\.\s+(?=-|[a-z]\.\s|\w+\s*:)|\n\s*\n|\s-\s"
)
_LINE = 120
_UNKNOWN = re.compile(
    r"cannot\s+be|not\s+(?:specified|stated|applicable|assess|evaluat|relevant|report|require|known)|indeterm|n/a"
)


def find(scope: Scope) -> Iterator[Mention]:
    """The state of the margins in the best section, one finding; the shortest distance of the invasive tumour."""
    states = best(list(_states(scope)))
    for value in ("positive", "close", "negative"):
        first = next((m for m in states if m.value == value), None)
        if first:
            yield first
            break
    yield from _distance(scope, scope.report_lengths, told=bool(states))


def _states(scope: Scope) -> Iterator[Mention]:
    low = scope.low
    if "margin" not in low and "resection" not in low:
        return
    for match in scope.finditer(_MARGIN):
        rank = scope.rank(match.start())
        if rank >= Rank.GROSS or "margin" in scope.section(match.start()).head.lower():
            continue
        found = _state(low, match)
        if found is None:
            continue
        value, start, end = found
        in_situ = _of_in_situ(low, start, end)
        yield scope.mention(
            "margins.status",
            value,
            start,
            end,
            "tumour.margins",
            strength=1 if in_situ else 0,
            details={"of": "in situ"} if in_situ else {},
        )


def _of_in_situ(low: str, start: int, end: int) -> bool:
    """Whether the state is that of carcinoma in situ alone."""
    after = re.match(
        r"\s+(?:by|for|of)\s+(?:the\s+)?(?:ductal\s+carcin\w+\s+in|dcis|in[\s-]situ|intraductal|lcis)",
        low[end : end + 45],
    )
    around = low[max(0, start - 40, low.rfind("\n", 0, start) + 1) : end]
    return bool(after or _IN_SITU.search(around)) and not re.search(
        r"invasive|infiltr|tumou?r", around + low[end : end + 25]
    )


def _state(low: str, match: re.Match[str]) -> tuple[str, int, int] | None:
    after = low[match.end() : match.end() + 70]
    stop = _STOP.search(after, 1)
    line_end = low.find("\n", match.end())
    field_line = 0 <= line_end - match.end() <= _LINE and ":" in low[match.end() : line_end]
    window = after[: stop.start()] if stop else after
    state = _AFTER.search(window)
    if state and state.lastgroup == "positive":
        field = re.match(
            r"\s+by\s+(?:[\w-]+\s+){0,4}[\w-]+\s?:\s{0,2}(?P<answer>yes|no\b|positive|negative|present|absent)?",
            low[match.end() + state.end() : match.end() + state.end() + 80],
        )
        if field:
            answer = field["answer"] or ("yes" if re.match(r"\s?:", low[match.end() :]) else None)
            value = "positive" if answer in {"yes", "positive", "present"} else "negative"
            return (value, match.start(), match.end() + state.end() + field.end()) if answer else None
    if state and not _UNKNOWN.search(window, 0, state.start()):
        return _value(str(state.lastgroup)), match.start(), match.end() + state.end()
    if field_line:
        return None
    before = low[max(0, match.start() - 75) : match.start()]
    cut = max(before.rfind(";"), before.rfind(": "), before.rfind(". -"), before.rfind(" - "))
    states = list(_BEFORE.finditer(before, cut + 1))
    if not states:
        return None
    last = states[-1]
    return _value(str(last.lastgroup)), match.start() - len(before) + last.start(), match.end()


def _value(group: str) -> str:
    return {"free": "negative"}.get(group, group)


def _distance(scope: Scope, measured: Sequence[Measurement], *, told: bool) -> Iterator[Mention]:
    """The least distance to a margin that is not said of carcinoma in situ, a node or the skin."""
    low = scope.low
    near = []
    for one in measured:
        if one.subject is not Subject.MARGIN or scope.rank(one.start) >= Rank.GROSS or one.qualifier == "more":
            continue
        around = low[max(0, one.start - 90) : one.end + 50]
        clause = low[max(0, one.start - 60) : one.start]
        in_situ = _IN_SITU.search(clause) and not re.search(r"invasive|infiltr", clause)
        other = "skin" in clause[-25:] or re.match(r"\s+to\s+(?:the\s+)?(?:dcis|in)", low[one.end : one.end + 14])
        if re.search(r"margin|deep|edge", around) and not in_situ and not other:
            near.append(one)
    if near:
        least = min(near, key=lambda one: one.mm)
        value = int(least.mm) if least.mm == int(least.mm) else least.mm
        details: dict[str, str | int | float] = {"qualifier": least.qualifier} if least.qualifier else {}
        words = low[max(0, least.start - 60) : least.end + 45]
        if not told and least.mm > 0 and re.search(r"nearest|closest", words) and not least.qualifier:
            # A tumour whose nearest margin is so far away is not at a margin.
            yield scope.mention(
                "margins.status",
                "negative",
                least.start,
                least.end,
                "tumour.margins.by_distance",
                details={"by": "distance"},
            )
        yield scope.mention(
            "margins.distance", value, least.start, least.end, "tumour.margins.distance", unit="mm", details=details
        )
