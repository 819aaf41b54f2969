"""The timeline: what papers date is drawn and tabled, what they do not date is listed, nothing is guessed."""

from __future__ import annotations

import datetime as dt
import re
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient
from tests.serve.web.conftest import token

from navaid.records.reconcile import reconcile
from navaid.records.render.timeline import Timeline, timeline
from navaid.serve.web.desk import Desk
from navaid.terms import Assertion, Date, Finding, Header, How, Provenance, Reading, Value

TODAY = dt.date(2026, 6, 1)
_SVG = "{http://www.w3.org/2000/svg}"


def finding(concept: str, value: Value, date: Date | None = None, **more: object) -> Finding:
    source = Provenance(file="FILE:1", page=1, start=0, end=4, words=str(value), how=How.PLAIN)
    return Finding(concept=concept, value=value, source=source, date=date, **more)  # type: ignore[arg-type]


def line_of(*found: Finding, paper: Date | None = dt.date(2025, 1, 10)) -> Timeline:
    reading = Reading(
        file="FILE:1", path="a", name="a.txt", header=Header(type="oncology_note", date=paper), findings=found
    )
    return timeline(reconcile("me", [reading], TODAY), [reading], TODAY)


def test_what_has_a_date_of_its_own_is_drawn_and_what_has_none_is_listed() -> None:
    made = line_of(
        finding("surgery", "lumpectomy", dt.date(2024, 3, 2)),
        finding("surgery", "mastectomy"),
        finding("drug", "letrozole", details={"start": "2024-05", "status": "current"}),
    )
    assert [(event.what, event.start) for event in made.dated] == [
        ("breast-conserving operation", "2024-03-02"),
        ("letrozole", "2024-05"),
    ]
    assert [(event.what, event.note) for event in made.undated] == [
        ("mastectomy", "named in a paper of 10 January 2025")
    ]


def test_a_drug_goes_on_only_where_no_paper_ends_it() -> None:
    for details, ongoing in (
        ({"start": "2024-05", "status": "current"}, True),
        ({"start": "2024-05"}, True),
        ({"start": "2024-05", "status": "past"}, False),
        ({"start": "2024-05", "reason": "rash"}, False),
        ({"start": "2024-05", "stop": "2024-09"}, False),
    ):
        (event,) = line_of(finding("drug", "letrozole", details=details)).dated
        assert event.ongoing is ongoing, details


def test_what_is_denied_or_of_a_relative_is_not_the_persons() -> None:
    day = dt.date(2024, 3, 2)
    made = line_of(
        finding("surgery", "mastectomy", day, assertion=Assertion.ABSENT),
        finding("drug", "tamoxifen", day, assertion=Assertion.FAMILY),
        finding("radiation", "breast", day, assertion=Assertion.PLANNED),
    )
    assert [(event.lane, event.planned) for event in made.dated] == [("radiation", True)]


def test_a_diagnosis_stands_at_the_first_paper_that_names_it_and_says_so() -> None:
    (event,) = line_of(finding("diagnosis", "invasive_breast_cancer")).dated
    assert (event.start, event.note) == ("2025-01-10", "the first paper of yours that names it")
    (event,) = line_of(finding("diagnosis", "invasive_breast_cancer", dt.date(2023, 2, 1))).dated
    assert (event.start, event.note) == ("2023-02-01", "")
    assert line_of(finding("diagnosis", "invasive_breast_cancer"), paper=None).dated == ()
    assert line_of(finding("diagnosis", "benign")).dated == ()


def test_a_year_alone_is_drawn_as_long_as_it_may_be() -> None:
    made = line_of(
        finding("surgery", "lumpectomy", dt.date(2024, 1, 1), details={"precision": "year"}),
        finding("surgery", "core_biopsy", dt.date(2024, 7, 1)),
    )
    marks = {mark.event.what: mark for band in made.bands for mark in band.marks}
    year, day = marks["breast-conserving operation"], marks["core biopsy"]
    assert day.x == day.end
    assert year.end - year.x == pytest.approx(made.ticks[1].x - made.ticks[0].x, abs=0.2)
    assert year.event.when == "2024"


def test_everything_lies_within_the_picture_and_in_its_order() -> None:
    many = [finding("surgery", "re_excision", dt.date(1990 + n, 1 + n % 12, 3), side="left") for n in range(36)]
    drugs = [finding("drug", f"drug{n}", details={"start": f"{2000 + n}-02"}) for n in range(12)]
    made = line_of(*many, *drugs)
    assert len(made.ticks) <= 9
    for band in made.bands:
        for mark in band.marks:
            assert 0 <= mark.x <= mark.end <= made.width
            assert 0 < mark.y < made.height
        assert [mark.x for mark in band.marks] == sorted(mark.x for mark in band.marks)


def test_a_date_that_is_none_is_not_drawn() -> None:
    made = line_of(finding("drug", "letrozole", details={"start": "soon", "stop": "2024-13"}))
    assert made.dated == ()
    assert [event.what for event in made.undated] == ["letrozole"]


def test_the_page_has_a_picture_with_a_name_and_the_same_as_a_table(unlocked: TestClient, desk: Desk) -> None:
    text = "CLINIC LETTER\nDate: 2026-03-10\n\nRight breast radiation 40 Gy in 15 fractions, completed 2026-03-01.\n"
    csrf = token(unlocked, "/records")
    made = unlocked.post("/records/papers", data={"csrf": csrf}, files={"files": ("rt.txt", text.encode())})
    assert desk.jobs._held[made.headers["location"].rsplit("/", 1)[1]].wait(30)
    page = unlocked.get("/records/timeline").text
    svg = ElementTree.fromstring(_namespaced(page))
    assert svg.get("role") == "img"
    names = (svg.get("aria-labelledby") or "").split()
    assert [svg.find(f"{_SVG}title").get("id"), svg.find(f"{_SVG}desc").get("id")] == names  # type: ignore[union-attr]
    assert " style=" not in page
    drawn = [text.text for text in svg.iter(f"{_SVG}text") if text.get("class") == "what"]
    rows = re.findall(r'<tr role="row"><th role="rowheader".*?</tr>', page, re.DOTALL)
    assert len(drawn) == len(rows) > 1
    for words in drawn:
        assert any((words or "").rstrip("…") in row for row in rows)
    assert 'scope="col"' in page


def _namespaced(page: str) -> str:
    found = re.search(r"<svg.*?</svg>", page, re.DOTALL)
    assert found
    return found[0].replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
