"""The server over streamable HTTP on this machine: its Host header is checked, and a token of `navaid api` needed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import uvicorn
from mcp.server import MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from navaid.errors import BadInput, NavaidError
from navaid.serve.web.api import faults
from navaid.serve.web.api.gate import Doorkeeper
from navaid.serve.web.guard import Guard
from navaid.serve.web.listening import Listening, bind

if TYPE_CHECKING:
    from pathlib import Path

PATH = "/mcp"


class Gate:
    """Lets in who has a token; one that reaches records of `profile`, where the server has tools about that person."""

    def __init__(self, app: ASGIApp, home: Path, profile: str = "") -> None:
        self.app, self.home, self.profile = app, home, profile
        self._doorkeeper = Doorkeeper(home)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            request = Request(scope)
            try:
                address = request.client.host if request.client else ""
                _, token = self._doorkeeper.admit(request.headers.get("authorization"), address)
                if self.profile and token.profile != self.profile:
                    raise faults.ScopeNeeded(
                        "this token does not reach the records that are open here",
                        where="the token",
                        fix=f"make one: `navaid api token new NAME --records {self.profile}`",
                    )
            except NavaidError as error:
                await faults.answer(error, self.home, PATH)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def app(server: MCPServer, home: Path, port: int, profile: str = "") -> ASGIApp:
    """The server as an ASGI app that answers to the names of this machine only."""
    hosts = Listening().names(port)
    security = TransportSecuritySettings(
        allowed_hosts=sorted(hosts), allowed_origins=[f"http://{host}" for host in sorted(hosts)]
    )
    inner = server.streamable_http_app(streamable_http_path=PATH, transport_security=security)
    return Guard(Gate(inner, home, profile), hosts=lambda: hosts, on_error=faults.unexpected)


def run(server: MCPServer, home: Path, port: int, profile: str = "") -> None:
    """Serves until it is stopped. Raises BadInput for a port that cannot be used."""
    try:
        bound = bind("127.0.0.1", port)
    except BadInput as error:
        raise BadInput(
            error.what, where="navaid mcp --http", fix="give another port; `--http 0` takes any free one"
        ) from None
    taken = bound.getsockname()[1]
    address = f"http://127.0.0.1:{taken}{PATH}"
    print(
        f"Navaid's tools are at {address} (stop with Ctrl+C). A token is needed: `navaid api token new NAME`",
        file=sys.stderr,
    )
    config = uvicorn.Config(app(server, home, taken, profile), log_level="error", access_log=False, server_header=False)
    uvicorn.Server(config).run(sockets=[bound])
