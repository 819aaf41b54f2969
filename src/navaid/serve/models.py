"""`navaid models`: which language model is in force, what would leave this machine, and what was agreed to."""

from __future__ import annotations

from typing import Annotated

import typer

from navaid import config, starter
from navaid.answers import batches
from navaid.answers.render.safe import line
from navaid.errors import BadInput
from navaid.models import consent, find, outbox
from navaid.models.consent import Preview
from navaid.models.openai_compatible import OpenAIChat
from navaid.serve.wish import chosen

app = typer.Typer(
    help="The language model for plainer words and other languages. Off unless you set one; see docs/models.md.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
_SAMPLE = 4  # sentences shown as what would be sent


@app.command("show")
def show() -> None:
    """Say which model is in force, where it runs, and whether you agreed to send to it."""
    found = find.look(config.load())
    typer.echo(found.words)
    if found.fix:
        typer.echo(f"  {found.fix}")


@app.command("preview")
def preview() -> None:
    """Show what would be sent, as an example, to a model that is not on this machine. Sends nothing."""
    model = _model()
    shown = example(model)
    typer.echo(shown.words if shown else f"{model.name} runs at {model.endpoint.origin}: nothing leaves this machine.")


@app.command("agree")
def agree(
    yes: Annotated[bool, typer.Option("--yes", help="Agree without being asked, after you saw `preview`.")] = False,
) -> None:
    """Show what would be sent, and keep that you agree to it. Your questions and records are not part of it."""
    model, home = _model(), config.load().home_path
    shown = example(model)
    if shown is None:
        typer.echo(f"{model.name} runs at {model.endpoint.origin}: nothing leaves this machine, so nothing is asked.")
        return
    typer.echo(shown.words)
    if not yes and not typer.confirm(f"Send sentences like these to {shown.destination} from now on?", default=False):
        typer.echo("nothing was agreed to; nothing will be sent")
        raise typer.Exit(1)
    consent.give(home, shown.destination)
    typer.echo(f"agreed; `navaid models withdraw {shown.destination}` takes it back")


@app.command("withdraw")
def withdraw(
    destination: Annotated[
        str | None, typer.Argument(help="The server, as `agree` named it; without it, the one in force.")
    ] = None,
) -> None:
    """Take back what was agreed to: from now on nothing is sent to that server."""
    home = config.load().home_path
    where = destination or _model().endpoint.destination
    if not consent.given(home, where):
        raise BadInput(f"nothing was agreed to for {where}", where="navaid models withdraw", fix="check the address")
    consent.withdraw(home, where)
    typer.echo(f"taken back: nothing is sent to {where}")


@app.command("outbox")
def show_outbox() -> None:
    """List what left this machine: time, server, model, purpose, size and digest of each call."""
    home = config.load().home_path
    rows = outbox.read(home)
    for row in rows:
        kept = "de-identified records" if row.deidentified else "no records"
        size = f"{row.characters:,} characters ({kept})"
        typer.echo(line(f"{row.time:%Y-%m-%d %H:%M}  {row.destination}  {row.model}  {row.purpose}  {size}"))
        typer.echo(f"    sha256 {row.sha256}")
    typer.echo(f"{len(rows)} calls left this machine ({outbox.path(home)})", err=True)


def _model() -> OpenAIChat:
    """The model in force. Raises BadInput or ModelUnavailable where there is none to speak of."""
    model = chosen(config.load())
    if isinstance(model, str):
        raise BadInput(f"the model cannot be had: {model}", where="the setting `chat`", fix="see `navaid models show`")
    return model


def example(model: OpenAIChat) -> Preview | None:
    """A call such as an answer would make, with sentences of the embedded library."""
    if not model.endpoint.leaves:
        return None
    rows = starter.load().topics[0].claims[:_SAMPLE]
    call = batches.Call(batches.prompt("plain"), {row.id: row.text for row in rows})
    return model.preview(call.messages, schema=call.schema, max_tokens=call.max_tokens)
