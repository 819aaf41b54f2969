"""Age, sex, menopause, pregnancy and performance status, only where the paper states them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from navaid.records.extract.header.tables import any_of, table
from navaid.records.extract.header.whose import sex as sex_of
from navaid.records.extract.view import View
from navaid.terms import Finding, Value

_AGE = re.compile(
    r"(?<![\w.])(?P<a>\d{1,3})[\s-]{0,2}(?:y[/.]?o\b|y\.o\.?|yrs?\b\.?|years?\b)[\s-]{0,2}(?:old\b"
    r"|of age\b|(?=female|male|woman|man))?"
    r"|\b(?:age|edad|alter|âge|età|idade|leeftijd)\s?(?:/\s?(?:sex|gender))?\s?[:=]\s{0,3}(?P<b>\d{1,3})\b"
    r"|\baged\s(?P<g>\d{2})\b(?!\s?(?:-|–|to|or|and)\s?(?:\d|over|above|older))"
    r"|(?-i:\b(?:Mrs|Ms|Miss|Mr|Name:|Patient:|Client:|Pt:|Re:)\.?\s{1,3}[A-Z][\w'’-]+"
    r"(?:[ ][A-Z][\w'’-]+){0,3}[ ]?[,(]\s?(?P<h>\d{2}))(?=\s?(?:years?|yrs?|y)?\s?(?:[),.;]|\s{2}|$))"
    r"|[,(]\s?age\s(?P<i>\d{2})(?=[,);])"
    r"|[,/]\s?(?-i:[FM])\s?[,/]\s?(?P<j>\d{2})(?=\s*$|[,.;)]|\s{2})"
    r"|(?-i:^[ \t]{0,9}[A-Z][a-z'’-]+(?:[ -][A-Z][\w'’-]+){1,3},[ ](?P<l>\d{2}))(?:[ ](?:years?|yrs?))?(?=[ ]?[,.;]"
    r"|\s*$)"
    r"|\b(?:dob|d\.o\.b\.?|date of birth|born)\b:?[ ]{0,3}[\w /.-]{6,18},[ ](?P<m>\d{2})[ ](?:years?|yrs?)\b"
    r"|(?<![\w/])(?-i:[FM])/(?P<k>\d{2})(?=\s|$|[,;)])"
    r"|\b(?-i:Age|AGE)\s{1,3}(?P<d>\d{2})(?=\s*$|\s{2}|\s+[A-Z])"
    r"|\b(?:female|male|woman|man|sex|gender)\s?[:,/]?\s?(?:[FM]\s?[,/]?\s?)?(?P<e>\d{2})\s?(?:y|yrs?|years?)\b"
    r"|(?<![\w.:/-])(?-i:F|M)\s{0,3}(?P<f>\d{2})\s?[Yy](?:rs?|ears?)?\b"
    r"|(?<![\w.:/-])(?P<c>\d{2})\s?[/,]?\s?(?-i:[FM])(?=\s(?!\d)|with|[,.;)]|$)",
    re.IGNORECASE | re.MULTILINE,
)
_OLD = re.compile(r"old|of age|y[/.]?o\b|y\.o|female|male|woman|man", re.IGNORECASE)
_NOT_AGE = re.compile(
    r"\b(?:for|every|over|past|last|at|since|within|in|than|after|next|about|to|of"
    r"|until|age|each|x|until age)\s{1,2}(?:the\s)?$",
    re.I,
)
_MENOPAUSE = re.compile(
    r"\b(?P<when>post|pre|peri)[\s-]?menopausal\b(?!\s+(?:women|bleed|hormon|patients|symptom|status unknown))"
    r"|\bmenopaus(?:e|al)(?:\s+status)?\s?[:=]\s{0,3}(?P<field>post|pre|peri)"
    r"|\bmenopaus\w{1,3}(?:\s+status)?\s?[:=][^\n]{0,40}?(?:\[[xX✓]\]|☒|☑|_[xX]_)\s?(?P<box>post|pre|peri)"
    r"|\b(?:natural\s|surgical\s|underwent\s|went through\s|reached\s|entered\s)menopause\b(?!\s+(?:may|can|will))"
    r"|\bmenopausal\ssince\b|\bmenopause\s(?:was\s|occurred\s)?at\s(?:the\s)?(?:age\s)?(?:of\s)?\d\d"
    r"|\b(?P<regular>(?:has|having|have|with|reports?|still)[ ](?:still[ ]|has[ ])?(?:regular|normal"
    r"|monthly)[ ](?:regular[ ]|monthly[ ]|menstrual[ ])?"
    r"(?:periods|menses|cycles|menstruation)"
    r"|(?:periods|menses|menstrual cycles?|menstruation)[ ](?:are|is|remains?|continues? to be)[ ](?:still[ ]"
    r"|quite[ ]|all[ ])?(?:regular|normal|monthly))\b"
    r"|\b(?P<es>pos|pre|peri)[\s-]?menop[áa]usica|\b(?P<de>prä)menopausal",
    re.IGNORECASE,
)
_WHEN = {"post": "post", "pos": "post", "pre": "pre", "prä": "pre", "peri": "peri"}
_GENERAL = re.compile(r"\b(?:in|for|of|all|if|either|both|most|among)\s(?:[\w-]+\s){0,2}$", re.IGNORECASE)
_PREGNANCY = re.compile(
    r"\b(?P<not>(?:is |she is |currently )?not pregnant|denies (?:being pregnant|pregnancy|current pregnancy)"
    r"|(?:urine |serum )?pregnancy test (?:is |was )?:?\s?negative|negative (?:urine |serum )?pregnancy test)\b"
    r"|\b(?P<milk>(?:is |currently |still )(?:breast[- ]?feeding|lactating))\b"
    r"|\b(?P<yes>(?:is |currently |weeks |months )pregnant|pregnancy test (?:is |was )?:?\s?positive"
    r"|positive pregnancy test|\d{1,2} weeks'? gestation)\b",
    re.IGNORECASE,
)
_PREGNANT = {"not": "not_pregnant", "milk": "breastfeeding", "yes": "pregnant"}
_ECOG = re.compile(
    r"\b(?:ECOG|Zubrod|WHO\sperformance|performance\s{1,2}status|perf\.?\sstatus)(?![\w-]*\d{3})[^.;\n\d]{0,55}?"
    r"[\s:=(-](?P<value>[0-4])(?:\s?(?:-|–|to|or)\s?(?P<to>[0-4]))?(?![\d%]|\.\d)"
    r"|(?<![\w-])(?-i:PS)\s?(?:of\s|[:=]\s?)?(?P<short>[0-4])(?:\s?(?:-|–|to|or)\s?(?P<up>[0-4]))?(?![\d%/]|\.\d)",
    re.IGNORECASE,
)
_KARNOFSKY = re.compile(r"\b(?:karnofsky|KPS)\b[^.;\n\d]{0,55}?(?P<value>100|[1-9]0)\s?%?(?!\d)", re.IGNORECASE)
_CRITERIA = re.compile(r"\b(?:eligib|inclusion|must have|requir|criteria|≤|<=|less than)", re.IGNORECASE)


def basics(view: View) -> Iterator[Finding]:
    """Age, sex, menopause, pregnancy, ECOG, Karnofsky."""
    if view.header.type in {"leaflet", "insurance"}:
        return
    yield from _age(view)
    if told := sex_of(view.text):
        yield view.finding("sex", told[0], told[1], told[2], rule="person.sex")
    if any(hint in view.low for hint in ("menop", "periods", "menses", "menstru", "cycles")):
        yield from _menopause(view)
    spoken = any(hint in view.low for hint in ("pregnan", "feeding", "lactat", "gestation"))
    for match in _PREGNANCY.finditer(view.text) if spoken else ():
        if _mine(view, match.start(), match.end()):
            value = _PREGNANT[str(match.lastgroup)]
            yield view.finding(
                "pregnancy", value, match.start(), match.end(), rule="person.pregnancy", date=view.header.date
            )
            break
    if "PS" in view.text or any(hint in view.low for hint in ("ecog", "zubrod", "perf")):
        yield from _performance(view, "ecog", _ECOG)
    if "karnofsky" in view.low or "kps" in view.low:
        yield from _performance(view, "karnofsky", _KARNOFSKY)


def _age(view: View) -> Iterator[Finding]:
    """The first age that is this person's own, today's: no age at which something was, no relative's."""
    for match in _AGE.finditer(view.text, 0, 8_000):
        digits = next(filter(None, match.groups()))
        before = view.text[max(0, match.start() - 40) : match.start()]
        if match["a"] and not _OLD.search(match.group()):
            continue
        if match["a"] and _NOT_AGE.search(before) and not re.search(r"\b(?:is|with) an?\s$|\bof\s$", before):
            continue
        around = before + view.text[match.end() : match.end() + 16]
        if 0 < int(digits) < 116 and not relatives().search(around) and (match["a"] or match["b"] or int(digits) > 17):
            yield view.finding(
                "age", int(digits), match.start(), match.end(), rule="person.age", unit="years", date=view.header.date
            )
            return


def _menopause(view: View) -> Iterator[Finding]:
    seen = set()
    for match in _MENOPAUSE.finditer(view.text):
        word = match["when"] or match["field"] or match["box"] or match["es"] or match["de"]
        value = _WHEN[word.lower()] if word else "pre" if match["regular"] else "post"
        lead = view.text[max(0, match.start() - 30) : match.start()]
        if value in seen or _GENERAL.search(lead) or not _mine(view, match.start(), match.end()):
            continue
        seen.add(value)
        yield view.finding(
            "menopause", value, match.start(), match.end(), rule="person.menopause", date=view.header.date
        )


def _performance(view: View, concept: str, pattern: re.Pattern[str]) -> Iterator[Finding]:
    seen = set()
    for match in pattern.finditer(view.text):
        named = match.groupdict()
        value = int(named["value"] or named["short"])
        lead = view.text[max(0, match.start() - 50) : match.start()]
        if value in seen or _CRITERIA.search(lead + match.group()) or not _mine(view, match.start(), match.end()):
            continue
        seen.add(value)
        details: dict[str, Value] = {}
        if upto := named.get("to") or named.get("up"):
            details["to"] = int(upto)
        yield view.finding(
            concept,
            value,
            match.start(),
            match.end(),
            rule=f"person.{concept}",
            date=view.header.date,
            details=details,
            unit="%" if concept == "karnofsky" else "",
        )


def _mine(view: View, start: int, end: int) -> bool:
    """Whether the words say it of this person and of now; a section of the family or of plans may have run on."""
    if view.section_at(start).kind == "patient_education":
        return False
    said = view.context.categories(start, end, view.sentence_at(start))
    return not {"family", "hypothetical", "planned"} & said.keys()


@cache
def relatives() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(table('subject')['relatives'])})\b", re.IGNORECASE)
