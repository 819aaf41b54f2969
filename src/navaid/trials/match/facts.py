"""What a profile says to a predicate: held, not held, or nothing that would decide it."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from navaid.records.concepts import concept
from navaid.terms import Assertion, Field, FieldState, Label, Predicate, Profile
from navaid.trials.match.logic import Held

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "at_least": operator.ge,
    "at_most": operator.le,
    "above": operator.gt,
    "below": operator.lt,
}


class Facts:
    """A profile, ready to be asked."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile

    @cached_property
    def _by_concept(self) -> dict[str, list[Field]]:
        fields: dict[str, list[Field]] = {}
        for field in self.profile.fields:
            if field.state is not FieldState.NOT_STATED:
                fields.setdefault(field.concept, []).append(field)
        return fields

    def fields(self, name: str) -> Sequence[Field]:
        """What the profile states of this concept."""
        return self._by_concept.get(name, ())

    def ask(self, predicate: Predicate) -> Held:
        """Whether the predicate holds. A value in conflict decides nothing."""
        fields = self.fields(predicate.concept)
        if not fields:
            return self._open(predicate)
        if predicate.op in ("had", "not_had"):
            return self._had(predicate, fields)
        field = fields[0]
        if field.state is FieldState.CONFLICT or field.value in ("pending", "not_tested", "indeterminate"):
            return self._open(predicate, field)
        holds = self._holds(predicate, field)
        return Held(Label.MET if holds else Label.NOT_MET, (self._told(field),), field.findings[:1])

    def _holds(self, predicate: Predicate, field: Field) -> bool:
        if predicate.op in _COMPARE and isinstance(field.value, int | float):
            return _COMPARE[predicate.op](field.value, predicate.values[0])
        among = field.value in predicate.values
        return among if predicate.op == "is" else not among

    def _had(self, predicate: Predicate, fields: Sequence[Field]) -> Held:
        for field in fields:
            if field.value in predicate.values and field.assertion in (Assertion.PRESENT, Assertion.HISTORICAL):
                return Held(
                    Label.MET if predicate.op == "had" else Label.NOT_MET, (self._told(field),), field.findings[:1]
                )
        for field in fields:
            if field.value in predicate.values and field.assertion is Assertion.ABSENT:
                return Held(
                    Label.NOT_MET if predicate.op == "had" else Label.MET, (self._told(field),), field.findings[:1]
                )
        return self._open(predicate)

    def _told(self, field: Field) -> str:
        row = concept(field.concept)
        words = row.in_words(field.value)
        quoted = self.profile.findings[field.findings[0]].source.words if field.findings else ""
        return f"{row.label}: {words}" + (f' ("{quoted}")' if quoted else "")

    def _open(self, predicate: Predicate, field: Field | None = None) -> Held:
        try:
            label = concept(predicate.concept).label
        except KeyError:
            label = predicate.concept.replace("_", " ")
        reason = (
            f"{label}: papers disagree or there is no result yet" if field else f"{label}: not stated in your papers"
        )
        return Held(Label.UNKNOWN, (reason,), field.findings[:2] if field else (), (f"What is known of: {label}?",))
