"""Where two readings of the same words differ, once what cannot change a value is set aside.

Set aside are case, spaces, accents, the kind of dash, brackets and full stops between words, and the letters that stand
for a digit of the same shape (O and 0; l, I and 1), which both engines confuse in words as in numbers.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

SAME = str.maketrans({"o": "0", "i": "1", "l": "1", "|": "1", "×": "x", "–": "-", "—": "-", "’": "'", "‘": "'"})
IDLE = set(",;:()[]{}'\"`´“”«»*_ \t")
NOTHING = "(nothing)"


def differing(words: Sequence[str], other: str, *, least: float) -> dict[int, str]:
    """What `other` has in the place of each word that it gives otherwise; nothing where too little of it is alike.

    `least` is the share of characters that must be alike for the two to be readings of the same place.

    >>> differing(["ER", "positive", "95%"], "ER Positive, 35 %", least=0.6)
    {2: '35 %'}
    >>> differing(["grade", "l"], "Grade 1", least=0.6)
    {}
    """
    ours = [(sign, at) for at, word in enumerate(words) for sign, _ in fold(word)]
    theirs = fold(other)
    matcher = SequenceMatcher(None, [sign for sign, _ in ours], [sign for sign, _ in theirs], autojunk=False)
    if not ours or not theirs or matcher.ratio() < least:
        return {}
    spans: dict[int, list[int]] = {at: [] for _, at in ours}
    changed: set[int] = set()
    for kind, a0, a1, b0, b1 in matcher.get_opcodes():
        if kind == "equal":
            for place in range(a0, a1):
                spans[ours[place][1]].append(b0 + place - a0)
        elif kind == "insert":
            at = _beside([at for _, at in ours], [where for _, where in theirs], a0, b0, b1)
            if at is not None:
                changed.add(at)
                spans[at] += range(b0, b1)
        else:
            touched = sorted({at for _, at in ours[a0:a1]})
            changed |= set(touched)
            for place in range(b0, b1):
                spans[touched[min(len(touched) - 1, (place - b0) * len(touched) // max(1, b1 - b0))]].append(place)
    return {at: _said(other, [theirs[place][1] for place in spans[at]]) for at in sorted(changed)}


def fold(text: str) -> list[tuple[str, int]]:
    """The signs that count, each with its place in the text; a comma between digits is a point.

    >>> "".join(sign for sign, _ in fold("PT1c (sn), 2,5 cm."))
    'pt1csn2.5cm'
    """
    out: list[tuple[str, int]] = []
    for at, character in enumerate(text):
        if character in ".," and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit():
            out.append((".", at))
        elif character not in IDLE and character != ".":
            plain = unicodedata.normalize("NFKD", character.casefold())
            out += [(sign.translate(SAME), at) for sign in plain if not unicodedata.combining(sign)]
    return out


def _beside(words: Sequence[int], places: Sequence[int], a: int, b0: int, b1: int) -> int | None:
    """The word to which characters belong that only the other reading has: the one that they are written against."""
    before = words[a - 1] if a else None
    after = words[a] if a < len(words) else None
    if before == after:
        return before
    if after is not None and b1 < len(places) and places[b1] == places[b1 - 1] + 1:
        return after
    if before is not None and b0 and places[b0] == places[b0 - 1] + 1:
        return before
    return None


def _said(other: str, places: Sequence[int]) -> str:
    return other[min(places) : max(places) + 1] if places else NOTHING
