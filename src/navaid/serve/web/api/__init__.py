"""The same journeys for programs, under /api/v1. In: JSON and a token. Out: the records that cross rooms, as JSON.

`gate` looks at the token, a file for each group of journeys holds the functions, `bodies` is what they take, `shapes`
what they give beside the records of `terms`, `faults` how errors are told, `openapi` describes it all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.routing import APIRoute

from navaid.serve.web.api import adding, faults, library, openapi, opening, profile, records, trials, visit
from navaid.serve.web.api.gate import Gate

if TYPE_CHECKING:
    from navaid.serve.web.desk import Desk

_ROUTERS = (library, trials, opening, records, adding, profile, visit)


def create_api(desk: Desk) -> FastAPI:
    """The app to be mounted at /api: it has its own OpenAPI document, and no page that loads scripts from elsewhere."""
    app = described()
    app.state.desk = desk
    app.add_middleware(Gate, desk=desk)
    return app


def _name(route: APIRoute) -> str:
    """What the document calls an operation: its file and function, such as `trials_find`."""
    return f"{route.endpoint.__module__.rpartition('.')[2]}_{route.name}"


def described() -> FastAPI:
    """The functions and their description, without anything to work with."""
    app = FastAPI(
        **openapi.HEAD,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        redirect_slashes=False,
        servers=[{"url": "/api"}],
        root_path_in_servers=False,
        generate_unique_id_function=_name,
    )
    for part in _ROUTERS:
        app.include_router(part.router)
    faults.register(app, [route for part in _ROUTERS for route in part.router.routes])
    app.openapi = lambda: openapi.document(app)  # type: ignore[method-assign]
    return app
