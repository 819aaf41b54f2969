"""What the API gives back beside the records that cross rooms, and in the same way: frozen and typed, as JSON."""

from __future__ import annotations

from navaid.serve.web.api.faults import Fault
from navaid.starter.trials import TrialFact
from navaid.terms import (
    Answer,
    Broken,
    CriterionType,
    Date,
    Fit,
    Label,
    Record,
    Site,
    Watched,
)


class Explanation(Record, frozen=True):
    """A word of the glossary in one plain sentence, and where that was read."""

    term: str
    text: str
    sources: tuple[Place, ...]


class Place(Record, frozen=True):
    """A place in a source: a heading or page, and the day it was checked."""

    title: str
    publisher: str
    url: str
    at: str
    checked: Date


class TopicEntry(Record, frozen=True):
    """A topic of the starter library. `aka` are other names, `claims` is how many sentences it has."""

    id: str
    title: str
    aka: tuple[str, ...]
    claims: int


class LibraryInfo(Record, frozen=True):
    """What the library holds: counts by table, kind and publisher, and what changes when the documents do."""

    navaid: str
    snapshot: str
    starter: str
    statistics: dict[str, int | float | str]


class Statement(Record, frozen=True):
    """A criterion held against a person. A number of 0 stands for the registry's own limits of age and sex.

    `span` is where its words stand in the study's `eligibility_criteria`.
    """

    number: int
    span: tuple[int, int]
    type: CriterionType
    text: str
    label: Label
    reason: str
    question: str


class TrialRow(Record, frozen=True):
    """A study that was found. `verdict` and `criteria` are there where it was held against somebody."""

    nct_id: str
    title: str
    overall_status: str
    phases: tuple[str, ...]
    cell_therapy: tuple[str, ...]
    because: tuple[str, ...]
    score: float
    url: str
    updated: Date | None
    seen: Date | None
    distance_km: float | None = None
    nearest_site: Site | None = None
    site_open: bool | None = None
    verdict: Fit | None = None
    criteria: tuple[Statement, ...] = ()


class TrialListing(Record, frozen=True):
    """Studies in order. With none `looked_through` nothing was looked through, which says nothing of what exists."""

    looked_through: int
    found: int
    not_open: int
    words_not_found_together: tuple[str, ...]
    last_whole_fetch: Date | None
    made: Date
    notice: str
    studies: tuple[TrialRow, ...]
    facts_notice: str
    facts: tuple[TrialFact, ...]
    near: str = ""


class TrialCheck(Record, frozen=True):
    """One study held against one person."""

    nct_id: str
    title: str
    updated: Date | None
    seen: Date | None
    verdict: Fit
    criteria: tuple[Statement, ...]
    notice: str


class Opened(Record, frozen=True):
    """The records are open: send `session` in the header Navaid-Session. It ends after `idle_s` seconds without use."""

    session: str
    profile: str
    idle_s: int


class Done(Record, frozen=True):
    """It is done."""

    done: bool = True


class Paper(Record, frozen=True):
    """A kept paper. `type` is a code of docs/records.md, `findings` is how many facts were read in it."""

    id: str
    name: str
    size: int
    added: Date
    type: str
    date: Date | None
    findings: int
    notes: tuple[str, ...] = ()


class Became(Record, frozen=True):
    """What became of a file: `kept`, `known` (it was kept before), `asked` (say whether it is kept), `failed`."""

    name: str
    standing: str
    words: tuple[str, ...]
    paper: str
    findings: int


class JobState(Record, frozen=True):
    """How far a piece of work is. `error` is there where it ended with one; `files` once it is over."""

    id: str
    title: str
    now: str
    done: int
    of: int
    lines: tuple[str, ...]
    over: bool
    files: tuple[Became, ...] = ()
    error: Fault | None = None


class WatchList(Record, frozen=True):
    """What to watch for on each drug, and the same as a page whose sentences were verified."""

    watched: tuple[Watched, ...]
    page: Answer


class AnswerEntry(Record, frozen=True):
    """An answer that was kept with a person's papers."""

    id: str
    title: str
    date: Date


class Verified(Record, frozen=True):
    """Whether a rewrite matches its source, and every rule that it breaks."""

    accepted: bool
    rules: tuple[Broken, ...]
