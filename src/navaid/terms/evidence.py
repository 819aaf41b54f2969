"""What a publisher said, what a search found in it, and what we may say: Document, Passage, Run, Claim."""

from __future__ import annotations

import enum
import hashlib

import msgspec

from navaid.terms.base import Date, Record, encode

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
    """To whom a sentence applies. Each empty field says that the sentence makes no such limit.

    Values are ids of `vocabulary` (subtypes, stages, biomarkers); `sex` is `female` or `male`,
    `menopause` is `pre` or `post`, `setting` is such as `adjuvant` or `metastatic`. `limits` are further ones by
    concept (of records/concepts.yaml or trials/concepts.yaml), each with the values of which one must hold:
    `{"metastasis.site": ["brain"], "age": [">= 65"], "drug_class": ["cdk4_6_inhibitor"]}`. `also` names in a few words
    a limit that nothing kept of a person can settle.
    """

    subtypes: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    biomarkers: tuple[str, ...] = ()
    sex: tuple[str, ...] = ()
    menopause: tuple[str, ...] = ()
    limits: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    also: str = ""


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
