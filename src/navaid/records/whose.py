"""Whose paper it is, and what may be wrong with keeping it among a person's papers: asked before anything is kept."""

from __future__ import annotations

import enum
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

from navaid.records.render.days import in_words
from navaid.terms import Date, Header, Reading, Record

T = TypeVar("T")


class Whose(Record, frozen=True):
    """A person as their papers name them; what no paper says is empty."""

    name: str = ""
    birth_date: Date | None = None
    sex: str = ""


class Doubt(enum.StrEnum):
    """Why a paper may not belong among a person's papers."""

    OTHER_PERSON = "other_person"
    NOT_MEDICAL = "not_medical"
    NOT_BREAST = "not_breast"
    OTHER_LANGUAGE = "other_language"
    DUPLICATE = "duplicate"
    UNREAD = "unread"


class Doubted(Record, frozen=True):
    """A doubt, in words for the person whose paper it is."""

    doubt: Doubt
    words: str


def whose(readings: Iterable[Reading]) -> Whose:
    """The name, birth date and sex that most of these papers give."""
    headers = [reading.header for reading in readings]
    names = Counter(header.person for header in headers if header.person)
    births = Counter(header.birth_date for header in headers if header.birth_date)
    sexes = Counter(header.sex for header in headers if header.sex)
    return Whose(name=_most(names) or "", birth_date=_most(births), sex=_most(sexes) or "")


def doubts(reading: Reading, person: Whose) -> tuple[Doubted, ...]:
    """What speaks against keeping this paper among those of this person, the gravest first; empty as a rule."""
    header = reading.header
    found = list(_other_person(header, person))
    if not header.medical:
        found.append(Doubted(doubt=Doubt.NOT_MEDICAL, words="this does not look like a medical paper"))
    elif header.cancer == "other":
        found.append(Doubted(doubt=Doubt.NOT_BREAST, words="this paper speaks of another cancer than breast cancer"))
    if header.language not in ("en", ""):
        words = f"this paper is not in English ({header.language}), which is the only language that Navaid reads"
        found.append(Doubted(doubt=Doubt.OTHER_LANGUAGE, words=words))
    return tuple(found)


def _other_person(header: Header, person: Whose) -> Iterable[Doubted]:
    if header.birth_date and person.birth_date and header.birth_date != person.birth_date:
        yield Doubted(
            doubt=Doubt.OTHER_PERSON,
            words=f"the birth date on it is {in_words(header.birth_date)}, and on your other papers "
            f"{in_words(person.birth_date)}",
        )
    elif header.person and person.name and not same_name(header.person, person.name):
        yield Doubted(
            doubt=Doubt.OTHER_PERSON,
            words=f"the name on it is {header.person}, and on your other papers {person.name}",
        )


def same_name(one: str, other: str) -> bool:
    """Whether two ways of writing a name may be one person's: any order, initials and middle names left out.

    >>> same_name("DOE, Jane A.", "Jane Doe"), same_name("J. Doe", "Jane Doe"), same_name("Mary Doe", "Jane Doe")
    (True, True, False)
    """
    shorter, longer = sorted((_parts(one), _parts(other)), key=len)
    left = list(longer)
    whole = 0
    for part in sorted(shorter, key=len, reverse=True):
        match = next((name for name in left if name == part), None) or next(
            (name for name in left if 1 in (len(name), len(part)) and name[0] == part[0]), None
        )
        if match is None:
            return False
        left.remove(match)
        whole += match == part and len(part) > 1
    return whole > 0 or not shorter


_TITLES = frozenset("mr mrs ms miss mx dr prof md phd patient name jr sr ii iii".split())


def _parts(name: str) -> Sequence[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return [part for part in re.findall(r"[^\W\d_]+", plain) if part not in _TITLES]


def _most(counted: Counter[T]) -> T | None:
    return counted.most_common(1)[0][0] if counted else None
