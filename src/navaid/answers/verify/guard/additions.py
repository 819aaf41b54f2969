"""What the rewrite may not bring along: advice, serious or hopeful words, limits, "all", and new claims."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from navaid.answers.verify.guard.drugs import abbreviated
from navaid.answers.verify.pairing import Broken, Pair
from navaid.answers.verify.phrases import Mark, Phrases, cues, table
from navaid.answers.verify.quantities import quantities
from navaid.answers.verify.words import Sentence

_LABELS = ("advice", "direct", "promise", "limits", "widens")
_NEW = 0.33  # a part of the rewrite of which the source has less than this is a claim of its own
_WORDS = 3  # a shorter part counts only where it ends the sentence
_CHANCE = frozenset(("difference", "differences", "significant", "statistically", "chance", "gap", "explain"))
_VERBS = cues("verb") | {"be", "been", "being"}
_LIGHT = frozenset(
    ("=have", "=found", "=provide", "=seem", "=continue", "=cancer", "=person")
)  # words that claim nothing by themselves
_KNOWN = ("directions", "negation", "certainty", "outcomes", "relations")  # other rules judge their words


def check(pair: Pair) -> Iterator[Broken]:
    given, said = (
        {label: _find(label, pair.source) for label in _LABELS},
        {label: _find(label, pair.rewrite) for label in _LABELS},
    )
    for label in _LABELS:
        for _, start, end in said[label]:
            if (
                _had(pair, start, end, label in ("limits", "widens"))
                or (label == "promise" and _likened(pair.rewrite, start))
                or (label in ("limits", "widens") and given[label])
            ):
                continue
            if label == "advice" and (_obliged(pair, start) or _criterion(pair.source)):
                continue
            yield pair.broken(
                {"widens": "population", "limits": "population", "direct": "advice"}.get(label, label),
                None,
                (start, end),
            )
            break
    yield from _claims(pair)


def _likened(sentence: Sentence, start: int) -> bool:
    """Whether the word stands in a comparison such as "about as safe as"."""
    return any(label == "same" and at <= start < end for label, at, end in sentence.marks("directions"))


def _obliged(pair: Pair, start: int) -> bool:
    """Whether the source advises or requires something too, and does not merely say that it cannot."""
    marks = _find("obliges", pair.source)
    free = [mark for mark in marks if not _denied(pair.source, mark[1])]
    denied = any(_denied(pair.rewrite, at) for _, at, _ in _find("advice", pair.rewrite))
    return bool(free) or (bool(marks or pair.source.marks("negation")) and denied)


def _criterion(sentence: Sentence) -> bool:
    """Whether it has no verb and so is a line of a list, such as what a trial asks for."""
    return not _VERBS & set(sentence.texts)


def _denied(sentence: Sentence, at: int) -> bool:
    words = sentence.words
    return any(
        words[start].clause == words[at].clause and (0 <= at - end < 6 or 0 <= start - at < 3)
        for _, start, end in sentence.marks("negation")
    )


def _had(pair: Pair, start: int, end: int, strict: bool = False) -> bool:
    """Whether the source has these words, in this or (if not `strict`) another form."""
    words = pair.rewrite.words[start:end]
    meant = [word for word in words if not word.plain] or words
    if meant is words:  # "you should": its words carry no meaning of their own, so they must stand there together
        said = [word.text for word in words]
        return any(pair.source.texts[i : i + len(said)] == said for i in range(len(pair.source.texts)))
    return all(
        word.text in pair.source.texts or (not word.plain and not strict and pair.holds(pair.source, word.keys))
        for word in meant
    )


def _claims(pair: Pair) -> Iterator[Broken]:
    """A part of the rewrite, between commas or "and", of which the source has next to nothing."""
    known = {i for name in _KNOWN for _, start, end in pair.rewrite.marks(name) for i in range(start, end)}
    if {"p", "ci"} & set(pair.source.texts):
        known |= {i for i, text in enumerate(pair.rewrite.texts) if text in _CHANCE}  # what a P value says
    known |= {i for number in quantities(pair.rewrite) for i in range(number.start, number.end)}
    known |= {i for i in pair.rewrite.content if abbreviated(pair.source, pair.rewrite.words[i].raw)}
    for mention in pair.rewrite.mentions:
        if abbreviated(pair.source, mention.text):
            known |= {i for i in pair.rewrite.content if f"#{mention.concept}" in pair.rewrite.words[i].keys}
    known |= {i for i in pair.rewrite.content if pair.rewrite.words[i].keys & _LIGHT}
    _, unsaid = pair.kept([i for i in pair.source.content if not pair.source.words[i].aside])
    _, new = pair.supported([i for i in pair.rewrite.content if i not in known and not pair.rewrite.words[i].aside])
    last = pair.rewrite.content[-1] if pair.rewrite.content else -1
    for part in _parts(pair.rewrite, known):
        held, foreign = pair.supported(part)
        if len(unsaid) >= len(foreign) + (len(new) - len(foreign)) / 2:
            continue  # words of the source that stand nowhere else: the part may be what became of them
        if (len(part) < _WORDS and part[-1] != last) or _glossed(pair, part[-1] + 1):
            continue
        if len(part) > 1 and len(held) / len(part) < _NEW:
            yield pair.broken("added claim", None, (foreign[0], foreign[-1] + 1))
            return


def _glossed(pair: Pair, after: int) -> bool:
    """Whether the source's own word follows, in brackets or as a name: "a fetus", "blood fats called triglycerides"."""
    words = pair.rewrite.words[after : after + 3]
    named = bool(words) and words[0].text in ("called", "named", "known")
    return any((word.aside or named) and not word.plain and pair.holds(pair.source, word.keys) for word in words)


def _parts(sentence: Sentence, known: set[int]) -> list[list[int]]:
    """The content words of each part, brackets left out."""
    parts: list[list[int]] = [[]]
    last = None
    for i, word in enumerate(sentence.words):
        if word.aside:
            continue
        key = (word.clause, word.part)
        if key != last or word.text in ("and", "without", "with"):
            parts.append([])
        last = key
        if not word.plain and word.text[:1].isalpha() and i not in known:
            parts[-1].append(i)
    return [part for part in parts if part]


def _find(label: str, sentence: Sentence) -> list[Mark]:
    return _phrases(label).find(sentence.texts)


@cache
def _phrases(label: str) -> Phrases:
    return Phrases({label: table("speech")[label], "none": table("speech")["none"]})
