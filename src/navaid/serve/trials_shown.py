"""What the commands of trials share: the store, lines made safe for a terminal, files, progress."""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from navaid import config
from navaid.answers.render.safe import line
from navaid.errors import BadInput

if TYPE_CHECKING:
    from navaid.trials.store import Store

_NCT_ID = re.compile(r"NCT\d{8}")


@contextlib.contextmanager
def opened() -> Iterator[Store]:
    """The store of trials of this machine. Raises UnreadableSource where its file was damaged."""
    from navaid.serve.trials_wanted import kept

    with kept(config.load().home_path / "trials") as store:
        yield store


def say(lines: Iterable[str]) -> None:
    """Lines on standard output; what a record holds cannot act on the terminal. Leading blanks stay."""
    for each in lines:
        typer.echo(each[: len(each) - len(each.lstrip(" "))] + line(each))


def write(path: Path, data: bytes) -> None:
    """A file, and where it is. Raises BadInput where it cannot be written."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise BadInput(f"the file cannot be written ({error.strerror})", where=str(path), fix="name another") from None
    typer.echo(str(path))


def nct_id(given: str) -> str:
    """The id as the registry writes it. Raises BadInput."""
    id_ = given.strip().upper()
    if not _NCT_ID.fullmatch(id_):
        raise BadInput(f"{given[:20]!r} is no NCT id", where="navaid trials", fix="NCT and eight digits: NCT04020575")
    return id_


class Watch:
    """A bar for what takes long; silent where nobody looks on."""

    def __init__(self) -> None:
        columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())
        self._task = self._bar.add_task("", total=None, visible=False)

    def __enter__(self) -> Watch:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Takes the bar away, so that something can be said."""
        self._bar.stop()

    def studies(self, what: str, done: int, of: int) -> None:
        """So many of so many are done."""
        self._bar.update(self._task, description=what, completed=done, total=of or None, visible=True)
