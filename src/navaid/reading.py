"""How hard a text is to read: the Flesch-Kincaid grade, with syllables counted by pyphen's patterns.

grade = 0.39 words/sentence + 11.8 syllables/word - 15.59 (Kincaid et al. 1975).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

import pyphen

_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")


def grade(sentences: Iterable[str]) -> float | None:
    """The US school grade of sentences taken together; None where there are no words.

    >>> grade(["The cells find and kill the cancer."]) < 6
    True
    """
    words: list[str] = []
    count = 0
    for sentence in sentences:
        found = _WORD.findall(sentence)
        words += found
        count += bool(found)
    if not words:
        return None
    syllables = sum(_syllables(word.lower()) for word in words)
    return 0.39 * len(words) / count + 11.8 * syllables / len(words) - 15.59


@lru_cache(maxsize=50_000)
def _syllables(word: str) -> int:
    return len(_patterns().positions(word)) + 1


@cache
def _patterns() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US", left=1, right=1)
