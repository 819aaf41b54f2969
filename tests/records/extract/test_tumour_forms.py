"""Whole reports in the layouts that hospitals use: a proforma, a protocol's list, boxes to tick, a note of a visit."""

from __future__ import annotations

import pytest

from navaid.records.extract.stage import find as find_stage
from navaid.records.extract.tumour import find as find_tumour
from navaid.records.extract.tumour.boxes import without_unticked
from navaid.records.extract.view import View
from navaid.records.paper import Page, Paper
from navaid.terms import Assertion, Finding, How, Value

PROFORMA = """Breast cancer histopathology reporting proforma
Side: Right
Specimen type: Wide local excision
Invasive carcinoma: Present
Maximum dimension of invasive tumour: 18 mm
Whole tumour size (invasive and DCIS): 25 mm
Invasive tumour type: No special type (ductal NST)
Histological grade: Grade 2
Tubule formation: 3   Nuclear pleomorphism: 2   Mitotic count: 1
Lymphovascular invasion: Possible
DCIS: Present  Grade: High
Excision margins: Not involved
Distance to nearest margin: 4 mm (superior)
Axillary nodes: Total number: 5   Number positive: 1
Extracapsular spread: Not identified
pT1c pN1a(sn)
"""

PROTOCOL = """INVASIVE CARCINOMA OF THE BREAST: Resection
Procedure: Total mastectomy
Specimen Laterality: Left
Tumor Site: Upper outer quadrant
   Clock position: 2 o'clock
Histologic Type: Invasive carcinoma of no special type (ductal)
Histologic Grade (Nottingham Histologic Score)
   Glandular (Acinar) / Tubular Differentiation: Score 3
   Nuclear Pleomorphism: Score 2
   Mitotic Rate: Score 2
   Overall Grade: Grade 2 (scores of 6 or 7)
Tumor Size: Greatest dimension of largest invasive focus (Millimeters): 23 mm
   Additional Dimension in Millimeters (mm): 20 x 15 mm
Tumor Focality: Single focus of invasive carcinoma
Ductal Carcinoma In Situ (DCIS): Present
   Nuclear Grade: Grade III (high)
Lymphatic and / or Vascular Invasion: Not identified
MARGINS
Margin Status for Invasive Carcinoma: All margins negative for invasive carcinoma
   Distance from Invasive Carcinoma to Closest Margin: 5 mm
   Distance from DCIS to Closest Margin: 2 mm
REGIONAL LYMPH NODES
   Number of Lymph Nodes with Macrometastases (greater than 2 mm): 1
   Number of Lymph Nodes with Micrometastases (greater than 0.2 mm to 2 mm and / or greater than 200 cells): 1
   Size of Largest Nodal Metastatic Deposit (Millimeters): 7 mm
   Extranodal Extension: Present, greater than 2 mm
   Total Number of Lymph Nodes Examined (sentinel and non-sentinel): 14
   Number of Sentinel Nodes Examined: 3
PATHOLOGIC STAGE CLASSIFICATION (pTNM, AJCC 8th Edition)
pT Category: pT2
pN Category: pN1a
pM Category: Not applicable
"""

VISIT = """ONCOLOGY CONSULT
HPI: Screen-detected right breast mass. Core biopsy: invasive ductal carcinoma, grade 2. She had a right lumpectomy.
Final pathology showed a 1.4 cm IDC, grade 2, no LVI, margins negative, 0/2 sentinel lymph nodes, pT1cN0(sn).
FAMILY HISTORY: mother breast cancer at 60, stage II, T2N1.
ASSESSMENT: Stage IA (pT1c pN0 M0) right breast cancer. No evidence of metastatic disease to bone or liver.
PLAN: Oncotype.
"""


def read(text: str) -> list[Finding]:
    view = View(Paper("FILE:0", "r.txt", "r.txt", "text/plain", text, (Page(1, 0, len(text), How.PLAIN),)))
    found = [*find_tumour(view), *find_stage(view)]
    assert all(text[f.source.start : f.source.end] == f.source.words for f in found)
    return found


def facts(text: str) -> dict[str, set[Value]]:
    found: dict[str, set[Value]] = {}
    for finding in read(text):
        found.setdefault(finding.concept, set()).add(finding.value)
    return found


def test_a_proforma() -> None:
    expected: dict[str, set[Value]] = {
        "laterality": {"right"},
        "histology": {"ductal_nst"},
        "tumour.size": {18},
        "grade": {2},
        "dcis.grade": {3},
        "grade.score": {6},
        "lvi": {"possible"},
        "margins.status": {"negative"},
        "margins.distance": {4},
        "nodes.examined": {5},
        "nodes.positive": {1},
        "nodes.extranodal": {"absent"},
        "pt": {"T1c"},
        "pn": {"N1a"},
    }
    found = facts(PROFORMA)
    assert {concept: found.get(concept) for concept in expected} == expected


def test_a_protocols_list() -> None:
    expected: dict[str, set[Value]] = {
        "laterality": {"left"},
        "quadrant": {"upper_outer"},
        "clock": {2},
        "focality": {"unifocal"},
        "histology": {"ductal_nst"},
        "tumour.size": {23},
        "grade": {2},
        "grade.tubules": {3},
        "dcis.grade": {3},
        "lvi": {"absent"},
        "margins.status": {"negative"},
        "margins.distance": {5},
        "nodes.examined": {14},
        "nodes.sentinel_examined": {3},
        "nodes.positive": {2},
        "nodes.deposit": {7},
        "nodes.extranodal": {"present"},
        "pt": {"T2"},
        "pn": {"N1a"},
    }
    found = facts(PROTOCOL)
    assert {concept: found.get(concept) for concept in expected} == expected
    assert "pm" not in found


def test_a_visit_gives_the_persons_own_facts() -> None:
    found = facts(VISIT)
    assert (found["pt"], found["pn"], found["stage.group"]) == ({"T1c"}, {"N0"}, {"IA"})
    assert (found["tumour.size"], found["nodes.examined"], found["lvi"]) == ({14}, {2}, {"absent"})
    assert "metastasis.site" not in found


def test_doubt_about_a_place_of_spread_is_kept() -> None:
    text = "ASSESSMENT: Breast cancer with liver metastases. CT: pulmonary nodules suspicious for metastases."
    sites = {f.value: f.assertion for f in read(text) if f.concept == "metastasis.site"}
    assert sites == {"liver": Assertion.PRESENT, "lung": Assertion.POSSIBLE}


def test_ticked_boxes() -> None:
    text = (
        "SYNOPTIC REPORT: invasive ductal carcinoma of breast\n"
        "Lymph-Vascular Invasion:\n [ ] Present\n [x] Not identified\n"
        "Perineural invasion: ( ) Present (x) Absent\nHistologic grade: [ ] Grade 1 [ ] Grade 2 [x] Grade 3\n"
    )
    found = facts(text)
    assert (found["lvi"], found["pni"], found["grade"]) == ({"absent"}, {"absent"}, {3})


@pytest.mark.parametrize("text", ["no boxes at all", "[ ] one\n[ ] two", "(s) and ( ) only", ""])
def test_text_without_a_tick_is_left_alone(text: str) -> None:
    assert without_unticked(text) == text


@pytest.mark.parametrize("text", ["[x] a [ ] b\n[ ] c", "yes [ ] no [x]\r\nmaybe ( )", "☐ left ☒ right"])
def test_blanking_keeps_every_place(text: str) -> None:
    blanked = without_unticked(text)
    assert len(blanked) == len(text)
    assert all(a == b or a == " " for a, b in zip(blanked, text, strict=True))
