"""Whom a trial is held against: a person's kept papers, or a few words about somebody."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from navaid import journeys
from navaid.errors import BadInput

if TYPE_CHECKING:
    from navaid.terms import Profile

ProfileOption = Annotated[
    str | None, typer.Option("--profile", metavar="NAME", help="Whose kept papers (see `navaid records`).")
]
AboutOption = Annotated[
    str | None,
    typer.Option("--about", metavar="TEXT", help="A few words about somebody instead of papers. They stay here."),
]


def whose(
    profile: str | None, about: str | None, key_file: Path | None, passphrase_file: Path | None
) -> tuple[Profile | None, str]:
    """The profile, and words to find studies by. Raises BadInput where both or an empty text are given."""
    if profile is not None and about is not None:
        raise BadInput("--profile and --about both say who is meant", where="navaid trials", fix="give one of them")
    if about is not None:
        if not about.strip():
            raise BadInput("--about is empty", where="navaid trials", fix='--about "62, metastatic, ER-positive …"')
        from navaid.trials.match import profile_of

        return profile_of(about), about
    if profile is not None:
        from navaid.serve.records_key import papers
        from navaid.trials.find.about import words_of

        with papers(profile, key_file, passphrase_file) as held:
            made = journeys.own_profile(held)
        return made, words_of(made)
    from navaid.serve.records_key import discard

    discard()
    return None, ""


def needed(found: tuple[Profile | None, str]) -> Profile:
    """The profile. Raises BadInput where nobody was named."""
    if found[0] is None:
        raise BadInput(
            "it is not said whom the trial is held against",
            where="navaid trials",
            fix='give --profile NAME (kept papers), or --about "a few words about the person"',
        )
    return found[0]
