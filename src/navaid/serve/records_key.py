"""What opens the records: a passphrase that is typed, in the environment or in a file; a key file; the keyring.

A passphrase is never an argument, where other programs and the shell's history would see it, and never printed. What
opens the records is imported only once a command needs it: every other command starts a tenth of a second earlier.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from navaid import config
from navaid.errors import BadInput

if TYPE_CHECKING:
    from navaid.records.vault import Papers, Secret, Vault

KeyFileOption = Annotated[
    Path | None,
    typer.Option("--key-file", metavar="FILE", help="A key file instead of a passphrase; made if it is not there yet."),
]
PassphraseFileOption = Annotated[
    Path | None, typer.Option("--passphrase-file", metavar="FILE", help="Read the passphrase from a file.")
]
ProfileOption = Annotated[
    str | None, typer.Option("--profile", metavar="NAME", help="Whose papers; not needed while there is one person.")
]
VARIABLE = "NAVAID_PASSPHRASE"
_SHORT = 12


def folder() -> Path:
    """Where records lie."""
    return config.load().home_path / "records"


def opened(key_file: Path | None, passphrase_file: Path | None) -> Vault:
    """The vault, opened with what the person gave. Raises VaultMissing, WrongKey or BadInput."""
    from navaid.records import vault
    from navaid.records.vault import keys
    from navaid.records.vault import ways as ways_in

    where = folder()
    kept = keys.load(where)
    if key_file is not None:
        return vault.open_(where, ways_in.read_key_file(key_file))
    given = _given(passphrase_file)
    if given is None and vault.Way.KEYRING in kept.ways:
        return vault.open_(where, ways_in.from_keyring(kept.vault))
    if given is None and vault.Way.PASSPHRASE not in kept.ways:
        raise BadInput("these records open with a key file", where=str(where), fix="give it with `--key-file FILE`")
    return vault.open_(where, ways_in.passphrase(_typed("Passphrase") if given is None else given))


def opened_or_new(key_file: Path | None, passphrase_file: Path | None) -> Vault:
    """The vault; where there is none yet, a new one with the way in that the person chooses now."""
    from navaid.records import vault
    from navaid.records.vault import ways as ways_in

    if vault.exists(folder()):
        return opened(key_file, passphrase_file)
    if key_file is not None:
        secret = ways_in.read_key_file(key_file) if key_file.exists() else ways_in.make_key_file(key_file)
        typer.echo(f"The key of your records is in {key_file}. Whoever has it can read them; without it nobody can.")
    else:
        secret = new_passphrase(_given(passphrase_file))
    return vault.create(folder(), secret)


@contextlib.contextmanager
def papers(profile: str | None, key_file: Path | None, passphrase_file: Path | None) -> Iterator[Papers]:
    """The papers of a person who has some. Raises BadInput where it is not clear who is meant."""
    with opened(key_file, passphrase_file).papers(profile) as found:
        yield found


def new_passphrase(given: str | None) -> Secret:
    """A passphrase that will open the records from now on: the given one, or one that is typed twice."""
    from navaid.records.vault import ways as ways_in

    if given is None:
        if sys.stdin.isatty():
            typer.echo(
                "Choose a passphrase for your records, such as four or five words. Nobody can reset it.", err=True
            )
        given = _typed("New passphrase", twice=True)
    if not given:
        typer.echo("warning: the passphrase is empty, so whoever has this folder can read the records", err=True)
    elif len(given) < _SHORT:
        typer.echo("warning: the passphrase is short; four or five words are harder to guess", err=True)
    return ways_in.passphrase(given)


def given_passphrase(passphrase_file: Path | None) -> str:
    """A new passphrase as text: of the file, of the environment, or typed twice."""
    given = _given(passphrase_file)
    return _typed("New passphrase", twice=True) if given is None else given


def read_passphrase_file(path: Path) -> str:
    """The first line of the file. Raises BadInput."""
    try:
        return path.read_text(encoding="utf-8").split("\n", 1)[0].rstrip("\r")
    except (OSError, UnicodeDecodeError):
        raise BadInput("the passphrase's file cannot be read", where=str(path), fix="check its name") from None


def discard() -> None:
    """Takes the passphrase out of the environment of a command that does not need it, before it starts a process."""
    os.environ.pop(VARIABLE, None)


def _given(passphrase_file: Path | None) -> str | None:
    """The passphrase that is in the file or in the environment, if there is one."""
    given = os.environ.pop(VARIABLE, None)  # so that no process that is started from here gets it too
    return read_passphrase_file(passphrase_file) if passphrase_file else given


def _typed(question: str, *, twice: bool = False) -> str:
    if not sys.stdin.isatty():
        raise BadInput(
            "the passphrase of your records is needed, and there is nobody to ask",
            where="navaid records",
            fix=f"set {VARIABLE}, or give `--passphrase-file FILE` or `--key-file FILE`",
        )
    answer: str = typer.prompt(question, hide_input=True, default="", show_default=False, err=True)
    if twice and typer.prompt("Once more", hide_input=True, default="", show_default=False, err=True) != answer:
        raise BadInput("the two were not the same", where="navaid records", fix="try again; nothing was changed")
    return answer
