"""Is each source still what we say it is? It is asked for at its publisher, and the titles are compared.

    PMID, PMC   NCBI E-utilities, `esummary`, a hundred at once; PubMed also tells what was retracted
    NCT         ClinicalTrials.gov API v2; an id that was merged into another is a redirect
    DOI         Crossref, which also holds the retractions of Retraction Watch; what it does not know (another
                agency, an alias) is asked of doi.org by content negotiation, before it is called gone
    URL         the page itself: its <title>, og:title and <h1>

"Gone" is only what the publisher says is not there. An outage, a refusal, or a page that no program can read is
"could not look".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, zip_longest
from urllib.parse import quote, unquote, urlsplit

import msgspec
from lxml import etree, html

from navaid.errors import SourceUnavailable
from navaid.polite import NOT_FOUND, Answer, Polite
from navaid.starter import ncbi, titles
from navaid.starter.outcomes import MOST_JSON, Outcome, Resolved, decoded, joined, judged
from navaid.starter.rows import SourceRow
from navaid.terms import Record

KINDS = ("PMID", "PMC", "NCT", "DOI", "URL")
_BATCH = 100
_MOST_PAGE = 1_000_000  # bytes
_CSL = "application/vnd.citationstyles.csl+json"
_TAKEN_BACK = ("retraction", "withdrawal", "removal")  # Crossref's words for it in `updated-by`
_WALL = re.compile(  # what sites show to a program instead of the page
    r"^\W*(?:just a moment|attention required|access denied|pardon our interruption|security check|robot check|"
    r"are you a robot|verify you are human|checking your browser|request rejected|client challenge|"
    r"sign in|log ?in)\b",
    re.I,
)


class Places(Record, frozen=True):
    """Where the publishers' services are."""

    eutils: str = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
    trials: str = "https://clinicaltrials.gov/api/v2"
    crossref: str = "https://api.crossref.org"
    doi: str = "https://doi.org"


def kind_of(row: SourceRow) -> str:
    """The kind by which a source is asked for; whatever has no service of its own is a page.

    >>> from navaid.terms import Kind
    >>> kind_of(SourceRow(id="PMID:1", title="T", publisher="P", kind=Kind.REVIEW, url="https://x.org", licence="-"))
    'PMID'
    """
    prefix = row.id.partition(":")[0]
    return prefix if prefix in KINDS else "URL"


def resolve(rows: Iterable[SourceRow], polite: Polite, places: Places | None = None) -> Iterator[Resolved]:
    """The outcome of each source, as they come; it ends early when the run's time is up."""
    places = places or Places()
    groups: dict[str, list[SourceRow]] = {kind: [] for kind in KINDS}
    for row in rows:
        groups[kind_of(row)].append(row)
    yield from _in_batches(groups["PMID"], polite, places.eutils, ncbi.pubmed)
    yield from _in_batches(groups["PMC"], polite, places.eutils, ncbi.pmc)
    yield from _one_by_one(groups["NCT"], polite, places, _trial)
    yield from _one_by_one(groups["DOI"], polite, places, _doi)
    yield from _one_by_one(_by_turns(groups["URL"]), polite, places, _page)


def _in_batches(
    rows: Sequence[SourceRow],
    polite: Polite,
    eutils: str,
    look: Callable[[Sequence[SourceRow], Polite, str], list[Resolved]],
) -> Iterator[Resolved]:
    for start in range(0, len(rows), _BATCH):
        if polite.time_up:
            return
        batch = rows[start : start + _BATCH]
        try:
            yield from look(batch, polite, eutils)
        except SourceUnavailable as error:
            yield from (Resolved(source=row.id, outcome=Outcome.COULD_NOT_LOOK, note=error.what) for row in batch)


def _one_by_one(
    rows: Iterable[SourceRow], polite: Polite, places: Places, look: Callable[[SourceRow, Polite, Places], Resolved]
) -> Iterator[Resolved]:
    for row in rows:
        if polite.time_up:
            return
        try:
            yield look(row, polite, places)
        except SourceUnavailable as error:
            yield Resolved(source=row.id, outcome=Outcome.COULD_NOT_LOOK, note=error.what)


def _by_turns(rows: Iterable[SourceRow]) -> Iterator[SourceRow]:
    """The hosts by turns, so that the pause for one passes while others are asked."""
    hosts: dict[str, list[SourceRow]] = {}
    for row in rows:
        hosts.setdefault(row.url.split("/")[2] if row.url.count("/") > 1 else "", []).append(row)
    return (row for row in chain.from_iterable(zip_longest(*hosts.values())) if row is not None)


# --- ClinicalTrials.gov


class _Identification(msgspec.Struct, rename="camel"):
    nct_id: str
    brief_title: str = ""
    official_title: str = ""


class _Protocol(msgspec.Struct, rename="camel"):
    identification_module: _Identification


class _Study(msgspec.Struct, rename="camel"):
    protocol_section: _Protocol


def _trial(row: SourceRow, polite: Polite, places: Places) -> Resolved:
    nct_id = row.id.partition(":")[2]
    answer = polite.get(
        f"{places.trials}/studies/{quote(nct_id, safe='')}",
        params={"format": "json", "fields": "NCTId,BriefTitle,OfficialTitle"},
        most_bytes=MOST_JSON,
    )
    if answer.status in NOT_FOUND:
        if answer.media != "text/plain":  # the API's errors are plain text; this one is somebody else's
            raise SourceUnavailable(f"{urlsplit(answer.url).netloc} answered with status {answer.status}")
        return Resolved(source=row.id, outcome=Outcome.GONE, note="ClinicalTrials.gov has no study of this number")
    study = decoded(answer, _Study).protocol_section.identification_module
    moved = study.nct_id if study.nct_id.upper() != nct_id.upper() else ""
    return judged(row, [study.brief_title, study.official_title], moved=moved)


# --- DOI


class _Update(msgspec.Struct):
    type: str = ""


class _Work(msgspec.Struct, rename={"doi": "DOI", "updated_by": "updated-by"}):
    doi: str = ""
    title: str | list[str] | None = None
    subtitle: str | list[str] | None = None
    updated_by: list[_Update] = []


class _Envelope(msgspec.Struct):
    message: _Work


def _doi(row: SourceRow, polite: Polite, places: Places) -> Resolved:
    doi = row.id.partition(":")[2]
    answer = polite.get(f"{places.crossref}/works/{quote(doi, safe='')}", most_bytes=MOST_JSON)
    if answer.status not in NOT_FOUND:
        return _of_work(row, doi, decoded(answer, _Envelope).message)
    answer = polite.get(f"{places.doi}/{quote(doi, safe='/')}", accept=_CSL, most_bytes=MOST_JSON)
    if answer.status not in NOT_FOUND:
        note = "whether it was retracted could not be looked up: Crossref does not hold it"
        return _of_work(row, doi, decoded(answer, _Work), note)
    if answer.hops:  # doi.org knows it; the agency that it points to has nothing to show
        raise SourceUnavailable(f"{urlsplit(answer.url).netloc} holds no title of it")
    return Resolved(source=row.id, outcome=Outcome.GONE, note="doi.org knows no such DOI")


def _of_work(row: SourceRow, doi: str, work: _Work, note: str = "") -> Resolved:
    main, sub = _first(work.title), _first(work.subtitle)
    updates = {update.type for update in work.updated_by}
    retracted = next((f"Crossref notes its {kind}" for kind in _TAKEN_BACK if kind in updates), "")
    if "expression_of_concern" in updates:
        note = joined(note, "Crossref notes an expression of concern")
    moved = work.doi if work.doi and work.doi.casefold() != doi.casefold() else ""
    return judged(row, [f"{main}: {sub}" if sub else "", main], retracted=retracted, moved=moved, note=note)


def _first(value: str | list[str] | None) -> str:
    return value if isinstance(value, str) else next(iter(value or ()), "")


# --- pages


def _page(row: SourceRow, polite: Polite, places: Places) -> Resolved:
    answer = polite.get(row.url, accept="text/html,*/*;q=0.5", most_bytes=_MOST_PAGE, cut=True, robots=True)
    if answer.status in NOT_FOUND:
        return Resolved(source=row.id, outcome=Outcome.GONE, note=f"the site answers with status {answer.status}")
    if "html" not in answer.media:
        note = f"it is there, but is {answer.media or 'of no stated kind'}, whose title is not read here"
        return judged(row, [], moved=_moved(row.url, answer), note=note)
    found = page_titles(answer.body, answer.charset)
    if found and _WALL.match(found[0]):
        raise SourceUnavailable(f"the site shows programs another page (“{titles.plain(found[0])[:80]}”)")
    return judged(row, found, moved=_moved(row.url, answer), page=True)


def page_titles(data: bytes, charset: str | None = None) -> list[str]:
    """What a page calls itself, the most exact first: its <title>, the title in its head for sharing, its <h1>.

    >>> page_titles(b"<title>Arm care - A Clinic</title><h1>Arm <em>care</em></h1>")
    ['Arm care - A Clinic', 'Arm care']
    """
    try:
        root = html.document_fromstring(data, parser=html.HTMLParser(encoding=charset))
    except (etree.ParserError, etree.XMLSyntaxError, LookupError, ValueError, AssertionError):
        return []
    texts = [
        *(
            "".join(map(str, node.itertext()))
            for node in root.iter("title")
            if not any(a.tag == "svg" for a in node.iterancestors())
        ),
        *(
            node.get("content") or ""
            for node in root.iter("meta")
            if (node.get("property") or node.get("name") or "").lower() in ("og:title", "citation_title")
        ),
        *("".join(map(str, node.itertext())) for node in root.iter("h1")),
    ]
    return [line for text in texts if (line := " ".join(text.split()))][:8]


def _moved(asked: str, answer: Answer) -> str:
    """Where the page is now, if its host or path changed; https for http, or a closing slash, is no move."""
    return answer.url if answer.hops and _place(asked) != _place(answer.url) else ""


def _place(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return (parts.hostname or "").lower(), unquote(parts.path).rstrip("/")
