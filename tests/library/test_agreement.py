"""Numbers, names and denial: what must agree between a sentence of ours and its source."""

from __future__ import annotations

import pytest

from navaid.library.agreement import contradicts, missing_names, missing_numbers, numbers


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("six of 20 women", {"6", "20"}),
        ("1,200 women and 0.50 mg", {"1200", "0.5"}),
        ("twenty-eight days", {"28"}),
        ("a two-year study", {"2"}),
        ("two-thirds", {"2"}),
        ("half of them", {"50"}),
        ("30% or 30 in 100", {"30", "100"}),
        ("$475,000", {"475000"}),
        ("from 2017-2019, 10–20%", {"2017", "2019", "10", "20"}),
        ("007", {"7"}),
        ("2.50 and 100", {"2.5", "100"}),
        ("HER2 CD19 PD-L1 B7-H3 T4 p53 MUC1 GD2 COVID-19 IL-6 NCT04020575", set()),
        ("CDK4/6 and BRCA1/2", set()),
        ("HER2 3+ and ER 2+", {"3+", "2+"}),
        ("50+ women", {"50"}),
        ("a tenth of freight, someone, weighty", set()),
        ("", set()),
    ],
)
def test_numbers(text: str, stated: set[str]) -> None:
    assert numbers(text) == stated


@pytest.mark.parametrize(
    ("ours", "source", "missing"),
    [
        ("About 30 in 100 people were well.", "30% were well.", set()),
        ("About 30 in 100 people were well.", "30 percent were well.", set()),
        ("About 30 in 100 people were well.", "30 were well.", {"100"}),
        ("About 31 in 100 people were well.", "30% were well.", {"31"}),
        ("One woman of six was well.", "Six women took part.", set()),
        ("Six women took part.", "6 women took part.", set()),
        ("6 women took part.", "Six women took part.", set()),
        ("Twenty-one women took part.", "Twenty women took part.", {"21"}),
        ("Twenty-one women took part.", "21 women took part.", set()),
        ("Half of the women were well.", "50% of the women were well.", set()),
        ("It was found in 2017.", "It was found.", {"2017"}),
        ("The drug costs 475,000 dollars.", "It costs $475,000.", set()),
        ("It is for HER2 3+ tumours.", "It is for HER2 2+ tumours.", {"3+"}),
        ("It is for HER2 3+ tumours.", "It is for HER2-positive (IHC 3+) tumours.", set()),
        ("HER2 and CD19 are marks.", "The marks are proteins.", set()),
    ],
)
def test_missing_numbers(ours: str, source: str, missing: set[str]) -> None:
    assert missing_numbers(ours, source) == missing


@pytest.mark.parametrize(
    ("ours", "source", "missing"),
    [
        ("Herceptin can harm the heart.", "Trastuzumab can harm the heart.", set()),
        ("Trastuzumab can harm the heart.", "Herceptin can harm the heart.", set()),
        ("Herceptin can harm the heart.", "Pertuzumab can harm the heart.", {"trastuzumab"}),
        ("Palbociclib lowers blood counts.", "CDK4/6 inhibitors lower blood counts.", {"palbociclib"}),
        ("CDK4/6 inhibitors lower blood counts.", "Palbociclib lowers blood counts.", set()),
        ("Rest helps.", "Herceptin can harm the heart.", set()),
    ],
)
def test_missing_names(ours: str, source: str, missing: set[str]) -> None:
    assert missing_names(ours, source) == missing


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It is approved.", "It is not approved."),
        ("The drug was safe.", "The drug was never safe."),
        ("Women can drive.", "Women cannot drive."),
        ("The trial showed benefit.", "The trial showed no benefit."),
        ("It doesn't spread.", "It may spread."),
        ("They were free of pain.", "They had pain."),
        ("She recovered without surgery.", "She recovered with surgery."),
    ],
)
def test_a_denial_on_one_side_contradicts_both_ways(one: str, other: str) -> None:
    assert contradicts(one, other)
    assert contradicts(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It is not approved.", "It is not approved in Europe."),
        ("It is approved.", "It is approved."),
        ("It is not approved.", "It is still experimental."),
        ("It is not painful, but it takes an hour.", "It takes an hour."),
        ("It is approved for leukemia.", "It is approved for leukemia but not for lymphoma."),
        ("Nothing is known.", "Little is known."),
        ("They were free of cancer 5 years later.", "They lived without any evidence of cancer 5 years later."),
        ("They were free from pain.", "They had no pain."),
    ],
)
def test_what_does_not_contradict(one: str, other: str) -> None:
    assert contradicts(one, other) == ""
    assert contradicts(other, one) == ""
