"""A study's own limits of age and sex, as the registry keeps them beside the text: criteria of number 0."""

from __future__ import annotations

from collections.abc import Iterator

from navaid.terms import Criterion, CriterionType, Expression, Logic, Predicate, Study, Value


def of(study: Study) -> Iterator[Criterion]:
    """The limits as criteria, told in our words; their span is empty, as they stand nowhere in the eligibility text."""
    low, high = study.minimum_age_years, study.maximum_age_years
    if low:
        yield _criterion(f"At least {low:g} years old", "age", "at_least", low)
    if high:  # who is 65 and a half is still 65
        yield _criterion(f"At most {high:g} years old", "age", "below", high + 1)
    if study.sex in ("FEMALE", "MALE"):
        yield _criterion("Women only" if study.sex == "FEMALE" else "Men only", "sex", "is", study.sex.lower())


def _criterion(text: str, concept: str, op: str, value: Value) -> Criterion:
    predicate = Predicate(concept=concept, op=op, values=(value,))
    expression = Expression(logic=Logic.IS, start=0, end=0, predicate=predicate)
    return Criterion(number=0, type=CriterionType.INCLUSION, text=text, start=0, end=0, expression=expression)
