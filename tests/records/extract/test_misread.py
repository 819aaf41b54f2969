"""What a scanner misreads in values: l and I for 1, O for 0, broken percent signs, amino acids. Never another value."""

from __future__ import annotations

import pytest

from navaid.records.extract.extract import extract
from navaid.records.paper import Page, Paper
from navaid.terms import How

HEAD = "Surgical pathology report. Breast, left, mastectomy: Invasive ductal carcinoma. "


def values(words: str) -> dict[str, list[object]]:
    text = HEAD + words
    paper = Paper("FILE:0", "r.png", "r.png", "image/png", text, (Page(1, 0, len(text), How.OCR),))
    found: dict[str, list[object]] = {}
    for finding in extract(paper).findings:
        assert text[finding.source.start : finding.source.end] == finding.source.words
        found.setdefault(finding.concept, []).append(finding.value)
    return found


@pytest.mark.parametrize(
    ("words", "concept", "value"),
    [
        ("Histologic grade IlI (of III).", "grade", 3),
        ("Histologic grade IlI (ofIII).", "grade", 3),
        ("Nottingham grade lI.", "grade", 2),
        ("Histologic grade: Il.", "grade", 2),
        ("HISTOLOGIC GRADE Ill OF Ill.", "grade", 3),
        ("Histologic grade: l.", "grade", 1),
        ("Tumor size: l.8 cm.", "tumour.size", 18.0),
        ("Tumor size: 2.4 X 1.5 X l.O cm.", "tumour.size", 24.0),
        ("Tumor size: 2.O cm.", "tumour.size", 20.0),
        ("pTlc NO MX.", "pt", "T1c"),
        ("pT2 pNla pMO.", "pn", "N1a"),
        ("ER: positive, 90 °/o.", "er.percent", 90),
        ("ER 90 o/o positive.", "er.percent", 90),
        ("PR: positive (8O%).", "pr.percent", 80),
        ("Ki-67 index: l5 %.", "ki67.percent", 15),
        ("PR: Negat ive.", "pr.status", "negative"),
        ("HER-2/nen: negative (1+).", "her2.status", "negative"),
        ("Axillary lymph nodes: metastatic carcinoma in 2/l2 nodes.", "nodes.examined", 12),
    ],
)
def test_misread_values(words: str, concept: str, value: object) -> None:
    assert values(words).get(concept) == [value]


@pytest.mark.parametrize(
    ("words", "concept"),
    [
        ("It is a low grade ill-defined mass.", "grade"),
        ("Grade ill defined.", "grade"),
        ("The slides show ER in o/o.", "er.percent"),
        ("ER in lo % is not known.", "er.percent"),
    ],
)
def test_words_that_only_look_so(words: str, concept: str) -> None:
    assert 3 not in values(words).get(concept, [])
    assert concept == "grade" or concept not in values(words)


def test_a_misread_amino_acid_has_its_own_name() -> None:
    text = "Germline testing of blood. BRCA1 c.5266dupC (p.GIn1756Profs*74): pathogenic variant detected."
    paper = Paper("FILE:0", "r.png", "r.png", "image/png", text, (Page(1, 0, len(text), How.OCR),))
    found = [f for f in extract(paper).findings if f.concept == "gene.BRCA1.germline"]
    assert [f.value for f in found] == ["pathogenic"]
    assert "Gln1756" in str(found[0].details)
