"""`navaid records changes`: what a paper changed, in the profile and in what was kept of answers and trials."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from navaid import config, journeys
from navaid.answers.render.safe import line
from navaid.records.changes import in_words
from navaid.serve.common import LibraryOption, opened, print_json
from navaid.serve.records_key import KeyFileOption, PassphraseFileOption, ProfileOption, papers
from navaid.terms import AnswerChange, Applies, Changes, Fit, Label, MatchChange, Moved

if TYPE_CHECKING:
    from navaid.library import Library
    from navaid.records.vault import Papers

_STANDS = {
    Applies.APPLIES: "applies to you",
    Applies.MAY_APPLY: "may apply to you",
    Applies.DOES_NOT_APPLY: "does not apply to you",
    Applies.GENERAL: "is there as general information",
    None: "is not part of the page",
}
_FIT = {Fit.FITS: "fits", Fit.MAY_FIT: "may fit", Fit.DOES_NOT_FIT: "does not seem to fit"}
_LABEL = {Label.MET: "so", Label.NOT_MET: "not so", Label.UNKNOWN: "not known"}
_MOST = 8


def changes(
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[FILE…]", help="Kept papers; without any, the one added last.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    profile: ProfileOption = None,
    library: LibraryOption = None,
    key_file: KeyFileOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Show what a paper changed: facts, and which kept answers and trials are others now."""
    with papers(profile, key_file, passphrase_file) as held:
        new = [held.find(name).id for name in files] if files else [held.originals()[-1].id]
        found = of(held, new, library)
    if as_json:
        print_json(found)
        return
    told = list(lines(found))
    typer.echo("\n".join(map(line, told)) if told else "Nothing that Navaid keeps has changed with it.")


def tell(held: Papers, added: Collection[str], before: Collection[str]) -> None:
    """After papers were added to others: what they changed. Of a first paper everything is new, and nothing is said."""
    new = set(added) - set(before)
    if not before or not new:
        return
    told = list(lines(of(held, new, None)))
    if told:
        typer.echo("\n" + "\n".join(map(line, told)))


def of(held: Papers, new: Collection[str], library: Path | None) -> Changes:
    """What these papers changed, with the library and the trials of this machine."""
    with opened(library) as books:
        return with_trials(held, new, books, config.load().home_path / "trials")


def with_trials(held: Papers, new: Collection[str], books: Library, folder: Path) -> Changes:
    """What these papers changed, with the trials that are kept in this folder, if any are."""
    from navaid.trials.store import Store

    with Store(folder) if folder.is_dir() else contextlib.nullcontext() as trials:
        return journeys.what_changed(held, new, books, trials)


def lines(found: Changes) -> Iterator[str]:
    """The changes as a person reads them; none where nothing changed."""
    if found.profile:
        yield "What changed in what your papers say:"
        yield from (f"  - {in_words(change)}" for change in found.profile)
    for answer in found.answers:
        yield ""
        yield f"Your kept answer of {answer.date}, “{answer.title}”, is another page now:"
        yield from _answer(answer)
    for match in found.matches:
        yield ""
        yield from match_in_words(match)
    if found.unseen:
        yield ""
        yield from (f"Note: {each}." for each in found.unseen)


def _answer(change: AnswerChange) -> Iterator[str]:
    for moved in change.moved[:_MOST]:
        yield f"  - {moved_in_words(moved)}"
    if len(change.moved) > _MOST:
        yield f"  - and {len(change.moved) - _MOST} more sentences stand otherwise"
    yield from (f"  - now known: {said}" for said in change.settled)
    yield from (f"  - now open: {said}" for said in change.opened)
    yield f"  See both: `navaid answers show {change.id}`, and ask the question again."


def moved_in_words(moved: Moved) -> str:
    because = f" {moved.because[0]}" if moved.because else ""
    return f"“{moved.text}” {_STANDS[moved.after]}; before, it {_was(moved)}.{because}"


def _was(moved: Moved) -> str:
    if moved.before is None:
        return "was not part of the page"
    words = {Applies.APPLIES: "applied", Applies.MAY_APPLY: "might apply", Applies.DOES_NOT_APPLY: "did not apply"}
    return words.get(moved.before, "was there as general information")


def match_in_words(change: MatchChange) -> Iterator[str]:
    yield f"{change.nct_id}, “{change.title}”: it {_FIT[change.before]} on {change.date}; now it {_FIT[change.after]}."
    if change.amended:
        yield "  - the study's record has changed since"
    for turned in change.turned[:_MOST]:
        yield f"  - “{turned.text[:160]}”: was {_LABEL[turned.before]}, is {_LABEL[turned.after]}. {turned.reason}"


def register(app: typer.Typer) -> None:
    """The command, at its place in the help."""
    app.command()(changes)
