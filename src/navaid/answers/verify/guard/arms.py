"""A number stays with its group: of two numbers, each stands by the same words in the rewrite as in the source."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from navaid.answers.verify.guard.context import COMMON
from navaid.answers.verify.pairing import Broken, Pair
from navaid.answers.verify.phrases import cues
from navaid.answers.verify.quantities import TIME, Quantity, quantities
from navaid.answers.verify.words import Sentence, is_time

_OF = cues("beside")
_REACH = 3
_VAGUE = frozenset(("=survival", "#survival", "surviv"))
_MOST = 8  # numbers of a sentence that are looked at: the pairs grow with their square


def check(pair: Pair) -> Iterator[Broken]:
    yield from _versus(pair)
    yield from _numbers(pair)


def _versus(pair: Pair) -> Iterator[Broken]:
    """ "A and B had 5 vs 6": the numbers change places only if the names do."""
    ours, theirs = _pairs(pair.rewrite), _pairs(pair.source)
    for (one, other), (start, end) in ours.items():
        if (other, one) in theirs and (one, other) not in theirs and _named_alike(pair):
            yield pair.broken("number of another group", theirs[other, one], (start, end))
            return


def _pairs(sentence: Sentence) -> dict[tuple[float, float], tuple[int, int]]:
    found = quantities(sentence)
    return {
        (one.value, other.value): (one.start, other.end)
        for one, other in pairwise(found)
        if set(sentence.texts[one.end : other.start]) & {"vs", "versus"} and other.start - one.end < 3
    }


def _named_alike(pair: Pair) -> bool:
    """Whether the first two names in capitals that both sentences have come in the same order."""
    names = [[w.text for w in s.words if w.raw.isupper() and len(w.raw) > 2] for s in (pair.source, pair.rewrite)]
    shared = [list(dict.fromkeys(n for n in row if n in names[0] and n in names[1])) for row in names]
    return len(shared[0]) > 1 and shared[0] == shared[1]


def _numbers(pair: Pair) -> Iterator[Broken]:
    given = quantities(pair.source)
    said = [(q, found) for q in quantities(pair.rewrite) if (found := _same(q, given))][:_MOST]
    for (one, there), (other, elsewhere) in combinations(said, 2):
        if there.value == elsewhere.value or one.unit != other.unit or (one.unit in TIME and _compares(pair)):
            continue  # "5 years than 2 years": `roles` looks at comparisons
        if _crossed(pair, one, other, there, elsewhere):
            yield pair.broken(
                "number of another group",
                (there.start, elsewhere.end) if there.start < elsewhere.end else (elsewhere.start, there.end),
                (one.start, other.end),
            )
            return


def numbered(sentence: Sentence, keys: set[str]) -> float | None:
    """The share that stands by these words first, and by none that tells another group."""
    shares = [q for q in quantities(sentence) if q.unit == "percent" and not q.aside]
    labels = [_label(sentence, q) for q in shares]
    for i, quantity in enumerate(shares):
        others = {key for k, label in enumerate(labels) if k != i for key in label}
        own = labels[i] - others
        if own & keys or (not own and labels[i] & keys):
            return quantity.value
    return None


def _compares(pair: Pair) -> bool:
    return all(any(r[0] == "against" for r in sentence.marks("relations")) for sentence in (pair.source, pair.rewrite))


def _same(said: Quantity, given: list[Quantity]) -> Quantity | None:
    """The one place where the source has this number."""
    places = [q for q in given if q.value == said.value]
    return places[0] if len(places) == 1 else None


def _crossed(pair: Pair, one: Quantity, other: Quantity, there: Quantity, elsewhere: Quantity) -> bool:
    first, second = _labels(pair.rewrite, one, other)
    first, second = first - _VAGUE, second - _VAGUE
    if "respectively" in pair.source.texts:
        return _order(pair.source, first, second, there, elsewhere)
    third, fourth = _labels(pair.source, there, elsewhere)
    crossed, straight = (len(first & fourth), len(second & third)), len(first & third) + len(second & fourth)
    sided = all(crossed) or (any(crossed) and not (first and second and third and fourth))
    return sided and sum(crossed) > straight


def _order(source: Sentence, first: set[str], second: set[str], there: Quantity, elsewhere: Quantity) -> bool:
    """Whether the labels come in another order than their numbers, in a list that ends with "respectively"."""
    a = [i for i, word in enumerate(source.words) if word.keys & first]
    b = [i for i, word in enumerate(source.words) if word.keys & second]
    return bool(a) and bool(b) and a[0] != b[0] and (a[0] < b[0]) != (there.start < elsewhere.start)


def _labels(sentence: Sentence, one: Quantity, other: Quantity) -> tuple[set[str], set[str]]:
    """What stands by each of two numbers and not by the other."""
    a, b = _label(sentence, one), _label(sentence, other)
    return a - b, b - a


def _subject(sentence: Sentence, quantity: Quantity) -> set[str]:
    """The first content word of the number's clause: "while placebo cut it by 2"."""
    number = sentence.words[quantity.start].clause
    for word in sentence.words:
        if word.clause == number and not word.plain and word.text[:1].isalpha():
            return word.keys
    return set()


def _label(sentence: Sentence, quantity: Quantity) -> set[str]:
    words = sentence.words
    end = quantity.end
    while end < len(words) and words[end].aside and not quantity.aside:  # the range behind a value
        end += 1
    while end < len(words) and "=person" in words[end].keys and words[end].text not in _OF:  # "four people on"
        end += 1
    skipped = end > quantity.end
    after = end < len(words) and words[end].text in _OF and (skipped or words[end].part == words[quantity.start].part)
    places = range(end, len(words)) if after else range(quantity.start - 1, -1, -1)
    found = _subject(sentence, quantity) - COMMON
    if not after and not quantity.aside:
        return found
    part = words[end].part if after else 0
    clause = words[quantity.start].clause
    count = 0
    for i in places:
        word = words[i]
        if word.text[:1].isdigit() and after and is_time(words, i):
            found.add(word.text)  # "6.7 % within 10 years"
            count += 1
            continue
        if word.text[:1].isdigit() and (after or count):
            break
        if word.clause != clause and not word.aside:
            if word.text not in ("who", "which", "whose", "that", "if"):
                break
            clause = word.clause
        if after and word.part != part:
            break
        if word.text == "and" and after and count:
            break
        if word.plain or not word.text[:1].isalpha():
            continue
        found |= word.keys - COMMON
        count += 1
        if count == _REACH:
            break
    return found
