"""Work that goes on while a person reads on (fetching trials, adding documents): whose it is, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from navaid.serve.web.here import Here
from navaid.serve.web.jobs import Job
from navaid.serve.web.sessions import Locked


@dataclass(frozen=True)
class Done:
    """What came of a piece of work: lines that tell it, and the page to go on with, with the words of its link."""

    lines: tuple[str, ...]
    to: str
    link: str
    problems: tuple[str, ...] = ()


def begin(here: Here, title: str, do: Callable[[Job], Done], kind: str = "work", *, own: bool = False) -> Job:
    """The work, begun. What is `own` is about a person and ends to be seen with their session."""
    return here.desk.jobs.start(_owners(here)[0 if own else 1], title, do, kind)


def find(here: Here, id_: str) -> Job | None:
    """The work of this id, if it is of whoever is here."""
    return next((job for owner in _owners(here) if (job := here.desk.jobs.find(id_, owner))), None)


def running(here: Here, kind: str) -> Job | None:
    """The work of this kind that goes on now, whoever of this machine began it."""
    return next((job for job in here.desk.jobs.of(_owners(here)[1], kind) if not job.over), None)


def locked(here: Here) -> bool:
    """Whether nothing on this machine may be changed before the records are open; a form then says so first."""
    try:
        here.owner()
    except Locked:
        return True
    return False


def _owners(here: Here) -> tuple[str, str]:
    """Of what is about a person: the session. Of what is about this machine: the folder, which outlasts a session."""
    return here.session.token, f"{here.folder}\n{here.session.user}\nwork"
