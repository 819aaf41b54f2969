"""The help of every command, as docs/commands.md shows it: `python -m navaid.serve.help > docs/commands.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import typer

from navaid.serve.cli import app

_HEAD = """# Commands

Made from the commands themselves: `python -m navaid.serve.help > docs/commands.md`. The lines that `--jsonl`
reads and writes are described in [answer-json.md](answer-json.md).
"""
_WIDTH = 78
"""What a terminal of 80 columns or more gives."""


def page() -> str:
    """The whole page."""
    return _HEAD + "".join(f"\n## {words}\n\n```\n{told}\n```\n" for words, told in helps())


def helps() -> Iterator[tuple[str, str]]:
    """Every command by its words, with what it prints for `--help`, in the order in which the help lists them."""
    return _below(typer.main.get_command(app), "navaid", None)


def _below(command: Any, name: str, parent: Any) -> Iterator[tuple[str, str]]:
    here = command.context_class(command, info_name=name, parent=parent, terminal_width=_WIDTH)
    told = command.get_help(here)
    yield here.command_path, "\n".join(line.rstrip() for line in told.strip().splitlines())
    for below, one in getattr(command, "commands", {}).items():
        yield from _below(one, below, here)


if __name__ == "__main__":
    sys.stdout.write(page())
