"""T, N and M as written, with what OCR makes of them: `Tlc NO MX`, `pTic`, `T 2 N 1 a`, `pT4b(mult)N3aL1V0R0`.

Nothing is inferred: a T that only the size would tell is not given. What has no prefix is the pathologist's in a report
on a specimen, and the clinician's elsewhere unless an operation or "pathologic" stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from navaid.records.extract.tumour.mention import Mention, Rank
from navaid.records.extract.tumour.scope import Scope
from navaid.terms import Assertion

_SUFFIX = (
    r"(?:\s{0,2}\((?:i\s?[+\-–]|i-|mol\s?[+\-–]|sn|mult\w*|m(?=\s?\))|\d(?=\s?\))|f|n\s?=\s?\d{1,2})\s?\)?"
    r"|\s?sn\b|\s{0,2}\((?=\s*[.\-]))"
)
_T_VALUE = r"(?:is\b|x|[0-4]|o(?![a-z])|o(?=n[0-3ox])|[li|](?=[abcs]|mic?\b|\s|$|[.,;:)n])|i(?=c))"
_T_SUB = r"(?:\s?(?:mic?\b|mic?(?=[\s(n])|[a-d](?=$|[^a-z]))|[a-d](?=[np]?n[0-3ox]|p?m[x01o]))?"
_N_VALUE = r"(?:[0-3ox]|[li|](?=[abc]|mi|\s|$|[.,;:)m(]))"
_N_SUB = r"(?:\s?(?:mic?\b|mic?(?=[\s(m])|[a-c](?![a-z]))|[ab](?=[pc]?m[x01o])|[a-c](?=l[01]))?"
_SEP = r"[\s,;:.()/|&-]{0,4}"
_PREFIX = r"(?P<{0}>\(?y\)?\s?[pc]?|r\s?y?p?|[pc]|ajcc\s?p|a(?=p?t))?"

_WHOLE = re.compile(
    rf"(?<![a-z0-9.])(?<![a-z]-)(?P<many>m(?=y?pt))?{_PREFIX.format('tp')}\s?t[\s-]{{0,2}}(?P<t>{_T_VALUE})(?P<ts>{_T_SUB})(?P<tx>{_SUFFIX}{{0,2}})"
    rf"(?:(?:\s?\([^)\n]{{0,40}}\))?{_SEP}{_PREFIX.format('np')}\s?n[\s-]{{0,2}}(?P<n>{_N_VALUE})"
    rf"(?P<ns>{_N_SUB})(?P<nx>{_SUFFIX}{{0,3}}))?"
    rf"(?:(?:\s?\([^)\n]{{0,40}}\))?{_SEP}{_PREFIX.format('mp')}\s?m[\s-]{{0,2}}(?P<m>[01ox](?:\(i\+\))?)(?![a-z0-9]))?"
)
_N_ALONE = re.compile(
    rf"(?<![a-z0-9.])(?P<np>\(?y\)?\s?[pc]|ajcc\s?p"
    rf"|[pc])\s?n[\s-]{{0,2}}(?P<n>{_N_VALUE})(?P<ns>{_N_SUB})(?P<nx>{_SUFFIX}{{0,3}})"
    rf"(?:{_SEP}(?P<mp>[pc])?\s?m[\s-]{{0,2}}(?P<m>[01ox])(?![a-z0-9]))?(?![a-z])"
)
_M_ALONE = re.compile(r"(?<![a-z0-9.])(?P<mp>[pc])\s?m\s?(?P<m>[01ox])(?![a-z0-9])")
_FIELD = re.compile(
    r"(?<![a-z])(?:(?P<T>t[\s-]?(?:stage|category|classification|status)|primary\s+tumou?r(?:\s?\(p?t\))?"
    r"|\bp?t(?=\s?:))"
    r"|(?P<N>n[\s-]?(?:stage|category|classification|status)"
    r"|regional\s+(?:lymph\s+)?nodes?(?:\s?\(p?n\))?|\bp?n(?=\s?:))"
    r"|(?P<M>m[\s-]?(?:stage|category|classification|status)|distan\w+\s+metasta\w+(?:\s?\(p?m\))?|\bp?m(?=\s?:)))"
    r"(?:,?\s?\(?(?P<kind>pathologic(?:al)?|clinical|path|clin)\)?)?\s?[:=.-]{1,2}\s{0,3}"
    rf"(?P<prefix>y?p|y?c)?\s?(?:(?P<tv>(?:t\s?)?(?:is\b|x|[0-4](?:mic?|[a-d])?))"
    rf"|(?P<nv>n?\s?[0-3x](?:mic?|[a-c])?)|(?P<mv>m?\s?[01x]))(?P<sx>{_SUFFIX}{{0,3}})(?![a-z0-9/%]|\.\d)"
)
_CONTEXT = re.compile(r"stag\w*|tnm|ajcc|uicc|classif\w*|category|primary\s+tumou?r|\bpt\b")
_NOT_A_STAGE = re.compile(
    r"weight|vertebra|spine|spinal|signal|flair|hyperint|hypoint|\bt1-|level|thoracic|compression|dermatom|wave"
)
_REPLACED = re.compile(
    r"(?:\bfrom|instead\s+of|rather\s+than|previous\w*|prior|formerly|originally)[\s:]{1,2}(?:stage\s"
    r"|as\s|a\s|p?t\d?\w?,?\s)?$"
)
# The parts of a grade, for tubules, nuclei and mitoses: "Bloom-Richardson grade 2 (T3, N2, M1)".
_SCORED = re.compile(
    r"(?:grade|grading|richardson|nottingham|elston|tubul\w+)[\s:]{0,20}(?:[1-3]|i{1,3})?(?:\s?/\s?(?:3|iii))?\s{0,6}"
    r"[(,:\[]\s?(?:[tnpm]\s?[=:]?\s?[1-3][\s,;]{0,3}){0,2}$"
)
_MAYBE = re.compile(
    r"either|provisional|\bor\s*$|otherwise|might|could\s+be|would\s+be|if\b|at\s+least\s+a|may\s+be|versus|\bvs\b"
)
_PATHOLOGIC = re.compile(r"patholog\w*|surgical\s+patholog|mastectom|lumpectom|excision|resect|final\s+path|\bs/p\b")
_CLINICAL = re.compile(r"clinical(?:ly)?(?!\s+trial)[^.]{0,40}$")


@dataclass(frozen=True)
class _Part:
    """One letter of a stage: `axis` t, n or m, its value, where it stands and what stood around the value."""

    axis: str
    value: str
    prefix: str
    suffix: str
    start: int
    end: int
    whole: bool
    kind: str = ""
    details: dict[str, str] = field(default_factory=dict)


def find(scope: Scope) -> Iterator[Mention]:
    """The T, N and M of a paper on the breast, in the best section of each."""
    low = scope.low
    parts = [*_written(low, scope.view.text), *_fields(low)]
    if len({p.value for p in parts if p.axis == "t"}) > 4:
        parts = _without_lists(parts)
    by_axis: dict[str, list[Mention]] = {}
    for part in parts:
        mention = _mention(scope, part)
        if mention is not None:
            by_axis.setdefault(mention.concept, []).append(mention)
    for mentions in by_axis.values():
        least = min(int(m.rank) * 10 + m.strength for m in mentions)
        seen: set[int] = set()
        for m in mentions:
            if int(m.rank) * 10 + m.strength == least and m.start not in seen:
                seen.add(m.start)
                yield m


def _without_lists(parts: list[_Part]) -> list[_Part]:
    """Drops what stands in a table of what each category means: many different values close together."""
    kept = []
    for part in parts:
        near = {p.value for p in parts if p.axis == part.axis and abs(p.start - part.start) < 700}
        if len(near) < 4:
            kept.append(part)
    return kept


def _written(low: str, text: str) -> Iterator[_Part]:
    taken: list[tuple[int, int]] = []
    for match in _WHOLE.finditer(low):
        if not _is_stage(low, match) or (match["tp"] == "c" and not match["n"] and text[match.start("tp")] == "C"):
            continue
        taken.append(match.span())
        node = bool(match["n"]) and not _is_no(low, match)
        prefix = _clean(match["tp"])
        yield _part(match, "t", prefix, "t" if not match["tp"] else "tp", node)
        if node:
            yield _part(match, "n", _clean(match["np"]) or prefix, "n", True)
        if match["m"]:
            yield _part(match, "m", _clean(match["mp"]) or prefix, "m", True)
    for pattern in (_N_ALONE, _M_ALONE):
        for match in pattern.finditer(low):
            if any(a <= match.start() < b for a, b in taken) or (
                re.match(r"c\s?n", match.group()) and "cn" not in match.group()[:3]
            ):
                continue
            axis = "n" if pattern is _N_ALONE else "m"
            if axis == "n" and _is_no(low, match):
                continue
            if axis == "n" and match["n"] in "li|" and not match["ns"]:
                continue
            yield _part(match, axis, _clean(match[axis + "p"]), axis, True)
            if axis == "n" and match["m"]:
                yield _part(match, "m", _clean(match["mp"]) or _clean(match["np"]), "m", True)


def _is_no(low: str, match: re.Match[str]) -> bool:
    """Whether what looks like N0 is the word "no": "(pT2) No vascular invasion"."""
    return (
        match["n"] == "o"
        and not match["m"]
        and not match["nx"]
        and bool(re.match(r"[\s.]{1,2}[a-z]{3,}", low[match.end("n") : match.end("n") + 8]))
        and not match["np"]
    )


def _part(match: re.Match[str], axis: str, prefix: str, first: str, whole: bool) -> _Part:
    group = {"t": "ts", "n": "ns", "m": "m"}[axis]
    suffix = match[axis + "x"] if axis in "tn" else ""
    value, extra = _value(axis, match[axis], match[group] if axis != "m" else "", suffix or "")
    start = match.start(axis + "p") if match[axis + "p"] else _letter(match, axis)
    end = max(match.end(axis + "x"), match.end(group)) if axis in "tn" else match.end("m")
    return _Part(axis, value, prefix, extra, start, end, whole)


def _letter(match: re.Match[str], axis: str) -> int:
    """Where the letter before the value stands."""
    return match.string.rindex(axis, match.start(), match.start(axis))


def _value(axis: str, digit: str, sub: str, suffix: str) -> tuple[str, str]:
    """The value in the usual spelling, and the suffixes that are not part of it."""
    digit = {"o": "0", "l": "1", "i": "1", "|": "1"}.get(digit, digit)
    digit = "X" if digit == "x" else digit
    sub = sub.strip()
    sub = "mi" if sub.startswith("mi") else sub
    inside = re.findall(r"\(\s?(i\s?[+\-–]|mol\s?[+\-–])", suffix)
    marks = "".join("(" + mark.replace(" ", "").replace("–", "-") + ")" for mark in inside)
    others = [name for name, seen in (("sn", r"sn"), ("m", r"\(m\b|mult|\(\d")) if re.search(seen, suffix)]
    return f"{axis.upper()}{digit}{sub}{marks}", ",".join(others)


def _clean(prefix: str | None) -> str:
    letters = re.sub(r"[^a-z]", "", prefix or "").replace("ajcc", "")
    return letters if letters in {"p", "c", "yp", "yc", "y", "r", "rp", "ryp", "a"} else ""


def _is_stage(low: str, match: re.Match[str]) -> bool:
    """Whether "T2" here is a stage: prefixed, followed by N, or where staging is spoken of."""
    near = low[max(0, match.start() - 40) : match.end() + 25]
    sub = (match["ts"] or "").strip()
    if (
        sub
        and not sub.startswith("mi")
        and not (match["t"] in "1li|" and sub in "abc")
        and match["t"] != "4"
        and not match["many"]
    ):
        return False
    if match["t"] in "li|o" and not (match["tp"] or match["n"]):
        return False
    if match["n"] and (match["tp"] or match["m"] or match["n"] not in "li|"):
        return not (match["n"] == "o" and not match["m"] and not match["tp"] and not _CONTEXT.search(near))
    if _NOT_A_STAGE.search(near):
        return False
    if match["tp"] and match["tp"].strip() not in {"r", "a", ""}:
        return not (match["tp"].strip() == "c" and not re.search(r"\bct\s?(?:is|[0-4x])", match.group()))
    return bool(_CONTEXT.search(low, max(0, match.start() - 40), match.start()))


def _fields(low: str) -> Iterator[_Part]:
    """Fields: "T Stage: 2", "Regional lymph nodes (pN): N1a". A bare figure counts only in a field of T, N or M."""
    for match in _FIELD.finditer(low):
        axis = "t" if match["T"] else "n" if match["N"] else "m"
        raw = match["tv"] or match["nv"] or match["mv"]
        letter = raw[:1] if raw[:1] in "tnm" else ""
        name = match[axis.upper()]
        if (letter and letter != axis) or (
            not letter and not re.match(r"[tnm][\s-]?(?:stage|cat|class|stat)|p?[tnm]$|.*\(p?[tnm]\)", name)
        ):
            continue
        if letter and (match["prefix"] or low[match.start("tv") - 1 : match.start("tv")] == "p"):
            continue
        found = re.fullmatch(r"[tnm]?\s?(is|x|[0-4])(mic?|[a-d])?", raw)
        if found is None or (axis == "n" and found[1] == "4") or (axis == "m" and found[1] not in "01x"):
            continue
        value, suffix = _value(axis, found[1], found[2] or "", match["sx"] or "")
        kind = {"p": "p", "c": "c"}.get((match["kind"] or "")[:1], "")
        prefix = match["prefix"] or ("p" if (name.startswith("p") and len(name) < 3) or "(p" in name else kind)
        yield _Part(axis, value, prefix, suffix, match.start(), match.end(), True)


def _mention(scope: Scope, part: _Part) -> Mention | None:
    low = scope.low
    before = low[max(0, part.start - 60) : part.start]
    rank = scope.rank(part.start)
    if _REPLACED.search(before) or _SCORED.search(before) or rank == Rank.NEVER:
        return None
    side, stated = _side(scope, part)
    strength = 0 if part.whole or part.axis != "t" else 1
    if _MAYBE.search(before[-35:]):
        strength += 3
    details: dict[str, str | int | float] = {"prefix": part.prefix or ""}
    if part.suffix:
        details["suffix"] = part.suffix
    edition = re.search(r"(?<!\d)([5-9])(?:th)?\s?ed", low[max(0, part.start - 160) : part.end + 60])
    if edition:
        details["edition"] = edition[1]
    assertion = Assertion.PRESENT
    if not scope.pathology:
        assertion = standing(scope, part.start, part.end)
        if assertion in {Assertion.FAMILY, Assertion.HYPOTHETICAL, Assertion.ABSENT}:
            return None
    rule = "stage.tnm" if stated else "stage.tnm.unprefixed"
    return scope.mention(
        f"{side}{part.axis}",
        part.value,
        part.start,
        part.end,
        rule,
        strength=strength,
        details=details,
        assertion=assertion,
    )


_DENIED = re.compile(r"\b(?:not|no|isn't|never)\s(?:longer\s|yet\s|a\s|an\s|in\s|stage\s|of\s){0,2}$")


def standing(scope: Scope, start: int, end: int) -> Assertion:
    """How the paper speaks of a stage; "no metastases, cT2 cN0" denies the metastases, not the stage."""
    assertion = scope.view.standing(start, end)
    if assertion is Assertion.ABSENT and not _DENIED.search(scope.low, max(0, start - 30), start):
        return Assertion.PRESENT
    return assertion


def _side(scope: Scope, part: _Part) -> tuple[str, bool]:
    """`p` or `c`, and whether a prefix said so."""
    if "p" in part.prefix or (part.prefix == "y" and scope.pathology):
        return "p", True
    if "c" in part.prefix:
        return "c", True
    before = scope.low[max(0, part.start - 80) : part.start]
    if _CLINICAL.search(before):
        return "c", False
    if scope.pathology and scope.rank(part.start) < Rank.CLINICAL:
        return "p", False
    return ("p", False) if _PATHOLOGIC.search(scope.low, max(0, part.start - 250), part.start) else ("c", False)
