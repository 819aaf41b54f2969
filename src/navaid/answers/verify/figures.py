"""The numbers of a sentence in any language with a table: `figures` gives values with units, `unmatched` compares."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from navaid.answers.verify.lexicon import Lexicon
from navaid.terms import Record

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*")
_SPACED = re.compile(r"(?<![\d.,])(\d{1,3})((?:[ \u00a0\u202f]\d{3})+)(?![\d])")
_CLOSE = 0.005  # relative: 33.3 percent and one third


class Figure(Record, frozen=True):
    """A number: what it may be worth ("1.234" is two numbers in Spanish), its unit, and the words that wrote it.

    One that is `loose` ("both") may stand for a number of the other sentence, and need not.
    """

    values: tuple[float, ...]
    unit: str = ""
    said: str = ""
    loose: bool = False


def closed_up(text: str) -> str:
    """The text with the spaces taken out of numbers such as 10 000.

    >>> closed_up("unas 10 000 mujeres en 2 hospitales")
    'unas 10000 mujeres en 2 hospitales'
    """
    return _SPACED.sub(lambda m: m[1] + re.sub(r"\D", "", m[2]), text)


def figures(words: Sequence[str], lexicon: Lexicon) -> list[Figure]:
    """Every number in order."""
    found: list[Figure] = []
    at = 0
    while at < len(words):
        figure, at = _at(words, at, lexicon)
        if figure is not None:
            found.append(figure)
    return found


def _at(words: Sequence[str], at: int, lexicon: Lexicon) -> tuple[Figure | None, int]:
    share = _here(lexicon.shares.find(words[at : at + 3]))
    if share:
        return Figure(values=(float(share[0]),), unit="percent", said=" ".join(words[at : at + share[1]])), at + share[
            1
        ]
    if words[at] in lexicon.numbers.loose:
        return Figure(values=(lexicon.numbers.loose[words[at]],), said=words[at], loose=True), at + 1
    values, end = _number(words, at, lexicon)
    if not values:
        return None, at + 1
    of = _here(lexicon.of.find(words[end : end + 2]))
    if of:
        whole, stop = _number(words, end + of[1], lexicon)
        if whole and values[0] <= whole[0]:
            share_of = tuple(round(100 * values[0] / one, 3) for one in whole if one)
            return Figure(values=share_of, unit="percent", said=" ".join(words[at:stop])), stop
    if values == (1.0,) and not words[at].isdigit():
        return None, at + 1  # "one", "un año": too small a word to count on
    unit = _here(lexicon.units.find(words[end : end + 3]))
    stop = end + unit[1] if unit else end
    return Figure(values=values, unit=unit[0] if unit else "", said=" ".join(words[at:stop])), stop


def _here(marks: list[tuple[str, int, int]]) -> tuple[str, int] | None:
    return (marks[0][0], marks[0][2]) if marks and marks[0][1] == 0 else None


def _number(words: Sequence[str], at: int, lexicon: Lexicon) -> tuple[tuple[float, ...], int]:
    """What the number at this place may be worth, and where it ends; nothing where there is none."""
    table = lexicon.numbers
    if at >= len(words):
        return (), at
    word = words[at]
    if _DIGITS.fullmatch(word):
        values = digits(word, table.decimal)
        end = at + 1
        while end < len(words) and words[end] in table.scales:
            values, end = tuple(value * table.scales[words[end]] for value in values), end + 1
        return values, end
    if word in table.ones.split(" | "):
        scale = table.scales.get(words[at + 1], 1) if at + 1 < len(words) else 1
        return ((1.0,), at + 1) if scale == 1 else ((float(scale),), at + 2)
    return _in_words(words, at, lexicon)


def _in_words(words: Sequence[str], at: int, lexicon: Lexicon) -> tuple[tuple[float, ...], int]:
    table, total, part, end = lexicon.numbers, 0.0, 0.0, at
    while end < len(words):
        word = words[end]
        if word in table.words:
            if part and not (part % 10 == 0 and table.words[word] < part):
                break  # "two four": two numbers
            part += table.words[word]
        elif word in table.scales and (end > at or word not in table.vague.split()):
            total, part = total + (part or 1) * table.scales[word], 0.0
        elif not (
            end > at and word in table.joins.split() and end + 1 < len(words) and _adds(words[end + 1], part, lexicon)
        ):
            break
        end += 1
    return ((total + part,), end) if end > at else ((), at)


def _adds(word: str, part: float, lexicon: Lexicon) -> bool:
    """Whether "and five" goes on with the number before it: "treinta y cinco", not "two and five"."""
    value = lexicon.numbers.words.get(word, math.inf)
    return part >= 20 and part % 10 == 0 and value < 10


def digits(text: str, decimal: str) -> tuple[float, ...]:
    """What a number in digits may be worth.

    >>> digits("1,234", "."), digits("5,3", ","), digits("1.234", ","), digits("38.0", ",")
    ((1234.0,), (5.3,), (1234.0, 1.234), (38.0,))
    """
    plain = text.replace(",", "").replace(".", "")
    seps = [c for c in text if c in ".,"]
    if not seps:
        return (float(text),)
    if _THOUSANDS.fullmatch(text):
        grouped = float(plain)
        # "1.234" in Spanish: a thousand to some, a little over one to others
        other = decimal == "," and len(seps) == 1
        return (grouped, float(text.replace(",", "."))) if other else (grouped,)
    head, tail = re.split(r"[.,](?=[^.,]*$)", text)
    return (float(f"{re.sub(r'[.,]', '', head)}.{tail}"),)


def unmatched(source: list[Figure], other: list[Figure]) -> tuple[list[Figure], list[Figure]]:
    """The numbers of the source that the other sentence lacks, and those that it has beyond the source."""
    left = list(other)
    lacking: list[Figure] = []
    for figure in sorted(source, key=lambda one: (one.loose, not one.unit)):
        found = next((one for one in left if _same(figure, one)), None)
        if found is not None:
            left.remove(found)
        elif not figure.loose:
            lacking.append(figure)
    return lacking, [one for one in left if not one.loose]


def _same(one: Figure, other: Figure) -> bool:
    units = {one.unit, other.unit}
    if len(units) == 2 and not (one.loose or other.loose or ("" in units and "percent" not in units)):
        return False
    return any(math.isclose(a, b, rel_tol=_CLOSE) for a in one.values for b in other.values)
