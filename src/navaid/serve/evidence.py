"""A search for evidence as programs get it: passages, best first, with the documents they stand in."""

from __future__ import annotations

from navaid.answers.plan import cleaned
from navaid.library import Library
from navaid.terms import Date, Kind, Licence, Record, Retraction, ScoredPassage

MOST = 100


class Card(Record, frozen=True):
    """A document without its text. `date` is the day its publisher last spoke, `version` what changes with its text."""

    id: str
    title: str
    publisher: str
    kind: Kind
    url: str | None
    date: Date | None
    retrieved: Date | None
    language: str
    retraction: Retraction
    licence: Licence
    version: str


class Evidence(Record, frozen=True):
    """What was found. `withheld` counts passages whose words may not be shown under their document's licence."""

    query: str
    other_names: tuple[str, ...]
    retrievers: tuple[str, ...]
    passages: tuple[ScoredPassage, ...]
    documents: tuple[Card, ...]
    withheld: int = 0


def search(library: Library, text: str, limit: int) -> Evidence:
    """At most `limit` passages, best first, with their documents in the same order. Raises BadInput."""
    run = library.search(cleaned(text), limit)
    cards = {one.passage.document_id: card(library, one.passage.document_id) for one in run.passages}
    shown = [one for one in run.passages if (held := cards[one.passage.document_id]) and held.licence.show_quote]
    ids = dict.fromkeys(one.passage.document_id for one in shown)
    return Evidence(
        query=run.query,
        other_names=run.expanded,
        retrievers=run.retrievers,
        passages=tuple(shown),
        documents=tuple(held for id_ in ids if (held := cards[id_])),
        withheld=len(run.passages) - len(shown),
    )


def card(library: Library, document_id: str) -> Card | None:
    """The card of a document, None if it is not held."""
    found = library.store.card(document_id)
    if found is None:
        return None
    document, version = found
    return Card(
        id=document.id,
        title=document.title,
        publisher=document.publisher,
        kind=document.kind,
        url=document.url,
        date=document.date,
        retrieved=document.retrieved,
        language=document.language,
        retraction=document.retraction,
        licence=document.licence,
        version=version,
    )
