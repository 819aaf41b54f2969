"""The line of treatment that a drug was given in: "capecitabine second line", "2L: fulvestrant"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from navaid.records.extract.treatments.lexicon import Term
from navaid.records.extract.view import View

_WORDED = (
    r"(?:(?P<word>first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th)[ -]?line|(?P<digit>[1-6])L)\b(?!\s+imaging)"
)
_LINE = re.compile(rf"\b{_WORDED}", re.IGNORECASE)
_NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
# Right behind the drug; `open` where only a comma or a blank stands between, so that it may open the next drug.
_BEHIND = re.compile(
    rf"(?P<apart>\s?[,;]\s?|\s(?:and|then)\s)?[\s(\[–-]{{0,3}}"
    rf"(?P<as>(?:(?:in|as|for|given|used|was|is|the|a|her|his|therapy|treatment)\s){{1,4}})?{_WORDED}",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"\s?[:=-]?\s?(?:(?:therapy|treatment|chemotherapy|with|of|was|is|on)[\s:]{1,2}){0,3}", re.IGNORECASE
)
_ENDED = re.compile(r"[,;.)/]|\b(?:then|and|followed|after|switched|changed|now|later)\b", re.IGNORECASE)
_BEFORE, _AFTER = 130, 40


def line(view: View, found: Sequence[Term], place: int, first: int, upto: int) -> int:
    """The line of the drug at `found[place]` in the list `text[first:upto]`; 0 where the paper names none.

    What stands right behind the drug is its own; then what stands before its list, unless that is said of a drug
    before; then what stands behind the list.
    """
    text, term = view.text, found[place]
    sentence = view.sentence_at(term.start)
    end = max(sentence.end, term.end)
    following = found[place + 1].start if place + 1 < len(found) else len(text)
    if own := _right_behind(text, term.end, end, following):
        return own
    before = [*_LINE.finditer(text, max(sentence.start, first - _BEFORE), first)]
    if before and not _of_another(text, found, place, before[-1], first):
        return _number(before[-1])
    after = next((other.start for other in found[place + 1 : place + 14] if other.start >= upto), len(text))
    if own := _right_behind(text, upto, end, after):
        return own
    behind = _LINE.search(text, upto, min(end, upto + _AFTER, after))
    return _number(behind) if behind and not _opens(text, behind.end(), after) else 0


def _right_behind(text: str, at: int, end: int, following: int) -> int:
    match = _BEHIND.match(text, at, end)
    if not match or match.end() > following:
        return 0
    return 0 if match["apart"] and not match["as"] and _opens(text, match.end(), following) else _number(match)


def _opens(text: str, at: int, following: int) -> bool:
    """Whether the next drug follows at once: ", 2L capecitabine"."""
    return following - at < 40 and bool(_OPENS.fullmatch(text, at, following))


def _of_another(text: str, found: Sequence[Term], place: int, match: re.Match[str], first: int) -> bool:
    """Whether a line is said of a drug that stands right before it: "letrozole 1L, then fulvestrant"."""
    for other in reversed(found[max(0, place - 14) : place]):
        if other.end <= match.start():
            behind = _BEHIND.match(text, other.end, match.end())
            own = behind and behind.end() == match.end() and (not behind["apart"] or behind["as"])
            return bool(own and _ENDED.search(text, match.end(), first))
    return False


def _number(match: re.Match[str]) -> int:
    word = (match["word"] or "").lower()
    return int(match["digit"] or 0) or _NUMBERS.get(word) or int(word[0])
