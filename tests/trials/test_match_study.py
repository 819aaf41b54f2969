"""A study held against a note: labels, reasons in plain words, questions, and the verdict."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import yaml

from navaid.terms import Fit, Judgement, Label, Match, Study
from navaid.trials.match.match import match
from navaid.trials.match.note import profile_of

TODAY = dt.date(2026, 1, 15)
NOTE = (
    "A 52-year-old postmenopausal woman with metastatic breast cancer, ER 90 %, HER2 IHC 1+. First-line letrozole with "
    "palbociclib, with progression. ECOG 1. No brain metastases."
)
GOLD = Path(__file__).parent / "judgements"


def _match(text: str, note: str = NOTE, **limits: object) -> Match:
    study = Study(nct_id="NCT00000000", brief_title="", eligibility_criteria=text, **limits)  # type: ignore[arg-type]
    return match(study, profile_of(note, today=TODAY))


def _only(text: str, note: str = NOTE) -> Judgement:
    (judgement,) = _match(text, note).judgements
    return judgement


def test_a_reason_quotes_the_profile_and_an_open_one_asks() -> None:
    met = _only("Inclusion Criteria:\n\n* ECOG performance status 0-1")
    assert (met.label, met.question) == (Label.MET, "")
    assert "“ECOG 1”" in met.reason
    assert met.reason.startswith("Your papers say")
    open_ = _only("Inclusion Criteria:\n\n* ECOG performance status 0-1", "Breast cancer.")
    assert open_.label is Label.UNKNOWN
    assert open_.question.endswith("?")


def test_what_is_not_understood_is_shown_and_stays_open() -> None:
    judgement = _only("Inclusion Criteria:\n\n* Owns a greenhouse with a glazed roof")
    assert judgement.label is Label.UNKNOWN
    assert "greenhouse" in judgement.reason


def test_the_verdict_follows_from_the_decisive_criteria() -> None:
    text = "Inclusion Criteria:\n\n* ECOG performance status 0-1\n\nExclusion Criteria:\n\n* Brain metastases"
    assert _match(text).verdict is Fit.FITS
    ruled_out = _match(text.replace("0-1", "0"))
    assert (ruled_out.verdict, ruled_out.decisive) == (Fit.DOES_NOT_FIT, (1,))
    applies = _match(text, NOTE.replace("No brain metastases", "Brain metastases, untreated"))
    assert (applies.verdict, applies.decisive) == (Fit.DOES_NOT_FIT, (2,))
    unknown = _match(text, "A woman with breast cancer.")
    assert (unknown.verdict, unknown.unknown) == (Fit.MAY_FIT, 2)


def test_a_study_without_criteria_may_fit() -> None:
    assert _match("").verdict is Fit.MAY_FIT


def test_limits_of_age_and_sex_are_criteria_of_number_nought() -> None:
    found = _match("", minimum_age_years=18.0, maximum_age_years=50.0, sex="FEMALE")
    assert [(each.criterion.number, each.label) for each in found.judgements] == [
        (0, Label.MET),
        (0, Label.NOT_MET),
        (0, Label.MET),
    ]
    assert found.verdict is Fit.DOES_NOT_FIT


def test_a_statement_of_one_cohort_never_rules_out_the_study() -> None:
    text = "Inclusion Criteria:\n\nCohort B only:\n\n* Triple-negative breast cancer"
    found = _match(text)
    assert found.judgements[0].label is not Label.MET
    assert found.verdict is Fit.MAY_FIT or not found.decisive


def test_judgements_by_hand_are_whole() -> None:
    profiles = {row["id"] for row in yaml.safe_load((GOLD / "profiles.yaml").read_text(encoding="utf-8"))}
    halves = {}
    for half in ("development", "held_out"):
        rows = [json.loads(line) for line in (GOLD / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()]
        halves[half] = {row["nct_id"] for row in rows}
        keys = {(row["nct_id"], row["number"], row["profile"]) for row in rows}
        assert len(keys) == len(rows) >= 200
        assert {row["profile"] for row in rows} <= profiles
        assert {row["label"] for row in rows} == {"met", "not_met", "unknown"}
        assert all(0 <= row["start"] < row["end"] and len(row["reason"].split()) < 12 for row in rows)
    assert not halves["development"] & halves["held_out"]


def test_hormone_receptors_together_answer_for_either_of_the_two() -> None:
    asked = "Inclusion Criteria:\n\n* ER-positive or PR-positive breast cancer"
    together = "A woman with hormone receptor-positive, HER2-negative breast cancer."
    assert _only(asked, together).label is Label.MET
    assert _only(asked, together.replace("positive", "negative", 1)).label is Label.NOT_MET
    one = "A woman with breast cancer, ER-negative."
    assert _only(asked, one).label is Label.UNKNOWN


def test_locally_advanced_and_unresectable_or_metastatic_asks_for_one_of_the_two() -> None:
    asked = "Inclusion Criteria:\n\n* Locally advanced and unresectable or metastatic breast cancer"
    assert _only(asked).label is Label.MET
    assert _only(asked, "A woman with breast cancer, cT1c cN0 cM0, stage IA.").label is Label.NOT_MET


def test_a_duty_of_some_women_asks_nothing_of_others() -> None:
    asked = "Inclusion Criteria:\n\n* Women of childbearing potential who are sexually active must use contraception."
    assert _only(asked, "A postmenopausal woman with breast cancer.").label is not Label.NOT_MET
    assert _only(asked, "A premenopausal woman with breast cancer.").label is Label.UNKNOWN


def test_unwilling_to_consent_is_the_opposite_of_consent() -> None:
    asked = "Exclusion Criteria:\n\n* Unwilling or unable to give written informed consent"
    assert _only(asked, "A woman with breast cancer who will provide informed consent.").label is not Label.MET
