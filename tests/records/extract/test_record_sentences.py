import itertools
import time

import pytest

from navaid.records.extract.sections import sections
from navaid.records.extract.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, sections(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Grade 2. No necrosis.", ["Grade 2.", "No necrosis."]),
        ("Seen by Dr. Low. No pain.", ["Seen by Dr. Low.", "No pain."]),
        ("It measures 2.5 cm. Deep margin free.", ["It measures 2.5 cm.", "Deep margin free."]),
        ("It measures 2. 5 cm across.", ["It measures 2. 5 cm across."]),
        ("1. Skin: free. 2. Nipple: free.", ["1. Skin: free.", "2. Nipple: free."]),
        ("Stained, e.g. ER and PR, vs. HER2.", ["Stained, e.g. ER and PR, vs. HER2."]),
        ("Liver lesion ? Metastasis.", ["Liver lesion ? Metastasis."]),
        ("Is it free? Yes.", ["Is it free?", "Yes."]),
        (
            "TUMOUR IS SEEN IN THREE OF THE. FOUR BLOCKS. NO NECROSIS.",
            ["TUMOUR IS SEEN IN THREE OF THE. FOUR BLOCKS.", "NO NECROSIS."],
        ),
        ("- ER positive\n- PR negative\n- HER2 negative", ["- ER positive", "- PR negative", "- HER2 negative"]),
        ("• ER positive • PR negative", ["• ER positive", "• PR negative"]),
        ("ER positive\nPR negative\n\nDone", ["ER positive", "PR negative", "Done"]),
        (
            "The carcinoma reaches the skin of the lower outer\nquadrant and the muscle below.",
            ["The carcinoma reaches the skin of the lower outer\nquadrant and the muscle below."],
        ),
        (
            "A lump was felt in the right breast and sent to\nRadiology for a mammogram.",
            ["A lump was felt in the right breast and sent to\nRadiology for a mammogram."],
        ),
        ("ER\tPositive\nPR\tNegative", ["ER\tPositive", "PR\tNegative"]),
        ("Margins: free.\fPage 2", ["Margins: free.", "Page 2"]),
        ("", [""]),
    ],
)
def test_cut(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize("junk", ["a. b ", "\n", "A\n", ". ", "x", "? ", "- A. ", "1. "])
def test_a_megabyte_of_junk_passes(junk: str) -> None:
    text = junk * (1_000_000 // len(junk))
    begun = time.process_time()
    found = sentences(text, ())
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert time.process_time() - begun < 10
