"""One answer: read as it is made, followed up, kept, shared, printed, checked again; and the list of what is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from navaid import journeys
from navaid.answers.around import around
from navaid.answers.difference import difference
from navaid.answers.personal.changes import between
from navaid.answers.render.html import to_html
from navaid.answers.render.layout import lay_out
from navaid.answers.render.page import Page
from navaid.answers.triage import lines
from navaid.answers.visit import kept as visits
from navaid.answers.visit import plan
from navaid.errors import BadInput, NavaidError
from navaid.serve.web import answering, plainer, shown
from navaid.serve.web.here import Here, HereNow
from navaid.serve.web.streaming import streamed
from navaid.terms import Answer, TriageClass

router = APIRouter()
_HELP = (TriageClass.CRISIS, TriageClass.EMERGENCY_NOW)


@router.get("/answers")
def listed(here: HereNow) -> Response:
    mine, library = answering.kept(here)
    return here.page("answers.html.j2", mine=mine, library=library)


@router.get("/answers/{id_}")
def show(here: HereNow, id_: str, words: str = "") -> Response:
    return _show(here, id_, open_=False, plain=words == "plain")


@router.get("/answers/{id_}/print")
def for_paper(here: HereNow, id_: str) -> Response:
    """The same page with the words behind each sentence open, whatever the browser does when it prints."""
    return _show(here, id_, open_=True)


@router.post("/answers/{id_}/plain")
def in_plainer_words(here: HereNow, id_: str) -> Response:
    job = plainer.begin(here, answering.find(here, id_))
    return here.go(f"/jobs/{job.id}")


@router.get("/answers/{id_}/context/{number}")
def context(here: HereNow, id_: str, number: int) -> Response:
    found = answering.find(here, id_)
    answer = answering.answer(here, found)
    quoted = shown.quoted(answer)
    if not 0 <= number < len(quoted):
        raise HTTPException(404)
    with here.desk.library() as library:
        place = around(library, quoted[number])
    source = next(one for one in lay_out(answer).sources if _is(answer, one.number, quoted[number].document))
    template = "context_part.html.j2" if here.with_script else "context.html.j2"
    return here.page(template, place=place, source=source, id=id_)


@router.post("/answers/{id_}/keep")
def keep(here: HereNow, id_: str) -> Response:
    found = answering.find(here, id_)
    told = answering.keep(here, found)
    return here.go(f"/answers/{answering.answer(here, found).id}", told)


@router.post("/answers/{id_}/forget")
def forget(here: HereNow, id_: str) -> Response:
    found = answering.find(here, id_)
    answering.forget(here, found)
    return here.go("/" if found.place == "asked" else "/answers", "It is forgotten.")


@router.get("/answers/{id_}/again")
def again(here: HereNow, id_: str) -> Response:
    """The same question answered now, held against the answer as it was kept. Nothing is changed by looking."""
    found = answering.find(here, id_)
    before = answering.answer(here, found)
    now = answering.anew(here, found)
    moved = between(before, now)
    turned = [one for one in moved.moved if one.before and one.after] if moved and found.profile else []
    differs = difference(before, now)
    return here.page(
        "again.html.j2", id=id_, before=before, now=now, differs=differs, turned=turned, is_new=bool(differs or turned)
    )


@router.post("/answers/{id_}/again")
def anew(here: HereNow, id_: str) -> Response:
    """The new answer is kept beside the one before."""
    found = answering.find(here, id_)
    asked = here.session.ask(found.text)
    asked.typed, asked.profile = found.text, found.profile
    new = answering.find(here, asked.id)
    told = answering.keep(here, new)
    return here.go(f"/answers/{answering.answer(here, new).id}", f"{told} The one before is still in the list.")


@router.get("/answers/{id_}/share")
def share(here: HereNow, id_: str) -> Response:
    """What the file will say was asked, before it is made."""
    found = answering.find(here, id_)
    return here.page("share.html.j2", id=id_, found=found, question=answering.without_person(here, found))


@router.post("/answers/{id_}/share")
def shared(here: HereNow, id_: str) -> Response:
    """The file for everybody: made anew from the question alone, with nothing of the papers in it."""
    found = answering.find(here, id_)
    made = answering.for_everybody(here, here.field("question") or answering.without_person(here, found))
    name = 'attachment; filename="navaid-answer.html"'
    return HTMLResponse(to_html(made), headers={"content-disposition": name})


@router.post("/answers/{id_}/visit")
def to_visit(here: HereNow, id_: str) -> Response:
    """The questions that were ticked go on the list for the next visit, before those that Navaid gathers."""
    texts = [text for text in here.form.getlist("item") if isinstance(text, str)]
    if not texts:
        return here.go(f"/answers/{id_}", "Tick a question first.")
    added = 0
    with here.session.papers() as papers:
        with here.desk.library() as library:
            planned = visits.plan(papers) or journeys.prepare_visit(papers, library)
        for text in texts:
            try:
                planned, added = plan.add(planned, text), added + 1
            except BadInput:
                continue  # it is on the list already
        visits.keep(papers, planned)
    said = {0: "They are on your list already.", 1: "One question is on the list of “My visit” now."}
    return here.go(f"/answers/{id_}", said.get(added, f"{added} questions are on the list of “My visit” now."))


def _is(answer: Answer, number: int, document: str) -> bool:
    return any(source.number == number and source.document == document for source in answer.sources)


def _show(here: Here, id_: str, *, open_: bool, plain: bool = False) -> Response:
    found = answering.find(here, id_)
    country = here.session.country
    has_plain = bool(found.asked and found.asked.plain)
    known = found.kept or (found.asked.answer if found.asked else None)
    soon = known or journeys.first(found.text, country=country or None)
    helped = soon.triage.class_ in _HELP
    return streamed(
        here,
        "answer.html.j2",
        soon=_soon(soon, country),
        crisis=soon.triage.class_ is TriageClass.CRISIS,
        made=_later(here, found, plain and has_plain),
        has_plain=has_plain,
        plain=plain and has_plain,
        model=lambda: plainer.model(here, found),
        found=found,
        id=id_,
        quotes=open_,
        printing=open_,
        follows=here.session.asked.get(found.asked.after) if found.asked else None,
        notes=_notes(here, found),
        country=country if helped else "",
        countries=lines.COUNTRIES if helped else {},
        lines=lines.lines(country, soon.triage) or lines.lines("", soon.triage) if helped else (),
        emergency=lines.emergency(country) if helped else "",
        to_ask=shown.to_ask,
    )


def _soon(answer: Answer, country: str) -> Page:
    """What is known before the search. Where all lines stand below, the first words do not list them."""
    page = lay_out(answer)
    if page.first is None or country:
        return page
    text = tuple(lines.without_listing(part) for part in page.first.text)
    return replace(page, first=replace(page.first, text=text))


class Made:
    """What the page shows once the answer is made, or what went wrong."""

    def __init__(self, id_: str, answer: Answer | None, error: NavaidError | None, changed: bool) -> None:
        self.page: Page | None = shown.shown(answer) if answer else None
        self.more = shown.links(answer, f"/answers/{id_}") if answer else None
        self.error, self.changed = error, changed


def _later(here: Here, found: answering.Found, plain: bool) -> Callable[[], Made]:
    """Makes the answer when the template comes to it, once."""
    held: list[Made] = []

    def made() -> Made:
        if not held:
            try:
                answer = answering.answer(here, found)
                if plain and found.asked and found.asked.plain:
                    answer = found.asked.plain
                held.append(Made(found.id, answer, None, _changed(here, answer)))
            except NavaidError as error:
                held.append(Made(found.id, None, error, changed=False))
        return held[0]

    return made


def _changed(here: Here, answer: Answer) -> bool:
    """Whether the library is another one than the answer was made from."""
    with here.desk.library() as library:
        return answer.snapshot.library != library.snapshot


def _notes(here: Here, found: answering.Found) -> tuple[object, ...]:
    """What a navigator noted on the answer to this question, where this server has navigators."""
    if here.session.member is None:
        return ()
    from navaid.serve.web.accounts import reviews

    return reviews.of_question(here.session.member, found.text)
