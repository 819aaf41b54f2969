"""From a person's papers to a profile, and what a new paper changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from navaid.errors import NavaidError
from navaid.journeys.asking import ask
from navaid.journeys.telling import OnPage, no_progress
from navaid.journeys.trials import check_trial
from navaid.library import Library
from navaid.terms import Changes, Profile, Reading

if TYPE_CHECKING:
    from navaid.answers.report import Explained
    from navaid.records.adding import Outcome, Read
    from navaid.records.vault import Papers
    from navaid.trials.store import Store


def read_records(
    paths: Iterable[Path], *, today: dt.date | None = None, on_page: OnPage = no_progress
) -> Iterator[tuple[Reading, Profile] | NavaidError]:
    """What each paper says, and the profile of that paper alone; for what cannot be read the error. Nothing is kept."""
    from navaid.records.reconcile import reconcile

    for found in _readings(paths, on_page):
        if isinstance(found, NavaidError):
            yield found
        else:
            yield found, reconcile("", [found], today or dt.date.today())


def add_records(
    papers: Papers,
    paths: Iterable[Path],
    *,
    decide: Callable[[Read], bool],
    today: dt.date | None = None,
    on_page: OnPage = no_progress,
) -> Iterator[Outcome]:
    """Files become papers of this person. `decide` is asked about each that may not belong there, before it is kept."""
    from navaid.records.adding import Outcome, fingerprint, weigh
    from navaid.records.read.folder import files

    kept, originals = list(papers.readings()), list(papers.originals())
    for path in (file for given in paths for file in files(given)):
        if isinstance(path, NavaidError):
            yield Outcome(Path(path.where), error=path)
            continue
        try:
            id_ = fingerprint(path)
            read = weigh(path, id_, _readings([path], on_page), kept, originals)
            if read.doubts and not decide(read):
                yield Outcome(path, read)
                continue
            originals.append(papers.keep(path, id_, read.readings, today or dt.date.today()))
            kept += read.readings
            yield Outcome(path, read, originals[-1])
        except NavaidError as error:
            yield Outcome(path, error=error)


def own_profile(papers: Papers, *, without: Collection[str] = (), today: dt.date | None = None) -> Profile:
    """The profile from all papers of a person, and from what they said of them; as if it had not those of some ids."""
    from navaid.records.reconcile import reconcile, told

    said = papers.said()
    spoken = [told.reading(said)] if said else []
    kept = [r for original in papers.originals() if original.id not in without for r in papers.readings(original.id)]
    return reconcile(papers.name, [*kept, *spoken], today or dt.date.today())


def explain_report(
    library: Library,
    paper: Path | str,
    *,
    papers: Papers | None = None,
    today: dt.date | None = None,
    on_page: OnPage = no_progress,
) -> Iterator[Explained | NavaidError]:
    """A report in its own words, each term explained by a verified claim; for what cannot be read the error.

    `paper` is a file, or with `papers` the name or id of a kept one. Its text is held only while it is explained.
    """
    from navaid.answers.report import explain, kept
    from navaid.records import read

    found = read.read_all([Path(paper)], on_page=on_page) if papers is None else kept.paper(papers, str(paper), on_page)
    for one in found:
        yield one if isinstance(one, NavaidError) else explain(library, one, today or dt.date.today())


def what_changed(
    papers: Papers, new: Collection[str], library: Library, trials: Store | None = None, *, today: dt.date | None = None
) -> Changes:
    """What the papers of these ids changed: in the profile, and in the answers and matches that are kept with it."""
    from navaid.answers.personal.again import answers_again
    from navaid.records.changes import changed
    from navaid.trials.match.again import matches_again
    from navaid.trials.match.papers import names

    before, after = own_profile(papers, without=new, today=today), own_profile(papers, today=today)
    called = names(papers.readings())
    moved, lost = answers_again(
        papers, lambda question: ask(library, question, profile=after, papers=called, today=today)
    )
    turned, unseen = matches_again(papers, trials, lambda study: check_trial(study, after, papers=called, today=today))
    return Changes(profile=changed(before, after), answers=moved, matches=turned, unseen=(*lost, *unseen))


def _readings(paths: Iterable[Path], on_page: OnPage) -> Iterator[Reading | NavaidError]:
    from navaid.records import read
    from navaid.records.extract.extract import extract

    for found in read.read_all(paths, on_page=on_page):
        yield found if isinstance(found, NavaidError) else extract(found)
