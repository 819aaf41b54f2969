"""How far a piece of work is: a page that tells it as it happens, and what came of it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from navaid.errors import NavaidError
from navaid.serve.web import work
from navaid.serve.web.following import follow
from navaid.serve.web.here import HereNow, environment
from navaid.serve.web.jobs import Job

router = APIRouter()


@router.get("/jobs/{id_}")
def show(here: HereNow, id_: str) -> Response:
    job = work.find(here, id_)
    if job is None:
        return here.go("/", "That work is over. What came of it is kept.")
    return here.page("job.html.j2", job=job, **_came(job))


@router.get("/jobs/{id_}/events")
async def events(here: HereNow, id_: str) -> Response:
    """Each change of the job as a part of the page (server-sent events)."""
    job = work.find(here, id_)
    if job is None:
        raise HTTPException(404)
    return follow(job, _progress)


@router.post("/jobs/{id_}/stop")
def stop(here: HereNow, id_: str) -> Response:
    job = work.find(here, id_)
    if job is not None and not job.over:
        job.stop()
        job.wait(2.0)
    return here.go(f"/jobs/{id_}")


def _progress(job: Job) -> str:
    return environment().get_template("job_progress.html.j2").render(job=job, **_came(job))


def _came(job: Job) -> dict[str, Any]:
    """What came of it, or what went wrong; of an error that nobody foresaw no word."""
    done = job.result if isinstance(job.result, work.Done) else None
    return {"done": done, "error": job.error if isinstance(job.error, NavaidError) else None}
