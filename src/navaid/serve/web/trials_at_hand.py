"""What the pages of trials share: the kept studies, whom they are held against, the search as a piece of work."""

from __future__ import annotations

import contextlib
import math
import re
import sqlite3
from collections.abc import Iterator

from starlette.exceptions import HTTPException

from navaid import journeys
from navaid.errors import BadInput, NavaidError
from navaid.serve.ask_for import Person
from navaid.serve.web import searches
from navaid.serve.web.desk import Desk
from navaid.serve.web.here import Here
from navaid.serve.web.jobs import Job
from navaid.serve.web.searches import About, Form, Search
from navaid.serve.web.work import Done
from navaid.terms import Study
from navaid.trials.find.distance import Point
from navaid.trials.store import Store

LIMIT = 300
_LONGEST = 20_000
_NCT_ID = re.compile(r"NCT\d{8}")
_NOWHERE = (
    "write a town with its state or country, such as “Portland, Oregon” or “Lyon, France”, or a larger one nearby"
)
_NO_DRUG = "write the name or brand of one drug, such as “Enhertu”, or put the words into the first field"
KINDS = {
    "": "any",
    "HER2-positive": "HER2-positive",
    "HER2-low": "HER2-low",
    "hormone receptor positive": "hormone receptor positive (ER or PR)",
    "triple negative": "triple-negative",
    "metastatic": "has spread to other organs (metastatic)",
    "early": "early, has not spread",
    "ductal carcinoma in situ": "DCIS",
    "inflammatory": "inflammatory",
    "lobular": "lobular",
    "male": "in men",
    "BRCA": "with a BRCA change",
}
"""Kinds of breast cancer to choose from: the words that are searched for, and how the form names them."""
PHASES = {"early 1": "Early phase 1", "1": "Phase 1", "2": "Phase 2", "3": "Phase 3", "4": "Phase 4"}


@contextlib.contextmanager
def opened(desk: Desk) -> Iterator[Store]:
    """The kept studies. Raises BadInput where their file is damaged."""
    try:
        with desk.trials() as store:
            yield store
    except sqlite3.DatabaseError as error:
        raise BadInput(
            "the file of trials on this machine is damaged",
            where=str(desk.trials_folder / "trials.db"),
            fix="delete that file and fetch the trials again; your papers are not touched",
        ) from error


def nct_id(given: str) -> str:
    """The id as the registry writes it. Raises HTTPException 404."""
    id_ = given.strip().upper()
    if not _NCT_ID.fullmatch(id_):
        raise HTTPException(404)
    return id_


def study(here: Here, given: str) -> Study | None:
    """The whole study of this id, None where its record is not kept here. Raises HTTPException 404."""
    with opened(here.desk) as store:
        return journeys.show_trial(store, nct_id(given))


def whom(here: Here, form: Form | None = None) -> About | None:
    """Whom studies are held against: whoever's records are open, or who is told of in a few words; else None."""
    from navaid.trials.find.about import words_of
    from navaid.trials.match.note import profile_of

    if here.session.open:
        with here.session.papers() as papers:
            someone = Person(papers)
            return About(someone.profile, someone.names, words_of(someone.profile), papers.name)
    last = searches.last(here.session)
    told = form or (last.form if last else None)
    if told is None or not told.about:
        return None
    return About(profile_of(told.about), words=told.about)


def read(here: Here) -> Form:
    """The search form as it was sent. Raises BadInput for words that are too long."""
    about = here.field("about")
    if len(about) > _LONGEST:
        raise BadInput("that is more text than is read about a person", fix=f"keep it under {_LONGEST:,} letters")
    phases = tuple(value for value in here.form.getlist("phase") if isinstance(value, str) and value in PHASES)
    kind = here.field("kind")
    return Form(
        words=here.field("words")[:300],
        kind=kind if kind in KINDS else "",
        drug=here.field("drug")[:100],
        phases=phases,
        near=here.field("near")[:100],
        within=here.field("within")[:10],
        recruiting=here.field("recruiting") == "yes",
        about=about,
    )


def look(desk: Desk, search: Search, about: About | None, job: Job) -> Done:
    """Does the search. What cannot be searched for is kept with it, to be said beside the form."""
    try:
        with opened(desk) as store:
            _look(desk, store, search, about, job)
    except NavaidError as error:
        search.error = error
    return Done((), f"/trials/found/{search.id}", "See what was found")


def _look(desk: Desk, store: Store, search: Search, about: About | None, job: Job) -> None:
    from navaid.models import embedding
    from navaid.trials.find.find import Wanted
    from navaid.trials.registry_words import phases_named, statuses_named

    form = search.form
    near, search.others = _located(store, form.near)
    wanted = Wanted(
        words=f"{form.words} {form.kind}".strip(),
        about=about.words if about else "",
        drug=form.drug,
        statuses=statuses_named(["open" if form.recruiting else "any"]),
        phases=phases_named(form.phases),
        near=near,
        within_km=_km(form),
    )
    try:
        search.found = journeys.find_trials(
            store,
            wanted,
            profile=about.profile if about else None,
            papers=about.papers if about else None,
            limit=LIMIT,
            embedder=embedding.load(desk.settings.embedding) if about else None,
            on_study=lambda what, done, of: job.tell(now=what[:1].upper() + what[1:], done=done, of=of),
        )
    except BadInput as error:  # a drug that nothing knows
        raise BadInput(error.what, where="drug", fix=_NO_DRUG) from None


def _located(store: Store, near: str) -> tuple[Point | None, tuple[str, ...]]:
    """Where the town is, and others of the same name. Raises BadInput."""
    from navaid.trials.find.level import level
    from navaid.trials.find.places import locate

    if not near:
        return None, ()
    level(store)
    try:
        found = locate(store, near)
    except BadInput as error:
        guess = error.fix.partition("? ")[0] + "? " if error.fix.startswith("did you mean") else ""
        raise BadInput(error.what, where="near", fix=f"{guess[:1].upper()}{guess[1:]}{_NOWHERE}") from None
    return found.point, found.others


def _km(form: Form) -> float | None:
    """How far at most. Raises BadInput for what is no distance, or where it is not said from where."""
    if not form.within:
        return None
    try:
        km = float(form.within.replace(",", "."))
    except ValueError:
        km = math.nan
    if not 0 < km < 25_000:
        raise BadInput("that is no distance", where="within", fix="write kilometers as a number, such as 100")
    if not form.near:
        raise BadInput("it is not said from where", where="near", fix="write a town as well")
    return km
