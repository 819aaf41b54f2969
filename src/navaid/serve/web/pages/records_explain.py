"""Explain my report: a kept paper in its own words, with what they mean. Reading a scan again takes a while: a job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.responses import Response

from navaid import journeys
from navaid.answers.report.layout import lay_out
from navaid.answers.report.table import words as fixed
from navaid.errors import NavaidError
from navaid.records.render import papers as listed
from navaid.serve.web.desk import Desk
from navaid.serve.web.here import HereNow
from navaid.serve.web.jobs import Job
from navaid.serve.web.pages.record_pages import original
from navaid.serve.web.sessions import Session
from navaid.serve.web.soon import soon

if TYPE_CHECKING:
    from navaid.answers.report import Explained

router = APIRouter()


@router.get("/records/explain/{id_}")
def show(here: HereNow, id_: str) -> Response:
    with here.session.papers() as papers:
        held = original(papers, id_)
        name = papers.name
    desk, kind, title = here.desk, f"explain {held.id}", f"Explaining {held.name}"
    job, over = soon(here, name, kind, title, lambda apart, one: _explain(desk, apart, held.id, one))
    if not over:
        return here.page("records_wait.html.j2", job=job, back=f"/records/papers/{listed.short(held.id)}")
    if job.error is not None or job.result is None:
        raise NavaidError("this report could not be explained", where=held.name, fix="try again, or open the original")
    labels = {name: text for name, text in fixed().items() if isinstance(text, str)}
    return here.page("records_explain.html.j2", sheet=lay_out(job.result), fixed=labels, paper=listed.short(held.id))


def _explain(desk: Desk, apart: Session, id_: str, job: Job) -> Explained:
    def on_page(_: str, number: int, of: int) -> None:
        job.tell(now=f"Reading page {number} of {of}", done=number - 1, of=of)

    with apart.papers() as papers, desk.library_apart() as library:
        for found in journeys.explain_report(library, id_, papers=papers, on_page=on_page):
            if isinstance(found, NavaidError):
                raise found
            return found
    raise NavaidError("there is nothing in this paper to explain", fix="open the original")
