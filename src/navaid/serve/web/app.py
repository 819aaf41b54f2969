"""The app: its guard, its pages, its static files, and what a person reads when something goes wrong."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from navaid.records.vault.waiting import tidy
from navaid.serve.web import pages, trouble
from navaid.serve.web.api import create_api
from navaid.serve.web.desk import Desk
from navaid.serve.web.guard import Guard
from navaid.serve.web.sessions import Sessions

STATIC = Path(__file__).parent / "static"
_SWEEP_S = 30.0


def create_app(desk: Desk, hosts: frozenset[str]) -> FastAPI:
    """The app over what `desk` holds, answering to `hosts` (such as `127.0.0.1:8765`)."""

    @contextlib.asynccontextmanager
    async def alive(app: FastAPI) -> AsyncIterator[None]:
        tidy(desk.records_folder)
        sweeping = asyncio.create_task(_sweep(desk.sessions))
        yield
        sweeping.cancel()
        desk.close()

    app = FastAPI(title="Navaid", lifespan=alive, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = desk
    for router in pages.routers():
        app.include_router(router, include_in_schema=False)
    app.mount("/api", create_api(desk), name="api")
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    trouble.register(app)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(Guard, hosts=lambda: hosts, on_error=trouble.unexpected, too_large=trouble.too_large)
    return app


async def _sweep(sessions: Sessions) -> None:
    """Ends what is idle by the clock: a key must not stay in memory because nobody asks for a page."""
    while True:
        await asyncio.sleep(_SWEEP_S)
        sessions.sweep()
