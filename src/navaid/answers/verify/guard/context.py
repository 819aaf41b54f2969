"""What a mark is about: the meanings near it, without those too common to tell one place from another."""

from __future__ import annotations

from navaid.answers.verify.phrases import cues
from navaid.answers.verify.words import Sentence

COMMON = cues("common")


def near(sentence: Sentence, start: int, end: int, reach: int = 5) -> set[str]:
    return sentence.around(start, end, reach) - COMMON


def part(sentence: Sentence, start: int, end: int, reach: int = 4) -> set[str]:
    """The meanings near [start, end) between the same commas; of its clause, if there are none."""
    words = sentence.words
    places = [i for i in range(max(0, start - 9), min(len(words), end + 9)) if words[i].part == words[start].part]
    content = [i for i in places if not start <= i < end and not words[i].plain and words[i].text[:1].isalpha()]
    before, behind = [i for i in content if i < start][-reach:], [i for i in content if i >= end][:reach]
    found = {key for i in before + behind for key in words[i].keys} - COMMON
    return found or near(sentence, start, end, reach)


def after(sentence: Sentence, end: int, reach: int) -> set[str]:
    return sentence.after(end, reach) - COMMON


def clause(sentence: Sentence, at: int) -> list[int]:
    """The words of the clause that word `at` stands in."""
    number = sentence.words[at].clause
    return [i for i, word in enumerate(sentence.words) if word.clause == number]


def keys(sentence: Sentence, places: list[int] | range) -> set[str]:
    """The meanings of the content words at these places."""
    words = sentence.words
    return {key for i in places if not words[i].plain and words[i].text[:1].isalpha() for key in words[i].keys} - COMMON
