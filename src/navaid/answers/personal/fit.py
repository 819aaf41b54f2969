"""Candidates held against a profile: what is about others leaves and is folded, what is about the person comes first.

Folded is only what a page without a profile would have shown; there is no end to what else is about others.
Corrections of a false belief always stay.
"""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace

from navaid.answers import compose
from navaid.answers.compose import Draft
from navaid.answers.evidence import Candidate, Evidence
from navaid.answers.personal import applies
from navaid.answers.wording import words
from navaid.terms import Applies, Claim, Facet, Fitting, Open, Population, Question, Record
from navaid.trials.match.facts import Facts

_ASIDE = {Applies.APPLIES: -1, Applies.GENERAL: 0, Applies.MAY_APPLY: 1}


class Fitted(Record, frozen=True):
    """The draft for one person, what was folded away from it, and the fitting of each sentence of both."""

    draft: Draft
    folded: tuple[Claim, ...]
    fittings: tuple[Fitting, ...]


def fit(question: Question, evidence: Evidence, facts: Facts, withheld: tuple[Open, ...] = ()) -> Fitted:
    """What is shown to this person, in the order that is theirs, and what is folded."""
    held = _Held(facts)
    general = compose.compose(question, evidence, withheld)
    everybody = {claim.id for claim in _claims(general)}
    draft = compose.compose(question, _own(evidence, held, everybody), withheld)
    shown = _claims(draft)
    ids = {claim.id for claim in shown}
    folded = tuple(
        claim
        for claim in _sections(general)
        if claim.id not in ids and held.of(claim).applies is Applies.DOES_NOT_APPLY
    )
    if folded and not draft.sections:
        draft = replace(draft, unanswered=tuple(_about_others(one) for one in draft.unanswered))
    return Fitted(draft=draft, folded=folded, fittings=tuple(held.of(claim) for claim in (*shown, *folded)))


class _Held:
    """Holds sentences against a profile, each once."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._of: dict[str, Fitting] = {}

    def of(self, claim: Claim) -> Fitting:
        if claim.id not in self._of:
            self._of[claim.id] = applies.held_against(claim, self._facts)
        return self._of[claim.id]

    def has(self, like: Claim, subtype: str) -> Applies:
        """Whether a subtype alone is the person's; `like` lends the form of a claim, and none of its words."""
        probe = replace(like, id=f"subtype:{subtype}", text="", applies=Population(subtypes=(subtype,)))
        return self.of(probe).applies


def _own(evidence: Evidence, held: _Held, everybody: Collection[str]) -> Evidence:
    """The candidates without those that are about others; each of the rest knows its place."""
    claims = _kept(evidence.claims, held, everybody)
    subtypes = {s: c.claim for c in claims for s in c.claim.applies.subtypes}
    hold = {subtype: held.has(like, subtype) for subtype, like in subtypes.items()}
    return replace(
        evidence,
        claims=claims,
        quotes=_kept(evidence.quotes, held, everybody),
        own=frozenset(s for s, how in hold.items() if how is Applies.APPLIES),
        foreign=frozenset(s for s, how in hold.items() if how is Applies.DOES_NOT_APPLY),
    )


def _kept(candidates: tuple[Candidate, ...], held: _Held, everybody: Collection[str]) -> tuple[Candidate, ...]:
    """A place that what is about others leaves is taken by an answer, not by a question to ask on something else."""

    def stays(one: Candidate, how: Applies) -> bool:
        beside = one.claim.facet in (Facet.QUESTION_TO_ASK, Facet.LEARN_MORE)
        fills = beside and one.claim.id not in everybody
        return how is Applies.APPLIES or (how is not Applies.DOES_NOT_APPLY and not fills)

    standing = ((one, held.of(one.claim).applies) for one in candidates)
    return tuple(replace(one, aside=_ASIDE[how]) for one, how in standing if stays(one, how))


def _about_others(one: Open) -> Open:
    """A part on which only sentences about others were found: that is another thing than finding nothing."""
    return one if one.reason else replace(one, reason=words()["about_others"])


def _claims(draft: Draft) -> tuple[Claim, ...]:
    return (*draft.corrections, *_sections(draft), *draft.nearest)


def _sections(draft: Draft) -> tuple[Claim, ...]:
    return tuple(claim for section in draft.sections for claim in section.claims)
