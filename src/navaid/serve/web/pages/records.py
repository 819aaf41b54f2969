"""My records: the papers that are kept, adding more, what is asked about some, and how far the reading is."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from navaid.errors import BadInput
from navaid.records.render import papers as listed
from navaid.records.vault import Standing, WaitingRoom
from navaid.serve.web import acting, reading, uploads
from navaid.serve.web.desk import Desk
from navaid.serve.web.following import follow
from navaid.serve.web.here import Here, HereNow, environment
from navaid.serve.web.jobs import Job
from navaid.serve.web.pages import records_changes, records_explain, records_papers, records_timeline, records_values
from navaid.serve.web.sessions import Locked, Session

router = APIRouter()
for _pages in (records_papers, records_values, records_timeline, records_explain, records_changes):
    router.include_router(_pages.router)


@router.get("/records")
def show(here: HereNow) -> Response:
    if not here.session.open:
        return here.go(f"{here.desk.door}?to=/records")
    with here.session.papers() as papers:
        sheets = [listed.sheet(original, papers.readings(original.id)) for original in papers.originals()]
        waiting, name = papers.waiting.all(), papers.name
    running = _running(here, name)
    return here.page(
        "records.html.j2",
        sheets=sheets[::-1],
        name=name,
        asked=[one for one in waiting if one.standing is not Standing.ARRIVED],
        arrived=[] if running else [one for one in waiting if one.standing is Standing.ARRIVED],
        running=running,
        most=uploads.MOST_FILES,
    )


# --------------------------------------------------------------------------- adding


@router.post("/records/papers")
async def upload(request: Request) -> Response:
    """Takes the files as they arrive. It reads its form itself: see `uploads`."""
    desk: Desk = request.app.state.desk
    session = desk.sessions.find(request.cookies.get(desk.cookie))
    if session is None or not session.open:
        fix = "open them, then add the papers again: nothing of them has been kept"
        raise Locked("your records were closed meanwhile", where="the upload", fix=fix)
    session.busy = True
    acting.begin(request)
    here, taken = Here(request, desk, session, FormData()), uploads.Taken()
    room = await run_in_threadpool(_room, session)
    try:
        await uploads.take(request, room, session.csrf, taken)
    except ClientDisconnect:  # nobody hears this; what came in whole waits, and the next page says so
        return Response(status_code=400)
    said = " ".join(uploads.unfinished(taken))
    if not taken.files:
        return here.go("/records", said or "Choose a paper first, or take a photo of one.")
    job = await run_in_threadpool(reading.begin, here, [waiting.id for waiting in taken.files])
    return here.go(f"/records/reading/{job.id}", said)


def _room(session: Session) -> WaitingRoom:
    with session.papers() as papers:
        return papers.waiting


@router.post("/records/waiting/read")
def read_waiting(here: HereNow) -> Response:
    return here.go(f"/records/reading/{reading.begin(here).id}")


@router.get("/records/waiting")
def waiting(here: HereNow) -> Response:
    with here.session.papers() as papers:
        held, name = papers.waiting.all(), papers.name
    asked = [one for one in held if one.standing is not Standing.ARRIVED]
    return here.page("records_waiting.html.j2", asked=asked, name=name, questions=reading.QUESTIONS)


@router.post("/records/waiting/{id_}")
def decide(here: HereNow, id_: str) -> Response:
    """The person says of a paper whether it is kept."""
    with here.session.papers() as papers:
        one = papers.waiting.find(id_)
        if one is None:
            return here.go("/records", "This paper was decided on already; here is how things stand.")
        if here.field("keep") == "no":
            papers.waiting.drop(id_)
            left = [w for w in papers.waiting.all() if w.standing is not Standing.ARRIVED]
            return here.go("/records/waiting" if left else "/records", f"{one.name} was not kept.")
    if here.field("keep") != "yes":
        raise BadInput("this form says neither yes nor no", where="this page", fix="go back and choose one of the two")
    return here.go(f"/records/reading/{reading.begin(here, [id_], keep=one.standing is Standing.DOUBTED).id}")


# --------------------------------------------------------------------------- how far it is


@router.get("/records/reading/{id_}")
def progress(here: HereNow, id_: str) -> Response:
    job = _job(here, id_)
    if job is None:
        return here.go("/records", "That reading is over. Here is what is kept, and what waits.")
    return here.page("records_reading.html.j2", job=job, told=_told(job))


@router.get("/records/reading/{id_}/events")
async def events(here: HereNow, id_: str) -> Response:
    """Each change of the job as a part of the page (server-sent events)."""
    job = _job(here, id_)
    if job is None:
        raise HTTPException(404)
    return follow(job, _progress)


@router.post("/records/reading/{id_}/stop")
def stop(here: HereNow, id_: str) -> Response:
    job = _job(here, id_)
    if job is not None and not job.over:
        job.stop()
        job.wait(2.0)
    return here.go("/records", "The reading was stopped. What was read is kept; the rest waits.")


def _progress(job: Job) -> str:
    return environment().get_template("records_progress.html.j2").render(job=job, told=_told(job))


def _job(here: Here, id_: str) -> Job | None:
    with here.session.papers() as papers:
        return here.desk.jobs.find(id_, reading.owner(here, papers.name))


def _running(here: Here, name: str) -> Job | None:
    held = here.desk.jobs.of(reading.owner(here, name), reading.KIND)
    return next((job for job in held if not job.over), None)


def _told(job: Job) -> list[reading.Told]:
    return job.result if job.over and isinstance(job.result, list) else []
