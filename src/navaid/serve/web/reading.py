"""Reading the papers that wait, as a job: what is kept, what the person is asked about, what could not be read.

The job opens the papers by itself and holds them until it is done, whatever becomes of the session that began it.
What became of a file is on the disk (a kept paper, or a card in the waiting room) before it is told.
"""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from navaid import journeys
from navaid.answers.render.words import words
from navaid.errors import NavaidError
from navaid.records.adding import Outcome
from navaid.records.render import papers as listed
from navaid.records.vault import Papers, Standing, VaultLocked, Waiting
from navaid.serve.web.here import Here
from navaid.serve.web.jobs import Job
from navaid.serve.web.sessions import Session

KIND = "reading"
QUESTIONS = {
    "other_person": "This seems to be another person’s paper. Keep it here?",
    "not_medical": "This does not look like a medical paper. Keep it?",
    "not_breast": "This paper speaks of another cancer. Keep it?",
    "other_language": "This paper is not in English. Keep it?",
    "unread": "This paper could not be read. Keep it all the same?",
    "duplicate": "This paper is kept already. Read it anew?",
}
"""What is asked about a file that may not belong among a person's papers."""


@dataclass(frozen=True)
class Told:
    """What became of a file: `kept`, `known` (it was there), `asked` (the person is to say), `failed`."""

    name: str
    standing: str
    words: tuple[str, ...] = ()
    id: str = ""
    found: int = 0

    @property
    def line(self) -> str:
        """In one line."""
        said = {"kept": "kept", "known": "kept before", "asked": "you are asked about it", "failed": "not kept"}
        found = f", {self.found} {'thing' if self.found == 1 else 'things'} found in it" if self.found else ""
        return f"{self.name}: {said[self.standing]}{found}"


def owner(here: Here, name: str) -> str:
    """Whose jobs these are: the same after the session has ended and the records were opened again."""
    return f"{here.folder}\n{here.session.user}\n{name}"


def begin(here: Here, ids: Sequence[str] | None = None, keep: bool = False) -> Job:
    """Starts to read the files that wait, or those of these ids; `keep` is that the person wants them kept."""
    with here.session.papers() as papers:
        name, count = papers.name, len(papers.waiting.all() if ids is None else ids)
    apart = here.session.apart(name)
    wanted = None if ids is None else frozenset(ids)
    title = "Reading your paper" if count == 1 else "Reading your papers"
    return here.desk.jobs.start(owner(here, name), title, lambda job: _read(apart, job, wanted, keep), KIND)


def _read(apart: Session, job: Job, wanted: frozenset[str] | None, keep: bool) -> list[Told]:
    with apart.papers() as papers:
        return _Reading(papers, job, keep).read(wanted)


class _Reading:
    """One run over the files that wait. `told` grows in the order of the files."""

    def __init__(self, papers: Papers, job: Job, keep: bool) -> None:
        self._papers, self._job, self._keep = papers, job, keep
        self._known = {original.id: original for original in papers.originals()}
        self._told: list[Told] = []
        self._turn: Waiting | None = None
        self._done: set[str] = set()

    def read(self, wanted: frozenset[str] | None) -> list[Told]:
        every = self._papers.waiting.all()
        files = [w for w in every if (w.standing is Standing.ARRIVED if wanted is None else w.id in wanted)]
        with contextlib.closing(self._paths(files)) as paths:
            outcomes = journeys.add_records(self._papers, paths, decide=lambda read: self._keep, on_page=self._on_page)
            for outcome in outcomes:
                if self._turn is not None:
                    self._tell(self._became(outcome, self._turn))
        return self._told

    def _paths(self, files: Sequence[Waiting]) -> Generator[Path]:
        """Each file in plain for as long as it is read; then it waits no more, unless the person is asked about it."""
        room = self._papers.waiting
        for number, waiting in enumerate(files):
            self._job.tell(done=number, of=len(files), now=f"Reading {waiting.name}")
            if room.find(waiting.id) is None:
                continue  # another job was first
            if not self._keep and (known := self._known.get(waiting.file)):
                room.drop(waiting.id)
                told = f"it was added before, on {words('en').date(known.added)}, and is kept once"
                self._tell(Told(waiting.name, "known", (told,), listed.short(known.id)))
                continue
            try:
                with room.plain(waiting.id) as path:
                    self._turn = waiting
                    yield path
            except VaultLocked:
                continue  # another job reads it, and tells of it
            except NavaidError as error:
                self._fail(waiting, error)
            if waiting.id in self._done:
                room.drop(waiting.id)

    def _on_page(self, path: str, number: int, of: int) -> None:
        name = Path(path.rpartition("!")[2]).name
        self._job.tell(now=f"Reading page {number} of {of} of {name}" if of > 1 else f"Reading {name}")

    def _became(self, outcome: Outcome, waiting: Waiting) -> Told:
        read = outcome.read
        if outcome.error is not None or read is None:
            error = outcome.error or NavaidError("it could not be read")
            self._note(waiting, Standing.FAILED, (_words(error),))
            return Told(waiting.name, "failed", (_words(error),))
        if outcome.original is None:
            words = tuple(doubt.words for doubt in read.doubts)
            doubts = tuple(dict.fromkeys(doubt.doubt.value for doubt in read.doubts))
            self._note(waiting, Standing.DOUBTED, words, doubts)
            return Told(waiting.name, "asked", words)
        self._done.add(waiting.id)
        self._known[outcome.original.id] = outcome.original
        shown = listed.sheet(outcome.original, read.readings)
        about = ", ".join(filter(None, (shown.kind, shown.day)))
        parts = tuple(f"{Path(error.where).name}: {error.what}" for error in read.errors)
        return Told(waiting.name, "kept", (about, *shown.notes, *parts), shown.id, shown.found)

    def _fail(self, waiting: Waiting, error: NavaidError) -> None:
        self._note(waiting, Standing.FAILED, (_words(error),))
        self._tell(Told(waiting.name, "failed", (_words(error),)))

    def _note(self, waiting: Waiting, standing: Standing, words: tuple[str, ...], doubts: tuple[str, ...] = ()) -> None:
        changed = msgspec.structs.replace(waiting, standing=standing, words=words, doubts=doubts)
        self._papers.waiting.note(changed)

    def _tell(self, told: Told) -> None:
        self._told.append(told)
        self._job.tell(told.line, done=len(self._told))


def _words(error: NavaidError) -> str:
    return f"{error.what} ({error.fix})" if error.fix else error.what
