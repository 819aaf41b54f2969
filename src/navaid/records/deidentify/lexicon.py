"""Which words are ordinary, medical, a name or a place: a word enters, yes or no leaves.

The lists lie in `words/` (their sources and licences in its README), the grammar's own words in grammar.yaml.
"""

from __future__ import annotations

import functools
import gzip
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from navaid.tables import load as load_table
from navaid.vocabulary.concepts import read_concepts

HERE = Path(__file__).parent
ENDINGS = (("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ly", ""))
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


@functools.lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """The word in lower case, without accents.

    >>> fold("Šárka Ødegård")
    'sarka odegard'
    """
    plain = unicodedata.normalize("NFKD", word.casefold().translate(LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c))


def _unpacked(name: str) -> Iterator[str]:
    """The words of a list: each line is the number of letters shared with the line before (from "A"), and the rest."""
    before = ""
    for line in gzip.decompress((HERE / "words" / name).read_bytes()).decode("ascii").splitlines():
        before = before[: ord(line[0]) - 65] + line[1:]
        yield before


@functools.cache
def words(name: str) -> frozenset[str]:
    """A list of `words/`: `ordinary`, `drugs`, `given`, `given_too`, `family`, `places`."""
    return frozenset(_unpacked(f"{name}.gz"))


@functools.cache
def grammar() -> dict[str, Any]:
    loaded: dict[str, Any] = load_table((HERE / "grammar.yaml").read_text(encoding="utf-8"))
    return loaded


@functools.cache
def listed(*path: str) -> frozenset[str]:
    """A word list of grammar.yaml, folded: `listed("titles")`."""
    found: Any = grammar()
    for step in path:
        found = found[step]
    return frozenset(fold(word) for word in found.split())


@functools.cache
def _vocabulary() -> frozenset[str]:
    """Every single word of the project's own vocabulary of medicine, less the ordinary small ones."""
    out: set[str] = set()
    for concept in read_concepts().values():
        for form in (concept.name, *concept.forms):
            out |= {fold(part) for part in re.findall(r"[^\W\d_]{2,}", form)}
    return frozenset(out)


@functools.lru_cache(maxsize=65536)
def ordinary(word: str) -> bool:
    """Whether a folded word is in the dictionary, itself, by a regular ending, or in each part of a compound.

    >>> ordinary("sections"), ordinary("well-circumscribed"), ordinary("jyvaskyla")
    (True, True, False)
    """
    if "-" in word or "'" in word:
        return all(ordinary(part) for part in re.split(r"[-'’]", word))
    known = words("ordinary")
    return (
        len(word) < 2
        or word in known
        or word in listed("ordinary")
        or any(
            word.endswith(end) and len(word) > len(end) + 2 and word[: -len(end)] + put in known for end, put in ENDINGS
        )
    )


@functools.lru_cache(maxsize=65536)
def clinical(word: str) -> bool:
    """Whether a folded word is in the vocabulary or in the grammar's lists of medicine, itself or in each part.

    >>> clinical("bloom-richardson"), clinical("richardson"), clinical("young")
    (True, False, False)
    """
    if any(word in listed(name) for name in ("medical", "eponyms", "headings")):
        return True
    if word in listed("signs"):
        return not (len(word) > 3 and word in words("given"))  # ELISA, but Elisa: the shape has to tell
    if word in _vocabulary():
        # "white" of white blood cells and "young" of young women are surnames too
        return not (ordinary(word) and (word in words("given") or word in words("family")))
    if "-" in word or "'" in word:
        parts = re.split(r"[-'’]", word)
        return any(clinical(part) for part in parts) and all(clinical(part) or ordinary(part) for part in parts)
    return bool(re.fullmatch(grammar()["stage_slips"], word))


@functools.lru_cache(maxsize=65536)
def medical(word: str) -> bool:
    """Whether a folded word is one of medicine's: clinical, a drug, or built like one.

    >>> medical("endocervical"), medical("lumpectomies"), medical("jyvaskyla")
    (True, True, False)
    """
    if clinical(word):
        return True
    if "-" in word or "'" in word:
        return all(medical(part) or ordinary(part) for part in re.split(r"[-'’]", word))
    if word in words("given") or word in words("family") or word in words("places"):
        return False
    if word in words("drugs") or re.search(grammar()["medical_endings"], word):
        return True
    prefixed = re.fullmatch(grammar()["medical_prefixes"], word)
    return bool(prefixed and (_told(prefixed["rest"]) or re.search(grammar()["medical_endings"], word)))


@functools.lru_cache(maxsize=16384)
def glued(word: str) -> bool:
    """Whether a folded word is several ordinary or medical ones run together, as in a text that lost its spaces.

    >>> glued("breastbiopsyshowed"), glued("okaforwitz")
    (True, False)
    """
    if len(word) > 120:
        return True
    fine = [True] + [False] * len(word)
    for end in range(2, len(word) + 1):
        for start in range(max(0, end - 20), end - 1):
            part = word[start:end]
            if (
                fine[start]
                and (_told(part) or part in listed("signs"))
                and (len(part) > 2 or part in listed("signs") | listed("headings"))
            ):
                fine[end] = True
                break
    return fine[-1]


@functools.lru_cache(maxsize=65536)
def misspelt(word: str) -> bool:
    """Whether a folded word of seven letters or more is one letter off an ordinary or medical one, as scanners write.

    >>> misspelt("immunohistochernistry"), misspelt("jorgensen")
    (True, False)
    """
    if not 7 <= len(word) <= 30 or word in words("given") or word in words("family") or word in words("places"):
        return False
    if "rn" in word and (_told(word.replace("rn", "m", 1)) or _told(word.replace("rn", "m"))):
        return True
    letters = "abcdefghijklmnopqrstuvwxyz"
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        near = [head + tail[1:], head + tail[1:2] + tail[:1] + tail[2:]] if tail else []
        near += [head + letter + tail for letter in letters]
        near += [head + letter + tail[1:] for letter in letters] if tail else []
        if any(_told(other) for other in near):
            return True
    return False


def _told(word: str) -> bool:
    return ordinary(word) or word in _vocabulary() or word in listed("medical") or word in listed("eponyms")


def plain(word: str) -> bool:
    """Whether a folded word says nothing about who someone is."""
    return ordinary(word) or medical(word) or word in listed("calendar") or word in listed("peoples")


def given(word: str) -> bool:
    return _any_part(word, "given")


def perhaps_given(word: str) -> bool:
    """Whether a word is a given name somewhere, though also a common English word: Per, Rune, Page."""
    return given(word) or word in words("given_too")


def family(word: str) -> bool:
    return _any_part(word, "family")


def place(word: str) -> bool:
    return word in words("places")


def _any_part(word: str, name: str) -> bool:
    return any(part in words(name) for part in re.split(r"[-'’]", word) if len(part) > 1)
