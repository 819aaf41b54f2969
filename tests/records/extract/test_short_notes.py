"""Notes of a line or two, as a person or a busy doctor writes them: what they say, and what they do not."""

from __future__ import annotations

import time

import pytest

from navaid.records.extract.extract import extract
from navaid.records.paper import Page, Paper
from navaid.terms import How, Reading


def read(text: str) -> Reading:
    return extract(Paper("FILE:0", "n", "n.txt", "text/plain", text, (Page(1, 0, len(text), How.PLAIN),)))


def said(text: str, concept: str) -> list[tuple[object, str]]:
    return [(f.value, f.assertion.value) for f in read(text).findings if f.concept == concept]


@pytest.mark.parametrize(
    "text",
    [
        "May 2025 letrozole + palbociclib.",
        "Letrozole and palbociclib, May 2025.",
        "12 May 2025: letrozole, palbociclib",
        "In May 2025 letrozole with palbociclib.",
        "Left breast cancer. Treatment May 2025: letrozole and palbociclib",
    ],
)
def test_the_month_of_may_is_no_doubt(text: str) -> None:
    assert said(text, "drug") == [("letrozole", "present"), ("palbociclib", "present")]


@pytest.mark.parametrize("text", ["She may receive letrozole.", "May need letrozole later.", "You may want letrozole."])
def test_what_may_be_is_not_given(text: str) -> None:
    assert all(assertion != "present" for _, assertion in said(text, "drug"))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Letrozole first line, capecitabine second line.", {"letrozole": 1, "capecitabine": 2}),
        (
            "Fulvestrant 1L, then capecitabine (2L), then eribulin 3L",
            {"fulvestrant": 1, "capecitabine": 2, "eribulin": 3},
        ),
        ("First-line paclitaxel; eribulin as second-line therapy", {"paclitaxel": 1, "eribulin": 2}),
        ("1L letrozole, 2L fulvestrant", {"letrozole": 1, "fulvestrant": 2}),
        (
            "First line letrozole and ribociclib, capecitabine second line",
            {"letrozole": 1, "ribociclib": 1, "capecitabine": 2},
        ),
        ("Letrozole and ribociclib as first line treatment", {"letrozole": 1, "ribociclib": 1}),
        ("Letrozole 1L. Fulvestrant since 2024", {"letrozole": 1, "fulvestrant": None}),
    ],
)
def test_a_line_of_treatment_is_that_of_its_drug(text: str, lines: dict[str, int | None]) -> None:
    assert {f.value: f.details.get("line") for f in read(text).findings if f.concept == "drug"} == lines


@pytest.mark.parametrize("stage", ["cN1 cM0", "cT2 cN1 cM0", "pT2 pN1 cM0", "cT1 cN0 cM0"])
def test_a_stage_holds_no_length(stage: str) -> None:
    text = f"Invasive breast cancer, {stage}"
    assert not said(text, "tumour.size")
    assert said(text, "cm") == [("M0", "present")]
    assert said("Tumour size 1 cm, invasive breast carcinoma", "tumour.size") == [(10, "present")]


@pytest.mark.parametrize(
    "harm",
    [
        "grade 2 peripheral neuropathy",
        "G2 diarrhoea",
        "gr 3 mucositis",
        "neuropathy, at most grade 2",
        "grade 1-2 nausea",
        "CTCAE grade 3 neutropenia",
        "rash grade 2",
        "hand-foot syndrome (grade 2)",
        "grade 2 CIPN",
        "fatigue: grade 2",
        "grade 2 motor and sensory polyneuropathy",
    ],
)
def test_the_grade_of_a_side_effect_is_none_of_the_tumour(harm: str) -> None:
    for text in (f"Invasive ductal carcinoma. On paclitaxel, {harm}.", f"IDC left breast, {harm} from paclitaxel"):
        assert not said(text, "grade"), text
    assert said(f"Invasive ductal carcinoma grade 3. {harm} on paclitaxel.", "grade") == [(3, "present")]


@pytest.mark.parametrize(
    "text",
    [
        "She has not received any radiotherapy.",
        "Has not had radiation.",
        "hasn't had radiotherapy",
        "not yet had radiation",
        "She has not previously received radiotherapy.",
        "Radiotherapy has not been given.",
        "Radiation not received",
        "No chemotherapy or radiation so far.",
        "She has not had chemotherapy or radiation.",
        "Has not yet undergone any radiation.",
    ],
)
def test_radiation_that_was_not_given(text: str) -> None:
    assert said(text, "radiation") == [("unspecified", "absent")]


@pytest.mark.parametrize(
    "text",
    [
        "She received radiotherapy.",
        "She had no chemotherapy, only radiation.",
        "Not only surgery but also had radiation.",
    ],
)
def test_radiation_that_was_given(text: str) -> None:
    assert said(text, "radiation") == [("unspecified", "present")]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("No known allergies.", True),
        ("No known drug allergies to date.", True),
        ("No known allergies to medications.", True),
        ("No known allergies to any food or drugs", True),
        ("No known allergies to penicillin.", False),
        ("No allergy to latex or contrast. No known allergy to iodine.", False),
        ("Allergies: no known allergy to latex", False),
        ("No known allergies to latex. NKDA.", True),
    ],
)
def test_no_allergy_to_one_thing_is_not_none(text: str, known: bool) -> None:
    assert [value for value, _ in said(text, "allergy")] == ["none_known"] * known


@pytest.mark.parametrize(
    "text",
    [
        "45 y/o, germline BRCA1 pathogenic variant, left breast IDC. AC-T started.",
        "CBC normal today. On letrozole since 2023 for left breast cancer.",
        "Hemoglobin 11, WBC 3, platelets 180, creatinine 0.8. She had cycle 3 of AC.",
        "ctDNA: ESR1 mutation, VAF 2 %, on Guardant360. Switched to elacestrant.",
        "Oncotype DX recurrence score 18. Started tamoxifen.",
    ],
)
def test_a_note_that_names_a_test_is_no_report_of_it(text: str) -> None:
    assert read(text).header.type not in {"genetics", "genomic_assay", "laboratory"}


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("GENETIC TEST RESULT\nBRCA1: pathogenic variant, germline. She was told.", "genetics"),
        ("Complete blood count\nHemoglobin 12.1 g/dL\nPlatelets 200", "laboratory"),
        ("Breast recurrence score report\nSpecimen received 2024. Recurrence score result: 12", "genomic_assay"),
    ],
)
def test_a_short_report_of_a_test_is_one(text: str, type_: str) -> None:
    assert read(text).header.type == type_


@pytest.mark.parametrize(
    "text",
    [
        "FINAL DIAGNOSIS:\nA. BREAST, LEFT, MASTECTOMY: INVASIVE DUCTAL CARCINOMA.\n"
        "FIVE OF TWELVE AXILLARY LYMPH NODES POSITIVE FOR CARCINOMA\n\n(5/12)",
        "FINAL DIAGNOSIS:\nINVASIVE DUCTAL CARCINOMA OF THE BREAST. AXILLARY NODES:\n"
        "FIVE OF TWELVE LYMPH NODES POSITIVE\n\n(5/12)",
    ],
)
def test_a_count_of_nodes_repeated_in_figures_counts_once(text: str) -> None:
    assert [value for value, _ in said(text, "nodes.examined")] == [12]
    assert [value for value, _ in said(text, "nodes.positive")] == [5]


@pytest.mark.parametrize(
    "junk", ["AC-T ", "letrozole ", "no radiotherapy ", "mastectomy ", "AC, taxol and letrozole 2L "]
)
def test_a_word_over_and_over_is_read_in_linear_time(junk: str) -> None:
    def seconds(letters: int) -> float:
        begun = time.process_time()
        assert read(junk * (letters // len(junk))).findings
        return time.process_time() - begun

    seconds(1_000)  # the tables are read
    assert seconds(240_000) < 4 * 2 * seconds(60_000)  # four times as long a text; twice that is allowed for
