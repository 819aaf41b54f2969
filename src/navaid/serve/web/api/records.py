"""A person's papers: listed, added, explained; and what they came to in answers that were kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response, StreamingResponse

from navaid import journeys
from navaid.answers.report.record import Explained
from navaid.errors import BadInput, NavaidError
from navaid.records.render.papers import short
from navaid.records.vault import Original, Papers
from navaid.serve import records_changes
from navaid.serve.ask_for import Person
from navaid.serve.web.api import shapes
from navaid.serve.web.api.faults import NotHere
from navaid.serve.web.api.gate import CallerNow
from navaid.serve.web.api.replies import gives, reply
from navaid.terms import Answer, Changes

router = APIRouter(prefix="/v1/records/{profile}", tags=["records"])
Whose = Annotated[str, Path(min_length=1, max_length=60, description="Whose records: the profile of the token.")]
PaperId = Annotated[str, Path(pattern="^[0-9a-f]{6,64}$", description="An id that the list of papers gives.")]


@router.get("/papers", **gives(shapes.Paper, "Every kept paper, in the order in which it was added.", many=True))
def papers(caller: CallerNow, profile: Whose) -> Response:
    """List the papers that are kept."""
    with caller.papers(profile) as held:
        return reply([_paper(held, original) for original in held.originals()])


@router.delete("/papers/{paper}", **gives(shapes.Done, "The paper is forgotten, with all that was read in it."))
def remove(caller: CallerNow, profile: Whose, paper: PaperId) -> Response:
    """Remove a paper with all that was read from it. What the person said themselves stays."""
    with caller.papers(profile) as held:
        held.forget(original(held, paper).id)
    return reply(shapes.Done())


@router.get(
    "/papers/{paper}/original",
    response_model=None,
    responses={
        200: {
            "description": "The bytes as they were given.",
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
def give_back(caller: CallerNow, profile: Whose, paper: PaperId) -> Response:
    """Give a paper's original back, byte for byte."""
    with caller.papers(profile) as held:
        chunks = held.bytes_of(original(held, paper).id)
        first = next(chunks, b"")  # the rest needs the file only, not the database

    def body() -> Iterator[bytes]:
        yield first
        yield from chunks

    return StreamingResponse(body(), media_type="application/octet-stream")


@router.get("/papers/{paper}/explanation", **gives(Explained, "The report part by part."))
def explain(caller: CallerNow, profile: Whose, paper: PaperId) -> Response:
    """Explain a report in its own words, each term by a verified claim."""
    with caller.papers(profile) as held, caller.desk.library() as library:
        name = original(held, paper).id
        found = next(iter(journeys.explain_report(library, name, papers=held)), None)
    if found is None:
        raise BadInput("nothing could be read in this paper", where=paper, fix="look at the original")
    if isinstance(found, NavaidError):
        raise found
    return reply(found)


@router.get("/changes", **gives(Changes, "What changed in the profile, in kept answers and kept checks of studies."))
def changes(
    caller: CallerNow,
    profile: Whose,
    paper: Annotated[
        list[str] | None, Query(max_length=50, description="Ids of papers; without any, the one added last.")
    ] = None,
) -> Response:
    """Show what papers changed: facts, and which kept answers and trials are others now."""
    desk = caller.desk
    with caller.papers(profile) as held, desk.library_apart() as library:
        new = [original(held, id_).id for id_ in paper or ()] or [one.id for one in held.originals()[-1:]]
        return reply(records_changes.with_trials(held, new, library, desk.trials_folder))


@router.get("/answers", **gives(shapes.AnswerEntry, "Every kept answer, the newest first.", many=True))
def answers(caller: CallerNow, profile: Whose) -> Response:
    """List the answers that were kept with the papers."""
    with caller.papers(profile) as held:
        pages = held.pages("answer")
    return reply([shapes.AnswerEntry(id=page.id, title=page.title, date=page.date) for page in pages])


@router.get("/answers/{id_}", **gives(Answer, "The answer as it was."))
def answer(caller: CallerNow, profile: Whose, id_: Annotated[str, Path(max_length=100)]) -> Response:
    """Show a kept answer again."""
    with caller.papers(profile) as held:
        if held.page("answer", id_) is None:
            raise NotHere("no such answer was kept", where=f"the records of {profile}", fix="see the list of answers")
        return reply(Person(held).answer(id_))


def original(held: Papers, id_: str) -> Original:
    """The paper of this id. Raises NotHere."""
    found = [one for one in held.originals() if one.id.removeprefix("FILE:").startswith(id_.removeprefix("FILE:"))]
    if len(found) != 1 or not id_:
        raise NotHere("no kept paper has this id", where=f"the records of {held.name}", fix="see the list of papers")
    return found[0]


def _paper(held: Papers, one: Original) -> shapes.Paper:
    readings = held.readings(one.id)
    header = readings[0].header if readings else None
    return shapes.Paper(
        id=short(one.id),
        name=one.name,
        size=one.size,
        added=one.added,
        type=header.type if header else "unknown",
        date=header.date if header else None,
        findings=sum(len(reading.findings) for reading in readings),
        notes=tuple(dict.fromkeys(note for reading in readings for note in reading.notes)),
    )
