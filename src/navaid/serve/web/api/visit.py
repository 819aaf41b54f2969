"""The next visit: its questions made from the papers, changed by the person, and written out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from navaid import journeys, starter
from navaid.answers.visit import clinician, fhir, kept, person, plan
from navaid.records.vault import Papers
from navaid.serve.web.api import bodies
from navaid.serve.web.api.faults import NotHere
from navaid.serve.web.api.gate import Caller, CallerNow
from navaid.serve.web.api.records import Whose
from navaid.serve.web.api.replies import REF, gives, reply
from navaid.terms import VisitItem, VisitPlan, encode

router = APIRouter(prefix="/v1/records/{profile}/visit", tags=["records"])
Number = Annotated[int, Path(ge=1, le=10_000, description="The place of the question in the plan, from 1.")]
_TYPES = {
    "html": "text/html",
    "pdf": "application/pdf",
    "fhir": "application/fhir+json",
    "json": "application/json",
}
_SCHEMAS: dict[str, dict[str, Any]] = {
    "text/html": {"type": "string"},
    "application/pdf": {"type": "string", "format": "binary"},
    "application/fhir+json": {"type": "object"},
    "application/json": {"$ref": REF.format(name="VisitPlan")},
}


@router.get("", **gives(VisitPlan, "The plan."))
def show(caller: CallerNow, profile: Whose) -> Response:
    """Show the questions in order, why each is asked, and the person's note."""
    with caller.papers(profile) as held:
        return reply(_plan(held))


@router.post("/prepare", **gives(VisitPlan, "The plan as it is now."))
def prepare(caller: CallerNow, profile: Whose, body: bodies.PrepareBody) -> Response:
    """Make the questions for the next visit from the papers; what was changed before stays."""
    with caller.papers(profile) as held, caller.desk.library() as library:
        return reply(journeys.prepare_visit(held, library, day=body.day, anew=body.anew))


@router.post("/items", **gives(VisitPlan, "The plan as it is now."))
def add(caller: CallerNow, profile: Whose, body: bodies.QuestionBody) -> Response:
    """Add a question of the person's own, before all others."""
    return _change(caller, profile, lambda now: plan.add(now, body.text))


@router.patch("/items/{number}", **gives(VisitPlan, "The plan as it is now."))
def edit(caller: CallerNow, profile: Whose, number: Number, body: bodies.ItemBody) -> Response:
    """Put a question in other words, mark it as asked, or ask it earlier or later."""

    def changed(now: VisitPlan) -> VisitPlan:
        item = _at(now, number)
        if body.text is not None:
            now = plan.edit(now, number, body.text)
        if body.done is not None and body.done != item.done:
            now = plan.done(now, number)
        return now if body.to is None else plan.move(now, number, body.to)

    return _change(caller, profile, changed)


@router.delete("/items/{number}", **gives(VisitPlan, "The plan as it is now."))
def drop(caller: CallerNow, profile: Whose, number: Number) -> Response:
    """Take a question out; it stays out when the visit is prepared again."""

    def changed(now: VisitPlan) -> VisitPlan:
        _at(now, number)
        return plan.drop(now, number)

    return _change(caller, profile, changed)


@router.put("/note", **gives(VisitPlan, "The plan as it is now."))
def note(caller: CallerNow, profile: Whose, body: bodies.NoteBody) -> Response:
    """Write a note on the page, in place of the one before; an empty one takes it away."""
    return _change(caller, profile, lambda now: plan.note(now, body.text))


@router.get(
    "/export",
    response_model=None,
    responses={
        200: {
            "description": "The file. It is not encrypted.",
            "content": {kind: {"schema": schema} for kind, schema in _SCHEMAS.items()},
        }
    },
)
def export(
    caller: CallerNow,
    profile: Whose,
    form: Annotated[Literal["html", "pdf", "fhir", "json"], Query()] = "html",
    reader: Annotated[Literal["person", "clinician"], Query(description="Whose page, for html and pdf.")] = "person",
) -> Response:
    """Write out the person's page or the clinician's (HTML or PDF), a FHIR document, or the plan."""
    with caller.papers(profile) as held:
        now, made, readings = _plan(held), journeys.own_profile(held), held.readings()
    if form == "fhir":
        data = fhir.document(now, made, readings)
    elif form == "json":
        data = encode(now)
    elif reader == "person":
        data = (person.html if form == "html" else person.pdf)(now, made, readings, starter.load())
    else:
        data = (clinician.html if form == "html" else clinician.pdf)(now, made, readings)
    return Response(data, media_type=_TYPES[form])


def _change(caller: Caller, profile: str, change: Callable[[VisitPlan], VisitPlan]) -> Response:
    with caller.papers(profile) as held:
        now = change(_plan(held))
        kept.keep(held, now)
        return reply(now)


def _plan(held: Papers) -> VisitPlan:
    found = kept.plan(held)
    if found is None:
        raise NotHere(
            "no visit has been prepared yet", where=f"the records of {held.name}", fix="POST …/visit/prepare first"
        )
    return found


def _at(now: VisitPlan, number: int) -> VisitItem:
    """The question at this place. Raises NotHere."""
    if number > len(now.items):
        raise NotHere(
            f"no question has the number {number}", where="the address", fix=f"the plan has {len(now.items)} questions"
        )
    return now.items[number - 1]
