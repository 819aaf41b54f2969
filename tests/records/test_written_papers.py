"""Made-up papers in many house styles (papers/): each is read as its facts say, and nothing of weight is invented.

`papers/known.yaml` lists what is known to go wrong, paper by paper; whoever mends one of them takes it out there.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from benchmarks.records_parts.written import PAPERS, Fact, Score, facts_of, in_group, rows, scores

KEY = ("er.status", "pr.status", "her2.status", "pt", "pn", "ct", "cn", "drug")


@cache
def _rows(name: str) -> dict[str, dict[str, Any]]:
    return {row["paper"]: row for row in rows(name)}


@cache
def _score(paper: str) -> Score:
    (found,) = scores((paper,))
    return found


def _known(paper: str) -> frozenset[Fact]:
    return facts_of(_rows("known.yaml").get(paper, {}).get("known", []))


def _key(facts: frozenset[Fact]) -> frozenset[Fact]:
    return frozenset(fact for fact in facts if fact[0] in KEY or in_group(fact[0], "genes"))


def test_every_paper_has_its_facts_and_none_is_without() -> None:
    assert sorted(_rows("facts.yaml")) == sorted(path.name for path in PAPERS.glob("*.txt"))
    assert set(_rows("known.yaml")) <= set(_rows("facts.yaml"))


@pytest.mark.parametrize("paper", sorted(path.name for path in PAPERS.glob("*.txt")))
def test_a_paper_is_read_as_its_facts_say(paper: str) -> None:
    score, known = _score(paper), _known(paper)
    assert not _key(score.missed) - known, "a receptor, T, N, drug or gene is missed"
    assert not _key(score.false) - known, "a receptor, T, N, drug or gene is said that the paper does not say"
    assert not score.invented - known, "the profile holds a value of which the paper says nothing"
    assert not score.wrong - known, "the profile holds another value than the paper says"


@pytest.mark.parametrize("said", ["leaflet", "insurance"])
def test_papers_about_nobody_give_a_profile_without_values(said: str) -> None:
    """The papers whose facts are empty and whose names say that they are leaflets or letters of an insurer."""
    named = {"leaflet": "leaflet", "insurance": ("insurance", "denial")}[said]
    words = (named,) if isinstance(named, str) else named
    papers = [row for row in _rows("facts.yaml") if any(word in row for word in words)]
    assert papers
    for paper in papers:
        assert not _score(paper).false, paper
