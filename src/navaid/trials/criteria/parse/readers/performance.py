"""Performance status: ECOG, Zubrod and WHO (the same scale), Karnofsky, Lansky."""

from __future__ import annotations

import re
from collections.abc import Iterator

from navaid.trials.criteria.parse.atom import Atom, asks, every
from navaid.trials.criteria.parse.quick import lowered
from navaid.trials.criteria.parse.readers.quantity import SIGN, op_of
from navaid.trials.criteria.parse.times import WITHIN
from navaid.vocabulary.matching import lower

_NAME = (
    r"(?:\b(?:ECOG(?:PS|performance)?|EOCG|ECGO|Zubrod|(?:WHO|World Health Organi[sz]ation)"
    r"(?=[^.;\d]{0,30}(?:performance|PS\b|ECOG|status|\s*[≤<0]))|Eastern\s+(?:Cooperative\s+"
    r"|Co-?operative\s+)?Oncology\s+(?:Cooperative\s+)?Group)"
    r"|\b(?:performance\s+status|PS)(?=\W{1,4}(?:score\s*)?(?:of\s*)?(?:[≤<>=]|[0-4]\b)))"
)
_BEFORE = r"(?:\b(?:clinical\s+)?performance\s+status(?:\s+scores?)?(?:\s+(?:of|by|per|on the))?[\s:,–-]*)?"
_FILL = (
    r"(?:\s|[:,()/\[\]–—]|=(?!\s*[<>])|-(?!\d)|\b(?:ECOG|EOCG|WHO|Zubrod|Eastern|Cooperative"
    r"|Co-?operative|Oncology|Group|World|Health|Organi[sz]ation|performance|physical|fitness|activity"
    r"|for|function(?:al)?|general|"
    r"status(?:es)?|PS|scores?|scale|grades?|level|rating|strength|state|of|is|are|was|be|must|should"
    r"|with|a|an|the|has|have|having|either|standard|criteria|points?|value|at|by|or|in|category|class"
    r"|range|systemic|condition|index|between|from|rated|as|assessed|required)\b)*?"
)
_SCORES = r"(?:[0-5]|zero|one|two|three)(?![a-z])(?!\d|\.\d|\s*(?:years|months|weeks|days|cm|mm|%|x|×))"
_ECOG = re.compile(
    lowered(
        rf"{_BEFORE}{_NAME}{_FILL}(?P<sign>{SIGN})?[\s)]*(?:\([<>≥≤=/\s]+\)\s*)?(?:a\s+|grade\s+|score\s+"
        rf"(?:of\s+)?)?(?P<first>{_SCORES})(?P<rest>(?:\s*(?:,|/|or|and|-|–|—|~|to|through|versus|vs)\s*"
        rf"(?:,|or|and)?\s*(?P<sign2>{SIGN})?\s*(?:{_SCORES}))*)"
        r"(?:\s*\]?\s*(?:points?|scores?))?(?:\s*(?:or|and)\s+(?P<more>less|lower|better|below|under|greater"
        r"|higher|more|worse|above)\b)?"
    )
)
_KPS_NAME = r"\b(?:Karnof[sf]k[iy](?:'s)?|KPS|Lansky)\b"
_KPS = re.compile(
    rf"(?P<name>{_KPS_NAME})(?:\s|[:,()/]|\b(?:performance|functional|status|scale|scores?|PS|KPS|LPS"
    r"|index|of|is|must|be|should|a|an|the|at|has|have|with|level|Karnofsky|Lansky|or)\b)*?"
    r"(?P<sign>" + SIGN + r")?\s*(?P<first>\d{2,3})(?!\d)\s*%?(?:\s*(?:-|–|to|and|through)\s*(?P<second>\d{2,3})\s*%?)?"
    r"(?:\s*(?:or|and)\s+(?P<more>greater|higher|more|better|above|less|lower|below)\b)?(?:\s*%)?",
    re.IGNORECASE,
)
# When it was last looked at: the study looks again.
_WHEN = re.compile(
    rf"\s*[,(]?\s*(?:as\s+)?(?:(?:assessed|performed|evaluated|obtained|determined|documented|measured)\s+)?{WITHIN}\s*\)?",
    re.IGNORECASE,
)
_HIGHER = ("greater", "higher", "more", "worse", "above")


def read(words: str) -> Iterator[Atom]:
    """The atoms of this subject in the words of a statement."""
    words = lower(words)
    for atom in _scales(words):
        yield atom
        when = _WHEN.match(words, atom.end)
        if when:
            yield atom._replace(end=when.end())


def _scales(words: str) -> Iterator[Atom]:
    for match in _ECOG.finditer(words):
        yield from _ecog(match)
    for match in _KPS.finditer(words):
        yield from _karnofsky(match)


def _ecog(match: re.Match[str]) -> Iterator[Atom]:
    start, end = match.span()
    said = f"{match['first']} {match['rest']}".lower()
    scores = [_score(score) for score in re.findall(r"[0-5]|zero|one|two|three", said)]
    low, high = min(scores), max(scores)
    if match["more"]:
        op = "at_least" if match["more"].lower() in _HIGHER else "at_most"
        yield asks(start, end, "ecog", op, low if op == "at_least" else high)
    elif match["sign"] and len(scores) == 1:
        yield asks(start, end, "ecog", op_of(match["sign"]), scores[0])
    elif match["sign"]:
        op = op_of(match["sign"])
        if op in ("at_most", "below"):
            yield asks(start, end, "ecog", "at_most", high)
        else:
            parts = [asks(start, end, "ecog", op, low).expression]
            if match["sign2"] and op_of(match["sign2"]) in ("at_most", "below"):
                parts.append(asks(start, end, "ecog", op_of(match["sign2"]), high).expression)
            yield Atom(start, end, every(parts), "performance")
    elif low == high:
        yield asks(start, end, "ecog", "at_most" if low == 0 else "is", low, family="performance")
    elif low == 0:
        yield asks(start, end, "ecog", "at_most", high, family="performance")
    else:
        parts = [asks(start, end, "ecog", "at_least", low).expression]
        if high < 4:
            parts.append(asks(start, end, "ecog", "at_most", high).expression)
        yield Atom(start, end, every(parts), "performance")


def _score(said: str) -> int:
    words = ("zero", "one", "two", "three")
    return words.index(said) if said in words else int(said)


def _karnofsky(match: re.Match[str]) -> Iterator[Atom]:
    concept = "lansky" if match["name"].lower() == "lansky" else "karnofsky"
    first = int(match["first"])
    if not 10 <= first <= 100:
        return
    if match["second"]:
        low, high = sorted((first, int(match["second"])))
        parts = [asks(*match.span(), concept, "at_least", low, unit="%").expression]
        if high < 100:
            parts.append(asks(*match.span(), concept, "at_most", high, unit="%").expression)
        yield Atom(*match.span(), every(parts), "performance")
        return
    op = "at_least"
    if match["more"]:
        op = "at_most" if match["more"].lower() in ("less", "lower", "below") else "at_least"
    elif match["sign"]:
        op = op_of(match["sign"])
    yield asks(*match.span(), concept, op, first, unit="%", family="performance")
