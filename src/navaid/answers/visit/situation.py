"""Which lists of questions fit a person: those of situations.yaml whose row holds by what the papers say."""

from __future__ import annotations

import datetime as dt
from functools import cache

import msgspec

from navaid.records.export.summary.glance import in_use
from navaid.tables import load_from
from navaid.terms import Assertion, Label, Predicate, Record, Value
from navaid.trials.match.ask import ask
from navaid.trials.match.drugs import above
from navaid.trials.match.facts import Facts

MOST = 3
_ON_THE_BREAST = ("lumpectomy", "mastectomy", "bilateral_mastectomy")
_TREATED = ("surgery", "drug", "radiation")
_NEVER = "never"
_NOT_YET = (Assertion.ABSENT, Assertion.PLANNED, Assertion.HYPOTHETICAL)
_BIOPSIES = ("core_biopsy", "fine_needle_aspiration", "excisional_biopsy", "port")


class Situation(Record, frozen=True):
    """A row of situations.yaml."""

    list: str
    when: tuple[dict[str, dict[str, tuple[Value, ...]]], ...] = ()
    named: dict[str, tuple[str, ...]] = {}  # noqa: RUF012 - msgspec copies an empty default
    now: str = ""
    planned: dict[str, tuple[str, ...]] = {}  # noqa: RUF012 - msgspec copies an empty default
    done: int | str = ""


@cache
def table() -> tuple[Situation, ...]:
    """The rows, in the order in which they are tried."""
    return msgspec.convert(load_from(__package__, "situations.yaml"), tuple[Situation, ...])


def fitting(facts: Facts) -> tuple[str, ...]:
    """The ids of the lists that fit, the most particular first; empty where the papers say too little."""
    found = dict.fromkeys(row.list for row in table() if _holds(row, facts))
    return tuple(found)[:MOST]


def _holds(row: Situation, facts: Facts) -> bool:
    return (
        all(ask(facts, each).label is Label.MET for each in _predicates(row))
        and all(_named(concept, values, facts) for concept, values in row.named.items())
        and (not row.now or _takes(row.now, facts))
        and all(_planned(concept, values, facts) for concept, values in row.planned.items())
        and (row.done == "" or _done(row.done, facts))
    )


def _predicates(row: Situation) -> list[Predicate]:
    return [
        Predicate(concept=concept, op=op, values=values)
        for part in row.when
        for concept, asked in part.items()
        for op, values in asked.items()
    ]


def _named(concept: str, values: tuple[str, ...], facts: Facts) -> bool:
    findings = facts.profile.findings
    return any(f.concept == concept and f.value in values and f.assertion is Assertion.PRESENT for f in findings)


def _takes(class_: str, facts: Facts) -> bool:
    return any(
        class_ in above(str(field.value))
        for field in facts.fields("drug")
        if field.assertion is Assertion.PRESENT and in_use(field)
    )


def _planned(concept: str, values: tuple[str, ...], facts: Facts) -> bool:
    of = "drug" if concept == "drug_class" else concept
    return any(
        not values or str(field.value) in values or (of == "drug" and above(str(field.value)) & set(values))
        for field in facts.fields(of)
        if field.assertion is Assertion.PLANNED
    )


def _done(days: int | str, facts: Facts) -> bool:
    """Whether no treatment was begun, or the last operation on the breast is longer ago than so many days."""
    if days == _NEVER:
        named = [f for concept in _TREATED for f in facts.fields(concept) if f.assertion not in _NOT_YET]
        return all(field.value in _BIOPSIES for field in named)
    dates = [field.date for field in facts.fields("surgery") if field.value in _ON_THE_BREAST and field.date]
    return bool(dates) and facts.today - max(dates) > dt.timedelta(days=int(days))
