"""Where a sentence ends in medical prose."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from navaid.library.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


# Each row is the list of sentences that the joined text must be cut into.
@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(["The lump grew.", "See your doctor."], id="plain"),
        pytest.param(["Did it help?", "Yes!", "Very much."], id="question and exclamation marks"),
        pytest.param(["Dr. Lee and Mrs. Okoro met Prof. Diaz.", "They agreed."], id="titles"),
        pytest.param(["Drs. Ng and Roy wrote it."], id="titles of two"),
        pytest.param(["Some drugs, e.g. Herceptin, i.e. Antibodies, help.", "Others do not."], id="e.g. and i.e."),
        pytest.param(["It was chemotherapy vs. Surgery alone.", "Both worked."], id="vs."),
        pytest.param(["About 2.5 cm and 0.05 mg.", "Then 10.5%."], id="decimals"),
        pytest.param(["The difference was clear (P < .001).", "It lasted."], id="decimal that begins with its point"),
        pytest.param(["The growth was E. coli.", "It was treated."], id="name of a bacterium"),
        pytest.param(["They found E. coli and S. aureus in 3 of 40.", "None died."], id="two bacteria"),
        pytest.param(["The tumour was HER2 3+.", "It was ER-negative."], id="a staining score"),
        pytest.param(["It was ER+.", "It was PR-."], id="signs before the full stop"),
        pytest.param(["J. R. Smith and M. Jones wrote it.", "It is short."], id="initials"),
        pytest.param(["The lead author is James C. Yang of Boston.", "He agrees."], id="an initial within a name"),
        pytest.param(["Ask about vitamin D.", "Then rest."], id="vitamin D"),
        pytest.param(["The cancer was stage I.", "Surgery was enough."], id="stage I"),
        pytest.param(["It was hepatitis B.", "The test was repeated."], id="hepatitis B"),
        pytest.param(["The U.S. Food and Drug Administration approved it.", "It is new."], id="U.S. with a name"),
        pytest.param(["It is approved in the U.S.", "The drug is new."], id="U.S. at the end"),
        pytest.param(["M.D. Anderson Cancer Center ran it.", "It ended."], id="M.D. in a name"),
        pytest.param(["Ann Roy, Ph.D., M.D.", "She leads the team."], id="degrees at the end"),
        pytest.param(["Smith et al. (2019) found none.", "Others did."], id="et al. with a year"),
        pytest.param(["See Fig. 2 and ref. 5.", "It shows Jan. 2020 only."], id="pointers to numbers"),
        pytest.param(["Is it safe?", "No.", "It is not."], id="no is also an answer"),
        pytest.param(["1. Rest.", "2. Drink water."], id="numbered items"),
        pytest.param(["The cells were grade 1.", "Grade 1 cells grow slowly."], id="a number at the end"),
        pytest.param(["She said “Stop.”", "Then she left."], id="curly quotes"),
        pytest.param(['He asked "Why?"', "Nobody knew."], id="straight quotes"),
        pytest.param(["(See the table below.)", "It has three rows."], id="a sentence in brackets"),
        pytest.param(["She waited...", "Then she slept."], id="ellipsis before a new sentence"),
        pytest.param(["She waited... and slept."], id="ellipsis within a sentence"),
        pytest.param(["It was lost.", "p53 was kept.", "mRNA rose."], id="sentences that open in lower case"),
        pytest.param(["It helps most people.[3]", "It harms few.[4,5]", "Ask."], id="reference marks"),
        pytest.param(["The change is BRCA1 c.68_69del.", "It is inherited."], id="names of variants"),
        pytest.param(["Read www.cancer.gov today.", "It is free."], id="an address"),
    ],
)
def test_cut(wanted: list[str]) -> None:
    assert sentences(" ".join(wanted)) == wanted


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_nothing_has_no_sentence(text: str) -> None:
    assert sentence_spans(text) == []


def test_only_the_given_part_is_read() -> None:
    text = "One. Two. Three. Four."
    assert [text[a:b] for a, b in sentence_spans(text, 5, 16)] == ["Two.", "Three."]


@given(st.text(alphabet=st.sampled_from("aA1.!? \n”)(U.S.e.g é[]-"), max_size=60))
def test_every_sign_lies_in_exactly_one_sentence(text: str) -> None:
    spans = sentence_spans(text)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(text[a:b] == text[a:b].strip() for a, b in spans)


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_a_part_of_any_text_is_cut_within_its_bounds(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    spans = sentence_spans(text, start, end)
    assert all(start <= a < b <= end for a, b in spans)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text[start:end].split())
