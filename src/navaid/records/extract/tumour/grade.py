"""Grade of the invasive tumour and of carcinoma in situ, and the parts of the Nottingham score.

Stated by a number ("SBR grade II/III"), by a word ("high grade"), by differentiation, or only to be told from the total
score; each way that is less direct is given only where no more direct one is, and `details.by` names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from navaid.records.extract.tumour.scope import Mention, Rank, Scope, best

# A total of 3 to 5 is grade 1 (well differentiated), of 6 or 7 grade 2 (moderately), of 8 or 9 grade 3 (poorly):
# https://www.cancer.gov/types/breast/stages
_GRADE_OF_SCORE = {3: 1, 4: 1, 5: 1, 6: 2, 7: 2, 8: 3, 9: 3}
_NUMBERS = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "l": 1,
    "ll": 2,
    "lll": 3,
    "il": 2,
    "one": 1,
    "two": 2,
    "three": 3,
    "1": 1,
    "2": 2,
    "3": 3,
}
_WORDS = {"low": 1, "intermediate": 2, "moderate": 2, "high": 3, "well": 1, "moderately": 2, "poorly": 3, "poor": 3}
_NEAR = 600
_QUICK = re.compile(r"grad|mitot|tubule|total score|differentiat|nottingham|bloom|elston|nhg|\bsbr\b|\bg ?[1-3i]")

_VALUE = r"(?P<v>iii|ii|i|[1-9]|lll|ll|il|one|two|three|low|intermediate|high|well|moderate(?:ly)?|poor(?:ly)?)"
_OUT_OF = (
    r"(?:\s?(?:-|to)\s?(?P<to>iii|ii|3|2)(?!\s?/))?(?:[\s(]{0,2}(?:/|of|out\s+of)[\s.(]{0,2}(?P<of>iii|i{1,3}"
    r"|ll+|[39]))?"
)
_AFTER = re.compile(
    r"(?<![a-z])grad(?:e|ing)\b(?:\s*\((?:[a-z ,./-]|\d[\s,.]{1,2}\d|\d,)[^)\n]{0,40}\))?"
    r"(?:[\s:=.,#()-]|\b(?:is|of|grade|overall|group|nottingham|score|system|differentiated|combined"
    r"|histologic|total|g)\b){0,8}?[\s:=.,#(-]{1,4}g?"
    + _VALUE
    + r"(?![a-z0-9+%]|\.\d|\s?\+|\s?(?:cm|mm|lymph|nodes?)\b)"
    + _OUT_OF
)
_BEFORE = re.compile(
    r"(?<![a-z])(?P<v>low|intermediate|high|moderate)(?:\s?(?:-|to)\s?(?P<to>intermediate|high|moderate))?"
    r"[\s-]{1,2}(?:combined[\s.]{1,2})?(?:(?P<what>nuclear|histolog\w+|nottingham)[\s.]{1,2})?grade"
)
_SHORT = re.compile(
    r"(?<![a-z0-9])(?:nhg|nsbr|n?gr?\.?(?=\s?[1-3]|\s(?:i{1,3})\b))\s?(?P<v>iii|ii|i|[123])(?![a-z0-9/.-])"
)
_SHORT_PLACE = re.compile(
    r"\bnhg|p?t\s?[0-4iltx][a-d]?\b|\bstage|\bclassification|invas\w+|\bm[x0o]\b|p?n[0-3ox]|carcin"
)
_WORD = re.compile(
    r"(?<![a-z])(?P<v>well|moderately|moderate|poorly|poor)(?P<to>[\s.-]{1,3}(?:to|and"
    r"|-)[\s.-]{1,3}(?:moderately|poorly)(?:[\s.-]{1,3}|$))?[\s.-]{0,3}"
    r"differentiated"
)

# What a grade is the grade of, by the nearest of these words before it (or right after).
_OF = re.compile(
    r"(?P<nuclear>nuclear|nuclei|black'?s|cytologic\w*)|(?P<insitu>in[\s.-]{1,3}situ|\bdcis\b|intraductal"
    r"|\blcis\b|comedo)"
    r"|(?P<own>nottingham|histolog\w+|overall|bloom|richardson|scarff|\bsbr\b|\bbr\b|combined|elston"
    r"|invasive|infiltr\w+|carcin\w+|tumou?r"
    r"|total|malignancy|modified|procurement|\bnos\b)"
)
_INSITU_AFTER = re.compile(
    r"[\s,(-]{0,3}(?:(?:solid|cribriform|comedo|micropapillary|and|type"
    r"|nuclear)[\s,.-]{1,3}){0,4}(?:ductal carcin\w+ in|dcis|in[\s-]situ|intraductal)"
)


def find(scope: Scope) -> Iterator[Mention]:
    """Grades and scores, each from the best section that has it."""
    if not _QUICK.search(scope.low):
        return
    mentions = [*_stated(scope), *_differentiated(scope), *_scores(scope)]
    mentions += list(_added_up(mentions, scope))
    mentions += list(_derived(mentions, scope))
    yield from best([m for m in mentions if m.rank != Rank.NEVER])


def _stated(scope: Scope) -> Iterator[Mention]:
    low = scope.low
    for match in scope.finditer(_AFTER):
        value = _NUMBERS.get(match["v"], _WORDS.get(match["v"]))
        if value is None and match["v"].isdigit():
            if _of(low, match.start(), match.end()) == "own":
                yield scope.mention("grade.score", int(match["v"]), *match.span(), "tumour.grade.score", strength=1)
            continue
        if match["v"] in _WORDS and low[match.start("v") - 2 : match.start("v")] == ", ":
            continue
        if value is None or (match["to"] and _NUMBERS.get(match["to"]) != value) or match["of"] == "9":
            continue
        yield from _graded(scope, value, match.span(), "" if match["v"] in _NUMBERS else "word")
    for match in scope.finditer(_BEFORE):
        if not match["to"]:
            yield from _graded(scope, _WORDS[match["v"]], match.span(), "word", match["what"] or "")
    for match in scope.finditer(_SHORT):
        if _SHORT_PLACE.search(low, max(0, match.start() - 60), match.end() + 20):
            yield scope.mention("grade", _NUMBERS[match["v"]], *match.span(), "tumour.grade", strength=1)


def _graded(scope: Scope, value: int, span: tuple[int, int], by: str, what: str = "") -> Iterator[Mention]:
    kind = _of(scope.low, *span, own_word=what)
    details: dict[str, str | int | float] = {"by": by} if by else {}
    if kind == "own" and not _planned(scope, span[0]):
        yield scope.mention("grade", value, *span, "tumour.grade", strength=2 if by else 0, details=details)
    elif kind == "insitu":
        yield scope.mention("dcis.grade", value, *span, "tumour.grade.dcis", details=details)
    elif kind == "nuclear":
        yield scope.mention("grade.nuclear", value, *span, "tumour.grade.nuclear", strength=1, details=details)


def _planned(scope: Scope, at: int) -> bool:
    """A grade that is spoken of in general: "grade 3 neutropenia", "grade will be"."""
    return bool(
        re.match(
            r"grade\s+\d\s+(?:neutrop|toxic|neuropath|muco|diarr|hand|anemi|fever|murmur|sprain|tear|view"
            r"|adverse|lymphedema)",
            scope.low[at : at + 40],
        )
    )


def _of(low: str, start: int, end: int, own_word: str = "") -> str:
    """`own` (the invasive tumour), `nuclear`, `insitu`; empty where nothing near says of what the grade is."""
    before = low[max(0, start - 110) : start] + own_word
    words = [(m.lastgroup or "", m.start()) for m in _OF.finditer(before)]
    inside = _OF.search(low, start, end)
    nuclear = own_word == "nuclear" or bool(words and words[-1][0] == "nuclear" and len(before) - words[-1][1] < 22)
    if _INSITU_AFTER.match(low, end):
        return "insitu"
    if inside and inside.lastgroup == "own" and inside.start() > start + 5:
        return "own"
    kinds = [kind for kind, at in words if kind != "nuclear"]
    last = kinds[-1] if kinds else ""
    if inside and inside.lastgroup == "own" and not nuclear:
        return "own"
    if last == "insitu" and not _invasive_since(before):
        return "insitu"
    if nuclear:
        return "insitu" if _listed_in_situ(low, start) else "nuclear"
    if last == "own" or re.search(r"(?:^|[.\n:;(-]|\d)\s*$", before[-4:]) or not before.strip():
        return (
            "insitu"
            if _listed_in_situ(low, start) and not re.search(r"nottingham|histolog|overall|bloom|sbr", before[-40:])
            else "own"
        )
    return ""


def _invasive_since(before: str) -> bool:
    """Whether a word of the invasive tumour or its scoring stands after the last word of carcinoma in situ."""
    found = [m.end() for m in re.finditer(r"in[\s.-]{1,3}situ|dcis|intraductal|lcis|comedo", before)]
    return bool(found) and bool(
        re.search(r"nottingham|histolog|overall|bloom|elston|\bsbr\b|invasive|infiltr", before[found[-1] :])
    )


def _listed_in_situ(low: str, at: int) -> bool:
    """Whether the list of fields here is the one on carcinoma in situ: its name is the last heading-like word."""
    before = low[max(0, at - 260) : at]
    dcis = max(before.rfind("dcis"), before.rfind("in situ"), before.rfind("in-situ"), before.rfind("intraductal"))
    own = [
        m.start()
        for m in re.finditer(
            r"tubul|mitot|architect|invasive|infiltr|nottingham|glandular|bloom|overall|tumor size", before
        )
    ]
    after = re.match(
        r"[^a-z]{0,6}(?:[0-3 =points,.()/]{0,20})(?:mitot|tubul|architect|gland)",
        low[at : at + 60].partition("grade")[2],
    )
    return dcis >= 0 and dcis > max(own, default=-1) and not after


def _differentiated(scope: Scope) -> Iterator[Mention]:
    for match in scope.finditer(_WORD):
        before = scope.low[max(0, match.start() - 60) : match.start()]
        near = before + scope.low[match.end() : match.end() + 60]
        if (
            match["to"]
            or re.search(r"metasta|nuclear\s+grade[\s:=]*$|lymph\s+node|\bto\s+$", before[-30:])
            or not re.search(r"carcin|grade|tumou?r|invas|infiltr|nottingham|differentiation|cancer", near)
        ):
            continue
        if _NUCLEAR_PAREN.search(before):
            continue
        yield scope.mention(
            "grade",
            _WORDS[match["v"]],
            *match.span(),
            "tumour.grade.differentiation",
            strength=1,
            details={"by": "differentiation"},
        )


_NUCLEAR_PAREN = re.compile(r"nuclear\s+grade[\s:=.]{0,3}(?:[123](?:-[123])?[\s.]{0,2}\()?$")

_SCORE = (
    r"(?:[\s:;=.,#(-]|\b(?:score|scores|is|of|rate|grade|index)\b){0,7}?[\s:;=.,#(-]{0,3}(?P<v>[123]"
    r"|i{1,3})(?:\s?(?:/|of|out\s+of)\s?[3i]{1,3})?(?![a-z0-9%+]|\.\d|,\d|\s?-\s?\d|\s?(?:cm|mm|to\b|per\b"
    r"|mitos|/\s?10|/\s?hpf))"
)
_POINTS = r"[^=;\n]{0,60}?=\s{0,2}(?P<p>[123])\s?points?"
_PARTS = (
    (
        "grade.tubules",
        r"(?:tubul\w+|acin\w+|architectur\w+|gland\w+)(?:\s?[/(]\s?(?:tubul\w*|papill\w*|acin\w*"
        r"|gland\w*)\)?){0,2}(?:\s+(?:formation|differentiation|lifferentiation|score|pattern|grade)){0,3}",
    ),
    (
        "grade.nuclear",
        r"(?:nuclear|nuclei|nucleus)(?:\s+(?:pleomorphism|p\(eomorphism|grade|score|size|atypia|features"
        r"|nuclear)){0,3}",
    ),
    ("grade.mitoses", r"(?:mitos\w+|mytos\w+|mitotic)(?:\s+(?:count|rate|score|activity|index|figures?|grade)){0,3}"),
)
_PART_PATTERNS = tuple(
    (concept, re.compile(rf"(?<![a-z]){name}(?:\s?\([^)\n]{{0,25}}\))?(?:{_POINTS}|{_SCORE})"))
    for concept, name in _PARTS
)
_SUM = re.compile(r"(?<![\d.])(?P<a>[123])\s?\+\s?(?P<b>[123])\s?\+\s?(?P<c>[123])(?![\d.])(?:\s?=\s?(?P<t>[3-9]))?")
_TOTAL = re.compile(
    r"(?:total|nottingham|combined|overall|richardson|bloom|\bsbr\b|elston|histologic(?:al)?"
    r"|cancer histologic)(?:[\s.-]{1,2}(?:nottingham|grade|combined|histologic(?:al)?|"
    r"breast|cancer|modified|score|points|of)){0,5}(?:\s?\([^)\n]{0,25}\))?[\s:=.,(-]{0,4}(?:is\s"
    r"|of\s)?(?P<v>[3-9])(?:\s?(?:/|of|out\s+of)\s?(?P<of>9|nine))?(?![\d%+]|\.\d|\s?/|\s?(?:cm|mm|of\s+3"
    r"|out\s+of\s+3|\+))"
)
_TOTAL_END = re.compile(
    r"mitos\w+[^)\n=]{0,8}[123][\s,]{0,2}=\s?(?P<w>[3-9])\s?\)|(?P<v>[3-9])\s?(?:/|out\s+of|of)\s?9(?!\d"
    r"|\s?(?:lymph|nodes?|slides|,|\)\s?(?:lymph|nodes?)))"
)


def _scores(scope: Scope) -> Iterator[Mention]:
    low = scope.low
    for concept, pattern in _PART_PATTERNS:
        for match in scope.finditer(pattern):
            figure = match["p"] or match["v"]
            if (
                concept == "grade.nuclear"
                and "grade" in match.group()
                and _of(low, match.start(), match.start() + 1) == "insitu"
            ):
                continue
            if concept == "grade.nuclear" and _listed_in_situ(low, match.start()):
                continue
            yield scope.mention(concept, _NUMBERS[figure], *match.span(), "tumour.grade.part")
    for match in scope.finditer(_SUM):
        if not re.search(r"grade|score|nottingham|nhg|invas|bloom", low[max(0, match.start() - 120) : match.start()]):
            continue
        for (concept, _), group in zip(_PARTS, "abc", strict=True):
            yield scope.mention(concept, int(match[group]), *match.span(group), "tumour.grade.sum")
        yield scope.mention(
            "grade.score",
            sum(int(match[g]) for g in "abc"),
            *match.span(),
            "tumour.grade.sum",
            details={} if match["t"] else {"by": "derived"},
        )
    yield from _totals(scope)


def _totals(scope: Scope) -> Iterator[Mention]:
    low = scope.low
    for match in scope.finditer(_TOTAL):
        value = int(match["v"])
        said_score = "score" in match.group() or "point" in match.group() or match["of"] or value > 3
        if said_score and not (value == 3 and not match["of"]):
            yield scope.mention(
                "grade.score", value, *match.span(), "tumour.grade.score", strength=0 if match["of"] else 1
            )
    for match in scope.finditer(_TOTAL_END):
        if match["w"] or re.search(r"score|grade|nottingham|total", low[max(0, match.start() - 60) : match.start()]):
            yield scope.mention("grade.score", int(match["v"] or match["w"]), *match.span(), "tumour.grade.score")


def _added_up(mentions: list[Mention], scope: Scope) -> Iterator[Mention]:
    """The total of the three scores, where a report has one of each and no total."""
    parts = [[m for m in best(mentions) if m.concept == concept] for concept, _ in _PARTS]
    if any(m.concept == "grade.score" for m in mentions) or not all(
        len({m.value for m in part}) == 1 for part in parts
    ):
        return
    firsts = sorted((part[0] for part in parts), key=lambda m: m.start)
    start, end = firsts[0].start, firsts[-1].end
    if end - start < _NEAR:
        total = sum(int(m.value) for m in firsts)
        yield scope.mention(
            "grade.score", total, start, end, "tumour.grade.added", strength=2, details={"by": "derived"}
        )


def _derived(mentions: list[Mention], scope: Scope) -> Iterator[Mention]:
    for m in mentions:
        if m.concept == "grade.score" and isinstance(m.value, int) and m.value in _GRADE_OF_SCORE:
            yield scope.mention(
                "grade",
                _GRADE_OF_SCORE[m.value],
                m.start,
                m.end,
                "tumour.grade.derived",
                strength=3,
                details={"by": "derived"},
            )
