"""Trials: found, shown, and held against a few words about somebody, or against a person's papers."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import msgspec
from fastapi import APIRouter, Path
from starlette.responses import Response

from navaid import journeys
from navaid.errors import BadInput
from navaid.serve import trials_wanted
from navaid.serve.trials_who import Who
from navaid.serve.web.api import bodies, shapes
from navaid.serve.web.api.faults import NotHere
from navaid.serve.web.api.gate import Caller, CallerNow
from navaid.serve.web.api.replies import gives, made, reply
from navaid.terms import Study
from navaid.trials.find.listing import Listing
from navaid.trials.match.again import keep
from navaid.trials.render import record
from navaid.trials.render.words import NOTICE

router = APIRouter(prefix="/v1/trials", tags=["trials"])
NctId = Annotated[str, Path(pattern="^NCT[0-9]{8}$", description="The study's id, such as NCT04020575.")]


@router.post("", **gives(shapes.TrialListing, "The studies in order, and what must be known to read them."))
def find(caller: CallerNow, body: bodies.FindTrialsBody) -> Response:
    """Find studies among those kept on this machine, and among the facts that come with Navaid. Nothing is sent."""
    who = _who(caller, body.about, body.profile)
    with trials_wanted.kept(caller.desk.trials_folder) as store:
        found = trials_wanted.find(store, body.asked, who, caller.desk.settings, body.limit)
    return reply(listed(found))


@router.get("/{nct_id}", **gives(Study, "The study as the registry records it."))
def show(caller: CallerNow, nct_id: NctId) -> Response:
    """Show a study whole: what is tested, who may join, where, whom to ask."""
    return reply(_study(caller, nct_id))


@router.post("/{nct_id}/check", **gives(shapes.TrialCheck, "The verdict, and every statement with its reason."))
def check(caller: CallerNow, nct_id: NctId, body: bodies.CheckTrialBody) -> Response:
    """Hold a study against a person: each statement, what is known of it, and what to ask."""
    who = _who(caller, body.about, body.profile)
    if who.profile is None:
        raise BadInput(
            "it is not said whom the study is held against", where="the body", fix="send `about` or `profile`"
        )
    study, today = _study(caller, nct_id), dt.date.today()
    held = journeys.check_trial(study, who.profile, papers=who.papers, today=today)
    if body.keep:
        if body.profile is None:
            raise BadInput("only a check against papers can be kept", where="keep", fix="name the `profile`")
        with caller.papers(body.profile) as papers:
            keep(papers, study, held, today)
    row = {"nct_id": study.nct_id, "title": study.brief_title, "updated": study.updated, "seen": study.seen}
    return reply(made({**row, **record.match(held), "notice": NOTICE}, shapes.TrialCheck))


def listed(found: Listing) -> shapes.TrialListing:
    """The listing as programs get it."""
    plain = record.listing(found)
    facts = [msgspec.to_builtins(fact) for fact in found.facts]
    near = found.wanted.near.name if found.wanted.near else ""
    return made({**plain, "facts": facts, "near": near}, shapes.TrialListing)


def _who(caller: Caller, about: str | None, profile: str | None) -> Who:
    """Who is meant, if anybody is. Raises BadInput where it is said in two ways."""
    if about is not None and profile is not None:
        raise BadInput("`about` and `profile` both say who is meant", where="the body", fix="send one of them")
    if about is not None:
        return trials_wanted.about(about)
    if profile is not None:
        with caller.papers(profile) as papers:
            return trials_wanted.owner(papers)
    return Who()


def _study(caller: Caller, nct_id: str) -> Study:
    with trials_wanted.kept(caller.desk.trials_folder) as store:
        found = journeys.show_trial(store, nct_id)
    if found is None:
        raise NotHere(
            "the record of this study is not kept here, so it could not be looked at",
            where=nct_id,
            fix=f"fetch it: `navaid trials sync --id {nct_id}`",
        )
    return found
