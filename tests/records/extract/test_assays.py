import time

import pytest

from navaid.records.extract.assays import find
from navaid.records.extract.view import View
from navaid.records.paper import Page, Paper
from navaid.terms import Assertion, Finding, How


def read(text: str) -> list[Finding]:
    page = Page(number=1, start=0, end=len(text), how=How.PLAIN)
    paper = Paper(id="FILE:0", path="", name="", media_type="text/plain", text=text, pages=(page,))
    found = list(find(View(paper)))
    assert all(text[f.source.start : f.source.end] == f.source.words for f in found)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oncotype RS 18", {("oncotype.score", 18)}),
        ("Oncotype DX recurrence score was 31 (high risk).", {("oncotype.score", 31), ("oncotype.risk", "high")}),
        ("Low Oncotype score of 9", {("oncotype.score", 9), ("oncotype.risk", "low")}),
        ("Oncotype was low at 8.", {("oncotype.score", 8), ("oncotype.risk", "low")}),
        ("Oncotype Dx (12/2018): 20", {("oncotype.score", 20)}),
        ("Recurrence Score: 0", {("oncotype.score", 0)}),
        ("ONCOTYPE. RESULT: = 14. WOMEN WITH A SCORE OF 14 DID WELL", {("oncotype.score", 14)}),
        ("Recurrence Score Result: 17. Distant recurrence at 9 years 5%", {("oncotype.score", 17)}),
        ("MammaPrint: ultra-low risk", {("mammaprint.risk", "ultralow")}),
        ("MammaPrint Index (MPI): -0.352 High Risk", {("mammaprint.index", -0.352), ("mammaprint.risk", "high")}),
        (
            "Prosigna: Luminal B, ROR score 68 (high risk)",
            {("prosigna.score", 68), ("prosigna.risk", "high"), ("intrinsic_subtype", "luminal_b")},
        ),
        ("EndoPredict EPclin score 2.8, low risk", {("endopredict.score", 2.8), ("endopredict.risk", "low")}),
        ("Breast Cancer Index: high risk", {("bci.risk", "high")}),
        ("Limitations: none known. Recurrence Score: 19. Women with a score of 19 did well.", {("oncotype.score", 19)}),
        ("Oncotype DX pending", {("oncotype.score", "pending")}),
        ("Oncotype not performed", {("oncotype.score", "not_tested")}),
    ],
)
def test_results(text: str, expected: set[tuple[str, object]]) -> None:
    assert {(f.concept, f.value) for f in read(text)} == expected


@pytest.mark.parametrize(
    "text",
    [
        "Oncotype Dx: BRCA: Genetics:",
        "Oncotype 9-year risk 12%",
        "Oncotype DX RS < 11",
        "Recurrence score of 11-25 in the trial",
        "If the Oncotype RS is 26 or higher, chemotherapy is given.",
        "Women with a recurrence score of 14 did well.",
        "Oncotype on 3/12/2019",
        "Oncotype score 130",
        "Luminal A-like by staining",
        "Oncotype DX DCIS score 40",
    ],
)
def test_what_is_no_result(text: str) -> None:
    assert not read(text)


def test_who_and_when() -> None:
    assert [f.assertion for f in read("Her sister had Oncotype 30.")] == [Assertion.FAMILY]
    assert [f.assertion for f in read("We will send an Oncotype DX.")] == [Assertion.PLANNED]


@pytest.mark.parametrize("junk", ["Oncotype ", "oncotype score of ", "MammaPrint low ", "ROR 1 ", "1 "])
def test_half_a_megabyte_of_junk_passes(junk: str) -> None:
    begun = time.perf_counter()
    read(junk * (500_000 // len(junk)))
    assert time.perf_counter() - begun < 20
