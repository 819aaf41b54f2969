"""The records that cross rooms: frozen, typed, and the same in memory, on disk and as JSON.

Start with `Document` (what a publisher said), `Passage` (a piece of it, by character span),
`Claim` (one sentence we may show, with its citations) and `Answer` (what a person reads).
`encode` and `decode` turn any of them into JSON and back without loss.
"""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
from typing import TypeVar

import msgspec

Date = dt.date


# --------------------------------------------------------------------------- what a publisher said


class Kind(enum.StrEnum):
    """What sort of source a document is; the order is the strength it is given in an answer."""

    GUIDELINE = "guideline"
    LABEL = "label"
    REVIEW = "review"
    TRIAL_REPORT = "trial report"
    REGISTRY_RECORD = "registry record"
    SUMMARY = "summary"
    PAGE = "page"
    STARTER = "starter"


class Retraction(enum.StrEnum):
    """Whether the publisher stands by the document. `UNKNOWN` is the state of what nobody looked up."""

    NONE = "none"
    CORRECTED = "corrected"
    CONCERN = "expression of concern"
    RETRACTED = "retracted"
    UNKNOWN = "unknown"


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every record: immutable, compared by value, strict when decoded."""


class Licence(Record, frozen=True):
    """The terms a document came under, and what they let us do with its words."""

    name: str
    url: str | None = None
    show_quote: bool = True
    show_full: bool = False
    redistribute: bool = False


class BlockKind(enum.StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


class Block(Record, frozen=True, array_like=True):
    """One structural piece of a document's text: `text[start:end]`, in Unicode characters.

    `level` is 1 to 6 for a heading, the nesting depth from 0 for a list item, else 0.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0


class Document(Record, frozen=True):
    """A source as Navaid holds it: plain text, its structure as blocks, and where it came from.

    `id` is a CURIE: `PMID:29109077`, `NCT:NCT04020575`, `PDQ:CDR0000062955`, `URL:https://…`,
    `FILE:sha256…`, `NAVAID:car-t`. `text` is what a reader of the original sees, without markup;
    blocks lie in it in order and do not overlap. `page_starts` holds the offset at which each
    page begins, for paged originals.
    """

    id: str
    title: str
    publisher: str
    kind: Kind
    text: str
    blocks: tuple[Block, ...]
    licence: Licence
    url: str | None = None
    published: Date | None = None
    updated: Date | None = None
    retrieved: Date | None = None
    language: str = "en"
    retraction: Retraction = Retraction.UNKNOWN
    page_starts: tuple[int, ...] = ()

    @property
    def date(self) -> Date | None:
        """The day the publisher last spoke: updated, else published. Not the day we fetched it."""
        return self.updated or self.published

    @property
    def version(self) -> str:
        """SHA-256 (hex) of everything but the day it was retrieved."""
        return hashlib.sha256(encode(msgspec.structs.replace(self, retrieved=None))).hexdigest()


class Passage(Record, frozen=True):
    """A piece of a document that can be searched and shown.

    `document.text[start:end] == text` always. `heading_path` runs from the outermost heading
    inwards, the document's title left out.
    """

    id: str
    document_id: str
    heading_path: tuple[str, ...]
    text: str
    start: int
    end: int


class ScoredPassage(Record, frozen=True):
    """A passage of a run. Ranks count from 1; None means that this retriever did not return it."""

    passage: Passage
    score: float
    lexical_rank: int | None = None
    lexical_score: float | None = None
    dense_rank: int | None = None
    dense_score: float | None = None


class Run(Record, frozen=True):
    """What a search returned, best first, and how it was made."""

    query: str
    expanded: tuple[str, ...]
    retrievers: tuple[str, ...]
    passages: tuple[ScoredPassage, ...]


# --------------------------------------------------------------------------- what we may say


class Facet(enum.StrEnum):
    """Which part of a topic a sentence speaks to."""

    WHAT_IT_IS = "what it is"
    HOW_IT_WORKS = "how it works"
    WHAT_HAPPENS = "what happens"
    WHO_IT_IS_FOR = "who it is for"
    STATUS = "status"
    BENEFIT = "benefit"
    EVIDENCE = "evidence"
    RISK = "risk"
    OBSTACLE = "obstacle"
    ALTERNATIVES = "alternatives"
    COST_AND_ACCESS = "cost and access"
    QUESTION_TO_ASK = "question to ask"
    LEARN_MORE = "learn more"


class Certainty(enum.StrEnum):
    ESTABLISHED = "established"
    EARLY = "early evidence"
    DISPUTED = "disputed"
    UNKNOWN = "unknown"


class Population(Record, frozen=True, omit_defaults=True):
    """To whom a sentence applies. Each empty tuple says that the sentence makes no such limit.

    Values are ids of `vocabulary` (subtypes, stages, biomarkers); `sex` is `female` or `male`,
    `menopause` is `pre` or `post`, `setting` is such as `adjuvant` or `metastatic`.
    """

    subtypes: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    biomarkers: tuple[str, ...] = ()
    sex: tuple[str, ...] = ()
    menopause: tuple[str, ...] = ()


class Citation(Record, frozen=True):
    """Where a sentence comes from.

    `locator` is the place in the document a reader would look (a heading, a page, "Abstract").
    `quote`, `start` and `end` are None only where the document's text is not held; where they are
    given, `document.text[start:end] == quote`.
    """

    document: str
    locator: str
    checked: Date | None = None
    quote: str | None = None
    start: int | None = None
    end: int | None = None


class Claim(Record, frozen=True):
    """One sentence that an answer may show.

    `origin` is `starter` (our words, tied to sources by hand) or `quote` (the source's own words).
    `subject` is the topic it belongs to; `step` names the stage of a process, in order. `original` is the
    sentence that a language model put in other words or another language to make `text`, empty where `text` is
    that sentence itself; `language` is the language of `text`.
    """

    id: str
    text: str
    facet: Facet
    certainty: Certainty
    citations: tuple[Citation, ...]
    origin: str
    subject: str = ""
    step: str | None = None
    gist: bool = False
    applies: Population = Population()
    corrects: tuple[str, ...] = ()
    original: str = ""
    language: str = "en"


# --------------------------------------------------------------------------- what a person asks


class TriageClass(enum.StrEnum):
    """What must come first. The values are those of `navaid triage --jsonl`."""

    EMERGENCY_NOW = "emergency_now"
    URGENT_SAME_DAY = "urgent_same_day"
    CRISIS = "crisis"
    ASK_TEAM_DOSE = "ask_team_dose"
    PERSONAL_PROGNOSIS = "personal_prognosis"
    TREATMENT_DECISION = "treatment_decision"
    OUT_OF_SCOPE = "out_of_scope"
    INJECTION = "injection"
    ORDINARY = "ordinary"


class Triage(Record, frozen=True, rename={"class_": "class"}):
    """What was recognised in the words of a question, and what is said before anything else.

    `message` is empty for an ordinary question. `reason` names the rule and the words it met.
    """

    class_: TriageClass
    message: str = ""
    reason: str = ""
    citations: tuple[Citation, ...] = ()


class Question(Record, frozen=True):
    """A question and what was understood of it. Ids are those of `vocabulary`.

    `parts` are the single questions in it, in order; `compared` holds the two or more things that
    are weighed against each other ("lumpectomy or mastectomy").
    """

    text: str
    parts: tuple[str, ...]
    facets: tuple[Facet, ...] = ()
    concepts: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
    language: str = "en"


# --------------------------------------------------------------------------- what a person reads


class Open(Record, frozen=True):
    """A part of a question that stays open; `reason` is empty where merely too little was found."""

    part: str
    reason: str = ""


class Verdict(Record, frozen=True):
    """What verification found for one sentence of an answer."""

    claim: str
    passed: bool
    checks: tuple[str, ...]
    reason: str = ""


class LeftOut(Record, frozen=True):
    """A sentence or passage that was considered and not shown, and why."""

    what: str
    document: str
    reason: str


class Section(Record, frozen=True):
    """A part of an answer: a title that carries no medicine, and its sentences in reading order.

    A comparison is a table: `columns` names what is compared and `rows` hold, by facet, the ids of the
    claims in each cell; elsewhere both are empty.
    """

    title: str
    claims: tuple[Claim, ...]
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


class Row(Record, frozen=True):
    """A row of a comparison: a facet in words, and for each column the ids of its claims."""

    title: str
    cells: tuple[tuple[str, ...], ...]


class Source(Record, frozen=True):
    """A numbered source of an answer. `held` says that its text is in the library."""

    number: int
    document: str
    title: str
    publisher: str
    kind: Kind
    url: str | None
    date: Date | None
    held: bool
    version: str | None = None
    licence: str = ""


class Snapshot(Record, frozen=True):
    """What an answer was made from, so that it can be made and checked again."""

    library: str
    starter: str
    settings: str
    navaid: str


class Broken(Record, frozen=True):
    """A rule that a rewrite breaks, and the words at fault: in the source and in the rewrite (either may be empty)."""

    rule: str
    source: str = ""
    rewrite: str = ""


class Refused(Record, frozen=True):
    """What a language model made of a claim's sentence and is not shown; `rules` say why not."""

    claim: str
    text: str
    rules: tuple[Broken, ...]


class Rewording(Record, frozen=True):
    """One pass of a language model over the sentences of an answer.

    `task` is `plain` or `translate`. Of the `sent` sentences, `accepted` match their source and are shown, `same`
    came back as they were; `refused` were answered with something else, and the rest with nothing: these stand as
    the source has them. `not_sent` speak to a program or are too long. `failures` say what went wrong with the
    model. `checks` are those that each accepted sentence passed; `weaker` says that no table of the language was
    there to check with. Token counts and `cost` are the server's and the settings', None where not known.
    """

    task: str
    model: str
    language: str
    sent: int
    accepted: int = 0
    same: int = 0
    not_sent: int = 0
    refused: tuple[Refused, ...] = ()
    failures: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    weaker: bool = False
    calls: int = 0
    seconds: float = 0.0
    tokens_in: int | None = None
    tokens_out: int | None = None
    cost: float | None = None
    currency: str = ""


class Answer(Record, frozen=True):
    """A dated answer page. Every rendering is made from this record alone.

    `corrections` contradict a belief that the question takes for granted, and are shown first.
    `unanswered` holds the parts of the question that stay open, and `open_because` for each the reason, empty
    where too little was found to say anything; `nearest` then holds the closest quotations and `ask` the question
    to take to the care team. `visit` names the list of questions (`navaid questions`) for a visit about this.
    `grade` is the mean Flesch-Kincaid grade of the sentences shown. `language` is that of the page, `rewordings` tell
    what a language model changed, in the order in which it was asked; without one there are none.
    """

    id: str
    question: Question
    title: str
    date: Date
    triage: Triage
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    left_out: tuple[LeftOut, ...]
    verdicts: tuple[Verdict, ...]
    notice: str
    snapshot: Snapshot
    corrections: tuple[Claim, ...] = ()
    unanswered: tuple[str, ...] = ()
    open_because: tuple[str, ...] = ()
    visit: str = ""
    nearest: tuple[Claim, ...] = ()
    ask: str = ""
    grade: float | None = None
    language: str = "en"
    rewordings: tuple[Rewording, ...] = ()

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every sentence shown in a section, in reading order."""
        return tuple(claim for section in self.sections for claim in section.claims)


# --------------------------------------------------------------------------- as JSON

T = TypeVar("T")


def encode(record: object) -> bytes:
    """The record as canonical JSON (UTF-8, keys in declared order)."""
    return msgspec.json.encode(record)


def decode(data: bytes | str, kind: type[T]) -> T:
    """The record that `encode` wrote; raises `msgspec.ValidationError` naming the path at fault.

    >>> licence = Licence(name="CC0", redistribute=True)
    >>> decode(encode(licence), Licence) == licence
    True
    """
    return msgspec.json.decode(data, type=kind)
