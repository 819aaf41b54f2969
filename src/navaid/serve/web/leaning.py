"""Kept answers that lean on a document which is no longer held as it was when they were made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from navaid.answers.visit import kept
from navaid.library.store import Store
from navaid.serve.web.here import Here
from navaid.terms import Answer

_MOST = 200


class Leaning(NamedTuple):
    """An answer, and the titles of what changed or is gone. `own` is one that is kept with a person's papers."""

    id: str
    title: str
    changed: tuple[str, ...]
    own: bool


def leaning(here: Here, store: Store, document: str = "") -> list[Leaning]:
    """The kept answers of which a source changed; with a document's id, those that cite it at all."""
    return [
        Leaning(answer.id, answer.title, titles, own)
        for answer, own in _answers(here, store)
        if (titles := tuple(_titles(answer, store, document)))
    ]


def _titles(answer: Answer, store: Store, document: str) -> Iterator[str]:
    for source in answer.sources:
        if document:
            if source.document == document:
                yield source.title
        elif source.held and source.version:
            card = store.card(source.document)
            if card is None or card[1] != source.version:
                yield source.title


def _answers(here: Here, store: Store) -> Iterator[tuple[Answer, bool]]:
    for id_, _, _ in store.saved_answers()[:_MOST]:
        answer = store.saved_answer(id_)
        if answer is not None:
            yield answer, False
    if here.session.open and here.session.profile:
        with here.session.papers() as papers:
            for answer in kept.answers(papers)[:_MOST]:
                yield answer, True
