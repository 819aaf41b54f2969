"""The small language in which the tables write what people say, and its matching.

    leg|legs weak*          either word, then a word that begins so
    tired|worn_out          `_` joins words that belong together
    <leg> ..3 numb*         a class of words, then up to three words between
    chest ~ pain            both, in either order, up to four words between
    bag & packed            both, in either order, up to nine words between; also of three parts
    tight (very) chest      a word that may be there
    stop !bleeding          the next word is not one of these
    day <number>            any number
    ^ what is               at the start of a sentence or after a pause

Nothing reaches over the end of a sentence, nor over a "no" or "without" that the pattern does not name itself
("wound healing, no redness" is no red wound). A pattern is tried only where its first word stands, and only in
a text that has a word for each of its parts, so the cost grows with the text and hardly with the tables.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

_BETWEEN = {"~": 4, "&": 9}
_DENIALS = frozenset(("no", "not", "nothing", "never", "without"))
_NO_DENIAL = frozenset(("better", "longer", "relief", "matter", "idea", "wonder", "1"))  # after "no"


class Mention(NamedTuple):
    """A concept met at tokens `start` to `end` (exclusive)."""

    concept: str
    start: int
    end: int


class _Words(NamedTuple):
    """What may stand at one place: whole words, beginnings of words, runs of words, a number."""

    singles: frozenset[str]
    stems: tuple[str, ...]
    runs: tuple[tuple[str, ...], ...]
    number: bool
    keys: frozenset[str]  # `pain`, `hurt*`, `#`: a text must have one of them


class _Part(NamedTuple):
    """One part of a pattern: words that must, may or must not stand there, or a gap of up to `gap` words."""

    words: _Words | None = None
    gap: int = 0
    optional: bool = False
    forbidden: bool = False


class _Pattern(NamedTuple):
    concept: str
    parts: tuple[_Part, ...]
    at_start: bool
    denies: bool  # it names a denial itself, so its gaps may hold one
    needs: tuple[frozenset[str], ...]


class Matcher:
    """Finds every mention of the concepts of a table in a token list."""

    def __init__(self, concepts: Mapping[str, Iterable[str]], classes: Mapping[str, tuple[str, ...]]) -> None:
        self._classes = classes
        self._exact: dict[str, list[_Pattern]] = {}
        self._prefix: dict[str, list[_Pattern]] = {}
        self._part = functools.lru_cache(maxsize=None)(self._read_part)
        self._starting = functools.lru_cache(maxsize=8192)(self._look_up)
        for concept, patterns in concepts.items():
            for pattern in patterns:
                for words in _orders(pattern.split()):
                    self._add(concept, words)

    def _add(self, concept: str, words: list[str]) -> None:
        at_start = words[0] == "^"
        parts = tuple(self._part(word) for word in words[at_start:])
        needs = tuple(part.words.keys for part in parts[1:] if part.words and not (part.optional or part.forbidden))
        named = (word for part in parts if part.words for word in (*part.words.singles, *sum(part.words.runs, ())))
        written = _Pattern(concept, parts, at_start, not _DENIALS.isdisjoint(named), needs)
        for key in parts[0].words.keys if parts[0].words else ():
            table = self._prefix if key.endswith("*") else self._exact
            table.setdefault(key.rstrip("*"), []).append(written)

    def _read_part(self, element: str) -> _Part:
        if element.startswith(".."):
            return _Part(gap=int(element[2:] or 3))
        found = [tuple(part.split()) for part in self._alternatives(element.strip("()!"))]
        words = _Words(
            singles=frozenset(run[0] for run in found if len(run) == 1 and not run[0].endswith("*")),
            stems=tuple(run[0].rstrip("*") for run in found if len(run) == 1 and run[0].endswith("*")),
            runs=tuple(run for run in found if len(run) > 1),
            number=("<number>",) in found,
            keys=frozenset("#" if run[0] == "<number>" else run[0] for run in found),
        )
        return _Part(words=words, optional=element.startswith("("), forbidden=element.startswith("!"))

    def _alternatives(self, element: str) -> list[str]:
        found: list[str] = []
        for part in element.split("|"):
            if part.startswith("<") and part != "<number>":
                for entry in self._classes[part.strip("<>")]:
                    found += self._alternatives(entry)
            else:
                found.append(part.replace("_", " "))
        return found

    def _look_up(self, token: str) -> tuple[_Pattern, ...]:
        """The patterns that may begin at a token."""
        found = list(self._exact.get(token, ()))
        if token[0].isdigit():
            found += self._exact.get("#", ())
        for length in range(1, len(token) + 1):
            found += self._prefix.get(token[:length], ())
        return tuple(found)

    def words(self) -> frozenset[str]:
        """Every plain word that a pattern begins with, for the mending of typing slips."""
        return frozenset(word for word in self._exact if word.isalpha())

    def stems(self) -> tuple[str, ...]:
        """Every beginning of a word (`droop*`) that a pattern may begin with: such words are no slips."""
        return tuple(stem for stem in self._prefix if len(stem) > 3)

    def find(self, tokens: list[str]) -> list[Mention]:
        """Every mention, ordered by place."""
        found, present = [], _keys_of(tokens)
        for i, token in enumerate(tokens):
            for written in self._starting(token):
                if written.at_start and i and tokens[i - 1] not in ".?,":
                    continue
                if any(need.isdisjoint(present) for need in written.needs):
                    continue
                end = _end(written.parts, 0, tokens, i, written.denies)
                if end is not None:
                    found.append(Mention(written.concept, i, end))
        return found


def _end(parts: tuple[_Part, ...], k: int, tokens: list[str], i: int, denies: bool) -> int | None:
    """Where the parts from `k` on end if they begin at token `i`: the shortest gaps that do; None if they do not."""
    if k == len(parts):
        return i
    part = parts[k]
    if part.words is None:
        for j in range(i, min(i + part.gap, len(tokens)) + 1):
            end = _end(parts, k + 1, tokens, j, denies)
            if end is not None or j == len(tokens) or _stops(tokens, j, denies):
                return end
        return None
    if part.forbidden:
        return None if any(_ends(part.words, tokens, i)) else _end(parts, k + 1, tokens, i, denies)
    for after in _ends(part.words, tokens, i):
        end = _end(parts, k + 1, tokens, after, denies)
        if end is not None:
            return end
    return _end(parts, k + 1, tokens, i, denies) if part.optional else None


def _ends(words: _Words, tokens: list[str], i: int) -> Iterator[int]:
    """Each place at which one of the words that begin at token `i` ends."""
    if i >= len(tokens):
        return
    token = tokens[i]
    if token in words.singles or token.startswith(words.stems) or (words.number and token[0].isdigit()):
        yield i + 1
    for run in words.runs:
        if run[0][0] == token[0] and len(tokens) >= i + len(run) and all(map(_is, run, tokens[i : i + len(run)])):
            yield i + len(run)


def _is(written: str, token: str) -> bool:
    return token.startswith(written[:-1]) if written.endswith("*") else token == written


def _stops(tokens: list[str], i: int, denies: bool) -> bool:
    """True if no gap reaches over this token."""
    if tokens[i] in ".?":
        return True
    if denies:
        return False
    return tokens[i] == "without" or (tokens[i] == "no" and (i + 1 == len(tokens) or tokens[i + 1] not in _NO_DENIAL))


def _keys_of(tokens: list[str]) -> set[str]:
    """What a text has: its words, `word*` for each beginning of a word, `#` for a number."""
    keys = set(tokens)
    for token in set(tokens):
        keys.update(f"{token[:length]}*" for length in range(1, len(token) + 1))
        if token[0].isdigit():
            keys.add("#")
    return keys


def _orders(words: list[str]) -> Iterator[list[str]]:
    """The parts between `~` or `&` in every order, each time with the gap that the sign allows."""
    sign = next((word for word in words if word in _BETWEEN), None)
    if sign is None:
        yield words
        return
    parts = [list(part) for parted, part in itertools.groupby(words, key=lambda word: word == sign) if not parted]
    for order in itertools.permutations(parts):
        yield [*order[0], *(word for part in order[1:] for word in (f"..{_BETWEEN[sign]}", *part))]
