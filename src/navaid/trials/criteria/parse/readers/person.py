"""Age, sex, menopause, pregnancy, performance status."""

from __future__ import annotations

import re
from collections.abc import Iterator

from navaid.trials.criteria.parse.atom import Atom, asks
from navaid.trials.criteria.parse.numbers import COMPARED, bounds

_YEARS = r"(?:years?|yrs?\.?|y/?o)"
_AGE = re.compile(
    r"\b(?:age[ds]?|years? (?:old|of age)|adults?)\b"
    r"(?:\s+(?:is|of|at|must|be|should|range|from|between|limit|on|day|consent|:))*\s*"
    rf"(?P<range>{COMPARED})\s*{_YEARS}?(?:\s*(?:old|of age))?"
    rf"|(?P<range2>{COMPARED})\s*{_YEARS}(?:\s*-?\s*(?:old|of age))?"
    r"(?:\s+(?:or|and)\s+(?P<open>older|over|above|younger))?",
    re.IGNORECASE,
)
_ECOG = re.compile(
    rf"\b(?:ECOG|Eastern Cooperative Oncology Group|Zubrod|WHO)\b[^.;,\d≤≥<>]{{0,60}}?(?P<range>{COMPARED})"
    r"(?:\s*(?:,|or|-|to|and)\s*[0-4])*",
    re.IGNORECASE,
)
_SCORE = re.compile(r"(?<!\d)[0-4](?!\d)")


def read(words: str) -> Iterator[Atom]:
    """The atoms of this subject in the words of a statement."""
    for match in _AGE.finditer(words):
        said = match["range"] or match["range2"]
        if match["open"]:
            said = (">= " if match["open"].lower() != "younger" else "<= ") + said
        yield from bounds(match.start(), match.end(), "age", said, unit="years")
    for match in _ECOG.finditer(words):
        scores = [int(score) for score in _SCORE.findall(words, match.start("range"), match.end())]
        if scores:
            yield asks(match.start(), match.end(), "ecog", "at_most", max(scores))
