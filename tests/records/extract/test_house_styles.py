"""Whole papers in ways that other houses write them: what is found of tumour, stage and genes, and what is not."""

from __future__ import annotations

import time

import pytest

from navaid.records.extract.extract import extract
from navaid.records.paper import Page, Paper
from navaid.terms import Assertion, Finding, How


def read(text: str) -> list[Finding]:
    page = Page(number=1, start=0, end=len(text), how=How.PLAIN)
    found = extract(Paper("FILE:0", "a.txt", "a.txt", "text/plain", text, (page,))).findings
    assert all(text[f.source.start : f.source.end] == f.source.words for f in found)
    return list(found)


def values(text: str, concept: str) -> list[object]:
    """The values that the paper says are so."""
    return [f.value for f in read(text) if f.concept == concept and f.assertion in ("present", "historical")]


LEAFLET = """Understanding breast cancer
Ask your nurse or doctor about your own results. Stage II means that the tumour is 2 to 5 cm; T2 N1 M0 is an example.
Women whose tumour is HER2 positive, ER negative or grade 3 are often offered other treatment.
"""


def test_a_leaflet_says_nothing_of_the_person() -> None:
    assert {f.assertion for f in read(LEAFLET)} <= {Assertion.HYPOTHETICAL, Assertion.PLANNED, Assertion.FAMILY}


@pytest.mark.parametrize(
    "words",
    [
        "Tolerance: grade 2 dermatitis.",
        "She had grade 3 hand-foot syndrome.",
        "Fatigue grade 1, mucositis grade 2.",
        "There is a grade 2/6 systolic murmur.",
    ],
)
def test_a_grade_of_something_else(words: str) -> None:
    assert values(f"Right breast cancer, on treatment. {words}", "grade") == []


@pytest.mark.parametrize(
    ("words", "grade"),
    [
        ("Her biopsy showed a grade 3 invasive ductal carcinoma.", 3),
        ("Left IDC, stage IIB, grade 2, ER 90 %.", 2),
        ("Dx: R br bx - IDC, gr 1, no LVI.", 1),
        ("Breast, left, core: invasive carcinoma, altogether 8 points = G3 according to Elston and Ellis.", 3),
        ("BREAST, LEFT, EXCISION\nInvasive carcinoma: present\n  Invasive grade:              2     (T 2 P 2 M 2)", 2),
    ],
)
def test_grades(words: str, grade: int) -> None:
    assert values(words, "grade") == [grade]


@pytest.mark.parametrize(
    ("words", "side"),
    [
        ("Side:    [ ] Left   [X] Right\nInvasive ductal carcinoma of the breast, wide excision", "right"),
        ("L br bx: IDC, ER+", "left"),
        ("R lumpectomy 3/2/20 for IDC pT1b N0", "right"),
        ("stage IIIA (T3N1M0) left triple negative IDC in 2019", "left"),
        ("Cancer type: Breast, right\nGrade: 2", "right"),
        ("Left breast, wide excision: borderline phyllodes tumour, 30 mm.", "left"),
    ],
)
def test_sides(words: str, side: str) -> None:
    assert values(words, "laterality") == [side]


def test_what_is_no_size_of_the_tumour() -> None:
    spread = (
        "MRI BRAIN\nReason: metastatic breast cancer.\nLesion in the left cerebellar hemisphere, 12 mm, a metastasis."
    )
    assert values(spread, "tumour.size") == []
    apart = "Breast, mastectomy: Tumour 1: invasive carcinoma, grade 3, 17 mm. Distance between the tumours 30 mm."
    assert values(apart, "tumour.size") == [17]
    assert values("CT: Right breast mass 41 mm. A 3 mm left lower lobe nodule.", "tumour.size") == [41]


def test_a_relative_has_the_tumour() -> None:
    text = "Left breast, biopsy: fibroadenoma, benign.\nHer sister was diagnosed with invasive lobular carcinoma at 41."
    assert values(text, "histology") == []


def test_nodes_of_two_sides_are_not_added_up() -> None:
    text = (
        "PART A - RIGHT BREAST\nInvasive lobular carcinoma\nSentinel nodes, right: 0/3\n\n"
        "PART B - LEFT BREAST\nTubular carcinoma\nSentinel nodes, left: 1/2\n"
    )
    assert sorted(values(text, "nodes.examined")) == [2, 3]
    assert values("Left breast IDC, s/p lumpectomy and SLNB (0/2).", "nodes.examined") == [2]


def test_letters_of_a_regimen_are_no_stage() -> None:
    text = "Breast cancer: she had adjuvant FEC-T in 2015 and then letrozole."
    assert [c for c in ("pt", "pn", "ct", "cn") if values(text, c)] == []


def test_signs_to_report_are_no_spread() -> None:
    text = "Breast cancer, 2019. Signs of recurrence to report: bone pain, headaches from brain metastases."
    assert values(text, "metastasis.site") == []
    assert values("Metastatic breast cancer (liver and pleura).", "metastasis.site") == ["liver", "pleura"]


def test_a_paper_on_another_cancer_gives_no_stage_of_the_breast() -> None:
    text = (
        "GYN PATHOLOGY. Hysterectomy, salpingo-oophorectomy.\n"
        "Serous carcinoma of the right ovary, grade 3, 7 cm. pT3c pN0.\n"
        "Past history: breast carcinoma 1999."
    )
    assert {f.concept for f in read(text)} & {"pt", "pn", "grade", "stage.group", "tumour.size"} == set()


def test_a_specimen_named_in_one_line_is_no_section_of_all_that_follows() -> None:
    text = (
        "Date received 3/3/20\nSpecimen: Right mastectomy\n\nInvasive lobular carcinoma, grade 2, 31 mm\nLVI: present\n"
    )
    assert values(text, "grade") == [2]
    assert values(text, "lvi") == ["present"]
    assert values(text, "tumour.size") == [31]


def test_words_that_a_scanner_broke() -> None:
    text = (
        "SPECIMEN: RT BREAST LUMPECT0MY\nDIAGN0SIS: INVASIVE DUCTAL CARCIN0MA, GRADE 2\nMARG1NS: NEGATIVE\n"
        "N0DES: 0/2 NEGATIVE"
    )
    assert values(text, "histology") == ["ductal_nst"]
    assert values(text, "margins.status") == ["negative"]
    assert values(text, "nodes.examined") == [2]


def test_the_heading_decides_the_class_of_the_variants_below_it() -> None:
    text = (
        "TUMOR PROFILE, breast carcinoma\nPathogenic variants\n- PIK3CA p.His1047Arg, VAF 20%\n"
        "- TP53 p.Arg175His, VAF 30%\nVariants of uncertain significance\n- PALB2 p.Leu32Val, VAF 2%\n"
    )
    assert {(f.concept, f.value) for f in read(text) if f.concept.startswith("gene.")} == {
        ("gene.PIK3CA.somatic", "pathogenic"),
        ("gene.TP53.somatic", "pathogenic"),
        ("gene.PALB2.somatic", "vus"),
    }


def test_examples_of_variants_are_nobodys() -> None:
    text = "BRCA1 and BRCA2: no mutation detected. Examples of pathogenic variants are c.68_69del in BRCA1."
    assert {f.value for f in read(text) if f.concept.startswith("gene.")} == {"negative"}


@pytest.mark.parametrize("heading", ["Labs 04/09/2024:", "LABS (2024):", "Echo 03/2024:"])
def test_headings_with_a_date_end_the_section_before(heading: str) -> None:
    found = read(f"FAMILY HISTORY: Aunt with ovarian cancer.\n{heading} normal\nLeft breast cancer, grade 2.")
    assert all(f.assertion is not Assertion.FAMILY for f in found if f.concept == "laterality")
    assert "left" in [f.value for f in found if f.concept == "laterality"]


@pytest.mark.parametrize(
    "junk", ["node 0/2 left right ", "DCIS component   ", "specimen: a\nb\n", "references. The tumor "]
)
def test_junk_takes_no_time(junk: str) -> None:
    started = time.process_time()
    read("Breast carcinoma. " + junk * (60_000 // len(junk)))
    assert time.process_time() - started < 5


def test_headings_that_a_scanner_broke() -> None:
    text = "CLINICAL INFORMATION: Lump. MICKOSCOPIC DIAGNOSTS. BREAST, RIGHT: INVASIVE DUCTAL CARCINOMA. LVI PRESENT."
    assert values(text, "lvi") == ["present"]


def test_an_affirmed_invasion_of_nerves() -> None:
    assert values("BREAST, LEFT: INVASIVE CARCINOMA. - POSITIVE PERINEURAL INVASION.", "pni") == ["present"]


def test_the_parts_of_a_grade_are_no_stage() -> None:
    text = "BREAST, LEFT, CORE BIOPSY: INVASIVE DUCTAL CARCINOMA, BLOOM-RICHARDSON GRADE 2 (T3, N2, M1)"
    assert [c for c in ("pt", "pn", "pm", "ct", "cn", "cm") if values(text, c)] == []
    assert values("Invasive grade: 3 (T 3 P 3 M 2) of the breast carcinoma", "pt") == []


def test_nodes_told_twice_are_counted_once() -> None:
    text = "Left mastectomy: invasive carcinoma.\nAxillary clearance: 3 metastases in 17 nodes.\npT2 N1a (3/17)"
    assert values(text, "nodes.examined") == [17]
    assert values(text, "nodes.positive") == [3]


def test_fields_with_their_own_value() -> None:
    text = "BREAST CANCER FLOWSHEET\nSide: R   Histology: IDC   Grade: 3   ER: neg   PR: neg"
    assert values(text, "laterality") == ["right"]
    assert values(text, "histology") == ["ductal_nst"]
    synoptic = (
        "SYNOPTIC REPORT, breast: invasive lobular carcinoma\nFocality: Multiple foci (3)\n"
        "Margins: involved by invasive carcinoma: deep"
    )
    assert values(synoptic, "focality") == ["multifocal"]
    assert values(synoptic, "margins.status") == ["positive"]


def test_rows_of_a_liquid_biopsy() -> None:
    text = (
        "LIQUID BIOPSY, tumor type breast\nESR1   Y537N    6.1% cfDNA    approved in this indication: elacestrant\n"
        "BRCA2  S2667fs  0.8% cfDNA    approved in other indication: olaparib\n"
    )
    assert values(text, "gene.BRCA2.somatic") == ["found"]
    prose = "Liquid biopsy: she would be treated with olaparib, approved in such cases, if there were a\nBRCA2 S2667fs."
    assert values(prose, "gene.BRCA2.somatic") == []


@pytest.mark.parametrize(
    ("words", "examined", "positive"),
    [
        ("Left breast cancer, mastectomy, pT1c, N0 (0/3), M0.", 3, 0),
        ("Breast carcinoma. pT2 N1a(sn) (1/2)", 2, 1),
        ("Breast, mastectomy: invasive carcinoma. Sixteen nodes were found of which two contain tumour.", 16, 2),
    ],
)
def test_counts_of_nodes(words: str, examined: int, positive: int) -> None:
    assert values(words, "nodes.examined") == [examined]
    assert values(words, "nodes.positive") == [positive]
