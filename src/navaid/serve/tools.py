"""`navaid mcp`: the journeys as tools for an assistant that the person already uses."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from navaid import config
from navaid.errors import BadInput
from navaid.serve.common import LibraryOption
from navaid.serve.records_key import KeyFileOption, PassphraseFileOption, discard, opened

if TYPE_CHECKING:
    from navaid.records.vault import Vault


def mcp(
    http: Annotated[
        int | None,
        typer.Option("--http", metavar="PORT", min=0, max=65535, help="Streamable HTTP on this machine, with a token."),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option("--profile", metavar="NAME", help="Add tools that read this person's papers; see docs/mcp.md."),
    ] = None,
    library: LibraryOption = None,
    key_file: KeyFileOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Offer Navaid as read-only tools to an assistant (Model Context Protocol), by standard input and output.

    Without --profile nothing about a person can be read. See docs/mcp.md for what each tool gets and gives.
    """
    _needed()
    from navaid.serve.mcp import mine, server
    from navaid.serve.mcp.desk import Desk

    vault: Vault | None = None
    if profile is None:
        discard()
    else:
        vault = opened(key_file, passphrase_file)
        with vault.papers(profile):  # says now that there is no such person
            print(mine.WARNING.format(name=profile), file=sys.stderr, flush=True)
    settings = config.load()
    desk = Desk(settings, library)
    made = server.make(desk, vault, profile or "")
    try:
        if http is None:
            made.run()
        else:
            from navaid.serve.mcp import http as over_http

            over_http.run(made, settings.home_path, http, profile or "")
    except KeyboardInterrupt:
        pass
    finally:
        desk.close()


def _needed() -> None:
    """Returns where the package of the protocol is there. Raises BadInput."""
    try:
        from mcp.server import MCPServer  # noqa: F401
    except ImportError:
        raise BadInput(
            "Navaid cannot speak to assistants yet", where="package mcp", fix="run `pip install 'navaid[mcp]'`"
        ) from None
