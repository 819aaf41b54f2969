"""Whether a short account says of a treatment that it was not given: "had not received any prior chemotherapy"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from navaid.trials.criteria.parse.readers.named import Named

_NOT = re.compile(r"\b(?:no|not|never|without|denie[sd]|denying|nor|neither|hasn't|hadn't|didn't)\b", re.IGNORECASE)
# Between the denial and the treatment there may stand only words that keep it a denial of having had it.
_BETWEEN = re.compile(
    r"(?:\b(?:have|has|had|having|been|be|she|he|yet|ever|previously|received|receiving|receive|undergone"
    r"|undergo|underwent|taken|"
    r"taking|participated|participating|clinical|trials?|study|studies|given|treated|started|had|used|using|use"
    r"|exposed|exposure|experience|history|record|evidence|of|to|with|any|a|an|"
    r"prior|previous|past|recent|recently|earlier|other|further|additional|specific|known|systemic|cancer"
    r"|breast|anti-?cancer|"
    r"treatments?|therap(?:y|ies)|courses?|lines?|cycles?|regimens?|drugs?|agents?|medications?|surgery"
    r"|surgeries|operations?|radiation|"
    r"radiotherapy|including|include|such|as|or|and|nor|either|palliative|cytotoxic|definitive|adjuvant"
    r"|neo-?adjuvant|"
    r"pre-?operative|targeted|hormonal?|biological|based|for|her|his|the|this|current|metastatic|advanced"
    r"|disease|setting|in|"
    r"concurrent|concomitant|ongoing|currently|on)\b|[\s,/()-]|\x00)*",
    re.IGNORECASE,
)
_WINDOW = re.compile(
    r"\b(?:in|within|during|over|for)\s+(?:the\s+)?(?:past|last|previous|preceding)\s+(?:(?P<n>\d{1,3}|a|one"
    r"|two|three|four|five|six|twelve)\s+)?"
    r"(?P<unit>day|week|month|year)s?\b|\b(?:in\s+)?(?:recent(?:ly)?)\b(?:\s+(?:weeks|months))?",
    re.IGNORECASE,
)
_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "twelve": 12}
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_NOW = re.compile(r"\b(?:currently|ongoing|concurrent\w*|concomitant\w*|on|taking|using|receiving)\b", re.IGNORECASE)


class Never(NamedTuple):
    """A treatment that was not given; `within_days` where only so long, `now` where only not at present."""

    within_days: int | None
    now: bool


def denied(words: str, found: Sequence[Named], one: Named) -> Never | None:
    """The denial of a treatment in its sentence; None where there is none.

    >>> from navaid.trials.criteria.parse.readers.named import named
    >>> text = "She had not received any prior taxanes or radiotherapy."
    >>> [denied(text, named(text), each) for each in named(text)]
    [Never(within_days=None, now=False), Never(within_days=None, now=False)]
    """
    hidden = list(words)
    for other in found:
        if other.end <= one.start:
            hidden[other.start : other.end] = ["\x00"] * (other.end - other.start)
    ahead = "".join(hidden)[: one.start]
    for cue in reversed(list(_NOT.finditer(ahead))):
        between = ahead[cue.end() :]
        if _BETWEEN.fullmatch(between):
            return _limited(words, between, one.end)
    return None


def _limited(words: str, between: str, end: int) -> Never:
    window = _WINDOW.search(words, end, min(len(words), end + 90))
    if window and re.search(r"[.;]|\b(?:but|nor)\b|\band (?:had|was|has|is)\b", words[end : window.start()]):
        window = None
    if window is None and re.search(r"\brecent(?:ly)?\b", between, re.IGNORECASE):
        return Never(28, now=False)
    if window is not None:
        if not window["unit"]:
            return Never(28, now=False)
        said = (window["n"] or "one").lower()
        return Never((int(said) if said.isdigit() else _NUMBERS[said]) * _DAYS[window["unit"].lower()], now=False)
    given = re.search(
        r"\b(?:received|undergone|been|had|history|prior|previous\w*|exposed|ever|never)\b", between, re.I
    )
    return Never(None, now=bool(_NOW.search(between)) and not given)
