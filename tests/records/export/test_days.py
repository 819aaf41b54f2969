"""The day of a fact: as exactly as its paper gives it, and never that of a letter as if it were its own."""

from __future__ import annotations

import datetime as dt

import pytest

from navaid.records.export.places import day, unstated
from navaid.records.export.summary import layout
from navaid.terms import Field, FieldState, Finding, Header, How, Profile, Provenance, Reading

LETTER, OPERATED = dt.date(2026, 10, 2), dt.date(2021, 1, 1)
MADE = dt.date(2026, 11, 28)


def _of(concept: str, value: str, own: dt.date | None, kind: str, **details: str) -> tuple[Profile, list[Reading]]:
    source = Provenance(file="FILE:a", page=1, start=0, end=4, words="word", how=How.PLAIN)
    finding = Finding(concept=concept, value=value, date=own, source=source, rule="test", details=dict(details))
    field = Field(
        concept=concept,
        value=value,
        state=FieldState.UNCONFIRMED,
        date=own or LETTER,
        findings=(0,),
        details=dict(details),
    )
    reading = Reading(file="FILE:a", path="/a", name="a", header=Header(type=kind, date=LETTER), findings=(finding,))
    return Profile(name="Ana", made=MADE, fields=(field,), tumours=(), findings=(finding,)), [reading]


@pytest.mark.parametrize(
    ("own", "kind", "details", "shown"),
    [
        (None, "oncology_note", {}, "as of 2026-10-02"),
        (None, "pathology", {}, "2026-10-02"),
        (OPERATED, "oncology_note", {"precision": "year"}, "2021"),
        (OPERATED, "oncology_note", {"precision": "month"}, "2021-01"),
        (OPERATED, "oncology_note", {}, "2021-01-01"),
    ],
)
def test_a_day_is_that_of_the_fact(own: dt.date | None, kind: str, details: dict[str, str], shown: str) -> None:
    profile, readings = _of("surgery", "mastectomy", own, kind, **details)
    assert day(profile.fields[0], profile, readings) == shown


def test_a_mans_papers_lack_no_menopause() -> None:
    empty = Field(concept="menopause", value="not_stated", state=FieldState.NOT_STATED)

    def missing(sex: str) -> list[str]:
        told = Field(concept="sex", value=sex, state=FieldState.UNCONFIRMED)
        profile = Profile(name="Ana", made=MADE, fields=(told, empty), tumours=(), findings=())
        return [field.concept for field in unstated(profile)[0]]

    assert missing("female") == ["menopause"]
    assert missing("male") == []


def test_a_list_of_medicines_is_not_shown_as_whole() -> None:
    page = layout.lay_out(*_of("medication", "metformin", None, "discharge"))
    (row,) = (row for row in page.glance if row.ask == "medicines")
    assert row.value.startswith("metformin; perhaps not all")
