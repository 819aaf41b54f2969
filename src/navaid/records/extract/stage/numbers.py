"""Numbers in words, in figures, or both: "eighteen", "18", "eighteen (18)", "twenty-three"."""

from __future__ import annotations

import re

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50}
_VALUES = {word: value for value, word in enumerate(_UNITS)} | _TENS | {"none": 0, "both": 2}
# Letters that OCR or a hasty hand lost: "theree", "twenty-thre", "twenty-tw".
_SLIPS = {"theree": "three", "thre": "three", "tw": "two", "fourten": "fourteen", "forteen": "fourteen"}

_ONES = "|".join(sorted([*_UNITS, *_SLIPS, "none", "both"], key=len, reverse=True))
_WORD = rf"(?:(?:{'|'.join(_TENS)})(?:[\s-]{{1,2}}(?:{_ONES}))?|(?:{_ONES}))"
NUMBER = rf"(?:{_WORD}(?:\s?\(\s?\d{{1,2}}\s?\))?|\d{{1,2}})"
"""A pattern, without groups, for a number of things that are counted."""


def number(words: str) -> int | None:
    """The value; figures in brackets decide over words.

    >>> number("eighteen (18)"), number("twenty-three"), number("7"), number("many")
    (18, 23, 7, None)
    """
    figures = re.search(r"\d+", words)
    if figures:
        return int(figures.group())
    parts = [_SLIPS.get(part, part) for part in re.split(r"[\s-]+", words.strip().lower()) if part]
    values = [_VALUES.get(part) for part in parts]
    return None if not values or None in values else sum(value for value in values if value is not None)
