"""`navaid starter`: for those who keep the embedded library true."""

from __future__ import annotations

import enum
import re
import sys
from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from navaid import config, journeys, starter
from navaid.errors import BadInput
from navaid.starter import check as checking

if TYPE_CHECKING:
    from navaid.polite import Polite
    from navaid.starter.outcomes import Resolved
    from navaid.starter.resolve import Places

app = typer.Typer(help="Keep the embedded library true.", no_args_is_help=True, rich_markup_mode=None)

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")


class SourceKind(enum.StrEnum):
    """The kinds of source that `--kind` may name."""

    PMID = "PMID"
    PMC = "PMC"
    NCT = "NCT"
    DOI = "DOI"
    URL = "URL"


@app.command()
def check(
    report: Annotated[bool, typer.Option("--report", help="Print the content as a table in Markdown.")] = False,
    online: Annotated[
        bool,
        typer.Option(
            "--online", help="Ask each source's publisher instead: is it there, with this title, not retracted?"
        ),
    ] = False,
    kind: Annotated[
        list[SourceKind] | None,
        typer.Option(
            "--kind",
            metavar="KIND",
            help="With --online: only PMID, PMC, NCT, DOI or URL (may be given again).",
            case_sensitive=False,
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=1, help="With --online: ask for at most N sources.")
    ] = 2000,
    email: Annotated[
        str,
        typer.Option(
            "--email", metavar="ADDRESS", help="With --online: where the services can reach you; they ask for it."
        ),
    ] = "",
) -> None:
    """Check every row: schema, vocabulary, doubles, contradictions, reading grade, age of its check."""
    data = starter.load()
    if report:
        typer.echo(checking.report(data), nl=False)
        return
    if (kind or email) and not online:
        raise BadInput("--kind and --email say whom to ask online", fix="add --online")
    if email and not _ADDRESS.fullmatch(email):
        raise BadInput("--email is no address", fix="write it as name@example.org, or leave it out")
    if online:
        from navaid.polite import Polite
        from navaid.starter.resolve import kind_of

        rows = [row for row in data.sources.values() if not kind or kind_of(row) in kind]
        with Polite(contact=email) as polite:
            code = ask_publishers(rows[:limit], polite)
        if len(rows) > limit:
            typer.echo(f"left out by --limit: {len(rows) - limit}")
        raise typer.Exit(code)
    found = checking.problems(data)
    for problem in found:
        typer.echo(f"{'MEND ' if problem.serious else 'look '} {problem.where}: {problem.what}")
    serious = sum(problem.serious for problem in found)
    claims = sum(len(topic.claims) for topic in data.topics)
    typer.echo(f"{len(data.topics)} topics, {claims} claims: {serious} to mend, {len(found) - serious} to look at")
    if serious:
        raise typer.Exit(1)


def ask_publishers(rows: list[starter.SourceRow], polite: Polite, places: Places | None = None) -> int:
    """Show what became of each source; the code to end with: 1 if something must be mended, 130 if broken off."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from navaid.starter.resolve import resolve

    found: list[Resolved] = []
    broken_off = False
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty()) as progress:
        asking = progress.add_task("sources asked for", total=len(rows))
        try:
            for result in resolve(rows, polite, places):
                found.append(result)
                progress.advance(asking)
        except KeyboardInterrupt:
            broken_off = True
    _show(found, len(rows), polite.reached_nobody)
    if any(result.outcome.serious for result in found):
        return 1
    return 130 if broken_off else 0


def _show(found: list[Resolved], asked: int, reached_nobody: bool) -> None:
    """The sources that want a person's eye, and how many came out how."""
    from navaid.starter.outcomes import Outcome

    unseen = [result for result in found if result.outcome is Outcome.COULD_NOT_LOOK]
    nothing_seen = reached_nobody and len(unseen) == len(found)
    for result in found:
        if nothing_seen or (result.outcome is Outcome.SAME and not result.note):
            continue
        mark = "MEND " if result.outcome.serious else "look "
        typer.echo(f"{mark} {result.source}: {result.outcome}" + (f" ({_line(result.note)})" if result.note else ""))
    counts = Counter(result.outcome for result in found)
    typer.echo(f"{len(found)} sources: " + ", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome))
    if len(found) < asked:
        typer.echo(f"not asked for: {asked - len(found)} (the run was broken off, or its time was up)")
    if nothing_seen:
        typer.echo(
            "No publisher could be reached from this machine, so nothing was compared. No source counts as gone."
        )


def _line(note: str) -> str:
    """Words from the network, without signs that a terminal would obey."""
    return "".join(sign if sign.isprintable() else " " for sign in note)


@app.command()
def build() -> None:
    """Make the shipped vectors anew, after claims have changed (needs the small embedding model)."""
    made, of = journeys.build_starter_vectors(config.load())
    typer.echo(f"{made} vectors shipped, {of} of them new")
