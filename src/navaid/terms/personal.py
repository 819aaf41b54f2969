"""What an answer says of one person: whether each sentence applies to them and why, and what is not known yet."""

from __future__ import annotations

import enum

from navaid.terms.base import Date, Record
from navaid.terms.evidence import Claim


class Applies(enum.StrEnum):
    """Whether a sentence is about this person. `GENERAL`: it makes no limit. `MAY_APPLY`: something is not known."""

    APPLIES = "applies"
    MAY_APPLY = "may_apply"
    DOES_NOT_APPLY = "does_not_apply"
    GENERAL = "general"


class Fitting(Record, frozen=True, omit_defaults=True):
    """One sentence held against a profile.

    `population` says in words whom the sentence is about, empty for a general one. `reasons` are sentences that quote
    the person's papers, with the page; `questions` would settle what is open. `findings` are indexes into
    `Profile.findings`, `concepts` those of records/concepts.yaml that decided it, or that are open.
    """

    claim: str
    applies: Applies
    population: str = ""
    reasons: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    findings: tuple[int, ...] = ()
    concepts: tuple[str, ...] = ()


class Gap(Record, frozen=True, omit_defaults=True):
    """What the papers do not say and would change an answer: what is missing, the question to ask, and why it matters.

    `said` is such as "HER2 was 2+; the result of the gene test (ISH) is not in your papers.". `why` are claims, each
    with its source. `claims` are ids of the sentences of the answer that hang on it.
    """

    id: str
    concept: str
    said: str
    ask: str
    why: tuple[Claim, ...] = ()
    claims: tuple[str, ...] = ()


class Watched(Record, frozen=True):
    """A drug that the papers name, why it is watched ("your medication list of …"), and what to know while on it.

    `now` are the signs that need help at once, `call` those to tell the team the same day, `expect` the common ones.
    """

    drug: str
    because: str
    now: tuple[Claim, ...] = ()
    call: tuple[Claim, ...] = ()
    expect: tuple[Claim, ...] = ()


class Personal(Record, frozen=True):
    """What makes an answer that of one person. It never leaves the machine; `answers.personal.general` takes it off.

    `fittings` has one for each sentence shown or folded. `folded` are the sentences that do not apply, kept to be
    looked at. `because` are the facts of the papers that shaped the page, a sentence each, the most weighty first.
    """

    profile: str
    made: Date
    fittings: tuple[Fitting, ...] = ()
    folded: tuple[Claim, ...] = ()
    because: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    watched: tuple[Watched, ...] = ()

    def of(self, claim: str) -> Fitting | None:
        """The fitting of the sentence with this id."""
        return next((one for one in self.fittings if one.claim == claim), None)
