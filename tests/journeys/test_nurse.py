"""The nurse's trial: both pages of a visit answer the ten things she asks first, or say that the papers do not.

The questions stand in nurse.yaml, with the page that names each. They are put to every invented person (people/).
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html
from written_people import TODAY, people, person

from navaid import starter
from navaid.answers.personal import gaps
from navaid.answers.visit import clinician, gather, plan
from navaid.answers.visit import person as person_page
from navaid.records.concepts import concept
from navaid.terms import Assertion, VisitPlan
from navaid.trials.match.facts import Facts

ASKED: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "nurse.yaml").read_text(encoding="utf-8"))
NOT_KNOWN = ("not in the papers", "not in my papers", "not clear from the papers", "not clear from my papers")


@cache
def planned(name: str) -> VisitPlan:
    one = person(name)
    facts = Facts(one.profile, TODAY, one.papers)
    data = starter.load()
    found = gather.gather(facts, gaps.of_profile(one.profile, facts, data), (), (), data)
    return plan.first(name, TODAY, found, dt.date(2026, 12, 3))


@cache
def answers(name: str, page: str) -> dict[str, str]:
    one = person(name)
    if page == "clinician":
        made = clinician.html(planned(name), one.profile, one.readings)
    else:
        made = person_page.html(planned(name), one.profile, one.readings, starter.load())
    marked = html.fromstring(made).xpath("//*[@data-ask]")
    return {each.get("data-ask"): " ".join(each.text_content().split()) for each in marked}


def test_ten_things_are_asked_and_people_are_there_to_be_asked() -> None:
    assert len(ASKED) == len({row["ask"] for row in ASKED}) == 10
    assert all(row["source"].startswith("http") and row["says"] for row in ASKED)
    assert len(people()) >= 4


@pytest.mark.parametrize("page", ["clinician", "person"])
@pytest.mark.parametrize("name", people())
def test_each_is_answered_or_said_not_to_be_known(name: str, page: str) -> None:
    said = answers(name, page)
    assert set(said) == {row["ask"] for row in ASKED}
    for row in ASKED:
        values = [
            field
            for field in person(name).profile.fields
            if field.concept in row["concepts"] and field.value not in ("not_stated", "pending")
        ]
        if not values and row["ask"] not in ("identity", "pregnancy"):
            assert any(words in said[row["ask"]] for words in NOT_KNOWN), (row["ask"], said[row["ask"]])


@pytest.mark.parametrize("page", ["clinician", "person"])
@pytest.mark.parametrize("name", people())
def test_an_answer_is_what_the_papers_say(name: str, page: str) -> None:
    said, profile = answers(name, page), person(name).profile
    for field in profile.fields:
        if field.assertion is not Assertion.PRESENT or field.value in ("not_stated", "pending", "none_known"):
            continue
        if field.concept == "allergy":
            assert str(field.value) in said["allergies"]
        if field.concept == "ecog":
            assert f"ECOG performance status: {concept('ecog').in_words(field.value)}" in said["activity"]
        if field.concept == "menopause":
            assert concept("menopause").in_words(field.value) in said["pregnancy"] or "male" in said["pregnancy"]
        if field.concept == "metastasis.site":
            assert concept("metastasis.site").in_words(field.value) in said["cancer"]
        if field.concept == "drug" and field.details.get("status") == "current" and page == "clinician":
            assert str(field.value) in said["treatment"]
    if not any(f.concept == "allergy" and f.value != "not_stated" for f in profile.fields):
        assert "none" not in said["allergies"], "that no paper names an allergy does not mean that there is none"


@pytest.mark.parametrize("name", people())
def test_what_no_paper_can_know_is_never_answered(name: str) -> None:
    for page in ("clinician", "person"):
        said = answers(name, page)
        assert any(words in said["symptoms"] for words in NOT_KNOWN)
        assert "last dose: not in" in said["treatment"] or any(words in said["treatment"] for words in NOT_KNOWN)
