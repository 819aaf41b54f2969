"""`navaid records`: the profile with the words behind it, and what the person says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from navaid import journeys
from navaid.answers.render.safe import line
from navaid.records import worded
from navaid.records.concepts import Concept, concept
from navaid.records.nested import nested, row
from navaid.serve import records_table
from navaid.serve.common import print_json
from navaid.serve.records_key import KeyFileOption, PassphraseFileOption, ProfileOption, papers
from navaid.terms import Field, FieldState, Profile, Value

if TYPE_CHECKING:
    from navaid.records.vault import Papers

ConceptArgument = Annotated[
    str, typer.Argument(help="Such as er.status; `records show` and docs/records.md list them.")
]
SideOption = Annotated[str, typer.Option("--side", help="Of this side only: left or right.")]


def show(
    concept: Annotated[str | None, typer.Argument(help="One value, or a group such as `er`.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, with every finding.")] = False,
    profile: ProfileOption = None,
    key_file: KeyFileOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Show what the papers say: each value with its words, file and page, and what is in conflict or not stated."""
    with papers(profile, key_file, passphrase_file) as held:
        made, readings = journeys.own_profile(held), held.readings()
    wanted = [field for field in made.fields if concept is None or _within(field.concept, concept)]
    if concept is not None and not wanted:
        row_ = worded.concept_named(concept)
        wanted = [field for field in made.fields if field.concept == row_.id]
    if as_json:
        _write(made, wanted, whole=concept is None)
        return
    if concept is None:
        records_table.fields([f for f in wanted if f.state is not FieldState.NOT_STATED], made, readings)
        _tumours(made, readings)
        records_table.ending(made, readings)
        return
    if not wanted:
        typer.echo("not stated in the papers")
    for field in wanted:
        records_table.fields([field], made, readings)
        if field.because:
            typer.echo(line(f"  {field.because}"))
        records_table.places_of(field, made, readings)


def _within(name: str, group: str) -> bool:
    return name == group or name.startswith(f"{group}.")


def _tumours(made: Profile, readings: Any) -> None:
    """Where there is more than one tumour, each by itself."""
    if len(made.tumours) > 1:
        for tumour in made.tumours:
            typer.echo(line(f"\n{tumour.id}: {tumour.label}"))
            records_table.fields(tumour.fields, made, readings)


def _write(made: Profile, wanted: list[Field], *, whole: bool) -> None:
    shown = made if whole else msgspec.structs.replace(made, fields=tuple(wanted))
    indexes = {index for field in wanted for index in field.findings}
    found = [row(finding) for index, finding in enumerate(made.findings) if whole or index in indexes]
    data: dict[str, Any] = {"name": made.name, "made": made.made, "profile": nested(shown), "findings": found}
    if whole:
        data["tumours"] = msgspec.to_builtins(made.tumours)
    print_json(data)


def confirm(
    concept: ConceptArgument,
    value: Annotated[str | None, typer.Argument(help="Which one, where there are several.")] = None,
    side: SideOption = "",
    profile: ProfileOption = None,
    key_file: KeyFileOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Say that a value is right."""
    with papers(profile, key_file, passphrase_file) as held:
        row_ = worded.concept_named(concept)
        _say(held, row_, worded.confirmed(journeys.own_profile(held), row_, value), "confirm", side)


def correct(
    concept: ConceptArgument,
    value: Annotated[str, typer.Argument(help="The right value.")],
    side: SideOption = "",
    profile: ProfileOption = None,
    key_file: KeyFileOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Say what a value really is. Your word is kept with its date, beside what the papers say."""
    with papers(profile, key_file, passphrase_file) as held:
        row_ = worded.concept_named(concept)
        _say(held, row_, worded.value_named(row_, value), "correct", side)


def reject(
    concept: ConceptArgument,
    value: Annotated[str | None, typer.Argument(help="The wrong value; without it, every value.")] = None,
    side: SideOption = "",
    profile: ProfileOption = None,
    key_file: KeyFileOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Say that a value is wrong."""
    with papers(profile, key_file, passphrase_file) as held:
        row_ = worded.concept_named(concept)
        _say(held, row_, None if value is None else worded.value_named(row_, value), "reject", side)


def unsay(
    concept: ConceptArgument,
    profile: ProfileOption = None,
    key_file: KeyFileOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Take back what you said of a value; the papers speak for themselves again."""
    with papers(profile, key_file, passphrase_file) as held:
        row_ = worded.concept_named(concept)
        count = held.unsay(lambda word: word.concept == row_.id)
        typer.echo(f"{count} of your own words taken back")
        _tell(held, row_)


def _say(held: Papers, row_: Concept, value: Value | None, rule: str, side: str) -> None:
    """Keeps the person's word, and shows what stands now. No value means every one."""
    worded.say(held, row_, value, rule, side=side)
    _tell(held, row_)


def _tell(held: Papers, row_: Concept) -> None:
    made = journeys.own_profile(held)
    fields = [field for field in made.fields if field.concept == row_.id]
    stated = [field for field in fields if field.state is not FieldState.NOT_STATED]
    if stated:
        records_table.fields(stated, made, held.readings())
    else:
        typer.echo(f"{concept(row_.id).label}: no value stands now")


def register(app: typer.Typer) -> None:
    """The commands, in the order in which the help lists them."""
    for command in (show, confirm, correct, reject, unsay):
        app.command()(command)
