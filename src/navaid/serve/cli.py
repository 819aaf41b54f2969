"""The command `navaid`: each command parses, calls a journey and shows what it gave."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from navaid.errors import NavaidError
from navaid.serve import accounts as accounts_commands
from navaid.serve import api as api_commands
from navaid.serve import ask as ask_command
from navaid.serve import library as library_commands
from navaid.serve import models as models_commands
from navaid.serve import records as records_commands
from navaid.serve import server as server_command
from navaid.serve import small
from navaid.serve import starter as starter_commands
from navaid.serve import tools as tools_command
from navaid.serve import trials as trials_commands
from navaid.serve import verify as verify_command
from navaid.serve import visit as visit_commands
from navaid.serve import visits as visits_command
from navaid.serve import watch as watch_command

app = typer.Typer(
    name="navaid",
    help="Answers about breast cancer in plain language, each sentence with its source. Runs on this machine.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)
app.command("ask")(ask_command.ask)
app.add_typer(ask_command.answers_app, name="answers")
app.add_typer(library_commands.app, name="library")
app.add_typer(starter_commands.app, name="starter")
app.add_typer(records_commands.app, name="records")
app.add_typer(trials_commands.app, name="trials")
app.add_typer(visit_commands.app, name="visit")
app.add_typer(models_commands.app, name="models")
app.command("triage")(small.triage)
app.command("verify")(verify_command.verify)
app.command("explain")(small.explain)
app.command("questions")(visits_command.questions)
app.command("watch")(watch_command.watch)
app.command("doctor")(small.doctor)
app.command("serve")(server_command.serve)
app.add_typer(accounts_commands.app, name="accounts")
app.add_typer(api_commands.app, name="api")
app.command("mcp")(tools_command.mcp)


@app.callback(invoke_without_command=True)
def root(
    version: Annotated[bool, typer.Option("--version", help="Show the version and end.")] = False,
) -> None:
    if version:
        from importlib import metadata

        typer.echo(f"navaid {metadata.version('navaid')}")
        raise typer.Exit


def main() -> None:
    """Run the command; what a person should read ends it with code 2 and no traceback."""
    try:
        app(prog_name="navaid")
    except NavaidError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
