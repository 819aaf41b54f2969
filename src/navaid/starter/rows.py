"""The rows of the embedded data, as they stand in its YAML files."""

from __future__ import annotations

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
    corrects: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()


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
    """All topics (the glossary is one of them) and sources; `fingerprint` changes exactly when the files do."""

    fingerprint: str
    topics: tuple[Topic, ...]
    sources: dict[str, SourceRow]
    glossary: tuple[Term, ...] = ()
