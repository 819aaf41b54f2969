"""`navaid verify`: whether a rewrite matches its source sentence, and if not, which rule and which words say so."""

from __future__ import annotations

from typing import Annotated

import typer

from navaid.answers.verify.rewrite import Judgement, judge
from navaid.errors import BadInput
from navaid.serve.common import field, over_lines


def verify(
    source: Annotated[str | None, typer.Argument(help="The source's sentence.")] = None,
    rewrite: Annotated[str | None, typer.Argument(help="The same in other words.")] = None,
    jsonl: Annotated[
        bool,
        typer.Option("--jsonl", help='Read {"id","source","rewrite"} objects, write {"id","accepted","rules"}.'),
    ] = False,
) -> None:
    """Say whether a rewrite matches its source: it adds, drops and bends no fact that the rules can see."""
    if jsonl:
        over_lines(lambda row: _as_row(judge(field(row, "source"), field(row, "rewrite"))))
        return
    if not source or not rewrite:
        raise BadInput(
            "two sentences are needed",
            where="navaid verify",
            fix='try `navaid verify "It lowers the risk." "It reduces the risk."`',
        )
    found = judge(source, rewrite)
    typer.echo("matches its source" if found.accepted else "does not match its source")
    for broken in found.rules:
        typer.echo(f"  {broken.rule}: source {broken.source or '-'} | rewrite {broken.rewrite or '-'}")
    if not found.accepted:
        raise typer.Exit(1)


def _as_row(found: Judgement) -> dict[str, object]:
    rules = [{"rule": broken.rule, "source": broken.source, "rewrite": broken.rewrite} for broken in found.rules]
    return {"accepted": found.accepted, "rules": rules}
