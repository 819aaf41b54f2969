"""`navaid starter`: for those who keep the embedded library true."""

from __future__ import annotations

from typing import Annotated

import typer

from navaid import config, journeys, starter
from navaid.starter import check as checking

app = typer.Typer(help="Keep the embedded library true.", no_args_is_help=True, rich_markup_mode=None)


@app.command()
def check(
    report: Annotated[bool, typer.Option("--report", help="Print the content as a table in Markdown.")] = False,
) -> None:
    """Check every row: schema, vocabulary, doubles, contradictions, reading grade, age of its check."""
    data = starter.load()
    if report:
        typer.echo(checking.report(data), nl=False)
        return
    found = checking.problems(data)
    for problem in found:
        typer.echo(f"{'MEND ' if problem.serious else 'look '} {problem.where}: {problem.what}")
    serious = sum(problem.serious for problem in found)
    claims = sum(len(topic.claims) for topic in data.topics)
    typer.echo(f"{len(data.topics)} topics, {claims} claims: {serious} to mend, {len(found) - serious} to look at")
    if serious:
        raise typer.Exit(1)


@app.command()
def build() -> None:
    """Make the shipped vectors anew, after claims have changed (needs the small embedding model)."""
    made, of = journeys.build_starter_vectors(config.load())
    typer.echo(f"{made} vectors shipped, {of} of them new")
