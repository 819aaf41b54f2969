"""The language of a paper, by a vote of its short words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from navaid.records.extract.header.tables import table

LOOKED_AT = 6_000
ENOUGH = 4  # short words of another language before a paper counts as written in it
_WORD = re.compile(r"[^\W\d_]+")


def language(text: str) -> str:
    """The code of the language, `en` where nothing speaks for another.

    >>> language("Die Patientin wurde mit der Diagnose eines Mammakarzinoms in die Klinik eingewiesen")
    'de'
    """
    votes: Counter[str] = Counter()
    for word, count in Counter(_WORD.findall(text[:LOOKED_AT].lower())).items():
        for code in _codes().get(word, ()):
            votes[code] += min(count, 6)
    best = max(votes, key=lambda code: votes[code], default="en")
    return best if votes[best] >= ENOUGH and votes[best] > 1.2 * votes["en"] else "en"


@cache
def _codes() -> dict[str, list[str]]:
    codes: dict[str, list[str]] = {}
    for code, words in table("languages").items():
        for word in words:
            codes.setdefault(word, []).append(code)
    return codes
