"""Judging ends soon whatever the text: random words of the tables' own kind, runs of one sign, and any characters."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from navaid.answers.verify.rewrite import judge

BITS = (
    "no not without never than less more half one two 5 12.5 % mg years before after tamoxifen women men because so if "
    "and but only may might will HER2 ER(+) n't compared with in women live longer as well - -- ( ) [1] <a = ≥ µ · é "
    "triple negative non unless median cancer the of it . , ; :"
).split()
SOON = timedelta(seconds=2)  # a shared machine may be slow; without bounds some of these took minutes
TEXTS = st.one_of(
    st.lists(st.sampled_from(BITS), max_size=200).map(" ".join),
    st.lists(st.sampled_from(BITS), max_size=80).map("".join),
    st.text(max_size=600),
    st.builds(lambda bit, times: bit * times, st.sampled_from(BITS), st.integers(1, 20_000)),
    st.builds(lambda bit, times: f"{bit} " * times, st.sampled_from(BITS), st.integers(1, 8_000)),
)


@settings(deadline=SOON, max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(source=TEXTS, rewrite=TEXTS)
def test_any_pair_is_judged_soon(source: str, rewrite: str) -> None:
    found = judge(source, rewrite)
    assert found.accepted == (not found.rules)


@settings(deadline=SOON, max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS)
def test_any_text_is_judged_soon_against_itself(text: str) -> None:
    found = judge(text, text)
    assert found.accepted == (not found.rules)
    assert all(broken.rule for broken in found.rules)


@pytest.mark.parametrize("text", ["no ", "than ", "<a", "not ", "without ", "can not "])
def test_a_text_without_end_is_refused_for_its_length(text: str) -> None:
    long = text * 10_000
    assert [broken.rule for broken in judge(long, long).rules] == ["length"]
