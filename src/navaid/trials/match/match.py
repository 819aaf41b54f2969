"""The steps from a study and a profile to a match."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from navaid.terms import (
    Criterion,
    CriterionType,
    Date,
    Expression,
    Fit,
    Judgement,
    Label,
    Match,
    Profile,
    Study,
)
from navaid.trials.criteria.parse import meaning
from navaid.trials.criteria.split import split
from navaid.trials.match import limits, told
from navaid.trials.match.ask import ask
from navaid.trials.match.facts import Facts
from navaid.trials.match.logic import Held, hold
from navaid.trials.match.meant import meant
from navaid.trials.match.papers import Names

_QUESTIONS, _REASONS = 2, 3
_UNREAD = "\0"  # before the words of a part that was not understood
# A heading or the first words of a statement that speak of a part of the study.
_PART = re.compile(
    r"\b(?:cohorts?|arms?|parts?|groups?|phase|stage|sub-?study|stratum|strata|module|tier)\s*(?:[0-9]{1,2}[a-z]?|[A-H]|I{1,3}V?)\b"
    r"|\b(?:cohorts?|arm|part|group|sub-?study|module|phase I{1,3})\b[^.]{0,40}\b(?:only|specific)\b"
    r"|\b(?:dose[- ](?:escalation|expansion)|safety[- ]run-?in|expansion cohort)\b",
    re.IGNORECASE,
)
_HEAD = 60


def match(
    study: Study,
    profile: Profile,
    *,
    criteria: Sequence[Criterion] | None = None,
    today: Date | None = None,
    papers: Names | None = None,
) -> Match:
    """Each criterion held against the profile, and what follows for the whole study.

    `criteria` are those of the study where they were split and parsed before, which saves most of the time; `papers`
    are the names of the profile's papers (papers.py). The study's own limits of age and sex come first, as criteria of
    number 0 in our words. A statement of a part of the study only (a cohort, a phase) never rules out the whole.
    """
    return match_facts(study, Facts(profile, today, papers), criteria=criteria)


def match_facts(study: Study, facts: Facts, *, criteria: Sequence[Criterion] | None = None) -> Match:
    """As `match`, for many studies and one person: what was asked of the profile once is not asked again."""
    asked = [*limits.of(study), *(split(study.eligibility_criteria) if criteria is None else criteria)]
    judgements = tuple(judge(criterion, facts) for criterion in asked)
    decisive = tuple(each.criterion.number for each in judgements if rules_out(each))
    unknown = sum(each.label is Label.UNKNOWN for each in judgements)
    nothing = not study.eligibility_criteria.strip()
    verdict = Fit.DOES_NOT_FIT if decisive else Fit.MAY_FIT if unknown or nothing else Fit.FITS
    return Match(nct_id=study.nct_id, verdict=verdict, judgements=judgements, decisive=decisive, unknown=unknown)


def judge(criterion: Criterion, facts: Facts) -> Judgement:
    """One criterion, with the reason and, where it is open, what would settle it."""
    expression = meant(criterion.expression or meaning(criterion), criterion)
    facts.reading(criterion.text)
    held = hold(expression, partial(ask, facts), partial(_not_understood, criterion))
    return Judgement(
        criterion=criterion,
        label=held.label,
        reason=_reason(held),
        findings=tuple(index for index in held.findings if index < len(facts.profile.findings)),
        question=" ".join(held.questions[:_QUESTIONS]),
    )


def rules_out(judgement: Judgement) -> bool:
    """Whether this alone means that the study does not fit."""
    bad = Label.NOT_MET if judgement.criterion.type is CriterionType.INCLUSION else Label.MET
    return judgement.label is bad and not of_a_part(judgement.criterion)


def of_a_part(criterion: Criterion) -> bool:
    """Whether a statement is made of a part of the study only, by its headings, its first words, or what it asks."""
    expression = criterion.expression or meaning(criterion)
    said = any(_PART.search(words) for words in (*criterion.under, criterion.text[:_HEAD]))
    return said or _asks_of_cohort(expression)


def _asks_of_cohort(expression: Expression) -> bool:
    if expression.predicate:
        return expression.predicate.concept == "cohort"
    return any(map(_asks_of_cohort, expression.parts))


def _not_understood(criterion: Criterion, expression: Expression) -> Held:
    words = criterion.text[max(0, expression.start - criterion.start) : expression.end - criterion.start]
    return Held(Label.UNKNOWN, (_UNREAD + words,))


def _reason(held: Held) -> str:
    """The reasons as sentences, all parts that were not understood in one."""
    unread = [reason.removeprefix(_UNREAD) for reason in held.reasons if reason.startswith(_UNREAD)]
    said = [reason for reason in held.reasons if not reason.startswith(_UNREAD)][:_REASONS]
    return " ".join([*said, told.unread(unread)] if unread else said)
