"""`navaid watch`: the side effects to know on the drugs of a person, and whom to call."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from navaid import journeys
from navaid.answers.render import render
from navaid.errors import BadInput
from navaid.serve.ask_for import ForOption, person
from navaid.serve.common import LibraryOption, look, opened, print_json
from navaid.serve.records_key import KeyFileOption, PassphraseFileOption

_NONE = "Your papers name no drug that you take, will take, or took within about six months."


def watch(
    for_: ForOption = None,
    drug: Annotated[
        str | None, typer.Option("--drug", metavar="NAME", help="One drug by its name or brand, without any papers.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON: each drug with its sentences.")] = False,
    quotes: Annotated[bool, typer.Option("--quotes", help="Show the sources' own words.")] = False,
    key_file: KeyFileOption = None,
    passphrase_file: PassphraseFileOption = None,
    library: LibraryOption = None,
) -> None:
    """Show what to watch for on each drug: when to get help at once, when to call the team, and what is common."""
    if (for_ is None) == (drug is None):
        raise BadInput(
            "it is not clear for whom or which drug",
            where="navaid watch",
            fix="give --for NAME, or --drug NAME such as `navaid watch --drug Ibrance`",
        )
    with opened(library) as held, person(for_, key_file, passphrase_file) as someone:
        if someone is not None:
            watched, page = journeys.watch(held, someone.profile, papers=someone.names)
        else:
            watched, page = journeys.watch(held, drug=drug or "")
    if as_json:
        print_json(watched)
    elif not watched:
        typer.echo(_NONE)
    else:
        width, styled = look()
        sys.stdout.write(render(page, "terminal", width=width, quotes=quotes, styled=styled))
