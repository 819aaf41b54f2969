"""How a paper speaks of a thing: present, absent, possible, historical, of the family, planned, hypothetical.

In: the span of a mention, its sentence and section. Out: an `Assertion`. Start at `Context.assertion`. The cues are
data (tables/context.yaml, cues.py), after the ConText algorithm (Harkema et al. 2009): a cue stands before or after the
thing and reaches as far as the sentence, a conjunction, a semicolon, the next field or its own limit lets it.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from navaid.records.extract.cues import Cue, Found, Token, found_in, tokens_of
from navaid.records.extract.sections import Section
from navaid.records.extract.sentences import Span
from navaid.terms import Assertion

# What a section makes of what no cue speaks of.
_BY_SECTION = {
    "family_history": "family",
    "past_history": "historical",
    "patient_education": "hypothetical",
    "plan": "planned",
    "reference": "hypothetical",
    "superseded": "historical",
}
# In a plan, a sentence with one of these words tells what was done or is so, not what is to be done.
_TOLD = frozenset("is was were are has had have been received completed underwent showed shows s".split())
_SUBJECTS = frozenset("i she he we they it".split())
_MAY_FOLLOW = frozenset("and or but for by on in at per with as x to of from this today while although though".split())
_VERBS = frozenset("is was are were has had shows showed measures measured".split())
# The first that applies decides, but of a negation and a doubt the one that stands first.
_ORDER = (
    ("family", Assertion.FAMILY),
    ("general", Assertion.HYPOTHETICAL),
    ("hypothetical", Assertion.HYPOTHETICAL),
    ("negated", Assertion.ABSENT),
    ("tested", Assertion.HYPOTHETICAL),
    ("possible", Assertion.POSSIBLE),
    ("planned", Assertion.PLANNED),
    ("historical", Assertion.HISTORICAL),
)
# How many more words the name of a field may have.
_FIELD_NAME = 14
# A question says nothing: "Does letrozole make sense?"; a form's question has its answer behind it.
_ASKED = 400
_QUESTION = re.compile(
    r"[\W\d]{0,6}(?:questions?\s?:\s?)?(?:is|are|does|do|did|should|shall|can|could|would|will|may|what|how|why|which|who)\s"
    r"(?:[^\s?]+\s){2,60}[^\s?]+\?\W{0,3}",
    re.IGNORECASE,
)
_ADJECTIVES = frozenset(("no", "negative", "neg", "0", "n", "possible", "suspicious"))
# What is further off than this has no say; it bounds the work in a text without full stops.
_REACH = 600
_STEP = 300


class _Window(NamedTuple):
    tokens: list[Token]
    starts: list[int]
    found: list[Found]


class Context:
    """The cues of one text. What was looked up for a sentence is kept for the next mention in it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._windows: dict[tuple[int, int], _Window] = {}
        self._said: dict[tuple[int, int, Span, str], dict[str, int]] = {}

    def assertion(self, start: int, end: int, sentence: Span, section: Section) -> Assertion:
        """The assertion of the mention `text[start:end]`, by the cues of its sentence and by its section."""
        cues = self.categories(start, end, sentence, section)
        if "negated" in cues and "possible" in cues and not {"family", "general", "hypothetical"} & cues.keys():
            return Assertion.ABSENT if cues["negated"] < cues["possible"] else Assertion.POSSIBLE
        return next((assertion for name, assertion in _ORDER if name in cues), Assertion.PRESENT)

    def categories(self, start: int, end: int, sentence: Span, section: Section | None = None) -> dict[str, int]:
        """All that is said of the mention ("negated", "family" …) and where the cue for it stands, -1 for the section.

        A relative who does not have the disease is both `family` and `negated`; `assertion` gives only the first.
        What is said of people in general is `hypothetical` too.
        """
        key = (start, end, sentence, section.kind if section and start >= section.body else "")
        if key not in self._said:
            self._said[key] = self._categories(start, end, sentence, section)
        return self._said[key]

    def _categories(self, start: int, end: int, sentence: Span, section: Section | None) -> dict[str, int]:
        window = self._window(start, end, sentence)
        mention = _mention(window, start, end)
        cues = _chosen(window, mention)
        said: dict[str, int] = {}
        for found in _applying(window, cues, mention):
            said.setdefault(found.cue.says, window.tokens[found.first].start)
        if _affirmed_after(cues, mention):
            said.pop("tested", None)
        if _asks(self._text[sentence.start : min(sentence.end, sentence.start + _ASKED)]):
            said.setdefault("hypothetical", sentence.start)
        if "general" in said:
            said.setdefault("hypothetical", said["general"])
        default = _BY_SECTION.get(section.kind) if section and start >= section.body else None
        if default and not said.keys() - {"negated", "possible"} and _holds(default, window, cues, mention):
            said[default] = -1
        return said

    def _window(self, start: int, end: int, sentence: Span) -> _Window:
        low = (
            max(sentence.start, start // _STEP * _STEP - _REACH) if start - sentence.start > _REACH else sentence.start
        )
        high = min(max(sentence.end, end), end // _STEP * _STEP + _STEP + _REACH)
        low, key = min(low, start), (min(low, start), high)
        if key not in self._windows:
            tokens = tokens_of(self._text, low, high)
            self._windows[key] = _Window(tokens, [token.start for token in tokens], found_in(tokens))
        return self._windows[key]


def _asks(sentence: str) -> bool:
    return sentence.rstrip().endswith("?") and _QUESTION.fullmatch(sentence) is not None


class _Mention(NamedTuple):
    """The first token of the thing and the one after its last."""

    first: int
    end: int


def _mention(window: _Window, start: int, end: int) -> _Mention:
    first = bisect.bisect_right(window.starts, start) - 1
    last = bisect.bisect_left(window.starts, end)
    return _Mention(max(0, first), max(last, first + 1))


def _chosen(window: _Window, mention: _Mention) -> list[Found]:
    """The longest cues outside the mention that do not overlap, in the order of the text."""
    taken = bytearray(len(window.tokens))
    taken[mention.first : mention.end] = b"\1" * (mention.end - mention.first)
    chosen, spans = [], set()
    for found in window.found:  # the longest first
        span = (found.first, found.end)
        if span in spans:
            chosen.append(found)
        elif not any(taken[found.first : found.end]):
            taken[found.first : found.end] = b"\1" * (found.end - found.first)
            spans.add(span)
            chosen.append(found)
    return sorted(chosen, key=lambda found: found.first)


def _applying(window: _Window, cues: list[Found], mention: _Mention) -> Iterator[Found]:
    """The cues that reach the mention."""
    for found in cues:
        cue = found.cue
        if cue.says in ("pseudo", "stop", "patient", "affirmed"):
            continue
        if cue.stands == "value":
            reaches = _is_value(window.tokens, found, mention)
        elif found.end <= mention.first:
            reaches = cue.stands != "after" and _reaches_on(window, cues, found, mention)
        else:
            reaches = cue.stands != "before" and _reaches_back(window, cues, found, mention)
        if reaches:
            yield found


def _reaches_on(window: _Window, cues: list[Found], found: Found, mention: _Mention) -> bool:
    """Whether a cue before the mention reaches it."""
    between = window.tokens[found.end : mention.first]
    if _too_far(between, found.cue) or _layout_stop(window.tokens, found.end, mention.first):
        return False
    if _closed(between):
        return False
    listed = any(token.word == "," for token in between)
    if listed and found.cue.says in ("negated", "possible") and _affirmed_after(cues, mention):
        return False
    return not any(_stops_on(window.tokens, other, found) for other in _within(cues, found.end, mention.first))


def _closed(between: list[Token]) -> bool:
    """Whether the cue stands in brackets that end before the thing: "lumpectomy (no cancer left), radiation"."""
    open_ = 0
    for token in between:
        open_ += (token.word == "(") - (token.word == ")")
        if open_ < 0:
            return True
    return False


def _stops_on(tokens: list[Token], other: Found, found: Found) -> bool:
    says = other.cue.says
    if found.cue.says == "family":
        return says == "patient"
    if says in ("stop", "pseudo"):
        return True
    if found.cue.says == "historical":
        return says in ("affirmed", "negated")
    if found.cue.says in ("negated", "possible") and says != found.cue.says:
        before = tokens[other.first - 1].word if other.first else ""
        return says == "affirmed" or (says != "family" and before == ",")
    return False


def _reaches_back(window: _Window, cues: list[Found], found: Found, mention: _Mention) -> bool:
    """Whether a cue after the mention reaches back to it."""
    between = window.tokens[mention.end : found.first]
    if _too_far(between, found.cue) or (between and _describes(window.tokens, found)):
        return False
    if found.cue.says == "family" and any(token.word in ("and", "with", "by", ".", "who") for token in between):
        return False
    if _two_statements([token.word for token in between]):
        return False
    return not any(
        other.cue.says in ("stop", "pseudo", "affirmed") for other in _within(cues, mention.end, found.first)
    ) and not any(token.word in (".", "\n") for token in between)


def _describes(tokens: list[Token], found: Found) -> bool:
    """Whether a "negative" belongs to the noun after it: "a lesion with negative margins"."""
    if found.end - found.first > 1 or tokens[found.first].word not in ("negative", "neg") or found.end >= len(tokens):
        return False
    after = tokens[found.end].word
    return after.isalpha() and after not in _MAY_FOLLOW and not tokens[found.end].capital


def _two_statements(between: list[str]) -> bool:
    """Whether the thing has a verb of its own: "[Grade] is high and necrosis was not seen"."""
    verb = next((at for at, word in enumerate(between) if word in _VERBS), len(between))
    return any(word in ("and", ",") for word in between[verb:]) or not _SUBJECTS.isdisjoint(between)


def _too_far(between: list[Token], cue: Cue) -> bool:
    return bool(cue.words) and sum(token.word[:1].isalnum() for token in between) > cue.words


def _affirmed_after(cues: list[Found], mention: _Mention) -> bool:
    return any(
        found.cue.says == "affirmed" and found.cue.stands == "after" and 0 <= found.first - mention.end <= 1
        for found in cues
    )


def _within(cues: Iterable[Found], first: int, end: int) -> Iterator[Found]:
    return (found for found in cues if first <= found.first and found.end <= end)


def _layout_stop(tokens: list[Token], first: int, end: int) -> bool:
    """Whether a new item or field begins between: " - Margins", "2) Margins", "Margins: …"."""
    for at in range(first + 1, min(end + 4, len(tokens))):
        word = tokens[at].word
        if word == ")" and at < end and len(tokens[at - 1].word) <= 2 and tokens[at - 2].word != "(":
            return tokens[at - 1].word.isalnum()
        if word == "-" and at < end and tokens[at].apart and at + 1 < len(tokens) and tokens[at + 1].capital:
            return True
        if word == ":":
            label = at - 1
            while label - 1 > at - 4 and tokens[label - 1].capital and not tokens[label - 1].upper:
                label -= 1
            if first < label <= end and tokens[label].capital:
                return True
    return False


def _is_value(tokens: list[Token], found: Found, mention: _Mention) -> bool:
    """Whether the cue is the whole value of the field that the mention names: "Necrosis (comedo): none"."""
    colon = found.first - 1
    if colon < mention.end or colon - mention.end > _FIELD_NAME or tokens[colon].word not in (":", "-", "=", "\t", "?"):
        return False
    if any(tokens[at].word in (":", ".", ";") for at in range(mention.end, colon)):
        return False
    after = tokens[found.end] if found.end < len(tokens) else None
    if after is None or not after.word[:1].isalnum():
        return True
    # In capitals "no" and "negative" may go on: "TUMOUR: NO SPECIAL TYPE".
    goes_on = after.upper and len(after.word) > 1 and tokens[found.end - 1].word in _ADJECTIVES
    return after.capital and not goes_on


def _holds(default: str, window: _Window, cues: list[Found], mention: _Mention) -> bool:
    """Whether what the section says holds for this sentence."""
    if default == "planned":
        return not any(token.word in _TOLD for token in window.tokens)
    if default == "family":
        return not any(found.cue.says == "patient" and found.end <= mention.first for found in cues)
    return True
