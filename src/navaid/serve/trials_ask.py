"""Asking the registry: what is sent is shown first, and sent only once a person has agreed."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import typer

from navaid.errors import ConsentMissing
from navaid.models import consent, outbox
from navaid.sources.registry import Query


def agree(home: Path, api: str, query: Query, *, yes: bool) -> None:
    """Returns once the question may be sent and stands in the log of what left. Raises ConsentMissing."""
    asked = "; ".join(f"{name}={value}" for name, value in query.parameters().items())
    if not consent.given(home, api):
        typer.echo(f"To:    {api}", err=True)
        typer.echo("Why:   fetch records of clinical trials", err=True)
        typer.echo(f"Sent:  {asked}", err=True)
        typer.echo("Nothing of your papers or profile is sent. The registry sees these words and your", err=True)
        typer.echo("network address; a place that you name is among the words.", err=True)
        if not yes and not _agreed():
            raise ConsentMissing(
                "nobody has agreed yet to ask the registry, so nothing was sent",
                where=api,
                fix="run the command at a terminal, or with --yes",
            )
        consent.give(home, api)
    body = asked.encode()
    outbox.write(
        home,
        outbox.Sent(
            time=dt.datetime.now(dt.UTC).replace(microsecond=0),
            destination=api,
            model="",
            purpose="fetch records of clinical trials",
            sha256=outbox.digest(body),
            characters=len(asked),
            deidentified=False,
            text=asked,
        ),
    )


def _agreed() -> bool:
    return sys.stdin.isatty() and typer.confirm("Send this, now and from now on?", default=False, err=True)
