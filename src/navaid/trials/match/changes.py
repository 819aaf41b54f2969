"""What differs between a match as it was kept and the same study held against the person now."""

from __future__ import annotations

from navaid.terms import Criterion, Date, Match, MatchChange, Record, Study, Turned


class KeptMatch(Record, frozen=True):
    """A match as it is kept with a person's papers: the study's title and the hash of its record, for comparison."""

    title: str
    date: Date
    hash: str
    match: Match


def between(kept: KeptMatch, study: Study, now: Match) -> MatchChange | None:
    """What turned; None where the verdict and every criterion stand as they did, in an unchanged record."""
    was = {_key(each.criterion): each.label for each in kept.match.judgements}
    turned = tuple(
        Turned(text=each.criterion.text, before=was[key], after=each.label, reason=each.reason)
        for each in now.judgements
        if (key := _key(each.criterion)) in was and was[key] is not each.label
    )
    amended = bool(kept.hash) and kept.hash != study.hash
    if kept.match.verdict is now.verdict and not turned and not amended:
        return None
    return MatchChange(
        nct_id=study.nct_id,
        title=kept.title,
        date=kept.date,
        before=kept.match.verdict,
        after=now.verdict,
        turned=turned,
        amended=amended,
    )


def _key(criterion: Criterion) -> tuple[str, str]:
    return criterion.type.value, criterion.text
