"""Whom, when and how: on an axis such as sex, stage or receptor the rewrite names no point but the source's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from navaid.answers.verify.pairing import Broken, Pair
from navaid.answers.verify.phrases import Mark, Phrases, cues, table
from navaid.answers.verify.words import Sentence, once

_LESS = cues("less")


def check(pair: Pair) -> Iterator[Broken]:
    given, said = _points(pair.source), _points(pair.rewrite)
    for axis, points in given.items():
        if axis not in said and table("axes")[axis].get("keep"):
            yield pair.broken(axis, next(iter(points.values())), None)
    for axis, points in said.items():
        had = given.get(axis, {})
        strict, within = _rules(axis)
        for point, (start, end) in points.items():
            if point in had or not (had or strict) or _in_capitals(pair, start, end):
                continue
            if any(point in within.get(other, ()) for other in had):
                continue
            if not had and all(
                pair.holds(pair.source, word.keys) for word in pair.rewrite.words[start:end] if not word.plain
            ):
                continue  # the source has the words, in another order
            yield pair.broken(axis.replace("_", " "), next(iter(had.values()), None), (start, end))


@once
def narrowed(sentence: Sentence) -> dict[str, tuple[int, int]]:
    """The strict axes that the sentence names a point of, with where."""
    return {axis: next(iter(points.values())) for axis, points in _points(sentence).items() if _rules(axis)[0]}


def _in_capitals(pair: Pair, start: int, end: int) -> bool:
    """Whether capitals of the source may stand for these words: "MBC" for breast cancer."""
    initials = "".join(text[0] for text in pair.rewrite.texts[start:end])
    return end - start > 1 and any(
        w.raw.isupper() and w.text.removesuffix("s").endswith(initials) for w in pair.source.words
    )


@once
def _points(sentence: Sentence) -> dict[str, dict[str, tuple[int, int]]]:
    """By axis and point, where it is named first."""
    points: dict[str, dict[str, tuple[int, int]]] = {}
    for label, start, end in _find(sentence):
        axis, point = label.split(".")
        if point == "positive" and _LESS.intersection(sentence.texts[max(0, start - 2) : start]):
            point = "negative"
        points.setdefault(axis, {}).setdefault(point, (start, end))
    return points


def _find(sentence: Sentence) -> list[Mark]:
    return [mark for matcher in _matchers() for mark in matcher.find(sentence.texts)]


@cache
def _matchers() -> tuple[Phrases, ...]:
    """One for all axes would let a long phrase of one hide a short one of another."""
    stores: list[dict[str, str]] = []
    for axis, points in table("axes").items():
        labels = {f"{axis}.{point}": value for point, value in points.items() if isinstance(value, str)}
        stores.append(labels)
    merged: dict[str, str] = {}
    for labels in stores:
        merged |= labels
    return (Phrases(merged),)


@cache
def _rules(axis: str) -> tuple[bool, dict[str, list[str]]]:
    held = table("axes")[axis]
    return bool(held.get("strict")), held.get("within") or {}
