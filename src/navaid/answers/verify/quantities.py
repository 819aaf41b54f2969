"""The numbers of a sentence, in digits and in words, as values with a unit: `quantities`."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from navaid.answers.verify.phrases import Phrases, cues, table
from navaid.answers.verify.words import Sentence, once
from navaid.terms import Record

_DIGITS = re.compile(r"\d+(?:\.\d+)*$|\d+(?:,\d+)+$")
_PART_OF = {"hour": ("minute", 60), "year": ("month", 12), "day": ("hour", 24), "minute": ("second", 60)}
TIME = frozenset(("minute", "hour", "day", "week", "month", "year"))
_JOINS = cues("joins")
_BOUNDS = (["at", "least"], ["at", "most"], ["more", "than"], ["less", "than"])
_FRACTION_OF = ("in", "of")


class Quantity(Record, frozen=True):
    """A number of words [start, end): its value, its unit (empty if none is named), whether it may be rounded.

    A share ("1 in 10", "half") has the unit `percent` and its value in percent; `word` says that it is in words.
    """

    value: float
    unit: str
    start: int
    end: int
    about: bool = False
    word: bool = False
    decimals: int = 0
    aside: bool = False


@once
def quantities(sentence: Sentence) -> list[Quantity]:
    """Every number in order."""
    found: list[Quantity] = []
    texts = sentence.texts
    i = 0
    while i < len(texts):
        quantity = _at(sentence, texts, i)
        if quantity is None:
            i += 1
            continue
        found.append(quantity)
        i = quantity.end
    return _shared(found, texts)


def _shared(found: list[Quantity], texts: list[str]) -> list[Quantity]:
    """The same with the unit of a list given to each of its numbers: "1.8, 1.7 and 1.5 percent"."""
    for order in (range(len(found) - 1), range(len(found) - 2, -1, -1)):
        for i in order:
            one, other = found[i], found[i + 1]
            between = set(texts[one.end : other.start])
            if one.aside != other.aside:
                continue
            if between <= {"and", "or", "to", "vs", "versus"} and bool(one.unit) != bool(other.unit):
                unit = one.unit or other.unit
                found[i], found[i + 1] = (msgspec.structs.replace(q, unit=unit) for q in (one, other))
    for i in range(len(found) - 1):
        one, other = found[i], found[i + 1]
        joined = {"and", "or", "versus", "vs", "to"} & set(texts[one.end : other.start]) and other.start - one.end < 7
        if one.about and one.unit == other.unit and joined:
            found[i + 1] = msgspec.structs.replace(other, about=True)  # "about 27 % of one and 35 % of the other"
    return found


def _at(sentence: Sentence, texts: list[str], i: int) -> Quantity | None:
    value, end, word, decimals = _number(texts, i)
    if word and texts[i + 1 : i + 2] and texts[i + 1] in ("thirds", "quarters", "fifths", "tenths"):
        return _share(sentence, texts, i + 1)
    if value is None:
        return _share(sentence, texts, i)
    unit = ""
    after = end
    if (after + 1 < len(texts) and texts[after] in _FRACTION_OF) or texts[after : after + 2] == ["out", "of"]:
        other = after + (2 if texts[after] == "out" else 1)
        below, stop, _, _ = _number(texts, other)
        if below and value <= below and (texts[after] == "out" or below in (5, 10, 100, 1000, 4, 3, 20, 8, 50, 10000)):
            return Quantity(
                value=100 * value / below,
                unit="percent",
                start=i,
                end=stop,
                about=_rounded(texts, i, stop),
                word=True,
                aside=sentence.words[i].aside,
            )
    marks = _units().find(texts[after : after + 3])
    if marks and marks[0][1] == 1 and marks[0][0] in TIME and texts[after].isalpha() and texts[after] not in _JOINS:
        unit = marks[0][0]  # "four postoperative days"
    elif marks and marks[0][1] == 0:
        unit = marks[0][0]
        end = after + marks[0][2]
    elif (
        (i and texts[i - 1] in ("factor", "factors"))
        or texts[max(0, i - 2) : i] == ["factors", "of"]
        or texts[max(0, i - 2) : i] == ["factor", "of"]
    ):
        unit = "fold"
    if texts[i] == "one" and end == i + 1 and not unit and texts[max(0, i - 2) : i] not in _BOUNDS:
        return None
    return Quantity(
        value=value,
        unit=unit,
        start=i,
        end=end,
        about=_rounded(texts, i, end),
        word=word,
        decimals=decimals,
        aside=sentence.words[i].aside,
    )


def _number(texts: list[str], i: int) -> tuple[float | None, int, bool, int]:
    """The value at word `i`, where it ends, whether in words, and its decimals."""
    if i >= len(texts):
        return None, i, False, 0
    text = texts[i]
    if text[0].isdigit() and _DIGITS.match(text):
        plain = text.replace(",", ".") if text.count(",") == 1 else text.replace(",", "")
        try:
            value = float(plain)
        except ValueError:
            return None, i, False, 0
        if texts[i + 1 : i + 2] == ["million"]:
            return value * 1e6, i + 2, False, 0
        return value, i + 1, False, len(plain.partition(".")[2])
    words = table("numbers")["words"]
    if text == "one" and i + 1 < len(texts) and (texts[i + 1] in ("in", "out") or _units().find(texts[i + 1 : i + 2])):
        return 1.0, i + 1, True, 0
    if text == "one" and texts[max(0, i - 2) : i] in _BOUNDS:
        return 1.0, i + 1, True, 0
    if (
        text == "one"
        and i + 1 < len(texts)
        and texts[i + 1] in ("patient", "person", "woman", "man", "case", "participant")
    ):
        return 1.0, i + 1, True, 0
    if text in ("past", "last") and texts[i + 1 : i + 2] in (["year"], ["month"], ["week"]):
        return 1.0, i + 1, True, 0
    if text not in words:
        return None, i, False, 0
    value = float(words[text])
    one = {"one": 1} | words
    if 20 <= value < 100 and i + 1 < len(texts) and 0 < one.get(texts[i + 1], 100) < 10:
        return value + one[texts[i + 1]], i + 2, True, 0
    if i + 1 < len(texts) and words.get(texts[i + 1], 0) in (100, 1000, 1000000):
        return value * words[texts[i + 1]], i + 2, True, 0
    return value, i + 1, True, 0


def _share(sentence: Sentence, texts: list[str], i: int) -> Quantity | None:
    """ "half", "two thirds", "a quarter"; "third" alone is an order, not a share."""
    shares = table("numbers")["shares"]
    if texts[i] not in shares or (texts[i] in ("third", "fifth", "tenth") and texts[max(0, i - 1)] not in ("a", "one")):
        return None
    if texts[i + 1 : i + 2] in (["negative"], ["positive"], ["blind"]):
        return None  # "triple negative" is a name
    value = shares[texts[i]]
    start = i
    count = table("numbers")["words"].get(texts[i - 1]) if i else None
    if count and value < 1:
        value, start = value * count, i - 1
    if texts[i + 1 : i + 2] in (["a"], ["an"]) and texts[i + 2 : i + 3] and texts[i + 2] in _PART_OF:
        unit, factor = _PART_OF[texts[i + 2]]  # "half an hour"
        return Quantity(
            value=value * factor, unit=unit, start=start, end=i + 3, word=True, aside=sentence.words[i].aside
        )
    unit = "percent" if value < 1 else "fold"
    return Quantity(
        value=value * 100 if value < 1 else value,
        unit=unit,
        start=start,
        end=i + 1,
        about=True,
        word=True,
        aside=sentence.words[i].aside,
    )


def _rounded(texts: list[str], start: int, end: int) -> bool:
    return bool(_round().find(texts[max(0, start - 3) : start])) or texts[end : end + 2] == ["or", "so"]


@cache
def _units() -> Phrases:
    return Phrases(table("numbers")["units"])


@cache
def _round() -> Phrases:
    return Phrases({"about": table("numbers")["round"]})
