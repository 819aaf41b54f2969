"""Receptors in the ways in which reports of many hospitals write them: what is said, and what is only talked of."""

from __future__ import annotations

import pytest

from navaid.records.extract.receptors import find
from navaid.records.extract.view import View
from navaid.records.paper import Page, Paper
from navaid.terms import How

MARKERS = ("er", "pr", "her2")
RESULTS = {"positive": "P", "low_positive": "L", "negative": "N", "equivocal": "E"}


def said(text: str) -> str:
    """The results of ER, PR and HER2, a letter each; `-` where there is none, `!` where two disagree."""
    page = Page(number=1, start=0, end=len(text), how=How.PLAIN)
    found = list(find(View(Paper("FILE:" + "0" * 64, "report.txt", "report.txt", "text/plain", text, (page,)))))
    letters = ""
    for marker in MARKERS:
        values = {str(f.value) for f in found if f.concept == f"{marker}.status" and f.value in RESULTS}
        ish = {str(f.value) for f in found if f.concept == f"{marker}.status" and f.details.get("method") == "ish"}
        values = ish & set(RESULTS) or values
        letters += "-" if not values else RESULTS[values.pop()] if len(values) == 1 else "!"
    return letters


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the result before its marker
        ("The tumor nuclei are reactive for estrogen receptor.", "P--"),
        ("Carcinoma, immunoreactive for estrogen receptor and, focally, for nothing else.", "P--"),
        ("About 60% of the tumor cells express estrogen receptor and about 20% express progesterone receptor.", "PP-"),
        ("The carcinoma expresses both ER and PR.", "PP-"),
        ("Carcinoma: 0% positive for ER; 70% positive for PR; 3+ for HER2.", "NPP"),
        ("POSITIVE: ER (90%), PR (40%). NEGATIVE: HER2. Carcinoma.", "PPN"),
        ("Carcinoma with positivity for ER (70% of cells) and PR (30%), absence of HER2 staining.", "PPN"),
        ("Carcinoma. (+) ER, (+) PR, (-) HER2.", "PPN"),
        ("Positive immunostaining for estrogen receptor; negative immunostaining for HER2.", "P-N"),
        ("Carcinoma, positive for ER (Allred 8/8) and PR (Allred 7/8). HER2 is negative (1+).", "PPN"),
        ("Carcinoma, positive for ER (95%), HER2 is negative.", "P-N"),
        ("Carcinoma, positive for ER (95%), PR (0%).", "PN-"),
        # denied for several at once
        ("Neither estrogen nor progesterone receptor is expressed by the tumor.", "NN-"),
        ("None of the three markers (ER, PR, HER2) is expressed by the carcinoma.", "NNN"),
        ("None of ER, PR, HER2 is expressed by the carcinoma.", "NNN"),
        ("The tumor cells fail to stain for ER, PR and HER2.", "NNN"),
        ("Tumor cells do not stain for ER or PR but stain strongly for HER2 (3+).", "NNP"),
        ("Tumor is ER positive but not PR positive.", "PN-"),
        # a label before each
        ("Carcinoma. Result of estrogen receptor: positive. Result of HER2: negative.", "P-N"),
        ("Carcinoma. Percentage of ER positive cells: 0%. Percentage of PR positive cells: 80%.", "NP-"),
        ("Estrogen receptor assay: Positive cells: 0%. Progesterone receptor assay: Positive cells: 60%.", "NP-"),
        ("Estrogen receptor: rare positive cells (<1%), interpreted as negative.", "N--"),
        ("Breast tumor markers. ER: favorable 85%. PR 0 unfavorable. HER2 3+ unfavorable.", "PNP"),
        # lists that share out their results
        ("Carcinoma. ER / PR / HER2 / Ki67: positive / negative / negative / 30%.", "PNN"),
        ("Carcinoma of the breast with HER2 status. Estrogen/progesterone: +/-.", "PN-"),
        ("Receptors: oestrogen -, progesterone -, HER2 +++.", "NNP"),
        # scores and signs
        ("Carcinoma. Allred score for ER: 8/8 (PS 5 + IS 3). Allred score for PR: 0/8.", "PN-"),
        ("Carcinoma. ER: Allred 7. PR: Allred 5.", "PP-"),
        ("Invasive carcinoma on core, ER 8, PR 7, HER2 neg.", "PPN"),
        ("Invasive carcinoma, ER 90 PR 60 HER2 neg.", "PPN"),
        ("Carcinoma. ER 12/12 IRS, PR 0/12 IRS.", "PN-"),
        ("Carcinoma. ER +++, PR +, HER2 ++.", "PPE"),
        ("Carcinoma. HER2: score +1.", "--N"),
        ("Carcinoma. HER2 2+, ISH-.", "--N"),
        ("Carcinoma. ER zero percent. HER2/neu three plus.", "N-P"),
        ("Carcinoma. ER: <1. PR: <1. HER2 - 0.", "NNN"),
        ("Breast carcinoma. FISH result: equivocal. The HER2/CEP17 ratio is 2.0.", "--E"),
        # what a scan does
        ("Estrogen receptor: nega-\ntive. Progesterone receptor: posi-\ntive.", "NP-"),
        ("E strogen receptor: Positive. P rogesterone receptor: Positive. H ER2: Negative.", "PPN"),
        ("ESTROGEN RECEP TOR: NEGATIVE. HER - 2: POSITIVE (3t).", "N-P"),
        ("Carcinoma. ER 90 %, PR 70. %, HER2 0.", "PPN"),
        ("EstrogenReceptorPositive95%. Her2Negative. Carcinoma.", "P-N"),
        # boxes
        ("Carcinoma. ER pos [x] neg [ ]; PR pos [ ] neg [x]; HER2 pos [ ] neg [ ] equivocal [x].", "PNE"),
        ("Carcinoma, HER2 was typed as positive in error; the correct result is negative (1+).", "--N"),
    ],
)
def test_results_are_found(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Estrogen receptor ( ). positive ( ) negative. HER2 ( ) positive. ( ) negative.",
        "Carcinoma. ER, PR and HER2 results are not available. Internal control: normal ducts positive.",
        "Carcinoma. HER2: see addendum. External control: positive.",
        "Carcinoma. HER-2/neu kit. Scores: 0 no stain; 1+ faint; 2+ moderate; 3+ strong. Only 3+ counts as positive.",
        "Carcinoma. HER2 is scored 0 to 3+; 3+ is positive, 2+ equivocal, 0. and 1+ negative.",
        "Carcinoma. ER and PR are called positive when 1% or more of the nuclei stain.",
        "Carcinoma. Estrogen receptor reference: negative. below 5%.",
        "Carcinoma. Scoring key: ER/PR negative <1%, low positive 1-10%, positive >10%.",
        "Carcinoma. HER2 amplification: ratio >2.2 positive; 1.8-2.2 equivocal; <1.8 negative.",
        "Carcinoma. HER2 FISH reference ranges: amplified >= 2.0; not amplified < 2.0.",
        "Carcinoma. Values: ER 0-4% negative, 5-19% borderline, 20% and above positive.",
        "Carcinoma. Scores of 3+ are positive for HER2 and scores of 2+ are sent to FISH.",
        "Adjacent normal lobules are positive for ER and PR. The carcinoma will be tested.",
        "External control for HER2: 3+ acceptable. Carcinoma.",
        "About 80 percent of all breast cancers are ER positive.",
        "Carcinoma. Recommend hormone receptor and HER2 studies on the positive node.",
        "Carcinoma. Neither ER/PR nor HER2 studies were performed.",
        "A HER2 positive result is 3+. Carcinoma.",
    ],
)
def test_talk_is_no_result(text: str) -> None:
    assert said(text) == "---"


def test_a_result_beside_benign_glands_is_of_the_tumour() -> None:
    assert said("ER and PR are negative in tumor cells (positive in benign glands).") == "NN-"


def test_a_summary_of_a_margin_before_a_marker_denies_nothing() -> None:
    assert said("Breast without tumour. Positivity for ER (80% of cells).") == "P--"


def test_no_loss_is_no_absence() -> None:
    assert said("Carcinoma. There is no loss of ER expression; ER is strongly positive.") == "P--"


def test_junk_takes_no_time() -> None:
    junk = "breast carcinoma ER positive. " + "[ ] pos 0 a 1+ b 2+ (+) ER, no loss of 5 % of the reference: < 1." * 500
    assert said(junk)[0] in "PNE!"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # boxes before their words: only what is ticked counts
        (
            "Breast. Estrogen receptor\n ___ Negative (<1%)\n _X_ Positive\nHER2 (IHC)\n _X_ Negative (1+)\n ___ 3+",
            "P-N",
        ),
        ("Breast. Estrogen receptor: [ ] Negative [x] Positive\nHER2: ☐ 0 ☐ 1+ ☒ 2+ ☐ 3+", "P-E"),
        ("Breast. Estrogen receptor:\n( ) Negative\n( ) Positive\n", "---"),
        # a figure of the test between the name and its result
        ("Breast. ER 9.9 Positive   PR 7.1 Positive   HER2 8.2 Negative", "PPN"),
        ("Breast. ER score: 7.2 Positive (cut-off 6.5)\nPR score: 4.1 Negative (cut-off 5.5)", "PN-"),
        # keys of scores and definitions
        (
            "Breast. Guide: HER2 0/1+ Negative; 2+ Equivocal; 3+ Positive. ER/PR Allred 0-2 Negative; 3-8 Positive.",
            "---",
        ),
        ("Breast carcinoma. HER2 3+ is defined as complete strong staining of the membrane.", "---"),
        # a gene that was sequenced
        ("Breast. Plasma NGS. ERBB2 amplification   Not detected", "---"),
        ("Breast. Genomic findings: ERBB2 amplification - equivocal", "---"),
        ("Breast carcinoma. HER2 exon 20 insertion: not detected", "---"),
        ("Breast carcinoma. ERBB2 (HER2) by FISH: amplified", "--P"),
        # another field before
        ("Breast. HepPar-1: negative, positive in background liver\nER: negative", "N--"),
        ("Breast carcinoma. ER expression is lost.", "N--"),
        ("Breast carcinoma, sensitive to oestrogen (ER 8 out of 8).", "P--"),
    ],
)
def test_forms_figures_keys_and_genes(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    ["HER2: negative (IHC 0)", "HER2 IHC      0 (negative)", "HER2: immunohistochemistry 0", "HER2 by IHC is 0."],
)
def test_an_ihc_score_of_nought_is_kept(text: str) -> None:
    text = f"Breast carcinoma. {text}"
    page = Page(number=1, start=0, end=len(text), how=How.PLAIN)
    found = find(View(Paper("FILE:" + "0" * 64, "report.txt", "report.txt", "text/plain", text, (page,))))
    assert [f.value for f in found if f.concept == "her2.ihc"] == ["0"]


@pytest.mark.parametrize("text", ["MSI-High: not detected", "MSI-H absent", "The tumour is not MSI-high."])
def test_msi_high_denied_is_not_high(text: str) -> None:
    page = Page(number=1, start=0, end=len(text), how=How.PLAIN)
    found = find(View(Paper("FILE:" + "0" * 64, "report.txt", "report.txt", "text/plain", text, (page,))))
    assert not [f for f in found if f.concept == "msi.status"]
