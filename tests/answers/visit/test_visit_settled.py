"""Questions of general lists that a person's papers answer already, that come too early, or that are not for them."""

from __future__ import annotations

import datetime as dt

import pytest

from navaid.answers.visit.settled import settled
from navaid.terms import Field, FieldState, Profile, Value
from navaid.trials.match.facts import Facts

DAY = dt.date(2026, 11, 28)
MARGINS = "Were my margins clear, close or positive, and do I need more surgery?"
EGGS = "Can eggs, embryos or tissue be frozen, and is that safe with my cancer?"
GRADE = "What grade is my DCIS, and does it have hormone receptors?"
OVARIES = "Would shutting down my ovaries lower my own risk enough to be worth the side effects?"


def _facts(told: dict[str, Value]) -> Facts:
    fields = tuple(Field(concept=name, value=value, state=FieldState.UNCONFIRMED) for name, value in told.items())
    return Facts(Profile(name="Ana", made=DAY, fields=fields, tumours=(), findings=()), DAY)


@pytest.mark.parametrize(
    ("question", "told", "left"),
    [
        (MARGINS, {"ct": "T2"}, True),
        (MARGINS, {"ct": "T2", "surgery": "core_biopsy"}, True),
        (MARGINS, {"ct": "T2", "surgery": "lumpectomy"}, False),
        (MARGINS, {"surgery": "lumpectomy", "margins.status": "negative"}, True),
        (MARGINS, {}, False),
        (EGGS, {"pregnancy": "pregnant"}, True),
        (EGGS, {"age": 33}, False),
        (OVARIES, {"menopause": "post"}, True),
        (OVARIES, {"menopause": "pre"}, False),
        ("Which side effects of tamoxifen should I call you about right away?", {"drug": "letrozole"}, True),
        ("Which side effects of tamoxifen should I call you about right away?", {"drug": "tamoxifen"}, False),
        (GRADE, {"dcis.grade": 2, "er.status": "positive"}, True),
        (GRADE, {"er.status": "positive"}, False),
    ],
)
def test_a_question_that_is_not_open_here_is_left_out(question: str, told: dict[str, Value], left: bool) -> None:
    assert settled(question, _facts(told)) is left
