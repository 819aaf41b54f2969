"""A finding together with the paper it stands in, and how far it is believed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from navaid.records.concepts import Concept, concept
from navaid.records.reconcile.strength import strength
from navaid.terms import Assertion, Date, Finding, Header, How, Reading

FACTS = frozenset({Assertion.PRESENT, Assertion.ABSENT, Assertion.HISTORICAL})
"""Assertions that say something of the person as they are or were; the others are of relatives, plans and doubts."""


@dataclass(frozen=True)
class Evidence:
    """One finding; `index` is its place in `Profile.findings`, `reading` that of its paper."""

    index: int
    reading: int
    finding: Finding
    header: Header
    resection: bool

    @property
    def concept(self) -> Concept:
        return concept(self.finding.concept)

    @property
    def date(self) -> Date | None:
        """The day it is true of: its own, else the paper's; what a paper tells of the past has only its own."""
        if self.finding.date or self.finding.assertion is Assertion.HISTORICAL:
            return self.finding.date
        return self.header.collected or self.header.date

    @property
    def side(self) -> str:
        return self.finding.side or self.header.side

    @property
    def strength(self) -> tuple[int, int, int, int, int, int]:
        """How far it is believed before another of its concept; the date is not in it."""
        table, source = strength(), self.finding.source
        return (
            source.how is How.PERSON,
            self.finding.value not in table.no_result,
            table.paper.get(self.header.type, 2)
            + (self.resection and self.finding.concept in table.better_on_resection),
            self.finding.assertion is not Assertion.HISTORICAL,
            -sum(self.finding.details.get(name) in values for name, values in table.weaker.items()),
            table.section.get(source.section, 2),
        )


def evidence(readings: Sequence[Reading]) -> list[Evidence]:
    """Every finding of every reading, in their order."""
    found: list[Evidence] = []
    for number, reading in enumerate(readings):
        operations = {
            finding.value
            for finding in reading.findings
            if finding.concept == "surgery" and finding.assertion is Assertion.PRESENT
        }
        resection = bool(operations & strength().resections)
        found += [
            Evidence(len(found) + place, number, finding, reading.header, resection)
            for place, finding in enumerate(reading.findings)
        ]
    return found
