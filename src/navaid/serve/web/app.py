"""The app: its guard, its pages, its static files, and what a person reads when something goes wrong."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from navaid.errors import NavaidError
from navaid.serve.web import pages
from navaid.serve.web.desk import Desk
from navaid.serve.web.guard import Guard, TooLarge
from navaid.serve.web.here import trouble
from navaid.serve.web.sessions import Locked

STATIC = Path(__file__).parent / "static"


def create_app(desk: Desk, hosts: frozenset[str]) -> FastAPI:
    """The app over what `desk` holds, answering to `hosts` (such as `127.0.0.1:8765`)."""

    @contextlib.asynccontextmanager
    async def alive(app: FastAPI) -> AsyncIterator[None]:
        yield
        desk.close()

    app = FastAPI(title="Navaid", lifespan=alive, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = desk
    for router in pages.routers():
        app.include_router(router, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_exception_handler(Locked, _locked)
    app.add_exception_handler(NavaidError, _told)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(TooLarge, _too_large)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(Guard, hosts=lambda: hosts)
    return app


async def _locked(request: Request, error: Exception) -> Response:
    return trouble(request, error, 401, unlock=True)


async def _told(request: Request, error: Exception) -> Response:
    return trouble(request, error, 400)


async def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return trouble(request, error, status)


async def _too_large(request: Request, error: Exception) -> Response:
    return trouble(request, error, 413)
