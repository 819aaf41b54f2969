"""What the profile knows for sure, found in any case, order and with small slips of scanning or typing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from navaid.records.deidentify import lexicon
from navaid.records.deidentify.dates import written
from navaid.records.deidentify.lexicon import fold
from navaid.records.deidentify.spans import Find, Kind, Known

WORD = re.compile(r"[^\W_]+")
CONFUSED = str.maketrans({"0": "o", "1": "l", "5": "s", "8": "b", "6": "b", "|": "l", "!": "l"})
DIGITS = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "|": "1", "S": "5", "B": "8", "Z": "2"})


def known_finds(text: str, known: Known) -> Iterator[Find]:
    """Every place where something of `known` stands."""
    yield from _ids(text, known)
    yield from _addresses(text, known)
    yield from _names(text, known)
    yield from _births(text, known)


def _names(text: str, known: Known) -> Iterator[Find]:
    parts = {_plain(part) for name in known.names for part in WORD.findall(name) if len(part) > 1}
    if not parts:
        return
    found = [(m, _is_name(m.group(), parts)) for m in WORD.finditer(text)]
    for at, (match, hit) in enumerate(found):
        word = match.group()
        if not hit:
            continue
        near = any(
            found[i][1]
            for i in (at - 1, at + 1)
            if 0 <= i < len(found) and _beside(text, found[min(i, at)][0], found[max(i, at)][0])
        )
        if word.islower() and lexicon.plain(fold(word)) and not near:
            continue  # "may" in small letters, alone, is the verb
        yield Find(kind=Kind.NAME, start=match.start(), end=match.end())


def _beside(text: str, left: re.Match[str], right: re.Match[str]) -> bool:
    return len(text[left.end() : right.start()]) <= 3


def _plain(word: str) -> str:
    """Folded, with the signs that scanners confuse made one."""
    return fold(word).translate(CONFUSED).replace("rn", "m").replace("vv", "w").replace("i", "l")


def _is_name(word: str, parts: set[str]) -> bool:
    plain = _plain(word)
    if plain in parts:
        return True
    if len(plain) < 5 or lexicon.plain(fold(word)):
        return False
    return any(abs(len(plain) - len(part)) < 2 and len(part) > 4 and within_one(plain, part) for part in parts)


def within_one(one: str, other: str) -> bool:
    """Whether one letter more, less, other or two swapped make the one word the other.

    >>> within_one("jonhson", "johnson"), within_one("jansen", "johnson")
    (True, False)
    """
    if len(one) > len(other):
        one, other = other, one
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) < len(other):
        return one[at:] == other[at + 1 :]
    swapped = one[:at] + one[at : at + 2][::-1] + one[at + 2 :]
    return one[at + 1 :] == other[at + 1 :] or swapped == other


def _ids(text: str, known: Known) -> Iterator[Find]:
    """Numbers in any grouping, and with letters that are read for digits."""
    even = text.translate(DIGITS)
    for value in known.ids:
        signs = re.sub(r"[\W_]+", "", value).translate(DIGITS)
        if len(signs) > 2:
            pattern = r"(?<![^\W_])" + r"[\s\-./()]{0,2}".join(map(re.escape, signs)) + r"(?![^\W_])"
            for match in re.finditer(pattern, even, re.I):
                yield Find(kind=Kind.ID, start=match.start(), end=match.end())


def _addresses(text: str, known: Known) -> Iterator[Find]:
    """An address as a whole and in its parts; a part that is one ordinary word or a short number needs the whole."""
    for address in known.addresses:
        parts = [part for part in re.split(r"[,;\n]+", address) if part.strip()]
        parts += [tail for part in parts for tail in re.findall(r"\b\d{5}(?:-\d{4})?\b", part)]
        parts += [re.sub(r"^\s*[A-Z]{2}\s+(?=\d)|\b\d+\b|\b[A-Z]{2}\s*$", "", part).strip() for part in parts]
        for part in (address, *parts):
            words = WORD.findall(part)
            if not words or (len(words) == 1 and (len(words[0]) < 4 or lexicon.plain(fold(words[0])))):
                continue
            for match in re.finditer(r"(?<!\w)" + r"[\W_]{1,4}".join(map(_written, words)) + r"(?!\w)", text, re.I):
                yield Find(kind=Kind.ADDRESS, start=match.start(), end=match.end())


SHORT = (
    "street st|road rd|avenue ave av|lane ln|drive dr|court ct|place pl|boulevard blvd|square sq|terrace ter"
    "|apartment apt|suite ste|north n|south s|east e|west w|saint st|mount mt|highway hwy|parkway pkwy|circle cir"
)


def _written(word: str) -> str:
    """A pattern for the word and its short forms: Street, St."""
    for forms in SHORT.split("|"):
        if fold(word) in forms.split():
            return "(?:" + "|".join(forms.split()) + ")"
    return re.escape(word)


def _births(text: str, known: Known) -> Iterator[Find]:
    """Birth dates in a written form, and as eight or six digits in a row."""
    for born in known.birth_dates:
        for first in (True, False):
            for date in written(text, first):
                if (date.year, date.month, date.day) == (born.year, born.month, born.day):
                    yield Find(kind=Kind.DATE, start=date.start, end=date.end)
        for form in ("%d%m%Y", "%m%d%Y", "%Y%m%d", "%y%m%d", "%d%m%y", "%m%d%y"):
            for match in re.finditer(rf"(?<!\d){born.strftime(form)}(?!\d)", text):
                yield Find(kind=Kind.ID, start=match.start(), end=match.end())
