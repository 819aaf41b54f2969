"""The invented people beside this file (people/): their papers as the vault reads them, and the truth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from navaid import journeys
from navaid.errors import NavaidError
from navaid.records.reconcile import reconcile
from navaid.terms import Profile, Reading
from navaid.trials.match import papers

FOLDER = Path(__file__).parent / "people"
TODAY = dt.date(2026, 11, 28)
"""The day on which the people stand where their truth says."""

Fact = tuple[str, str, str]
"""Concept, value as text, and how it is spoken of; what was so before counts as present."""


class Person(NamedTuple):
    """What the papers of one person give: the profile, the papers' names by file, and the readings."""

    profile: Profile
    papers: Mapping[str, str]
    readings: tuple[Reading, ...]


def people() -> tuple[str, ...]:
    """The names of all, in order."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob("*/about.yaml")))


@cache
def person(name: str) -> Person:
    """The papers of this person, read and reconciled once."""
    readings = []
    for found in journeys.read_records(sorted((FOLDER / name).glob("*.txt")), today=TODAY):
        if isinstance(found, NavaidError):
            raise found
        readings.append(found[0])
    return Person(reconcile(name, readings, TODAY), papers.names(readings), tuple(readings))


@cache
def about(name: str) -> Mapping[str, Any]:
    """`truth`, `facts` and, where the papers leave something open, `open`: concepts of which they give no value."""
    held: dict[str, Any] = yaml.safe_load((FOLDER / name / "about.yaml").read_text(encoding="utf-8"))
    return held


@cache
def questions() -> Mapping[str, str]:
    """The questions by their id, in the order of the file."""
    rows = yaml.safe_load((FOLDER / "questions.yaml").read_text(encoding="utf-8"))
    return {row["id"]: row["text"] for row in rows}


def facts_of(profile: Profile) -> frozenset[Fact]:
    """All that a profile states, of the present disease and of each tumour, with what papers give as well."""
    fields = [*profile.fields, *(field for tumour in profile.tumours for field in tumour.fields)]
    return frozenset(
        fact(field.concept, value, field.assertion) for field in fields for value in (field.value, *field.other)
    )


def fact(concept: str, value: object, assertion: str) -> Fact:
    """A fact in the form in which facts are compared.

    >>> fact("grade", 2.0, "historical")
    ('grade', '2', 'present')
    """
    written = f"{value:g}" if isinstance(value, int | float) else str(value)
    return concept, written, "present" if assertion == "historical" else str(assertion)
