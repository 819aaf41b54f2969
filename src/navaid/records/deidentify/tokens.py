"""A text as words with what their shape and neighbours say: capital, at a sentence's start, amid capitals."""

from __future__ import annotations

import re

from navaid.records.deidentify import lexicon
from navaid.records.deidentify.lexicon import fold
from navaid.terms import Record

WORD = re.compile(r"(?<![^\W_])(?:[^\W\d_]['’](?=[^\W\d_]{3}))?[^\W\d_]+(?:-[^\W\d_]+)*(?![^\W_])")
WINDOW = 60  # characters on each side that say whether we are amid capitals
SENTENCE_END = re.compile(r"(?:^|[.!?:;•*>|/]|\n|[-–—]\s|\d[.)])[\s\"'“”‘’(\[]*$|[\"“”(\[]$")


class Token(Record, frozen=True):
    """A word: `text[start:end]`. `key` is the word folded; `mass` says that capitals mean nothing here.

    `shape` is `lower`, `title`, `upper` (two letters or more), `initial` (one capital) or `mixed`.
    """

    word: str
    start: int
    end: int
    key: str
    shape: str
    first: bool
    mass: bool

    @property
    def capital(self) -> bool:
        return self.shape != "lower"


def with_capitals(text: str) -> str:
    """The text with each word capitalised if none is: a word in no dictionary is then a name all the same."""
    if re.search(r"[^\W\d_](?<=[A-ZÀ-ÖØ-Þ])[^\W\d_](?<![A-Z])", text):
        return text
    return re.sub(
        r"[^\W\d_]+",
        lambda m: m[0].capitalize() if m[0].islower() and len(m[0].capitalize()) == len(m[0]) else m[0],
        text,
    )


def tokens(text: str) -> list[Token]:
    """The words of a text, in order.

    >>> [(t.word, t.shape) for t in tokens("Seen by J. McCoy's wife")]
    [('Seen', 'title'), ('by', 'lower'), ('J', 'initial'), ('McCoy', 'mixed'), ('wife', 'lower')]
    """
    upper, lower = _running(text)
    out = []
    for match in WORD.finditer(text):
        word = match.group()
        if word in {"s", "S", "t"} and text[match.start() - 1 : match.start()] in {"'", "’"}:
            continue
        left, right = max(0, match.start() - WINDOW), min(len(text), match.end() + WINDOW)
        ups, lows = upper[right] - upper[left], lower[right] - lower[left]
        out.append(
            Token(
                word=word,
                start=match.start(),
                end=match.end(),
                key=fold(word),
                shape=_shape(word),
                first=bool(SENTENCE_END.search(text[max(0, match.start() - 6) : match.start()])) or match.start() == 0,
                mass=ups > 1.5 * lows and ups > 12,
            )
        )
    return out


def _running(text: str) -> tuple[list[int], list[int]]:
    """How many upper and lower case letters stand before each place."""
    upper, lower = [0], [0]
    for sign in text:
        upper.append(upper[-1] + sign.isupper())
        lower.append(lower[-1] + sign.islower())
    return upper, lower


def _shape(word: str) -> str:
    if word.islower() or (not word[0].isupper() and len(word) < 4):
        return "lower"
    if len(word) == 1:
        return "initial"
    if word.isupper():
        return "upper"
    if word[0].isupper() and word[1:].islower():
        return "title"
    return "mixed"


def strange(token: Token) -> bool:
    """Whether a capitalised word is in no list of words that say nothing about who someone is."""
    key = token.key
    if token.shape == "initial":
        return False
    if token.mass or token.shape == "upper" or (token.shape == "mixed" and token.word[:-1].isupper()):
        return _strange_in_capitals(token)
    if not token.word.isascii():
        return not lexicon.clinical(key) and key not in lexicon.listed("accented")
    if len(key) < 3 or lexicon.plain(key):
        return _double(token)
    listed = lexicon.given(key) or lexicon.family(key)
    if (token.shape == "mixed" or len(key) > 15) and not listed and lexicon.glued(key):
        return False
    return listed or not (token.first and lexicon.misspelt(key))


def _double(token: Token) -> bool:
    """Whether a word is two surnames with a hyphen, though both are ordinary words: Mason-Carter."""
    parts = token.word.split("-")
    return (
        len(parts) == 2
        and all(part[:1].isupper() and fold(part) in lexicon.words("family") for part in parts)
        and not lexicon.medical(token.key)
    )


def _strange_in_capitals(token: Token) -> bool:
    """Amid capitals, and in a word of capitals, only a known name or place counts: the rest is short forms."""
    key = token.key
    if not token.word.isascii() and len(key) > 3:
        return not lexicon.clinical(key) and not lexicon.misspelt(key)
    if len(key) < 4 or lexicon.plain(key) or key in lexicon.listed("signs"):
        return False
    return lexicon.given(key) or lexicon.family(key) or (lexicon.place(key) and len(key) > 4)


def named(token: Token) -> bool:
    """Whether a word is a name that is also an ordinary word: Frank, Rose, Young."""
    key = token.key
    return len(key) > 1 and key not in lexicon.listed("calendar") and (lexicon.given(key) or lexicon.family(key))
