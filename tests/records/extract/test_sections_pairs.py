"""Sections, specimen parts and field-and-value pairs, in clean text and in the one-line text that OCR leaves."""

from __future__ import annotations

import itertools

import pytest

from navaid.records.extract.pairs import pairs
from navaid.records.extract.sections import sections

ONE_LINE = (
    "Sex: F. FINAL DIAGNOSIS: A. BREAST, LEFT, LUMPECTOMY: - INVASIVE LOBULAR CARCINOMA. - GRADE 2. B. LYMPH NODE, "
    "SENTINEL #1, BIOPSY: ONE NODE, NO TUMOR. PATHOLOGIC STAGE: pT1c. CLINICAL HISTORY. Lump. GROSS "
    "DESCRIPTION: A. Received "
    "fresh is a piece of fat."
)


def kinds(text: str) -> list[tuple[str, str]]:
    return [(section.kind, section.part) for section in sections(text)]


def test_headings_in_one_line_of_text() -> None:
    found = kinds(ONE_LINE)
    assert [kind for kind, _ in found] == [
        "", "final_diagnosis", "final_diagnosis", "final_diagnosis", "staging", "clinical_history", "gross",
    ]  # fmt: skip
    assert [part for kind, part in found if kind == "final_diagnosis"] == ["", "A", "B"]


def test_sections_cover_the_text_without_a_gap() -> None:
    found = sections(ONE_LINE)
    assert found[0].start == 0
    assert found[-1].end == len(ONE_LINE)
    assert all(a.end == b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize(
    "text",
    [
        "Name: X\nMICROSCOPIC DESCRIPTION\nThe tumor is small.",
        "Name: X\nMicroscopic description:\nThe tumor is small.",
        "Name: X. MICROSCOPIC DESCRIPTION. The tumor is small.",
    ],
)
def test_a_heading_stands_alone_or_before_a_colon_or_a_stop(text: str) -> None:
    assert kinds(text)[-1] == ("microscopic", "")


@pytest.mark.parametrize(
    "text",
    [
        "The patient came with a history. Then she left.",
        "No comment was made on the specimen received today",
        "She has a family history of breast cancer: her aunt.",
    ],
)
def test_words_of_a_sentence_open_nothing(text: str) -> None:
    assert "clinical_history" not in [kind for kind, _ in kinds(text)]
    assert len(kinds(text)) <= 2


def test_named_parts_have_no_lettered_parts_of_their_own() -> None:
    text = (
        "DIAGNOSIS: PART 1: BREAST, RIGHT, MASTECTOMY. A. CARCINOMA. B. SKIN IS FREE. PART 2: AXILLA, RIGHT. "
        "A. NODES, 0/4."
    )
    assert [part for _, part in kinds(text)] == ["", "1", "2"]


def test_a_line_of_a_diagnosis_is_no_part() -> None:
    text = "DIAGNOSIS: A. BREAST, LEFT, BIOPSY: DCIS. B. THE TUMOR IS AT THE MARGIN: YES. C. SKIN, EXCISION: BENIGN."
    assert [part for _, part in kinds(text)] == ["", "A", "C"]


def test_a_repeated_list_after_received_parts_is_the_diagnosis() -> None:
    text = (
        "PART A RECEIVED LABELED. LEFT BREAST IS A LUMP. PART B RECEIVED LABELED. NODE. PART A LEFT BREAST, "
        "BIOPSY: CANCER."
    )
    assert kinds(text) == [("gross", "A"), ("gross", "B"), ("final_diagnosis", "A")]


def test_fields_of_a_synoptic_list_are_no_headings() -> None:
    text = "SYNOPTIC REPORT\nSpecimen: Breast\nTumor size: 12 mm\nStage: IA\nGROSS DESCRIPTION\nFat."
    assert kinds(text) == [("synoptic", ""), ("gross", "")]


def test_a_replaced_diagnosis_is_told_apart() -> None:
    text = "FINAL DIAGNOSIS: Grade 2. PREVIOUSLY ISSUED DIAGNOSIS: Grade 3. Tumor Summary: Grade: 3."
    assert [kind for kind, _ in kinds(text)] == ["final_diagnosis", "superseded"]


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("Lymphovascular invasion: Not identified\n", "Lymphovascular invasion", "Not identified"),
        ("Histologic grade - 2\nNext line\n", "Histologic grade", "2"),
        ("Tumour size ........ 23 mm", "Tumour size", "23 mm"),
        ("TUMOR SIZE = 3.0 CM. NEXT: X", "TUMOR SIZE", "3.0 CM"),
        ("Tumor size:\n   2.3 cm\n", "Tumor size", "2.3 cm"),
        ("ER\tPositive\t95%\n", "ER", "Positive\t95%"),
        ("Perineural invasion: ( ) Present (x) Absent", "Perineural invasion", "Absent"),
        ("Vascular invasion\n [x] Not identified\n [ ] Present\n", "Vascular invasion", "Not identified"),
        ("Margins involved: Yes [ ]  No [x]\n", "Margins involved", "No"),
        ("- Margins: Negative, closest\n  deep 2 mm\nLVI: no", "Margins", "Negative, closest\n  deep 2 mm"),
        ("Greatest dimension (pT) : 2.2 cm. (pT2). Margins: free", "Greatest dimension (pT)", "2.2 cm. (pT2)"),
    ],
)
def test_a_pair(text: str, name: str, value: str) -> None:
    found = pairs(text, sections(text))
    assert (found[0].name, found[0].value) == (name, value)
    assert text[found[0].start : found[0].end] == value


def test_many_pairs_in_one_line_and_their_group() -> None:
    text = "Histologic grade: Overall grade: 3. Tubules: 3. Nuclei: 2. Mitoses: 3."
    found = pairs(text, ())
    assert [(p.name, p.value) for p in found] == [
        ("Overall grade", "3"),
        ("Tubules", "3"),
        ("Nuclei", "2"),
        ("Mitoses", "3"),
    ]
    assert {p.group for p in found} == {"Histologic grade"}


@pytest.mark.parametrize(
    "text", ["Necrosis:\n\nNext: 1", "Seen at 12:30 by Dr. X", "Invasion:\n [ ] Present\n [ ] Absent\n"]
)
def test_what_has_no_value_makes_no_pair(text: str) -> None:
    assert all(p.name in {"Next"} for p in pairs(text, ()))


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (
            "DIAGNOSIS: Ductal carcinoma. REFERENCES: Smith J, Breast 2015. Low: less than 10 %. Tumor site: upper",
            "Tumor",
        ),
        (
            "DIAGNOSIS: Ductal carcinoma. DISCLAIMER: Not cleared by the agency. The tumor is positive for ER.",
            "The tumor",
        ),
        ("DIAGNOSIS\nDuctal carcinoma\n\nSCORING CRITERIA\nPositive: 3+\nNegative: 0\n\nTumour size: 12 mm", "Tumour"),
    ],
)
def test_an_explanation_ends_where_the_report_goes_on(text: str, after: str) -> None:
    found = sections(text)
    assert [section.kind for section in found] == ["final_diagnosis", "reference", "final_diagnosis"]
    assert text[found[-1].start :].startswith(after)


def test_an_explanation_alone_stays_one() -> None:
    text = "DIAGNOSIS: Ductal carcinoma. REFERENCE RANGE: Positive: 3+. Equivocal: 2+. Negative: 0 or 1+."
    assert [section.kind for section in sections(text)] == ["final_diagnosis", "reference"]
