"""Many studies held against one profile: the profile is made ready once, statements come parsed from the store."""

from __future__ import annotations

from collections.abc import Mapping

from navaid.terms import Criterion, Date, Fit, Label, Match, Profile, Study
from navaid.trials.match import limits
from navaid.trials.match.facts import Facts
from navaid.trials.match.match import judge, rules_out
from navaid.trials.parsed import parse


class Holder:
    """Called with a study, gives its match."""

    def __init__(
        self, profile: Profile, known: Mapping[str, tuple[Criterion, ...]] | None = None, today: Date | None = None
    ) -> None:
        self._facts, self._known = Facts(profile, today), known or {}

    def __call__(self, study: Study) -> Match:
        statements = self._known.get(study.nct_id)
        criteria = [*limits.of(study), *(parse(study) if statements is None else statements)]
        judgements = tuple(judge(criterion, self._facts) for criterion in criteria)
        decisive = tuple(each.criterion.number for each in judgements if rules_out(each))
        unknown = sum(each.label is Label.UNKNOWN for each in judgements)
        nothing = not study.eligibility_criteria.strip()
        verdict = Fit.DOES_NOT_FIT if decisive else Fit.MAY_FIT if unknown or nothing else Fit.FITS
        return Match(nct_id=study.nct_id, verdict=verdict, judgements=judgements, decisive=decisive, unknown=unknown)
