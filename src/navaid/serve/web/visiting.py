"""Changing the plan of a visit from a page: one change at a time, each to the question that the page showed."""

from __future__ import annotations

import threading
from collections.abc import Callable

from navaid import journeys
from navaid.answers.visit import kept, plan
from navaid.serve.web.here import Here
from navaid.terms import Date, VisitPlan

_TURN = threading.Lock()
"""Two tabs may send at once; the second change is made to the plan that the first one left."""
GONE = "That question is not on the list any more. Here is how the list stands now."
FROM = {
    "own": "your own",
    "conflict": "your papers disagree",
    "gap": "not in your papers",
    "trial": "for a study",
    "answer": "from an answer",
    "list": "from a list for such visits",
}


def prepare(here: Here, day: Date | None = None, *, anew: bool = False) -> VisitPlan:
    """The plan made from the papers as they are now; what the person changed before stays, unless `anew`."""
    with _TURN, here.session.papers() as papers, here.desk.library() as library:
        return journeys.prepare_visit(papers, library, day=day, anew=anew)


def change(here: Here, id_: str, do: Callable[[VisitPlan, int], VisitPlan]) -> bool:
    """Whether the question of this id was there, and was changed."""
    with _TURN, here.session.papers() as papers:
        held = kept.plan(papers)
        number = next((n for n, item in enumerate(held.items, 1) if item.id == id_), 0) if held else 0
        if held is None or not number:
            return False
        kept.keep(papers, do(held, number))
        return True


def change_all(here: Here, do: Callable[[VisitPlan], VisitPlan]) -> bool:
    """Whether there is a plan, and it was changed."""
    with _TURN, here.session.papers() as papers:
        held = kept.plan(papers)
        if held is None:
            return False
        kept.keep(papers, do(held))
        return True


def add(here: Here, text: str) -> str:
    """What was done: the question is on the list, which is made first where there is none. Raises BadInput."""
    with here.session.papers() as papers:
        there = kept.plan(papers) is not None
    if not there:
        prepare(here)
    words, had = " ".join(text.split()), False

    def with_it(held: VisitPlan) -> VisitPlan:
        nonlocal had
        had = _has(held, words)
        return held if had else plan.add(held, words)

    change_all(here, with_it)
    if had:
        return "This question is on your list for the visit already."
    return "The question was added to your list for the visit."


def _has(held: VisitPlan, words: str) -> bool:
    return any(item.text.casefold() == words.casefold() for item in held.items)
