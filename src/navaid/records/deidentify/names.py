"""Names of people, organisations and places: by grammar (titles, labels), then by what is no known word.

Recall comes first: a capitalised word that no dictionary of English or medicine holds is taken for a name. Words that
are both (Frank, Young, Rose) need a title, a label, or a name beside them.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from itertools import pairwise

from navaid.records.deidentify import lexicon
from navaid.records.deidentify.context import GAP, patterns
from navaid.records.deidentify.lexicon import grammar, listed
from navaid.records.deidentify.people import name_words
from navaid.records.deidentify.spans import Find, Kind
from navaid.records.deidentify.tokens import Token, tokens, with_capitals

HOME_CODE = re.compile(
    r",?\s+(?:[A-Z]{2}\s+)?\d{3,6}(?:[ -]\d{2,3})?(?![\w%]|[./,-]\d)(?!\s?(?:mg|ml|cm|mm|g|people|patients|women"
    r"|days|years)\b)"
)
POSTAL_CODE = re.compile(
    r"(?:,?\s+(?:[A-Za-z]{2}\s+)?|\s*[-–]\s*(?=\d{6}))(?:\d{6}|\d{4,5}|\d{3}\s\d{2}|\d{4}-\d{3}"
    r"|\d{2}-\d{3})(?![\w%]|[./,-]\d|\s?(?:mg|ml|cm|mm|g|people|patients|women)\b)"
)


def names(text: str) -> Iterator[Find]:
    """Every name of a person, organisation or place, surest first."""
    text = with_capitals(text)
    words = tokens(text)
    hot = name_words(text, words)
    yield from _organisations(text, words, hot)
    for first, last in _runs(text, words, hot):
        yield from _sorted_out(text, words, first, last)
    yield from _countries(text, words)


# --------------------------------------------------------------------------- what kind of name


def _runs(text: str, words: list[Token], hot: set[int]) -> Iterator[tuple[int, int]]:
    """Stretches of neighbouring name words: first and last place in `words`."""
    ordered = sorted(hot)
    start = 0
    for at in range(1, len(ordered) + 1):
        broken = at == len(ordered) or ordered[at] != ordered[at - 1] + 1
        if not broken:
            broken = not GAP.match(text[words[ordered[at - 1]].end : words[ordered[at]].start])
        if broken:
            yield ordered[start], ordered[at - 1]
            start = at


def _sorted_out(text: str, words: list[Token], first: int, last: int) -> Iterator[Find]:
    """One find for a place as a whole, one for each word of a person's name."""
    start, end = words[first].start, words[last].end
    before, rules = text[max(0, start - 48) : start], patterns()
    key = " ".join(words[at].key for at in range(first, last + 1))
    home = bool(rules["home"].search(before))
    led = home or bool(rules["place"].search(before))
    person = lexicon.given(words[first].key) and last > first
    nobody = not any(lexicon.given(words[at].key) or lexicon.family(words[at].key) for at in range(first, last + 1))
    if (lexicon.place(key) and (led or nobody)) or (home and not person) or (led and nobody):
        code = (HOME_CODE if home else POSTAL_CODE).match(text, end)
        yield Find(kind=Kind.ADDRESS if code else Kind.PLACE, start=start, end=code.end() if code else end)
        return
    if led and (code := POSTAL_CODE.match(text, end)):
        yield Find(kind=Kind.ADDRESS, start=end, end=code.end())
    for at in range(first, last + 1):
        yield Find(kind=Kind.NAME, start=words[at].start, end=words[at].end)


def _countries(text: str, words: list[Token]) -> Iterator[Find]:
    """Places of several words, and the names of countries that are short."""
    longest = _place_heads()
    for at, word in enumerate(words):
        if not word.capital:
            continue
        if word.key in listed("country_words") and len(word.key) > 3:
            yield Find(kind=Kind.PLACE, start=word.start, end=word.end)
        for count in range(longest.get(word.key, 0), 1, -1):
            run = words[at : at + count]
            joined = all(text[a.end : b.start].strip(" .-") == "" for a, b in pairwise(run))
            if len(run) == count and joined and run[-1].capital and " ".join(w.key for w in run) in _all_places():
                yield Find(kind=Kind.PLACE, start=word.start, end=run[-1].end)
                break


@functools.cache
def _more_places() -> frozenset[str]:
    return frozenset(name.strip() for name in grammar()["more_places"].split("|"))


@functools.cache
def _all_places() -> frozenset[str]:
    return lexicon.words("places") | _more_places()


@functools.cache
def _place_heads() -> dict[str, int]:
    """The first word of each place of several words, and the most words that follow it, itself included."""
    out: dict[str, int] = {}
    for name in _all_places():
        parts = name.split()
        if len(parts) > 1:
            out[parts[0]] = max(out.get(parts[0], 0), len(parts))
    return out


# --------------------------------------------------------------------------- organisations


def _organisations(text: str, words: list[Token], hot: set[int]) -> Iterator[Find]:
    """Capitalised words before a head (Hospital, Inc), after a lead (works for), or `University of …`."""
    pairs = {match.start(): match.end() for match in patterns()["pair"].finditer(text)}
    for at, word in enumerate(words):
        if not word.capital:
            continue
        paired = word.start in pairs
        if paired or word.key in listed("organisation_heads"):
            first = _leftward(text, words, at)
            end = pairs.get(word.start, word.end)
            proper = [i for i in range(first, at) if not _says_nothing(words[i])]
            if proper and (not word.mass or any(i in hot for i in proper)):
                yield Find(kind=Kind.ORGANISATION, start=words[first].start, end=end)
            elif at + 2 < len(words) and words[at + 1].key == "of" and at + 2 in hot:
                last = at + 2
                while last + 1 in hot and GAP.match(text[words[last].end : words[last + 1].start]):
                    last += 1
                yield Find(kind=Kind.ORGANISATION, start=word.start, end=words[last].end)
        elif not word.mass and patterns()["organisation"].search(text[max(0, word.start - 40) : word.start]):
            last = at
            while (
                last + 1 < len(words)
                and words[last + 1].capital
                and text[words[last].end : words[last + 1].start] == " "
            ):
                last += 1
            if any(not _says_nothing(words[i]) for i in range(at, last + 1)):
                yield Find(kind=Kind.ORGANISATION, start=word.start, end=words[last].end)


def _says_nothing(word: Token) -> bool:
    return word.key in listed("not_organisation") or lexicon.medical(word.key) or word.key in listed("titles")


def _leftward(text: str, words: list[Token], at: int) -> int:
    """The first of the capitalised words before `words[at]`, joined by spaces, `&`, `and`, `of`, or a firm's comma."""
    first = at
    while first > 0:
        gap = text[words[first - 1].end : words[first].start]
        before = words[first - 1]
        if (
            before.capital
            and re.fullmatch(r"\s?(?:[ \t]|\.\s|[ \t]?&[ \t]?|['’]s\s|,\s(?=Inc|LLC|Ltd|P\.?C)|-)", gap)
            and not (before.first and _says_nothing(before) and before.key not in {"st", "mt"})
        ):
            first -= 1
        elif before.key in {"and", "of", "the", "for", "de"} and first > 1 and words[first - 2].capital and gap == " ":
            first -= 2 if not words[first - 2].mass else 0
            if words[at].mass:
                break
        else:
            break
    while first < at and (
        words[first].key in {"the", "of", "and", "for"}
        or (_says_nothing(words[first]) and words[first].first and words[first].key not in {"st", "mt"})
    ):
        first += 1
    return first
