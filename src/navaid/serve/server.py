"""`navaid serve`: the pages in a browser, on this machine only unless the person says otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from navaid import config
from navaid.serve.common import LibraryOption

PORT = 8765


def serve(
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 for any free one.")] = PORT,
    host: Annotated[
        str, typer.Option("--host", help="Another address needs a passphrase and TLS; see docs/web-security.md.")
    ] = "127.0.0.1",
    certificate: Annotated[Path | None, typer.Option("--tls-cert", metavar="FILE", help="A certificate (PEM).")] = None,
    key: Annotated[Path | None, typer.Option("--tls-key", metavar="FILE", help="Its key (PEM).")] = None,
    accounts: Annotated[
        bool, typer.Option("--accounts", help="Several people sign in, each to their own; see `navaid accounts`.")
    ] = False,
    behind_proxy: Annotated[
        list[str] | None,
        typer.Option("--behind-proxy", metavar="NAME", help="The name of a proxy that adds TLS; may be repeated."),
    ] = None,
    unencrypted: Annotated[
        bool,
        typer.Option(
            "--unencrypted-on-the-network",
            help="Listen on --host without TLS. Whoever is in between can read everything; for a proxy's own network.",
        ),
    ] = False,
    library: LibraryOption = None,
) -> None:
    """Open Navaid in a browser: ask, add records, see trials, prepare a visit."""
    from navaid.serve.web.listening import Listening
    from navaid.serve.web.run import run

    where = Listening(host, port, certificate, key, tuple(behind_proxy or ()), unencrypted)
    run(config.load(), library, where, with_accounts=accounts)
