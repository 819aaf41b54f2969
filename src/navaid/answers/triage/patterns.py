"""The small language in which the tables write what people say, and its matching.

    leg|legs weak*          either word, then a word that begins so
    tired|worn_out          `_` joins words that belong together
    <leg> ..3 numb*         a class of words, then up to three words between
    chest ~ pain            both, in either order, up to four words between
    tight (very) chest      a word that may be there
    stop !bleeding          the next word is not one of these
    day <number>            any number
    ^ what is               at the start of a sentence or after a pause

Nothing reaches over the end of a sentence. Each pattern is a regular expression tried only where
its first word stands, so the cost grows with the text and hardly with the tables.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

_GAP = r"(?:(?![.?] )\S+ ){{0,{}}}?"
_NEAR = 4


class Mention(NamedTuple):
    """A concept met at tokens `start` to `end` (exclusive)."""

    concept: str
    start: int
    end: int


class _Pattern(NamedTuple):
    """A pattern as a regular expression not compiled yet: most are never needed for a question."""

    concept: str
    source: str
    at_start: bool


class Matcher:
    """Finds every mention of the concepts of a table in a token list."""

    def __init__(self, concepts: Mapping[str, Iterable[str]], classes: Mapping[str, tuple[str, ...]]) -> None:
        self._classes = classes
        self._exact: dict[str, list[_Pattern]] = {}
        self._prefix: dict[str, list[_Pattern]] = {}
        for concept, patterns in concepts.items():
            for pattern in patterns:
                for words in _both_orders(pattern.split()):
                    self._add(concept, words)
        self._starting = functools.lru_cache(maxsize=8192)(self._look_up)

    def _add(self, concept: str, words: list[str]) -> None:
        at_start = words[0] == "^"
        words = words[at_start:]
        written = _Pattern(concept, "".join(map(self._element, words)), at_start)
        for first in self._alternatives(words[0]):
            head = first.split()[0]
            table = self._prefix if head.endswith("*") else self._exact
            table.setdefault(head.rstrip("*"), []).append(written)

    def _alternatives(self, element: str) -> list[str]:
        found: list[str] = []
        for part in element.split("|"):
            if part.startswith("<") and part != "<number>":
                for entry in self._classes[part.strip("<>")]:
                    found += self._alternatives(entry)
            else:
                found.append(part.replace("_", " "))
        return found

    def _element(self, element: str) -> str:
        if element.startswith(".."):
            return _GAP.format(int(element[2:] or 3))
        if element.startswith("!"):
            return f"(?!{self._element(element[1:])})"
        optional = element.startswith("(")
        parts = self._alternatives(element.strip("()"))
        words = "|".join(map(_written, parts))
        return f"(?:(?:{words}) ){'?' if optional else ''}"

    def _look_up(self, token: str) -> tuple[tuple[_Pattern, re.Pattern[str]], ...]:
        """The patterns that may begin at a token, compiled now."""
        found = list(self._exact.get(token, ()))
        if token[0].isdigit():
            found += self._exact.get("<number>", ())
        for length in range(1, len(token) + 1):
            found += self._prefix.get(token[:length], ())
        return tuple((written, re.compile(written.source)) for written in found)

    def words(self) -> frozenset[str]:
        """Every plain word that a pattern begins with, for the mending of typing slips."""
        return frozenset(word for word in self._exact if word.isalpha())

    def stems(self) -> tuple[str, ...]:
        """Every beginning of a word (`droop*`) that a pattern may begin with: such words are no slips."""
        return tuple(stem for stem in self._prefix if len(stem) > 3)

    def find(self, tokens: list[str]) -> list[Mention]:
        """Every mention, ordered by place."""
        line, starts = " ".join(tokens) + " ", []
        at = 0
        for token in tokens:
            starts.append(at)
            at += len(token) + 1
        found = []
        for i, token in enumerate(tokens):
            for written, regex in self._starting(token):
                if written.at_start and i and tokens[i - 1] not in ".?,":
                    continue
                met = regex.match(line, starts[i])
                if met:
                    found.append(Mention(written.concept, i, i + met.group().count(" ")))
        return found


def _written(part: str) -> str:
    if part == "<number>":
        return r"\d+(?:\.\d+)?"
    return re.escape(part).replace(r"\*", r"\w*").replace(r"\ ", " ")


def _both_orders(words: list[str]) -> list[list[str]]:
    if "~" not in words:
        return [words]
    at = words.index("~")
    gap = [f"..{_NEAR}"]
    return [words[:at] + gap + words[at + 1 :], words[at + 1 :] + gap + words[:at]]
