"""`navaid serve`: the pages in a browser, on this machine only unless the person says otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from navaid import config
from navaid.serve.common import LibraryOption

PORT = 8765


def serve(
    port: Annotated[int, typer.Option("--port", help="0 for any free one.")] = PORT,
    host: Annotated[
        str, typer.Option("--host", help="Another address needs TLS and a login; see docs/web.md.")
    ] = "127.0.0.1",
    certificate: Annotated[Path | None, typer.Option("--tls-cert", metavar="FILE")] = None,
    key: Annotated[Path | None, typer.Option("--tls-key", metavar="FILE")] = None,
    library: LibraryOption = None,
) -> None:
    """Open Navaid in a browser: ask, add records, see trials, prepare a visit."""
    from navaid.serve.web.run import run

    run(config.load(), library, host=host, port=port, certificate=certificate, key=key)
