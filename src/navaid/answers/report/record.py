"""A report explained: its parts in the order of the paper, in each the values and words with what they mean."""

from __future__ import annotations

from navaid.terms import Claim, Date, LeftOut, Record, Source, Verdict


class Shown(Record, frozen=True):
    """A value of the report. `words` are the report's own, on `page`; `value` is what they say, in words.

    `claims` explain the term; they are empty where it was explained before, and where `explained` is False none is
    held. `plain` says that there is no term to explain. `made` tells how a value was worked out that the words do not
    state. `absent` says that the report denies it, `other` that it is not said of the person now. `doubts` are what
    could not be read for certain. `sentence` is where the report denies it, if its words alone do not show that.
    `again` counts further places in the same part.
    """

    concept: str
    label: str
    value: str
    words: str
    page: int
    start: int
    end: int
    asides: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    explained: bool = False
    plain: bool = False
    made: str = ""
    absent: bool = False
    other: bool = False
    sentence: str = ""
    doubts: tuple[str, ...] = ()
    again: int = 0


class Word(Record, frozen=True):
    """A word that stands in the report, as it is written there, and what it means. No value was read from it.

    `denied` is the sentence it stands in, where that says no; whatever it denies, the word is not told as present.
    """

    words: str
    page: int
    claim: Claim
    denied: str = ""


class Part(Record, frozen=True):
    """A section of the report. `heading` is what the report itself calls a part of a specimen."""

    kind: str
    title: str
    heading: str = ""
    about: tuple[Claim, ...] = ()
    values: tuple[Shown, ...] = ()
    words: tuple[Word, ...] = ()


class Explained(Record, frozen=True):
    """A whole report, explained. `silent` are titles of parts in which nothing was read; `notes` what to know first."""

    name: str
    title: str
    about: str
    made: Date
    notes: tuple[str, ...]
    parts: tuple[Part, ...]
    silent: tuple[str, ...]
    questions: tuple[Claim, ...]
    sources: tuple[Source, ...]
    left_out: tuple[LeftOut, ...]
    verdicts: tuple[Verdict, ...]
    notice: str
