"""What a person's papers say: Finding, with the words behind it, and Profile, the reconciled view of many."""

from __future__ import annotations

import enum

import msgspec

from navaid.terms.base import Date, Record

Value = str | int | float
"""A code, a text or a number, as `records/concepts.yaml` says of the concept."""


class Assertion(enum.StrEnum):
    """How a paper speaks of a fact. Only `PRESENT`, `ABSENT` and `HISTORICAL` say that something is or was so."""

    PRESENT = "present"
    ABSENT = "absent"
    POSSIBLE = "possible"
    HISTORICAL = "historical"
    FAMILY = "family"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"


class How(enum.StrEnum):
    """How words were got out of a file."""

    TEXT_LAYER = "text layer"
    OCR = "ocr"
    MARKUP = "markup"
    PLAIN = "plain text"
    PERSON = "person"


class Box(Record, frozen=True, array_like=True):
    """A rectangle in the page's own units (PDF points, image pixels); the origin is the upper left corner."""

    x0: float
    y0: float
    x1: float
    y1: float


class Provenance(Record, frozen=True, omit_defaults=True):
    """Where a finding was read: `paper.text[start:end] == words`, in Unicode characters.

    `file` is `FILE:` and the SHA-256 of the bytes; `page` counts from 1. `section` is the kind of the section it stands
    in, by tables/sections.yaml. `second` is what a second OCR engine
    read in the same place, where it differs. `resource` names the entry of a structured record
    (`Observation/er-1`).
    """

    file: str
    page: int
    start: int
    end: int
    words: str
    how: How
    box: Box | None = None
    confidence: float | None = None
    second: str = ""
    section: str = ""
    resource: str = ""


class Finding(Record, frozen=True, omit_defaults=True):
    """One fact read from one place in one file.

    `concept` and `value` are those of `records/concepts.yaml`, numbers in the concept's unit. `date` is the day it
    is true of (specimen taken, drug started), None where the paper does not say. `specimen` is such as `breast`,
    `node`, `metastasis:liver`; `tumour` is the paper's own label of a focus or specimen part ("A", "2"). `details`
    holds what only some concepts have (a drug's line and intent, a variant's HGVS name), by the names of concepts.yaml.
    `rule` names what recognised it.
    """

    concept: str
    value: Value
    source: Provenance
    unit: str = ""
    assertion: Assertion = Assertion.PRESENT
    date: Date | None = None
    side: str = ""
    specimen: str = ""
    tumour: str = ""
    details: dict[str, Value] = msgspec.field(default_factory=dict)
    rule: str = ""


class Header(Record, frozen=True, omit_defaults=True):
    """What a paper says of itself. `type` is a code of `records/paper_types.yaml`, `unknown` where it cannot be told.

    `date` is the day the report was made or the specimen taken. `person`, `birth_date` and `sex` are whom it is
    about. `amends` says that it replaces an earlier report on the same specimen. `cancer` is `breast`, `other`,
    `none` or `unknown`; `medical` is False for a paper that is no medical record.
    """

    type: str = "unknown"
    date: Date | None = None
    collected: Date | None = None
    side: str = ""
    specimen: str = ""
    person: str = ""
    birth_date: Date | None = None
    sex: str = ""
    identifier: str = ""
    amends: bool = False
    language: str = "en"
    medical: bool = True
    cancer: str = "unknown"


class Reading(Record, frozen=True):
    """All that was read from one file: its header, its findings in the order of the text, and notes to the person."""

    file: str
    path: str
    name: str
    header: Header
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()


class FieldState(enum.StrEnum):
    """How far a value may be trusted. `NOT_STATED`: looked for in every paper, and found in none."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    CONFLICT = "conflict"
    NOT_STATED = "not_stated"


class Field(Record, frozen=True, omit_defaults=True):
    """One value of a profile and the findings behind it, the deciding one first (indexes into `Profile.findings`).

    `other` are values that papers give as well; `because` says in words why this value stands before them. `value` is
    `not_stated` where no paper says anything. What a person may have several of (drugs, other illnesses) has a field
    for each, with `details` from all its findings; only such a field may be planned, historical or absent.
    """

    concept: str
    value: Value
    state: FieldState
    unit: str = ""
    date: Date | None = None
    findings: tuple[int, ...] = ()
    other: tuple[Value, ...] = ()
    because: str = ""
    assertion: Assertion = Assertion.PRESENT
    details: dict[str, Value] = msgspec.field(default_factory=dict)


class Tumour(Record, frozen=True):
    """One tumour, or one metastasis that was biopsied: its side, its place, and its own fields."""

    id: str
    label: str
    side: str = ""
    specimen: str = ""
    fields: tuple[Field, ...] = ()


class Profile(Record, frozen=True):
    """The reconciled view of a person's papers. `fields` are those of the person and of the present disease.

    The first of `tumours` is the one that `fields` speak of. `findings` are all that the profile was made from.
    """

    name: str
    made: Date
    fields: tuple[Field, ...]
    tumours: tuple[Tumour, ...]
    findings: tuple[Finding, ...]
    files: tuple[str, ...] = ()

    def field(self, concept: str) -> Field | None:
        """The field of this concept; None where the profile does not know the concept at all."""
        return next((field for field in self.fields if field.concept == concept), None)
