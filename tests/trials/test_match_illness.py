"""Illnesses and values in a short account: denied wholly, denied in part, told as multiples of a limit."""

from __future__ import annotations

import datetime as dt

import pytest

from navaid.terms import Header, Label, Predicate, Reading, Study
from navaid.trials.match.ask import ask
from navaid.trials.match.facts import Facts
from navaid.trials.match.match import match
from navaid.trials.match.note import profile_of
from navaid.trials.match.papers import names


def _asked(note: str, concept: str, op: str, *values: str | float, words: str = "", **more: object) -> Label:
    facts = Facts(profile_of(note, today=dt.date(2026, 1, 15)))
    facts.reading(words)
    return ask(facts, Predicate(concept=concept, op=op, values=values, **more)).label  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("note", "value", "words", "label"),
    [
        ("No history of interstitial lung disease.", "ild", "", Label.NOT_MET),
        ("No uncontrolled hypertension.", "hypertension", "hypertension", Label.UNKNOWN),
        ("No uncontrolled hypertension.", "hypertension", "uncontrolled hypertension", Label.NOT_MET),
        ("No active infection.", "infection", "infection requiring antibiotics", Label.NOT_MET),
        ("Heart failure.", "heart_failure", "", Label.MET),
        ("Her father had heart failure.", "heart_failure", "", Label.UNKNOWN),
    ],
)
def test_illness(note: str, value: str, words: str, label: Label) -> None:
    assert _asked(note, "comorbidity", "had", value, words=words) is label


def test_values_as_multiples_of_the_limit() -> None:
    note = "Bilirubin 1.2 x ULN, AST and ALT below twice the upper limit of normal. Creatinine was normal."
    limit = {"qualifiers": {"of": "ULN"}}
    assert _asked(note, "lab.bilirubin", "at_most", 1.5, **limit) is Label.MET
    assert _asked(note, "lab.bilirubin", "at_most", 1.0, **limit) is Label.NOT_MET
    assert _asked(note, "lab.bilirubin", "at_most", 1.5, unit="mg/dL") is Label.UNKNOWN
    assert _asked(note, "lab.alt", "at_most", 2.5, **limit) is Label.MET
    assert _asked(note, "lab.alt", "at_most", 1.5, **limit) is Label.UNKNOWN
    assert _asked(note, "lab.creatinine", "at_most", 1.5, **limit) is Label.MET


def test_no_known_allergy_to_one_drug_is_no_denial_of_all() -> None:
    assert _asked("No known allergies to penicillin.", "allergy", "had", "paclitaxel") is Label.UNKNOWN
    assert _asked("No known drug allergies.", "allergy", "had", "paclitaxel") is Label.NOT_MET


def test_a_paper_is_called_by_its_type_and_day() -> None:
    profile = profile_of("ECOG 1.", today=dt.date(2026, 1, 15))
    header = Header(type="pathology", date=dt.date(2024, 3, 3))
    reading = Reading(file=profile.files[0], path="", name="", header=header, findings=())
    study = Study(nct_id="NCT00000000", brief_title="", eligibility_criteria="* ECOG performance status 0-1")
    found = match(study, profile, papers=names([reading]))
    assert found.judgements[0].reason.startswith("Your pathology report of 3 March 2024 says “ECOG 1”")
