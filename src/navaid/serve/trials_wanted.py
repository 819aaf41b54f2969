"""Finding and checking studies for programs: what was asked in words, and whom the studies are held against."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from navaid import config, journeys
from navaid.errors import BadInput, UnreadableSource
from navaid.serve.trials_who import Who
from navaid.terms import Record
from navaid.trials.store import Store

if TYPE_CHECKING:
    from navaid.records.vault import Papers
    from navaid.trials.find.listing import Listing

MOST_ABOUT = 20_000


class Asked(Record, frozen=True):
    """What is wanted, as a person words it. Empty parts do not narrow."""

    words: str = ""
    drug: str = ""
    target: str = ""
    phases: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    near: str = ""
    within_km: float | None = None


@contextmanager
def kept(folder: Path) -> Iterator[Store]:
    """The kept studies. Raises UnreadableSource where their file was damaged."""
    try:
        with Store(folder) as store:
            yield store
    except sqlite3.DatabaseError as error:
        raise UnreadableSource(
            f"the file of trials cannot be read ({error})",
            where=str(folder / "trials.db"),
            fix="delete it and run `navaid trials sync` again",
        ) from error


def find(store: Store, asked: Asked, who: Who, settings: config.Settings, limit: int) -> Listing:
    """The studies in order. Raises BadInput for a place, drug, target, phase or status that is not known."""
    from navaid.models import embedding
    from navaid.trials.find.find import Wanted
    from navaid.trials.find.level import level
    from navaid.trials.find.places import locate
    from navaid.trials.registry_words import phases_named, statuses_named

    if asked.within_km is not None and not asked.near:
        raise BadInput("it is said how far, but not from where", where="within_km", fix="say near which place")
    if asked.near:
        level(store)
    wanted = Wanted(
        words=asked.words,
        about=who.words,
        drug=asked.drug,
        target=asked.target,
        statuses=statuses_named(asked.statuses or (["open"] if who.profile else ["any"])),
        phases=phases_named(asked.phases),
        near=locate(store, asked.near).point if asked.near else None,
        within_km=asked.within_km,
    )
    model = embedding.load(settings.embedding) if who.profile else None
    return journeys.find_trials(store, wanted, profile=who.profile, papers=who.papers, limit=limit, embedder=model)


def about(text: str) -> Who:
    """Whoever a few words are about. Raises BadInput for none, or far too many."""
    from navaid.trials.match.note import profile_of

    if not any(sign.isalnum() for sign in text):
        raise BadInput("nothing is said about the person", where="about", fix='such as "62, metastatic, ER-positive"')
    if len(text) > MOST_ABOUT:
        raise BadInput(
            f"the text has {len(text):,} characters; at most {MOST_ABOUT:,} are read",
            where="about",
            fix="say it in fewer words",
        )
    return Who(profile_of(text), text)


def owner(papers: Papers) -> Who:
    """The person whose papers these are."""
    from navaid.trials.find.about import words_of
    from navaid.trials.match.papers import names

    made = journeys.own_profile(papers)
    return Who(made, words_of(made), names(papers.readings()))
