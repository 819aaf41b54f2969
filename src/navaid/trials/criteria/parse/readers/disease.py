"""Which cancer: breast cancer or others, invasive or in situ, type of the tumour, side, other cancers before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from navaid.tables import load as load_table
from navaid.terms import Expression
from navaid.trials.criteria.parse.atom import Atom, asks, every, some, unparsed
from navaid.trials.criteria.parse.times import WITHIN, days

_JOIN = r"(?:\s*(?:,\s*(?:and/or|and|or)?|/|and\s*/\s*or|and|or|&)\s+|\s*/\s*)"
_INVASIVE = ("invasive_breast_cancer", "recurrence", "metastatic_breast_cancer")


@cache
def _table() -> dict[str, Any]:
    path = files("navaid.trials.criteria.parse.readers") / "cancers.yaml"
    table: dict[str, Any] = load_table(path.read_text(encoding="utf-8"))
    return table


@cache
def _cancers() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A list of cancers as a whole, and each name in it."""
    table = _table()
    rows = table["cancers"]
    named = "|".join(row["words"] for row in rows if row["words"])
    alone = "|".join(row["alone"] for row in rows if row["alone"])
    short = "|".join(row["short"] for row in rows if row["short"])
    noun = rf"(?:\s+(?:invasive\s+)?(?:{table['nouns']}))"
    whole = rf"(?:(?:{named}){noun}|{alone}|(?-i:{short}))"
    listed = rf"(?:primary\s+)?(?:(?:{named}|{whole}){_JOIN})*{whole}(?:\s*\((?-i:{short}|BC|MBC|CRC|OC)\))?"
    each = "|".join(
        rf"(?P<c{number}>{'|'.join(filter(None, (row['words'], row['alone'])))}{'|' if row['short'] else ''}"
        rf"{'(?-i:' + row['short'] + ')' if row['short'] else ''})"
        for number, row in enumerate(rows)
    )
    return re.compile(rf"(?<![\w-])(?:{listed})(?!\w)", re.I), re.compile(rf"(?<![\w-])(?:{each})(?![\w])", re.I)


@cache
def _gate() -> re.Pattern[str]:
    """Whether a text can name a cancer at all: most statements do not, and the list is long."""
    short = "|".join(row["short"].lower() for row in _table()["cancers"] if row["short"])
    return re.compile(
        rf"cancer|carcinoma|malignan|tumou?r|neoplas|melanoma|gliom|glioblast|astrocyt|sarcoma|lymphoma|mesothelioma"
        rf"|leuk|myeloma|\b(?:{short})\b"
    )


_SOLID = re.compile(
    r"\bsolid (?:organ )?(?:tumou?rs?|cancers?|malignanc(?:y|ies)|neoplasms?)(?:\s+(?:malignanc(?:y|ies)|cancers?))?\b",
    re.IGNORECASE,
)
# "Solid tumours, including breast and lung cancer": examples of what may join.
_EXAMPLES = re.compile(
    r"solid (?:tumou?rs?|cancers?|malignanc\w+)[^.;]{0,60}?(?:includ\w+|such as|e\.g\.|for example)[^.]*$",
    re.IGNORECASE,
)
_MBC = re.compile(
    r"(?<![\w-])(?:(?P<meta>m)|(?P<advanced>a)|(?P<early>e))?BC(?![\w-])|(?<![\w-])(?:(?P<meta2>M)|(?P<advanced2>A)"
    r"|(?P<early2>E))BC(?![\w-])"
)
_INVASIVE_WORDS = re.compile(
    r"\b(?:invasive|infiltrating)(?:\s+(?:primary\s+)?(?:breast|mammary))?\s+(?:cancers?|carcinomas?"
    r"|adenocarcinomas?|breast cancers?|malignanc(?:y|ies)|disease)\b(?! in situ)"
    r"(?:\s+of the breast)?",
    re.IGNORECASE,
)
_DCIS = re.compile(
    r"\b(?:pure\s+)?(?:ductal carcinoma[- ]in[- ]situ|intraductal carcinoma)(?:\s*\(DCIS\))?(?:\s+of the breast)?"
    r"|\bDCIS\b",
    re.IGNORECASE,
)
# How large the part in situ is, is no diagnosis.
_EXTENT = re.compile(r"\b(?:extent|size|components?|area|foci|amount|margins?)\s+(?:(?:of|for|with|the)\s+)*$", re.I)
_LCIS = re.compile(r"\b(?:lobular carcinoma[- ]in[- ]situ)(?:\s*\(LCIS\))?|\bLCIS\b", re.IGNORECASE)
_TYPES = {
    "ductal_nst": r"(?:invasive |infiltrating )?ductal",
    "lobular": r"(?:invasive |infiltrating )?lobular",
    "inflammatory": "inflammatory",
    "metaplastic": "metaplastic",
    "mucinous": "mucinous",
    "tubular": "tubular",
    "medullary": "medullary",
    "papillary": "papillary",
    "adenoid_cystic": "adenoid cystic",
    "apocrine": "apocrine",
    "secretory": "secretory",
}
_TYPE = "|".join(_TYPES.values())
_HISTOLOGY = re.compile(
    rf"(?<![\w-])(?P<types>(?:{_TYPE})(?:(?:\s+(?:breast\s+)?(?:carcinoma|cancer))?{_JOIN}(?:{_TYPE}))*)\s+"
    r"(?:breast\s+|mammary\s+)?(?:carcinomas?|cancers?|histolog(?:y|ies)|subtypes?"
    r"|breast cancers?)(?:\s+of the breast)?(?! in situ)(?:\s*\((?:IBC|IDC|ILC)\))?"
    r"|\b(?P<short>IDC|ILC|IBC)\b",
    re.IGNORECASE,
)
_BILATERAL = re.compile(
    r"\b(?:synchronous\s+)?bilateral\s+(?:invasive\s+)?(?:breast\s+)(?:cancers?|carcinomas?|disease)", re.IGNORECASE
)
_OTHER = re.compile(
    r"\b(?:(?:history of|prior|previous|concurrent|concomitant|active|current|known|any|a|an)\s+(?:or\s+)?)*"
    r"(?P<which>another|other|second(?:ary)?|additional|(?:non-?breast))\s+(?:(?:active|invasive|primary|concurrent"
    r"|known|prior|previous|synchronous)\s+(?:or\s+)?)*"
    r"(?:malignan(?:cy|cies|t (?:disease|tumou?rs?|neoplasms?))|cancers?|carcinomas?|neoplasms?|tumou?r types?"
    r"|primary (?:malignancy|cancer|tumou?r))"
    rf"(?:\s+(?P<time>{WITHIN})|(?P<more>\s+that\s+(?:is|are|was)\s+(?:actively\s+)?(?:progressing|progressive)"
    rf"\s+(?:or|and)\s+(?:(?:that|which|has|have|had|is|requires?|required)\s+)*(?:requir\w+\s+)?(?:active\s+"
    rf"|systemic\s+)*(?:treatment|therapy)(?:\s+{WITHIN})?))?",
    re.IGNORECASE,
)
_BREAST_MALE = re.compile(r"\bmale breast cancer\b|\bmen with breast cancer\b", re.IGNORECASE)


def read(words: str) -> Iterator[Atom]:
    """The atoms of this subject in the words of a statement."""
    lowered = words.lower()
    if _gate().search(lowered):
        yield from _named(words)
    if "solid" in lowered:
        for match in _SOLID.finditer(words):
            if re.search(
                r"criteria (?:in|is|for)\s*$", words[max(0, match.start() - 14) : match.start()], re.IGNORECASE
            ):
                continue  # RECIST
            yield asks(*match.span(), "cancer", "is", *solid())
    for match in _MBC.finditer(words) if "BC" in words else ():
        breast = asks(*match.span(), "cancer", "is", "breast").expression
        yield _with_setting(match, breast)
    if "invasive" in lowered or "infiltrating" in lowered:
        for match in _INVASIVE_WORDS.finditer(words):
            if not re.search(r"non-?\s?$", words[: match.start()], re.IGNORECASE):
                yield asks(*match.span(), "diagnosis", "is", *_INVASIVE, family="cancer")
    in_situ = (
        ((_DCIS, "dcis"), (_LCIS, "lcis")) if "situ" in lowered or "cis" in lowered or "intraduct" in lowered else ()
    )
    for pattern, code in in_situ:
        for match in pattern.finditer(words):
            if _EXTENT.search(words, max(0, match.start() - 30), match.start()):
                continue
            yield asks(*match.span(), "diagnosis", "is", code, family="cancer")
    if any(word in lowered for word in ("carcinoma", "cancer", "histolog", "subtype", "idc", "ilc", "ibc")):
        for match in _HISTOLOGY.finditer(words):
            yield _histology(match)
    if "bilateral" in lowered:
        for match in _BILATERAL.finditer(words):
            yield asks(*match.span(), "laterality", "is", "bilateral")
    for match in _BREAST_MALE.finditer(words) if "men" in lowered or "male" in lowered else ():
        breast = asks(*match.span(), "cancer", "is", "breast").expression
        yield Atom(*match.span(), every([breast, asks(*match.span(), "sex", "is", "male").expression]), "cancer")
    if any(word in lowered for word in ("other", "second", "additional", "non-breast", "nonbreast")):
        for match in _OTHER.finditer(words):
            other = asks(*match.span(), "other_cancer", "had", "any", within_days=days(match["time"]))
            if match["more"]:
                other = other._replace(expression=every([other.expression, unparsed(*match.span("more"))]))
            yield other


def solid() -> tuple[str, ...]:
    """The codes of all solid tumours."""
    table = _table()
    return (*(row["id"] for row in table["cancers"] if row["id"] not in table["of_blood"]), "other_solid")


def _named(words: str) -> Iterator[Atom]:
    listed, each = _cancers()
    for match in listed.finditer(words):
        if re.match(
            r"\s+(?:metasta|in situ|history|gene|surgery|screening|center|centre|survivor|stem|cell line|antigen"
            r"|specialist|program|risk|prevention|prone|predispos|suscept)",
            words[match.end() :],
            re.I,
        ):
            continue
        if re.search(
            r"(?:kaposi\W{0,2}s?|non-?)\s*$", words[max(0, match.start() - 12) : match.start()], re.IGNORECASE
        ):
            continue
        if _EXAMPLES.search(words, 0, match.start()):
            continue
        codes = [
            _table()["cancers"][int((found.lastgroup or "c0")[1:])]["id"]
            for found in each.finditer(words, match.start(), match.end())
        ]
        codes = list(dict.fromkeys(code for code in codes if code))
        if codes:
            yield asks(*match.span(), "cancer", "is", *codes)


def _with_setting(match: re.Match[str], breast: Expression) -> Atom:
    groups = match.groupdict()
    values = (
        ("metastatic",)
        if groups["meta"] or groups["meta2"]
        else ("locally_advanced", "metastatic")
        if groups["advanced"] or groups["advanced2"]
        else ("early",)
        if groups["early"] or groups["early2"]
        else ()
    )
    if not values:
        return Atom(*match.span(), breast, "cancer")
    setting = asks(*match.span(), "setting", "is", *values).expression
    return Atom(*match.span(), every([breast, setting]), "cancer")


def _histology(match: re.Match[str]) -> Atom:
    if match["short"]:
        code = {"IDC": "ductal_nst", "ILC": "lobular", "IBC": "inflammatory"}[match["short"].upper()]
        return asks(*match.span(), "histology", "is", code)
    codes = [code for code, form in _TYPES.items() if re.search(form, match["types"], re.IGNORECASE)]
    plain = asks(*match.span(), "histology", "is", *codes).expression
    if "lobular" in codes or "ductal_nst" in codes:
        mixed = asks(*match.span(), "histology", "is", "mixed_ductal_lobular").expression
        if {"lobular", "ductal_nst"} <= set(codes):
            return Atom(*match.span(), some([plain, mixed]), "histology")
    return Atom(*match.span(), plain, "histology")
