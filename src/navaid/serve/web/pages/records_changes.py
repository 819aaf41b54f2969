"""What the last papers changed: in the values, and in the answers and trials that are kept with them."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter
from starlette.responses import Response

from navaid.errors import NavaidError
from navaid.records.changes import in_words
from navaid.records.render.papers import short
from navaid.records.vault import Papers
from navaid.serve import records_changes as told
from navaid.serve.web import reading
from navaid.serve.web.desk import Desk
from navaid.serve.web.here import Here, HereNow
from navaid.serve.web.pages.record_pages import original
from navaid.serve.web.sessions import Session
from navaid.serve.web.soon import soon
from navaid.terms import Changes

router = APIRouter()


@router.get("/records/changes")
def show(here: HereNow, paper: str = "", job: str = "") -> Response:
    """Of the paper `paper`, or of those that the job `job` kept, or of the one that was added last."""
    with here.session.papers() as papers:
        name, originals = papers.name, papers.originals()
        new = _new(here, papers, paper, job)
    if not originals or len(new) == len(originals):
        return here.page(
            "records_changes.html.j2", found=None, papers=originals, names=[], lines=[], answers=[], matches=[]
        )
    desk, kind = here.desk, f"changes {' '.join(sorted(new))}"
    work, over = soon(here, name, kind, "Looking at what changed", lambda apart, _: _changes(desk, apart, new))
    if not over:
        return here.page("records_wait.html.j2", job=work, back="/records")
    if not isinstance(work.result, Changes):
        raise NavaidError("it could not be said what changed", fix="look at the values themselves, or try again")
    found = work.result
    return here.page(
        "records_changes.html.j2",
        found=found,
        papers=originals,
        names=[one.name for one in originals if one.id in new],
        lines=[(change.concept, in_words(change)) for change in found.profile],
        answers=[(change, [told.moved_in_words(moved) for moved in change.moved]) for change in found.answers],
        matches=[list(told.match_in_words(change)) for change in found.matches],
    )


def _new(here: Here, papers: Papers, paper: str, job_id: str) -> tuple[str, ...]:
    if paper:
        return (original(papers, paper).id,)
    job = here.desk.jobs.find(job_id, reading.owner(here, papers.name))
    results = job.result if job is not None and isinstance(job.result, list) else []
    kept = {one.id for one in results if isinstance(one, reading.Told) and one.standing == "kept"}
    held = tuple(one.id for one in papers.originals() if short(one.id) in kept)
    return held or tuple(one.id for one in papers.originals()[-1:])


def _changes(desk: Desk, apart: Session, new: Sequence[str]) -> Changes:
    with apart.papers() as papers, desk.library_apart() as library:
        return told.with_trials(papers, new, library, desk.trials_folder)
