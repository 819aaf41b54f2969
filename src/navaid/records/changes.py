"""What two profiles of one person differ in: the one before a paper was there, and the one with it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from navaid.records.concepts import concept
from navaid.terms import Assertion, Change, ChangeKind, Field, FieldState, Profile

_WORKED_OUT = frozenset({"pt.by_size", "pn.by_nodes"})
"""What follows from other fields, and changes with them."""


def changed(before: Profile, after: Profile) -> tuple[Change, ...]:
    """Each fact that is not as it was, in the order of the profile; what is merely confirmed once more is none."""
    return tuple(_changes(_by_key(before), _by_key(after)))


def _by_key(profile: Profile) -> dict[Hashable, Field]:
    """The stated fields; of what a person may have several of, each value by itself."""
    return {
        (field.concept, field.value if concept(field.concept).many else ""): field
        for field in profile.fields
        if field.state is not FieldState.NOT_STATED and field.concept not in _WORKED_OUT
    }


def _changes(before: dict[Hashable, Field], after: dict[Hashable, Field]) -> Iterator[Change]:
    for key, field in after.items():
        was = before.get(key)
        kind = ChangeKind.NEW if was is None else _kind(was, field)
        if kind is not None:
            yield Change(concept=field.concept, kind=kind, before=was, after=field)
    for key, was in before.items():
        if key not in after:
            yield Change(concept=was.concept, kind=ChangeKind.GONE, before=was, after=None)


def _kind(was: Field, now: Field) -> ChangeKind | None:
    """How a field changed; None where a person would say that it did not."""
    clashed, clashes = was.state is FieldState.CONFLICT, now.state is FieldState.CONFLICT
    if clashes and (not clashed or set(now.other) - {was.value, *was.other}):
        return ChangeKind.DISAGREES
    if clashed and not clashes:
        return ChangeKind.SETTLED
    same = (was.value, was.assertion, _told(was)) == (now.value, now.assertion, _told(now))
    return None if same else ChangeKind.CHANGED


def _told(field: Field) -> dict[str, object]:
    """The details that a person would call a change: a drug that was stopped, a line that was counted."""
    return {name: field.details[name] for name in _DETAILS if name in field.details}


def in_words(change: Change) -> str:
    """A line such as `HER2: was not in your papers, now negative`."""
    label = concept(change.concept).label
    was = _value(change.before) if change.before else "not in your papers"
    now = _value(change.after) if change.after else "no longer there"
    if change.kind is ChangeKind.DISAGREES and change.after:
        others = ", ".join(concept(change.concept).in_words(value) for value in change.after.other)
        return f"{label}: your papers now disagree: {now}, and also {others}"
    if change.kind is ChangeKind.SETTLED:
        return f"{label}: your papers agree now: {now}"
    return f"{label}: {now} (was {was})" if change.before else f"{label}: {now} (new)"


def _value(field: Field) -> str:
    prefix = field.details.get("prefix", "")
    words = f"{prefix}{concept(field.concept).in_words(field.value)}"
    told = [said.format(field.details[name]) for name, said in _TOLD_AS.items() if name in field.details]
    if field.details.get("status") == "current":
        told.append("current")
    spoken = {Assertion.ABSENT: "no ", Assertion.PLANNED: "planned: ", Assertion.POSSIBLE: "possibly "}
    return f"{spoken.get(field.assertion, '')}{words}" + (f" ({', '.join(told)})" if told else "")


_TOLD_AS = {"line": "line {}", "start": "begun {}", "stop": "ended {}"}
_DETAILS = ("status", "start", "stop", "line", "intent", "response", "reason", "classification", "prefix", "edition")
