"""Numbers and their units: each number of the rewrite is one of the source's, rounded only where it says "about"."""

from __future__ import annotations

from collections.abc import Iterator

from navaid.answers.verify.pairing import Broken, Pair
from navaid.answers.verify.phrases import table
from navaid.answers.verify.quantities import Quantity, quantities
from navaid.answers.verify.words import Sentence

_NEAR = 0.06  # how far a number that says "about" may be from the source's, as a share of it
_DAYS = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.4, "year": 365.0}
_SHARE = 0.14  # and one that is a share in words, such as "half" or "1 in 10"


def check(pair: Pair) -> Iterator[Broken]:
    given, said = quantities(pair.source), quantities(pair.rewrite)
    ordinals, inside = _ordinals(pair.source.texts), _inside(pair.source.texts)
    for quantity in said:
        if quantity.word and quantity.value <= 3 and not quantity.unit and not _bound(pair.rewrite.texts, quantity):
            continue  # "two groups" for "both groups": too small to tell from a turn of phrase
        same = [other for other in given if _equal(quantity, other)]
        if not same and (quantity.value in ordinals or (quantity.value in inside and not quantity.unit)):
            continue
        if same and not quantity.aside and all(_limit(pair.source.texts, other) for other in same):
            same = []  # the end of a confidence interval is not the value
        if not same:
            yield pair.broken("number", None, (quantity.start, quantity.end))
        elif quantity.unit and all(
            other.unit and other.value == quantity.value and not _fits(quantity, other) for other in same
        ):
            yield pair.broken("unit", (same[0].start, same[0].end), (quantity.start, quantity.end))
        elif (one := _side(pair.rewrite, quantity)) and all(
            (two := _side(pair.source, other)) and one != two for other in same
        ):
            yield pair.broken("number", (same[0].start - 1, same[0].end), (max(0, quantity.start - 1), quantity.end))
    yield from _replaced(pair, given, said)


def _limit(texts: list[str], quantity: Quantity) -> bool:
    return quantity.aside and "ci" in texts[max(0, quantity.start - 4) : quantity.start]


def _ordinals(texts: list[str]) -> set[float]:
    """What a number may be though the source has no such digit: "the fourth year" is year 4, a median leaves half."""
    ordinals = table("numbers")["ordinals"]
    return (
        {float(ordinals[text]) for text in texts if text in ordinals}
        | ({50.0} if "median" in texts else set())
        | ({10.0} if "decade" in texts else set())
    )


def _inside(texts: list[str]) -> set[float]:
    """The digits of names such as HER2."""
    return {float(digits) for text in texts if text[:1].isalpha() and (digits := _digits(text)) and len(digits) < 4}


def _side(sentence: Sentence, quantity: Quantity) -> str:
    """The same, turned round where it is denied: "must not have had more than 5"."""
    side = _bound(sentence.texts, quantity)
    clause = sentence.words[quantity.start].clause
    denied = any(
        sentence.texts[end - 1] == "not" and end <= quantity.start and sentence.words[start].clause == clause
        for _, start, end in sentence.marks("negation")
    )
    return {"least": "most", "most": "least"}.get(side, side) if denied else side


def _bound(texts: list[str], quantity: Quantity) -> str:
    """Whether the number is the most or the least: "above 5", "5 or less"."""
    before, after = texts[max(0, quantity.start - 5) : quantity.start], texts[quantity.end : quantity.end + 2]
    best, found = 0, ""
    for side, words in table("numbers")["bounds"].items():
        for words_before in words["before"].split(" | "):
            pieces = words_before.split()
            if len(pieces) > best and before[-len(pieces) :] == pieces:
                best, found = len(pieces), str(side)  # "no more than" is longer than "more than"
        if " ".join(after) in words["after"].split(" | "):
            return str(side)
    return found


def _equal(said: Quantity, given: Quantity) -> bool:
    """Whether the source's number allows the rewrite's."""
    if said.value == given.value:
        return True
    if said.unit in _DAYS and given.unit in _DAYS and said.unit != given.unit:
        return (
            abs(said.value * _DAYS[said.unit] - given.value * _DAYS[given.unit])
            <= 0.02 * given.value * _DAYS[given.unit]
        )
    if said.unit == "percent" and said.word and abs(said.value - given.value) <= _SHARE * max(given.value, 1):
        return True  # "8 out of 10" for 80, "about half" for 49.5, "about 1 in 100" for 1.2
    if said.unit == "percent" and said.word and given.value < 1 and abs(said.value / 100 - given.value) <= 0.05:
        return True  # "less than half the hazard" for a ratio of 0.46
    if said.decimals and round(given.value, said.decimals) == said.value:
        return said.about
    return (
        said.about
        and (round(given.value) == said.value or abs(said.value - given.value) <= _NEAR * given.value)
        and (given.value != round(given.value) or given.value >= 20)
    )


def _fits(said: Quantity, given: Quantity) -> bool:
    if said.unit == given.unit or {said.unit, given.unit} == {"percent", "points"}:
        return True
    return said.word and said.unit == "percent"


def _replaced(pair: Pair, given: list[Quantity], said: list[Quantity]) -> Iterator[Broken]:
    """A number in whose very place another stands, in a rewrite that keeps the wording."""
    if not pair.near:
        return
    for a, b, c, d in pair.changes:
        old = [q for q in given if a <= q.start < b]
        new = [q for q in said if c <= q.start < d]
        if len(old) == len(new) == 1 and b - a <= 2 and d - c <= 2 and not _equal(new[0], old[0]):
            yield pair.broken("number", (a, b), (c, d))
            return
        olds, news = pair.source.texts[a:b], pair.rewrite.texts[c:d]
        if (
            len(olds) == len(news) == 1
            and _digits(olds[0]) != _digits(news[0])
            and _letters(olds[0]) == _letters(news[0])
        ):
            yield pair.broken("number", (a, b), (c, d))
            return
    for quantity in said:
        if (
            any(_twin(quantity, q) for q in given)
            and sum(_twin(quantity, q) for q in said) > sum(_twin(quantity, q) for q in given)
            and not quantity.word
        ):
            yield pair.broken("number", None, (quantity.start, quantity.end))
            return


def _twin(one: Quantity, other: Quantity) -> bool:
    return one.value == other.value


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalpha())
