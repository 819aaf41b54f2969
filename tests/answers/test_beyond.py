"""What no library can answer is said to be open, with the reason; what it can answer is not held back."""

from __future__ import annotations

import pytest

from navaid.answers import beyond, plan


def reasons(text: str) -> list[str]:
    return [one.reason for one in beyond.parts(plan.plan(text))]


def test_a_prognosis_for_one_person_is_withheld_but_not_the_rest() -> None:
    (open_part,) = beyond.parts(plan.plan("What is triple-negative breast cancer? Will I be alive in five years?"))
    assert open_part.part == "Will I be alive in five years?"
    assert open_part.reason == "Nobody can say what will happen to one person."


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("can you look at my mammogram and say what the white dot is", "scan"),
        ("the mri in the portal lists two spots, are these malignant", "scan"),
        ("why did my wife get breast cancer, nobody in the family had it", "caused"),
        ("what exactly caused mine", "caused"),
        ("is doctor Okafor a good oncologist", "hospitals"),
        ("which hospital is the best for reconstruction in Leeds", "hospitals"),
        ("how much will my Aetna plan charge for radiation", "plan"),
        ("will my insurance cover a second mammogram", "plan"),
        ("when will the FDA approve a vaccine against breast cancer", "later"),
        ("which drugs for triple-negative will be approved in 2031", "later"),
    ],
)
def test_what_nobody_can_know_from_a_library_is_said_to_be_open(text: str, word: str) -> None:
    (reason,) = reasons(text)
    assert word in reason


@pytest.mark.parametrize(
    "text",
    [
        "what causes breast cancer",
        "how is a mammogram read, and what does BI-RADS 4 mean",
        "is a hard lump a sign of cancer",
        "how do I find a good surgeon",
        "what does insurance usually pay for in a clinical trial",
        "which drugs were approved for HER2-low breast cancer",
        "does a normal ultrasound mean it is not cancer",
        "my doctor says I need chemo, what are the side effects",
    ],
)
def test_what_a_library_can_answer_is_not_held_back(text: str) -> None:
    assert not reasons(text)
