"""Is what was met there now: or denied, long ago, only asked about, or another's story.

The rules are those of ConText (Harkema et al. 2009), with its triggers as data in `context.yaml`,
widened by what people do in questions: they ask whether a thing is usual while they have it.
"""

from __future__ import annotations

import enum
from bisect import bisect_right

from navaid.answers.triage.patterns import Matcher, Mention

_NO_REACH = 5  # words a "no" reaches; ConText uses five as well
_PAST_REACH = 9
_SELF = frozenset(("i", "my", "me", "we"))
_PAUSES = frozenset((",", "and", "but", "now", "then", "so", "because", "today", "since"))


class Standing(enum.StrEnum):
    """What the words around a mention make of it."""

    PRESENT = "present"
    DENIED = "denied"
    PAST = "past"
    SUPPOSED = "supposed"
    ASKED = "asked about"
    OF_OTHERS = "of others"


class Context:
    """The context of one text: build it once, then ask the standing of each mention."""

    def __init__(self, tokens: list[str], matcher: Matcher) -> None:
        self._tokens = tokens
        self._ends = [i for i, token in enumerate(tokens) if token in ".?"]
        self._by_concept: dict[str, list[Mention]] = {}
        for mention in matcher.find(tokens):
            self._by_concept.setdefault(mention.concept, []).append(mention)

    def standing(self, mention: Mention) -> Standing:
        if self._denied(mention):
            return Standing.DENIED
        if self._past(mention):
            return Standing.PAST
        if self._of_others(mention):
            return Standing.OF_OTHERS
        if self._supposed(mention):
            return Standing.SUPPOSED
        if self._asked(mention):
            return Standing.ASKED
        return Standing.PRESENT

    # ------------------------------------------------------------------ sentences

    def _sentence(self, i: int) -> tuple[int, int]:
        at = bisect_right(self._ends, i - 1)
        start = self._ends[at - 1] + 1 if at else 0
        return start, self._ends[at] if at < len(self._ends) else len(self._tokens)

    def _clause(self, mention: Mention, start: int, end: int) -> tuple[int, int]:
        """The part of a sentence between two pauses that a mention stands in."""
        while start < mention.start and "," in self._tokens[start : mention.start]:
            start = self._tokens.index(",", start) + 1
        rest = self._tokens[mention.end : end]
        return start, mention.end + rest.index(",") if "," in rest else end

    def _is_question(self, end: int) -> bool:
        return end < len(self._tokens) and self._tokens[end] == "?"

    def _within(self, concept: str, start: int, end: int) -> list[Mention]:
        return [m for m in self._by_concept.get(concept, ()) if start <= m.start and m.end <= end]

    # ------------------------------------------------------------------ the five ways not to be there

    def _denied(self, mention: Mention) -> bool:
        start, end = self._sentence(mention.start)
        for no in self._within("denial", start, mention.start):
            if any(p.start <= no.start < p.end for p in self._by_concept.get("not_denial", ())):
                continue
            between = self._tokens[no.end : mention.start]
            if any(word in ("but", "however", "except", "though", "just", "only") for word in between):
                continue
            listed = "or" in between or "nor" in self._tokens[no.end : min(end, mention.end + 7)]
            listed = listed or "or" in self._tokens[mention.end : min(end, mention.end + 7)]
            if "," in between and not listed:
                continue
            if len(between) <= (_NO_REACH * 3 if listed else _NO_REACH):
                return True
        after = self._within("all_well", mention.end, min(end, mention.end + 4))
        return any("," not in self._tokens[mention.end : well.start] for well in after)

    def _past(self, mention: Mention) -> bool:
        start, end = self._sentence(mention.start)
        if self._within("recent", *self._clause(mention, start, end)):
            return False
        for then in self._within("long_ago", start, end):
            between = self._tokens[min(then.end, mention.end) : max(then.start, mention.start)]
            if len(between) <= _PAST_REACH and not _PAUSES.intersection(between):
                return True
        return False

    def _of_others(self, mention: Mention) -> bool:
        start, end = self._sentence(mention.start)
        for animal in self._within("animal", start, mention.start + 1):
            between = self._tokens[animal.end : mention.start]
            if len(between) < _PAST_REACH and not _SELF.intersection(between):
                return True
        if self._within("recent", start, end):
            return False
        return any(
            m.end - 1 <= mention.start + 1 and mention.start <= m.end + 6
            for m in self._within("others_story", start, end)
        )

    def _supposed(self, mention: Mention) -> bool:
        start, end = self._sentence(mention.start)
        asked = self._is_question(end)
        if not asked and self._within("recent", *self._clause(mention, start, end)):
            return False
        for word in self._within("supposing", start, mention.start):
            if any(p.start <= word.start < p.end for p in self._by_concept.get("whether", ())):
                continue
            if asked or self._within("would_do", start, end):
                return True
        return False

    def _asked(self, mention: Mention) -> bool:
        """A sentence that asks about a thing, without a word that says it is happening."""
        start, end = self._sentence(mention.start)
        frames = self._within("asking", start, end)
        if not any(frame.start <= mention.end for frame in frames):
            return False
        return not (self._within("recent", start, end) or self._within("personal", start, end))
