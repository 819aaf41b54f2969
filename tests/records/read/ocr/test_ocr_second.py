"""What is read twice, and when two readings differ."""

from __future__ import annotations

import re
from importlib import resources

import pytest
import yaml

pytest.importorskip("cv2", reason="needs the extra `ocr`")

from navaid.records.read.ocr.differ import NOTHING, differing
from navaid.records.read.ocr.second import critical_parts, patterns

ROWS = yaml.safe_load((resources.files("navaid.records.read.ocr") / "critical.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_each_pattern_finds_its_example_and_not_the_other(row: dict[str, str]) -> None:
    pattern = re.compile(row["pattern"], re.IGNORECASE)
    assert pattern.search(row["reads"])
    assert not pattern.search(row["not"])


@pytest.mark.parametrize(
    ("line", "critical"),
    [
        ("Progesterone receptor: negatlve, 0 % of cells", {"negatlve,", "0", "%"}),
        ("TNM: pTlc pN0(i+) cM0", {"pTlc", "pN0(i+)", "cM0"}),
        ("a tumour of 1.4 x O.9 cm, grade II", {"1.4", "O.9", "cm,", "grade", "II"}),
        ("Two of 15 nodes (2/15), taken 03/05/2024", {"(2/15),", "03/05/2024"}),
        ("BRCA1 c.68_69delAG (p.Glu23fs)", {"c.68_69delAG", "(p.Glu23fs)"}),
        ("The breast is received in formalin", set()),
    ],
)
def test_what_is_critical_in_a_line(line: str, critical: set[str]) -> None:
    words = line.split()
    found = {words[at] for part in critical_parts(words) for at in part.critical}
    assert found == critical


def test_parts_have_a_word_on_either_side_and_do_not_overlap() -> None:
    words = "ER is positive in most cells here and there while PR is negative in all".split()
    parts = list(critical_parts(words))
    assert [(part.first, part.last) for part in parts] == [(1, 3), (11, 13)]


def test_patterns_do_not_hang_on_junk() -> None:
    for junk in ("1" * 20_000, "0.0x" * 5_000, "pT(" * 5_000, "c.>" * 5_000, "jan " * 5_000):
        for pattern in patterns():
            pattern.search(junk)


@pytest.mark.parametrize(
    ("words", "other", "found"),
    [
        (["ER:", "Positive"], "ER: POSITIVE", {}),
        (["PT1c", "NO"], "pTlc N0", {}),
        (["2,5", "×", "1", "cm"], "2.5x 1cm", {}),
        (["HER2", "(2+)", "equivocal"], "HER2 (3+) equivocal", {1: "3+"}),
        (["is", "0.8", "cm"], "is 0.8cm", {}),
        (["is", "1.8", "cm"], "is 18 cm", {1: "18"}),
        (["measures", "5", "cm"], "measures 15 cm", {1: "15"}),
        (["in", "95%", "of"], "in of", {1: NOTHING}),
        (["BRCA1", "c.68_69delAG"], "BRCA1 c.68_69delAC", {1: "c.68_69delAC"}),
        (["III/II", "tubules"], "III/III tubules", {0: "III/III"}),
        (["ER", "positive"], "@@ %% ~~~ #", {}),
        (["ER", "positive"], "", {}),
    ],
)
def test_where_two_readings_differ(words: list[str], other: str, found: dict[int, str]) -> None:
    assert differing(words, other, least=0.5) == found
