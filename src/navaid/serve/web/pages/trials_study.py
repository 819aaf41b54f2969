"""One study: what it is, who may join statement by statement, what to settle, a page for the oncologist."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from fastapi import APIRouter
from starlette.responses import Response

from navaid import journeys, starter
from navaid.answers.visit.plan import LONGEST
from navaid.errors import BadInput
from navaid.records.export.summary import NoPdf
from navaid.serve.web.here import Here, HereNow
from navaid.serve.web.searches import About
from navaid.serve.web.shown_file import as_file, as_page
from navaid.serve.web.trials_at_hand import nct_id, study, whom
from navaid.starter.trials import facts
from navaid.terms import CriterionType, Judgement, Label, Match, Study
from navaid.trials.match import again
from navaid.trials.match.match import rules_out
from navaid.trials.registry_words import is_open, status_words
from navaid.trials.render import html, text, words

router = APIRouter()
_SITES, _SHORT = 12, 140
_GOOD = {
    (CriterionType.INCLUSION, Label.MET),
    (CriterionType.EXCLUSION, Label.NOT_MET),
}


@router.get("/trials/{id_}")
def show(here: HereNow, id_: str) -> Response:
    held = study(here, id_)
    if held is None:
        fact = next((one for one in facts() if one.nct_id == nct_id(id_)), None)
        return here.page("trials_absent.html.j2", id=nct_id(id_), fact=fact, tell=words, sources=starter.load().sources)
    about = whom(here)
    match = _match(held, about) if about else None
    today = dt.date.today()
    return here.page(
        "trials_study.html.j2",
        study=held,
        match=match,
        about=about,
        kept=_kept(here, held.nct_id),
        rows=[(each, _look(each)) for each in match.judgements] if match else [],
        questions=list(_questions(match)) if match else [],
        sites=sorted(held.sites, key=lambda site: not is_open(site.status or held.overall_status))[:_SITES],
        place=text.place,
        contact=text.contact,
        status_words=status_words,
        age=words.age(held, today),
        tell=words,
    )


@router.post("/trials/{id_}/keep")
def keep(here: HereNow, id_: str) -> Response:
    """Keeps the match with the papers, so that a later paper can be said to change it."""
    held, about = _needed(here, id_)
    with here.session.papers() as papers:
        again.keep(papers, held, _match(held, about), dt.date.today())
    said = "The study is kept with your papers. A new paper will say whether it changes how the study fits."
    return here.go(f"/trials/{held.nct_id}", said)


@router.post("/trials/{id_}/drop")
def drop(here: HereNow, id_: str) -> Response:
    with here.session.papers() as papers:
        papers.drop_page("match", nct_id(id_))
    return here.go(f"/trials/{nct_id(id_)}", "The study is no longer kept with your papers.")


@router.get("/trials/{id_}/page.html")
def sheet(here: HereNow, id_: str) -> Response:
    """The page for the oncologist, to be printed from the browser."""
    held, about = _needed(here, id_)
    made = html.summary(held, _match(held, about), dt.date.today(), about.name)
    return as_page(made, f"/trials/{held.nct_id}", "Back to the study")


@router.get("/trials/{id_}/page.pdf")
def sheet_pdf(here: HereNow, id_: str) -> Response:
    held, about = _needed(here, id_)
    try:
        made = html.summary_pdf(held, _match(held, about), dt.date.today(), about.name)
    except NoPdf:
        return here.page("no_pdf.html.j2", other=f"/trials/{held.nct_id}/page.html", back=f"/trials/{held.nct_id}")
    return as_file(made, f"{held.nct_id}.pdf", "application/pdf")


def _needed(here: Here, id_: str) -> tuple[Study, About]:
    """The study, and whom it is held against. Raises BadInput where one of them is not known."""
    held, about = study(here, id_), whom(here)
    if held is None:
        raise BadInput(f"the record of {nct_id(id_)} is not kept here", fix="fetch it on the page of trials")
    if about is None:
        fix = "open your records, or write a few words about yourself into the search form"
        raise BadInput("it is not said whom the study is held against", fix=fix)
    return held, about


def _match(held: Study, about: About) -> Match:
    return journeys.check_trial(held, about.profile, papers=about.papers)


def _kept(here: Here, id_: str) -> dt.date | None:
    """Since when the study is kept with the papers, None where it is not, or no papers are open."""
    if not here.session.open:
        return None
    with here.session.papers() as papers:
        return next((page.date for page in papers.pages("match") if page.id == id_), None)


class _Question(NamedTuple):
    """What would settle a statement, the statement, and both in one for the list of the visit."""

    ask: str
    of: str
    whole: str


def _questions(match: Match) -> Iterator[_Question]:
    """A question for each statement that is not known and that somebody can answer."""
    for judgement in match.judgements:
        if judgement.label is Label.UNKNOWN and judgement.question:
            before = f"About the study {match.nct_id}, which says “"
            room = min(_SHORT, LONGEST - len(before) - len(judgement.question) - 8)
            of = text.short(judgement.criterion.text, max(20, room))
            yield _Question(
                judgement.question,
                text.short(judgement.criterion.text, 2 * _SHORT),
                f"{before}{of}”: {judgement.question}",
            )


def _look(judgement: Judgement) -> str:
    """How a statement stands, as a class; words stand beside it."""
    if judgement.label is Label.UNKNOWN:
        return "state-open"
    if rules_out(judgement):
        return "state-bad"
    return "state-ok" if (judgement.criterion.type, judgement.label) in _GOOD else "state-open"
