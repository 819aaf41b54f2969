"""Fields of what a person may have several of: drugs, operations, illnesses, results over time."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from navaid.records.reconcile.evidence import FACTS, Evidence
from navaid.terms import Assertion, Date, Field, FieldState, How, Value

_DATED = frozenset({"surgery", "radiation"})
_SHOWN = (Assertion.PRESENT, Assertion.HISTORICAL, Assertion.ABSENT, Assertion.PLANNED)
"""How a thing may stand in a profile, the first that a paper gives: what was, before what is merely planned."""

_ILL = (Assertion.PRESENT, Assertion.HISTORICAL)
"""An illness that one paper tells of outweighs "no other illnesses" of another."""


def fields(found: Iterable[Evidence]) -> list[Field]:
    """A field for each value of these concepts, in the order of the papers; family history keeps its own assertion."""
    groups: dict[Hashable, list[Evidence]] = {}
    for each in found:
        if each.finding.assertion in _SHOWN or each.finding.concept == "family_history":
            groups.setdefault(_key(each), []).append(each)
    held = [_field(event) for group in groups.values() for event in _events(group)]
    ill = any(each.concept == "comorbidity" and each.value != "none_known" and each.assertion in _ILL for each in held)
    return [each for each in held if not (ill and each.concept == "comorbidity" and each.value == "none_known")]


def _events(group: Sequence[Evidence]) -> list[list[Evidence]]:
    """Findings of one thing by the event they tell of: an operation or a course of radiation may happen twice.

    Two tell of one event where neither side nor day contradicts; a plan is done once it was carried out.
    """
    if group[0].finding.concept not in _DATED:
        return [list(group)]
    events: list[list[Evidence]] = []
    for each in sorted(group, key=lambda one: (one.finding.date is None, not one.finding.side)):
        home = next((event for event in events if all(_may_be_one(each, one) for one in event)), None)
        if home:
            home.append(each)
        else:
            events.append([each])
    return events


def _may_be_one(one: Evidence, other: Evidence) -> bool:
    if one.finding.side and other.finding.side and one.finding.side != other.finding.side:
        return False
    if one.finding.date and other.finding.date and one.finding.date != other.finding.date:
        return False
    plan, deed = (one, other) if one.finding.assertion is Assertion.PLANNED else (other, one)
    if plan.finding.assertion is not Assertion.PLANNED or deed.finding.assertion is Assertion.PLANNED:
        return True
    told = deed.finding.date or deed.header.date
    return plan.header.date is None or told is None or plan.header.date <= told  # a plan made later is another one


def _key(each: Evidence) -> Hashable:
    finding = each.finding
    if finding.concept == "family_history":
        return finding.concept, finding.value, finding.details.get("relative", "")
    return finding.concept, finding.value


def _field(group: Sequence[Evidence]) -> Field:
    ranked = sorted(group, key=lambda each: (-_standing(each), each.strength, each.date or Date.min), reverse=True)
    best = ranked[0]
    details: dict[str, Value] = {}
    for each in ranked:  # the strongest paper's detail stands; weaker ones fill in what it leaves open
        if each.finding.assertion is best.finding.assertion:
            details = {**each.finding.details, **details}
    dated = best
    if taken := _taken_on(ranked, best.finding.assertion):
        details = _current(details)
        dated = best if "start" in details else taken
    facts = {each.finding.assertion for each in ranked} & FACTS
    clash = Assertion.ABSENT in facts and len(facts) > 1 and not _came_later(ranked)
    person = any(each.finding.source.how is How.PERSON for each in ranked)
    return Field(
        concept=best.finding.concept,
        value=best.finding.value,
        state=FieldState.CONFIRMED if person else FieldState.CONFLICT if clash else FieldState.UNCONFIRMED,
        unit=best.finding.unit or best.concept.unit,
        date=dated.finding.date or (dated.date if dated.finding.assertion is Assertion.PRESENT else None),
        findings=tuple(each.index for each in ranked),
        because="You said so." if person else "One paper says so, another denies it." if clash else "",
        assertion=best.finding.assertion,
        details=details,
    )


_TAKEN = frozenset({"drug", "regimen", "medication"})


def _taken_on(ranked: Sequence[Evidence], assertion: Assertion) -> Evidence | None:
    """What says that a drug told as past is taken all the same: a plan goes on with it, or a later paper has it.

    A plan outweighs the telling of its own or an earlier paper; a later paper only a start whose end nobody told.
    """
    if ranked[0].finding.concept not in _TAKEN:
        return None
    told = [each for each in ranked if each.finding.assertion is assertion]
    past = [each for each in told if each.finding.details.get("status") == "past"]
    now = [each for each in told if each.finding.details.get("status") == "current"]
    return next((one for one in now if past and all(_outlasts(one, each) for each in past)), None)


def _outlasts(now: Evidence, past: Evidence) -> bool:
    own, other = now.header.date, past.header.date
    same = now.reading == past.reading
    later = own is not None and other is not None and own > other
    if now.finding.source.section == "plan":
        return same or later
    details = past.finding.details
    return later and "start" in details and not {"stop", "reason"} & details.keys()


def _current(details: dict[str, Value]) -> dict[str, Value]:
    """These as of a drug that is taken; where it was stopped before, the days of that course are not those of this."""
    dropped = {"stop", "reason"} | ({"start", "precision"} if "stop" in details else set())
    return {**{name: value for name, value in details.items() if name not in dropped}, "status": "current"}


def _came_later(group: Sequence[Evidence]) -> bool:
    """Whether it is spread that came after the day on which it was denied: no contradiction, but a change."""
    if group[0].finding.concept != "metastasis.site":
        return False
    denied = [each.date for each in group if each.finding.assertion is Assertion.ABSENT]
    there = [each.date for each in group if each.finding.assertion in FACTS - {Assertion.ABSENT}]
    return all(no is not None and any(yes is not None and no < yes for yes in there) for no in denied)


def _standing(each: Evidence) -> int:
    if each.finding.assertion in _SHOWN:
        return _SHOWN.index(each.finding.assertion)
    return len(_SHOWN)
