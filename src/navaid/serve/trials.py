"""`navaid trials`: fetch, find, show studies, and hold them against a person's papers or a few words."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from navaid import config, journeys
from navaid.errors import BadInput
from navaid.serve import trials_check
from navaid.serve.common import print_json
from navaid.serve.records_key import KeyFileOption, PassphraseFileOption
from navaid.serve.trials_shown import Watch, nct_id, opened, say, write
from navaid.serve.trials_who import AboutOption, ProfileOption, whose

if TYPE_CHECKING:
    from navaid.trials.store import Kept, Store

app = typer.Typer(
    no_args_is_help=True,
    help="Clinical trials: which may fit, and why, statement by statement.",
    rich_markup_mode=None,
)
_FAULTS = 20


@app.command()
def sync(
    condition: Annotated[str, typer.Option("--condition", help="Such as breast cancer.")] = "",
    intervention: Annotated[str, typer.Option("--intervention", help="A drug or treatment.")] = "",
    term: Annotated[str, typer.Option("--term", help="Other words.")] = "",
    near: Annotated[str, typer.Option("--near", metavar="PLACE", help="A city, state or country of a site.")] = "",
    status: Annotated[
        list[str] | None, typer.Option("--status", help="open (the default), any, or a status of the registry.")
    ] = None,
    id_: Annotated[list[str] | None, typer.Option("--id", metavar="NCT…", help="Only these studies.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Send the question without being asked.")] = False,
    api: Annotated[str, typer.Option("--api", hidden=True)] = "",
) -> None:
    """Fetch records from ClinicalTrials.gov. Only what you give here is sent; without anything, breast cancer.

    A run that was broken off goes on where it was; a later one fetches only what changed.
    """
    from navaid.polite import Polite
    from navaid.serve.trials_ask import agree
    from navaid.sources import registry
    from navaid.trials.registry_words import statuses_named

    named = bool(condition or intervention or term or near or id_)
    query = registry.Query(
        condition=condition or ("" if named else "breast cancer"),
        intervention=intervention,
        term=term,
        location=near,
        statuses=() if id_ else tuple(sorted(statuses_named(status or ["open"]))),
        ids=tuple(id_ or ()),
    )
    agree(config.load().home_path, api or registry.API, query, yes=yes)
    with opened() as store, Watch() as watch, Polite(purpose="fetches trial records", most_seconds=36_000) as client:
        kept = journeys.sync_trials(store, client, query, api=api, on_study=watch.studies)
        watch.stop()
        _report(kept, len(store))


@app.command()
def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="JSON or JSON Lines of the registry, or .gz.")],
) -> None:
    """Keep records of the registry that you have as files."""
    with opened() as store, Watch() as watch:
        kept = journeys.add_trials(store, files, on_study=watch.studies)
        watch.stop()
        _report(kept, len(store))
    if kept.faults:
        raise typer.Exit(1)


@app.command()
def find(
    words: Annotated[list[str] | None, typer.Argument(metavar="[WORDS]", help="What the trial is about.")] = None,
    profile: ProfileOption = None,
    about: AboutOption = None,
    drug: Annotated[str, typer.Option("--drug", help="A drug or class that is given, by any of its names.")] = "",
    target: Annotated[str, typer.Option("--target", help="The antigen that it aims at, such as HER2.")] = "",
    phase: Annotated[list[str] | None, typer.Option("--phase", help="1, 2, 3, 4, early 1 or NA.")] = None,
    status: Annotated[
        list[str] | None, typer.Option("--status", help="open (for a person, the default), any, or a status.")
    ] = None,
    near: Annotated[str, typer.Option("--near", metavar="PLACE", help="A city, or LAT,LON. Looked up here.")] = "",
    within: Annotated[float | None, typer.Option("--within", metavar="KM", min=0, help="At most so far.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many are shown.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write a page.")] = None,
    key_file: KeyFileOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Find trials among those kept here, and among the facts that come with Navaid. Nothing is sent."""
    from navaid.models import embedding
    from navaid.trials.find.find import Wanted
    from navaid.trials.registry_words import phases_named, statuses_named
    from navaid.trials.render import record, text

    person = whose(profile, about, key_file, passphrase_file)
    if within is not None and not near:
        raise BadInput("--within says how far, but not from where", where="navaid trials find", fix="add --near PLACE")
    with opened() as store, Watch() as watch:
        wanted = Wanted(
            words=" ".join(words or []),
            about=person.words,
            drug=drug,
            target=target,
            statuses=statuses_named(status if status else ["open"] if person.profile else ["any"]),
            phases=phases_named(phase or []),
            near=_located(store, near) if near else None,
            within_km=within,
        )
        model = embedding.load(config.load().embedding) if person.profile else None
        found = journeys.find_trials(
            store,
            wanted,
            profile=person.profile,
            papers=person.papers,
            limit=limit,
            embedder=model,
            on_study=watch.studies,
        )
    if html:
        from navaid.trials.render.html import listing

        write(html, listing(found).encode())
    elif as_json:
        print_json(record.listing(found))
    else:
        say(text.listing(found))


@app.command()
def show(
    id_: Annotated[str, typer.Argument(metavar="NCT…", help="The study's id.")],
    as_json: Annotated[bool, typer.Option("--json", help="The record as the registry sent it.")] = False,
) -> None:
    """Show a study whole: what is tested, who may join, where, whom to ask."""
    from navaid.starter.trials import facts
    from navaid.trials.render import text, words

    wanted = nct_id(id_)
    with opened() as store:
        if as_json and (raw := store.raw(wanted)):
            print_json(raw)
            return
        study = journeys.show_trial(store, wanted)
    if study is not None:
        say(text.study(study, words.age(study, dt.date.today())))
        return
    fact = next((fact for fact in facts() if fact.nct_id == wanted), None)
    if fact is None or as_json:
        raise trials_check.not_held(wanted)
    say([words.FACTS, f"Fetch the record: `navaid trials sync --id {wanted}`", "", *text.fact_lines(fact)])


@app.command()
def repair() -> None:
    """Make everything that is made from the kept records anew: the index of words, tags, places."""
    from navaid.trials.find.level import level

    with opened() as store, Watch() as watch:
        store.set_meta("rules", "")
        level(store, lambda done, of: watch.studies("studies made searchable", done, of))
        watch.stop()
        typer.echo(f"{len(store):,} studies are searchable")


def _located(store: Store, near: str) -> Any:
    """Where a place is; where others have the same name, which one was taken is told."""
    from navaid.trials.find.level import level
    from navaid.trials.find.places import locate

    level(store)
    found = locate(store, near)
    if found.others:
        typer.echo(f"Near {found.point.name} (not {'; '.join(found.others[:3])})", err=True)
    return found.point


def _report(kept: Kept, count: int) -> None:
    parts = [(kept.new, "new"), (kept.changed, "changed"), (kept.same, "as before"), (kept.older, "older than kept")]
    typer.echo(", ".join(f"{number:,} {name}" for number, name in parts if number) or "no records")
    for fault in kept.faults[:_FAULTS]:
        typer.echo(f"could not be read: {fault}", err=True)
    if len(kept.faults) > _FAULTS:
        typer.echo(f"and {len(kept.faults) - _FAULTS:,} more that could not be read", err=True)
    typer.echo(f"{count:,} studies are kept here. Find: `navaid trials find`")


trials_check.register(app)
