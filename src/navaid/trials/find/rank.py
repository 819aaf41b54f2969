"""The order in which studies are shown to a person, and why each stands where it does.

What does not fit stands below what may fit. Within each: how alike the study and the person's words are, how much of
who may join is known to be so, whether it is open, and how near it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

from navaid.terms import CriterionType, Fit, Judgement, Label, Match, Record, Study
from navaid.trials.find.distance import Near, Point, nearest
from navaid.trials.registry_words import is_open, status_words

_FULFILLED = 0.3
_OPEN = 0.15
_NEAR = 0.4
_HALF_WAY_KM = 100.0
"""At this distance nearness counts half: a day's journey there and back."""


class Ranked(Record, frozen=True, dict=True):
    """A study in its place. `match` is None where no profile was given, `near` where no place was or none is known."""

    study: Study
    relevance: float
    match: Match | None = None
    near: Near | None = None
    because: tuple[str, ...] = ()

    @cached_property
    def score(self) -> float:
        near = _NEAR / (1 + self.near.km / _HALF_WAY_KM) if self.near and self.near.open else 0.0
        closed = self.study.overall_status and not is_open(self.study.overall_status)
        open_ = 0.0 if closed else _OPEN  # a record that does not say its status is not taken for a closed one
        return self.relevance + near + open_ + _FULFILLED * _fulfilled(self.match)


def rank(
    found: Iterable[tuple[Study, float]],
    *,
    match: Callable[[Study], Match] | None = None,
    near: Point | None = None,
    within_km: float | None = None,
) -> list[Ranked]:
    """The studies in order. With `within_km` only those with a site so near, an open one if the study is open."""
    ranked = []
    for study, relevance in found:
        site = nearest(study, near) if near else None
        if within_km is not None and (site is None or site.km > within_km):
            continue
        if within_km is not None and site and is_open(study.overall_status) and not site.open:
            continue
        held = match(study) if match else None
        because = tuple(_because(study, held, site, near))
        ranked.append(Ranked(study=study, relevance=relevance, match=held, near=site, because=because))
    return ordered(ranked)


def ordered(ranked: Iterable[Ranked]) -> list[Ranked]:
    """What does not fit last; within that by score."""
    return sorted(ranked, key=lambda one: (_tier(one.match), -one.score, one.study.nct_id))


def _tier(match: Match | None) -> int:
    return 1 if match and match.verdict is Fit.DOES_NOT_FIT else 0


def _fulfilled(match: Match | None) -> float:
    """The share of the statements that are known to speak for joining."""
    if match is None or not match.judgements:
        return 0.0
    return sum(map(_speaks_for, match.judgements)) / len(match.judgements)


def _speaks_for(judgement: Judgement) -> bool:
    good = Label.MET if judgement.criterion.type is CriterionType.INCLUSION else Label.NOT_MET
    return judgement.label is good


def _because(study: Study, match: Match | None, near: Near | None, point: Point | None) -> Iterable[str]:
    if match is not None:
        fulfilled, count = sum(map(_speaks_for, match.judgements)), len(match.judgements)
        if not count:
            yield "the record has no eligibility text, so nothing could be checked"
        elif match.verdict is Fit.DOES_NOT_FIT:
            yield f"{_several(len(match.decisive), 'statement')} of {count} speak against it"
        elif match.unknown:
            is_ = "is" if match.unknown == 1 else "are"
            yield f"may fit: {fulfilled} of {_several(count, 'statement')} fulfilled, {match.unknown} {is_} not known"
        else:
            yield "its one statement is fulfilled" if count == 1 else f"all {count} statements are fulfilled"
    yield status_words(study.overall_status)
    if near is not None:
        city = ", ".join(filter(None, (near.site.city, near.site.country)))
        what = "nearest open site" if near.open else "no site is open; the nearest"
        yield f"{what}: {city}, {near.km:,.0f} km"
    elif point is not None:
        yield "the record says of no site where it is"


def _several(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
