"""The cues of tables/context.yaml and where they stand in a sentence."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml


class Cue(NamedTuple):
    """A phrase that says something of the thing beside it; tables/context.yaml explains the fields."""

    says: str
    stands: str
    words: int


class Token(NamedTuple):
    """A word or a mark, in lower case, at `text[start:end]`. `apart`: blanks on both sides."""

    word: str
    start: int
    capital: bool
    upper: bool
    apart: bool


class Found(NamedTuple):
    """A cue at `tokens[first:end]`."""

    first: int
    end: int
    cue: Cue


class Row(NamedTuple):
    """A row of the table: what its cues say, the cues written out, and the example with what must come of it."""

    cue: Cue
    phrases: tuple[str, ...]
    example: str
    then: str


# A full stop before a small letter or a word that begins no sentence is noise of a scanner.
_TOKEN = re.compile(
    r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)?|\.(?!\s+(?:[a-z]|(?:OF|AND|OR|BY|TO|WITH|IS|ARE|FOR)\b))|[^\w\s.]|_|\t"
)


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """The words and marks of `text[start:end]`."""
    found = []
    for match in _TOKEN.finditer(text, start, end):
        word, at = match.group(), match.start()
        apart = text[at - 1 : at].isspace() and text[match.end() : match.end() + 1].isspace()
        found.append(Token(word.lower().replace("’", "'"), at, word[0].isupper(), word.isupper(), apart))
    return found


def found_in(tokens: list[Token]) -> list[Found]:
    """Every cue in these tokens, also those inside longer ones; the longest first."""
    trie, found = _trie(), []
    for first in range(len(tokens)):
        node, at = trie.get(tokens[first].word), first + 1
        while node is not None:
            found += [Found(first, at, cue) for cue in node.get("", ())]
            node, at = (node.get(tokens[at].word) if at < len(tokens) else None), at + 1
    found.sort(key=lambda one: (one.first - one.end, one.first))
    return found


@cache
def rows() -> tuple[Row, ...]:
    """The table."""
    table = files("navaid.records.extract") / "tables" / "context.yaml"
    loaded = yaml.load(table.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return tuple(
        Row(
            Cue(row["is"], row["stands"], row.get("words", 0)),
            tuple(phrase for cue in row["cues"] for phrase in _written_out(cue)),
            row["example"],
            row.get("then", row["is"]),
        )
        for row in loaded
    )


def _written_out(cue: str) -> Iterator[str]:
    if cue == "|":
        return iter((cue,))
    return (" ".join(words) for words in itertools.product(*(word.split("|") for word in cue.split())))


@cache
def _trie() -> dict[str, Any]:
    """Cues by their words: a node leads to the next word's node; its entry "" holds the cues that end there."""
    trie: dict[str, Any] = {}
    for row in rows():
        for phrase in row.phrases:
            node = trie
            for token in tokens_of(phrase, 0, len(phrase)):
                node = node.setdefault(token.word, {})
            node.setdefault("", []).append(row.cue)
    return trie
