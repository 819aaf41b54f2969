"""False beliefs that a question takes for granted, and the claims that contradict them.

Which beliefs there are, and by which words they are met, is data (`starter/beliefs.yaml`); here the words are
compared. A word of a pattern is met by any form of it ("spreads" by "spreading"), a long one also with a slip of
the finger in it. There is no model in this, so it can be foretold which question a row answers to.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

import msgspec
import tantivy

from navaid import starter
from navaid.answers.asked import other_cancer
from navaid.library import Library
from navaid.starter import Belief, Scope, Starter, Topic
from navaid.terms import Claim, Question
from navaid.vocabulary.typos import mend

_BELIEFS, _OF_ONE, _MOST = 2, 2, 3  # beliefs corrected; sentences for one of them, and in all
_MENDED = 9  # letters a mistyped word must have: "homeless" is one letter from "hopeless"
_ENDING = 3  # letters at its end that may belong to a form of the word
_GAP = 6  # words that `...` may stand for
_END = "."  # stands for what ends a sentence; no pattern reaches over it
_TOKEN = re.compile(r"[a-z0-9]+|[.?!;]+(?=\s|$)|\n")
_BEFORE = r"(?:(?!(?:my|your|his|her|our|their|the|a|of|with)\b)[\w-]+\W+){1,3}"
_CANCER = re.compile(
    rf"{_BEFORE}(?:cancers?|tumou?rs?|neoplasms?)\b(?! of)|\bcancers? (?:of|in) (?:the |my |her |his )?\w+"
    r"|\b\w{4,}(?:omas?|emias?)\b|\bhodgkin\w*|\bwilms\b",
    re.I,
)
_BREAST = re.compile(r"\b(?:breast|mastectom|lumpectom|mammogra|dcis|lcis|her-?2|tnbc|tamoxifen|nipple|implant)", re.I)
# Places that `other_cancer` does not know, since titles of pages seldom name a cancer by them.
_PLACE = re.compile(
    r"\b(?:bones?|blood|brain|eye|mouth|tongue|throat|tonsil|heart|bowel|womb|gallbladder|ureter|nasal|sinus)\b", re.I
)
_NOT_ONE = re.compile(r"carcinomas?", re.I)  # said of breast cancer as well

# One spelling for what is said in several: "does not", "doesn't"; a pattern's "not" is met by any of these.
_SAME = (
    (r"\bcan ?not\b", "cant"),
    (r"\bwill not\b", "wont"),
    (r"\bno one\b", "nobody"),
    (r"\bcheck ups?\b", "checkups"),
    (r"\b(do|does|did|is|are|was|were|have|has|had|would|could|should|need|must) not\b", r"\1nt"),
)
_NOT = frozenset(
    "not dont doesnt didnt isnt arent wasnt werent havent hasnt hadnt cant wont wouldnt couldnt shouldnt neednt".split()
)

Part = tuple[frozenset[str], tuple[str, ...]] | None  # stems and beginnings that one word may have; None is a gap


def contradicted(library: Library, data: Starter, question: Question) -> Iterator[tuple[Topic, Claim]]:
    """Up to three claims with their topics, those against the belief that is met most closely first."""
    met = beliefs(library, data, question.text)[:_BELIEFS]
    wanted = list(dict.fromkeys((claim, row.belief) for row in met for claim in row.claims[:_OF_ONE]))
    if not wanted:
        return
    held = {row.id: (topic, row) for topic in data.topics for row in topic.claims}
    shown: set[str] = set()
    for id_, belief in wanted:
        if id_ not in shown and len(shown) < _MOST:
            shown.add(id_)
            topic, row = held[id_]
            yield topic, msgspec.structs.replace(starter.claim(topic, row), corrects=(belief,))


def beliefs(library: Library, data: Starter, text: str) -> list[Belief]:
    """The beliefs that a text takes for granted, those of most groups first, then in the order of the file.

    For a text on breast cancer, what is believed of any cancer comes after what is believed of breast cancer.
    """
    said = _Said(text, library, _long_words(data.beliefs))
    other = names_other_cancer(text)
    met = [row for row in data.beliefs if not (other and row.scope is Scope.BREAST) and said.meets(row)]
    breast = bool(_BREAST.search(text))
    return sorted(met, key=lambda row: (breast and row.scope is Scope.ANY, -len(row.when)))


def names_other_cancer(text: str) -> bool:
    """True if a text names a cancer and none of the breast.

    >>> names_other_cancer("My son has bone cancer"), names_other_cancer("My children fear my cancer")
    (True, False)
    """
    if _BREAST.search(text):
        return False
    named = (found.group() for found in _CANCER.finditer(text))
    return any(_PLACE.search(name) or other_cancer(name) for name in named if not _NOT_ONE.fullmatch(name))


class _Said:
    """The words of a question, as they stand and as stems, and which groups they were found to meet."""

    def __init__(self, text: str, library: Library, targets: frozenset[str]) -> None:
        self.words = [self._meant(word, library, targets) for word in _words(text)]
        self.stems = [_stem(word) for word in self.words]
        self._all_stems = frozenset(self.stems)
        self._met: dict[tuple[str, ...], bool] = {}
        self._said: dict[Part, bool] = {}

    @staticmethod
    def _meant(word: str, library: Library, targets: frozenset[str]) -> str:
        if len(word) < _MENDED or word in targets:
            return word
        if any(library.lexical.frequency(stem) for stem in library.lexical.words(word)):
            return word
        # With its last letters or without: "deoderants" is one letter from "deodorant" only without its "s".
        ends = range(len(word), max(_MENDED, len(word) - _ENDING) - 1, -1)
        return next((meant for end in ends if (meant := mend(word[:end], frozenset(), targets)) in targets), word)

    def meets(self, row: Belief) -> bool:
        return all(map(self.has, row.when)) and not (row.unless and self.has(row.unless))

    def has(self, group: tuple[str, ...]) -> bool:
        """True if the words hold one of the patterns."""
        if group not in self._met:
            self._met[group] = any(self._holds(_pattern(pattern)) for pattern in group)
        return self._met[group]

    def _holds(self, parts: tuple[Part, ...]) -> bool:
        if not all(part is None or self._somewhere(part) for part in parts):  # most patterns end here
            return False
        return any(self._follows(parts, at) for at in range(len(self.words)))

    def _somewhere(self, part: Part) -> bool:
        """Whether any word is the part, wherever it stands."""
        if part not in self._said:
            stems, beginnings = part or (frozenset(), ())
            met = not stems.isdisjoint(self._all_stems)
            self._said[part] = met or (bool(beginnings) and any(word.startswith(beginnings) for word in self.words))
        return self._said[part]

    def _is(self, part: Part, at: int) -> bool:
        stems, beginnings = part or (frozenset(), ())
        return self.stems[at] in stems or self.words[at].startswith(beginnings)

    def _follows(self, parts: tuple[Part, ...], at: int) -> bool:
        if not parts:
            return True
        if at >= len(self.words):
            return False
        part = parts[0]
        if part is not None:
            return self._is(part, at) and self._follows(parts[1:], at + 1)
        for next_ in range(at, min(at + _GAP + 1, len(self.words))):
            if self._follows(parts[1:], next_):
                return True
            if self.words[next_] == _END:
                break
        return False


@cache
def _pattern(pattern: str) -> tuple[Part, ...]:
    """`biopsy|needle ... spread*` as its parts."""
    return tuple(None if part == "..." else _part(part.split("|")) for part in pattern.split())


def _part(words: list[str]) -> Part:
    stems = frozenset(_stem(word) for word in words if not word.endswith("*")) | (_NOT if "not" in words else set())
    return stems, tuple(word[:-1] for word in words if word.endswith("*"))


@lru_cache(maxsize=4)
def _long_words(rows: tuple[Belief, ...]) -> frozenset[str]:
    """The words of the patterns that are long enough to be mended."""
    groups: Iterable[tuple[str, ...]] = (group for row in rows for group in (*row.when, row.unless))
    words = {word.rstrip("*") for group in groups for pattern in group for word in re.split(r"[ |]", pattern)}
    return frozenset(word for word in words if len(word) >= _MENDED)


def _words(text: str) -> list[str]:
    """Words in small letters without accents, "don't" as one; the end of a sentence is `.`."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    plain = re.sub(r"(?<=[a-z])'(?=[a-z])", "", plain.replace("-", " "))
    for said, written in _SAME:
        plain = re.sub(said, written, plain)
    return [token if token.isalnum() else _END for token in _TOKEN.findall(plain)]


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    stems: list[str] = _stemmer().analyze(word)
    return stems[0] if stems else word


@cache
def _stemmer() -> tantivy.TextAnalyzer:
    """English stems, as in library/lexical.py, but of every word: here "not" and "only" count."""
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw()).filter(tantivy.Filter.stemmer("english")).build()
