"""What de-identification takes and gives (`Known`, `Span`, `Key`, `Deidentified`), and how overlaps are settled."""

from __future__ import annotations

import enum
from collections.abc import Iterable

from navaid.terms import Date, Record


class Kind(enum.StrEnum):
    """What a replaced stretch is. The value stands in its placeholder: `[Phone-7KQ2M]`."""

    NAME = "name"
    PLACE = "place"
    ORGANISATION = "organisation"
    ADDRESS = "address"
    DATE = "date"
    AGE = "over-89"
    PHONE = "phone"
    EMAIL = "email"
    WEB = "web"
    CARD = "card"
    ACCOUNT = "account"
    ID = "id"
    MARK = "mark"  # words of the text that look like one of our placeholders


class Known(Record, frozen=True):
    """What the profile knows for sure; it is replaced wherever it stands, in any case and order.

    A name that is also an ordinary word ("May") is left alone where it is written as one and stands alone.
    `ids` are numbers of any sort (record, insurance, phone); `addresses` may hold commas or line breaks.
    """

    names: tuple[str, ...] = ()
    birth_dates: tuple[Date, ...] = ()
    ids: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


class Find(Record, frozen=True):
    """A stretch of the original text that must go: `text[start:end]`."""

    kind: Kind
    start: int
    end: int


class Span(Record, frozen=True):
    """A stretch of the original text that went, and what stands in its place."""

    kind: Kind
    start: int
    end: int
    replacement: str


class Key(Record, frozen=True):
    """What puts the originals back. It is as private as the record itself and never leaves the machine.

    `originals` maps each replacement to the words it stands for. `dates` names the shifted dates in
    canonical form (`2019-05-12`, `2019-05`, `2019`) so that they are known in other written forms too.
    """

    originals: dict[str, str]
    dates: tuple[str, ...] = ()
    offset_days: int = 0

    def joined(self, other: Key) -> Key:
        """Both keys of one profile in one; what this one says about a replacement comes first."""
        return Key(
            originals={**other.originals, **self.originals},
            dates=tuple(sorted({*self.dates, *other.dates})),
            offset_days=self.offset_days or other.offset_days,
        )


class Deidentified(Record, frozen=True):
    """The text that may leave, the spans of the original that were replaced, in order, and the key that stays."""

    text: str
    spans: tuple[Span, ...]
    key: Key


def settle(text: str, ranked: Iterable[Find]) -> list[Find]:
    """The finds in reading order without overlap; an earlier one wins, and what it leaves of a later one stays found.

    >>> settle("Ann Lee", [Find(kind=Kind.NAME, start=0, end=3), Find(kind=Kind.PLACE, start=0, end=7)])[1].start
    4
    """
    owner = [-1] * len(text)
    kinds: list[Kind] = []
    for number, find in enumerate(ranked):
        kinds.append(find.kind)
        for at in range(find.start, find.end):
            if owner[at] < 0:
                owner[at] = number
    out: list[Find] = []
    at = 0
    while at < len(text):
        number, start = owner[at], at
        while at < len(text) and owner[at] == number:
            at += 1
        if number >= 0:
            left, right = start, at
            while left < right and not text[left].isalnum() and text[left] not in "([+#<":
                left += 1
            while right > left and not text[right - 1].isalnum() and text[right - 1] not in ")]>":
                right -= 1
            if any(c.isalnum() for c in text[left:right]):
                out.append(Find(kind=kinds[number], start=left, end=right))
    return out
