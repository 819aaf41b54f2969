"""Clinical trials: Study, as a registry records it; Criterion, who may join; Match, held against a Profile."""

from __future__ import annotations

import enum

import msgspec

from navaid.terms.base import Date, Record
from navaid.terms.person import Value


class Contact(Record, frozen=True, omit_defaults=True):
    """Whom to ask."""

    name: str = ""
    role: str = ""
    phone: str = ""
    email: str = ""


class Site(Record, frozen=True, omit_defaults=True):
    """A place where the study runs, with its own status (which may differ from the study's)."""

    facility: str = ""
    city: str = ""
    state: str = ""
    country: str = ""
    status: str = ""
    latitude: float | None = None
    longitude: float | None = None
    contacts: tuple[Contact, ...] = ()


class Arm(Record, frozen=True, omit_defaults=True):
    label: str
    type: str = ""
    description: str = ""
    interventions: tuple[str, ...] = ()


class Intervention(Record, frozen=True, omit_defaults=True):
    name: str
    type: str = ""
    description: str = ""
    other_names: tuple[str, ...] = ()
    arms: tuple[str, ...] = ()


class Study(Record, frozen=True, omit_defaults=True):
    """A study as ClinicalTrials.gov records it; names and codes are those of its API version 2.

    Ages are in years, None where the record sets no limit. `sex` is `ALL`, `FEMALE` or `MALE`, empty where the record
    does not say. `updated` is the day the registry last posted it, `seen` the day it was fetched, `hash` the SHA-256 of
    the raw record. `unread` names fields that were malformed and left out.
    """

    nct_id: str
    brief_title: str
    official_title: str = ""
    acronym: str = ""
    overall_status: str = ""
    why_stopped: str = ""
    study_type: str = ""
    phases: tuple[str, ...] = ()
    sponsor: str = ""
    brief_summary: str = ""
    detailed_description: str = ""
    conditions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    arms: tuple[Arm, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    eligibility_criteria: str = ""
    minimum_age_years: float | None = None
    maximum_age_years: float | None = None
    sex: str = ""
    healthy_volunteers: bool | None = None
    sites: tuple[Site, ...] = ()
    contacts: tuple[Contact, ...] = ()
    enrollment: int | None = None
    start: str = ""
    primary_completion: str = ""
    completion: str = ""
    updated: Date | None = None
    seen: Date | None = None
    hash: str = ""
    unread: tuple[str, ...] = ()


class CriterionType(enum.StrEnum):
    INCLUSION = "inclusion"
    EXCLUSION = "exclusion"


class Predicate(Record, frozen=True, omit_defaults=True):
    """One checkable statement about a person: `concept` `op` `values`.

    `concept` is one of records/concepts.yaml, or of trials/concepts.yaml for what is derived from several findings
    (`lines`, `setting`, `drug_class`). `op` is `is` (one of the values), `is_not`, `at_least`, `at_most`, `above` or
    `below` (a number), `had` or `not_had` (a thing that a person may have several of). `within_days` limits it to so
    long before joining. `qualifiers` narrow it (`setting: metastatic`, `of: ULN`).
    """

    concept: str
    op: str
    values: tuple[Value, ...]
    unit: str = ""
    within_days: int | None = None
    qualifiers: dict[str, Value] = msgspec.field(default_factory=dict)


class Logic(enum.StrEnum):
    ALL = "all"
    ANY = "any"
    NOT = "not"
    IS = "is"
    UNPARSED = "unparsed"


class Expression(Record, frozen=True, omit_defaults=True):
    """What a criterion asks, in three-valued logic; `unparsed` counts as unknown wherever it stands.

    `start` and `end` are the span of the words in the eligibility text that say so.
    """

    logic: Logic
    start: int
    end: int
    parts: tuple[Expression, ...] = ()
    predicate: Predicate | None = None


class Criterion(Record, frozen=True, omit_defaults=True):
    """One eligibility statement: `study.eligibility_criteria[start:end] == text`.

    `number` counts from 1 through the text. `under` are the headings and lead-in lines above it, outermost first
    ("Cohort B only"). A lead-in whose items are criteria of their own is none itself.
    """

    number: int
    type: CriterionType
    text: str
    start: int
    end: int
    under: tuple[str, ...] = ()
    expression: Expression | None = None


class Label(enum.StrEnum):
    """Whether what a criterion states is so. For an exclusion `MET` means that the exclusion applies."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Judgement(Record, frozen=True, omit_defaults=True):
    """One criterion held against a profile. `findings` are indexes into `Profile.findings`.

    `reason` says why in words, quoting both; `question` is what would settle an unknown, empty where nothing is asked
    of the person (consent, willingness).
    """

    criterion: Criterion
    label: Label
    reason: str
    findings: tuple[int, ...] = ()
    question: str = ""


class Fit(enum.StrEnum):
    """Whether a study fits. `MAY_FIT`: nothing speaks against it, and something is not known."""

    FITS = "fits"
    MAY_FIT = "may_fit"
    DOES_NOT_FIT = "does_not_fit"


class Match(Record, frozen=True, omit_defaults=True):
    """One study held against one profile. `decisive` are the numbers of the criteria that rule it out.

    `distance_km` is to the nearest site that recruits, None where no place was given or no site has coordinates.
    """

    nct_id: str
    verdict: Fit
    judgements: tuple[Judgement, ...]
    decisive: tuple[int, ...] = ()
    unknown: int = 0
    distance_km: float | None = None
    site: Site | None = None
    because: tuple[str, ...] = ()
