"""Placeholders: the words to hide and the profile's seed enter, `[Name-7KQ2M]` leaves, the same one every time.

The five signs are an HMAC of the words without case and accents, so one name has one code throughout a profile, and
nothing can be read from it without the seed. The case of the label is the case of the words (`[NAME-…]` for capitals);
a spelling that these do not determine gets two more signs (`[Name-7KQ2M.4X]`), so that restoring is exact.
"""

from __future__ import annotations

import hashlib
import hmac
import re

from navaid.records.deidentify.lexicon import fold
from navaid.records.deidentify.spans import Kind

SIGNS = "23456789BCDFGHJKLMNPQRSTVWXZ"  # no vowels: no code spells a word
NUMBERS = {Kind.PHONE, Kind.CARD, Kind.ACCOUNT, Kind.ID}
PLACEHOLDER = re.compile(
    rf"\[?(?<![\w-])({'|'.join(Kind)})-([{SIGNS}]{{5,30}}(?:\.[{SIGNS}]{{2}})?)(?![\w-])\]?", re.IGNORECASE
)


def digest(seed: bytes, *parts: str) -> int:
    """A number that only the seed and the parts determine."""
    message = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return int.from_bytes(hmac.new(seed, message, hashlib.sha256).digest(), "big")


def _signs(number: int, length: int) -> str:
    out = ""
    for _ in range(length):
        number, rest = divmod(number, len(SIGNS))
        out += SIGNS[rest]
    return out


def placeholder(words: str, kind: Kind, seed: bytes, length: int = 5) -> str:
    """The placeholder of these words.

    >>> placeholder("Smith", Kind.NAME, b"s") == placeholder("SMITH", Kind.NAME, b"s").replace("NAME", "Name")
    True
    """
    plain = fold(words)
    stem = re.sub(r"[\W_]+", "", plain) if kind in NUMBERS else " ".join(plain.split())
    code = _signs(digest(seed, "stem", kind, stem), length)
    label = kind.value.capitalize()
    if kind in NUMBERS and words == stem:
        return f"[{label}-{code}]"
    if kind not in NUMBERS and len(stem) > 1:
        for cased, form in ((stem.title(), label), (stem.upper(), kind.value.upper()), (stem, kind.value)):
            if words == cased:
                return f"[{form}-{code}]"
    return f"[{label}-{code}.{_signs(digest(seed, 'surface', kind, words), 2)}]"
