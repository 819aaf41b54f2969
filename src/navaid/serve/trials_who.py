"""Whom a trial is held against: a person's kept papers, or a few words about somebody."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from navaid import journeys
from navaid.errors import BadInput

if TYPE_CHECKING:
    from navaid.records.vault import Papers
    from navaid.terms import Profile

ProfileOption = Annotated[
    str | None, typer.Option("--profile", metavar="NAME", help="Whose kept papers (see `navaid records`).")
]
AboutOption = Annotated[
    str | None,
    typer.Option("--about", metavar="TEXT", help="A few words about somebody instead of papers. They stay here."),
]


class Who(NamedTuple):
    """The profile, if there is one; words to find studies by; what each of the profile's papers is called."""

    profile: Profile | None = None
    words: str = ""
    papers: Mapping[str, str] = MappingProxyType({})

    @property
    def needed(self) -> Profile:
        """The profile. Raises BadInput where nobody was named."""
        if self.profile is None:
            raise BadInput(
                "it is not said whom the trial is held against",
                where="navaid trials",
                fix='give --profile NAME (kept papers), or --about "a few words about the person"',
            )
        return self.profile


def whose(profile: str | None, about: str | None, key_file: Path | None, passphrase_file: Path | None) -> Who:
    """Who is meant. Raises BadInput where it is said in two ways, or with an empty text."""
    if profile is not None and about is not None:
        raise BadInput("--profile and --about both say who is meant", where="navaid trials", fix="give one of them")
    if about is not None:
        if not about.strip():
            raise BadInput("--about is empty", where="navaid trials", fix='--about "62, metastatic, ER-positive …"')
        from navaid.trials.match.note import profile_of

        return Who(profile_of(about), about)
    if profile is not None:
        from navaid.serve.records_key import papers

        with papers(profile, key_file, passphrase_file) as held:
            return of_papers(held)
    from navaid.serve.records_key import discard

    discard()
    return Who()


def of_papers(held: Papers) -> Who:
    """The person whose papers these are."""
    from navaid.trials.find.about import words_of
    from navaid.trials.match.papers import names

    made = journeys.own_profile(held)
    return Who(made, words_of(made), names(held.readings()))
