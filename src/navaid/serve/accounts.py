"""`navaid accounts`: who may sign in where one server is for a family or a clinic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from navaid import config
from navaid.answers.render.safe import line
from navaid.errors import BadInput
from navaid.serve import records_table
from navaid.serve.records_key import PassphraseFileOption, given_passphrase
from navaid.serve.web.accounts.roles import Role

if TYPE_CHECKING:
    from navaid.serve.web.accounts.book import Accounts

app = typer.Typer(
    no_args_is_help=True,
    help="Several people on one server, each with records of their own; for `navaid serve --accounts`.",
    rich_markup_mode=None,
)
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="As the person signs in.")]
YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
_SHORTEST = 8


@app.command()
def add(
    name: NameArgument,
    role: Annotated[Role, typer.Option("--role", help="Whom the account is for.")] = Role.PERSON,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Add an account. Its passphrase is typed twice, or in a file, or in NAVAID_PASSPHRASE.

    A person has records. A carer sees those of people who let them, and may have some too. A navigator reviews
    answers that people send, and sees no records.
    """
    one = _book().add(name, role, _passphrase(passphrase_file))
    typer.echo(line(f"{one.name}: added ({one.role.value}). Nobody can reset what this passphrase opens."))


@app.command("list")
def list_() -> None:
    """List the accounts."""
    rows = [[one.name, one.role.value, one.made[:10]] for one in _book().list()]
    records_table.show(["name", "role", "since"], rows)


@app.command()
def remove(name: NameArgument, yes: YesOption = False) -> None:
    """Take an account away, with all its records. It cannot be undone."""
    one = _book().find(name)
    if not yes and not typer.confirm(line(f"Remove {one.name} and all records of this account?"), default=False):
        raise typer.Exit(1)
    _book().remove(name)
    typer.echo(line(f"{one.name}: removed"))


@app.command()
def reset(name: NameArgument, yes: YesOption = False, passphrase_file: PassphraseFileOption = None) -> None:
    """Give a new passphrase to whoever lost theirs. The records that the old one opened stay closed."""
    one = _book().find(name)
    asked = f"Give {one.name} a new passphrase? The records kept so far stay closed, and nobody can open them."
    if not yes and not typer.confirm(line(asked), default=False):
        raise typer.Exit(1)
    aside = _book().reset(name, _passphrase(passphrase_file))
    typer.echo(line(f"{one.name}: has a new passphrase, and no records yet"))
    if aside is not None:
        typer.echo(f"the old records lie closed in {aside}", err=True)


def _book() -> Accounts:
    from navaid.serve.web.accounts.book import Accounts

    return Accounts(config.load().home_path)


def _passphrase(passphrase_file: PassphraseFileOption) -> str:
    given = given_passphrase(passphrase_file)
    if len(given) < _SHORTEST:
        raise BadInput(
            f"a passphrase of fewer than {_SHORTEST} letters is guessed in no time",
            where="navaid accounts",
            fix="take four or five words that have nothing to do with each other",
        )
    return given
