"""The plan of a visit and the answers, as they are kept with a person's papers."""

from __future__ import annotations

from msgspec import DecodeError

from navaid.answers.render import from_json
from navaid.errors import BadInput, NavaidError
from navaid.records.vault import KeptPage, Papers
from navaid.terms import Answer, VisitPlan, decode, encode

_KIND, _ID = "visit", "next"  # one visit is prepared at a time


def plan(papers: Papers) -> VisitPlan | None:
    """The plan that was kept, None where there is none yet. Raises BadInput for one that cannot be read any more."""
    body = papers.page(_KIND, _ID)
    if body is None:
        return None
    try:
        return decode(body, VisitPlan)
    except DecodeError:
        raise BadInput(
            "the kept plan of the visit cannot be read by this version of Navaid",
            where=f"the papers of {papers.name}",
            fix="`navaid visit prepare --anew` makes a new one, without what was changed in it",
        ) from None


def keep(papers: Papers, made: VisitPlan) -> None:
    """Keeps the plan, encrypted as the papers are, in place of the one before."""
    title = f"Visit on {made.day}" if made.day else "The next visit"
    papers.keep_page(KeptPage(kind=_KIND, id=_ID, title=title, date=made.made), encode(made))


def answers(papers: Papers) -> tuple[Answer, ...]:
    """The answers that were kept for this person, the newest first; one that cannot be read any more is left out."""
    found = []
    for card in papers.pages("answer"):
        try:
            found.append(from_json(papers.page("answer", card.id) or b""))
        except (NavaidError, DecodeError):
            continue
    return tuple(found)
