"""`navaid visit`: questions for the next visit, prepared from a person's papers, changed by them, and written out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from navaid import journeys, starter
from navaid.answers.render.safe import line
from navaid.answers.visit.form import VisitForm
from navaid.errors import BadInput
from navaid.serve.common import LibraryOption, print_json, tell_written
from navaid.serve.common import opened as opened_library
from navaid.serve.records_key import KeyFileOption, PassphraseFileOption, papers

if TYPE_CHECKING:
    from navaid.records.vault import Papers
    from navaid.terms import VisitItem, VisitPlan

app = typer.Typer(
    no_args_is_help=True,
    help="The next visit: what to ask, in order, from a person's own papers; two pages to take along.",
    rich_markup_mode=None,
)
ForOption = Annotated[
    str | None, typer.Option("--for", metavar="NAME", help="Whose visit; not needed while there is one person.")
]
NumberArgument = Annotated[int, typer.Argument(metavar="N", help="The number that `visit show` gives.")]
TextArgument = Annotated[str, typer.Argument(metavar="TEXT", help="In quotation marks.")]
_FROM = {
    "own": "my own",
    "conflict": "papers disagree",
    "gap": "not in the papers",
    "trial": "for a study",
    "answer": "from an answer",
    "list": "from a list",
}


@app.command()
def prepare(
    whose: ForOption = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day of the visit: 2026-12-03.")] = None,
    anew: Annotated[bool, typer.Option("--anew", help="Without what was changed in the plan before.")] = False,
    library: LibraryOption = None,
    key_file: KeyFileOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Make the questions for the next visit from the papers; what you changed before stays."""
    day = _day(on)
    with papers(whose, key_file, passphrase_file) as held, opened_library(library) as books:
        _show(journeys.prepare_visit(held, books, day=day, anew=anew))


@app.command()
def show(
    whose: ForOption = None,
    json: Annotated[bool, typer.Option("--json", help="The plan as JSON.")] = False,
    key_file: KeyFileOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Show the questions with their numbers, why each is asked, and your note."""
    with papers(whose, key_file, passphrase_file) as held:
        plan = _kept(held)
        if json:
            print_json(plan)
        else:
            _show(plan)


@app.command()
def add(
    text: TextArgument,
    whose: ForOption = None,
    key_file: KeyFileOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Add a question of your own, before all others."""
    from navaid.answers.visit import plan

    _change(lambda kept: plan.add(kept, text), whose, key_file, passphrase_file)


@app.command()
def edit(
    number: NumberArgument,
    text: TextArgument,
    whose: ForOption = None,
    key_file: KeyFileOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Put a question in your own words."""
    from navaid.answers.visit import plan

    _change(lambda kept: plan.edit(kept, number, text), whose, key_file, passphrase_file)


@app.command()
def move(
    number: NumberArgument,
    to: Annotated[int, typer.Argument(metavar="M", help="The number that it gets.")],
    whose: ForOption = None,
    key_file: KeyFileOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Ask a question earlier or later."""
    from navaid.answers.visit import plan

    _change(lambda kept: plan.move(kept, number, to), whose, key_file, passphrase_file)


@app.command()
def drop(
    number: NumberArgument,
    whose: ForOption = None,
    key_file: KeyFileOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Take a question out; it stays out when the visit is prepared again."""
    from navaid.answers.visit import plan

    _change(lambda kept: plan.drop(kept, number), whose, key_file, passphrase_file)


@app.command()
def done(
    number: NumberArgument,
    whose: ForOption = None,
    key_file: KeyFileOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Mark a question as asked, or take the mark away; what was asked is not on the pages any more."""
    from navaid.answers.visit import plan

    _change(lambda kept: plan.done(kept, number), whose, key_file, passphrase_file)


@app.command()
def note(
    text: TextArgument,
    whose: ForOption = None,
    key_file: KeyFileOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Write a note on your page, in place of the one before; "" takes it away."""
    from navaid.answers.visit import plan

    _change(lambda kept: plan.note(kept, text), whose, key_file, passphrase_file)


@app.command()
def export(
    to: Annotated[Path, typer.Option("--to", metavar="FOLDER", help="Where to write; made if need be.")],
    form: Annotated[
        list[VisitForm] | None, typer.Option("--form", help="What to write; without it, all of these.")
    ] = None,
    whose: ForOption = None,
    replace: Annotated[bool, typer.Option("--replace", help="Write over files that are there.")] = False,
    key_file: KeyFileOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Write your page and the clinician's page (HTML and PDF, one sheet each), a FHIR document, and the plan."""
    from navaid.answers.visit import written

    with papers(whose, key_file, passphrase_file) as held:
        plan, profile = _kept(held), journeys.own_profile(held)
        forms = form or list(VisitForm)
        made = written.write(plan, profile, held.readings(), starter.load(), to, forms, replace=replace)
    tell_written(made)


def _change(
    change: Callable[[VisitPlan], VisitPlan], whose: str | None, key_file: Path | None, passphrase_file: Path | None
) -> None:
    from navaid.answers.visit import kept

    with papers(whose, key_file, passphrase_file) as held:
        plan = change(_kept(held))
        kept.keep(held, plan)
        _show(plan)


def _kept(held: Papers) -> VisitPlan:
    from navaid.answers.visit import kept

    plan = kept.plan(held)
    if plan is None:
        raise BadInput(
            f"no visit has been prepared for {held.name} yet",
            where="navaid visit",
            fix=f"`navaid visit prepare --for {held.name}`",
        )
    return plan


def _day(on: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(on) if on else None
    except ValueError:
        raise BadInput(
            f"{(on or '')[:30]!r} is not a day", where="navaid visit prepare --on", fix="such as 2026-12-03"
        ) from None


def _show(plan: VisitPlan) -> None:
    typer.echo(f"Questions for the visit{f' on {plan.day}' if plan.day else ''}, made {plan.made}")
    for number, item in enumerate(plan.items, 1):
        for text in _lines(number, item):
            typer.echo(text)
    if not plan.items:
        typer.echo("none yet: `navaid visit add` adds one")
    if plan.bring:
        typer.echo(line(f"To bring: {'; '.join(thing.rstrip('.') for thing in plan.bring)}"))
    if plan.note:
        typer.echo(line(f"Note: {plan.note}"))
    if plan.dropped:
        typer.echo(f"Taken out: {len(plan.dropped)} (`navaid visit prepare --anew` brings all back)")


def _lines(number: int, item: VisitItem) -> Iterator[str]:
    yield f"{number:>3}. {'[asked] ' if item.done else ''}{line(item.text)} ({_FROM[item.origin]})"
    if item.words:
        yield f"     {line(item.words)}"
    if item.why:
        rows = [row for cite in item.citations[:1] if (row := starter.load().sources.get(cite.document))]
        source = "".join(f" [{row.title}. {row.publisher}]" for row in rows)
        yield f"     {line(item.why + source)}"
