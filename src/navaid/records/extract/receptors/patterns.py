"""The patterns of what stands around a marker: one regular expression whose groups are the kinds of events.

Words come from tables/receptors_words.yaml; numbers and signs are here, each with an example. A text of tens of
thousands of characters is searched with it, so a word is tried only where a word begins.
"""

from __future__ import annotations

import re
from functools import cache

from navaid.records.extract.receptors.tables import either, table

# What begins with a letter, tried at the beginning of words only.
_WORDS = {
    # "FISH", "dual-probe ISH"
    "ish": r"""(?:fish|[csdb]?ish|fluorescen\w{0,4}\sin[\s-]situ|in[\s-]situ\shybridi[sz]ation|dual[\s-]probe
        |pathvysion)\b""",
    "ihc": r"ihc\b|immuno-?(?:histo|peroxid|stain)\w*",
    "intensity": r"(?:weak(?:ly)?|moderate(?:ly)?|intermediate|strong(?:ly)?|intense(?:ly)?)\b",
    # "two plus", "zero percent"
    "plus_word": r"(?:one|two|three)[\s-]plus\b",
    "percent_word": r"""(?:zero|five|ten|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-]five)?)
        \sper\s?cent\b""",
    "respectively": r"respective?ly|resepctively|in\sthat\sorder",
    # "H-score: 270"
    "hscore": r"h(?:isto)?\s?-?\s?(?:istologic\s)?score\s{0,2}[:=(]?\s{0,2}(?:of\s|is\s)?(?P<h>\d{1,3})(?!\s?%|\d)",
    # "IRS 12", "immunoreactive score: 9/12"
    "irs": r"""(?:irs|immuno-?reactiv\w{1,4}\sscore|remmele(?:\sscore)?)\s?[:=(]?\s?(?P<i>\d{1,2})(?:\s?/\s?12)?
        (?![\d.]\d|\s?%|\d)""",
    # "average HER2 copy number 2.4", "HER2 signals/cell: 3.1"
    "copies": r"""(?:copy\s(?:number|count)|signals?|copies|count)(?:\s(?!ratio)\w+){0,5}?
        (?:(?!ratio)[^\d<>≥≤.\n]){0,16}
        (?P<c>\d{1,2}\.\d{1,2})(?!\s?%)""",
    # "an average of 1.5 copies of HER2"
    "copies_of": r"average\sof\s(?P<c2>\d{1,2}\.\d{1,2})\s(?:copies|signals)\s(?:of|per)\s(?:lsi\s)?her",
}

_SIGN = r"""(?:[<>]\s?/\s?=|/=|[<>≥≤~=]{1,2}|less\s{1,3}than|fewer\s{1,3}than|greater\s{1,3}than|more\s{1,3}than
    |over|at\s{1,3}least|up\s{1,3}to|approximately|about|nearly|almost|estimated)"""

# What may begin anywhere.
_NUMBERS = {
    # "> 90 %", "90-95%", "40 and 80 %"; not a percentage of formalin, of the volume, of risk
    "percent": rf"""(?P<sign>{_SIGN})?\s{{0,2}}(?P<low>\d{{1,3}}(?:\.\d{{1,2}})?)\s{{0,2}}(?:%|percent)?
        (?:\s{{0,2}}(?:-|to|and)\s{{0,2}}(?P<high>\d{{1,3}}(?:\.\d{{1,2}})?))?(?:\.\s)?\s{{0,2}}(?:%|per\s?cent\b)
        (?!\s{{0,2}}(?:neutral|buffered|formalin|nbf|hydrogen|ethanol|of\s(?:the\s)?(?:tumou?r|total)\s(?:volume|mass|area)
        |in\s?situ|dcis|necro|cellular|five|10|risk|chance))""",
    # "Allred 8", "7/8", "5 + 3 = 8", "TS 8"
    "allred": r"""(?:allred|quick)\s?-?(?:\s?total)?(?:\s?score)?[^0-9\n]{0,14}(?:\d\s?\+\s?\d\s?=\s?)?
        (?P<a1>[0-8])(?:\s?/\s?8|\b(?!\s?[%+]|\.\d))|(?<![\d/])(?P<a2>[0-8])\s?(?:/|out\sof)\s?8(?![\d/])
        |\b[0-5]\s?\+\s?[0-3]\s?=\s?(?P<a3>[0-8])\b|\bts\s?[:=]?\s?(?P<a4>[2-8])\b""",
    # "HER2/CEP17 ratio: 1.3", "ratio 1. 3" as OCR reads it
    "ratio": r"""(?:ratio|her2?/?(?:neu)?\s?[:/]\s?(?:cep|d17z1|chr)\s?-?\s?(?:17)?
        |/\s?(?:cep|chr|cen)\s?-?17(?=\s?[:=]\s?\d))
        (?:\s(?!greater|less|more|than|between|over|under)\w+){0,5}?[^\w<>≥≤.]{0,12}?
        (?P<r>\d{1,2}\s?\.\s?\d{1,2}|\d{1,2}(?=[\s,;.)]))(?!\s?%|\d)""",
    # "9/12 IRS"
    "irs_of": r"(?P<i2>\d{1,2})\s?/\s?12(?=\s?\(?irs)",
    # "2+", "1-2+", "l+", "+3", "score 2", "intensity of 0", "0/3", "1 on a scale", ": 0"
    "plus": r"""(?P<p1>[0-3li])\s?(?:(?:-|to|/)\s?(?P<p2>[1-3]))?\s?(?:\+|(?<=[1-3])t(?![a-z0-9]))(?!\s?\d\s?=)(?!\d)
        |(?<![\d+])\+\s?(?P<p3>[1-3])(?!\d|\.\d|\s?%)
        |(?:scor\w{0,3}|intensity)\s{0,2}(?:is|of|=|:|was)?\s{0,2}(?P<p4>[0-3])
            (?!\s?(?:to|-)\s?3)(?![\d%]|\.\d|\s?%|\s?\+\s?\d|\s?/\s?[89])(?:\s?\+)?
        |(?P<p5>[0-3])\s?/\s?3(?!\d|\s?\))
        |\b(?P<p6>[0-3])\s(?:on\sa|out\sof)\s(?!8)
        |(?<=[:(,=])\s?(?P<p7>0)(?=\s{0,2}(?:[).,;\n\t]|$))
        |(?<=ihc)\s{1,3}(?P<p8>0)(?=\s{1,40}(?:neg|[-(,;.]|$))""",
    # "(+)", "(-)", "++"
    "signs": r"\(?(?P<s>\+{1,3}|-)\s?\)|(?P<s2>\+{1,3})|(?<=ish)(?P<s3>-)(?=[.,;)]|\s?$|\s(?![a-z]))",
    # "Skin involvement:" at the beginning of a line or after a stop
    "label": r"""(?:(?<=[.\n\t;|])|(?<=\s[-*•]))\s{0,3}[-*•]?\s{0,2}(?P<field>[a-z][a-z\ /()&,\-]{2,44}?)\s?:""",
    # "HER2-low", "HER2 ultralow"; not "low positive", "low (1+)"
    "level": r"""[\s-](?:ultra-?low\b|low(?:\b|(?=disease)))
        (?!(?<!tralow)(?<!tra-low)\s{0,2}(?:\(?\d|<|power|grade|risk|positive|level))""",
    # a number alone in its cell
    "cell": r"(?<=[\t|])\s{0,3}(?P<n>\d{1,3})(?=\s{0,3}(?:[\t|\n.;]|$))|(?<=\.)\s(?P<n2>\d{1,3})(?=\.\s)",
}


@cache
def around() -> re.Pattern[str]:
    """The pattern of all events but the markers themselves, for a plain text."""
    words = table("words")
    at_words = [
        f"(?P<stop>{either(words['stops'])})",
        f"(?P<other>{either(words['others'])})",
        *(f"(?P<state_{name}>{either(phrases)})" for name, phrases in words["states"].items()),
        *(f"(?P<{name}>(?x:{pattern}))" for name, pattern in _WORDS.items()),
    ]
    anywhere = [f"(?P<{name}>(?x:{pattern}))" for name, pattern in _NUMBERS.items()]
    return re.compile(rf"(?<![a-z])(?=[a-z])(?:{'|'.join(at_words)})|{'|'.join(anywhere)}")


@cache
def stains() -> re.Pattern[str]:
    """Other markers that pathologists stain for."""
    return re.compile(either(table("words")["others"][1:2]))


@cache
def own_labels() -> re.Pattern[str]:
    """Names of fields that belong to a marker's result."""
    return re.compile(table("words")["own_labels"])
