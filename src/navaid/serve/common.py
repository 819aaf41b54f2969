"""What the commands share: the library that an option names, and JSON Lines in and out."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from navaid import config, journeys
from navaid.answers.render.safe import line
from navaid.errors import BadInput, NavaidError
from navaid.library import Library

if TYPE_CHECKING:
    from navaid.records.export.written import Written

LibraryOption = Annotated[
    Path | None,
    typer.Option("--library", metavar="FOLDER", help="The library's folder; without it, the default one."),
]

_WIDEST = 100  # longer lines are hard to read


def opened(folder: Path | None) -> Library:
    """The library that `--library` names, or the default one."""
    return journeys.open_library(folder, config.load())


def look(*, to_file: bool = False) -> tuple[int, bool]:
    """How wide lines are where they are read, and whether a terminal can show bold and colours."""
    width = min(_WIDEST, shutil.get_terminal_size((80, 24)).columns)
    return width, not to_file and sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def put(page: str, out: Path | None) -> None:
    """The page on standard output, or in a file that only its owner can read: it may tell of a person."""
    if out is None:
        sys.stdout.write(page if page.endswith("\n") else page + "\n")
        return
    try:
        with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(page)
    except OSError as error:
        raise BadInput(
            f"the page cannot be written ({error.strerror})", where=str(out), fix="name another file"
        ) from error


def print_json(record: object) -> None:
    """A record as JSON that people can read as well."""
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n")


def tell_written(made: Written) -> None:
    """The files of an export and what could not be written. Ends the command with 1 if that is more than a PDF."""
    from navaid.records.export.one_page import NoPdf

    for path in made.paths:
        typer.echo(line(str(path)))
    for problem in made.problems:
        typer.echo(str(problem), err=True)
    typer.echo("These files are not encrypted: keep them where only you can read them.", err=True)
    if any(not isinstance(problem, NoPdf) for problem in made.problems):
        raise typer.Exit(1)


def over_lines(answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Read objects from standard input, one a line, and write what `answer` makes of each.

    A line that cannot be used gives `{"id": …, "error": {"what", "where", "fix"}}`; the rest goes on.
    """
    for number, row, error in _lines():
        made: dict[str, Any]
        known = row.get("id") if isinstance(row.get("id"), str | int) else None
        if error is None:
            try:
                made = {"id": known, **answer(row)}
            except NavaidError as raised:
                error = raised
        if error is not None:
            where = error.where or f"line {number}"
            fault = {"kind": type(error).__name__, "what": error.what, "where": where, "fix": error.fix}
            made = {"id": known, "error": fault}
        sys.stdout.buffer.write(msgspec.json.encode(made) + b"\n")
        sys.stdout.buffer.flush()


def field(row: dict[str, Any], name: str) -> str:
    """A text field of an input object. Raises BadInput."""
    value = row.get(name)
    if not isinstance(value, str):
        raise BadInput(f"the object has no text field `{name}`", fix=f'write {{"id": …, "{name}": "…"}}')
    return value


def _lines() -> Iterator[tuple[int, dict[str, Any], NavaidError | None]]:
    for number, given in enumerate(sys.stdin.buffer, 1):
        if not given.strip():
            continue
        try:
            row = msgspec.json.decode(given)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            yield (
                number,
                {},
                BadInput(f"the line is not JSON ({error})", where=f"line {number}", fix="one object a line"),
            )
            continue
        if isinstance(row, dict):
            yield number, row, None
        else:
            yield (
                number,
                {},
                BadInput("the line is not an object", where=f"line {number}", fix="one object a line"),
            )
