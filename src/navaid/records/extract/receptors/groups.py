"""Triple negative and its kin: one phrase that states several markers at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from navaid.records.extract.receptors.event import Event

_TRIPLE = re.compile(
    r"\btriple[\s-]{1,3}(?P<state>negative|positive)(?!\s{0,3}(?:breast\s)?(?:patients|women|disease\s(?:is|are)|cancers|tumou?rs)\b)(?:\s{1,3}(?:status|breast|disease))?"
    r"|(?<![A-Za-z])(?P<tnbc>tnbc)(?![a-z])"
)
_NOT = re.compile(r"\b(?:not?|never|nor)\b[^.;\n]{0,40}$|\b(?:versus|vs\.?)\s{0,2}$")


def triples(plain: str) -> Iterator[tuple[str, Event]]:
    """Marker and state of each "triple negative", "TNBC" and "triple positive" that is not denied."""
    if "triple" not in plain and "tnbc" not in plain:
        return
    for match in _TRIPLE.finditer(plain):
        if _NOT.search(plain[max(0, match.start() - 60) : match.start()]):
            continue
        state = match["state"] or "negative"
        for marker in ("er", "pr", "her2"):
            yield marker, Event("state", match.start(), match.end(), state)


@cache
def rt_pcr() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What shows that a receptor was measured as RNA: at the marker ("ER score: 10.2"), and before it."""
    return re.compile(r"[^.\n]{0,14}?\s(?:gene\s|quantitative\s)?score\s?[:=]?\s?\d{1,2}\.\d"), re.compile(
        r"rt-?pcr|mrna"
    )
