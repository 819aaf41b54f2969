"""Listings, studies and matches as lines for a terminal. Nothing here is wrapped; a level is two spaces."""

from __future__ import annotations

from collections.abc import Iterator

from navaid.starter.trials import TrialFact
from navaid.terms import Fit, Judgement, Label, Match, Site, Study
from navaid.trials.find.listing import Listing
from navaid.trials.find.rank import Ranked
from navaid.trials.match.match import rules_out
from navaid.trials.registry_words import is_open, status_words
from navaid.trials.render import words

_SITES = 10


def listing(found: Listing) -> Iterator[str]:
    """Studies in order, then facts of the embedded table, then what a reader must know."""
    if not found.held:
        yield words.NOTHING_HELD
        yield ""
    elif not found.ranked:
        yield f"Looked through {found.held:,} studies: none has what you asked for."
    else:
        yield heading(found)
    if found.missing:
        yield f"No study has all of this together: {', '.join(found.missing)}. These have a part of it."
    for number, one in enumerate(found.ranked, 1):
        yield ""
        yield from _entry(number, one, found)
    if found.facts:
        yield ""
        yield f"{len(found.facts)} more from the table that comes with Navaid. {words.FACTS}"
        for fact in found.facts:
            yield ""
            yield from fact_lines(fact)
    yield ""
    yield from ending(found)


def heading(found: Listing) -> str:
    """How many were found, and how many of them are shown."""
    count = f"{found.in_all:,} of {found.held:,} studies have what you asked for"
    if found.matched:
        count += f"; of the {found.compared:,} most alike, {found.excluded:,} do not seem to fit and stand last"
    return f"{count}. Shown: {len(found.ranked)}."


def ending(found: Listing) -> Iterator[str]:
    """What was left out, how old all is, and how to refresh it."""
    if found.closed:
        yield f"{found.closed:,} more are closed or not known to be open: `--status any` shows them."
    if found.wanted.near:
        yield f"Near: {found.wanted.near.name}."
    if found.synced:
        yield f"The last whole fetch from ClinicalTrials.gov was on {found.synced}. Refresh: `{words.REFRESH}`"
    else:
        yield f"Nothing was fetched from ClinicalTrials.gov yet. Fetch: `{words.REFRESH}`"
    if found.ranked:
        yield "More of one: `navaid trials show NCT…`, `navaid trials check NCT…`"
        yield words.NOTICE


def _entry(number: int, one: Ranked, found: Listing) -> Iterator[str]:
    yield f"{number}. {one.study.nct_id}  {one.study.brief_title}"
    yield f"   {words.what(one.study)}"
    for reason in one.because:
        if reason != status_words(one.study.overall_status):
            yield f"   {reason}"
    if one.match and one.match.verdict is Fit.DOES_NOT_FIT:
        first = next(filter(rules_out, one.match.judgements))
        yield f"   against it: {short(first.criterion.text)} ({first.reason})"
    yield f"   {words.age(one.study, found.today)}"


def fact_lines(fact: TrialFact) -> Iterator[str]:
    """One row of the embedded table with its sources."""
    yield f"{fact.nct_id}  {fact.name}"
    yield f"   {words.fact_line(fact)}"
    yield f"   Tests: {fact.tests}. For: {fact.who}."
    if fact.result:
        yield f"   {fact.result}"
    sources = "; ".join(cite.source or f"{cite.title} ({cite.url})" for cite in fact.cites)
    yield f"   Source: {sources}. Seen on {fact.seen}."


def study(one: Study, today_words: str) -> Iterator[str]:
    """A whole study: what it is, who may join in the registry's words, where, whom to ask."""
    yield f"{one.nct_id}  {one.brief_title}"
    if one.official_title and one.official_title != one.brief_title:
        yield one.official_title
    yield words.what(one)
    if one.why_stopped:
        yield f"Why it stopped: {one.why_stopped}"
    yield today_words
    yield f"Refresh: `navaid trials sync --id {one.nct_id}`. The registry's page: {words.registry_link(one.nct_id)}"
    yield from _part("Summary", one.brief_summary.splitlines())
    yield from _part("Conditions", one.conditions)
    yield from _part("What is given", (": ".join(filter(None, (it.name, it.description))) for it in one.interventions))
    yield from _part("Arms", (": ".join(filter(None, (arm.label, arm.description))) for arm in one.arms))
    yield from _part("Who may join", one.eligibility_criteria.splitlines() or ["The record does not say who may join."])
    yield from _part("Dates", _dates(one))
    yield from _part("Whom to ask", (contact(person) for person in one.contacts))
    yield from _part(f"Sites ({len(one.sites)})", _sites(one))
    if one.unread:
        yield from _part("Could not be read in the record", one.unread)


def _part(title: str, lines: Iterator[str] | tuple[str, ...] | list[str]) -> Iterator[str]:
    shown = [line for line in lines if line.strip()]
    if shown:
        yield ""
        yield title
        yield from (f"  {line}" for line in shown)


def _dates(one: Study) -> list[str]:
    dates = {"started": one.start, "primary completion": one.primary_completion, "completion": one.completion}
    return [f"{name}: {day}" for name, day in dates.items() if day]


def _sites(one: Study) -> Iterator[str]:
    """Open sites first; many are cut, with their number."""
    ordered = sorted(one.sites, key=lambda site: not is_open(site.status or one.overall_status))
    for site in ordered[:_SITES]:
        yield f"{place(site)}: {status_words(site.status) if site.status else 'no status of its own'}"
        yield from (f"  {contact(person)}" for person in site.contacts)
    if len(ordered) > _SITES:
        yield f"and {len(ordered) - _SITES} more: `navaid trials show {one.nct_id} --json`"


def place(site: Site) -> str:
    """A site in one line."""
    return ", ".join(filter(None, (site.facility, site.city, site.state, site.country)))


def contact(person: object) -> str:
    """A contact in one line."""
    parts = (getattr(person, name) for name in ("name", "role", "phone", "email"))
    return ", ".join(filter(None, parts))


def match(one: Study, held: Match, age: str) -> Iterator[str]:
    """A study held against a profile, statement by statement."""
    yield f"{one.nct_id}  {one.brief_title}".strip()
    yield words.verdict(held)
    if age:
        yield age
    under: tuple[str, ...] = ()
    for judgement in held.judgements:
        if judgement.criterion.under != under:
            under = judgement.criterion.under
            yield ""
            yield " > ".join(under)
        yield from _judgement(judgement)
    yield ""
    yield words.NOTICE


def _judgement(judgement: Judgement) -> Iterator[str]:
    number = f"{judgement.criterion.number}. " if judgement.criterion.number else ""
    yield f"  {number}[{words.kind(judgement)}] {' '.join(judgement.criterion.text.split())}"
    mark = {Label.MET: "=", Label.NOT_MET: "=", Label.UNKNOWN: "?"}[judgement.label]
    yield f"     {mark} {words.label(judgement)}" + (f": {judgement.reason}" if judgement.reason else "")
    if judgement.question:
        yield f"     to ask: {judgement.question}"


def short(text: str, most: int = 140) -> str:
    """The text in one line, cut at a word."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]} …"
