"""Whom and when: a group of people or a condition that the source names may not vanish from the rewrite."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from navaid.answers.verify.guard.axes import narrowed
from navaid.answers.verify.guard.context import COMMON
from navaid.answers.verify.pairing import Broken, Pair
from navaid.answers.verify.phrases import Phrases, cues, table
from navaid.answers.verify.words import Sentence, once

_ONLY = cues("only")
_TOLD = cues("told_of")  # "women with", "people who", "patients taking"
_OTHERWISE = frozenset(("after", "following", "once", "by"))  # a condition told as a time or a means
_LEADS = frozenset(("in", "among", "for", "of", "on"))
_LIGHT = frozenset(("=cancer", "#cancer", "#breast_cancer", "=treatment", "=trial", "=have", "=take_medicine"))
_LONG = 5  # content words of a group's description that are looked at
_AHEAD = 3  # and words between "in" and the people


def check(pair: Pair) -> Iterator[Broken]:
    yield from _axes(pair)
    yield from _groups(pair)
    yield from _conditions(pair)
    yield from _only(pair)


def _only(pair: Pair) -> Iterator[Broken]:
    """ "Only in women who carry it" is not "in women"."""
    marks = _phrases("limits").find(pair.source.texts)
    if marks and not _ONLY.intersection(pair.rewrite.texts):
        yield pair.broken("dropped condition", (marks[0][1], marks[0][2] + 1), None)


def _axes(pair: Pair) -> Iterator[Broken]:
    """Whom a sentence is about, told by receptors, nodes, stage or menopause, of which the rewrite says nothing."""
    for axis, span in narrowed(pair.source).items():
        if axis not in narrowed(pair.rewrite) and not pair.source.words[span[0]].aside:
            kept, _ = pair.kept([i for i in range(*span) if not pair.source.words[i].plain])
            if not kept:
                yield pair.broken("dropped condition", span, None)
                return


def _groups(pair: Pair) -> Iterator[Broken]:
    """Of "in women with a uterus", nothing but the women is left, and no other words stand for it."""
    for places in _described(pair.source):
        kept, lost = pair.kept(places)
        if len(kept) >= len(lost):
            continue
        _, foreign = pair.supported(pair.rewrite.content)
        if len(foreign) < len(lost):
            yield pair.broken("dropped condition", (lost[0], lost[-1] + 1), None)
            return


@once
def _described(sentence: Sentence) -> list[list[int]]:
    """For each group of people after "in" or "among", the words that say which people."""
    words = sentence.words
    found = []
    for i, word in enumerate(words):
        if "=person" not in word.keys or word.aside or not _LEADS & set(sentence.texts[max(0, i - _AHEAD) : i]):
            continue
        lead = next(k for k in range(i - 1, -1, -1) if sentence.texts[k] in _LEADS)
        places = [k for k in range(lead + 1, i) if _tells(sentence, k)]
        if sentence.texts[i + 1 : i + 2] and sentence.texts[i + 1] in _TOLD:
            count = 0
            for k in range(i + 1, len(words)):
                if words[k].comma != word.comma or sentence.texts[k] in ("and", "or", "than", "compared", "versus"):
                    break
                if k > i + 2 and words[k].clause != words[k - 1].clause:
                    break
                count += not words[k].plain
                if count > _LONG:
                    break
                if _tells(sentence, k):
                    places.append(k)
        if places:
            found.append(places)
    return found


def _tells(sentence: Sentence, i: int) -> bool:
    word = sentence.words[i]
    return not word.plain and not word.aside and word.text[:1].isalpha() and not word.keys & (COMMON | _LIGHT)


def _conditions(pair: Pair) -> Iterator[Broken]:
    """A source that says "if" or "unless" and a rewrite that sets no condition at all."""
    marks = [i for i, text in enumerate(pair.source.texts) if text in ("if", "unless", "provided")]
    marks = [i for i in marks if pair.source.texts[i : i + 2] != ["provided", "by"]]
    marks = [i for i in marks if pair.source.texts[max(0, i - 1)] not in ("especially", "even", "as", "see")]
    words = pair.source.words
    places = [
        i
        for i in pair.source.content
        for mark in marks[:1]
        if i > mark and words[i].comma == words[mark].comma and words[i].clause == words[mark].clause
    ]
    kept, lost = pair.kept(places)
    if len(kept) > len(lost) and _OTHERWISE & set(pair.rewrite.texts):
        return  # the condition is there in other words: "after a lumpectomy" for "if you have one"
    if len(_phrases("conditions").find(pair.rewrite.texts)) < len(marks):
        yield pair.broken("dropped condition", (marks[0], len(pair.source.words)), None)


@cache
def _phrases(label: str) -> Phrases:
    return Phrases({label: table("speech")[label]})
