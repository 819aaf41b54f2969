"""The one tolerance for typing: a long word one edit away from exactly one word we know.

Only words of seven letters or more: a shorter one has too many neighbours. A word that English
has (`look_alikes.csv`: "globular" is no "lobular") stays what it is.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

MIN_LETTERS = 7
_LETTERS = frozenset(string.ascii_lowercase)


def mend(
    word: str, known: AbstractSet[str], targets: AbstractSet[str], respelled: Mapping[str, str] | None = None
) -> str:
    """The one word of `targets` that `word` (lower case) is an edit away from; `word` if there is no such.

    A word of `known` is taken as it stands. `respelled` says which targets are one word.

    >>> mend("trastuzamab", {"globular"}, {"trastuzumab", "lobular"})
    'trastuzumab'
    >>> mend("globular", {"globular"}, {"trastuzumab", "lobular"})
    'globular'
    """
    if len(word) < MIN_LETTERS or word in known or not _LETTERS.issuperset(word):
        return word
    near = {(respelled or {}).get(target, target) for target in one_edit(word) & targets}
    return near.pop() if len(near) == 1 else word


def respellings(groups: Iterable[Iterable[str]]) -> dict[str, str]:
    """From each word to the first word of its group that is one edit away: "oestrogen" to "estrogen".

    Groups are the single words of one concept, its preferred spelling first. So a listed
    misspelling still counts within a longer form: "trastuzamab deruxtecan" is not trastuzumab.

    >>> respellings([["trastuzumab", "herceptin", "trastuzamab"]])
    {'trastuzamab': 'trastuzumab'}
    """
    found: dict[str, str] = {}
    for group in groups:
        words = [word for word in group if len(word) >= MIN_LETTERS]
        for i, word in enumerate(words):
            nearest = next((first for first in words[:i] if first != word and _one_apart(first, word)), None)
            if nearest:
                found[word] = found.get(nearest, nearest)
    return found


def _one_apart(a: str, b: str) -> bool:
    if abs(len(a) - len(b)) > 1:
        return False
    if len(a) > len(b):
        a, b = b, a
    i = next((i for i, letter in enumerate(a) if letter != b[i]), len(a))
    if len(a) < len(b):
        return a[i:] == b[i + 1 :]
    return a[i + 1 :] == b[i + 1 :] or (a[i : i + 2] == b[i : i + 2][::-1] and a[i + 2 :] == b[i + 2 :])


def one_edit(word: str) -> set[str]:
    """Every string one deletion, swap of neighbours, replacement or insertion away."""
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    near = {a + b[1:] for a, b in cuts if b}
    near.update(a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1)
    near.update(a + c + b[1:] for a, b in cuts if b for c in _LETTERS)
    near.update(a + c + b for a, b in cuts for c in _LETTERS)
    return near
