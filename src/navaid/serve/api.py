"""`navaid api token`: tokens that let a program use what `navaid serve` and `navaid mcp --http` offer."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from navaid import config
from navaid.answers.render.safe import line

app = typer.Typer(help="Access for programs; see docs/api.md.", no_args_is_help=True, rich_markup_mode=None)
token = typer.Typer(help="Tokens: what a program shows to be let in.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(token, name="token")
DAYS = 90


@token.command()
def new(
    name: Annotated[str, typer.Argument(help="What the token is for, such as my-phone.")],
    records: Annotated[
        str | None,
        typer.Option(
            "--records", metavar="PROFILE", help="Reach this person's records too, once opened with the passphrase."
        ),
    ] = None,
    days: Annotated[
        int, typer.Option("--days", min=0, max=3650, help="How long it holds; 0 until it is revoked.")
    ] = DAYS,
) -> None:
    """Make a token. It is shown once, and kept nowhere: only what it can be recognised by."""
    from navaid.serve.web.api.tokens import Tokens

    made, secret = Tokens(config.load().home_path).new(name, records or "", days or None, dt.date.today())
    typer.echo(secret)
    reach = f"the library, trials and, with the passphrase, the records of {made.profile}" if records else "no records"
    until = f"until {made.ends}" if made.ends else "until it is revoked"
    typer.echo(line(f"{made.name}: reaches {reach}; holds {until}. Keep it as you keep a password."), err=True)


@token.command("list")
def list_() -> None:
    """List the tokens: id, scope, whose records, how long, name."""
    from navaid.serve.web.api.tokens import Tokens

    today = dt.date.today()
    for one in Tokens(config.load().home_path).list():
        until = f"until {one.ends}" if one.ends else "until revoked"
        state = until if one.holds(today) else f"ended {one.ends}"
        typer.echo(line("  ".join([one.id, one.scope.value, one.profile or "-", f"made {one.made}", state, one.name])))


@token.command()
def revoke(name: Annotated[str, typer.Argument(help="The name or id that `list` shows.")]) -> None:
    """End a token: whoever shows it is turned away from now on."""
    from navaid.serve.web.api.tokens import Tokens

    gone = Tokens(config.load().home_path).revoke(name)
    typer.echo(line(f"{gone.name}: revoked"))
