"""What is made from a person's papers and may take a moment: shown at once if it is there soon, else waited for."""

from __future__ import annotations

from collections.abc import Callable

from navaid.errors import NavaidError
from navaid.serve.web import reading
from navaid.serve.web.here import Here
from navaid.serve.web.jobs import Job
from navaid.serve.web.sessions import Session

_SOON_S = 2.5


def soon(here: Here, name: str, kind: str, title: str, make: Callable[[Session, Job], object]) -> tuple[Job, bool]:
    """The job that makes it from the papers of `name`, and whether it is over. Raises the NavaidError it ended with.

    One of this kind that goes on already is taken. Once its end was seen it is forgotten: the library may know more
    the next time.
    """
    owner, jobs, apart = reading.owner(here, name), here.desk.jobs, here.session.apart(name)
    job = next(iter(jobs.of(owner, kind)), None) or jobs.start(owner, title, lambda one: make(apart, one), kind)
    if not job.wait(_SOON_S):
        return job, False
    jobs.forget(job)
    if isinstance(job.error, NavaidError):
        raise job.error
    return job, True
