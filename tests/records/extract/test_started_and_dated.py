"""When a paper was written, and whether a drug that was begun is still taken; what a gene test found."""

from __future__ import annotations

import datetime as dt

import pytest

from navaid.records.concepts import concept
from navaid.records.export.summary.rows import Marks, numbered, one_row
from navaid.records.extract import genes, treatments
from navaid.records.extract.extract import extract
from navaid.records.extract.header import header
from navaid.records.extract.view import View
from navaid.records.paper import Page, Paper
from navaid.records.reconcile import reconcile
from navaid.records.whose import Whose, doubts
from navaid.terms import Assertion, Field, Finding, Header, How, Provenance, Reading, Value

TODAY = dt.date(2026, 6, 1)
HEAD = "ONCOLOGY CLINIC LETTER\nDate: 2026-03-10\nPatient: Anna Example\n"


def paper(text: str) -> Paper:
    page = Page(number=1, start=0, end=len(text), how=How.PLAIN)
    return Paper(id="F", path="p", name="n", media_type="text/plain", text=text, pages=(page,))


def drugs(text: str, concept: str = "drug") -> dict[str, dict[str, Value]]:
    """The details of each drug that is told as taken, of a letter of 10 March 2026."""
    view = View(paper(HEAD + text), header(paper(HEAD + text)))
    found = (one for one in treatments.find(view) if one.concept == concept)
    return {str(one.value): one.details for one in found if one.assertion in (Assertion.PRESENT, Assertion.HISTORICAL)}


def told(text: str) -> tuple[str, str, str]:
    """Status, start and stop of the only drug."""
    (details,) = drugs(text).values()
    status, start, stop = (str(details.get(name, "")) for name in ("status", "start", "stop"))
    return status, start, stop


# --- the day of a paper


@pytest.mark.parametrize(
    "body",
    [
        "Radiation to the left breast, 40 Gy in 15 fractions, completed 2025-08-30.",
        "Radiotherapy completed: 2025-08-30.",
        "RADIOTHERAPY\nCompleted: 2025-08-30",
        "Adjuvant chemotherapy: TC x 4, completed 30 August 2025.",
        "CT of the chest, reported 30 August 2025, showed no spread.",
        "Core biopsy of the left breast. Collected 3 May 2025, reported 5 May 2025, showed carcinoma.",
        "MRI of the breast; reported: 30 August 2025: no change.",
    ],
)
@pytest.mark.parametrize(
    "head", [HEAD, "ONCOLOGY CLINIC LETTER\n10 March 2026\n\n", "ONCOLOGY CLINIC\nDate of visit: 10 March 2026\n\n"]
)
def test_the_date_of_the_head_wins_over_a_day_that_the_body_tells(head: str, body: str) -> None:
    assert header(paper(f"{head}Cancer of the left breast.\n{body}")).date == dt.date(2026, 3, 10)


@pytest.mark.parametrize(
    "text",
    [
        "HISTOLOGY\nDate: 10 May 2026\nReported: 14 May 2026\nLeft breast, carcinoma.",
        "HISTOLOGY\nDate: 10 May 2026\nReceived 11 May 2026, reported 14 May 2026\nLeft breast, carcinoma.",
        "HISTOLOGY\nDate: 10 May 2026\nCollected: 9 May 2026\nCompleted: 14 May 2026\nLeft breast, carcinoma.",
        "HISTOLOGY\nTaken 10 May 2026  Reported 14 May 2026\nLeft breast, carcinoma.",
        "HISTOLOGY\nLeft breast, carcinoma. Biopsy, reported 14 May 2026.",
    ],
)
def test_the_fields_of_a_report_still_give_its_day(text: str) -> None:
    assert header(paper(text)).date == dt.date(2026, 5, 14)


# --- a start without a stop


@pytest.mark.parametrize(
    "text",
    [
        "Letrozole was started on 2025-09-15 and is tolerated well.",
        "Letrozole was started on 2025-09-15 and is well tolerated.",
        "Letrozole was started on 15 September 2025. She tolerates it well.",
        "Letrozole was begun 15 September 2025 and continues.",
        "She started letrozole on 15 September 2025 and remains on it.",
        "She started letrozole on 15 September 2025, well tolerated so far.",
        "She was started on letrozole on 15 September 2025 and continues with it.",
        "She has been on letrozole since 15 September 2025.",
        "Letrozole since 15 September 2025.",
        "Letrozole initiated 15 September 2025, ongoing.",
    ],
)
def test_what_was_started_and_goes_on_is_current(text: str) -> None:
    assert told(text) == ("current", "2025-09-15", "")


@pytest.mark.parametrize(
    "text",
    [
        "Letrozole was started on 15 September 2025.",
        "She started letrozole on 15 September 2025.",
        "Letrozole was started on 15 September 2025 and was well tolerated.",
        "Letrozole was started on 15 September 2025 but is not tolerated.",
        "Letrozole was started on 15 September 2025. She is well. Exercise is well tolerated.",
        "She received letrozole starting 15 September 2025.",
        "She was on letrozole since 15 September 2025.",
        "Letrozole was started on 15 September 2025 after chemotherapy was stopped.",
        "Letrozole was started on 15 September 2025. She continues to do well.",
    ],
)
def test_a_start_alone_leaves_the_end_open(text: str) -> None:
    assert told(text) == ("", "2025-09-15", "")


@pytest.mark.parametrize(
    ("text", "start", "stop"),
    [
        ("She received letrozole from 2019 to 2023.", "2019", "2023"),
        ("Letrozole from 2019 until March 2023.", "2019", "2023-03"),
        ("Letrozole was started in 2019 and was stopped in 2023.", "2019", "2023"),
        ("Letrozole was started in 2019 and completed in 2023.", "2019", "2023"),
        ("Letrozole was started in 2019. It was stopped later.", "2019", ""),
        ("She completed letrozole, which she had started in 2019.", "2019", ""),
        ("Previously on letrozole from 2019.", "2019", ""),
        ("Letrozole started in 2019; not tolerated, stopped.", "2019", ""),
        ("Letrozole started in 2019, stopped because of joint pain.", "2019", ""),
        ("Letrozole\nStart date: 2019\nEnd date: 2023", "2019", "2023"),
    ],
)
def test_what_was_ended_stays_past(text: str, start: str, stop: str) -> None:
    assert told(text) == ("past", start, stop)


def test_a_regimen_of_years_ago_stays_past() -> None:
    assert drugs("She received AC-T in 2021.", "regimen")["ac_t"]["status"] == "past"
    assert drugs("She received AC-T from March 2021.", "regimen")["ac_t"]["status"] == "past"


def test_each_of_two_drugs_has_its_own_standing() -> None:
    found = drugs("Tamoxifen was started in 2015, switched to letrozole in 2018, which she tolerates well.")
    assert "status" not in found["tamoxifen"]
    assert (found["letrozole"]["status"], found["letrozole"]["start"]) == ("current", "2018")
    found = drugs("Letrozole was started in May 2025; abemaciclib was added in July 2025 and is tolerated well.")
    assert "status" not in found["letrozole"]
    assert found["abemaciclib"]["status"] == "current"
    assert "status" not in drugs("Tamoxifen since 2015, then letrozole in 2020.")["tamoxifen"]
    found = drugs("She started tamoxifen in 2015 and continues on letrozole.")
    assert "status" not in found["tamoxifen"]
    assert found["letrozole"]["status"] == "current"
    found = drugs("Letrozole from 2019 to present, palbociclib from 2021 to present.")
    assert [found[name]["start"] for name in ("letrozole", "palbociclib")] == ["2019", "2021"]
    assert {one["status"] for one in found.values()} == {"current"}


@pytest.mark.parametrize(
    "text",
    [
        "Letrozole from: 2025-09-15 To: ongoing",
        "Letrozole, start: 2025-09-15, stop: ongoing.",
        "Letrozole: start 2025-09-15, stop date: present",
        "Letrozole from 15 September 2025 to present.",
        "Letrozole 15 September 2025 - ongoing",
        "Letrozole, 15 September 2025 to date.",
        "Letrozole\nStart: 2025-09-15\nStop: present",
        "Drug: Letrozole\nDose: 2.5 mg\nFrom: 2025-09-15\nTo: ongoing",
        "Letrozole\nStarted: 2025-09-15\nStatus: active",
    ],
)
def test_an_open_end_is_current(text: str) -> None:
    assert told(text) == ("current", "2025-09-15", "")


def test_a_span_of_years_may_have_an_open_end() -> None:
    assert told("Letrozole (2019-present)") == ("current", "2019", "")
    assert told("Letrozole (2019-2023)") == ("past", "2019", "2023")


# --- what several findings come to


def finding(concept: str, value: Value, *, section: str = "", **more: Value) -> Finding:
    source = Provenance(file="", page=1, start=0, end=1, words="x", how=How.PLAIN, section=section)
    return Finding(concept=concept, value=value, source=source, details=more)


def letter(day: str, *findings: Finding) -> Reading:
    made = Header(type="oncology_note", date=dt.date.fromisoformat(day))
    return Reading(file=f"FILE:{day}", path=day, name=day, header=made, findings=findings)


def field(*readings: Reading, name: str = "drug") -> Field:
    found = reconcile("me", readings, TODAY).field(name)
    assert found is not None
    return found


def test_a_letter_that_starts_and_continues_a_drug_gives_one_current_field() -> None:
    text = HEAD + "Letrozole was started on 2025-09-15.\nPlan: continue letrozole."
    assert field(extract(paper(text))).details == {"status": "current", "start": "2025-09-15"}


def test_a_plan_that_goes_on_wins_over_a_past_by_start_and_keeps_the_start() -> None:
    past = finding("drug", "letrozole", status="past", start="2025-09-15")
    plan = finding("drug", "letrozole", section="plan", status="current")
    assert field(letter("2026-03-10", past, plan)).details == {"status": "current", "start": "2025-09-15"}
    assert field(letter("2026-03-10", past), letter("2026-05-10", plan)).details["status"] == "current"


def test_a_later_paper_wins_over_a_start_without_an_end() -> None:
    past = finding("drug", "letrozole", status="past", start="2025-09-15")
    now = finding("drug", "letrozole", status="current")
    assert field(letter("2026-03-10", past), letter("2026-05-10", now)).details["status"] == "current"
    assert field(letter("2026-03-10", now), letter("2026-05-10", past)).details["status"] == "past"


def test_what_was_stopped_is_not_current_for_an_older_paper() -> None:
    stopped = finding("drug", "letrozole", status="past", start="2020", stop="2025")
    plan = finding("drug", "letrozole", section="plan", status="current")
    assert field(letter("2024-03-10", plan), letter("2026-03-10", stopped)).details["status"] == "past"
    again = field(letter("2026-03-10", stopped), letter("2026-05-10", plan))
    assert again.details == {"status": "current"}  # the days of the first course are not those of this one
    assert again.date == dt.date(2026, 5, 10)


# --- wild type


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("wt for BRCA1", "negative"),
        ("Genetic test: wt for BRCA1.", "negative"),
        ("BRCA1: wt for both alleles.", "negative"),
        ("She is wild type for BRCA1.", "negative"),
        ("BRCA1 wt", "negative"),
        ("BRCA1 WT on the Myriad test.", "negative"),
        ("Wt for BRCA1.", "negative"),
        ("wt for BRCA1 results", "pending"),
        ("BRCA1 test sent, wt for result.", "pending"),
        ("Waiting for BRCA1 result.", "pending"),
    ],
)
def test_wild_type_is_negative_and_waiting_is_pending(text: str, value: str) -> None:
    view = View(paper(HEAD + text), header(paper(HEAD + text)))
    found = {str(one.value) for one in genes.find(view) if one.concept.startswith("gene.BRCA1")}
    assert found == {value}


# --- as a person reads it


def test_a_doubt_gives_days_in_words() -> None:
    made = Reading(file="F", path="p", name="n", header=Header(birth_date=dt.date(1970, 3, 3)), findings=())
    (doubt,) = [each for each in doubts(made, Whose(birth_date=dt.date(1969, 11, 21))) if "birth" in each.words]
    assert doubt.words == "the birth date on it is 3 March 1970, and on your other papers 21 November 1969"


@pytest.mark.parametrize(
    ("name", "value", "details", "row"),
    [
        ("radiation", "breast", {"dose_gy": 40.0, "fractions": 15}, " (40 Gy, 15 fractions)"),
        ("radiation", "breast", {"dose_gy": 40.05}, " (40.05 Gy)"),
        ("regimen", "tc", {"cycles": 4}, "TC (4 cycles)"),
        ("regimen", "ac_t", {}, "AC-T"),
        ("drug", "docetaxel", {"regimen": "tc"}, "docetaxel (TC)"),
    ],
)
def test_doses_and_regimens_are_written_as_people_write_them(
    name: str, value: str, details: dict[str, Value], row: str
) -> None:
    readings = [letter("2026-03-10", finding(name, value, **details))]
    profile = reconcile("me", readings, TODAY)
    (made,) = (each for each in profile.fields if each.concept == name)
    shown = one_row(made, Marks(profile, readings, numbered(readings))).value
    assert shown == (concept(name).in_words(value) + row if row.startswith(" ") else row)
