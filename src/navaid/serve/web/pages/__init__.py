"""One file for each place in the menu; each has a `router`."""

from __future__ import annotations

from fastapi import APIRouter

from navaid.serve.web.pages import ask


def routers() -> tuple[APIRouter, ...]:
    """The routers of all pages."""
    return (ask.router,)
