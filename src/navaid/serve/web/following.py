"""A job that is followed in the browser: each change of it is sent as a part of the page (server-sent events)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

from starlette.responses import Response, StreamingResponse

from navaid.serve.web.jobs import Job

_PULSE_S, _QUIET_S = 0.3, 15.0


def follow(job: Job, part: Callable[[Job], str]) -> Response:
    """The stream, which ends with the job; `part` is what the page shows of it now."""
    return StreamingResponse(_events(job, part), media_type="text/event-stream")


async def _events(job: Job, part: Callable[[Job], str]) -> AsyncIterator[str]:
    seen, quiet = -1, 0.0
    while True:
        if job.changes != seen:
            seen, quiet, over = job.changes, 0.0, job.over
            yield "".join(f"data: {line}\n" for line in part(job).splitlines() if line.strip()) + "\n"
            if over:
                yield "event: over\ndata: over\n\n"
                return
        elif quiet >= _QUIET_S:  # so that what lies between does not take the line for dead
            quiet = 0.0
            yield ": still here\n\n"
        await asyncio.sleep(_PULSE_S)
        quiet += _PULSE_S
