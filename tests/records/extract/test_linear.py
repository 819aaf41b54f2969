"""Text of any size and shape is read in time that grows with its length, and no more."""

from __future__ import annotations

import textwrap
import time

import pytest

from navaid.records.extract.extract import extract
from navaid.records.paper import Page, Paper
from navaid.terms import How

REPORT = (
    "FINAL DIAGNOSIS: A. Breast, left, lumpectomy: Invasive ductal carcinoma, grade 2, 18 mm, margins clear. "
    "Lymphovascular invasion: Not identified. B. Sentinel lymph node: negative for carcinoma (0/1). Estrogen receptor: "
    "positive (90 %). Progesterone receptor: negative. HER2: 1+, negative. pT1c pN0. GROSS DESCRIPTION: Received, "
    "labelled with her name, is a 9 x 7 x 3 cm piece of fat. She took letrozole 2.5 mg daily from 2019 to 2021. "
)
JUNK = (
    ".", " ", "\t", "\n", ":", "1", "(", ")", "[ ]", "-", "- ", "_", ". ", ", ", "a b ", "a: ", "ER ", "ER\n", "ER\t",
    "positive ", "T1 N0 ", "HER2 ", "2 x ", "5 % ", "1/", "2.5 x 3.1 cm ", "A. ", "01/02/2020 ", "lIl ", "well-\n",
)  # fmt: skip


def seconds(text: str) -> float:
    """Processor time, which other work on the machine does not lengthen as it does the clock's."""
    paper = Paper("FILE:0", "j.txt", "j.txt", "text/plain", text, (Page(1, 0, len(text), How.PLAIN),))
    begun = time.process_time()
    extract(paper)
    return time.process_time() - begun


@pytest.mark.parametrize("junk", JUNK)
def test_junk_of_a_hundred_thousand_characters(junk: str) -> None:
    assert seconds(junk * (100_000 // len(junk))) < 5


@pytest.mark.parametrize("layout", ["one line", "wrapped"])
def test_a_long_text_of_reports(layout: str) -> None:
    text = REPORT * (200_000 // len(REPORT))
    assert seconds(textwrap.fill(text, 80) if layout == "wrapped" else text) < 8
