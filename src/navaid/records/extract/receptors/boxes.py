"""Forms with boxes to tick: "Positive [ ]  Negative [x]", "☐ positive ☒ negative"."""

from __future__ import annotations

import re

_EITHER = r"[\[(]\.?\s?[x✓✔]?\s?[\])]|[☐□○☑☒■●✓✔]"
_TICK = re.compile(r"[x☑☒■●✓✔]")
_AFTER = re.compile(rf"[\s_:]{{0,3}}(?:{_EITHER})")
_BEFORE = re.compile(rf"(?:{_EITHER})\.?[\s_]{{0,3}}$")
_ROW = re.compile(
    rf"(?:(?P<box>{_EITHER})|(?P<word>pos(?:itive)?|neg(?:ative)?|equivocal|borderline|amplified))"
    rf"(?:{_EITHER}|pos(?:itive)?|neg(?:ative)?|equivocal|borderline|low|not|amplified|[\s.:;,_/|-]){{0,40}}$"
)


def unticked(text: str, start: int, end: int) -> bool:
    """Whether the word of a plain text stands beside an empty box, where its line has boxes at all.

    >>> line = "er: positive [ ]  negative [x]"
    >>> [unticked(line, 4, 12), unticked(line, 18, 26)]
    [True, False]
    >>> line = "er: [ ] positive  [x] negative"
    >>> [unticked(line, 8, 16), unticked(line, 22, 30)]
    [True, False]
    """
    after, before = _AFTER.match(text, end), _BEFORE.search(text, max(0, start - 8), start)
    if not after and not before:
        return False
    row = _ROW.search(text, max(0, start - 90), start)
    chosen = before if row and row["box"] else after
    if chosen is None:
        return False
    return not _TICK.search(chosen[0])
