"""Do two titles name the same work? Tolerant of how they are written, strict about what they name.

Titles differ in case, punctuation, markup, spelling (tumour, tumor), a subtitle or a trial's name in brackets.
Two reports of one trial differ in a word or a number, so a word or number that stands *instead of* another
makes it another title.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,80}>")  # not "<2 cm"
_BREAK = re.compile(r"<(?:br|p)\b[^<>]{0,80}>", re.I)
_WORD = re.compile(r"[^\W_]+")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SUBTITLE = re.compile(r":\s|\s[–—|-]\s|\?\s|\.\s")
_SITE = re.compile(r"\s[–—·•»:-]\s+|\s*(?:::|\|)\s*")  # what parts a page's title from its site's name
_DIGRAPH = re.compile("[ao]e")  # oestrogen, anaemia
_SMALL = frozenset("a an and as at by for from in is of on or the to vs versus with".split())
_WRITTEN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "α": "alpha", "β": "beta", "γ": "gamma", "κ": "kappa"}
_LEAST_SHARED = 0.9  # of the words of both, where one title only has more words than the other
_LEAST_SPELLING = 0.85  # tumour and tumor .91, randomised .90; palbociclib and ribociclib .76
_LEAST_LETTERS = 5  # short words are compared letter by letter: pre and pro are not one word


def same(ours: str, theirs: Iterable[str], *, page: bool = False) -> bool:
    """Whether one of `theirs` names what `ours` names. On a `page` the name of the site may stand beside it.

    >>> same("Tumour size in HER2-positive disease", ["<i>Tumor Size</i> in HER2 Positive Disease."])
    True
    >>> same("Overall survival with ribociclib", ["Overall survival with palbociclib"])
    False
    >>> same("Mastectomy", ["Mastectomy | Breast Cancer Site"], page=True)
    True
    """
    return any(
        _close(_words(one), _words(other))
        for title in theirs
        for one, other in (*_pairs(plain(ours), plain(title)), *_beside_site(plain(ours), plain(title), page))
    )


def plain(title: str) -> str:
    """The title as one line of text: without markup, entities and control signs."""
    text = html.unescape(html.unescape(title))  # PubMed escapes its markup, some publishers escape it twice
    text = _TAG.sub("", _BREAK.sub(" ", text))
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _pairs(ours: str, theirs: str) -> Iterator[tuple[str, str]]:
    """What to hold against what. A part is held against a whole, never against a part: two reports of one trial
    may share all but the subtitle."""
    yield ours, theirs
    for part in _parts(ours):
        yield part, theirs
    for part in _parts(theirs):
        yield ours, part


def _parts(title: str) -> Iterator[str]:
    """The title without its brackets, and without its subtitle."""
    if (bare := _BRACKETS.sub(" ", title)) != title:
        yield bare
    main = _SUBTITLE.split(title, maxsplit=1)[0]
    if main != title and len(_words(main)) > 1:
        yield main


def _beside_site(ours: str, theirs: str, page: bool) -> Iterator[tuple[str, str]]:
    cuts = list(_SITE.finditer(theirs)) if page else []
    for cut in cuts:
        for piece in (theirs[: cut.start()], theirs[cut.end() :]):
            yield ours, piece
            if (bare := _BRACKETS.sub(" ", ours)) != ours:
                yield bare, piece


def _words(title: str) -> list[str]:
    text = unicodedata.normalize("NFKC", title).casefold()
    words = [_WRITTEN.get(word, word) for word in _WORD.findall(re.sub(r"[®™'’]|\(tm\)", "", text))]
    return [word for word in words if word not in _SMALL] or words


def _close(ours: list[str], theirs: list[str]) -> bool:
    if not ours or not theirs:
        return False
    if "".join(ours) == "".join(theirs):  # "follow-up" and "followup"
        return True
    missing, added = _only_in(ours, theirs), _only_in(theirs, ours)
    for word in list(missing):
        twin = next((other for other in added if _spelled_alike(word, other)), None)
        if twin is not None:
            missing.remove(word)
            added.remove(twin)
    odd = missing + added
    if (missing and added) or any(_has_digit(word) for word in odd):
        return False
    return 1 - len(odd) / (len(ours) + len(theirs)) >= _LEAST_SHARED


def _only_in(words: list[str], others: list[str]) -> list[str]:
    return list((Counter(words) - Counter(others)).elements())


def _spelled_alike(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _LEAST_LETTERS or _has_digit(one) or _has_digit(other):
        return False
    one, other = _DIGRAPH.sub("e", one), _DIGRAPH.sub("e", other)
    if one[0] != other[0]:  # filgrastim and pegfilgrastim are two drugs
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _LEAST_SPELLING


def _has_digit(word: str) -> bool:
    return any(sign.isdigit() for sign in word)
