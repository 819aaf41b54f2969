"""What a person asks, and what they read: Triage, Question, Answer and its parts."""

from __future__ import annotations

import enum

from navaid.terms.base import Date, Record
from navaid.terms.evidence import Citation, Claim, Facet, Kind
from navaid.terms.personal import Personal

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
    personal: Personal | None = None

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every sentence shown in a section, in reading order."""
        return tuple(claim for section in self.sections for claim in section.claims)
