"""HER2 of one tumour on two specimens: what contradicts is shown as a conflict until a gene test settles it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from navaid.records.reconcile import reconcile
from navaid.terms import Assertion, Field, FieldState, Finding, Header, How, Provenance, Reading

TODAY = dt.date(2026, 11, 1)
CONFLICT, STANDS = FieldState.CONFLICT, FieldState.UNCONFIRMED


def her2(value: str, part: str = "status", **more: Any) -> Finding:
    source = Provenance(file="", page=1, start=0, end=1, words="x", how=How.PLAIN, section="final_diagnosis")
    return Finding(concept=f"her2.{part}", value=value, source=source, **more)


def paper(name: str, *findings: Finding, type: str = "pathology", date: str = "2026-03-01") -> Reading:
    made = Header(type=type, date=dt.date.fromisoformat(date), side="left")
    return Reading(file=name, path=name, name=name, header=made, findings=findings)


def operation() -> Finding:
    source = Provenance(file="", page=1, start=0, end=1, words="x", how=How.PLAIN)
    return Finding(concept="surgery", value="lumpectomy", source=source, assertion=Assertion.PRESENT)


def status(*readings: Reading) -> Field:
    field = reconcile("me", readings, TODAY).field("her2.status")
    assert field is not None
    return field


def state(*readings: Reading) -> tuple[object, set[object], FieldState]:
    field = status(*readings)
    return field.value, set(field.other), field.state


CORE = paper("core", her2("positive"), her2("3+", "ihc"))


def excision(*findings: Finding, date: str = "2026-04-10") -> Reading:
    return paper("excision", operation(), *findings, date=date)


@pytest.mark.parametrize("awaited", [(), (her2("pending", "ish"),)])
def test_a_core_and_an_excision_that_contradict_each_other_are_a_conflict(awaited: tuple[Finding, ...]) -> None:
    value, other, stands = state(CORE, excision(her2("negative"), *awaited))
    assert {value, *other} == {"positive", "negative"}
    assert stands is CONFLICT


def test_an_equivocal_excision_with_its_gene_test_awaited_is_a_conflict() -> None:
    value, other, stands = state(CORE, excision(her2("equivocal"), her2("2+", "ihc"), her2("pending", "ish")))
    assert (value, other, stands) == ("positive", {"equivocal"}, CONFLICT)


def test_the_level_is_open_as_long_as_the_status_is() -> None:
    readings = (
        paper("core", her2("positive"), her2("high", "level"), type="letter"),
        excision(her2("negative"), her2("low", "level"), her2("pending", "ish")),
    )
    level = reconcile("me", readings, TODAY).field("her2.level")
    assert level is not None
    assert level.state is CONFLICT


def test_an_earlier_specimen_that_a_note_tells_of_counts_as_a_specimen() -> None:
    note = paper("note", her2("positive", details={"origin": "earlier specimen"}), type="oncology_note")
    assert state(excision(her2("negative")), note)[2] is CONFLICT


def test_the_gene_test_settles_two_specimens() -> None:
    late = paper("fish", her2("not_amplified", "ish"), her2("negative"), date="2026-05-02")
    first = paper("core", her2("positive"), type="letter")
    assert state(first, excision(her2("negative")), late)[::2] == ("negative", STANDS)


def test_a_result_that_is_awaited_without_a_contradiction_changes_nothing() -> None:
    assert state(CORE, excision(her2("positive"), her2("pending", "ish"))) == ("positive", set(), STANDS)


def test_a_note_that_merely_says_otherwise_is_no_second_specimen() -> None:
    note = paper("note", her2("negative"), type="oncology_note")
    assert state(CORE, note) == ("positive", {"negative"}, STANDS)


def test_an_addendum_to_one_report_is_no_contradiction() -> None:
    source = Provenance(file="", page=1, start=0, end=1, words="x", how=How.PLAIN, section="addendum")
    later = Finding(concept="her2.status", value="negative", source=source)
    assert state(paper("a", her2("positive"), later))[2] is STANDS
