"""What a person's papers say, what the person says of it, what is not known, and what to watch for."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from navaid import journeys, starter
from navaid.answers.personal import gaps
from navaid.records import worded
from navaid.records.concepts import Concept
from navaid.records.reconcile import told
from navaid.records.vault import Papers
from navaid.serve.web.api import bodies, shapes
from navaid.serve.web.api.gate import CallerNow
from navaid.serve.web.api.records import Whose, original
from navaid.serve.web.api.replies import gives, reply
from navaid.terms import Finding, Gap, Profile, Value
from navaid.trials.match.facts import Facts
from navaid.trials.match.papers import names

router = APIRouter(prefix="/v1/records/{profile}", tags=["records"])
ConceptId = Annotated[str, Path(max_length=60, description="Such as er.status; docs/records.md lists them.")]


@router.get("/profile", **gives(Profile, "Every value with its state, and the findings behind it."))
def show(caller: CallerNow, profile: Whose) -> Response:
    """Show what the papers say: each value with its words, what is in conflict, and what is not stated."""
    with caller.papers(profile) as held:
        return reply(journeys.own_profile(held))


@router.get("/findings", **gives(Finding, "Each fact with the place it was read at.", many=True))
def findings(
    caller: CallerNow,
    profile: Whose,
    concept: Annotated[str, Query(max_length=60, description="One concept, or a group such as `er`.")] = "",
    paper: Annotated[str, Query(max_length=64, description="Of one paper only.")] = "",
) -> Response:
    """List every fact that was read, paper by paper."""
    with caller.papers(profile) as held:
        readings = held.readings(original(held, paper).id if paper else None)
    found = [finding for reading in readings for finding in reading.findings]
    return reply([one for one in found if not concept or f"{one.concept}.".startswith(f"{concept}.")])


@router.post("/values/{concept}/confirm", **gives(Profile, "The profile as it is now."))
def confirm(caller: CallerNow, profile: Whose, concept: ConceptId, body: bodies.ConfirmBody) -> Response:
    """Say that a value is right."""
    row = worded.concept_named(concept)
    with caller.papers(profile) as held:
        return _say(held, row, worded.confirmed(journeys.own_profile(held), row, body.value), told.CONFIRM, body.side)


@router.post("/values/{concept}/correct", **gives(Profile, "The profile as it is now."))
def correct(caller: CallerNow, profile: Whose, concept: ConceptId, body: bodies.CorrectBody) -> Response:
    """Say what a value really is. The person's word is kept with its date, beside what the papers say."""
    row = worded.concept_named(concept)
    with caller.papers(profile) as held:
        return _say(held, row, worded.value_named(row, body.value), told.CORRECT, body.side)


@router.post("/values/{concept}/reject", **gives(Profile, "The profile as it is now."))
def reject(caller: CallerNow, profile: Whose, concept: ConceptId, body: bodies.ConfirmBody) -> Response:
    """Say that a value is wrong; without one, every value."""
    row = worded.concept_named(concept)
    value = None if body.value is None else worded.value_named(row, body.value)
    with caller.papers(profile) as held:
        return _say(held, row, value, told.REJECT, body.side)


@router.post("/values/{concept}/unsay", **gives(Profile, "The profile as it is now."))
def unsay(caller: CallerNow, profile: Whose, concept: ConceptId) -> Response:
    """Take back what the person said of a value; the papers speak for themselves again."""
    row = worded.concept_named(concept)
    with caller.papers(profile) as held:
        held.unsay(lambda word: word.concept == row.id)
        return reply(journeys.own_profile(held))


@router.get("/gaps", **gives(Gap, "The most weighty first, each with the question to ask.", many=True))
def missing(caller: CallerNow, profile: Whose) -> Response:
    """Say what the papers do not say and would change an answer."""
    with caller.papers(profile) as held:
        made = journeys.own_profile(held)
        facts = Facts(made, dt.date.today(), names(held.readings()))
    return reply(gaps.of_profile(made, facts, starter.load()))


@router.get("/watch", **gives(shapes.WatchList, "Each drug with its signs; empty where the papers name none."))
def watch(caller: CallerNow, profile: Whose) -> Response:
    """What to watch for on each drug that the person takes, will take, or took within about six months."""
    with caller.papers(profile) as held, caller.desk.library() as library:
        watched, page = journeys.watch(library, journeys.own_profile(held), papers=names(held.readings()))
    return reply(shapes.WatchList(watched=watched, page=page))


def _say(held: Papers, row: Concept, value: Value | None, rule: str, side: str) -> Response:
    worded.say(held, row, value, rule, side=side)
    return reply(journeys.own_profile(held))
