"""`navaid records`: read a person's papers, keep them, show what they say."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from navaid import journeys
from navaid.records.nested import nested

app = typer.Typer(no_args_is_help=True, help="A person's own papers: read, kept encrypted, shown with their words.")


@app.command()
def read(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Papers, archives or folders.")],
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One JSON object a file.")] = False,
) -> None:
    """Read papers without keeping anything of them."""
    for reading, profile in journeys.read_records(files):
        row = {
            "path": reading.path,
            "document": msgspec.to_builtins(reading.header),
            "findings": [msgspec.to_builtins(finding) for finding in reading.findings],
            "profile": nested(profile),
        }
        sys.stdout.buffer.write(msgspec.json.encode(row) + b"\n")
        sys.stdout.buffer.flush()
