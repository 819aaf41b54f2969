"""Single ideas of the guard, each by a pair that must pass and a pair that must not."""

from __future__ import annotations

import pytest

from navaid.answers.verify.phrases import Phrases
from navaid.answers.verify.quantities import quantities
from navaid.answers.verify.rewrite import judge
from navaid.answers.verify.words import read
from navaid.errors import StarterInvalid


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8 out of 10 people", [(80, "percent")]),
        ("about 1 in 4 women", [(25, "percent")]),
        ("twenty-five percent of them", [(25, "percent")]),
        ("two thirds of them", [(66.66, "percent")]),
        ("for 3 to 5 years", [(3, "year"), (5, "year")]),
        ("half an hour before", [(30, "minute")]),
        ("by factors of 1.8 and 1.5", [(1.8, "fold"), (1.5, "fold")]),
        ("11,767 women", [(11767, "")]),
        ("82·5% were alive", [(82.5, "percent")]),
        ("HER2 and BRCA1 in one group", []),
        ("within the past year", [(1, "year")]),
    ],
)
def test_quantities(text: str, expected: list[tuple[float, str]]) -> None:
    found = [(quantity.value, quantity.unit) for quantity in quantities(read(text))]
    assert [unit for _, unit in found] == [unit for _, unit in expected]
    assert [value for value, _ in found] == pytest.approx([value for value, _ in expected], abs=0.02)


SAME = [
    ("Half of them (49.5%) felt better.", "About half of them felt better."),
    ("The dose was given every 12 months.", "The dose was given every year, that is every 12 months."),
    ("Relapse occurred in 19.6% of the patients.", "The cancer came back in about 20% of the patients."),
    ("The rash lasted 14 days.", "The rash lasted two weeks (14 days)."),
    ("Swelling did not differ between the two groups.", "Swelling was about the same in the two groups."),
    ("The cream failed to prevent the rash.", "The cream did not prevent the rash."),
    ("The cream was no better than water for the rash.", "For the rash, the cream was not better than water."),
    ("Women without lymphedema walked more.", "Women who were free of lymphedema walked more."),
    ("Surgery was longer with method A than with method B.", "Surgery was shorter with method B than with method A."),
    ("Pain is rarer after biopsy than after dissection.", "Pain is more common after dissection than after biopsy."),
    ("Because the tumor was large, chemotherapy came first.", "Chemotherapy came first because the tumor was big."),
    ("ER-positive, HER2-negative tumors grew slowly.", "Tumors that were ER+ and HER2- grew slowly."),
    ("Chemotherapy preceded surgery by two weeks.", "Chemo came two weeks before the operation (surgery)."),
    ("Tumors resistant to letrozole grew.", "Tumors that no longer responded to letrozole grew."),
    ("Data do not show whether women can skip the scan.", "Whether women can skip the scan is not known."),
    ("Scans after 4 years beat scans after 2 years.", "Compared with 2 years, scans after 4 years are better."),
    ("The trial was halted after a review showed harm.", "The trial was stopped because a review showed harm."),
    ("Forty-one women walked daily.", "41 women walked every day."),
]  # fmt: skip
OTHER = [
    ("Half of them (49.5%) felt better.", "About a third of them felt better."),
    ("Relapse occurred in 19.6% of the patients.", "The cancer came back in 20% of the patients."),
    ("Relapse occurred in 19.6% of the patients.", "The cancer came back in about 30% of the patients."),
    ("The rash lasted 14 days.", "The rash lasted 14 weeks."),
    ("At least 5 nodes were removed.", "At most 5 nodes were removed."),
    ("Swelling did not differ between the two groups.", "Swelling was worse in one of the two groups."),
    ("The cream failed to prevent the rash.", "The cream prevented the rash."),
    ("The cream was no better than water for the rash.", "The cream was better than water for the rash."),
    ("Surgery was longer with method A than with method B.", "Surgery was longer with method B than with method A."),
    ("Pain is rarer after biopsy than after dissection.", "Pain is rarer after dissection than after biopsy."),
    ("Because the tumor was large, chemotherapy came first.", "The tumor was large because chemotherapy came first."),
    ("ER-positive, HER2-negative tumors grew slowly.", "Tumors that were ER+ and HER2-low grew slowly."),
    ("Vinorelbine shrank tumors in 30% of patients.", "The drug shrank tumors in 30% of patients."),
    ("The scan is suggested only in women who carry the variant.", "The scan is suggested in women."),
    ("Scalp cooling eased hair loss.", "Scalp cooling is a safe way to ease hair loss."),
    ("Response was seen in 40% of the patients.", "A cure was seen in 40% of the patients."),
    ("Fatigue fell during the program.", "Fatigue fell after the program."),
    ("Itch fell with the cream and was the same with water.", "Itch was the same with the cream and fell with water."),
    ("Soy is better than rice for women with a womb.", "Soy is better than rice for women."),
    ("The nurse fills a form so that the clerk can copy it.", "The clerk fills a form so that the nurse can copy it."),
    ("Ferritin levels fell in the group on iron.", "Bilirubin levels fell in the group on iron."),
    ("The dose was 40 µg a day.", "The dose was 40 mg a day."),
    ("Low blood counts can lead to infection.", "Infection can lead to low blood counts."),
]  # fmt: skip


@pytest.mark.parametrize(("source", "rewrite"), SAME)
def test_the_same_in_other_words(source: str, rewrite: str) -> None:
    assert judge(source, rewrite).rules == ()


@pytest.mark.parametrize(("source", "rewrite"), OTHER)
def test_another_thing_in_like_words(source: str, rewrite: str) -> None:
    assert not judge(source, rewrite).accepted


def test_phrases_take_the_longest_and_hide_what_is_none() -> None:
    found = Phrases({"up": "more | rise*", "none": "no more than", "same": "as * as"}).find(
        "no more than two rises and more pain as bad as before".split()
    )
    assert found == [("up", 4, 5), ("up", 6, 7), ("same", 8, 11)]


def test_an_empty_phrase_is_refused() -> None:
    with pytest.raises(StarterInvalid, match="empty phrase"):
        Phrases({"up": "more | | rise"})
