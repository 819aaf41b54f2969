"""Measurements in a text, and what each measures: the tumour, carcinoma in situ, a deposit, a margin, a specimen.

The subject is the word nearest to the number: "DCIS spans 4 cm; the invasive tumor is 1.2 cm, 2 mm from the margin".
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace


class Subject(enum.Enum):
    """What a measurement speaks of."""

    INVASIVE = "invasive"
    TUMOUR = "tumour"
    IN_SITU = "in situ"
    DEPOSIT = "deposit"
    MARGIN = "margin"
    OTHER = "other"


@dataclass(frozen=True)
class Measurement:
    """A length in mm at `text[start:end]`; `cue` where a word for size stands with it ("tumor size", "measures")."""

    mm: float
    start: int
    end: int
    subject: Subject
    subject_at: int
    cue: bool
    several: bool
    qualifier: str = ""


# OCR takes a one for a small l and a nought for an o: "l.8", "2.o".
_NUMBER = r"(?:(?:\d{1,3}|(?<![a-wyz\d])[lio](?=[.,][\do](?![a-z])))(?:\.[ ]?[\do]\d?|,\d{1,2})?|(?<![a-z])\.\d{1,2})"
_OCR = str.maketrans("lio", "110")
_LENGTH = re.compile(
    rf"(?<![\d.,/:#])(?<!\b[nt])(?<!\b[cpy][nt])(?P<first>{_NUMBER}(?P<lost>[.,])?)[ \t\n]{{0,2}}(?P<u1>cm|mm)?"
    rf"(?P<rest>(?:,[ ]?\d{{1,2}}\.\d){{0,6}},?[ ](?:and|&)[ ]\d{{1,2}}\.\d{{1,2}}"
    rf"|(?:[\s.:-]{{0,3}}(?:x|×|by|\*)[\s.]{{0,3}}{_NUMBER}[.]?(?:[ ]\d(?=[ ]?x))?[ ]?(?:cm|mm)?){{0,3}})"
    r"[\s-]{0,2}(?P<unit>cm|mm|centimet\w+|millimet\w+|(?<=\d[ ])[eo]m)(?![a-z\d])"
)
# The 1 of "cN1 cM0" is no length.
# "5 mm (x 2), 4 mm and 3 mm" are sizes of the same kind.
_LISTED = re.compile(r"[\s,]{0,3}(?:\(x\s?\d\))?[\s,]{0,3}(?:and|&)?\s{0,2}")
_STRAY = re.compile(r"(?<=\d) \d(?= ?x)")
_FIGURE = re.compile(rf"({_NUMBER})[ ]?(cm|mm)?")
_WORDS: tuple[tuple[Subject, str], ...] = (
    (
        Subject.MARGIN,
        r"margins?\b|\bmarg\.n|distance|clearance|away\b|\bwithin\b|closest|nearest"
        r"|from\s+(?:the\s+)?(?:inked|deep|skin|nipple)",
    ),
    (
        Subject.IN_SITU,
        r"(?:ductal|lobular|intraductal)?[\s.]{0,2}carcin\w+[\s,.-]{1,4}in[\s.-]{1,3}situ\w*|\bdcis\b"
        r"|\blcis\b|intraductal|in[\s-]situ"
        r"|intralobular",
    ),
    (
        Subject.DEPOSIT,
        r"metasta\w+(?:[\s.]{1,3}(?:\w+[\s.]{1,3}){0,2}(?:(?:adeno)?carcin\w+|tumou?r|foc(?:us|i)"
        r"|lesions?|deposits?))?|micrometasta\w+|\bdeposits?\b|tumou?r\s+cells?\b|extracapsular"
        r"|extranodal|within\s+the\s+node|isolated",
    ),
    (
        Subject.OTHER,
        r"tumou?r\s+bed\b|bed\s+of\s+(?:the\s+)?tumou?r|whole\s+tumou?r(?:\s+size)?(?:\s?\([^)\n]{0,40}\))?|total\s+extent|overall\s+(?:size|extent)|invasive\s+(?:and|\+|plus|&)\s+(?:dcis|in[\s-]situ)|lymph\s+nodes?\b|\bnodes?\b|specimens?\b|skin\b|nipple\b|areola|ellipse|\bscar\b|\bcyst\w*"
        r"|cavity|fibroadenoma\w*"
        r"|papilloma\b|keratosis|hemangioma|\bhpf\b|field|visual\s+area|slices?\b|biopsy\s+site|size\s+of\s+biopsy"
        r"|fragments?\b|tissue\b|weigh|gram\b|\bclip\b|axillary\s+tail|hyperplasia|\bnormal\b"
        r"|\bbreast(?=[\s.]{1,3}(?:sized|measur))|mastectomy\s+specimen|radial\s+scar"
        r"|second\s+nodule|additional\s+dimension\w*|fat\s+necrosis|ductal\s+ectasia|portion\b|lipoma"
        r"|hematoma|seroma|muscle|adipose",
    ),
    (
        Subject.INVASIVE,
        r"(?:invasive|infiltrat\w+)[\s.]{1,3}(?:component|tumou?r|carcin\w+|focus|foci|disease|cancer"
        r"|duct\w+|lobul\w+|mammary)"
        r"|foc(?:us|i)\s+of\s+inva\w+(?:\s+(?:\w+\s+)?carcin\w+)?|invasive\s+(?:size|component)|invasive\s+focus",
    ),
    (
        Subject.TUMOUR,
        r"\btumou?rs?\b|\bidc\b|\bilc\b|\bspan\w*[\s.]{1,3}(?:a[\s.]{1,3})?(?:\w+[\s.]{1,3})?distance|\bt[uü]mor\b"
        r"|(?:adeno|comedo)?carcin\w+|\bmass(?:es)?\b|\blesions?\b|\bneoplasm|\bcancer\b|\bmalignan\w+"
        r"|gritty|\bnodule\b"
        r"|\bmaximum\s+size|\bgreatest\s+dimension\s*\(?p?t|indurat\w+",
    ),
)
_SUBJECT = re.compile("(?<![a-z])(?:" + "|".join(f"(?P<s{at}>{words})" for at, (_, words) in enumerate(_WORDS)) + ")")
_CUE = re.compile(
    r"\bsize|dimension|diameter|measur\w*|\bspan\w*|\bextent|\blargest|\bgreatest|\bmaxim\w+|\bforming"
    r"|\bup to\b|\bis\b|sized"
)
_FOLLOWS_MARGIN = re.compile(
    r"(?:\s?\([^()]{0,20}\)\s?(?:away|from|to\b)|[\s.]{1,3}(?:away|from)\b|[\s,(-]{0,3}(?:in\s+)?(?:away|from|clear"
    r"|to\s+(?:the\s+)?(?:nearest|closest|deep|anterior|posterior|superior|inferior|medial|lateral"
    r"|superficial|margin)|of\s+(?:the\s+)?(?:\w+\s+){0,3}margin|(?:\w+\s+){0,2}margin|(?:superior"
    r"|inferior|medial|lateral|deep|anterior|posterior)"
    r"(?:\s+\w+)?\s+to\b|(?:superior|inferior|medial|lateral|deep)\b)|[\s.,]{1,3}(?:superior|inferior"
    r"|medial|lateral|deep)(?:\s+\w+)?\s+to\b)"
)
_APART = re.compile(
    r"(?:located|comes\s+to|extends?\s+to|extending\s+to|involves|within|lies|\bby"
    r"|by\s+a\s+(?:microscopic\s+)?distance\s+of)\s+"
    r"(?:(?:at\s+least|approx\w*|about|a|less\s+than)\s+)?$"
)
_BETWEEN = re.compile(r"distance\s+between[^.;\n]{0,45}$|\bapart\b[^.;\n]{0,10}$")
_QUALIFIER = re.compile(
    r"(?P<more>(?:over|larger\s+than|greater\s+than|more\s+than|exceeding|[>≥])\s*$)|(?P<least>at\s+least"
    r"|minimum\s+of)|(?P<about>approx\w*\.?|about|estimated|~)|(?P<less>less\s+than|<|≤|up\s+to)"
)
_BEFORE = 150
_LARGEST = 350.0


def measurements(low: str, start: int, end: int) -> Iterator[Measurement]:
    """The measurements in `low[start:end]`, a text in small letters, in order."""
    previous, last = start, None
    for match in _LENGTH.finditer(low, start, end):
        mm = _largest(match)
        if mm is not None and 0 < mm <= _LARGEST:
            found = _classified(low, match, mm, max(start, previous, match.start() - _BEFORE), end)
            if found.subject is Subject.OTHER and found.subject_at < 0:
                found = _classified(low, match, mm, max(start, previous, match.start() - 2 * _BEFORE), end)
            if (
                last is not None
                and found.subject is not Subject.MARGIN
                and _LISTED.fullmatch(low, last.end, match.start())
            ):
                found = replace(found, subject=last.subject, subject_at=last.subject_at, cue=last.cue)
            yield found
            last = found
            if found.qualifier == "more":
                continue
        previous = match.end()


def _largest(match: re.Match[str]) -> float | None:
    """The greatest of the dimensions, in mm; None where a digit was lost ("1. cm")."""
    unit = match["unit"]
    if match["lost"] and not match["rest"] and not unit.startswith("m"):
        return None
    figures = _FIGURE.findall(_STRAY.sub("", match.group()))
    if _point_lost([figure for figure, _ in figures]):
        return None
    scale = 1.0 if unit.startswith("m") else 10.0
    return max(_number(figure) * (scale if not own else (1.0 if own == "mm" else 10.0)) for figure, own in figures)


def _point_lost(figures: list[str]) -> bool:
    """Whether one dimension misses the point that the others have: "1,2 x 10 x 1,0"."""
    whole = [_number(figure) for figure in figures if not re.search(r"[.,]", figure)]
    parts = [_number(figure) for figure in figures if re.search(r"[.,]\s?\d", figure)]
    return len(figures) > 2 and len(whole) == 1 and len(parts) > 1 and whole[0] > 4 * max(parts)


def _number(figure: str) -> float:
    return float(figure.translate(_OCR).replace(" ", "").replace(",", "."))


def _classified(low: str, match: re.Match[str], mm: float, since: int, end: int) -> Measurement:
    before = low[since : match.start()]
    subject, at = _nearest_before(before)
    cue = bool(_CUE.search(before, max(0, at - 40) if at >= 0 else 0))
    after = low[match.end() : min(end, match.end() + 70)]
    near = _AFTER.match(after)
    if (
        _APART.search(before[-40:])
        or _BETWEEN.search(before[-60:])
        or (_FOLLOWS_MARGIN.match(after) and not (near and near["what"]))
    ):
        subject, at = Subject.MARGIN, len(before)
    elif near and near["what"]:
        subject, at, cue = _of_word(near["what"]), len(before), True
    elif subject is None or len(before) - at > 90:
        later = _SUBJECT.search(re.split(r"[.,;\n]\s?", after, maxsplit=1)[0], 0, 40)
        if later:
            subject, at = _WORDS[_index(later)][0], len(before)
    qualities = list(_QUALIFIER.finditer(before, max(0, len(before) - 22)))
    return Measurement(
        round(mm, 2),
        match.start(),
        match.end(),
        subject or Subject.OTHER,
        since + at if at >= 0 else -1,
        cue or bool(re.match(r"\W{0,3}(?:in\s+)?(?:its\s+)?(?:greatest|maxim\w+|largest|\w?argest|overall)", after)),
        bool(match["rest"]),
        (qualities[-1].lastgroup or "") if qualities else "",
    )


# "a 2.5 cm well-circumscribed mass", "0.5 cm lymph node", "4 cm area of DCIS": the noun comes after the number.
_AFTER = re.compile(
    r"(?:\)[ \t]|[ \t,-]{0,3})(?!in\b|from\b|and\b|with\b|to\b|of\b|away\b|(?:sup|inf|ant|post)erior|medial"
    r"|lateral|deep\b)(?:[a-z]+(?:[-/ ,]+)){0,5}?(?P<what>tumou?r\s+bed|tumou?r(?!\s+cells)|mass\b|lesion"
    r"|carcin\w+(?:\s+in[\s-]situ)?|dcis|idc\b|ilc\b"
    r"|nodule|cyst|lymph\s+node|node\b|area\s+of\s+(?:dcis|in)|focus\s+of\s+(?:dcis|in)|metasta\w+"
    r"|ellipse|skin|fibroadenoma|cavity"
    r"|micrometasta\w+|fragment|piece|portion|aggregate|specimen|segment|clearance|invasive)"
)


def _of_word(word: str) -> Subject:
    found = _SUBJECT.search(word)
    if word.startswith("invasive"):
        return Subject.INVASIVE
    return _WORDS[_index(found)][0] if found else Subject.OTHER


def _index(match: re.Match[str]) -> int:
    return int((match.lastgroup or "s0")[1:])


def _nearest_before(before: str) -> tuple[Subject | None, int]:
    subject, at = None, -1
    for match in _SUBJECT.finditer(before):
        subject, at = _WORDS[_index(match)][0], match.start()
    return subject, at
