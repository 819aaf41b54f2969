"""What explains results and is none: rows of limits, keys of scores, sentences of criteria. They are blotted out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from navaid.records.extract.receptors.tables import either, table


@cache
def _legends() -> tuple[re.Pattern[str], ...]:
    state = (
        r"(?:positive|negative|equivocal|indeterminate|borderline|low|high|intermediate|favou?rable"
        r"|(?:not\s|non-?)?amplified|normal)"
    )
    sign = r"(?:[<>≥≤=/]{1,3}|less\s+than|greater\s+than|more\s+than)"
    number = (
        r"\d{1,2}(?:\.\d{1,2})?\s?(?:%|\+)?(?:\s?(?:-|to|or|and|,|/)\s?[<>=]{0,2}\d{1,2}(?:\.\d{1,2})?\s?(?:%|\+)?)?"
    )
    score = (
        r"\(?(?:score\s)?[0-3]\s?[+t]?(?:\.?\s?(?:-|to|or|and|,|/)\s?(?:score\s)?[0-3]\s?[+t]?)?\)?"
        r"[\s.]{0,3}(?:=|:|-|is|are)?[\s.]{0,3}"
    )
    level = rf"[\s(]{{0,3}}(?:is\s|=|:|if\s|for\s)?[\s(]{{0,3}}(?:{sign}\s{{0,2}}|score\s)?{number}[\s)]{{0,2}}"
    small = r"(?:\d|10|15|20)(?:\.\d)?\s?%"
    return (
        # "Negative 0-1+, equivocal 2+, positive 3+": a row of states with what each means
        re.compile(
            rf"\b{state}(?:\s{state})?{level}(?:[\s,;.:()|]{{0,4}}(?:and\s)?{state}(?:\s{state})?{level}){{1,4}}"
        ),
        # "0-1+ negative; 2+ equivocal; 3+ positive"
        re.compile(rf"{score}{state}(?:[\s,;.:|]{{1,4}}{score}{state}){{1,3}}"),
        # "ratio > 2.2 positive; 1.8-2.2 equivocal; < 1.8 negative"
        re.compile(
            rf"(?:{sign}\s?)?\d\.\d\d?(?:\s?-\s?\d\.\d\d?)?[\s:=]{{0,3}}{state}(?:[\s,;.]{{1,4}}(?:{sign}\s?)?\d\.\d\d?(?:\s?-\s?\d\.\d\d?)?[\s:=]{{0,3}}{state}){{1,3}}"
        ),
        # "0-4 % negative, 5-19 % borderline, 20 % and above positive"
        re.compile(
            rf"\d{{1,3}}(?:\s?-\s?\d{{1,3}})?\s?%\s?(?:(?:and|or)\s(?:above|more|over|greater|below|less)\s)?{state}"
            rf"(?:[\s,;.]{{1,4}}(?:{sign}\s?)?\d{{1,3}}(?:\s?-\s?\d{{1,3}})?\s?%\s?(?:(?:and|or)\s\w+\s)?{state}){{2,3}}"
        ),
        # "equivocal = 10.7 - 11.4"
        re.compile(rf"\b{state}\s?[=:]\s?\d{{1,2}}\.\d\d?\s?(?:-|to)\s?\d{{1,2}}\.\d\d?"),
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
        re.compile(
            r"\breference(?:\s(?:ranges?|intervals?|values?))?\s?[:=]\s{0,3}(?:[^.;)\n]|\.(?=\d|\s{0,2}(?:below|less|above|over|[<>\d]))){0,90}"
        ),
        # "Allred 0-2 negative; 3-8 positive"
        re.compile(
            rf"\d{{1,3}}\s?(?:-|to)\s?\d{{1,3}}[\s:=]{{1,3}}{state}"
            rf"[\s,;.]{{1,4}}\d{{1,3}}\s?(?:-|to)\s?\d{{1,3}}[\s:=]{{1,3}}{state}"
        ),
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


LEGEND_BEFORE, LEGEND_AFTER = 500, 900
SHORT_LINE = 40
_LINE = re.compile(r"[^\n]*\n")
_ROW = re.compile(r"[ \t]*[a-z][^\n:.]{1,44}:\s|[^\n]*[\t|]")  # a field of a form or a row of a table
_ASIDE = re.compile(r"[^()\n]{0,60}\)")
_LINE_END = re.compile(r"\n")
_END = re.compile(r"[.](?=\s)|(?<=[a-z]{3})[.](?=[a-z])|\n\s*\n|\f")


def without_legends(text: str, near: Iterable[int]) -> str:
    """A plain text in which what explains results, and is none, is blotted out around these offsets, in order."""
    parts, at = [], 0
    for start, end in _around(near, len(text)):
        parts += [text[at:start], _without_legends(text[start:end])]
        at = end
    return "".join([*parts, text[at:]])


def _around(near: Iterable[int], size: int) -> list[tuple[int, int]]:
    """The stretches of a text in which something may be said of a marker."""
    found: list[tuple[int, int]] = []
    for offset in near:
        start, end = max(0, offset - LEGEND_BEFORE), min(size, offset + LEGEND_AFTER)
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _without_legends(text: str) -> str:
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
    """The sentence of a match, as far as it reaches within bounds; where it stands in brackets, what is in them."""
    opened = text.rfind("(", max(0, match.start() - 40), match.start() + 1)
    if opened >= 0 and (aside := _ASIDE.match(text, opened + 1)) and aside.end() > match.end():
        return opened, aside.end()
    before = list(_END.finditer(text, max(0, match.start() - 220), match.start()))
    after = _END.search(text, match.end(), match.end() + 220)
    start = before[-1].end() if before else max(0, match.start() - 220)
    for line in _LINE.finditer(text, start, match.start()):
        if len(line[0]) < SHORT_LINE or _ROW.match(line[0]):  # not a line of running text
            start = line.end()
    end = after.end() if after else min(len(text), match.end() + 220)
    for found in _LINE_END.finditer(text, match.end(), end):
        if _ROW.match(text, found.end()):
            return start, found.start()
    return start, end


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
