"""Grade of the invasive tumour and of carcinoma in situ, and the parts of the Nottingham score.

Stated by a number ("SBR grade II/III"), by a word ("high grade"), by differentiation, or only to be told from the total
score; each way that is less direct is given only where no more direct one is, and `details.by` names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from navaid.records.extract.tumour.grade_of import grade_of
from navaid.records.extract.tumour.mention import Mention, Rank, best
from navaid.records.extract.tumour.scope import Scope
from navaid.records.extract.tumour.score import FIGURES, added_up, derived, scores

_WORDS = {"low": 1, "intermediate": 2, "moderate": 2, "high": 3, "well": 1, "moderately": 2, "poorly": 3, "poor": 3}
_QUICK = re.compile(r"grad|mitot|tubule|total score|differentiat|nottingham|bloom|elston|nhg|\bsbr\b|\bgr?\.? ?[1-3i]")

# OCR takes the strokes of a Roman figure for small l; "ill-defined" is none.
_VALUE = (
    r"(?P<v>(?!ill[\s-]{0,2}(?:def|circ|form|mark))[il]{2,3}|i|l(?=\s?(?:[.,;)/\n]|of\s|$))|[1-9]"
    r"|one|two|three|low|intermediate|high|well|moderate(?:ly)?|poor(?:ly)?)"
)
_OUT_OF = (
    r"(?:\s?(?:-|to)\s?(?P<to>iii|ii|3|2)(?!\s?/))?(?:[\s(]{0,2}(?:/|of|out\s+of)[\s.(]{0,2}(?P<of>[il]{1,3}"
    r"|[39]))?"
)
_AFTER = re.compile(
    r"(?<![a-z])grad(?:e|ing)\b(?:\s*\((?:[a-z ,./-]|\d[\s,.]{1,2}\d|\d,)[^)\n]{0,40}\))?"
    r"(?:[\s:=.,#()-]|\b(?:is|of|grade|overall|group|nottingham|score|system|differentiated|combined"
    r"|histologic|total|g)\b){0,8}?(?:[\s:=.,#(-]{1,4}|[:=]?[ \t]{2,60})g?"
    + _VALUE
    + r"(?![a-z0-9+%]|\.\d|\s?\+|\s?(?:cm|mm|lymph|nodes?)\b|\s?/\s?[4-8]\b)"
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
    r"\bnhg|\bi[dl]c\b|elston|\bellis|\bpoints\b|cancer|p?t\s?[0-4iltx][a-d]?\b|\bstage|\bclassification|invas\w+|\bm[x0o]\b|p?n[0-3ox]|carcin"
)
_WORD = re.compile(
    r"(?<![a-z])(?P<v>well|moderately|moderate|poorly|poor)(?P<to>[\s.-]{1,3}(?:to|and"
    r"|-)[\s.-]{1,3}(?:moderately|poorly)(?:[\s.-]{1,3}|$))?[\s.-]{0,3}"
    r"differentiated"
)


def find(scope: Scope) -> Iterator[Mention]:
    """Grades and scores, each from the best section that has it."""
    if not _QUICK.search(scope.low):
        return
    mentions = [*_stated(scope), *_differentiated(scope), *scores(scope)]
    mentions += list(added_up(mentions, scope))
    mentions += list(derived(mentions, scope))
    yield from best([m for m in mentions if m.rank != Rank.NEVER])


def _stated(scope: Scope) -> Iterator[Mention]:
    low = scope.low
    for match in scope.finditer(_AFTER):
        value = FIGURES.get(match["v"], _WORDS.get(match["v"]))
        if value is None and match["v"].isdigit():
            if grade_of(low, match.start(), match.end()) == "own":
                yield scope.mention("grade.score", int(match["v"]), *match.span(), "tumour.grade.score", strength=1)
            continue
        if match["v"] in _WORDS and low[match.start("v") - 2 : match.start("v")] == ", ":
            continue
        if value is None or (match["to"] and FIGURES.get(match["to"]) != value) or match["of"] == "9":
            continue
        yield from _graded(scope, value, match.span(), "" if match["v"] in FIGURES else "word")
    for match in scope.finditer(_BEFORE):
        if not match["to"]:
            yield from _graded(scope, _WORDS[match["v"]], match.span(), "word", match["what"] or "")
    for match in scope.finditer(_SHORT):
        if _planned(scope, match.start()):
            continue
        if _SHORT_PLACE.search(low, max(0, match.start() - 60), match.end() + 20):
            yield scope.mention("grade", FIGURES[match["v"]], *match.span(), "tumour.grade", strength=1)


def _graded(scope: Scope, value: int, span: tuple[int, int], by: str, what: str = "") -> Iterator[Mention]:
    kind = grade_of(scope.low, *span, own_word=what)
    details: dict[str, str | int | float] = {"by": by} if by else {}
    if kind == "own" and not _planned(scope, span[0]):
        yield scope.mention("grade", value, *span, "tumour.grade", strength=2 if by else 0, details=details)
    elif kind == "insitu":
        yield scope.mention("dcis.grade", value, *span, "tumour.grade.dcis", details=details)
    elif kind == "nuclear":
        yield scope.mention("grade.nuclear", value, *span, "tumour.grade.nuclear", strength=1, details=details)


def _planned(scope: Scope, at: int) -> bool:
    """A grade of something else than the tumour: "grade 3 neutropenia", "grade 2 dermatitis", "tolerance: grade 1"."""
    return bool(
        _OF_HARM.match(scope.low, at)
        or _HARM_BEFORE.search(scope.low, max(0, at - 50), at)
        or _NAMED_HARM.search(scope.low, max(0, at - 60), at)
    )


# "G2 diarrhoea", "grade 1-2 sensory neuropathy", "CTCAE grade: 3, mucositis".
_OF_HARM = re.compile(
    r"(?:\w+[- ]){0,2}?(?:grade\s?[:=]?\s?|gr?\.?\s?)(?:[1-5]|i{1,3}|iv)(?:\s?[-–/]\s?[1-5])?[\s:(-]{1,3}"
    r"(?!and\b)(?:(?!carcin|cancer|tumou?r|invas|infil|ductal|lobular|with\b)[\w-]+\s+){0,3}?"
    r"(?:\w*penia|cipn\b|pnp\b|hfs\b|ppe\b|palmar|ctcae|polyneur|toxic|\w*neuropath|muco|stomat|diarr|hand|an[ae]+mi"
    r"|fever|murmur|sprain|tear|view|adverse|lymph(?:o)?ed|dermat|fatigue|nause|vomit|rash|pain|myalg|arthralg|hepat"
    r"|transamin|hypert|pneumon|esophag|oesoph|cardiotox|constip|alopec|infusion|bleed|thromb|prolapse|reflux|varic"
    r"|systolic|diastolic|ed(?:a)?ema|erythema|colitis|itch|prurit|headache|insomn|cough|dyspn)"
)
# "hand-foot syndrome, worst grade 2", "neuropathy (at most grade 2)": no tumour is named in between.
_NAMED_HARM = re.compile(
    r"\b(?:\w*penia|\w*neuropath\w+|cipn|pnp|hand[- ]foot(?: syndrome)?|stomatitis|vomiting|rash|colitis|pneumonitis"
    r"|hepatitis|arthralgias?|myalgias?|constipation|alopecia|an[ae]{1,2}mia|diarrh\w+|nausea|fatigue|mucositis)[\s:,(-]{0,3}"
    r"(?:(?!carcin|cancer|tumou?r|invas|infil|histol|notting|ductal|lobular|i[dl]c\b|dcis|nst\b|nos\b)\w+[\s:,(-]{1,2}){0,4}$"
)
_HARM_BEFORE = re.compile(
    r"(?:toleran\w+|toxicit\w+|ctcae|side[- ]effects?|adverse\s\w+|murmur|neuropath\w+|dermatitis|fatigue|nausea"
    r"|mucositis|diarrh\w+|lymph[oe]*d\w+)\W{0,3}(?:(?!carcin|cancer|tumou?r|invas|infil|ductal|i[dl]c\b)\w+\W){0,2}$"
)


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
        # Said of the in situ and the invasive part at once, it is the grade of neither alone.
        if _NUCLEAR_PAREN.search(before) or _BOTH.match(scope.low, match.end()):
            continue
        yield scope.mention(
            "grade",
            _WORDS[match["v"]],
            *match.span(),
            "tumour.grade.differentiation",
            strength=1,
            details={"by": "differentiation"},
        )


_BOTH = re.compile(r"[\s.]{1,3}(?:intraductal|in[\s-]situ|dcis)")
_NUCLEAR_PAREN = re.compile(r"nuclear\s+grade[\s:=.]{0,3}(?:[123](?:-[123])?[\s.]{0,2}\()?$")
