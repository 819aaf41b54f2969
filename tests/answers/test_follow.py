"""A follow-up question gets the subject of the one before, and only where its words lean on it."""

from __future__ import annotations

import pytest

from navaid.answers.follow import follow

BEFORE = "What is Enhertu?"


@pytest.mark.parametrize(
    "text",
    [
        "and what are the side effects?",
        "what about hair loss?",
        "how long do I take it?",
        "who is it for?",
        "what are the risks",
        "how much does it cost?",
        "Will I lose my hair?",
        "is it better than tamoxifen?",
        "tell me more",
    ],
)
def test_words_that_lean_on_what_came_before_get_its_subject(text: str) -> None:
    made = follow(text, BEFORE)
    assert made.startswith(text.rstrip("?"))
    assert "(Enhertu)" in made


@pytest.mark.parametrize(
    "text",
    [
        "What does HER2-low mean?",
        "how do I tell my kids?",
        "What is a PET scan?",
        "Can I eat grapefruit?",
        "Is zelpriciclib safe?",
        "What helps with fear at night, when everybody else in the house has been asleep for hours?",
    ],
)
def test_a_question_with_a_subject_of_its_own_stays_as_it_is(text: str) -> None:
    assert follow(text, BEFORE) == text


@pytest.mark.parametrize(
    "text",
    [
        "I have a fever of 39 on it, what now?",
        "This is too much, I want to die",
        "my husband hits me when it makes me tired, what can I do?",
    ],
)
def test_what_must_be_answered_first_is_left_alone(text: str) -> None:
    assert follow(text, BEFORE) == text


def test_nothing_is_added_where_the_one_before_names_nothing_or_too_much() -> None:
    assert follow("and the side effects?", "What should I ask my doctor?") == "and the side effects?"
    many = "How do tamoxifen, letrozole, anastrozole and fulvestrant differ?"
    assert follow("which is better?", many) == "which is better?"


def test_two_things_that_were_weighed_are_both_the_subject() -> None:
    assert follow("which is better?", "Lumpectomy or mastectomy?") == "which is better (Lumpectomy, mastectomy)?"


def test_the_subject_goes_on_through_several_questions() -> None:
    first = follow("and the side effects?", BEFORE)
    assert follow("how long do they last?", first) == "how long do they last (Enhertu)?"
