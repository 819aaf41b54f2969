"""The steps from a study and a profile to a match."""

from __future__ import annotations

from functools import partial

from navaid.terms import Criterion, CriterionType, Expression, Fit, Judgement, Label, Match, Profile, Study
from navaid.trials.criteria.parse import meaning
from navaid.trials.criteria.split import split
from navaid.trials.match.ask import ask
from navaid.trials.match.facts import Facts
from navaid.trials.match.logic import Held, hold


def match(study: Study, profile: Profile) -> Match:
    """Each criterion held against the profile, and what follows for the whole study."""
    facts = Facts(profile)
    judgements = tuple(judge(criterion, facts) for criterion in split(study.eligibility_criteria))
    decisive = tuple(judgement.criterion.number for judgement in judgements if rules_out(judgement))
    unknown = sum(judgement.label is Label.UNKNOWN for judgement in judgements)
    verdict = Fit.DOES_NOT_FIT if decisive else Fit.MAY_FIT if unknown or not judgements else Fit.FITS
    return Match(nct_id=study.nct_id, verdict=verdict, judgements=judgements, decisive=decisive, unknown=unknown)


def judge(criterion: Criterion, facts: Facts) -> Judgement:
    """One criterion, with the reason and, where it is open, what would settle it."""
    expression = criterion.expression or meaning(criterion)
    held = hold(expression, partial(ask, facts), _not_understood)
    return Judgement(
        criterion=criterion,
        label=held.label,
        reason="; ".join(held.reasons),
        findings=held.findings,
        question=" ".join(held.questions[:2]),
    )


def rules_out(judgement: Judgement) -> bool:
    """Whether this alone means that the study does not fit."""
    bad = Label.NOT_MET if judgement.criterion.type is CriterionType.INCLUSION else Label.MET
    return judgement.label is bad


def _not_understood(expression: Expression) -> Held:
    return Held(Label.UNKNOWN, ("not checked by this program: read it with your team",))
