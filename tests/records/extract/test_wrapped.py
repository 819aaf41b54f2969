"""A report says the same whether its lines are whole, wrapped or broken into paragraphs; real lines stay lines."""

from __future__ import annotations

import re
import textwrap
from collections import Counter

import pytest

from navaid.records.extract.extract import extract
from navaid.records.extract.flow import flow
from navaid.records.paper import Page, Paper, Word
from navaid.terms import Box, How, Reading

PROSE = (
    "The specimen is a wide local excision of the left breast. Microscopy shows an invasive ductal carcinoma of "
    "grade 2, measuring 18 mm in greatest dimension, with no lymphovascular invasion. Two sentinel lymph nodes "
    "were examined and neither contains tumour (0/2). The tumour cells are estrogen receptor positive (90 %), "
    "progesterone receptor negative (0 %) and HER2 negative (score 1+). The Ki-67 index is 15 %. Pathological "
    "stage: pT1c pN0."
)
IN_CAPITALS = (
    "FINAL DIAGNOSIS: A. BREAST, RIGHT, LUMPECTOMY: -INVASIVE LOBULAR CARCINOMA, MODERATELY DIFFERENTIATED, "
    "GRADE II (OF III). -MAXIMUM TUMOR SIZE: 2.4 CM, CLOSEST MARGIN 3 MM. -DUCTAL CARCINOMA IN SITU, SOLID TYPE, "
    "LESS THAN 5 %. -NO LYMPHATIC INVASION. B. LYMPH NODE, RIGHT SENTINEL #1, BIOPSY: ONE NODE NEGATIVE FOR "
    "TUMOR (0/1). COMMENT: ER: POSITIVE. PR: NO EXPRESSION. HER-2/NEU: NEGATIVE (0)."
)
SYNOPTIC = (
    "Procedure: Mastectomy. Specimen laterality: Left. Tumor size: Greatest dimension of largest invasive focus "
    "22 mm. Histologic type: Invasive carcinoma of no special type. Nottingham score: tubules 3, nuclei 2, "
    "mitoses 1, total 6, grade 2. Lymphovascular invasion: Not identified. Margins: All margins negative for "
    "invasive carcinoma. Regional lymph nodes: number examined 12, number positive 3. Estrogen receptor: "
    "Positive, 95 %. Progesterone receptor: No expression. HER2 (IHC): Equivocal (score 2+). HER2 FISH: Not "
    "amplified, ratio 1.3. pT2 pN1a."
)
HYPHENS = (
    "This well-differentiated tumour of the right breast is ER-positive and PR-positive; a poorly-differentiated "
    "focus is not seen. There is no lymph-vascular invasion. Twelve-millimetre invasive tubular carcinoma, "
    "HER2-negative, triple assessment complete. All of the right-sided axillary lymph nodes, fourteen in number, "
    "are tumor-free (0/14)."
)
LETTER = (
    "Dear colleague, thank you for seeing this 54-year-old woman with a 31 mm grade 3 invasive ductal carcinoma "
    "of her right breast, which is oestrogen receptor negative, progesterone receptor negative and HER2 positive "
    "(3+). Staging showed no distant metastases. She has completed four cycles of docetaxel and carboplatin with "
    "trastuzumab and pertuzumab and will have a mastectomy. Her mother had breast cancer at 60. She is allergic "
    "to penicillin."
)
DICTATED = (
    "LEFT MODIFIED RADICAL MASTECTOMY WITH AXILLARY CONTENTS. INFILTRATING DUCT CARCINOMA, NUCLEAR GRADE "
    "III/III, TUMOR MEASURES 3.5 CM. LYMPHATIC SPACE INVASION PRESENT. METASTATIC CARCINOMA IN FOUR OF SEVENTEEN "
    "AXILLARY LYMPH NODES (4/17). ESTROGEN AND PROGESTERONE RECEPTORS ARE BOTH NEGATIVE. HER2 IS OVEREXPRESSED "
    "(3+ STAINING). STAGE: pT2 pN2a."
)
REPORTS = (PROSE, IN_CAPITALS, SYNOPTIC, HYPHENS, LETTER, DICTATED)


def paper(text: str) -> Paper:
    return Paper("FILE:0", "r.txt", "r.txt", "text/plain", text, (Page(1, 0, len(text), How.PLAIN),))


def read(text: str) -> Reading:
    return extract(paper(text))


def said(reading: Reading) -> Counter[tuple[str, str, str, str]]:
    return Counter((f.concept, str(f.value), f.assertion.value, f.side) for f in reading.findings)


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_wrapped_lines_change_nothing(report: str, width: int) -> None:
    whole = said(read(report))
    assert len(whole) >= 5
    assert said(read(textwrap.fill(report, width))) == whole


@pytest.mark.parametrize("report", [PROSE, LETTER, DICTATED])
def test_a_paragraph_a_sentence_changes_nothing(report: str) -> None:
    paragraphs = re.split(r"(?<=[\w)]\.) (?=[A-Z])", report)
    assert len(paragraphs) > 2
    assert said(read("\n\n".join(textwrap.fill(one, 80) for one in paragraphs))) == said(read(report))


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("width", [60, 80])
def test_the_words_of_a_finding_are_those_of_the_paper(report: str, width: int) -> None:
    text = textwrap.fill(report, width)
    for finding in read(text).findings:
        assert text[finding.source.start : finding.source.end] == finding.source.words
        assert not finding.source.words[:1].isspace()
        assert not finding.source.words[-1:].isspace()


def test_a_word_cut_at_its_hyphen_is_put_together_and_keeps_its_place() -> None:
    text = (
        "The invasive carcinoma of the right breast is a well-\n"
        "differentiated tumour and was seen in four of the ten\n"
        "blocks.\n"
        "All the other blocks are free of it, as are those of the\n"
        "left breast, which was also sampled in this operation."
    )
    flowing = flow(paper(text))
    assert "well-differentiated tumour" in flowing.text
    assert len(flowing.text) == len(text) - 1
    start = flowing.text.index("differentiated")
    real = flowing.span(start, start + len("differentiated"))
    assert text[slice(*real)] == "differentiated"


@pytest.mark.parametrize(
    "text",
    [
        "ER\tpositive\nPR\tnegative\nHER2\t1+\nKi-67\t20 %",
        "Tumor size: 2.4 cm\nHistologic grade: 2\nLymphovascular invasion: Not identified\nMargins: Negative",
        "- Invasive ductal carcinoma, grade 2, of the left breast\n"
        "- Ductal carcinoma in situ of high nuclear grade, too\n"
        "- Two sentinel lymph nodes without any tumour in them",
        "Estrogen receptor ............................ Positive\n"
        "Progesterone receptor ........................ Negative\n"
        "HER2 ......................................... Negative\nKi-67 ........................................ 20 %",
        "Estrogen receptor        positive    90 %    strong\nProgesterone receptor    negative    0 %     none  \n"
        "HER2 by IHC              negative    1+      weak  \nKi-67                    low         10 %    MIB-1 ",
        "Medications\nLetrozole\nPalbociclib\nDenosumab\nMetformin",
    ],
)
def test_lines_of_lists_tables_and_forms_stay(text: str) -> None:
    assert flow(paper(text)).text == text


def test_a_heading_and_a_new_paragraph_stay() -> None:
    text = textwrap.fill(PROSE, 70).replace("Microscopy", "\n\nMICROSCOPY\n\nMicroscopy")
    kept = flow(paper(text)).text
    assert "\n\nMICROSCOPY\n\n" in kept
    assert kept.count("\n") < text.count("\n")


def test_pages_with_boxes_are_measured_by_them() -> None:
    """Narrow letters: by their number the lines are uneven, by their width they are full."""
    lines = [
        "iiiiiiiiiiiiii illicit tilt till it is still little, till it tilts illicitly",
        "MMMM WWWW MMMM WWWW MMMM WWWW MMMM",
    ]
    lines = [*lines * 2, "is seen."]
    words, at = [], 0
    text = "\n".join(lines)
    for number, line in enumerate(lines):
        pitch = 600 / len(line) if len(line) > 20 else 8
        for word in line.split():
            start = text.index(word, at)
            left = (start - text.rfind("\n", 0, start) - 1) * pitch
            words.append((start, start + len(word), Box(left, number * 20, left + pitch * len(word), number * 20 + 12)))
            at = start + len(word)
    page = Page(1, 0, len(text), How.OCR, 700, 900, "px", 0, tuple(Word(*word) for word in words))
    assert "\n" not in flow(Paper("FILE:0", "r", "r", "image/png", text, (page,))).text


@pytest.mark.parametrize("report", REPORTS)
def test_a_place_is_found_again(report: str) -> None:
    flowing = flow(paper(text := textwrap.fill(report, 60)))
    for word in set(flowing.text.split()):
        start = flowing.text.index(word)
        real = flowing.span(start, start + len(word))
        assert text[slice(*real)].replace("\n", "") == word
        assert flowing.found(*real) == (start, start + len(word))
