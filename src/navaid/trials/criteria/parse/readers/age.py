"""Age in all the forms it is written: "≥ 18 years", "aged 18 to 75", "18 years ≤ age < 70", "6 months or older"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from navaid.terms import Expression
from navaid.trials.criteria.parse.atom import Atom, asks, every, some, unparsed
from navaid.trials.criteria.parse.quick import lowered
from navaid.trials.criteria.parse.readers.quantity import SIGN, op_of
from navaid.vocabulary.matching import lower

_YEARS = r"(?:years?|yrs?\b\.?|y\.?\s?/?\s?o\.?(?!\w)|months?|mos?\b)"
_OLD = r"(?:[\s-]*(?:old|of[\s-]+age|in\s+age)\b)"
_NUMBER = (
    r"(?<![\d.,])(?:\d{1,3}|eighteen|twenty[- ]one|sixty[- ]five)(?![\d,]*\d)(?!\s*(?:%|mg|cm|mm|ml"
    r"|weeks?|days?|hours?|cycles?|lines?))"
)
_TO = r"(?:-|–|—|~|to|and|through|until|up to|but|,|or(?=\s*[<≤>≥=]))"
_CUE = (
    r"(?:\b(?:age[ds]?|ages)\b(?:\s+(?:range|limits?|group|at (?:study entry|enrol?lment|registration"
    r"|screening|consent|randomi[sz]ation|the time of (?:\w+\s+){0,3}(?:consent|enrol?lment|"
    r"screening|registration))))?)"
)
_GLUE = (
    r"(?:\s*(?:is|are|was|of|at|must|be|should|between|from|range[ds]?|in|the|:|=(?!\s*[<>])|,|\("
    r"|years?|has|have|to|and)(?![a-z])|\s*[:,(])*\s*"
)
_SIGNS = rf"(?:{SIGN}|(?:older|younger)\s+than(?:\s+or\s+equal\s+to)?|(?:equal\s+to\s+or\s+)(?:older|younger)\s+than)"
_ONE = rf"(?P<signN>{_SIGNS})?\s*(?P<valueN>{_NUMBER})\s*(?P<unitN>{_YEARS})?(?P<oldN>{_OLD})?"
_MORE = (
    r"(?:\s*(?:or|and|&)\s+(?P<moreN>older|over|above|up|more|greater|older|younger|under|below|less"
    r"|upwards?)\b(?!\s*(?:than\s*)?\d)|(?P<plusN>\s*\+))?(?:\s+(?:of\s+age|in\s+age))?"
)


def _numbered(pattern: str, which: str) -> str:
    return re.sub(r"\(\?P<(\w+)N>", rf"(?P<\g<1>{which}>", pattern)


def _pattern(cue: bool) -> re.Pattern[str]:
    second = _numbered(_ONE + _MORE, "2")
    low = _numbered(_ONE + _MORE, "")
    high = rf"(?:\s*(?P<to>{_TO})\s*(?:(?:must be|be|is|age[ds]?)\s+)?{second})?"
    lead = rf"{_CUE}{_GLUE}" if cue else ""
    return re.compile(lowered(rf"{lead}{low}{high}(?P<inclusive>\s*,?\s*\(?inclusive\)?)?"))


_CUED, _BARE = _pattern(True), _pattern(False)
_AROUND = re.compile(  # these three for text in lower case
    rf"(?P<value>{_NUMBER})\s*(?P<unit>{_YEARS})?{_OLD}?\s*(?P<sign>[<≤⩽≦>≥]\s*=?|=\s*<)\s*"
    rf"(?:patient\W*s?\s+)?age[ds]?\b(?:\s*(?P<sign2>[<≤⩽≦>≥]\s*=?|=\s*<)\s*(?P<value2>{_NUMBER})\s*"
    rf"(?P<unit2>{_YEARS})?{_OLD}?)?",
)
_NEAR = 25  # characters between two limits of one statement
_WORDS = {"eighteen": 18, "twenty": 21, "sixty": 65}
# What is said in years and is no age of the person joining.
# When the age counts: joining is when everything is asked.
_ON_JOINING = re.compile(
    r"\s*,?\s*(?:(?:at|on|by|before|prior to|as of|when)\s+(?:the\s+|study\s+)*(?:(?:time|day|date"
    r"|moment|point)\s+(?:of|when|that)\s+)?"
    r"(?:the\s+|their\s+|study\s+|trial\s+|first\s+|initial\s+)*"
    r"(?:(?:signing|signed|signature|sign|obtaining|obtained|giving|providing|written|informed"
    r"|consents?|form|\(?ICF\)?|of|the|study|trial|entry|enrol?lment|"
    r"registration|screening|randomi[sz]ation|inclusion|visit|is|participation|to|participate|this)\b\)?\s*)+)",
    re.IGNORECASE,
)
_NO_AGE = re.compile(
    r"\b(?:diagnos\w*|relatives?|mother|father|sister|brother|famil\w+|first|menarche|onset|surviv\w+"
    r"|expectancy|since|past|last|previous|prior|within|free|history of|for|every|after|ago|child"
    r"|children's)"
    r"\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_AT_DIAGNOSIS = re.compile(
    r"^[^.;]{0,30}\b(?:at|when|of|before|after|prior to)\s+(?:the\s+time\s+of\s+|initial\s+|first\s+"
    r"|breast cancer\s+|their\s+)*(?:diagnos|menarche|menopause|onset|surgery)",
    re.IGNORECASE,
)
_DEFINES = re.compile(
    r"\bdefin(?:ed|ition)|\bamenorrh|\bmenses\b|\bmenstrua|\bFSH\b|considered (?:to be )?post|relative"
    r"|menopausal status|post-?menopausal (?:if|when)|(?:meet|one|any)\w* (?:of )?the following",
    re.IGNORECASE,
)
_FAMILY = re.compile(
    r"\b(?:relatives?|mother|sister|first[- ]degree|family|carriers?|smok\w+|partners?|caregivers?)\b", re.IGNORECASE
)
_ADULT = re.compile(
    r"^\W*(?:legal |male or female |all )*adults?\b(?:\s+(?:fe)?males?\s+(?:or|and)\s+(?:fe)?males?\b)?"
    r"(?:\s+(?:patients?|women|females?|participants?"
    r"|subjects?))?(?=\s*(?:$|[.,;(]|with\b|who\b|men\b|aged))",
    re.IGNORECASE,
)


def read(words: str) -> Iterator[Atom]:
    """The atoms of this subject in the words of a statement, ages in years."""
    words = lower(words)
    found = sorted(_found(words), key=lambda atom: atom.start)
    kept = found[:1]
    for atom in found[1:]:  # a second age far from the first is no limit, but something said of some
        if atom.start - kept[-1].end <= _NEAR:
            kept.append(atom)
    for atom in kept:
        joining = _ON_JOINING.match(words, atom.end)
        if joining:
            yield atom._replace(end=joining.end() - len(joining[0]) + len(joining[0].rstrip()))
        yield atom


def _found(words: str) -> Iterator[Atom]:
    seen: list[tuple[int, int]] = []
    for match in _AROUND.finditer(words):
        if _spoken_of(words, match):
            low = asks(
                match.start(),
                match.end(),
                "age",
                _turned(op_of(match["sign"])),
                _years(match["value"], match["unit"]),
                unit="years",
            )
            parts = [low.expression]
            if match["value2"]:
                parts.append(
                    asks(
                        match.start(),
                        match.end(),
                        "age",
                        op_of(match["sign2"]),
                        _years(match["value2"], match["unit2"]),
                        unit="years",
                    ).expression
                )
            seen.append(match.span())
            yield Atom(match.start(), match.end(), every(parts), "age")
    for match in _CUED.finditer(words):
        if _free(match, seen) and _spoken_of(words, match):
            seen.append(match.span())
            yield from _atom(match)
    for match in _BARE.finditer(words):
        if _free(match, seen) and _is_age(words, match) and _spoken_of(words, match):
            seen.append(match.span())
            yield from _atom(match)
    yield from _adult(words, seen)


def _adult(words: str, seen: list[tuple[int, int]]) -> Iterator[Atom]:
    match = _ADULT.search(words)
    if match and not seen:
        yield asks(match.start(), match.end(), "age", "at_least", 18, unit="years")


def _atom(match: re.Match[str]) -> Iterator[Atom]:
    start, end = _lead(match), match.end()
    unit = match["unit"] or match["unit2"] or ""
    low = _years(match["value"], unit)
    parts: list[Expression] = []
    op = _op(match, "")
    if match["value2"]:
        high_op = _op(match, "2")
        op, high_op = op or "at_least", high_op or "at_most"
        high = _years(match["value2"], match["unit2"] or unit)
        parts = [
            asks(start, end, "age", op, low, unit="years").expression,
            asks(start, end, "age", high_op, high, unit="years").expression,
        ]
        if match["to"].lower() == "or":
            yield Atom(start, end, some(parts), "age")
            return
        if high <= low:
            return
    elif op:
        parts = [_over(start, end, low) if op == "above" else asks(start, end, "age", op, low, unit="years").expression]
    if parts:
        yield Atom(start, end, every(parts), "age")


def _over(start: int, end: int, years: float) -> Expression:
    """ "Over 18": someone of 18 years and some months may be meant or not, which a whole number does not tell."""
    above, equal = (asks(start, end, "age", op, years, unit="years").expression for op in ("above", "is"))
    return some([above, every([equal, unparsed(start, end)])])


def _op(match: re.Match[str], which: str) -> str:
    more = match[f"more{which}"]
    if match[f"plus{which}"]:
        return "at_least"
    if more:
        return "at_most" if more.lower() in ("younger", "under", "below", "less") else "at_least"
    sign = match[f"sign{which}"]
    if not sign:
        return ""
    return op_of(sign.lower().replace("older", "more").replace("younger", "less"))


def _lead(match: re.Match[str]) -> int:
    return match.start() + len(match[0]) - len(match[0].lstrip())


def _is_age(words: str, match: re.Match[str]) -> bool:
    """Whether a number of years without the word age is one: "18 years or older", "18-70 years old", "over 18"."""
    unit = match["unit"] or match["unit2"]
    said = match[0].lower()
    if not unit:
        return bool(match["more"]) and not re.search(r"\w", words[: match.start()] + words[match.end() :])
    if match["old"] or match["old2"] or "of age" in said or re.search(r"y\.?\s?/?\s?o", said):
        return True
    if re.search(r"\b(?:or|and)\s+(?:older|over|above|younger)\b", said):
        return True
    before = words[: _lead(match)]
    begins = re.fullmatch(
        r"\W*(?:(?:all|adult|adults?|male|males|female|females|women|woman|men|man|or|and|patients?"
        r"|participants?|subjects?|must|be|are|is|healthy|pre-?menopausal|post-?menopausal|either|sex"
        r"|gender|both|"
        r"inclusion|criteria|any|who|the|phase|part|cohort|[1-9])\W+)*",
        before,
        re.IGNORECASE,
    )
    ends = re.match(
        r"\s*(?:$|[,;.)]|at (?:the )?(?:time|study|enrol|screen|registr|consent)|on the day|who|with"
        r"|female|women|male|of either|\(|and\b)",
        words[match.end() :],
        re.IGNORECASE,
    )
    return bool(begins and ends and (match["sign"] or match["value2"]))


def _spoken_of(words: str, match: re.Match[str]) -> bool:
    """Whether it is the age on joining: not that at diagnosis, not a relative's, not one that defines menopause."""
    before, after = words[: match.start()], words[match.end() :]
    if (
        _AT_DIAGNOSIS.match(after)
        or _DEFINES.search(before)
        or _FAMILY.search(before[-80:])
        or _FAMILY.search(after[:40])
    ):
        return False
    if re.search(r"child-?bearing|reproductive", before[-60:], re.IGNORECASE):
        return False
    if re.search(r"\bor\W*$", words) or re.search(
        r"\b(?:in|for|among|if|when|data|dosing|because|case)\s+(?:\w+\s+){0,3}$", before[-60:], re.IGNORECASE
    ):
        return False
    if re.match(
        r"[\s,]*\(?(?:if|when|for (?:patients|women|those|men|subjects|participants|south|japan)|in "
        r"(?:patients|women|case|those))\b",
        after,
        re.I,
    ):
        return False
    if re.match(
        r"[^.;]{0,80}\b(?:amenorrh|menses|menstrua|FSH|estradiol)|[^.;]{0,40}\b(?:ago|since|prior|before "
        r"(?:entry|enrol))",
        after,
        re.IGNORECASE,
    ):
        return False
    return not _NO_AGE.search(before[-60:]) or bool(
        re.match(r"\s*age", match[0], re.IGNORECASE)
        and not re.search(r"diagnos\w*\W+(?:\w+\W+){0,2}$", before[-40:], re.I)
    )


def _free(match: re.Match[str], seen: list[tuple[int, int]]) -> bool:
    return all(match.end() <= start or match.start() >= end for start, end in seen)


def _turned(op: str) -> str:
    return {"at_most": "at_least", "below": "above", "at_least": "at_most", "above": "below"}[op]


def _years(value: str, unit: str | None) -> float:
    plain = value.lower()
    number = float(plain) if plain.isdigit() else float(_WORDS[re.split(r"[- ]", plain)[0]])
    return round(number / 12, 2) if unit and unit.lower().startswith("mo") else number
