"""Lymph nodes, T, N and M as written, stage group, places of spread."""

from __future__ import annotations

import pytest

from navaid.records.extract.stage import find
from navaid.records.extract.stage.numbers import number
from navaid.records.extract.view import View
from navaid.records.paper import Page, Paper
from navaid.terms import Finding, How, Value


def read(text: str) -> list[Finding]:
    paper = Paper("FILE:0", "r.txt", "r.txt", "text/plain", text, (Page(1, 0, len(text), How.PLAIN),))
    found = list(find(View(paper)))
    assert all(text[f.source.start : f.source.end] == f.source.words for f in found)
    return found


def values(text: str, concept: str) -> list[Value]:
    return [f.value for f in read(text) if f.concept == concept]


def stage(text: str) -> dict[str, Value]:
    """The letters of the stage; the first of each."""
    found: dict[str, Value] = {}
    for f in read(text):
        if f.concept in {"pt", "pn", "pm", "ct", "cn", "cm"}:
            found.setdefault(f.concept, f.value)
    return found


def report(words: str) -> str:
    return f"FINAL DIAGNOSIS: A. BREAST, LEFT, MASTECTOMY: Invasive ductal carcinoma. {words}"


@pytest.mark.parametrize(
    ("words", "letters"),
    [
        ("PATHOLOGIC STAGE: pT2 NO (i+) MX.", {"pt": "T2", "pn": "N0(i+)", "pm": "MX"}),
        ("PATHOLOGIC STAGING : Tlc NO MX.", {"pt": "T1c", "pn": "N0", "pm": "MX"}),
        ("AJCC STAGE pTicNOMX.", {"pt": "T1c", "pn": "N0", "pm": "MX"}),
        ("Stage: pTlc pNO(i-).", {"pt": "T1c", "pn": "N0(i-)"}),
        ("TNM: T2pN1mi.", {"pt": "T2", "pn": "N1mi"}),
        ("PTNM CLASSIFICATION: STAGE IIB, T2, Nimic, MX.", {"pt": "T2", "pn": "N1mi", "pm": "MX"}),
        ("Tumor classification: G III, pT4b(mult)N3aL1V0R0.", {"pt": "T4b", "pn": "N3a"}),
        (
            "N STAGE, PATHOLOGIC: pN1mi. T STAGE, PATHOLOGIC: pT2. M STAGE, PATHOLOGIC: pMX.",
            {"pt": "T2", "pn": "N1mi", "pm": "MX"},
        ),
        ("T Stage: 2 M Stage: 0 N Stage: 0.", {"pt": "T2", "pn": "N0", "pm": "M0"}),
        ("Primary Tumor (pT): pT1c. Regional lymph nodes (pN): pN1a.", {"pt": "T1c", "pn": "N1a"}),
        ("Pathologic Staging (pTNM): pT 1c N 0.", {"pt": "T1c", "pn": "N0"}),
        ("ypT1a ypN0 (sn).", {"pt": "T1a", "pn": "N0"}),
        ("Stage: pTis pN0.", {"pt": "Tis", "pn": "N0"}),
        ("pT2 (maximum diameter 2.5 cm) pN0 sn (n=3), MX.", {"pt": "T2", "pn": "N0", "pm": "MX"}),
        ("Clinical stage cT3 cN1 cM0.", {"ct": "T3", "cn": "N1", "cm": "M0"}),
        ("pT4d N2a M1.", {"pt": "T4d", "pn": "N2a", "pm": "M1"}),
    ],
)
def test_letters_of_the_stage(words: str, letters: dict[str, Value]) -> None:
    assert stage(report(words)) == letters


@pytest.mark.parametrize(
    "words",
    [
        "The tumor is 3 cm. 0 of 4 lymph nodes involved.",
        "No lymphovascular invasion. NO SIGNIFICANT CHANGE.",
        "PET/CT on 1/26/10 was normal. CT 2 weeks ago.",
        "Bone scan: uptake in T4 and T5 vertebrae. T2 weighted images.",
        "HER2: T1 laboratory. Block T2.",
        "The margin is otherwise free. Nodes: not submitted.",
    ],
)
def test_what_is_no_stage(words: str) -> None:
    assert stage(report(words)) == {}


def test_no_after_a_t_is_a_word_where_words_follow() -> None:
    assert stage(report("forming a 2 cm mass (AJCC pT1c) No vascular invasion.")) == {"pt": "T1c"}


def test_prefix_and_suffix() -> None:
    found = {f.concept: f.details for f in read(report("AJCC 7th edition: ypT2 (m) N0 (sn)."))}
    assert found["pt"] == {"prefix": "yp", "suffix": "m", "edition": "7"}
    assert found["pn"]["suffix"] == "sn"


def test_a_stage_that_was_replaced_is_left_out() -> None:
    words = "TUMOR STAGE: T2, N1mi, MX. COMMENT: amended: the tumor stage is changed from T2, N1, MX to T2, N1mi, MX."
    assert values(report(words), "pn") == ["N1mi"]


def test_a_table_of_definitions_is_no_stage() -> None:
    words = (
        "Primary tumor: pTis in situ; pT1a 1 to 5 mm; pT1b 5 to 10 mm; pT1c 10 to 20 mm; pT2 20 to 50 mm; "
        "pT3 larger; pT4 skin."
    )
    assert values(report(words), "pt") == []


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("HISTORY OF PRESENT ILLNESS: She has a T2 N1 M0 right breast cancer. PHYSICAL EXAM: well.", "ct"),
        ("HISTORY OF PRESENT ILLNESS: Breast cancer, mastectomy in May, T2 N1 M0. PHYSICAL EXAM: well.", "pt"),
        ("IMPRESSION: clinical stage II (T2 N0 M0) breast cancer. PHYSICAL EXAM: well.", "ct"),
    ],
)
def test_without_prefix_the_paper_decides(text: str, concept: str) -> None:
    assert values(text, concept) == ["T2"]
    assert [f.details["prefix"] for f in read(text) if f.concept == concept] == [""]


@pytest.mark.parametrize(
    ("words", "group"),
    [
        ("Pathologic stage: IIA.", ["IIA"]),
        ("TUMOR STAGE: STAGE IIIC, T3, N3, MX.", ["IIIC"]),
        ("BREAST STAGE GROUPING: IIB.", ["IIB"]),
        ("AJCC Stage 2B.", ["IIB"]),
        ("Stage IV breast cancer.", ["IV"]),
        ("The score helps stage II, node positive breast cancer patients.", []),
        ("She has stage 3 kidney disease and early stage disease.", []),
        ("Trial for stage I-III.", []),
    ],
)
def test_stage_group(words: str, group: list[str]) -> None:
    assert values(report(words), "stage.group") == group


def test_kind_of_stage_group() -> None:
    (found,) = [
        f for f in read(report("Pathologic prognostic stage: IA (AJCC 8th edition).")) if f.concept == "stage.group"
    ]
    assert (found.value, found.details) == ("IA", {"kind": "prognostic", "edition": "8"})


@pytest.mark.parametrize(
    ("words", "positive", "examined"),
    [
        ("B. LYMPH NODE, SENTINEL #1: One lymph node, no tumor (0/1). C. LYMPH NODE, SENTINEL #2: "
"Metastatic carcinoma (1/1).", 1, 2),
        ("B. AXILLA, DISSECTION: Five (out of sixteen) axillary lymph nodes are positive for carcinoma.", 5, 16),
        ("B. AXILLA, DISSECTION: Metastatic carcinoma in 3 of 17 lymph nodes, 3 cm, extracapsular "
"extension present (3/17).", 3, 17),
        ("LYMPH NODES: ELEVEN (11) LYMPH NODES NEGATIVE FOR TUMOR.", 0, 11),
        ("B. AXILLA, DISSECTION: NO TUMOR SEEN IN ANY OF THREE LYMPH NODES.", 0, 3),
        ("B. AXILLA: EIGHT LYMPH NODES POSITIVE FOR TUMOR.", 8, 8),
        ("B. AXILLA: all 12 nodes negative.", 0, 12),
        ("B. AXILLA: 1 out of 14 nodes shows metastasis.", 1, 14),
        ("B. SENTINEL LYMPH NODE #1, EXCISION: Negative for carcinoma. C. SENTINEL LYMPH NODE #2, "
"EXCISION: Negative for carcinoma.", 0, 2),
        ("Number of positive lymph nodes: 2. Total number sampled: 15. B. AXILLA: no carcinoma (0/12).", 2, 15),
        ("B. SENTINEL NODE #1: (0/1). C. SENTINEL NODE #2: (1/1). D. AXILLA: (0/9). LYMPH NODES: 1/11 "
"positive.", 1, 11),
        ("Sentinel nodes removed: 3. Total number of lymph nodes examined: 6. Number of nodes with "
"macrometastases: 1. Number of nodes with micrometastases: 1.", 2, 6),
        ("B. AXILLA: Multiple (4) axillary lymph nodes are negative for tumor.", 0, 4),
        ("B. AXILLARY NODES: Metastases carcinomatosae in lymphonodis (No IV/XII).", 4, 12),
        ("LYMPH NODES: FIVE NODES NEGATIVE (PARTS B-C). B. LYMPH NODE, SENTINEL: (0/2). C. LYMPH NODE, "
"AXILLA: (0/3).", 0, 5),
        ("B. LYMPH NODE, SENTINEL: One lymph node with isolated tumor cells only.", 0, 1),
    ],
)  # fmt: skip
def test_nodes(words: str, positive: int, examined: int) -> None:
    text = report(words)
    assert (values(text, "nodes.positive"), values(text, "nodes.examined")) == ([positive], [examined])


@pytest.mark.parametrize(
    "words",
    [
        "Nottingham score 6/9 (tubules 3/3). Lymph nodes: not submitted.",
        "Seen on 1/23/10. DCIS in 8 of 13 slides.",
        "Axillary lymph nodes are palpable.",
        "GROSS DESCRIPTION: Three lymph nodes, 0.5 cm.",
    ],
)
def test_no_counts_where_none_are_stated(words: str) -> None:
    text = report(words)
    assert values(text, "nodes.examined") == values(text, "nodes.positive") == []


def test_sentinel_nodes_are_counted_apart() -> None:
    text = report(
        "B. SENTINEL NODE #1: no tumor (0/1). C. NON-SENTINEL NODE: no tumor (0/2). D. SENTINEL NODE #2: "
        "metastasis (1/1)."
    )
    assert (values(text, "nodes.examined"), values(text, "nodes.sentinel_examined")) == ([4], [2])
    assert (values(text, "nodes.positive"), values(text, "nodes.sentinel_positive")) == ([1], [1])


def test_deposit_and_growth_beyond_the_node() -> None:
    text = report(
        "B. AXILLA: Metastatic carcinoma (2/9). Size of largest metastasis: 0.9 cm. Extracapsular extension: present."
    )
    assert (values(text, "nodes.deposit"), values(text, "nodes.extranodal")) == ([9], ["present"])
    assert values(report("B. AXILLA: (1/9). NO EXTRANODAL EXTENSION IDENTIFIED."), "nodes.extranodal") == ["absent"]
    assert values(report("Extracapsular invasion of the nodes: Not specified."), "nodes.extranodal") == []


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("Breast cancer metastatic to bone, liver and lung.", {"bone", "liver", "lung"}),
        ("Breast cancer with biopsy proven liver metastases.", {"liver"}),
        ("Breast cancer with bone and brain mets.", {"bone", "brain"}),
        ("Breast cancer. No evidence of metastasis to the liver.", set()),
        ("Breast cancer. CT to rule out lung metastases.", set()),
        ("Breast cancer metastatic to two axillary lymph nodes.", set()),
    ],
)
def test_places_of_spread(words: str, places: set[str]) -> None:
    assert set(values(f"IMPRESSION: {words}", "metastasis.site")) == places


def test_another_organs_stage_is_not_read() -> None:
    assert read("FINAL DIAGNOSIS: Sigmoid colon: adenocarcinoma, pT3 pN1a, 2 of 14 lymph nodes. Stage IIIB.") == []


@pytest.mark.parametrize("junk", ["pT", "1/2 ", "one of ", "node ", "metasta ", "stage ", "(", "\n", "bone mets "])
def test_long_junk_is_read_quickly_and_without_error(junk: str) -> None:
    assert isinstance(read("breast carcinoma " + junk * (20000 // len(junk))), list)


@pytest.mark.parametrize(
    ("words", "value"),
    [("one", 1), ("Twenty-three", 23), ("eighteen (18)", 18), ("theree", 3), ("14", 14), ("many", None), ("", None)],
)
def test_numbers_in_words(words: str, value: int | None) -> None:
    assert number(words) == value
