"""Words as people type them, made regular enough for the tables to be matched on them.

`normalise` gives one lower-case line of tokens with single spaces: contractions opened, spellings
joined, numbers in words turned into digits, likely typing slips mended. `.` and `?` stand for the
ends of sentences and `,` for every smaller pause; nothing else of the punctuation is left.
"""

from __future__ import annotations

import functools
import importlib.resources
import re
import unicodedata
from collections.abc import Mapping

from navaid.answers.triage.tables import Wording

LONGEST = 16_000
TAIL = 4_000

_TOKEN = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+|[.?,%]")
_CLOCK = re.compile(r"\b(\d{1,2})[:.](\d\d) ?(am|pm|a\.m\.|p\.m\.)", re.I)
_DECIMAL = re.compile(r"(?<=\d)[,·](?=\d\b)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_APOSTROPHE = re.compile("[’‘ʼ`´]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SPACED = re.compile(r"\b(?:[a-z] ){4,}[a-z]\b")  # i g n o r e
_MASKED = re.compile(r"\b(?=\w*[a-z]\d+[a-z])[a-z0-9]{4,}\b|\b(?=\w*\d[a-z]{2})(?=[a-z0-9]*[a-z]\d)[a-z0-9]{4,}\b")
_DIGIT_FOR_LETTER = str.maketrans("013457", "oieast")
_STRETCHED = re.compile(r"([a-z])\1{2,}")

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
_UNITS += "sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_NUMBER = {word: n for n, word in enumerate(_UNITS)} | {word: 10 * (n + 2) for n, word in enumerate(_TENS)}


def normalise(
    text: str, wording: Wording, known: frozenset[str] = frozenset(), stems: tuple[str, ...] = ()
) -> list[str]:
    """The tokens of a text, in order. Never raises; text beyond 20,000 characters is cut in its middle.

    `known` are the words of the tables: a token that is no common English word and lies one slip
    away from exactly one of them is read as that word; what begins like one of `stems` is left.
    """
    if len(text) > LONGEST + TAIL:  # the worst of a long text stands at its start or its end
        text = text[:LONGEST] + " . " + text[-TAIL:]
    text = _APOSTROPHE.sub("'", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))).lower()
    text = _THOUSANDS.sub("", _DECIMAL.sub(".", _CLOCK.sub(r"\1 \3", text)))
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    for written, meant in wording.signs.items():
        text = text.replace(written, meant)
    for written, meant in wording.spellings.items():
        text = text.replace(written, meant)
    text = _STRETCHED.sub(r"\1\1", text)
    text = re.sub(r"[!;\n\r…]+", ".", text)
    text = re.sub(r"[:()\[\]{}\"–—]| - ", ",", text)
    text = _contractions(wording.contractions).sub(lambda m: wording.contractions[m.group()], text)
    text = re.sub(r"'s\b|'", "", text)
    text = _SPACED.sub(lambda m: m.group().replace(" ", ""), text)
    text = _MASKED.sub(_unmasked, text)
    tokens = _TOKEN.findall(text)
    if known:
        tokens = [_mended(token, known, stems) for token in tokens]
    return _with_digits(tokens)


@functools.cache
def _pattern_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"(?<![\w'])(?:" + "|".join(map(re.escape, words)) + r")(?![\w'])")


def _contractions(table: Mapping[str, str]) -> re.Pattern[str]:
    return _pattern_of(tuple(sorted(table, key=len, reverse=True)))


def _with_digits(tokens: list[str]) -> list[str]:
    """`thirty eight point five` as `38.5`, `a hundred and one` as `101`; a lone `one` stays a word."""
    out: list[str] = []
    i = 0
    while i < len(tokens):
        value, used = _number(tokens, i)
        if used == 0 or (used == 1 and tokens[i] == "one"):
            out.append(tokens[i])
            i += 1
            continue
        out.append(value)
        i += used
    return out


def _number(tokens: list[str], i: int) -> tuple[str, int]:
    """The number in words or digits that begins at a token, and how many tokens it takes (0: none)."""
    start, total = i, 0
    if tokens[i] == "hundred" or (tokens[i] in ("a", "one") and tokens[i + 1 : i + 2] == ["hundred"]):
        total, i = 100, i + 1 + (tokens[i] != "hundred")
        i += tokens[i : i + 1] == ["and"]
    below, i = _below_hundred(tokens, i)
    if i == start:
        return "", 0
    if total and tokens[i - 1] == "and":  # "a hundred and" something that is no number
        i -= 1
    value = str(total + below)
    if tokens[i : i + 1] == ["point"] and i + 1 < len(tokens):
        digits = ""
        i += 1
        while i < len(tokens) and tokens[i] in _UNITS[:10]:
            digits += str(_NUMBER[tokens[i]])
            i += 1
        if i < len(tokens) and not digits and tokens[i].isdigit():
            digits, i = tokens[i], i + 1
        return (f"{value}.{digits}", i - start) if digits else (value, i - start - 1)
    return value, i - start


def _below_hundred(tokens: list[str], i: int) -> tuple[int, int]:
    word = tokens[i] if i < len(tokens) else ""
    if word in _TENS:
        following = tokens[i + 1] if i + 1 < len(tokens) else ""
        if following in _UNITS[1:10]:
            return _NUMBER[word] + _NUMBER[following], i + 2
        return _NUMBER[word], i + 1
    if word in _NUMBER:
        return _NUMBER[word], i + 1
    if word.isdigit() and tokens[i + 1 : i + 2] == ["point"] and len(word) < 4:
        return int(word), i + 1
    return 0, i


@functools.cache
def _english() -> frozenset[str]:
    """Common English words, so that `chess` is not taken for a mistyped `chest`."""
    table = importlib.resources.files("navaid.models").joinpath("wordpiece.txt")
    try:
        return frozenset(line for line in table.read_text("utf-8").split() if line.isalpha())
    except OSError:  # the list only guards against over-correction
        return frozenset()


_ENDINGS = ("s", "es", "ed", "d", "er", "r", "ing", "ings", "ly", "ness", "est", "y", "able")


def _is_english(token: str) -> bool:
    """True for a common word and its plain forms: `pasting` (paste) is no slip of `panting`, `thinning` none of
    `thinking`."""
    english = _english()
    if token in english:
        return True
    for ending in _ENDINGS:
        stem = token.removesuffix(ending)
        if stem == token or len(stem) < 3:
            continue
        doubled = len(stem) > 3 and stem[-1] == stem[-2]
        if stem in english or f"{stem}e" in english or (doubled and stem[:-1] in english):
            return True
    return False


@functools.cache
def _slips(known: frozenset[str]) -> dict[str, str]:
    """Each known word of six letters or more under its forms with one letter left out."""
    forms: dict[str, str] = {}
    for word in sorted(known):
        if len(word) >= 6:
            forms[word] = word
            for i in range(1, len(word)):
                form = word[:i] + word[i + 1 :]
                forms[form] = "" if form in forms and forms[form] != word else word
    return forms


def _unmasked(word: re.Match[str]) -> str:
    """`r3pl4c3` as `replace`, where that is a word; `her2neu` and `b12` stay as they are."""
    plain = word.group().translate(_DIGIT_FOR_LETTER)
    return plain if plain in _english() else word.group()


@functools.lru_cache(maxsize=8192)
def _mended(token: str, known: frozenset[str], stems: tuple[str, ...]) -> str:
    if len(token) < 5 or not (token.isascii() and token.isalpha()):
        return token
    if token in known or token.startswith(stems) or _is_english(token):
        return token
    slips = _slips(known)
    for form in (token, *(token[:i] + token[i + 1 :] for i in range(1, len(token)))):
        found = slips.get(form, "")
        # a longer plain form of a known word ("sweats") is matched by its own pattern, not mended
        if found and found[0] == token[0] and abs(len(found) - len(token)) <= 1:
            return found
    return token
