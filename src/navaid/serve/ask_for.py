"""Whose page it is: with `--for NAME` a question is answered from that person's papers, and kept only with them."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from navaid import journeys
from navaid.errors import BadInput
from navaid.journeys import Explain, silent
from navaid.library import Library
from navaid.terms import Answer, Profile

if TYPE_CHECKING:
    from navaid.records.vault import Papers

KIND = "answer"
ForOption = Annotated[
    str | None,
    typer.Option("--for", metavar="NAME", help="Answer from this person's kept papers; it stays on this machine."),
]


class Person:
    """A person whose papers are open, and the pages made for them."""

    def __init__(self, papers: Papers) -> None:
        self.papers = papers

    @functools.cached_property
    def profile(self) -> Profile:
        """What the papers say, made when it is first needed."""
        return journeys.own_profile(self.papers)

    @functools.cached_property
    def names(self) -> Mapping[str, str]:
        """What each paper is called."""
        from navaid.trials.match.papers import names

        return names(self.papers.readings())

    def ask(self, library: Library, text: str, explain: Explain = silent) -> Answer:
        """The answer from this person's papers."""
        return journeys.ask(library, text, profile=self.profile, papers=self.names, explain=explain)

    def general(self, library: Library, text: str, explain: Explain = silent) -> Answer:
        """The answer that anybody gets, to a question that no longer names the person."""
        from navaid.answers.personal import general

        asked = general.question(text, self.papers.readings(), (self.papers.name,))
        return journeys.ask(library, asked, explain=explain)

    def keep(self, answer: Answer) -> None:
        """Keeps the page with the papers, encrypted as they are."""
        from navaid.answers.render import to_json
        from navaid.records.vault import KeptPage

        page = KeptPage(kind=KIND, id=answer.id, title=answer.title, date=answer.date)
        self.papers.keep_page(page, to_json(answer))

    def kept(self) -> Iterator[tuple[str, str, str]]:
        """Id, day and title of each kept answer, the newest first."""
        for page in self.papers.pages(KIND):
            yield page.id, page.date.isoformat(), page.title

    def answer(self, answer_id: str) -> Answer:
        """A kept answer as it was. Raises BadInput."""
        from navaid.answers.render import from_json

        body = self.papers.page(KIND, answer_id)
        if body is None:
            raise BadInput(
                f"no answer {answer_id} was kept with the papers of {self.papers.name}",
                where="navaid answers",
                fix=f"see `navaid answers list --for {self.papers.name}`",
            )
        return from_json(body)


@contextlib.contextmanager
def person(name: str | None, key_file: Path | None, passphrase_file: Path | None) -> Iterator[Person | None]:
    """The person with this name, whose papers stay open as long; nobody without a name."""
    if name is None:
        yield None
        return
    from navaid.serve.records_key import papers

    with papers(name, key_file, passphrase_file) as held:
        yield Person(held)
