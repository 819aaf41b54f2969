"""The Nottingham score: its three parts and their total, and the grade that the total makes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from navaid.records.extract.tumour.grade_of import grade_of, listed_in_situ
from navaid.records.extract.tumour.mention import Mention, best
from navaid.records.extract.tumour.scope import Scope

# A total of 3 to 5 is grade 1 (well differentiated), of 6 or 7 grade 2 (moderately), of 8 or 9 grade 3 (poorly):
# https://www.cancer.gov/types/breast/stages
_GRADE_OF_SCORE = {3: 1, 4: 1, 5: 1, 6: 2, 7: 2, 8: 3, 9: 3}
FIGURES = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "l": 1,
    **{
        "".join(strokes): len(strokes) for size in (2, 3) for strokes in product("il", repeat=size)
    },  # as OCR reads them
    "one": 1,
    "two": 2,
    "three": 3,
    "1": 1,
    "2": 2,
    "3": 3,
}
_NEAR = 600

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


def scores(scope: Scope) -> Iterator[Mention]:
    low = scope.low
    for concept, pattern in _PART_PATTERNS:
        for match in scope.finditer(pattern):
            figure = match["p"] or match["v"]
            if (
                concept == "grade.nuclear"
                and "grade" in match.group()
                and grade_of(low, match.start(), match.start() + 1) == "insitu"
            ):
                continue
            if concept == "grade.nuclear" and listed_in_situ(low, match.start()):
                continue
            yield scope.mention(concept, FIGURES[figure], *match.span(), "tumour.grade.part")
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


def added_up(mentions: list[Mention], scope: Scope) -> Iterator[Mention]:
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


def derived(mentions: list[Mention], scope: Scope) -> Iterator[Mention]:
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
