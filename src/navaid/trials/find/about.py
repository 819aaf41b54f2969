"""A profile in words, to find studies that are about the same things."""

from __future__ import annotations

from navaid.records.concepts import concept
from navaid.terms import Assertion, FieldState, Profile

_SO = frozenset({Assertion.PRESENT, Assertion.HISTORICAL})


def words_of(profile: Profile) -> str:
    """What the profile states, each once, as a text. Nothing of it leaves the machine."""
    told: dict[str, None] = {}
    for field in profile.fields:
        if field.state is FieldState.NOT_STATED or field.assertion not in _SO:
            continue
        try:
            row = concept(field.concept)
            told.setdefault(f"{row.label} {row.in_words(field.value)}")
        except KeyError:  # a concept of trials only
            told.setdefault(f"{field.concept.replace('_', ' ')} {field.value}")
    return ". ".join(told)
