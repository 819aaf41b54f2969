"""Words before a marker that deny it: "no HER2 expression", "neither ER nor PR is expressed"."""

from __future__ import annotations

import re

from navaid.records.extract.receptors.event import Event

_NO = re.compile(
    r"\b(?:no|absence\sof|lack\sof|(?<!no\s)(?<!without\s)loss\sof|without)\s{1,3}(?:detectable\s|significant\s|evidence\sof\s)?$"
)
_NEITHER = re.compile(
    r"\b(?:neither[\s.]{1,3}(?:the\s)?|(?:but|and)[\s.]{1,3}not[\s.]{1,3}(?:(?:for|with)\s(?:the\s)?(?:antibod\w+\s(?:to|against)\s)?)?|none[\s.]{1,3}of[\s.]{1,3}(?:[a-z]+[\s.]{1,3}){0,3}\(?)$"
)
_UNDONE = re.compile(
    r"[^.;\n]{0,60}?\b(?:performed|done|available|tested|carried|ordered|requested|evaluated|assessed)\b"
)
_SEEN = re.compile(
    r"(?:[\s,/]{1,3}(?:(?:and|or)[\s.]{1,3})?(?:pg?r|her-?2(?:/neu)?|progesterone\srecept\w*)){0,2}[\s.]{1,3}(?:(?:are|is|were|was)\s)?(?:found|detected|identified|seen|present|(?:gene\s|protein\s|oncogene\s)?(?:over-?\s?)?(?:expression|amplification)|expressed|immunoreactiv|positivity|staining|reactiv|activity)"
)


def denied(text: str, mark: Event) -> Event | None:
    """ "No progesterone receptors found": the word before a marker that denies it."""
    match = _NEITHER.search(text, max(0, mark.start - 40), mark.start)
    if match:
        undone = _UNDONE.match(text, mark.end)
        return Event("state", match.start(), mark.start, "not_tested" if undone else "negative", sign="all")
    match = _NO.search(text, max(0, mark.start - 30), mark.start)
    if match and _SEEN.match(text, mark.end):
        return Event("state", match.start(), mark.start, "negative")
    return None
