"""A source and its rewrite side by side: what was replaced by what, and what of one stands in the other."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cached_property
from itertools import takewhile

from navaid.answers.verify.words import Sentence, read
from navaid.terms import Record

_GLOSS = 4  # words before a bracket that it may explain
_BARE = frozenset(("unneeded", "lack", "fail", "neither"))  # families of denials that say nothing of what is denied
Change = tuple[int, int, int, int]  # source words [a, b) became rewrite words [c, d)


class Broken(Record, frozen=True):
    """A rule that a rewrite breaks, and the words at fault: in the source and in the rewrite (either may be empty)."""

    rule: str
    source: str = ""
    rewrite: str = ""


class Pair:
    """What a rule is given."""

    def __init__(self, source: str, rewrite: str) -> None:
        self.source: Sentence = read(source)
        self.rewrite: Sentence = read(rewrite)

    @cached_property
    def _matcher(self) -> SequenceMatcher[str]:
        return SequenceMatcher(None, self.source.texts, self.rewrite.texts, autojunk=False)

    @cached_property
    def changes(self) -> list[Change]:
        """Runs of words that differ, in order."""
        return [(a, b, c, d) for tag, a, b, c, d in self._matcher.get_opcodes() if tag != "equal"]

    @cached_property
    def closeness(self) -> float:
        """From 0 to 1: how much of both is the same words in the same order."""
        return self._matcher.ratio()

    @property
    def near(self) -> bool:
        """Whether the rewrite keeps the source's wording, so that each change can be looked at by itself."""
        return self.closeness >= 0.7

    @cached_property
    def glossed(self) -> frozenset[int]:
        """The words of the rewrite that explain the source's own word in brackets: "no stay at all (outpatient)"."""
        words = self.rewrite.words
        found: set[int] = set()
        for i, word in enumerate(words):
            if not word.aside or not i or words[i - 1].aside:
                continue
            inside = [w for w in takewhile(lambda w: w.aside, words[i:]) if not w.plain and w.text[:1].isalpha()]
            if inside and all(self.holds(self.source, w.keys) for w in inside):
                found.update(k for k in range(max(0, i - _GLOSS), i) if words[k].part == words[i - 1].part)
        return frozenset(found)

    def idiom(self, one: Sentence, start: int, end: int) -> bool:
        """Whether these words stand in an idiom of `one` ("no longer responds") that the other has in other words."""
        other = self.rewrite if one is self.source else self.source
        return any(
            at <= start and end <= stop and f"={label}" in other.keys and label not in _BARE
            for label, at, stop in one.families
        )

    def supported(self, places: Iterable[int]) -> tuple[list[int], list[int]]:
        """Of these words of the rewrite, those that the source has in some form, and those it has not."""
        yes: list[int] = []
        no: list[int] = []
        for i in places:
            (yes if self.holds(self.source, self.rewrite.words[i].keys) else no).append(i)
        return yes, no

    def kept(self, places: Iterable[int]) -> tuple[list[int], list[int]]:
        """Of these words of the source, those that the rewrite has in some form, and those it has not."""
        yes: list[int] = []
        no: list[int] = []
        for i in places:
            (yes if self.holds(self.rewrite, self.source.words[i].keys) else no).append(i)
        return yes, no

    @staticmethod
    def holds(sentence: Sentence, keys: set[str]) -> bool:
        return not keys.isdisjoint(sentence.keys)

    def broken(self, rule: str, source: tuple[int, int] | None, rewrite: tuple[int, int] | None) -> Broken:
        return Broken(
            rule=rule,
            source=self.source.said(*source) if source else "",
            rewrite=self.rewrite.said(*rewrite) if rewrite else "",
        )
