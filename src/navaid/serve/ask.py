"""`navaid ask` and `navaid answers`: a question in, a page out."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from navaid import journeys
from navaid.answers.render import render
from navaid.errors import BadInput
from navaid.journeys import Explain, silent
from navaid.library import Library
from navaid.serve.ask_for import ForOption, Person, person
from navaid.serve.common import LibraryOption, field, look, opened, over_lines, put
from navaid.serve.records_key import KeyFileOption, PassphraseFileOption
from navaid.serve.wish import Wish
from navaid.terms import Answer

answers_app = typer.Typer(help="Answers kept with `ask --save`.", no_args_is_help=True, rich_markup_mode=None)


class Format(StrEnum):
    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How the answer is shown.")]
OutOption = Annotated[Path | None, typer.Option("--out", "-o", help="Write the page to this file instead.")]
QuotesOption = Annotated[bool, typer.Option("--quotes", help="Show the sources' own words (terminal).")]


def ask(
    question: Annotated[list[str] | None, typer.Argument(help="The question, in your own words.")] = None,
    format: FormatOption = Format.TERMINAL,
    out: OutOption = None,
    quotes: QuotesOption = False,
    explain: Annotated[bool, typer.Option("--explain", help="Print each step's input, choice and reason.")] = False,
    save: Annotated[bool, typer.Option("--save", help="Keep the answer; see `navaid answers`.")] = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Read {"id","question"} objects, write {"id","answer"} objects.')
    ] = False,
    plain: Annotated[
        bool, typer.Option("--plain", help="Let a language model use plainer words; see `navaid models`.")
    ] = False,
    language: Annotated[
        str, typer.Option("--language", metavar="CODE", help="Let it translate the page, such as `es`; same checks.")
    ] = "en",
    for_: ForOption = None,
    share: Annotated[
        bool, typer.Option("--share", help="With --for: the page for everybody instead, with nothing of the papers.")
    ] = False,
    key_file: KeyFileOption = None,
    passphrase_file: PassphraseFileOption = None,
    library: LibraryOption = None,
) -> None:
    """Answer a question with a page in which every medical sentence has its source."""
    wish = Wish(plain=plain, language=language)
    if share and for_ is None:
        raise BadInput("--share is for a page made with --for", where="navaid ask", fix="leave --share out")
    with opened(library) as held, person(for_, key_file, passphrase_file) as someone:
        if jsonl:
            over_lines(
                lambda row: {"answer": wish.fulfil(_made(held, someone, field(row, "question"), share), ask=False)}
            )
            return
        text = " ".join(question or [])
        if not text and not sys.stdin.isatty():
            text = sys.stdin.read()
        if not text.strip():
            raise BadInput("there is no question", where="navaid ask", fix='try `navaid ask "What is DCIS?"`')
        step = _explained if explain else journeys.silent
        answer = wish.fulfil(_made(held, someone, text, share, step), explain=step)
        if save:
            _keep(held, None if share else someone, answer)
            typer.echo(f"kept as {answer.id}", err=True)
        _show(answer, format, out, quotes)


def _made(
    library: Library, someone: Person | None, text: str, share: bool = False, explain: Explain = silent
) -> Answer:
    """The answer for whoever is meant; with `share` that for everybody."""
    if someone is None:
        return journeys.ask(library, text, explain=explain)
    return someone.general(library, text, explain) if share else someone.ask(library, text, explain)


def _keep(library: Library, someone: Person | None, answer: Answer) -> None:
    """What is made from papers is kept with them, encrypted, and never in the library."""
    if someone is None:
        library.store.save_answer(answer)
    else:
        someone.keep(answer)


@answers_app.command("list")
def list_answers(
    for_: ForOption = None,
    key_file: KeyFileOption = None,
    passphrase_file: PassphraseFileOption = None,
    library: LibraryOption = None,
) -> None:
    """The answers that were kept, newest first; with --for those kept with this person's papers."""
    with person(for_, key_file, passphrase_file) as someone:
        if someone is not None:
            kept = list(someone.kept())
        else:
            with opened(library) as held:
                kept = [(id_, str(date), title) for id_, date, title in held.store.saved_answers()]
        for id_, date, title in kept:
            typer.echo(f"{id_}  {date}  {title}")


@answers_app.command("show")
def show_answer(
    answer_id: Annotated[str, typer.Argument(help="The id that `answers list` shows.")],
    format: FormatOption = Format.TERMINAL,
    out: OutOption = None,
    quotes: QuotesOption = False,
    for_: ForOption = None,
    key_file: KeyFileOption = None,
    passphrase_file: PassphraseFileOption = None,
    library: LibraryOption = None,
) -> None:
    """Show a kept answer again, as it was; with --for one that was kept with this person's papers."""
    with person(for_, key_file, passphrase_file) as someone:
        if someone is not None:
            _show(someone.answer(answer_id), format, out, quotes)
            return
    with opened(library) as held:
        answer = held.store.saved_answer(answer_id)
        if answer is None:
            raise BadInput(f"no answer {answer_id} was kept", where=str(held.folder), fix="see `navaid answers list`")
        _show(answer, format, out, quotes)


def _show(answer: Answer, format: Format, out: Path | None, quotes: bool) -> None:
    width, styled = look(to_file=out is not None)
    page = render(answer, format.value, width=width, quotes=quotes, styled=styled)
    put(page, out)


def _explained(step: str, chosen: Any) -> None:
    typer.echo(f"── {step}", err=True)
    typer.echo(msgspec.json.format(msgspec.json.encode(chosen), indent=1).decode()[:20_000], err=True)
