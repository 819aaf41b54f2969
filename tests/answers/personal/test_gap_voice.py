"""Gaps as the person reads them: in their own voice, by name, and not of tests that still run."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from msgspec.structs import replace

from navaid import starter
from navaid.answers.personal import gaps
from navaid.answers.personal.because import because
from navaid.terms import Applies, Field, FieldState, Finding, Fitting, How, Predicate, Profile, Provenance
from navaid.trials.concepts import trial_concepts
from navaid.trials.match import told
from navaid.trials.match.facts import Facts
from navaid.trials.match.tables import table

DAY = dt.date(2026, 11, 28)
DATA = starter.load()


def _finding(words: str, concept: str, value: str) -> Finding:
    source = Provenance(file="FILE:a", page=1, start=0, end=len(words), words=words, how=How.TEXT_LAYER)
    return Finding(concept=concept, value=value, source=source, rule="test")


def _facts(*fields: Field, findings: tuple[Finding, ...] = ()) -> Facts:
    return Facts(Profile(name="Ana", made=DAY, fields=fields, tumours=(), findings=findings), DAY)


def _field(concept: str, value: str, **more: object) -> Field:
    return replace(Field(concept=concept, value=value, state=FieldState.UNCONFIRMED), **more)


def _open(concept: str, *, reason: str = "", question: str = "") -> Fitting:
    return Fitting(claim="a", applies=Applies.MAY_APPLY, concepts=(concept,), reasons=(reason,), questions=(question,))


def test_every_question_can_be_put_in_the_persons_own_voice() -> None:
    asked = [*table("questions")["questions"].values(), *(row.ask for row in trial_concepts().values())]
    for text in asked:
        mine = told.as_mine(text)
        assert not re.search(r"\b[Yy]ou(?:rs?)?\b", mine), mine
        assert not re.search(r"\b(?:are|were|have) I (?:is|are)\b|\b[Aa]re I\b|\bI are\b|\bI were\b", mine), mine


@pytest.mark.parametrize(
    ("asked", "mine"),
    [
        ("Have you had this operation, and when: mastectomy?", "Have I had this operation, and when: mastectomy?"),
        ("Are you pregnant or breastfeeding?", "Am I pregnant or breastfeeding?"),
        ("What is the ER result of your tumor, in percent?", "What is the ER result of my tumor, in percent?"),
    ],
)
def test_a_question_to_the_person_becomes_theirs(asked: str, mine: str) -> None:
    assert told.as_mine(asked) == mine


def test_a_gap_names_what_the_sentence_asks_for() -> None:
    reason = "Your papers do not say: kind of treatment (chemotherapy)."
    (gap,) = gaps.of_answer([_open("drug_class", reason=reason)], _facts(_field("er.status", "positive")), DATA)
    assert "chemotherapy" in gap.said
    assert gap.ask.startswith("Have I had")


def test_a_thing_of_which_there_may_be_several_is_asked_for_in_a_whole_sentence() -> None:
    bare = Predicate(concept="metastasis.site", op="is", values=())
    assert told.missing(bare) == "Your papers do not say: whether and where the cancer has spread."
    assert told.question(bare) == "Has a scan or biopsy shown cancer in other places, and if so where?"


def test_an_answer_asks_for_a_result_that_is_on_its_way_and_not_for_the_test() -> None:
    findings = (_finding("PIK3CA has been sent", "gene.PIK3CA.somatic", "pending"),)
    facts = _facts(
        _field("metastasis.site", "liver"),
        _field("er.status", "positive"),
        _field("her2.status", "negative"),
        _field("gene.PIK3CA.somatic", "pending", findings=(0,)),
        findings=findings,
    )
    (gap,) = gaps.of_answer([_open("gene.PIK3CA.somatic")], facts, DATA)
    assert gap.id == "pending.gene.PIK3CA.somatic"
    assert gap.ask.startswith("Has this result come")


def test_a_page_shaped_by_papers_that_disagree_quotes_both() -> None:
    findings = (
        _finding("HER2: NEGATIVE", "her2.status", "negative"),
        _finding("HER2: POSITIVE", "her2.status", "positive"),
    )
    clash = _field("her2.status", "negative", state=FieldState.CONFLICT, other=("positive",), findings=(0, 1))
    facts = _facts(clash, findings=findings)
    fitting = Fitting(claim="a", applies=Applies.MAY_APPLY, concepts=("her2.status",), findings=(0,))
    (said,) = because([fitting], facts)
    assert said.startswith("Your papers do not agree")
    assert "HER2: NEGATIVE" in said
    assert "HER2: POSITIVE" in said


def test_nobody_asks_a_pregnant_woman_about_her_menopause() -> None:
    told_ = [_field("diagnosis", "invasive_breast_cancer"), _field("er.status", "positive")]
    asked = {gap.id for gap in gaps.of_profile(_facts(*told_).profile, _facts(*told_), DATA)}
    pregnant = _facts(*told_, _field("pregnancy", "pregnant", date=DAY))
    assert "menopause" in asked
    assert "menopause" not in {gap.id for gap in gaps.of_profile(pregnant.profile, pregnant, DATA)}
