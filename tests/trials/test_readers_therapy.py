"""What was given before, how many lines of it, how long ago, and what the cancer did under it, in lines of our own."""

from __future__ import annotations

import pytest
from tests.trials.asked_of import NONE_OTHER, Facts, asked, label, read

from navaid.terms import Label

MET, NOT_MET, UNKNOWN = Label.MET, Label.NOT_MET, Label.UNKNOWN


def _had(*values: str) -> Facts:
    return dict.fromkeys(("drug", "drug_class", "progression", "radiation", "surgery"), (*values, NONE_OTHER))


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("Prior treatment with a CDK4/6 inhibitor", _had("cdk4_6_inhibitor"), MET),
        ("Prior treatment with a CDK4/6 inhibitor", _had(), NOT_MET),
        ("Previously received T-DM1", _had("trastuzumab_emtansine"), MET),
        ("Prior anthracycline and taxane", _had("taxane"), NOT_MET),
        ("Prior anthracycline or taxane", _had("taxane"), MET),
        ("Chemotherapy-naive", _had("chemotherapy"), NOT_MET),
        ("Previously untreated with any chemotherapy", _had("chemotherapy"), NOT_MET),
        ("Previously untreated with any chemotherapy", _had(), MET),
        ("At least one prior endocrine therapy", _had("endocrine_therapy"), MET),
        # How many is asked, which having had it or not does not say.
        ("No more than one prior chemotherapy", _had(), UNKNOWN),
        ("Will receive paclitaxel", _had("paclitaxel"), UNKNOWN),
        ("Currently on tamoxifen", _had("tamoxifen"), UNKNOWN),
        ("Eligible for treatment with pembrolizumab", _had("pembrolizumab"), UNKNOWN),
        ("Hypersensitivity to paclitaxel", _had("paclitaxel"), UNKNOWN),
        ("History of radiation pneumonitis", _had("any"), UNKNOWN),
        ("To be treated with palbociclib", _had("palbociclib"), UNKNOWN),
        # "Systemic treatment" without a word of cancer is as often one of an autoimmune disease.
        ("Autoimmune disease under systemic treatment in the past 2 years", _had("systemic_therapy"), UNKNOWN),
    ],
)
def test_had(text: str, facts: Facts, expected: Label) -> None:
    assert label(text, facts) is expected


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("Chemotherapy within 3 weeks of the first dose of study drug", 21),
        ("Radiotherapy ≤ 14 days before enrolment", 14),
        ("Major surgery within the last 28 days", 28),
        ("Less than 4 weeks since prior chemotherapy", 28),
    ],
)
def test_washout_as_exclusion(text: str, within: int) -> None:
    (predicate,) = asked(read(text, "exclusion"))
    assert (predicate.op, predicate.within_days) == ("had", within)
    assert label(text, _had(), "exclusion") is NOT_MET


def test_washout_as_demand() -> None:
    text = "At least 4 weeks since prior chemotherapy, radiotherapy or surgery"
    assert {predicate.within_days for predicate in asked(read(text))} == {28}
    assert label(text, _had()) is MET
    assert label(text, _had("chemotherapy")) is NOT_MET


@pytest.mark.parametrize(
    "text",
    [
        "Chemotherapy within 5 half-lives of the study drug",
        "Contraception for 6 months after the last dose of paclitaxel",
        "Prior systemic therapy within 14 days or 5 half-lives, whichever is shorter",
    ],
)
def test_what_cannot_be_counted_stays_open(text: str) -> None:
    assert label(text, _had("chemotherapy", "systemic_therapy", "paclitaxel"), "exclusion") is UNKNOWN


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("Prior chemotherapy for metastatic disease", "metastatic"),
        ("Prior chemotherapy for locally advanced or metastatic breast cancer", "advanced"),
        ("Prior chemotherapy in the adjuvant setting", "adjuvant"),
        ("Received neoadjuvant chemotherapy", "neoadjuvant"),
        ("Received prior (neo)adjuvant chemotherapy", "early"),
        ("Prior chemotherapy", None),
    ],
)
def test_setting(text: str, setting: str | None) -> None:
    (predicate,) = asked(read(text))
    assert predicate.qualifiers.get("setting") == setting


@pytest.mark.parametrize(
    ("text", "lines", "expected"),
    [
        ("At least one prior line of chemotherapy for metastatic disease", 0, NOT_MET),
        ("At least one prior line of chemotherapy for metastatic disease", 1, MET),
        ("No more than two prior lines of therapy", 3, NOT_MET),
        ("Up to 2 prior lines of chemotherapy are allowed", 2, MET),
        ("May have received up to 2 prior lines of chemotherapy", 3, NOT_MET),
        ("May have received one prior line of chemotherapy", 0, UNKNOWN),
        ("1 to 3 prior lines of therapy", 4, NOT_MET),
        ("1-3 prior regimens", 2, MET),
        ("More than one prior line of chemotherapy", 1, NOT_MET),
        ("Two or more prior chemotherapy regimens", 2, MET),
        ("Must not have received more than 2 lines of therapy", 3, NOT_MET),
        ("No prior lines of chemotherapy", 1, NOT_MET),
        ("No limit on the number of prior lines of therapy", 9, UNKNOWN),
    ],
)
def test_lines(text: str, lines: int, expected: Label) -> None:
    assert label(text, {"lines": lines}) is expected


def test_lines_say_of_what_and_when() -> None:
    (predicate,) = asked(read("At least two prior lines of endocrine therapy in the metastatic setting"))
    assert predicate.qualifiers == {"of": "endocrine_therapy", "setting": "metastatic"}


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("Progression on or after a CDK4/6 inhibitor", {"progression": ("cdk4_6_inhibitor",)}, MET),
        ("Progressed during prior trastuzumab", {"progression": (NONE_OTHER,)}, NOT_MET),
        ("Refractory to trastuzumab", {"progression": (NONE_OTHER,), "drug": (NONE_OTHER,)}, NOT_MET),
        # How soon after it is not known of a person: it narrows.
        ("Progression within 6 months of completing a taxane", {"progression": ("taxane",)}, UNKNOWN),
        ("Relapse or progression within 6 months of a taxane", {"recurrence": "distant"}, UNKNOWN),
    ],
)
def test_progression(text: str, facts: Facts, expected: Label) -> None:
    assert label(text, facts) is expected
