"""`navaid records`: read a person's papers, keep them, show what they say."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from navaid import journeys
from navaid.answers.render.safe import line
from navaid.errors import BadInput, NavaidError
from navaid.records.nested import nested, row
from navaid.serve import records_changes, records_explain, records_keep, records_show, records_table
from navaid.serve.records_key import KeyFileOption, PassphraseFileOption, ProfileOption, discard, opened_or_new
from navaid.serve.records_watch import Watch

app = typer.Typer(
    no_args_is_help=True,
    help="A person's own papers: read, kept encrypted, shown with their words.",
    rich_markup_mode=None,
)
FilesArgument = Annotated[list[Path], typer.Argument(metavar="FILE…", help="Papers, archives or folders.")]
ExplainOption = Annotated[bool, typer.Option("--explain", help="Say which rule read each value.")]


@app.command()
def read(
    files: FilesArgument,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One JSON object a file.")] = False,
    explain: ExplainOption = False,
) -> None:
    """Read papers without keeping anything of them."""
    discard()
    failed = 0
    with Watch() as watch:
        for found in journeys.read_records(files, on_page=watch.page):
            failed += isinstance(found, NavaidError)
            if jsonl:
                _write(found)
                continue
            watch.pause()
            if isinstance(found, NavaidError):
                _complain(found)
            else:
                reading, profile = found
                _head(reading.name, reading.header.type, str(reading.header.date or ""), reading.notes)
                records_table.findings(reading, explain=explain)
                records_table.ending(profile, [reading])
    if failed and not jsonl:
        raise typer.Exit(1)


@app.command()
def add(
    files: FilesArgument,
    profile: ProfileOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Keep papers that are doubtful, without being asked.")] = False,
    refuse: Annotated[bool, typer.Option("--refuse", help="Do not keep papers that are doubtful.")] = False,
    explain: ExplainOption = False,
    key_file: KeyFileOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Read papers and keep them, encrypted, with what was found in them.

    A paper is doubtful that seems to be another person's, is kept already, is no medical paper, speaks of another
    cancer, is in another language or cannot be read: you are asked whether to keep it.
    """
    if yes and refuse:
        raise BadInput("--yes and --refuse say opposite things", where="navaid records add", fix="give one of them")
    choice = True if yes else False if refuse else None
    kept, new = 0, list[str]()
    with opened_or_new(key_file, passphrase_file).papers(profile, create=True) as papers, Watch() as watch:
        held_before = {original.id for original in papers.originals()}
        for outcome in journeys.add_records(papers, files, decide=watch.decider(choice), on_page=watch.page):
            watch.pause()
            if outcome.original is not None:
                kept, new = kept + 1, [*new, outcome.original.id]
            records_keep.report(outcome, explain=explain)
        watch.pause()
        if kept:
            typer.echo(f"\n{kept} kept in the profile {papers.name}.")
            records_table.ending(journeys.own_profile(papers), papers.readings())
            records_changes.tell(papers, new, held_before)
    if not kept:
        raise typer.Exit(1)


def _write(found: NavaidError | tuple[Any, Any]) -> None:
    """One line of `read --jsonl`."""
    made: dict[str, Any]
    if isinstance(found, NavaidError):
        fault = {"kind": type(found).__name__, "what": found.what, "where": found.where, "fix": found.fix}
        made = {"path": found.where, "error": fault}
    else:
        reading, profile = found
        made = {
            "path": reading.path,
            "document": msgspec.to_builtins(reading.header),
            "findings": [row(finding) for finding in reading.findings],
            "profile": nested(profile),
        }
        if reading.notes:
            made["notes"] = list(reading.notes)
    sys.stdout.buffer.write(msgspec.json.encode(made) + b"\n")
    sys.stdout.buffer.flush()


def _head(name: str, type_: str, date: str, notes: tuple[str, ...]) -> None:
    about = ", ".join(filter(None, (type_.replace("_", " ") if type_ != "unknown" else "", date)))
    typer.echo(line(f"{name}{f' ({about})' if about else ''}"))
    for note in notes:
        typer.echo(line(f"  note: {note}"))


def _complain(error: NavaidError) -> None:
    typer.echo(
        "\n".join(line(part) if not part.startswith("  ") else f"  {line(part)}" for part in str(error).split("\n")),
        err=True,
    )


records_keep.register(app)
records_show.register(app)
records_changes.register(app)
records_explain.register(app)
