"""A text as the patterns want it: lower case, plain dashes, words that OCR broke mended. Every offset stays."""

from __future__ import annotations

import re
import string
from functools import cache, lru_cache

from navaid.records.extract.receptors.tables import table

_SIGNS: dict[str, str] = {
    **dict(zip(string.ascii_uppercase, string.ascii_lowercase, strict=True)),
    **dict.fromkeys("‐‑‒–—−¬", "-"),
    **dict.fromkeys("\u00a0\u2009\u202f\u2007®™", " "),
    **{"％": "%", "⁺": "+", "＋": "+", "²": "2"},
}
_TABLE = str.maketrans(_SIGNS)
_LONG = re.compile(r"[a-z0-9|!]{7,15}")


def plain(text: str) -> str:
    """The text for the patterns, as long as the text itself.

    >>> plain("ESTROGEN RECEPI0R – POSITIYE")
    'estrogen receptor - positive'
    """
    if len(_SCAN_STOP.findall(text)) > 2 and len(_SENTENCE.findall(text)) > 2:
        text = _SCAN_STOP.sub(" ", text)
    whole = _PERCENT.sub(_per_cent, _BROKEN.sub(_joined, text.translate(_TABLE)))
    return _NOT.sub(_denied, _LONG.sub(lambda match: _mended(match[0]), whole))


# Scans often have a stop at the end of every line, in the midst of a sentence.
_SCAN_STOP = re.compile(r"(?<=[A-Za-z,;:)%\d+])\.(?= [a-z]{2})")

_SENTENCE = re.compile(r"[.:] [A-Z][a-z]")

# A word that was parted at the end of its line.
_BROKEN = re.compile(
    r"\b(posi|nega|posit|negat|recep|estro|proges)(?:-\.?\s{0,2}|\s{1,2})(tive|ive|tors?|gen|terone)\b"
    r"|\b([ehpr])\s(strogen|er-?2|rogesterone|eceptors?)\b"
)


def _joined(match: re.Match[str]) -> str:
    """ "nega- tive" and "E strogen", as long as they were."""
    return (match[1] + match[2]).ljust(len(match[0])) if match[1] else f" {match[3]}{match[4]}"


# A percentage of which OCR read the figures as letters or the sign as a fraction: "2O%", "90 °/o", "95 o/o".
_PERCENT = re.compile(r"(?<![a-z\d.,])([\dlio]{1,3})(\s{0,2})(%%?|[°º]\s?/\s?[o0]\b|[°º]\s?%|[oº]\s?/\s?o\b)")
_FIGURES = str.maketrans("lio", "110")


def _per_cent(match: re.Match[str]) -> str:
    figures = match[1].translate(_FIGURES)
    if not any(map(str.isdigit, match[1])) and match[1] != "o":
        return match[0]
    return (figures + match[2] + "%").ljust(len(match[0]))


# A "not" that OCR broke would turn a result round; "N0" is mostly a stage, and "no" only before such a word.
_NOT = re.compile(
    r"\b(?:n[0ce]t|[hmu][o0]t|n[o0][fl17i]|n0(?=\s{1,3}(?:amplif|over|evid|stain|immuno|express|nuclear)))\b"
    r"(?=\s{1,3}(?:\w{1,12}\s)?(?:amplif|over-?\s?exp|perform|identif|detect|present|seen|express|evid|stain|immuno|nuclear))"
)


def _denied(match: re.Match[str]) -> str:
    return "not" if len(match[0]) == 3 else "no"


@lru_cache(maxsize=20_000)
def _mended(word: str) -> str:
    """The word that was meant, cut or filled with blanks to the length of what stands there."""
    words, keep, first = _targets()
    if word in keep or word.isdigit() or not (word[0] in first or word[1] in first or not word.isalpha()):
        return word
    read = word.replace("w", "iv").replace("rn", "m") if "w" in word else word
    best = min(words, key=lambda target: _distance(read, target))
    if _distance(read, best) > 1.0:
        return word
    return best[: len(word)].ljust(len(word))


@cache
def _targets() -> tuple[tuple[str, ...], frozenset[str], frozenset[str]]:
    names = table("names")
    words = tuple(names["repair"])
    return words, frozenset(words) | frozenset(names["keep"]), frozenset("".join(word[:2] for word in words))


@cache
def _pairs() -> frozenset[str]:
    return frozenset(p for pair in table("names")["confusions"] for p in (pair, pair[::-1]))


def _distance(word: str, target: str) -> float:
    """Errors between the two; a swap of letters that look alike is half an error. 9 where they are far apart."""
    if abs(len(word) - len(target)) > 1 or len(set(target).difference(word)) > 2:
        return 9.0
    pairs, before = _pairs(), [float(i) for i in range(len(target) + 1)]
    for i, a in enumerate(word, 1):
        row = [float(i)]
        for j, b in enumerate(target, 1):
            swap = 0.0 if a == b else 0.5 if a + b in pairs else 1.0
            row.append(min(before[j - 1] + swap, before[j] + 1, row[-1] + 1))
        if min(row) > 1.0:
            return 9.0
        before = row
    return before[-1]
