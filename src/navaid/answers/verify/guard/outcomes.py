"""What was measured: being alive, time before the cancer grew or came back, a response and a cure are five things."""

from __future__ import annotations

from collections.abc import Iterator

from navaid.answers.verify.pairing import Broken, Pair
from navaid.answers.verify.phrases import table
from navaid.answers.verify.quantities import quantities
from navaid.answers.verify.words import Sentence, once

_STRICT = frozenset(("os", "pfs", "dfs", "response", "cure"))
_LIVING = frozenset(("=survival", "#survival"))
_GRAVE = frozenset(("os", "cure"))  # not to be brought in even where the source names no outcome
_TIMES = frozenset(("pfs", "dfs"))


def check(pair: Pair) -> Iterator[Broken]:
    yield from _numbered(pair)
    given, said = _named(pair.source), _named(pair.rewrite)
    within = table("outcomes")["within"]
    for label, (start, end) in said.items():
        if (
            label == "survival"
            and given
            and not given.keys() & {"os", "survival", "response", "toxicity"}
            and _TIMES & given.keys()
        ):
            yield pair.broken("outcome", next(iter(given.values())), (start, end))
        if label in given or label not in _STRICT or (not given and label not in _GRAVE):
            continue
        if label == "os" and not given and "=survival" in pair.source.keys:
            continue  # cells that live and survive
        if any(label in within.get(other, ()) for other in given):
            continue
        words = [word for word in pair.rewrite.words[start:end] if not word.plain]
        if label not in _GRAVE and all(word.keys & pair.source.keys - _LIVING for word in words):
            continue  # "recurrent" for "came back": not an outcome of the source, but its words
        yield pair.broken("outcome", next(iter(given.values()), None), (start, end))


def _numbered(pair: Pair) -> Iterator[Broken]:
    """A share that the source gives for one outcome, and the rewrite for another."""
    given, said = _shares(pair.source), _shares(pair.rewrite)
    for value, (ours, at) in said.items():
        theirs = given.get(value, (frozenset[str](), 0))[0]
        if ours and theirs and not ours & theirs:
            yield pair.broken("outcome", None, (at, at + 1))
            return


@once
def _shares(sentence: Sentence) -> dict[float, tuple[frozenset[str], int]]:
    """By number that stands once: the outcomes that are measured in its clause."""
    words, found = sentence.words, dict[float, tuple[frozenset[str], int]]()
    numbers = [number for number in quantities(sentence) if number.unit == "percent" or number.decimals]
    for number in numbers:
        clause = words[number.start].clause
        outcomes = frozenset(
            "os" if label == "survival" else label
            for label, start, _ in sentence.marks("outcomes")
            if words[start].clause == clause and (label in _STRICT or label == "survival")
        )
        found[number.value] = (outcomes if number.value not in found else frozenset(), number.start)
    return found


def _named(sentence: Sentence) -> dict[str, tuple[int, int]]:
    """By outcome, where it is named first. To live without the cancer growing is not survival."""
    found: dict[str, tuple[int, int]] = {}
    for label, start, end in sentence.marks("outcomes"):
        found.setdefault(label, (start, end))
    if "os" in found and _TIMES & found.keys():
        start, end = found["os"]
        if sentence.texts[start].startswith("li") and "without" in sentence.texts[end : end + 9]:
            del found["os"]
    return found
