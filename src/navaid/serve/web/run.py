"""The server process: which address it listens on, by which names a browser may know it, and how it stops."""

from __future__ import annotations

import ipaddress
import socket
from pathlib import Path

import uvicorn

from navaid.config import Settings
from navaid.errors import BadInput
from navaid.serve.web.app import create_app
from navaid.serve.web.desk import Desk


def run(
    settings: Settings, library: Path | None, *, host: str, port: int, certificate: Path | None, key: Path | None
) -> None:
    """Serves until it is stopped. Raises BadInput for an address that would be open to others without protection."""
    if not is_loopback(host):
        raise BadInput("only this machine can be served so far", where=f"--host {host}", fix="leave --host away")
    bound = _bind(host, port)
    port = bound.getsockname()[1]
    secure = certificate is not None
    app = create_app(Desk(settings, library, secure=secure), names(host, port))
    print(f"Navaid is open at {'https' if secure else 'http'}://{host}:{port} (stop it with Ctrl+C)", flush=True)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False))
    server.run(sockets=[bound])


def is_loopback(host: str) -> bool:
    """Whether this address is this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def names(host: str, port: int) -> frozenset[str]:
    """What the Host header may say."""
    known = {host, "127.0.0.1", "localhost", "[::1]"} if is_loopback(host) else {host}
    return frozenset(f"{name}:{port}" for name in known)


def _bind(host: str, port: int) -> socket.socket:
    made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
    except OSError as error:
        made.close()
        raise BadInput(
            f"the port {port} cannot be used ({error.strerror})", where="navaid serve", fix="give another: `--port 0`"
        ) from None
    return made
