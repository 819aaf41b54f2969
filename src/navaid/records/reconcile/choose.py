"""Which of several values of one concept stands, what disagrees with it, and why."""

from __future__ import annotations

from collections.abc import Sequence

from navaid.records.reconcile.evidence import Evidence
from navaid.records.reconcile.strength import strength
from navaid.records.reconcile.told import CONFIRM
from navaid.records.reconcile.values import agree, finer
from navaid.terms import Date, Field, FieldState, Finding, How, Value

_NEVER = Date.min


def choose(candidates: Sequence[Evidence]) -> Field:
    """The field of a concept from all evidence for it (one or more, all of the same concept).

    The strongest stands, of equal ones the latest; a finer value replaces the vague one that it agrees with. What
    disagrees is kept in `other`: as a conflict where it is as strong, with the reason where it is weaker.
    """
    name = candidates[0].finding.concept
    ranked = sorted(candidates, key=lambda each: _rank(name, each), reverse=True)
    best = _largest(name, ranked)
    for each in ranked:
        if finer(name, best.finding.value, each.finding.value) and _may_refine(best, each):
            best = each
    against = [each for each in ranked if not agree(name, best.finding.value, each.finding.value)]
    state, because = _judge(name, best, against)
    behind = [best, *(each for each in ranked if each is not best and each.finding.value == best.finding.value)]
    return Field(
        concept=name,
        value=best.finding.value,
        state=state,
        unit=best.finding.unit or best.concept.unit,
        date=best.date,
        findings=tuple(each.index for each in behind) + tuple(each.index for each in ranked if each not in behind),
        other=_other(name, against),
        because=because,
        details=best.finding.details,
    )


def _rank(name: str, each: Evidence) -> tuple[object, ...]:
    date = each.date or _NEVER
    if name in strength().latest:
        return each.strength[:2], date, each.strength
    return each.strength, date, -each.index


def _largest(name: str, ranked: Sequence[Evidence]) -> Evidence:
    best = ranked[0]
    if name not in strength().largest:
        return best
    rivals = [each for each in ranked if each.strength == best.strength]
    return max(rivals, key=lambda each: float(each.finding.value) if _number(each.finding) else 0.0)


def _number(finding: Finding) -> bool:
    return isinstance(finding.value, int | float)


def _may_refine(best: Evidence, each: Evidence) -> bool:
    """Only a paper as good as the first makes its value finer; never that of the person, and never with no result."""
    if best.finding.source.how is How.PERSON or not _result(each):
        return False
    return each.strength[2] >= best.strength[2]


def _judge(name: str, best: Evidence, against: Sequence[Evidence]) -> tuple[FieldState, str]:
    if best.finding.source.how is How.PERSON:
        return FieldState.CONFIRMED, _said_by_person(best, against)
    results = [each for each in against if _result(each)]
    if not results:
        return FieldState.UNCONFIRMED, ""
    if name in strength().latest:
        return FieldState.UNCONFIRMED, ""
    equal = [each for each in results if _as_strong(name, best, each)]
    if equal:
        return FieldState.CONFLICT, "Papers of the same kind disagree." if _papers(best, equal) else (
            "The paper gives more than one value."
        )
    return FieldState.UNCONFIRMED, _why_stronger(best, results[0])


def _other(name: str, against: Sequence[Evidence]) -> tuple[Value, ...]:
    """What disagrees; a value of another day is no disagreement where values change with time."""
    if name in strength().latest:
        return ()
    return tuple(dict.fromkeys(each.finding.value for each in against if _result(each)))


def _result(each: Evidence) -> bool:
    return each.finding.value not in strength().no_result


def _as_strong(name: str, best: Evidence, each: Evidence) -> bool:
    return name not in strength().largest and each.strength >= best.strength


def _papers(best: Evidence, equal: Sequence[Evidence]) -> bool:
    return any(each.reading != best.reading for each in equal)


def _why_stronger(best: Evidence, other: Evidence) -> str:
    (_, _, paper, now, direct, section), (_, _, paper_other, now_other, direct_other, section_other) = (
        best.strength,
        other.strength,
    )
    if best.reading != other.reading and paper > paper_other:
        if best.resection and not other.resection:
            return "The operation specimen is believed before what was known without it."
        return "The report of the laboratory is believed before a paper that tells of it."
    if now > now_other:
        return "What the paper reports is believed before what it tells of the past."
    if direct > direct_other:
        return "What the paper states is believed before what is worked out or measured less directly."
    if section > section_other:
        return "The diagnosis is believed before other parts of the paper."
    return "Of several values the largest counts."


def _said_by_person(best: Evidence, against: Sequence[Evidence]) -> str:
    if best.finding.rule == CONFIRM and not against:
        return "You confirmed it."
    return "You said so; your papers say something else as well." if against else "You said so."
