"""Other illnesses: heart, lungs, infections, immune system, nerves, bleeding; how long ago where a text says so.

Words that narrow ("active", "uncontrolled", "grade 2 or higher") are not taken in: they stay, and leave open for
someone who has the illness what is settled for someone who has not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from navaid.records.extract.treatments.lexicon import terms
from navaid.tables import load as load_table
from navaid.terms import Expression
from navaid.trials.criteria.parse.atom import Atom, asks, every, some, unparsed
from navaid.trials.criteria.parse.quick import Cues
from navaid.trials.criteria.parse.readers.denials import denied
from navaid.trials.criteria.parse.times import WITHIN, days

_ABBREVIATION = r"(?:\s*[(\[][A-Z][A-Za-z0-9-]{1,7}s?[)\]])?"
_BOTH = re.compile(
    r"\b(?:(?:chronic|known)\s+)?(?:hepatitis|hep)[\s-]?(?:B|A,? B|A or B)(?:\s+virus)?"
    r"(?:\s*\(HBV\))?\s*(?:,|/|and/or|or|and|&"
    r"|\+)\s*(?:(?:and|or)\s+)?(?:hepatitis[\s-]?)?C"
    r"(?:\s+virus)?(?:\s*\(HCV\))?(?:\s+infections?)?(?![\w-])|\bHBV\s*(?:/|or|and|and/or)\s*HCV(?:\s+infections?)?",
    re.IGNORECASE,
)
_B_OR_C = re.compile(r"hep|HBV", re.IGNORECASE)
_NYHA = re.compile(
    r"(?:\b(?:class|grade|level|stage|classification)\s*(?P<early>[≥>]?\s*(?:I{1,3}V?|IV|[1-4])(?:\s*"
    r"(?:-|–|/|or|to|and)\s*(?:I{1,3}V?|IV|[1-4]))?)\s*(?:by|according to|per|of)?\s*(?:the\s+)?)?"
    r"(?:\bNew York Heart Association\b(?:'s)?(?:\s*[(\[]NYHA[)\]])?|\bNYHA\b)(?:\s*(?:functional"
    r"|heart|cardiac|function|failure|classification|class|classes|grade|grading|level|stage|status"
    r"|standard|score|criteria|of|is|degree|\(|:|,))*\s*"
    r"(?P<sign>[≥>≤<]\s*=?|greater than or equal to|greater than|more than|above)?\s*(?:class\s*)?"
    r"(?P<low>I{1,3}V?(?![a-z])|IV\b|[1-4](?!\d))?(?:\s*(?:-|–|~|/|or|to|and|,)\s*(?:class\s*)?"
    r"(?P<high>I{1,3}V?(?![a-z])|IV\b|[1-4](?!\d)))?"
    r"(?:\s*(?:or|and)\s+(?P<more>greater|higher|above|worse|more|better|less|lower))?",
    re.IGNORECASE,
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_WINDOW = re.compile(rf"\s*[(,]?\s*(?:occurring\s+|diagnosed\s+|that occurred\s+)?{WITHIN}\s*\)?", re.IGNORECASE)
_WINDOW_BEFORE = re.compile(rf"(?<!\w){WITHIN}\s*[,:)]?\s*(?:of\s+)?$", re.IGNORECASE)
_NEGATIVE_BEHIND = re.compile(
    r"[\s-]*(?:(?:antibod(?:y|ies)|antigen|ab|ag|sero\w*|virus|test(?:s|ing)?|results?|status|surface"
    r"|RNA|DNA|\d|/)\s*)*(?:must be|is|are|was|should be)?\s*"
    r"(?:negative|non-?reactive|seronegative)\b",
    re.IGNORECASE,
)
_NEGATIVE_BEFORE = re.compile(
    r"\b(?:sero-?negative|negative|non-?reactive)\s+(?:(?:blood|serum|antibody|screening|serology"
    r"|serologic\w*|test(?:s|ing)?|results?|status|for|of|on|the|a|known)\s+)*$",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:(?:has|have|with|any|an|a|known|active|existing|or|and/or|is)\s+)*(?:current(?:ly)?|ongoing"
    r"|concurrent|concomitant)\s+"
    r"(?:(?:known|active|or|and/or|uncontrolled|severe|serious|clinically significant)\s+)*$",
    re.IGNORECASE,
)
# "Grade 2 or higher": what the profile knows of an illness by its grade.
_GRADE = re.compile(
    r"\b(?:CTCAE\s+)?grade\s*(?P<sign>≥|>\s*=|=\s*>|>)?\s*(?P<grade>[1-4])(?P<more>\s*(?:or|and)\s+(?:greater|higher"
    r"|above|more|worse)|\s*\+)?\s+(?:(?:sensory|motor|peripheral|pre-?existing)\s+)*$",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?:\s|[/,]|\b(?:or|and|and/or)\b)+", re.IGNORECASE)
_ELSEWHERE = re.compile(r"\b(?:pulmonary|portal|intracranial|ocular)\s+$", re.IGNORECASE)
_NOT_AN_ILLNESS = re.compile(
    r"[\s-]*(?:vaccin|epidemiolog|surface antibod|screening|testing is not|test(?:ing)? (?:is|will|not|required)"
    r"|prophyla|risk|clinic\b|specialist|medication|drug|control rate|associated antigen|-negative "
    r"breast|and HER2)",
    re.IGNORECASE,
)


def read(words: str) -> Iterator[Atom]:
    """The atoms of this subject in the words of a statement."""
    found = [*_both(words), *_nyha(words), *_named(words), *_from_records(words)]
    chosen: list[tuple[int, int, str, Expression, bool]] = []
    for start, end, code, expression, event in sorted(found, key=lambda each: each[0] - each[1]):
        if all(end <= low or start >= high for low, high, *_ in chosen):
            chosen.append((start, end, code, expression, event))
    narrowed = -1  # where a list that began with "current" has come to
    for start, end, code, expression, event in sorted(chosen, key=lambda each: each[0]):
        if _NOT_AN_ILLNESS.match(words, end):
            continue
        now = _NOW.search(words, max(0, start - 100), start)
        goes_on = narrowed >= 0 and bool(_LISTED.fullmatch(words, narrowed, start))
        if now or goes_on:  # that it is there now, a paper on having had it does not say
            at = now.start() if now else start
            expression = every([expression, unparsed(at, end)])
            yield Atom(at, end, expression, _family(code))
            narrowed = end
            continue
        narrowed = -1
        grade = _GRADE.search(words, max(0, start - 50), start) if code == "neuropathy" else None
        if grade and (grade["sign"] or grade["more"]):
            least = int(grade["grade"]) + (grade["sign"] == ">")
            narrow = asks(grade.start(), end, "comorbidity", "had", code, qualified={"grade_at_least": least})
            whole = expression.predicate is not None
            yield narrow if whole else narrow._replace(expression=every([narrow.expression, unparsed(start, end)]))
            continue
        yield from _dated(words, start, end, code, expression) if event else _plain(words, start, end, code, expression)


def _plain(words: str, start: int, end: int, code: str, expression: Expression) -> Iterator[Atom]:
    """The illness, or that a test of it is negative."""
    family = _family(code)
    behind = _NEGATIVE_BEHIND.match(words, end)
    before = _NEGATIVE_BEFORE.search(words[:start])
    virus = re.match(
        r"[\s-]*(?:\([^()]{1,10}\)\s*)?(?:RNA|DNA|ribonucleic|deoxyribonucleic|viral load|PCR)",
        words[end:],
        re.IGNORECASE,
    )
    if family == "infection" and (behind or before) and not virus:
        at, upto = (before.start() if before else start), (behind.end() if behind else end)
        yield Atom(at, upto, denied(words, at, expression), family)
        return
    yield Atom(start, end, expression, family)


def _dated(words: str, start: int, end: int, code: str, expression: Expression) -> Iterator[Atom]:
    """An event, and the time within which it counts; a time said once in a sentence is meant of its whole list."""
    sentence = re.compile(r"[^;\n]*?(?:\.(?=\s+[A-Z])|(?=[;\n])|$)").match(words, end)
    behind = words[end : sentence.end() if sentence else len(words)]
    own = _WINDOW.match(words, end)
    listed = own or _WINDOW.search(behind) if behind else None
    before = _WINDOW_BEFORE.search(words[:start])
    within = days((own or before or listed or [""])[0]) if (own or before or listed) else None
    if within is None:
        yield Atom(start, end, expression, _family(code))
        return
    dated = _within(expression, within)
    if own:
        yield Atom(start, own.end(), dated, _family(code))
    if before and not own:
        yield Atom(before.start(), end, dated, _family(code))
    yield Atom(start, end, dated, _family(code))


def _within(expression: Expression, within: int) -> Expression:
    predicate = expression.predicate
    return msgspec.structs.replace(
        expression,
        predicate=msgspec.structs.replace(predicate, within_days=within) if predicate else None,
        parts=tuple(_within(part, within) for part in expression.parts),
    )


_Found = tuple[int, int, str, Expression, bool]


def _both(words: str) -> Iterator[_Found]:
    """ "Hepatitis B or C": either; "B and C" is a list as well."""
    for match in _BOTH.finditer(words) if _B_OR_C.search(words) else ():
        told = [_had(*match.span(), code) for code in ("hepatitis_b", "hepatitis_c")]
        if re.search(r"\band\b(?!\s*/)", match[0], re.IGNORECASE):
            expression = some([every(told), every([some(told), unparsed(*match.span())])])
        else:
            expression = some(told)
        yield (*match.span(), "hepatitis_b", expression, False)


def _nyha(words: str) -> Iterator[_Found]:
    for match in _NYHA.finditer(words) if "NYHA" in words or "New York" in words else ():
        said = match["low"] or match["early"]
        classes = [
            _class(each) for each in re.findall(r"(?:IV|I{1,3}|[1-4])", f"{said or ''} {match['high'] or ''}", re.I)
        ]
        if not classes:
            continue
        more, sign = (match["more"] or "").lower(), (match["sign"] or "") + (match["early"] or "")
        low, high = min(classes), max(classes)
        if more in ("better", "less", "lower") or re.match(r"[≤<]", sign):
            expression = _nyha_asked(match, "at_most", high)
        elif high == 4 or more or re.search(r"[≥]|>\s*=|equal", sign):
            expression = _nyha_asked(match, "at_least", low)
        elif sign.strip().startswith((">", "gr", "mo", "ab")):
            expression = _nyha_asked(match, "above", low)
        elif low == 1:
            expression = _nyha_asked(match, "at_most", high)
        else:
            expression = every([_nyha_asked(match, "at_least", low), _nyha_asked(match, "at_most", high)])
        yield (*match.span(), "nyha", expression, False)


def _nyha_asked(match: re.Match[str], op: str, value: int) -> Expression:
    return asks(match.start(), match.end(), "nyha", op, value).expression


def _class(said: str) -> int:
    return _ROMAN.get(said.lower()) or int(said)


def _named(words: str) -> Iterator[_Found]:
    small = words.lower()
    for row in _cues().spoken_of(small):
        for whole in (True, False):
            pattern = _pattern(row["id"], "whole" if whole else "part")
            for match in pattern.finditer(words) if pattern else ():
                asked = _asked(match.start(), match.end(), row, whole)
                if "denies" in row:
                    asked = denied(words, match.start(), _had(match.start(), match.end(), row["denies"]))
                yield match.start(), match.end(), row["id"], asked, bool(row.get("event"))


def _from_records(words: str) -> Iterator[_Found]:
    """What the records' own vocabulary knows; each of its names may be only part of what a code stands for."""
    for term in terms(words):
        row = _rows().get(term.value)
        if _ELSEWHERE.search(words[: term.start]):
            continue
        if term.kind == "condition" and row and words[term.start : term.end].lower() not in ("af", "gad"):
            yield term.start, term.end, term.value, _asked(term.start, term.end, row, False), bool(row.get("event"))


def _asked(start: int, end: int, row: dict[str, Any], whole: bool) -> Expression:
    had = _had(start, end, row["id"])
    if not whole:
        return every([had, unparsed(start, end)])
    return (
        some([had, *(_had(start, end, code) for code in row["covers"]), unparsed(start, end)])
        if "covers" in row
        else had
    )


def _had(start: int, end: int, code: str) -> Expression:
    return asks(start, end, "comorbidity", "had", code).expression


def _family(code: str) -> str:
    for family, codes in _FAMILIES.items():
        if code in codes:
            return family
    return "comorbidity"


_FAMILIES = {
    "infection": (
        "hepatitis_b",
        "hepatitis_c",
        "viral_hepatitis",
        "hiv",
        "infection",
        "tuberculosis",
        "syphilis",
        "covid",
    ),
}


@cache
def _rows() -> dict[str, dict[str, Any]]:
    """The table by its codes."""
    rows = load_table((files(__package__) / "conditions.yaml").read_text(encoding="utf-8"))
    return {row["id"]: row for row in rows}


@cache
def _cues() -> Cues:
    return Cues(_rows().values())


@cache
def _pattern(code: str, kind: str) -> re.Pattern[str] | None:
    """The forms of this kind of a code."""
    forms = [
        f"(?-i:{form})" if re.fullmatch(r"[A-Z]{2,4}", form) else form.replace(" ?", r"\s*").replace(" ", r"\s+")
        for form in _rows()[code].get(kind) or ()
    ]
    if not forms:
        return None
    return re.compile(rf"(?<![\w-])(?:(?:{'|'.join(forms)}){_ABBREVIATION})(?![\w-])", re.IGNORECASE)
