"""Profiles made up field by field, and claims made up by whom they are about."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from navaid import starter
from navaid.terms import (
    Assertion,
    Certainty,
    Citation,
    Claim,
    Facet,
    Field,
    FieldState,
    Population,
    Profile,
    Tumour,
    Value,
)
from navaid.trials.match.facts import Facts

TODAY = dt.date(2026, 1, 15)


def field(concept: str, value: Value, *other: Value, **more: Any) -> Field:
    """A field; with `other` values it is a conflict."""
    state = FieldState.CONFLICT if other else FieldState.UNCONFIRMED
    return Field(concept=concept, value=value, other=other, **{"state": state, **more})


def planned(concept: str, value: Value) -> Field:
    return field(concept, value, assertion=Assertion.PLANNED)


def facts(*fields: Field | tuple[str, Value], tumours: tuple[Tumour, ...] = ()) -> Facts:
    """Facts of a person of whom this is known; a pair is a field as papers state it."""
    made = tuple(each if isinstance(each, Field) else field(*each) for each in fields)
    return Facts(Profile(name="", made=TODAY, fields=made, tumours=tumours, findings=()))


def tumour(
    number: int, side: str, *fields: tuple[str, Value], specimen: str = "breast", day: dt.date | None = None
) -> Tumour:
    made = tuple(field(*each, date=day) for each in fields)
    return Tumour(id=f"tumour-{number}", label=f"{side} {specimen}".strip(), side=side, specimen=specimen, fields=made)


def people(**axes: Any) -> Population:
    """A population; lists stand for tuples."""
    made = {
        name: {k: tuple(v) for k, v in value.items()} if isinstance(value, dict) else value
        for name, value in axes.items()
    }
    return Population(**{name: tuple(value) if isinstance(value, list) else value for name, value in made.items()})


def about(population: Population) -> Claim:
    """A claim about these people."""
    return Claim(
        id="made.up",
        text="A sentence.",
        facet=Facet.BENEFIT,
        certainty=Certainty.ESTABLISHED,
        citations=(),
        origin="starter",
        applies=population,
    )


def quoted(text: str, under: str = "A page") -> Claim:
    """A sentence of a page, under these headings."""
    return Claim(
        id="page#0-1",
        text=text,
        facet=Facet.BENEFIT,
        certainty=Certainty.ESTABLISHED,
        citations=(Citation(document="URL:https://example.org", locator=under),),
        origin="quote",
    )


@cache
def library() -> tuple[Claim, ...]:
    """Every claim of the starter library."""
    data = starter.load()
    return tuple(claim for topic in data.topics for claim in starter.claims(topic).values())
