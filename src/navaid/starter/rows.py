"""The rows of the embedded data, as they stand in its YAML files."""

from __future__ import annotations

import enum

from navaid.terms import Certainty, Date, Facet, Kind, Population, Record


class Cite(Record, frozen=True):
    """Where a claim stands in a source: `at` is the place, `find` two to seven of the words there."""

    source: str
    at: str
    checked: Date
    opened: str
    find: str = ""


class ClaimRow(Record, frozen=True):
    """A claim as written in a topic file. `asks` are questions, in people's own words, that it helps to answer."""

    id: str
    text: str
    facet: Facet
    certainty: Certainty
    cites: tuple[Cite, ...]
    step: str | None = None
    gist: bool = False
    applies: Population = Population()
    asks: tuple[str, ...] = ()

    @property
    def asked(self) -> str:
        """Its `asks` as the one passage by which they are searched, or an empty string."""
        return " ".join(self.asks)


class Topic(Record, frozen=True):
    """A topic file. `aka` are other names by which people ask for it."""

    id: str
    title: str
    claims: tuple[ClaimRow, ...]
    aka: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()

    @property
    def document_id(self) -> str:
        return f"NAVAID:{self.id}"


class Term(Record, frozen=True):
    """A word of the glossary, in one sentence. `also` are other ways to write it."""

    term: str
    text: str
    cites: tuple[Cite, ...]
    also: tuple[str, ...] = ()


class Scope(enum.StrEnum):
    """Of which cancers a belief is corrected: of breast cancer only, or of any."""

    BREAST = "breast"
    ANY = "any"


class Belief(Record, frozen=True):
    """A false belief that people meet, and the ids of the claims that correct it, the plainest first.

    A question takes it for granted if it meets one pattern of each group of `when` and none of `unless`. A pattern
    is one word or several in a row: `a|b` is either, `radia*` any word that begins so, `...` up to six other words.
    """

    id: str
    belief: str
    claims: tuple[str, ...]
    when: tuple[tuple[str, ...], ...]
    unless: tuple[str, ...] = ()
    scope: Scope = Scope.BREAST


class Beliefs(Record, frozen=True):
    """The file of beliefs. `groups` only gives names to groups of patterns that several beliefs share."""

    groups: dict[str, tuple[str, ...]]
    beliefs: tuple[Belief, ...]


class SourceRow(Record, frozen=True):
    """A source as written in a sources file: what a reader needs to find it, without its text."""

    id: str
    title: str
    publisher: str
    kind: Kind
    url: str
    licence: str
    published: Date | None = None
    updated: Date | None = None


class Starter(Record, frozen=True):
    """All topics (the glossary is one), sources and false beliefs; `fingerprint` changes exactly when the files do."""

    fingerprint: str
    topics: tuple[Topic, ...]
    sources: dict[str, SourceRow]
    glossary: tuple[Term, ...] = ()
    beliefs: tuple[Belief, ...] = ()
