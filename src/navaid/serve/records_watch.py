"""Progress while papers are read, a page at a time, and the question whether a doubtful one is to be kept."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from navaid.answers.render.safe import line

if TYPE_CHECKING:
    from navaid.records.adding import Read


class Watch:
    """A bar for the paper that is being read; silent where nobody looks on."""

    def __init__(self) -> None:
        columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())
        self._task = self._bar.add_task("reading", total=None)

    def __enter__(self) -> Watch:
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self._bar.stop()

    def page(self, path: str, number: int, of: int) -> None:
        """A page is about to be read."""
        self._bar.start()
        self._bar.update(
            self._task, description=f"page {number} of {line(Path(path).name)}", completed=number, total=of
        )

    def pause(self) -> None:
        """Takes the bar away, so that a table or a question can be shown; the next page brings it back."""
        self._bar.stop()

    def decider(self, choice: bool | None) -> Callable[[Read], bool]:
        """What is asked about a doubtful paper: `choice`, or the person; where nobody can be asked it is refused."""

        def decide(read: Read) -> bool:
            self.pause()
            for doubted in read.doubts:
                typer.echo(line(f"{read.path.name}: {doubted.words}"), err=True)
            if choice is not None:
                return choice
            if not sys.stdin.isatty():
                typer.echo("  fix: give --yes to keep such papers, or --refuse", err=True)
                return False
            return typer.confirm("Keep it in this profile anyway?", default=False, err=True)

        return decide
