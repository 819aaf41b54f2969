"""One file for each place in the menu; each has a `router`."""

from __future__ import annotations

from fastapi import APIRouter

from navaid.serve.web.pages import ask, opening, people, settings, settings_leave, settings_model


def routers() -> tuple[APIRouter, ...]:
    """The routers of all pages."""
    return (
        ask.router,
        opening.router,
        people.router,
        settings.router,
        settings_model.router,
        settings_leave.router,
    )
