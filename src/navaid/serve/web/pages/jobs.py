"""How far a piece of work is: a page that tells it as it happens, and what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from navaid.errors import NavaidError
from navaid.serve.web import work
from navaid.serve.web.here import HereNow, environment
from navaid.serve.web.jobs import Job

router = APIRouter()
_PULSE_S, _QUIET_S = 0.3, 15.0


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
    return StreamingResponse(_events(job), media_type="text/event-stream")


@router.post("/jobs/{id_}/stop")
def stop(here: HereNow, id_: str) -> Response:
    job = work.find(here, id_)
    if job is not None and not job.over:
        job.stop()
        here.desk.jobs.wait(job, 2.0)
    return here.go(f"/jobs/{id_}")


async def _events(job: Job) -> AsyncIterator[str]:
    seen, quiet = -1, 0.0
    while True:
        if job.changes != seen:
            seen, quiet, over = job.changes, 0.0, job.over
            part = environment().get_template("job_progress.html.j2").render(job=job, **_came(job))
            yield "".join(f"data: {line}\n" for line in part.splitlines() if line.strip()) + "\n"
            if over:
                yield "event: over\ndata: over\n\n"
                return
        elif quiet >= _QUIET_S:  # so that what lies between does not take the line for dead
            quiet = 0.0
            yield ": still here\n\n"
        await asyncio.sleep(_PULSE_S)
        quiet += _PULSE_S


def _came(job: Job) -> dict[str, Any]:
    """What came of it, or what went wrong; of an error that nobody foresaw no word."""
    done = job.result if isinstance(job.result, work.Done) else None
    return {"done": done, "error": job.error if isinstance(job.error, NavaidError) else None}
