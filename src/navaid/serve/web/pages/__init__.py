"""One file for each place in the menu; each has a `router`."""

from __future__ import annotations

from fastapi import APIRouter

from navaid.serve.web import look
from navaid.serve.web.pages import (
    answers,
    ask,
    for_me,
    how,
    jobs,
    library,
    opening,
    people,
    records,
    reviews,
    settings,
    settings_leave,
    settings_model,
    sharing,
    sign_in,
    trials,
    visit,
)


def routers() -> tuple[APIRouter, ...]:
    """The routers of all pages."""
    return (
        look.router,
        ask.router,
        answers.router,
        opening.router,
        people.router,
        records.router,
        settings.router,
        settings_model.router,
        settings_leave.router,
        sign_in.router,
        sharing.router,
        reviews.router,
        for_me.router,
        trials.router,
        visit.router,
        how.router,
        library.router,
        jobs.router,
    )
