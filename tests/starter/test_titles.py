"""Titles of one work as publishers write them, and titles of two works that differ in little."""

from __future__ import annotations

import pytest

from navaid.starter.titles import plain, same


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Randomised trial of oestrogen and anaemia", "Randomized Trial of Estrogen and Anemia"),
        ("Phase II trial of follow-up", "Phase 2 trial of followup"),
        ("Size of tumours (SIZE-1)", "Size of tumors."),
        ("Size of tumours", "[Size of tumours]."),
        ("T cells versus T-cells & more", "T cells vs T cells and more"),
        ("PI3Kα inhibitors", "PI3K&alpha; inhibitors"),
        ("HER2+ disease", "HER2<sup>+</sup> disease"),
        ("Tumours of <2 cm in size", "Tumours of &lt;2 cm in size"),
        ("Patients’ own words", "Patients' own words"),
    ],
)
def test_one_work(ours: str, theirs: str) -> None:
    assert same(ours, [theirs])
    assert same(theirs, [ours])


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Overall survival with ribociclib in a phase 3 trial", "Overall survival with palbociclib in a phase 3 trial"),
        ("Side effects of filgrastim in adults", "Side effects of pegfilgrastim in adults"),
        ("Overall survival in a phase 3 trial of women", "Overall survival in a phase 2 trial of women"),
        ("Cancer risks of BRCA1 in families", "Cancer risks of BRCA2 in families"),
        ("Prevention (IBIS): first results of the trial", "Prevention (IBIS): long-term results of the trial"),
        ("Ten years of data on arm care (ARM-2)", "Ten years of data on arm care (ARM-3)"),
        ("Breast Cancer Screening", "Breast Cancer"),
        ("Preoperative care", "Postoperative care"),
        ("Arm care", ""),
        ("", ""),
        ("***", "..."),
    ],
)
def test_two_works(ours: str, theirs: str) -> None:
    assert not same(ours, [theirs])
    assert not same(theirs, [ours], page=True)


def test_the_name_of_a_site_is_no_part_of_a_title() -> None:
    assert same("Arm care", ["Arm care - A Clinic"], page=True)
    assert not same("Arm care", ["Hand care - A Clinic"], page=True)


def test_plain_has_no_signs_that_a_terminal_obeys() -> None:
    assert plain("A\x1b[2J\x9b1mB\u202e\n C") == "A [2J 1mB C"
