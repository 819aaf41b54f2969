"""Each invented person's papers give the profile that they state, and leave open what they leave open.

`known` in an about.yaml lists what is known to be read wrongly (`missed`, `invented`); whoever mends one of them takes
"""

from __future__ import annotations

import pytest
from tests.journeys.written_people import Fact, about, fact, facts_of, people, person, questions

DECISIVE = frozenset(
    "diagnosis histology er.status pr.status her2.status her2.ihc her2.ish nodes.positive stage.group metastasis.site "
    "drug radiation menopause pregnancy sex".split()
)
"""Concepts of which a profile may say no more than about.yaml; genes as well."""


def _known(name: str, kind: str) -> frozenset[Fact]:
    return frozenset(fact(*row) for row in about(name).get("known", {}).get(kind, ()))


@pytest.mark.parametrize("name", people())
def test_profile_states_what_the_papers_say(name: str) -> None:
    stated = {fact(*row) for row in about(name)["facts"]}
    assert not sorted(stated - facts_of(person(name).profile) - _known(name, "missed"))


@pytest.mark.parametrize("name", people())
def test_profile_says_nothing_decisive_that_the_papers_do_not_say(name: str) -> None:
    stated = {fact(*row) for row in about(name)["facts"]}
    held = {each for each in facts_of(person(name).profile) if each[1] != "not_stated"}
    decisive = {each for each in held if each[0] in DECISIVE or each[0].startswith("gene.")}
    assert not sorted(decisive - stated - _known(name, "invented"))


@pytest.mark.parametrize("name", [name for name in people() if "open" in about(name)])
def test_profile_leaves_open_what_the_papers_leave_open(name: str) -> None:
    """What is planned or denied says nothing of what is."""
    left_open, known = about(name)["open"], _known(name, "invented")
    held = {each for each in facts_of(person(name).profile) if each[0] in left_open and each[1] != "not_stated"}
    assert not sorted(each for each in held - known if each[2] == "present")


@pytest.mark.parametrize("name", people())
def test_papers_of_one_person_bear_one_birth_date(name: str) -> None:
    assert len({reading.header.birth_date for reading in person(name).readings} - {None}) == 1


def test_there_are_enough_people_and_questions() -> None:
    assert len(people()) >= 14
    assert len(questions()) == 20
    assert all(1 <= len(person(name).readings) <= 4 for name in people())
