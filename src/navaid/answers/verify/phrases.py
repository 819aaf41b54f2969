"""A trie over words that finds the phrases of a table: `Phrases.find`. A star stands for any ending of a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from navaid.errors import StarterInvalid
from navaid.tables import load as load_table

TABLES = Path(__file__).parent / "tables"
_KNOWN = 5_000  # words of which is remembered whether a phrase begins with them
Mark = tuple[str, int, int]  # a label, and the words [start, end) that it was found in


class _Node:
    __slots__ = ("label", "next", "stars")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.stars: dict[str, _Node] = {}
        self.label: tuple[str, ...] = ()


class Phrases:
    """The phrases of some labels. What is found under the label `none` hides other labels and is not given back."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self._root = _Node()
        for label, phrases in labels.items():
            for phrase in phrases.split("|"):
                self._add(phrase.split(), label)
        self._lengths = _star_lengths(self._root)
        self._firsts: dict[str, bool] = {}

    def _add(self, words: list[str], label: str) -> None:
        if not words:  # an empty phrase would be found everywhere, without end
            raise StarterInvalid(f"{label!r} has an empty phrase", where="verify/tables", fix="take out the extra `|`")
        node = self._root
        for word in words:
            at = node.stars if word.endswith("*") else node.next
            node = at.setdefault(word.removesuffix("*"), _Node())
        if label not in node.label:
            node.label = (*node.label, label)

    def find(self, words: Sequence[str]) -> list[Mark]:
        """What is found in the words, in order; the longest phrase wins, and nothing overlaps."""
        marks: list[Mark] = []
        i = 0
        while i < len(words):
            if not self._begins(words[i]):
                i += 1
                continue
            end, labels = self._longest(self._root, words, i)
            if not labels:
                i += 1
                continue
            if "none" not in labels:
                marks += [(label, i, end) for label in labels]
            i = end
        return marks

    def _begins(self, word: str) -> bool:
        """Whether a phrase may begin with this word: most words begin none, and are asked often."""
        known = self._firsts.get(word)
        if known is None:
            if len(self._firsts) >= _KNOWN:
                self._firsts.clear()
            stars = self._root.stars
            known = word in self._root.next or any(word[:length] in stars for length in self._lengths)
            self._firsts[word] = known
        return known

    def _longest(self, node: _Node, words: Sequence[str], i: int) -> tuple[int, tuple[str, ...]]:
        best: tuple[int, tuple[str, ...]] = (i, node.label)
        if i == len(words):
            return best
        word = words[i]
        following = node.next.get(word)
        if following is not None:
            found = self._longest(following, words, i + 1)
            if found[1]:
                best = found
        if node.stars:
            for length in self._lengths if node is self._root else range(len(word) + 1):
                starred = node.stars.get(word[:length]) if length <= len(word) else None
                if starred is not None:
                    found = self._longest(starred, words, i + 1)
                    if found[1] and (found[0] > best[0] or not best[1]):
                        best = found
        return best


def _star_lengths(node: _Node) -> tuple[int, ...]:
    return tuple(sorted({len(prefix) for prefix in node.stars}))


@cache
def table(name: str) -> dict[str, Any]:
    """A table as it is written. Raises StarterInvalid."""
    path = TABLES / f"{name}.yaml"
    try:
        read = load_table(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise StarterInvalid(f"the table cannot be read: {error}", where=path.name, fix="correct the YAML") from None
    if not isinstance(read, dict):
        raise StarterInvalid("the table is not a mapping", where=path.name, fix="write `label: phrase | phrase`")
    return read


@cache
def cues(label: str) -> frozenset[str]:
    """The single words of one row of cues.yaml."""
    return frozenset(table("cues")[label].split())


@cache
def phrases(*names: str) -> Phrases:
    """The phrases of the tables that these name; a row is its phrases, or a mapping that holds them as `forms`."""
    return Phrases(_labels(*names))


@cache
def longer(*names: str) -> Phrases:
    """Of these tables the phrases of more than one word."""
    rows = {
        label: [form for form in forms.split("|") if len(form.split()) > 1] for label, forms in _labels(*names).items()
    }
    return Phrases({label: "|".join(forms) for label, forms in rows.items() if forms})


@lru_cache(maxsize=50_000)
def families(word: str, *names: str) -> tuple[str, ...]:
    """Every label of these tables under which the word itself stands: no form hides another here."""
    exact, stars = _single(*names)
    found = list(exact.get(word, ()))
    for length in range(2, len(word) + 1):
        found += stars.get(word[:length], ())
    return tuple(dict.fromkeys(found))


@cache
def _single(*names: str) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    exact: dict[str, list[str]] = {}
    stars: dict[str, list[str]] = {}
    for label, forms in _labels(*names).items():
        for form in forms.split("|"):
            word = form.strip()
            if " " not in word:
                (stars if word.endswith("*") else exact).setdefault(word.removesuffix("*"), []).append(label)
    return exact, stars


def _labels(*names: str) -> dict[str, str]:
    labels: dict[str, str] = {}
    for name in names:
        for label, value in table(name).items():
            if isinstance(value, str) or "forms" in value:
                labels[label] = value if isinstance(value, str) else value["forms"]
    return labels
