"""`navaid trials check` and `summary`: one study against one person, statement by statement."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from navaid import journeys
from navaid.errors import BadInput
from navaid.serve.common import over_lines, print_json
from navaid.serve.records_key import KeyFileOption, PassphraseFileOption, discard
from navaid.serve.trials_shown import nct_id, opened, say, write
from navaid.serve.trials_who import AboutOption, ProfileOption, of_papers, whose

if TYPE_CHECKING:
    from navaid.terms import Match, Profile, Study

IdArgument = Annotated[str | None, typer.Argument(metavar="NCT…", help="The study's id.")]


def not_held(id_: str) -> BadInput:
    """What to say of a study that is not kept here: nothing about whether it exists."""
    return BadInput(
        f"the record of {id_} is not kept here, so it could not be looked at",
        where="navaid trials",
        fix=f"fetch it: `navaid trials sync --id {id_}`, or add a file with `navaid trials add FILE`",
    )


def check(
    id_: IdArgument = None,
    profile: ProfileOption = None,
    about: AboutOption = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Read {"id", "profile", "study"} a line, write each verdict.')
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write a page.")] = None,
    save: Annotated[
        bool, typer.Option("--save", help="Keep it with the papers; a new paper then says if it changes.")
    ] = False,
    key_file: KeyFileOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Hold a study against a person: each statement, what is known of it, and what to ask."""
    from navaid.trials.render import record, text, words

    if jsonl:
        discard()
        over_lines(_row)
        return
    today = dt.date.today()
    if save:
        study = _study_of(id_)
        held = _checked_and_kept(study, today, profile, key_file, passphrase_file)
    else:
        person = whose(profile, about, key_file, passphrase_file)
        named, study = person.needed, _study_of(id_)
        held = journeys.check_trial(study, named, papers=person.papers)
    if html:
        from navaid.trials.render.html import match

        write(html, match(study, held, today).encode())
    elif as_json:
        dates = {"updated": study.updated, "seen": study.seen}
        row = {"nct_id": study.nct_id, "title": study.brief_title, **dates, **record.match(held)}
        print_json(row)
    else:
        say(text.match(study, held, f"{words.age(study, today)} Refresh: `{words.REFRESH}`"))


def _checked_and_kept(
    study: Study, today: dt.date, profile: str | None, key_file: Path | None, passphrase_file: Path | None
) -> Match:
    """The match, kept with the papers that it was made from. Raises BadInput where there are none."""
    from navaid.serve.records_key import papers
    from navaid.trials.match.again import keep

    if profile is None:
        raise BadInput(
            "only a check against kept papers can be kept", where="navaid trials check", fix="give --profile NAME"
        )
    with papers(profile, key_file, passphrase_file) as kept:
        person = of_papers(kept)
        held = journeys.check_trial(study, person.needed, papers=person.papers, today=today)
        keep(kept, study, held, today)
    return held


def summary(
    id_: IdArgument = None,
    profile: ProfileOption = None,
    about: AboutOption = None,
    to: Annotated[Path, typer.Option("--to", metavar="FOLDER", help="Where to write.")] = Path(),
    key_file: KeyFileOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Write one page about a study to take to the oncologist, as HTML and as PDF. It is not encrypted."""
    from navaid.records.export.summary import NoPdf
    from navaid.trials.render.html import summary as page
    from navaid.trials.render.html import summary_pdf

    person = whose(profile, about, key_file, passphrase_file)
    named, study = person.needed, _study_of(id_)
    held, today = journeys.check_trial(study, named, papers=person.papers), dt.date.today()
    write(to / f"{study.nct_id}.html", page(study, held, today, named.name).encode())
    try:
        write(to / f"{study.nct_id}.pdf", summary_pdf(study, held, today, named.name))
    except NoPdf as error:
        typer.echo(str(error), err=True)
    typer.echo("These files are not encrypted: keep them where only you can read them.", err=True)


def register(app: typer.Typer) -> None:
    """The commands, in the order in which the help lists them."""
    for command in (check, summary):
        app.command()(command)


def _study_of(id_: str | None) -> Study:
    if id_ is None:
        raise BadInput("no study is named", where="navaid trials", fix="give its id: NCT04020575")
    with opened() as store:
        found = journeys.show_trial(store, nct_id(id_))
    if found is None:
        raise not_held(nct_id(id_))
    return found


def _row(row: dict[str, Any]) -> dict[str, Any]:
    """One line of `check --jsonl`. Raises BadInput or UnreadableSource."""
    from navaid.trials.render import record

    given, person = row.get("study"), row.get("profile")
    if not isinstance(given, dict):
        raise BadInput("the object has no field `study` that is an object", fix='{"id", "profile", "study": {…}}')
    if not isinstance(person, str | dict) or not person:
        raise BadInput("the object has no field `profile`", fix="a short text about the person, or a profile as JSON")
    held: Match = _held(msgspec.json.encode(person), msgspec.json.encode(given))
    return record.match(held)


def _held(person: bytes, given: bytes) -> Match:
    return journeys.check_trial(_study(given), _profile(person))


@lru_cache(64)
def _profile(encoded: bytes) -> Profile:
    from navaid.trials.match.note import profile_of

    return profile_of(msgspec.json.decode(encoded))


@lru_cache(64)
def _study(encoded: bytes) -> Study:
    from navaid.trials.study import plain_study

    return plain_study(msgspec.json.decode(encoded))
