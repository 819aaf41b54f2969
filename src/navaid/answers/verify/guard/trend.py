"""The directions that a sentence states: of size, of worth, denied or not, and what each is about."""

from __future__ import annotations

from navaid.answers.verify.guard import context
from navaid.answers.verify.guard.negation import open_to
from navaid.answers.verify.phrases import Mark, cues, table
from navaid.answers.verify.words import Sentence, once
from navaid.terms import Record

_SIZE = {"up": 1, "down": -1}
_WORTH = {"good": 1, "bad": -1}
_VALUE = {"boon": 1, "burden": -1}
_VERBAL = cues("verb_denial")
_MEASURES = cues("measure")
_MOST = 24  # directions of a sentence that are looked at: each is held against each of the other sentence
_REACH = 4  # words on each side in which the thing that rises or falls is looked for


class Trend(Record, frozen=True):
    """A direction at words [start, end). `size` and `worth` are 1, -1, or 0 where they cannot be told."""

    label: str
    start: int
    end: int
    size: int
    worth: int
    denied: bool
    about: frozenset[str]
    close: frozenset[str]
    aside: bool = False


@once
def trends(sentence: Sentence) -> list[Trend]:
    """Every direction in order."""
    values = {i: _VALUE[label] for label, start, end in sentence.marks("worth") for i in range(start, end)}
    spoken = {i for label, a, b in sentence.marks("outcomes") if label in ("pfs", "dfs") for i in range(a, b)}
    for label, a, b in sentence.marks("outcomes"):
        if label in ("pfs", "dfs") and (
            sentence.texts[a] in ("without", "before", "time") or "free" in sentence.texts[a:b]
        ):
            values |= dict.fromkeys(range(a, b), 1)  # more time before the cancer grew is good
    found = []
    marks = sentence.marks("directions")[:_MOST]
    for number, (label, start, end) in enumerate(marks):
        if sentence.texts[end : end + 1] == ["than"] and end + 1 < len(sentence.words) and _counts(sentence, end + 1):
            continue  # "more than 3 months" is a number
        if start in spoken:
            continue  # "before the cancer got worse" names what was measured
        if sentence.texts[start : start + 2] == ["more", "than"] and any(
            mark[0] in ("up", "down", "good") and sentence.words[mark[1]].comma == sentence.words[start].comma
            for mark in marks[:number]
        ):
            continue  # "it lowers deaths more than the other does"
        if sentence.texts[start] in _MEASURES and _beside(sentence, marks, number):
            continue  # "fell more", "a greater reduction"
        value = _value(sentence, values, start, end)
        size, worth = _SIZE.get(label, 0), _WORTH.get(label, 0)
        if size:
            worth = size * value
        elif worth:
            size = worth * value
        found.append(
            Trend(
                label=label,
                start=start,
                end=end,
                size=size,
                worth=worth,
                denied=_denied(sentence, start),
                about=frozenset(context.part(sentence, start, end)),
                close=frozenset(context.part(sentence, start, end, 2)),
                aside=sentence.words[start].aside,
            )
        )
    return found


def _counts(sentence: Sentence, at: int) -> bool:
    text = sentence.texts[at]
    return text[0].isdigit() or text in table("numbers")["words"] or text in table("numbers")["shares"]


def _beside(sentence: Sentence, marks: list[Mark], number: int) -> bool:
    """Whether another direction stands within two words, which this one only measures."""
    _, start, end = marks[number]
    for label, at, stop in marks[max(0, number - 1) : number] + marks[number + 1 : number + 2]:
        gap = at - end if at >= end else start - stop
        if gap <= 2 and label in ("up", "down", "good") and sentence.texts[at] not in _MEASURES:
            return sentence.words[at].comma == sentence.words[start].comma
    return False


def _denied(sentence: Sentence, start: int) -> bool:
    """Whether a denial before it in its clause is about it: "did not help people live longer"."""
    words = sentence.words
    for _, at, stop in sentence.marks("negation"):
        if stop > start or words[at].clause != words[start].clause or open_to(sentence, stop):
            continue
        if any(word.text in ("significant", "significance") for word in words[stop : stop + 2]):
            continue  # what is not significant may still have risen
        between = [word for word in words[stop:start] if not word.plain and "=clear" not in word.keys]
        if len(between) <= 1 or (words[at].text in _VERBAL and len(between) <= 7):
            return True
    return False


def _value(sentence: Sentence, values: dict[int, int], start: int, end: int) -> int:
    """Whether more of the thing that is spoken of is good (1), bad (-1) or not known (0)."""
    words = sentence.words
    for places in (range(end, min(end + _REACH, len(words))), range(start - 1, max(-1, start - _REACH), -1)):
        for i in places:
            if words[i].clause != words[start].clause:
                break
            if i in values:
                return values[i]
    return 0


def opposed(one: Trend, other: Trend) -> bool:
    """Whether the rewrite's direction and the source's cannot both hold. That only one is denied, `negation` sees."""
    if "same" in (one.label, other.label):
        moves = other if one.label == "same" else one
        return one.label != other.label and not moves.denied
    if one.worth and one.worth == other.worth:
        return False
    if one.denied != other.denied and not (other.denied and one.size * other.size < 0):
        return False  # "did not lower" is not "raised" either
    if one.size and other.size:
        return one.size != other.size
    return one.worth * other.worth < 0


def agree(one: Trend, other: Trend) -> bool:
    """Whether two directions are known to be the same: of size, or of worth."""
    if one.denied != other.denied:
        return False
    return (one.size != 0 and one.size == other.size) or (one.worth != 0 and one.worth == other.worth)
