"""Every written person asks every question: what they are shown, what is folded away, and each fitting."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.journeys.written_people import TODAY, person, questions

from navaid import journeys
from navaid.config import Settings
from navaid.library import Library
from navaid.terms import Answer, Claim, Fitting


class Said(NamedTuple):
    """A sentence and what was found of it for one person."""

    claim: Claim
    fitting: Fitting


class Page(NamedTuple):
    """The sentences of one answer by their ids, in reading order."""

    shown: tuple[str, ...]
    folded: tuple[str, ...]


class Told(NamedTuple):
    """All that one person is told: each sentence once, and the page of each question."""

    said: dict[str, Said]
    pages: dict[str, Page]


@contextmanager
def embedded() -> Iterator[Library]:
    """The embedded library, without vectors."""
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder), Settings(embedding="off"), create=True)
        journeys.refresh_starter(library)
        yield library


@cache
def told(library: Library, name: str) -> Told:
    """The answers to all questions for this person."""
    said: dict[str, Said] = {}
    pages: dict[str, Page] = {}
    whose = person(name)
    for id_, text in questions().items():
        answer = journeys.ask(library, text, profile=whose.profile, papers=whose.papers, today=TODAY)
        shown, folded = _shown(answer), answer.personal.folded if answer.personal else ()
        pages[id_] = Page(tuple(claim.id for claim in shown), tuple(claim.id for claim in folded))
        for claim in (*shown, *folded):
            fitting = answer.personal.of(claim.id) if answer.personal else None
            if fitting is None:
                raise LookupError(f"{claim.id} is on the page of {name} for {id_}, and was held against no profile")
            said[claim.id] = Said(claim, fitting)
    return Told(said, pages)


def _shown(answer: Answer) -> tuple[Claim, ...]:
    """Every sentence of the page, each once."""
    sections = (claim for section in answer.sections for claim in section.claims)
    return tuple({claim.id: claim for claim in (*answer.corrections, *sections, *answer.nearest)}.values())
