"""What a person takes from their papers: what to watch for, what is not known, the next visit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from navaid import starter
from navaid.answers import answer as answers
from navaid.answers import compose
from navaid.answers.triage import triage
from navaid.journeys.records import own_profile
from navaid.journeys.telling import Explain, silent
from navaid.library import Library
from navaid.terms import Answer, Personal, Profile, Question, Watched

if TYPE_CHECKING:
    from navaid.records.vault import Papers
    from navaid.terms import VisitPlan


def watch(
    library: Library,
    profile: Profile | None = None,
    *,
    papers: Mapping[str, str] | None = None,
    drug: str = "",
    today: dt.date | None = None,
) -> tuple[tuple[Watched, ...], Answer]:
    """What to watch for on each drug of the profile, or on one that is named, and the verified page of it."""
    from navaid.answers.personal import watch as watching
    from navaid.answers.personal import watch_page
    from navaid.trials.match.facts import Facts

    data, day = starter.load(library.folder), today or dt.date.today()
    watched: tuple[Watched, ...]
    if profile is None:
        watched = (watching.of_drug(drug, data),)
    else:
        watched = watching.of(profile, Facts(profile, day, papers), data)
    question = watch_page.question(watched)
    draft, own = watch_page.draft(watched, data), watch_page.personal(watched, profile)
    return watched, answers.assemble(library, data, question, triage(""), draft, day, "", own)


def not_known(
    library: Library,
    profile: Profile,
    *,
    papers: Mapping[str, str] | None = None,
    today: dt.date | None = None,
) -> Answer:
    """The verified page of what the papers do not say, or disagree on, and would change an answer."""
    from navaid.answers.personal import gaps
    from navaid.trials.match.facts import Facts

    data, day = starter.load(library.folder), today or dt.date.today()
    missing = gaps.of_profile(profile, Facts(profile, day, papers), data)
    own = Personal(profile=profile.name, made=day, gaps=missing)
    question = Question(text="What is not known yet?", parts=())
    nothing = compose.Draft(sections=(), corrections=(), unanswered=(), nearest=(), left_out=())
    return answers.assemble(library, data, question, triage(""), nothing, day, "", own)


def prepare_visit(
    papers: Papers,
    library: Library,
    *,
    day: dt.date | None = None,
    anew: bool = False,
    today: dt.date | None = None,
    explain: Explain = silent,
) -> VisitPlan:
    """The questions for the next visit, in order, kept with the papers; what the person changed before stays so."""
    from navaid.answers.personal import gaps
    from navaid.answers.visit import gather, kept, plan
    from navaid.trials.match import again, facts
    from navaid.trials.match.papers import names

    data, made = starter.load(library.folder), today or dt.date.today()
    known = facts.Facts(own_profile(papers, today=made), made, names(papers.readings()))
    missing = gaps.of_profile(known.profile, known, data)
    explain("gaps", missing)
    matches = [one.match for one in again.kept(papers)]
    found = gather.gather(known, missing, matches, kept.answers(papers), data)
    explain("gather", found)
    before = None if anew else kept.plan(papers)
    planned = plan.again(before, made, found, day) if before else plan.first(papers.name, made, found, day)
    kept.keep(papers, planned)
    explain("plan", planned)
    return planned
