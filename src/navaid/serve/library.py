"""`navaid library`: what is held, and how it is added to, checked and mended."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from navaid import config, journeys, starter
from navaid.errors import BadInput
from navaid.library import Library, repair, ties
from navaid.serve.common import LibraryOption

if TYPE_CHECKING:
    from navaid.sources import Skipped

app = typer.Typer(help="The documents that answers are made from.", no_args_is_help=True, rich_markup_mode=None)

_EMBED_AT_ONCE = 3000  # passages; about two minutes on two cores. More is left to `library embed`.


@app.command()
def add(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Files or folders to add.")],
    library: LibraryOption = None,
) -> None:
    """Add documents: PDF, HTML, Markdown, text, JSON Lines of pages, PubMed XML, ClinicalTrials.gov JSON.

    What is there already is left as it is; a run that was cut off goes on when it is started again.
    """
    settings = config.load()
    skipped: list[Skipped] = []
    folder = library or settings.home_path / "library"
    with Library(folder, settings, create=True) as held, _progress() as progress:
        journeys.refresh_starter(held)
        reading = progress.add_task("documents kept", total=None)
        indexing = progress.add_task("passages indexed", total=None, visible=False)
        added, tied = journeys.add(
            held,
            paths,
            on_kept=lambda *_: progress.advance(reading),
            on_skip=skipped.append,
            on_indexed=lambda count: progress.update(indexing, advance=count, visible=True),
        )
        _report_ties(held, tied)
        missing = held.unembedded()
        if 0 < missing <= _EMBED_AT_ONCE:
            embedding = progress.add_task("passages embedded", total=missing)
            held.embed(lambda count: progress.advance(embedding, count))
    typer.echo(f"{added.new} new, {added.changed} changed, {added.unchanged} unchanged, {len(skipped)} skipped")
    for skip in skipped:
        typer.echo(f"skipped {skip.where}: {skip.reason}" + (f"\n  fix: {skip.fix}" if skip.fix else ""), err=True)
    if missing > _EMBED_AT_ONCE:
        typer.echo(
            f"{missing} passages can be found by words now; `navaid library embed` makes them found by meaning too"
            f" (about {missing / 30 / 60:.0f} minutes; it can be interrupted and goes on where it stopped)"
        )


@app.command()
def embed(library: LibraryOption = None) -> None:
    """Make the vectors that searching by meaning needs, for passages that have none yet."""
    with _existing(library) as held, _progress() as progress:
        missing = held.unembedded()
        task = progress.add_task("passages embedded", total=missing)
        made = held.embed(lambda count: progress.advance(task, count))
    typer.echo(f"{made} passages embedded")


@app.command("list")
def list_documents(library: LibraryOption = None) -> None:
    """Every document, a line each: id, kind, date, title."""
    with _existing(library) as held:
        for document_id in held.store.ids():
            card = held.store.card(document_id)
            if card:
                typer.echo(f"{document_id}\t{card[0].kind}\t{card[0].date or 'no date'}\t{card[0].title}")


@app.command()
def show(
    document_id: Annotated[str, typer.Argument(help="An id that `library list` shows.")],
    library: LibraryOption = None,
) -> None:
    """One document: where it comes from, its terms, and its text."""
    with _existing(library) as held:
        document = held.document(document_id)
        if document is None:
            raise BadInput(f"{document_id} is not held", where=str(held.folder), fix="see `navaid library list`")
        for name in (
            "title",
            "publisher",
            "kind",
            "url",
            "published",
            "updated",
            "retrieved",
            "language",
            "retraction",
        ):
            typer.echo(f"{name}: {getattr(document, name) or 'not stated'}")
        typer.echo(f"licence: {document.licence.name}\nversion: {document.version}\n\n{document.text}")


@app.command()
def remove(
    document_ids: Annotated[list[str], typer.Argument(metavar="ID…", help="Ids that `library list` shows.")],
    library: LibraryOption = None,
) -> None:
    """Remove documents. Kept answers that lean on them keep the words they quoted."""
    with _existing(library) as held:
        for document_id in document_ids:
            typer.echo(f"{document_id}: " + ("removed" if held.remove(document_id) else "not held"))
        held.index()


@app.command()
def stats(library: LibraryOption = None) -> None:
    """How much is held, by kind and publisher, and how old it is."""
    with _existing(library) as held:
        for name, value in held.statistics().items():
            typer.echo(f"{name}: {value}")


@app.command()
def check(library: LibraryOption = None) -> None:
    """Check the record of truth and the indexes made from it; say which claims a source does not support."""
    with _existing(library) as held:
        problems = held.problems()
        for problem in problems:
            typer.echo(f"problem: {problem}")
        _report_unsupported(held)
        if problems:
            typer.echo("fix: run `navaid library repair`")
            raise typer.Exit(1)
        typer.echo(f"sound: {held.store.count('documents')} documents, snapshot {held.snapshot}")


@app.command("repair")
def repair_command(library: LibraryOption = None) -> None:
    """Make the indexes anew, and read a damaged store out into a new one; nothing is deleted."""
    settings = config.load()
    for line in repair(library or settings.home_path / "library", settings):
        typer.echo(line)


def _existing(folder: Path | None) -> Library:
    return journeys.open_library(folder, config.load())


def _progress() -> Progress:
    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=console, disable=not sys.stderr.isatty())


def _report_ties(library: Library, tied: list[ties.Tie]) -> None:
    if not tied:
        return
    quoted = sum(tie.state == "found" for tie in tied)
    typer.echo(f"{quoted} of {len(tied)} citations of the starter library tied to the words they rest on")
    _report_unsupported(library)


def _report_unsupported(library: Library) -> None:
    for claim, reason in ties.unsupported(library.store, starter.load(library.folder)):
        typer.echo(f"starter claim {claim}: {reason}")
