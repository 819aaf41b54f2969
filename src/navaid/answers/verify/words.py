"""A sentence as the rules read it: `read` gives its words, the clauses they stand in, and what each may mean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, cached_property, lru_cache
from typing import Any, TypeVar, cast

from navaid.answers.verify.phrases import Mark, families, longer, phrases, table
from navaid.vocabulary import Mention, find

T = TypeVar("T")
_DASHES = str.maketrans(
    dict.fromkeys("‐‑‒–—−", "-") | {"’": "'", "‘": "'", "“": '"', "”": '"', "≤": " <= ", "≥": " >= "}
)
_REFERENCES = re.compile(r"\s*\[\d[\d\s,;-]*\]")
_SIGN = re.compile(
    r"\b(ER|PR|PgR|HR|HER[- ]?2|ErbB2|PD-L1|TN|LN|node)(?:\s?\(([+-])(?:ve)?\)|([+-])(?:ve)?(?![\w]))", re.I
)
_UNIT = re.compile(r"(?<![\w.-])(\d{1,6}(?:\.\d{1,4})?)(mg|mcg|µg|ug|g|kg|ml|mm|cm|gy|cgy|min|hrs?|wks?|yrs?)\b", re.I)
_NOT = re.compile(r"\bcan ?not\b|\b(\w+)n't\b", re.I)
_WORD = re.compile(r"\d+(?:[.,]\d+)*(?![\w])|[^\W_]+(?:'s?(?=\W|$))?|<=|>=|[<>=%±~]|°[cf]|[.,;:()\[\]—]", re.I)
_SHORTENED = re.compile(
    r"(?:\b(?:[A-Z]|vs|[DM]rs?|Prof|St|No|Fig|Figs|e\.g|i\.e|al|approx|cf|Jr|Inc|Ltd|Ph\.D|ca|resp))\.\Z"
)
_PREFIX = re.compile(r"(?:post|pre|peri|non|anti|un)([a-z]{6,})\Z")  # "postmastectomy" speaks of mastectomy
_MEANT = frozenset(("well_being",))  # made of fillers, and yet no filler
_FAMILY = 6  # letters that words of one family share: ventricle, ventricular
_NUMBERED = frozenset(("group", "arm", "cohort", "study"))
_BREAKS = frozenset(";:.—")
_TURNS = frozenset(
    ("but", "while", "whereas", "although", "though", "however", "because", "since", "so", "which", "who", "despite")
)
_ENDINGS = (
    "isations izations isation ization ations ation ements ement ingly ities ously ively ments ment ness ions ing "
    "ion ian ies ied ity ers ive ous ely ed es er ly al ic est e s y"
).split()


class Word:
    """A word in lower case, its stem, the clause it stands in, and its keys.

    `comma` counts the commas before it outside brackets, `part` these and the brackets.

    `keys` are what it may mean: its stem, words that stand for it (`=recurrence`), concepts (`#tamoxifen`),
    outcomes (`~os`) and the first letters of its family (`^ventri`).
    `aside` says that it stands in brackets, `plain` that it carries no medicine.
    """

    __slots__ = ("aside", "clause", "comma", "keys", "part", "plain", "raw", "stem", "text")

    def __init__(self, raw: str, clause: int, part: int, comma: int, aside: bool) -> None:
        self.raw, self.clause, self.part, self.comma, self.aside = raw, clause, part, comma, aside
        self.text = raw.lower().removesuffix("'s").removesuffix("'")
        self.stem = stem(self.text)
        self.plain = self.text in _fillers()
        self.keys: set[str] = {self.stem}
        if len(self.stem) > _FAMILY:
            self.keys.add(f"^{self.stem[:_FAMILY]}")
        if (inner := _PREFIX.match(self.text)) is not None:
            self.keys.add(stem(inner[1]))


class Sentence:
    """A sentence read once; rules ask `marks` for what a table finds in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.clean = clean(text)
        self.words, self.sentences = _cut(self.clean)
        self.texts = [word.text for word in self.words]
        self.found: dict[Any, Any] = {}
        self._marks: dict[str, list[Mark]] = {}
        self.families = longer("equivalents", "lay_words").find(self.texts)
        for i, text in enumerate(self.texts):
            self.families += [(label, i, i + 1) for label in families(text, "equivalents", "lay_words")]
        for label, start, end in self.families:
            empty = label in _MEANT and all(word.plain for word in self.words[start:end])
            for word in self.words[start:end]:
                word.keys.add(f"={label}")
                if label.endswith("_surgery"):
                    word.keys.add("=surgery")
                word.plain = word.plain and not empty  # "well being" is made of fillers and is none
        for label, start, end in self.marks("outcomes"):
            for word in self.words[start:end]:
                word.keys.add(f"~{label}")
        self.mentions = find(self.clean, typos=False)
        self._concepts()

    def _concepts(self) -> None:
        """Give each word the concepts whose mention it stands in."""
        starts = self._starts
        at = 0
        for mention in self.mentions:
            while at < len(starts) and starts[at] < mention.start:
                at += 1
            k = at
            while k < len(starts) and starts[k] < mention.end:
                self.words[k].keys.add(f"#{mention.concept}")
                k += 1

    @cached_property
    def _starts(self) -> list[int]:
        return [m.start() for m in _WORD.finditer(self.clean) if m.group()[0] not in ".,;:()[]—"]

    def marks(self, name: str) -> list[Mark]:
        """What the table finds, in order."""
        if name not in self._marks:
            self._marks[name] = phrases(name).find(self.texts)
        return self._marks[name]

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset(key for word in self.words for key in word.keys)

    @cached_property
    def content(self) -> list[int]:
        """Where the words stand that carry meaning."""
        return [i for i, word in enumerate(self.words) if not word.plain and word.text[:1].isalpha()]

    def said(self, start: int, end: int) -> str:
        return " ".join(word.raw for word in self.words[start:end])

    def around(self, start: int, end: int, reach: int = 5) -> set[str]:
        """The meanings of the content words near [start, end), in its clause."""
        return self.before(start, reach) | self.after(end, reach)

    def before(self, start: int, reach: int = 5) -> set[str]:
        return self._walk(range(start - 1, -1, -1), start, reach)

    def after(self, end: int, reach: int = 5) -> set[str]:
        return self._walk(range(end, len(self.words)), end - 1, reach)

    def _walk(self, places: range, at: int, reach: int) -> set[str]:
        if not 0 <= at < len(self.words):
            at = max(0, min(at, len(self.words) - 1))
        keys: set[str] = set()
        for i in places:
            word = self.words[i]
            if word.clause != self.words[at].clause:
                break
            if word.plain or not word.text[:1].isalpha():
                continue
            keys |= word.keys
            reach -= 1
            if not reach:
                break
        return keys


def is_time(words: list[Word], i: int) -> bool:
    """Whether the next word is a unit of time."""
    return i + 1 < len(words) and words[i + 1].text.rstrip("s") in ("year", "month", "week", "day")


def once(rule: Callable[[Sentence], T]) -> Callable[[Sentence], T]:
    """The function, asked once a sentence: rules share what one of them has found."""

    def asked(sentence: Sentence) -> T:
        if rule not in sentence.found:
            sentence.found[rule] = rule(sentence)
        return cast(T, sentence.found[rule])

    return asked


def clean(text: str) -> str:
    """The text with one sort of dash and quote, no reference numbers, and signs of receptors written out."""
    text = unicodedata.normalize("NFKC", text).translate(_DASHES).replace("\u03bc", "\u00b5")  # NFKC makes mu of micro
    text = re.sub(r"(?<=\d)·(?=\d)", ".", text)
    text = _UNIT.sub(r"\1 \2", text)
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
    text = _REFERENCES.sub("", text)
    text = re.sub(r"[®™]", "", text)
    text = re.sub(r"(?<=\w)-{2,}(?=\w)|\s-+\s", "; ", text)
    text = _SIGN.sub(lambda m: f"{m[1]} {'positive' if (m[2] or m[3]) == '+' else 'negative'}", text)
    return _NOT.sub(lambda m: "can not" if not m[1] or m[1].lower() == "ca" else f"{m[1]} not", text)


def _cut(text: str) -> tuple[list[Word], int]:
    """The words, and how many sentences they make."""
    words: list[Word] = []
    clause = part = comma = depth = 0
    sentences = 1
    for match in _WORD.finditer(text):
        raw = match.group()
        if raw in "()[]":
            depth = max(0, depth + (1 if raw in "([" else -1))
            part += 1
        elif raw in ".;:,—":
            part += 1
            comma += not depth
            if raw != "," and not (raw == "." and not _ends(text, match.end())) and not depth:
                clause += 1
                sentences += raw == "." and match.end() < len(text.rstrip())
        else:
            word = Word(raw, clause, part, comma, depth > 0)
            if word.text in _TURNS and not depth and words and words[-1].clause == clause:
                clause += 1
                word.clause = clause
            if len(raw) == 1 and raw.isupper() and raw != "I" and words and words[-1].part == part:
                word.plain = False  # "group A"
            if raw.isdigit() and words and words[-1].text in _NUMBERED and words[-1].part == part:
                word.text = word.stem = f"n{raw}"  # "group 2" is a name and no quantity
                word.keys = {word.text}
            words.append(word)
    return words, sentences


def _ends(text: str, at: int) -> bool:
    """Whether a full stop before `at` ends a sentence: a space and a capital follow, or nothing."""
    if _SHORTENED.search(text, max(0, at - 8), at):
        return False
    rest = text[at : at + 3].lstrip()
    return at >= len(text.rstrip()) or (text[at : at + 1].isspace() and rest[:1].isupper())


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without its ending, so that its family meets.

    >>> stem("reductions") == stem("reduction"), stem("dropped")
    (True, 'drop')
    """
    if len(word) < 4 or not word.isalpha():
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    if word.endswith("er") and len(word) > 5:  # "considered" and "consider"
        word = word[:-2]
    if len(word) > 3 and word[-1] in "iy":
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl" else word


@cache
def _fillers() -> frozenset[str]:
    return frozenset(table("fillers")["words"].split())


@lru_cache(maxsize=256)
def read(text: str) -> Sentence:
    """The sentence, ready for the rules."""
    return Sentence(text)


__all__ = ["Mention", "Sentence", "Word", "clean", "is_time", "once", "read", "stem"]
