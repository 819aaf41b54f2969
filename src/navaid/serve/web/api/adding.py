"""Papers on their way in: sealed while they arrive, read as a job, asked about where they are doubtful."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import Response, StreamingResponse

from navaid.errors import BadInput
from navaid.records.vault import Waiting, WaitingRoom
from navaid.serve.web import reading, uploads
from navaid.serve.web.api import bodies, shapes
from navaid.serve.web.api.faults import NotHere, fault
from navaid.serve.web.api.gate import Caller, CallerNow
from navaid.serve.web.api.records import Whose
from navaid.serve.web.api.replies import gives, reply
from navaid.serve.web.here import Here
from navaid.serve.web.jobs import Job
from navaid.terms import encode

router = APIRouter(prefix="/v1/records/{profile}", tags=["records"])
FileId = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="An id that the list of what waits gives.")]
JobId = Annotated[str, Path(max_length=40)]
_EVERY_S = 0.5
_FORM = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {
                    "files": {"type": "array", "items": {"type": "string", "format": "binary"}, "minItems": 1}
                },
                "required": ["files"],
            }
        }
    },
}


@router.post(
    "/papers",
    openapi_extra={"requestBody": _FORM},
    **gives(shapes.JobState, "The files are in, and being read.", status=202),
)
async def add(
    request: Request,
    caller: CallerNow,
    profile: Whose,
    keep_doubtful: Annotated[bool, Query(description="Keep what would be asked about.")] = False,
) -> Response:
    """Add papers. They are sealed as they come in; follow the job that reads them."""
    room, taken = await run_in_threadpool(_room, caller, profile), uploads.Taken()
    await uploads.take(request, room, None, taken)
    if not taken.files:
        said = " ".join(uploads.unfinished(taken)) or "no file came in"
        raise BadInput(said, where="the upload", fix="send each file as a part `files` with its name")
    ids = [waiting.id for waiting in taken.files]
    job = await run_in_threadpool(reading.begin, _here(request, caller), ids, keep_doubtful)
    return reply(_state(caller, job), 202)


@router.get("/waiting", **gives(Waiting, "Files that were given and are not kept, with the reason.", many=True))
def waiting(caller: CallerNow, profile: Whose) -> Response:
    """List the files that are not read yet, that the person is asked about, or that could not be kept."""
    with caller.papers(profile) as held:
        return reply(held.waiting.all())


@router.post("/waiting/{file}", **gives(shapes.JobState, "The file is being kept, or is forgotten.", status=202))
def decide(request: Request, caller: CallerNow, profile: Whose, file: FileId, body: bodies.KeepBody) -> Response:
    """Say whether a file that waits is kept."""
    with caller.papers(profile) as held:
        one = held.waiting.find(file)
        if one is None:
            raise NotHere("this file does not wait any more", where="the address", fix="see the list of what waits")
        if not body.keep:
            held.waiting.drop(file)
            gone = shapes.JobState(id="", title="Forgotten", now="", done=1, of=1, lines=(), over=True)
            return reply(gone, 202)
    return reply(_state(caller, reading.begin(_here(request, caller), [file], keep=True)), 202)


@router.get("/jobs/{job}", **gives(shapes.JobState, "How far it is."))
def state(request: Request, caller: CallerNow, profile: Whose, job: JobId) -> Response:
    """Show how far a job is."""
    return reply(_state(caller, _job(request, caller, profile, job)))


@router.get(
    "/jobs/{job}/events",
    response_model=None,
    responses={
        200: {
            "description": "Server-sent events: each `data` is a JobState; the stream ends with the job.",
            "content": {"text/event-stream": {"schema": {"type": "string"}}},
        }
    },
)
async def events(request: Request, caller: CallerNow, profile: Whose, job: JobId) -> Response:
    """Follow a job: an event each time something changed."""
    found = await run_in_threadpool(_job, request, caller, profile, job)
    return StreamingResponse(_events(request, caller, found), media_type="text/event-stream")


async def _events(request: Request, caller: Caller, job: Job) -> AsyncIterator[bytes]:
    """Ends with the job, and when the program has gone away: no thread waits for it."""
    seen = -1
    while not await request.is_disconnected():
        over, changes = job.over, job.changes
        if changes != seen:
            seen = changes
            yield b"data: " + encode(_state(caller, job)) + b"\n\n"
        if over:
            return
        await asyncio.sleep(_EVERY_S)


def _room(caller: Caller, profile: str) -> WaitingRoom:
    """Where this person's files wait; it needs their folder and key only, not the database."""
    with caller.papers(profile) as held:
        return held.waiting


def _here(request: Request, caller: Caller) -> Here:
    return Here(request, caller.desk, caller.opened(), FormData())


def _job(request: Request, caller: Caller, profile: str, id_: str) -> Job:
    caller.opened(profile)
    found = caller.desk.jobs.find(id_, reading.owner(_here(request, caller), profile))
    if found is None:
        raise NotHere("there is no such job any more", where="the address", fix="see the list of papers")
    return found


def _state(caller: Caller, job: Job) -> shapes.JobState:
    told = job.result if isinstance(job.result, list) else []
    return shapes.JobState(
        id=job.id,
        title=job.title,
        now="" if job.over else job.now,
        done=job.done,
        of=job.of,
        lines=tuple(job.lines),
        over=job.over,
        files=tuple(_became(one) for one in told if isinstance(one, reading.Told)),
        error=fault(job.error, caller.desk.settings.home_path) if job.error else None,
    )


def _became(one: reading.Told) -> shapes.Became:
    return shapes.Became(name=one.name, standing=one.standing, words=one.words, paper=one.id, findings=one.found)
