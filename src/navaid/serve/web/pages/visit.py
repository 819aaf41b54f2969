"""My visit: the questions in order, each with why; edited, moved, marked, prepared again, and taken along on paper."""

from __future__ import annotations

import datetime as dt
import hashlib

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from navaid import journeys, starter
from navaid.answers.visit import kept, person, plan
from navaid.answers.visit.plan import LONGEST
from navaid.errors import BadInput, NavaidError
from navaid.serve.web import visiting
from navaid.serve.web.here import Here, HereNow
from navaid.serve.web.pages import visit_pages
from navaid.serve.web.trouble import local
from navaid.starter import visits
from navaid.terms import VisitItem, VisitPlan

router = APIRouter()
router.include_router(visit_pages.router)


@router.get("/visit")
def show(here: HereNow) -> Response:
    if not here.session.open:
        return here.page("visit_closed.html.j2", lists=visits.load(starter.load()))
    try:
        return _page(here)
    except BadInput:  # a plan that this version of Navaid cannot read
        return here.page("visit_unreadable.html.j2")


@router.get("/visit/lists")
def lists(here: HereNow) -> Response:
    """The situations for which there are questions, for everybody."""
    return here.page("visit_lists.html.j2", lists=visits.load(starter.load()))


@router.get("/visit/lists/{id_}")
def a_list(here: HereNow, id_: str) -> Response:
    """Questions for a situation, for everybody."""
    every = visits.load(starter.load())
    found = next((one for one in every if one.id == id_), None)
    if found is None:
        raise HTTPException(404)
    return here.page("visit_list.html.j2", visit=found, open=here.session.open)


@router.post("/visit/prepare")
def prepare(here: HereNow) -> Response:
    made = visiting.prepare(here, _day(here.field("day")), anew=here.field("anew") == "yes")
    count = len(made.items)
    return here.go(
        "/visit", f"Your list was made from your papers: {count} {'question' if count == 1 else 'questions'}."
    )


@router.post("/visit/add")
def add(here: HereNow) -> Response:
    """A question of the person's own, or one that another page offered."""
    back = local(here.field("back", "/visit"))
    try:
        said = visiting.add(here, here.field("text"))
    except BadInput as error:
        if back != "/visit":
            raise
        return _page(here, error=error, typed={"": here.field("text")})
    return here.go(back, f"{said} It stands under “My visit”." if back != "/visit" else said)


@router.post("/visit/items/{what}")
def change(here: HereNow, what: str) -> Response:
    """One question moved up or down, dropped, marked as asked, or put in other words.

    Its id comes in the form: it names what the papers say, and so stays out of addresses.
    """
    id_ = here.field("id")
    if what == "edit":
        return _edit(here, id_)
    do = {
        "up": lambda held, n: plan.move(held, n, max(1, n - 1)),
        "down": lambda held, n: plan.move(held, n, min(len(held.items), n + 1)),
        "first": lambda held, n: plan.move(held, n, 1),
        "drop": plan.drop,
        "asked": lambda held, n: _marked(held, n, here.field("to") == "asked"),
    }.get(what)
    if do is None:
        raise HTTPException(404)
    there = visiting.change(here, id_, do)
    said = {"drop": "The question was taken out. It stays out when the list is made again."}.get(what, "")
    return here.go("/visit" if what == "drop" else f"/visit#{_anchor(id_)}", said if there else visiting.GONE)


@router.post("/visit/note")
def note(here: HereNow) -> Response:
    text = here.field("note")
    try:
        there = visiting.change_all(here, lambda held: plan.note(held, text))
    except BadInput as error:
        return _page(here, error=error, typed={"note": text})
    return here.go("/visit", "Your note is kept." if there else visiting.GONE)


def _edit(here: Here, id_: str) -> Response:
    """Other words for a question; where another tab changed it meanwhile, both are shown and nothing is lost."""
    text, seen = here.field("text"), here.field("seen")
    with here.session.papers() as papers:
        held = kept.plan(papers)
    item = next((each for each in held.items if each.id == id_), None) if held else None
    if item is None:
        return _page(here, status=409, said=visiting.GONE, typed={"": text})
    if item.text != seen and item.text != text:
        said = "This question was changed in another window. Below are its words as they are now; yours are in the box."
        return _page(here, status=409, said=said, typed={id_: text})
    try:
        visiting.change(here, id_, lambda held, n: plan.edit(held, n, text))
    except BadInput as error:
        return _page(here, error=error, typed={id_: text})
    return here.go(f"/visit#{_anchor(id_)}", "The question is in your words now.")


def _marked(held: VisitPlan, number: int, asked: bool) -> VisitPlan:
    """The mark as it was wanted, also where the form was sent twice."""
    return held if held.items[number - 1].done is asked else plan.done(held, number)


def _page(
    here: Here,
    *,
    status: int = 200,
    said: str = "",
    error: NavaidError | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    """The list. `typed` are words that could not be kept, by the question they are for, "" for a new one."""
    data = starter.load()
    with here.session.papers() as papers:
        held, name = kept.plan(papers), papers.name
        empty = not papers.originals() and not papers.said()
        layout = person.lay_out(held, journeys.own_profile(papers), papers.readings(), data) if held else None
    if said:
        here.session.said = said
    return here.page(
        "visit.html.j2",
        400 if error else status,
        plan=held,
        name=name,
        empty=empty,
        sheet=layout,
        rows=[(item, _anchor(item.id), _sources(item, data)) for item in held.items] if held else [],
        came_from=visiting.FROM,
        longest=LONGEST,
        error=error,
        typed=typed or {},
        today=dt.date.today(),
    )


def _sources(item: VisitItem, data: starter.Starter) -> list[starter.SourceRow]:
    rows = (data.sources.get(id_) for id_ in dict.fromkeys(cite.document for cite in item.citations))
    return [row for row in rows if row]


def _anchor(id_: str) -> str:
    """A question's place on the page, of which an address tells nothing."""
    return "q-" + hashlib.sha256(id_.encode()).hexdigest()[:8]


def _day(given: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(given) if given else None
    except ValueError:
        raise BadInput("that is not a day", where="this page", fix="write year, month and day: 2026-12-03") from None
