"""`navaid records`: what is kept, given back, forgotten; and how it is opened."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from navaid import journeys
from navaid.answers.render.safe import line
from navaid.errors import BadInput
from navaid.records.export.form import Form
from navaid.serve import records_table
from navaid.serve.common import tell_written
from navaid.serve.records_key import (
    KeyFileOption,
    PassphraseFileOption,
    ProfileOption,
    folder,
    new_passphrase,
    opened,
    papers,
    read_passphrase_file,
)

if TYPE_CHECKING:
    from navaid.records.adding import Outcome

YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


def report(outcome: Outcome, *, explain: bool = False) -> None:
    """What became of a file that was to be added, and what was found in it."""
    name = line(outcome.path.name)
    if outcome.error is not None:
        typer.echo(str(outcome.error), err=True)
    elif outcome.read is None or outcome.original is None:
        typer.echo(f"{name}: not kept")
    else:
        for reading in outcome.read.readings:
            about = [reading.header.type.replace("_", " ").replace("unknown", ""), str(reading.header.date or "")]
            typer.echo(line(f"{reading.name}: kept {', '.join(filter(None, about))}"))
            for note in reading.notes:
                typer.echo(line(f"  note: {note}"))
            records_table.findings(reading, explain=explain)
        for error in outcome.read.errors:
            typer.echo(line(f"  could not be read: {error.where}: {error.what}"), err=True)
        if not outcome.read.readings:
            typer.echo(f"{name}: kept, but nothing could be read in it")


def list_(
    profile: ProfileOption = None, key_file: KeyFileOption = None, passphrase_file: PassphraseFileOption = None
) -> None:
    """List the papers that are kept."""
    with papers(profile, key_file, passphrase_file) as held:
        rows = []
        for original in held.originals():
            read = held.readings(original.id)
            header = read[0].header if read else None
            type_ = header.type.replace("_", " ") if header else ""
            found = str(sum(len(reading.findings) for reading in read))
            date = str(header.date or "") if header else ""
            id_ = original.id.removeprefix("FILE:")[:10]
            rows.append([original.name, type_, date, found, f"{original.size:,}", str(original.added), id_])
        records_table.show(["file", "type", "date", "findings", "bytes", "added", "id"], rows)


def profiles(key_file: KeyFileOption = None, passphrase_file: PassphraseFileOption = None) -> None:
    """List the people whose papers are kept, each apart from the others."""
    held = opened(key_file, passphrase_file)
    rows = []
    for name in held.profiles:
        with held.papers(name) as of_one:
            rows.append([name, str(len(of_one.originals()))])
    records_table.show(["profile", "files"], rows)


def remove(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="Names or ids that `records list` shows.")],
    profile: ProfileOption = None,
    yes: YesOption = False,
    key_file: KeyFileOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Remove papers, with all that was read from them. What you said yourself stays."""
    with papers(profile, key_file, passphrase_file) as held:
        for original in [held.find(name) for name in files]:
            if yes or typer.confirm(line(f"Remove {original.name}? It cannot be brought back."), default=False):
                held.forget(original.id)
                typer.echo(line(f"{original.name}: removed"))
            else:
                typer.echo(line(f"{original.name}: left as it is"))


def forget(
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[FILE…]", help="Files; without any, the whole profile.")
    ] = None,
    profile: ProfileOption = None,
    everything: Annotated[bool, typer.Option("--everything", help="All profiles, and the key of the records.")] = False,
    yes: YesOption = False,
    key_file: KeyFileOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Forget a profile, or files of it: rows, keys and files, so that nothing of it is left in Navaid's files.

    Copies that you exported, backups, and the originals where you have them are not touched.
    """
    if everything:
        if not yes and not typer.confirm("Forget all records of all people? It cannot be undone.", default=False):
            raise typer.Exit(1)
        from navaid.records import vault

        vault.destroy(folder())
        typer.echo("all records are forgotten")
        return
    if files:
        remove(files, profile, yes, key_file, passphrase_file)
        return
    held = opened(key_file, passphrase_file)
    with held.papers(profile) as of_one:
        name, count = of_one.name, len(of_one.originals())
    if not yes and not typer.confirm(f"Forget the profile {name} ({count} files)? It cannot be undone.", default=False):
        raise typer.Exit(1)
    held.forget(name)
    typer.echo(f"{name}: forgotten")


def export(
    to: Annotated[Path, typer.Option("--to", metavar="FOLDER", help="Where to write; made if need be.")],
    form: Annotated[list[Form] | None, typer.Option("--form", help="What to write; without it, all of these.")] = None,
    profile: ProfileOption = None,
    replace: Annotated[bool, typer.Option("--replace", help="Write over files that are there.")] = False,
    key_file: KeyFileOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Write out the originals as they were, the profile as JSON, an mCODE bundle (FHIR R4), a page for a visit."""
    from navaid.records.export import written

    with papers(profile, key_file, passphrase_file) as held:
        made = written.write(held, journeys.own_profile(held), to, form or list(Form), replace=replace)
    tell_written(made)


def passphrase(
    key_file: KeyFileOption = None,
    passphrase_file: PassphraseFileOption = None,
    new_passphrase_file: Annotated[
        Path | None, typer.Option("--new-passphrase-file", metavar="FILE", help="Read the new passphrase from a file.")
    ] = None,
    new_key_file: Annotated[
        Path | None, typer.Option("--new-key-file", metavar="FILE", help="Make a key file that opens the records too.")
    ] = None,
    keyring: Annotated[
        bool, typer.Option("--keyring", help="Let the operating system's keyring open the records too.")
    ] = False,
    only: Annotated[bool, typer.Option("--only", help="Nothing else opens them from now on.")] = False,
) -> None:
    """Change the passphrase, or add a key file or the keyring as another way in.

    The new passphrase is typed, or in a file, or in NAVAID_NEW_PASSPHRASE.
    """
    from navaid.records.vault import ways as ways_in

    if new_key_file and keyring:
        raise BadInput("one new way at a time", where="navaid records passphrase", fix="run it twice")
    held = opened(key_file, passphrase_file)
    if new_key_file:
        secret = ways_in.make_key_file(new_key_file)
    elif keyring:
        secret = ways_in.into_keyring(held.keys.vault)
    else:
        given = os.environ.pop("NAVAID_NEW_PASSPHRASE", None)
        secret = new_passphrase(read_passphrase_file(new_passphrase_file) if new_passphrase_file else given)
    held.add_way(secret, only=only)
    ways = ", ".join(way.value.replace("_", " ") for way in held.keys.ways)
    typer.echo(f"done: the records open with: {ways}")


def check(
    profile: ProfileOption = None, key_file: KeyFileOption = None, passphrase_file: PassphraseFileOption = None
) -> None:
    """Check that every kept file can be given back whole; name each that cannot."""
    with papers(profile, key_file, passphrase_file) as held:
        found = held.problems()
        for problem in found:
            typer.echo(line(f"problem: {problem}"))
        if found:
            typer.echo("fix: add those originals again, or put the folder back from a backup")
            raise typer.Exit(1)
        typer.echo(f"sound: {len(held.originals())} files")


def register(app: typer.Typer) -> None:
    """The commands, in the order in which the help lists them."""
    app.command("list")(list_)
    for command in (remove, export, forget, passphrase, profiles, check):
        app.command()(command)
