"""`navaid records explain`: a report section by section, its own words and what they mean."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from navaid import journeys
from navaid.answers.render.safe import line
from navaid.errors import BadInput, NavaidError
from navaid.serve.ask import Format, FormatOption, OutOption
from navaid.serve.common import LibraryOption, look, opened, put
from navaid.serve.records_key import KeyFileOption, PassphraseFileOption, discard, papers
from navaid.serve.records_watch import Watch

if TYPE_CHECKING:
    from navaid.answers.report import Explained

WhoseOption = Annotated[
    str | None,
    typer.Option("--for", "--profile", metavar="NAME", help="Whose kept paper it is; FILE is then its name or id."),
]


def explain(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file (nothing of it is kept), or a kept paper.")],
    profile: WhoseOption = None,
    format: FormatOption = Format.TERMINAL,
    out: OutOption = None,
    library: LibraryOption = None,
    key_file: KeyFileOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Explain a report part by part: each value in words, the report's own words, and what the term means.

    Nothing is said beyond the report and the library: an explanation tells what a word means, with its source.
    """
    failed = 0
    with opened(library) as held, Watch() as watch:
        if profile is None:
            discard()
            found = list(journeys.explain_report(held, Path(file), on_page=watch.page))
        else:
            with papers(profile, key_file, passphrase_file) as kept:
                found = list(journeys.explain_report(held, file, papers=kept, on_page=watch.page))
        watch.pause()
    pages = []
    for one in found:
        if isinstance(one, NavaidError):
            failed += 1
            typer.echo("\n".join(line(part) for part in str(one).split("\n")), err=True)
        else:
            pages.append(_page(one, format, to_file=out is not None))
    _write(pages, format, out)
    if failed:
        raise typer.Exit(1)


def _page(explained: Explained, format: Format, *, to_file: bool) -> str:
    from navaid.answers import report  # with all that reads papers: other commands need not wait for it

    width, styled = look(to_file=to_file)
    return report.render(explained, format.value, width=width, styled=styled)


def _write(pages: list[str], format: Format, out: Path | None) -> None:
    if len(pages) > 1 and format is Format.HTML:
        raise BadInput("this file holds several papers", where="--format html", fix="explain them one by one")
    if not pages:
        return
    put("\n".join(pages) if format is not Format.JSON else "".join(pages), out)


def register(app: typer.Typer) -> None:
    """The command, where the help lists it."""
    app.command()(explain)
