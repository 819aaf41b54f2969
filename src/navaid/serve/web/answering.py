"""The answers of a session: made when they are first looked at, found again, kept where they belong.

An answer has one address, whatever it is: a question of this session, one kept with the open papers (they hold what is
made from them), or one kept in the library.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from starlette.exceptions import HTTPException

from navaid import journeys
from navaid.answers.follow import follow
from navaid.answers.render.mine import ME
from navaid.answers.render.words import words
from navaid.errors import BadInput
from navaid.serve.ask_for import KIND, Person
from navaid.serve.web.here import Here
from navaid.serve.web.sessions import Asked
from navaid.terms import Answer, Date

_HELD = 6
"""So many answers of a session are held at once."""


@dataclass(frozen=True)
class Found:
    """An answer by its address. `place`: asked in this session, kept with the papers (`mine`) or in the library."""

    id: str
    place: Literal["asked", "mine", "library"]
    profile: str
    asked: Asked | None = None
    kept: Answer | None = None

    @property
    def text(self) -> str:
        """The question."""
        return self.asked.text if self.asked else self.kept.question.text if self.kept else ""


def ask(here: Here, text: str, *, after: str = "", mine: bool = False) -> Asked:
    """Remembers a question; it is answered once somebody looks. Raises BadInput for one that cannot be read."""
    before = here.session.asked.get(after)
    whole = follow(text, before.text) if before else text
    journeys.first(whole)
    asked = here.session.ask(whole, after if before else "")
    asked.typed = text
    asked.profile = here.session.profile if mine and here.session.open else ""
    return asked


def find(here: Here, id_: str) -> Found:
    """Where this answer is. Raises HTTPException 404 if nowhere."""
    if asked := here.session.asked.get(id_):
        return Found(id_, "asked", asked.profile, asked=asked)
    if here.session.open and here.session.profile:
        with here.session.papers() as papers:
            if papers.page(KIND, id_) is not None:
                return Found(id_, "mine", papers.name, kept=Person(papers).answer(id_))
    if here.desk.accounts is None:
        with here.desk.library() as library:
            kept = library.store.saved_answer(id_)
        if kept is not None:
            return Found(id_, "library", "", kept=kept)
    raise HTTPException(404)


def answer(here: Here, found: Found) -> Answer:
    """The answer, made now if it is looked at for the first time."""
    if found.kept is not None:
        return found.kept
    asked = found.asked
    if asked is None:
        raise HTTPException(404)
    if asked.answer is None:
        asked.answer = anew(here, found)
        made = [one for one in here.session.asked.values() if one.answer is not None and one is not asked]
        for one in made[: max(0, len(made) + 1 - _HELD)]:
            one.answer = None  # made again if somebody looks: the memory of many readers is worth more
    return asked.answer


def anew(here: Here, found: Found) -> Answer:
    """The same question answered now, from the same person's papers if it was."""
    country = here.session.country or None
    with _person(here, found.profile) as someone, here.desk.library() as library:
        if someone is None:
            return journeys.ask(library, found.text, country=country)
        return journeys.ask(library, found.text, profile=someone.profile, papers=someone.names, country=country)


def for_everybody(here: Here, question: str) -> Answer:
    """The answer that anybody gets to this question, with nothing of the papers in it."""
    with here.desk.library() as library:
        return journeys.ask(library, question)


def without_person(here: Here, found: Found) -> str:
    """The question as it may be shared: without names, dates and numbers that point to the person."""
    from navaid.answers.personal import general

    if not (here.session.open and here.session.profile):
        return general.question(found.text, ())
    with here.session.papers(found.profile or None) as papers:
        return general.question(found.text, papers.readings(), (papers.name,))


def keep(here: Here, found: Found) -> str:
    """Keeps the answer as `navaid ask --save` does, and tells where. What is made from papers stays with them."""
    made = answer(here, found)
    with _person(here, found.profile) as someone:
        if someone is not None:
            someone.keep(made)
            whose = "your papers" if someone.papers.name == ME else f"the papers of {someone.papers.name}"
            return f"Kept with {whose}, encrypted as they are."
    if here.desk.accounts is not None:
        raise BadInput(
            "an answer for everybody is not kept here: this server is shared",
            where="this page",
            fix="save it as a file, or ask from your own papers",
        )
    with here.desk.library() as library:
        library.store.save_answer(made)
    return "Kept on this machine. It is not encrypted: whoever uses this machine can read the question."


def forget(here: Here, found: Found) -> None:
    """Forgets an answer, wherever it is."""
    if found.place == "asked":
        del here.session.asked[found.id]
    elif found.place == "mine":
        with here.session.papers(found.profile) as papers:
            papers.drop_page(KIND, found.id)
    else:
        with here.desk.library() as library:
            library.store.drop_answer(found.id)


def kept(here: Here) -> tuple[list[tuple[str, str, str]], list[tuple[str, str, str]]]:
    """Id, day and title of what is kept with the open papers, and of what is kept in the library."""
    mine: list[tuple[str, str, str]] = []
    if here.session.open and here.session.profile:
        with here.session.papers() as papers:
            mine = [(page.id, words("en").date(page.date), page.title) for page in papers.pages(KIND)]
    if here.desk.accounts is not None:
        return mine, []
    with here.desk.library() as library:
        held = library.store.saved_answers()
    return mine, [(id_, words("en").date(Date.fromisoformat(day)), title) for id_, day, title in held]


@contextlib.contextmanager
def _person(here: Here, profile: str) -> Iterator[Person | None]:
    if not profile:
        yield None
        return
    with here.session.papers(profile) as papers:
        yield Person(papers)
