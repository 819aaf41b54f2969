"""Whether a value stands in the report's own words: its number or its letters among them, in its unit or another.

What a finder worked out (a sum of lymph nodes, a HER2 level from a staining score) does not stand there. Such a value
may be shown only as worked out, with the words that it was made from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from navaid.terms import Finding

WORKED_OUT = frozenset({"derived", "sum", "distance"})
"""What `details.by` says of a value that its words do not state."""

_NUMBER = re.compile(r"(?:(?<![\w.)])-)?\d+(?:[.,]\d+)?")
_TORN = re.compile(r"\d+[.,] \d+")  # "1. 1" in a scan
_HALF = re.compile(r"(\d+)[ -](\d)/(\d)(?!\d)")
_TO_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty"
)
_ROMAN = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx"
_SPELLED = {
    **{word: number for number, word in enumerate(_TO_TWENTY.split())},
    **{word: number for number, word in enumerate(_ROMAN.split(), 1)},
    **{"single": 1, "low": 1, "well": 1, "mild": 1, "minimal": 1, "small": 1, "few": 1},
    **{"intermediate": 2, "moderate": 2, "moderately": 2, "medium": 2, "both": 2},
    **{"high": 3, "poor": 3, "poorly": 3, "marked": 3, "severe": 3, "undifferentiated": 3},
    **{
        "no": 0,
        "none": 0,
        "negative": 0,
        "free": 0,
        "absent": 0,
        "all": 100,
        "diffuse": 100,
        "nil": 0,
        "not": 0,
        "o": 0,
    },
}
_PER_UNIT = {"mm": (1.0, 10.0, 25.4), "%": (1.0, 100.0), "": (1.0,)}  # from mm, cm, inches; from a share
_LETTERS = re.compile(r"[^a-z0-9+]")
_SCANNED = str.maketrans({"o": "0", "l": "1", "i": "1", "|": "1", "s": "5"})  # as OCR takes one for another


def worked_out(finding: Finding) -> bool:
    """Whether the value was made from the words, and is not stated by them."""
    return finding.details.get("by") in WORKED_OUT


def stands(finding: Finding) -> bool:
    """Whether the number, or the letters and figures, of the value are among the words of the report.

    >>> from navaid.terms import Provenance
    >>> source = Provenance(file="", page=1, start=0, end=9, words="size 2.4 cm", how="plain text")
    >>> stands(Finding(concept="tumour.size", value=24, unit="mm", source=source))
    True
    """
    words, value = finding.source.words, finding.value
    if not words.strip():
        return False
    if isinstance(value, int | float):
        if finding.details.get("comparator") and value == 0:
            return "<" in words or "less" in words.lower()  # "less than 1 %" is kept as none
        numbers = list(_numbers(words))
        return all(any(_same(end, number, finding.unit) for number in numbers) for end in _ends(finding, value))
    if finding.concept == "stage.group":
        return _scanned(value) in _scanned(words) or _scanned(_arabic(value)) in _scanned(words)
    if any(sign.isdigit() for sign in value) and len(value) <= 8:  # T1c, N0(i+), 2+: codes of figures
        return _scanned(value) in _scanned(words) or set(re.findall(r"\d", value)) <= set(re.findall(r"\d", words))
    return True


def _ends(finding: Finding, value: float) -> Iterator[float]:
    """The number, and the upper end where it is a range; the `high` of a laboratory value is not the value's own."""
    yield value
    high = finding.details.get("high")
    if isinstance(high, int | float) and not finding.concept.startswith("lab."):
        yield high


def _same(value: float, number: float, unit: str) -> bool:
    return any(abs(number * factor - value) <= 0.051 * factor for factor in _PER_UNIT.get(unit, (1.0,)))


def _numbers(words: str) -> Iterator[float]:
    for whole, above, below in _HALF.findall(words):
        if int(below):
            yield int(whole) + int(above) / int(below)
    for found in (*_NUMBER.findall(words), *_TORN.findall(words)):
        yield float(found.replace(",", ".").replace(" ", ""))
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in _SPELLED:
            yield float(_SPELLED[word])
    yield from (float(words.count(sign)) for sign in "+" if sign in words)


def _arabic(stage: str) -> str:
    """The stage with its figure as a number: IIA as 2A."""
    return re.sub(r"^[IV]+", lambda found: str(_ROMAN.split().index(found.group().lower()) + 1), stage)


def _scanned(text: str) -> str:
    return _LETTERS.sub("", text.lower()).translate(_SCANNED)
