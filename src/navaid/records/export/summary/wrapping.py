"""How many lines a text takes in a column, as a browser would break it: about, and rather too many than too few."""

from __future__ import annotations

import unicodedata
from math import ceil


def wrapped(text: str, width: float) -> int:
    """The lines of a text in a column of so many small letters; 0 for an empty one.

    >>> wrapped("one two three", 8), wrapped("x" * 30, 10), wrapped("", 5)
    (2, 3, 0)
    """
    lines, left = 0, 0.0
    for word in text.split():
        size = wide(word)
        if left >= size + 1:
            left -= size + 1
            continue
        over = ceil(size / width)
        lines += over
        left = over * width - size
    return lines


def wide(text: str) -> float:
    """The width of a text in small letters: capitals are wider, signs of East Asia twice as wide, a mark is none."""
    return sum(_wide(char) for char in text)


def _wide(char: str) -> float:
    if char.isascii():
        return 1.75 if char in "MW@%" else 1.4 if char.isupper() else 1.65 if char in "mw" else 1.0
    if unicodedata.east_asian_width(char) in "WF":
        return 2.1
    return 0.0 if unicodedata.combining(char) else 1.5 if char.isupper() else 1.3
