"""What a page shows, whatever its format: parts, blocks, sentences and sources, all of them safe text.

`layout.lay_out` makes a `Page` of an `Answer`; a format walks it and adds only its own syntax.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from navaid.answers.render.words import Words
from navaid.terms import Citation, TriageClass


@dataclass(frozen=True, slots=True)
class Listed:
    """A numbered source. `facts` is its publisher, kind, date and whether its text is held."""

    number: int
    title: str
    publisher: str
    facts: str
    licence: str
    url: str
    held: bool


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation of a sentence. Where `quote` is empty, `why_no_quote` says why. `citation` is its record."""

    source: Listed
    place: str
    checked: str
    quote: tuple[str, ...]
    why_no_quote: str
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence to show. `standing` is its certainty in words, empty where it is established.

    `before` is the sentence that a language model put in other words, with its label, else empty. `language` is that
    of `text` where it is not the language of the labels, else empty. `fits` says how it stands to the person the page
    was made for, `why` from which words of their papers; both are empty on a page for everybody.
    """

    text: str
    standing: tuple[str, ...]
    cited: tuple[Cited, ...]
    before: str = ""
    language: str = ""
    fits: str = ""
    why: tuple[str, ...] = ()

    @property
    def numbers(self) -> str:
        """The numbers of its sources, each once, in order: `1, 3`."""
        return ", ".join(str(number) for number in sorted({cited.source.number for cited in self.cited}))


@dataclass(frozen=True, slots=True)
class Step:
    number: int
    name: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class TableRow:
    title: str
    cells: tuple[tuple[Sentence, ...], ...]


@dataclass(frozen=True, slots=True)
class Prose:
    sentences: tuple[Sentence, ...]
    kind: Literal["prose"] = "prose"


@dataclass(frozen=True, slots=True)
class Checklist:
    sentences: tuple[Sentence, ...]
    kind: Literal["checklist"] = "checklist"


@dataclass(frozen=True, slots=True)
class Steps:
    steps: tuple[Step, ...]
    kind: Literal["steps"] = "steps"


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Gap:
    """What is not known of the person, the question that would settle it, and why it matters."""

    said: str
    ask: str
    why: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Gaps:
    gaps: tuple[Gap, ...]
    kind: Literal["gaps"] = "gaps"


@dataclass(frozen=True, slots=True)
class Other:
    """Sentences that are about the same others, and why: whom they are about, and the words of the papers."""

    why: tuple[str, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Others:
    others: tuple[Other, ...]
    kind: Literal["others"] = "others"


Block = Prose | Checklist | Steps | Table | Gaps | Others


@dataclass(frozen=True, slots=True)
class Part:
    """A titled part of the page; `lead` is a plain line under the title."""

    title: str
    blocks: tuple[Block, ...]
    lead: str = ""
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class First:
    """What comes before everything else."""

    level: TriageClass
    title: str
    text: tuple[str, ...]
    cited: Sentence


@dataclass(frozen=True, slots=True)
class Mine:
    """What makes the page that of one person. `open`: the folded sentences are all that answers, and are shown."""

    made_for: str
    note: str
    because_title: str
    because: tuple[str, ...]
    folded: Part | None
    open: bool


@dataclass(frozen=True, slots=True)
class Page:
    """An answer, ready for a format. Parts stand in reading order. `notes` say what a language model did here."""

    title: str
    asked: str
    asked_language: str
    first: First | None
    has_marks: bool
    part_missing: str
    corrections: Part | None
    parts: tuple[Part, ...]
    sources: tuple[Listed, ...]
    left_out: tuple[str, ...]
    notice: tuple[str, ...]
    made_on: str
    grade: str
    made: tuple[str, ...]
    words: Words
    notes: tuple[str, ...] = ()
    mine: Mine | None = None
