"""A visit that a person prepares: what to ask, in order, each with where the question comes from."""

from __future__ import annotations

import enum

from navaid.terms.base import Date, Record
from navaid.terms.evidence import Citation


class Origin(enum.StrEnum):
    """Where a question for a visit comes from; the order is that in which they are asked, unless the person moves them.

    `OWN`: the person wrote it. `CONFLICT`: papers disagree. `GAP`: papers do not say what would change an answer.
    `TRIAL`: a study left it open. `ANSWER`: a kept answer did. `LIST`: a list of starter/visits.yaml asks it.
    """

    OWN = "own"
    CONFLICT = "conflict"
    GAP = "gap"
    TRIAL = "trial"
    ANSWER = "answer"
    LIST = "list"


class VisitItem(Record, frozen=True, omit_defaults=True):
    """A question to ask. `id` is the same each time the visit is prepared from the same papers.

    `why` says in plain words why it matters, with `citations` where it states a fact of medicine. `words` are those of
    the papers, with their paper and page. `about` names the concept, the study, the answer or the list behind it.
    `edited` says that the person put the question in words of their own, `done` that it has been asked.
    """

    id: str
    text: str
    origin: Origin
    why: str = ""
    words: str = ""
    about: str = ""
    citations: tuple[Citation, ...] = ()
    edited: bool = False
    done: bool = False


class VisitPlan(Record, frozen=True, omit_defaults=True):
    """What one person takes to a visit. `day` is that of the visit, None where it is not known.

    `items` are in the order in which they are asked; `moved` says that the person chose it. `dropped` are ids of
    questions that the person took out: they stay out. `lists` are the ids of the lists that fit the situation, `bring`
    what those say to take along, `note` the person's own words.
    """

    profile: str
    made: Date
    items: tuple[VisitItem, ...] = ()
    day: Date | None = None
    note: str = ""
    lists: tuple[str, ...] = ()
    bring: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    moved: bool = False

    @property
    def open(self) -> tuple[VisitItem, ...]:
        """The questions that have not been asked yet."""
        return tuple(item for item in self.items if not item.done)
