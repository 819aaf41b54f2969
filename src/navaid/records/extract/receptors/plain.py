"""A text as the patterns want it: lower case, plain dashes, words that OCR broke mended. Every offset stays."""

from __future__ import annotations

import re
import string
from functools import cache, lru_cache

from navaid.records.extract.receptors.tables import either, table

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
    whole = _BROKEN.sub(_joined, text.translate(_TABLE))
    return _NOT.sub(_denied, _LONG.sub(lambda match: _mended(match[0]), whole))


# A word that was parted at the end of its line.
_BROKEN = re.compile(r"\b(posi|nega|equi|recep|estro|pro|proges)-\.?\s{1,2}(tive|tor|tors|vocal|gen|gester?one|ter?one)\b")


def _joined(match: re.Match[str]) -> str:
    return (match[1] + match[2]).ljust(len(match[0]))


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
    if abs(len(word) - len(target)) > 1 or len(set(target) - set(word)) > 3:
        return 9.0
    pairs, before = _pairs(), [float(i) for i in range(len(target) + 1)]
    for i, a in enumerate(word, 1):
        row = [float(i)]
        for j, b in enumerate(target, 1):
            swap = 0.0 if a == b else 0.5 if a + b in pairs else 1.0
            row.append(min(before[j - 1] + swap, before[j] + 1, row[-1] + 1))
        before = row
    return before[-1]


@cache
def _legends() -> tuple[re.Pattern[str], ...]:
    state = (
        r"(?:positive|negative|equivocal|indeterminate|borderline|low|high|intermediate|favou?rable|(?:not\s|non-?)?amplified|normal)"
    )
    sign = r"(?:[<>≥≤=/]{1,3}|less\s+than|greater\s+than|more\s+than)"
    number = (
        r"\d{1,2}(?:\.\d{1,2})?\s?(?:%|\+)?(?:\s?(?:-|to|or|and|,|/)\s?[<>=]{0,2}\d{1,2}(?:\.\d{1,2})?\s?(?:%|\+)?)?"
    )
    score = (
        r"\(?(?:score\s)?[0-3]\s?[+t]?(?:\.?\s?(?:-|to|or|and|,|/)\s?(?:score\s)?[0-3]\s?[+t]?)?\)?[\s.]{0,3}(?:=|:|-|is|are)?\s?"
    )
    level = rf"[\s(]{{0,3}}(?:is\s|=|:|if\s|for\s)?[\s(]{{0,3}}(?:{sign}\s{{0,2}}|score\s)?{number}[\s)]{{0,2}}"
    small = r"(?:\d|10|15|20)(?:\.\d)?\s?%"
    return (
        # "Negative 0-1+, equivocal 2+, positive 3+": a row of states with what each means
        re.compile(rf"\b{state}(?:\s{state})?{level}(?:[\s,;.:()|]{{0,4}}(?:and\s)?{state}{level}){{1,4}}"),
        # "0-1+ negative; 2+ equivocal; 3+ positive"
        re.compile(rf"{score}{state}(?:[\s,;.:|]{{1,4}}{score}{state}){{1,3}}"),
        # "> 1% is positive", "< 1% = negative"
        re.compile(rf"{sign}\s?{small}(?:\s\w+){{0,5}}\s{{0,2}}(?:is|are|=)\s{{0,2}}(?:considered\s)?{state}"),
        # "(positive: > 10 %)", "negative is < 1%"
        re.compile(
            rf"\(\s?{state}\s{{0,2}}(?:is|=|:)?\s{{0,2}}{sign}\s?{small}|\b{state}\s{{0,2}}(?:is|=)\s{{0,2}}{sign}\s?{small}"
        ),
        re.compile(rf"(?:normal|reference|ref\.?|expected|cut-?off)(?:\s\w+)?\s?[:(]?\s?{sign}\s?{number}"),
        # "High (> 35 %). 50 %": limits in brackets before the number itself
        re.compile(
            rf"(?<=[a-z])\s?\(\s?{sign}?\s?{number}\s?\)(?=[\s.:,]{{1,4}}(?:approx\w*\.?\s|about\s)?{sign}?\s?\d{{1,3}}\s?%)"
        ),
        # "reference range: negative < 5 %"
        re.compile(r"\breference(?:\s(?:ranges?|intervals?|values?))?\s?[:=](?:[^.;)\n]|\.(?=\d|\s{0,2}(?:below|less|above|over|[<>\d]))){0,90}"),
        re.compile(r"scale\s+(?:of|from)\s+0\s?\+?\s?(?:-|to)\s?3\s?\+?"),
    )


_MEANS = r"(?:[^\d%]{2,70}\d{1,2}\s?%)?[^\d%]{2,70}"
_SCALE = re.compile(
    rf"(?<![\d.+/])(?:0{_MEANS})?1\s?[+t]{_MEANS}2\s?[+t]{_MEANS}3\s?[+t][^\d.;\n]{{0,60}}"
    rf"|(?<![\d.+/])3\s?[+t]{_MEANS}2\s?[+t]{_MEANS}1\s?[+t](?:{_MEANS}0)?[^\d.;\n]{{0,60}}"
)
_MARKER = re.compile(r"recept|estrogen|progest|\b[ep]g?r\b|her-?2|neu\b|erb|ki-?67")


def _scale(match: re.Match[str]) -> str:
    """ "0 no stain; 1+ faint; 2+ moderate; 3+ strong": what each score means, unless markers stand in between."""
    return match[0] if _MARKER.search(match[0]) else "\x00" * len(match[0])


@cache
def _sentences() -> re.Pattern[str]:
    return re.compile(either(table("words")["legend_sentences"]))


_END = re.compile(r"[.](?=\s)|\n\s*\n|\f")


def without_legends(text: str) -> str:
    """A plain text in which what explains results, and is none, is blotted out."""
    for pattern in _legends():
        text = pattern.sub(_blotted, text)
    text = _SCALE.sub(_scale, text)
    parts, at = [], 0
    for match in _sentences().finditer(text):
        start, end = _sentence_around(text, match)
        if end > at:
            start = max(start, at)
            parts += [text[at:start], "\x00" * (end - start)]
            at = end
    return "".join([*parts, text[at:]])


def _sentence_around(text: str, match: re.Match[str]) -> tuple[int, int]:
    """The sentence of a match, as far as it reaches within bounds."""
    before = list(_END.finditer(text, max(0, match.start() - 220), match.start()))
    after = _END.search(text, match.end(), match.end() + 220)
    start = before[-1].end() if before else max(0, match.start() - 220)
    return start, after.end() if after else min(len(text), match.end() + 220)


_STATE = re.compile(r"(?:not\s|non-?)amplified|positive|negative|equivocal|low|high|borderline|amplified")


def _blotted(match: re.Match[str]) -> str:
    """Blanks for a legend; a row such as "positive 90 %, negative 0 %", without any limit, is two results."""
    row = match[0]
    states = set(_STATE.findall(row))
    if len(states) < 2 and states and len(_STATE.findall(row)) > 1:
        return row
    if len(states) > 1 and not re.search(r"[<>≥≤=+]|than|\d\s?(?:-|to|or|,)\s?\d", row):
        return row
    return "\x00" * len(row)
