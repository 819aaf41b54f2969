"""Lymph nodes: how many were examined and how many hold tumour, of them sentinel nodes; deposit; growth beyond.

A total that the report states wins ("Total number of lymph nodes examined: 25"). Else the statements of its separate
specimen parts are added up (counting.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from navaid.records.extract.stage.counting import Count, statements
from navaid.records.extract.stage.numbers import NUMBER, number
from navaid.records.extract.tumour.answer import answer
from navaid.records.extract.tumour.measure import Measurement, Subject
from navaid.records.extract.tumour.mention import Mention, Rank, best
from navaid.records.extract.tumour.scope import Scope

_N = NUMBER
_QUICK = re.compile(r"node|\bln\b|\bsln|lymphonod|axill|extra-?nodal|extra-?capsular|n[0-3][a-c]?(?:mi)?[^\n]{0,6}\(\d")

# What parts a field from its value: a colon, blanks, or a line of dots ("Sentinel nodes examined ........ 3").
_SEP = r"(?:\s?\([^)\n]{0,90}\)?(?=\s?[:=.-]))?(?:[ \t]?[._…·]{3,70}[ \t]{0,3}|[\s:=.-]{1,4})(?:of\s+)?"
_FIELDS = (
    (
        "nodes.examined",
        re.compile(
            rf"(?<![a-z])(?:total\s+(?:number\s+(?:of\s+)?)?(?:lymph\s+)?(?:nodes?\s+)?(?:examined|sampled"
            rf"|removed|retrieved|identified|found)|(?<!sentinel )(?:lymph\s+)?nodes?\s+examined"
            rf"|(?:total\s+)?number\s+of\s+(?:lymph\s+)?nodes?\s+(?:examined|sampled|removed|retrieved"
            rf"|identified|found|submitted)|total\s+number\s+of\s+(?:lymph\s+)?nodes|nodes?\s?:\s{{0,3}}total"
            rf"\s+number)(?:\s+examined|\s+sampled)?{_SEP}(?P<v>{_N})(?![\d/])"
        ),
    ),
    (
        "nodes.positive",
        re.compile(
            rf"(?<![a-z])(?:number\s+(?:positive|involved)(?=\s?:)|total\s+number\s+(?:of\s+nodes\s+)?(?:with\s+(?:metasta\w+|tumou?r)|positive"
            rf"|involved)|number\s+of\s+(?:positive\s+(?:lymph\s+)?nodes|(?:lymph\s+)?nodes?\s+(?:involved"
            rf"|positive|with\s+(?:metasta\w+|tumou?r|carcin\w+)))"
            rf"|(?<!sentinel )(?:lymph\s+)?nodes?\s+(?:positive|involved)(?:\s+for\s+(?:metasta\w+|tumou?r"
            rf"|carcin\w+))?|total\s+(?:positive|involved)\s+(?:lymph\s+)?nodes"
            rf"|positive\s+(?:lymph\s+)?nodes){_SEP}(?P<v>{_N}|o\b|none\b|nil\b)(?![\d/])"
        ),
    ),
    (
        "nodes.sentinel_examined",
        re.compile(
            rf"(?<![a-z])(?:number\s+of\s+)?sentinel\s+(?:lymph\s+)?nodes?\s+(?:examined|removed|sampled"
            rf"|identified)(?:\s+examined)?{_SEP}(?P<v>{_N})(?![\d/])"
        ),
    ),
    (
        "nodes.sentinel_positive",
        re.compile(
            rf"(?<![a-z])(?:number\s+of\s+)?(?:positive\s+sentinel\s+(?:lymph\s+)?nodes"
            rf"|sentinel\s+(?:lymph\s+)?nodes?\s+(?:positive|involved|with\s+(?:metasta\w+"
            rf"|tumou?r))){_SEP}(?P<v>{_N}|nil\b)(?![\d/])"
        ),
    ),
)
_MORE_NODES = re.compile(
    r"axillary\s+(?:dissection|clearance|contents)|non-?\s?sentinel|additional\s+(?:lymph\s+)?nodes?"
)
_MACRO = re.compile(
    rf"(?<![a-z])(?:number\s+of\s+)?(?:lymph\s+)?nodes\s+with\s+(?P<kind>macro"
    rf"|micro)metasta\w+{_SEP}(?P<v>{_N})(?![\d/])"
)
_EXTRA = re.compile(
    r"(?P<before>\bno\b|without|absence\s+of|negative\s+for)?[\s.]{0,3}(?:definite\s+"
    r"|evidence\s+of\s+)?(?:extra[\s.-]{0,2}(?:nodal|capsular[yi]?|capsulaf)|perinodal"
    r"|capsular)[\s.]{1,3}(?:tumou?r\s+)?(?:(?:soft\s+tissue|lymph\s+node)\s+)?(?:extension|invasion"
    r"|spread|involvement|infiltration)"
    r"(?P<name>(?:\s+of\s+(?:the\s+)?(?:tumou?r|carcinoma"
    r"|lymph\s+nodes?))?(?:\s?\([^)\n]{0,20}\))?)(?P<after>[\s:=.,(-]{0,5}(?:is\s+|are\s+)?(?:present"
    r"|identified|seen|absent|not\s+(?:identified|seen|present|specified|applicable)|none|no\b|yes"
    r"|positive|negative|focal\w*|extensive|noted|into))?"
)


def find(scope: Scope) -> Iterator[Mention]:
    """Counts, deposit and extranodal growth."""
    if not _QUICK.search(scope.low):
        return
    yield from _counts(scope)
    yield from best(list(_deposits(scope, scope.report_lengths)))
    yield from _extranodal(scope)


def _counts(scope: Scope) -> Iterator[Mention]:
    stated = best([*_fields(scope)])
    counts = list(statements(scope))
    named = {m.concept for m in stated}
    yield from stated
    if {"nodes.positive", "nodes.sentinel_examined"} <= named and not {"nodes.examined"} & named and not counts:
        only = next(m for m in stated if m.concept == "nodes.sentinel_examined")
        if not _MORE_NODES.search(scope.low):  # the sentinel nodes are all that were taken
            yield replace(only, concept="nodes.examined", details={"by": "sentinel"})
    # Nodes of two sides are never added up.
    sides = dict.fromkeys(side for c in counts if (side := scope.side(c.start)))
    each = [[c for c in counts if scope.side(c.start) == side] for side in sides] if len(sides) > 1 else [counts]
    summed = [m for own in each for m in best([*_sums(scope, own, sentinel=False), *_sums(scope, own, sentinel=True)])]
    for m in summed:
        if m.concept not in named and not (
            m.concept.startswith("nodes.sentinel") and "nodes.sentinel_examined" in named
        ):
            yield m


def _fields(scope: Scope) -> Iterator[Mention]:
    for concept, pattern in _FIELDS:
        for match in scope.finditer(pattern):
            if _asks_sentinel(scope.low, match, concept) or scope.rank(match.start()) >= Rank.GROSS:
                continue
            value = 0 if match["v"] in {"o", "none", "nil"} else number(match["v"])
            if value is not None:
                yield scope.mention(concept, value, *match.span(), "stage.nodes.field", specimen="node")
    kinds: dict[str, re.Match[str]] = {}
    for match in scope.finditer(_MACRO):
        if scope.rank(match.start()) < Rank.GROSS:
            kinds.setdefault(match["kind"], match)
    if "macro" in kinds:
        total = sum(number(match["v"]) or 0 for match in kinds.values())
        first = kinds["macro"]
        yield scope.mention("nodes.positive", total, *first.span(), "stage.nodes.kinds", strength=1, specimen="node")


def _asks_sentinel(low: str, match: re.Match[str], concept: str) -> bool:
    if "sentinel" in concept:
        return False
    before = low[max(0, match.start() - 24) : match.start()] + match.group().split("(")[0]
    return bool(re.search(r"sentinel\s+(?:lymph\s+)?(?:nodes?\b|$)", before))


def _sums(scope: Scope, counts: list[Count], *, sentinel: bool) -> Iterator[Mention]:
    """The sum over the parts, for the first kind of section that counts nodes; a stated total wins over a sum."""
    for kinds in (
        ("final_diagnosis",),
        ("", "synoptic", "staging", "specimen", "impression", "addendum"),
        ("microscopic",),
        ("comment", "ihc"),
        ("history",),
    ):
        here = [c for c in counts if scope.section(c.start).kind in kinds and (c.sentinel or not sentinel)]
        if kinds == ("history",) and scope.pathology:
            return
        if not here:
            continue
        used = _without_total(here) if sentinel else _used(here)
        used = (
            used
            if kinds == ("final_diagnosis",) or len({scope.section(c.start).part for c in used}) > 1
            else _largest(used)
        )
        pre = "nodes.sentinel_" if sentinel else "nodes."
        first, last = used[0], used[-1]
        span = (first.start, first.end)
        details: dict[str, str | int | float] = {"by": "sum", "parts": len(used)} if len(used) > 1 else {}
        if details:
            details["last"] = scope.view.text[last.start : last.end][:80]
        for name, value in (("examined", sum(c.examined for c in used)), ("positive", sum(c.positive for c in used))):
            yield scope.mention(
                pre + name,
                value,
                *span,
                "stage.nodes.sum" if details else "stage.nodes",
                specimen="node",
                details=details,
            )
        return


def _used(here: list[Count]) -> list[Count]:
    """A stated total; else all that are not one."""
    parts = [c for c in here if not c.total]
    totals = [c for c in here if c.total]
    if not totals:
        return _without_total(parts)
    total = totals[0]
    if total.positive == total.examined and parts:
        # "23 nodes positive (see parts B and C)" does not say how many were examined.
        total = replace(total, examined=max(total.examined, sum(c.examined for c in _without_total(parts))))
    return [total]


def _without_total(counts: list[Count]) -> list[Count]:
    """Without a last count that only adds up those before it: "0/1 … 0/1 … Lymph nodes: 0/2"."""
    *before, last = counts
    sums = (sum(c.positive for c in before), sum(c.examined for c in before))
    return before if len(before) > 1 and sums == (last.positive, last.examined) else counts


def _largest(counts: list[Count]) -> list[Count]:
    """In a list or a note, several counts are often the same nodes told twice."""
    distinct = {(c.positive, c.examined): c for c in reversed(counts)}
    return sorted(distinct.values(), key=lambda c: c.start) if len(distinct) > 1 else list(distinct.values())


def _deposits(scope: Scope, measured: Sequence[Measurement]) -> Iterator[Mention]:
    """The largest deposit; what is measured of cell clusters under a limit is no size."""
    near = [
        m
        for m in measured
        if m.subject is Subject.DEPOSIT
        and m.qualifier not in {"more", "less"}
        and scope.rank(m.start) < Rank.GROSS
        and m.mm < 100
    ]
    near = [m for m in near if scope.pathology and m.start - m.subject_at < 80]
    near = [
        m
        for m in near
        if not re.search(r"macrometa|n0|criteria|defin|with\s+micro", scope.low[max(0, m.start - 45) : m.start])
    ]
    if near:
        most = max(near, key=lambda m: m.mm)
        value = int(most.mm) if most.mm == int(most.mm) else most.mm
        yield scope.mention(
            "nodes.deposit", value, most.start, most.end, "stage.nodes.deposit", unit="mm", specimen="node"
        )


def _extranodal(scope: Scope) -> Iterator[Mention]:
    mentions = []
    for match in scope.finditer(_EXTRA):
        after = match["after"] or ""
        given = answer(scope.low, match.end("name"))
        if given.says == "open":
            continue
        if re.search(r"specified|applicable", after) or scope.rank(match.start()) >= Rank.GROSS:
            continue
        after = after or given.says
        absent = match["before"] or given.says == "no" or re.search(r"absent|not|none|\bno\b|negative", after)
        led = re.search(
            r"\bwith\b|\bfocal\w*|extensive|there\s+is|identified|present|show\w*",
            scope.low[max(0, match.start() - 30) : match.start()],
        )
        if not absent and not after and (not led or re.match(r"\s?:", scope.low[match.end() : match.end() + 2])):
            continue
        start = (
            match.start("before")
            if match["before"]
            else match.start() + len(match.group()) - len(match.group().lstrip(" .\n\t"))
        )
        mentions.append(
            scope.mention(
                "nodes.extranodal",
                "absent" if absent else "present",
                start,
                max(match.end(), given.end),
                "stage.nodes.extranodal",
                specimen="node",
            )
        )
    chosen = best(mentions)
    present = [m for m in chosen if m.value == "present"]
    yield from (present or chosen)[:1]
