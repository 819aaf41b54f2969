"""Fair wordings of clinics and laboratories: types of papers, spread, stage, nodes, kinds, sides, sex, days."""

from __future__ import annotations

import pytest

from navaid.records.extract.extract import extract
from navaid.records.paper import Page, Paper
from navaid.terms import How, Reading

CLINIC, LAB = "ONCOLOGY CLINIC NOTE\n", "PATHOLOGY REPORT\nLeft breast, excision.\n"


def read(text: str) -> Reading:
    page = Page(number=1, start=0, end=len(text), how=How.PLAIN)
    return extract(Paper(id="F", path="p", name="n", media_type="text/plain", text=text, pages=(page,), entries=()))


def said(text: str, concept: str) -> set[tuple[object, str]]:
    found = read(text).findings
    return {(one.value, one.assertion.value) for one in found if one.concept == concept}


def values(text: str, concept: str) -> set[object]:
    return {value for value, _ in said(text, concept)}


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        (
            "BREAST CLINIC - review     3 May 2025\nOn letrozole since March. CT and bone scan clear.\n"
            "DEXA: T score -1.9.\nPlan: continue.",
            "oncology_note",
        ),
        ("Oncology clinic\nShe takes tamoxifen.\nBone density: normal.\nEchocardiogram: normal.", "oncology_note"),
        ("HILLFIELD HOSPITAL - HISTOLOGY\nLeft breast core: invasive ductal carcinoma, grade 2.", "pathology"),
        ("PATHOLOGY CONSULTATION        Lakeside Medical Center\nA. Right breast, core biopsy", "pathology"),
        ("NORTH HOSPITAL / CELLULAR PATHOLOGY\nSpecimen  Left breast core", "pathology"),
        ("MRI REPORT\nTechnique: contrast.\nFindings: a mass of 2 cm.\nImpression: BI-RADS 5.", "radiology"),
        ("DEXA\nClinical history: on letrozole.\nFindings: T score -2.\nImpression: osteopenia.", "radiology"),
    ],
)
def test_a_paper_is_what_its_writer_made_it_for(text: str, type_: str) -> None:
    assert read(text).header.type == type_


@pytest.mark.parametrize(
    ("text", "sites"),
    [
        ("Left breast cancer, metastatic from the beginning (May 2021):\n   bone, liver.", {"bone", "liver"}),
        ("Breast cancer, metastatic at diagnosis: lung and pleura.", {"lung", "pleura"}),
        ("Breast cancer. Metastatic from diagnosis, to the liver and brain.", {"liver", "brain"}),
    ],
)
def test_spread_from_the_beginning_is_spread(text: str, sites: set[str]) -> None:
    assert said(CLINIC + text, "metastasis.site") == {(site, "present") for site in sites}


@pytest.mark.parametrize(
    ("text", "sites"),
    [
        ("MRI brain 4/5/2024: no metastases.", {"brain"}),
        ("There are no liver or lung metastases.", {"liver", "lung"}),
        ("CT of the liver showed no metastases.", {"liver"}),
        ("Bone scan: negative for metastases.", {"bone"}),
    ],
)
def test_spread_that_was_looked_for_in_vain_is_absent(text: str, sites: set[str]) -> None:
    assert said(f"{CLINIC}Breast cancer. {text}", "metastasis.site") == {(site, "absent") for site in sites}


@pytest.mark.parametrize(
    "text", ["No new brain metastases.", "She fears liver metastases.", "CT: no distant metastases."]
)
def test_no_new_spread_and_no_spread_anywhere_deny_no_place(text: str) -> None:
    assert ("brain", "absent") not in said(f"{CLINIC}Breast cancer. {text}", "metastasis.site")
    assert ("liver", "absent") not in said(f"{CLINIC}Breast cancer. {text}", "metastasis.site")


@pytest.mark.parametrize(
    ("text", "site"),
    [
        (
            "Lung, left upper lobe, wedge resection.\nDIAGNOSIS: Metastatic carcinoma, consistent with breast primary.",
            "lung",
        ),
        ("SPECIMEN: Liver, core biopsy\nDIAGNOSIS: metastatic breast carcinoma", "liver"),
    ],
)
def test_the_organ_of_a_biopsy_of_spread_is_a_place_of_spread(text: str, site: str) -> None:
    assert said("PATHOLOGY REPORT\n" + text, "metastasis.site") == {(site, "present")}


def test_a_biopsy_without_spread_and_nodes_are_no_place_of_spread() -> None:
    assert not said("PATHOLOGY REPORT\nBone marrow, biopsy: no metastatic breast carcinoma.", "metastasis.site")
    nodes = "PATHOLOGY REPORT\nB. Axillary nodes, excision: metastatic breast carcinoma in 2 of 10 nodes."
    assert not said(nodes, "metastasis.site")


@pytest.mark.parametrize(
    "text",
    [
        "PET/CT 2/3/2024: axillary nodes, no distant metastases. cT3 cN1 M0, stage IIIA.",
        "CT: no metastases, cT3 cN1 M0, stage IIIA.",
        "No swollen glands in the neck. cT3 cN1 M0, stage IIIA.",
    ],
)
def test_a_stage_behind_a_denial_is_stated(text: str) -> None:
    text = f"{CLINIC}Left breast cancer. {text}"
    assert (values(text, "ct"), values(text, "cn"), values(text, "stage.group")) == ({"T3"}, {"N1"}, {"IIIA"})


@pytest.mark.parametrize(
    ("text", "examined", "positive"),
    [
        ("Sentinel nodes examined ............ 4\nNodes with macrometastasis ......... 2", 4, 2),
        ("Lymph nodes examined ___________ 14\nPositive nodes ___________ 3", 14, 3),
        ("Nodes:            total 15, positive 4, no extracapsular spread", 15, 4),
        ("Axillary nodes: total 22; involved: 0", 22, 0),
        ("Axillary nodes: 2 positive out of 13.", 13, 2),
        ("Sentinel nodes 0/3.\nER positive, 8/8. PR positive, 5/8.", 3, 0),
        ("Nodes 1/4. Oestrogen receptor: Allred 8/8; progesterone receptor: Allred 6/8", 4, 1),
    ],
)
def test_nodes_in_lists_and_beside_scores(text: str, examined: int, positive: int) -> None:
    text = f"{LAB}Invasive ductal carcinoma.\n{text}"
    assert (values(text, "nodes.examined"), values(text, "nodes.positive")) == ({examined}, {positive})


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (CLINIC + "Left breast cancer, invasive ductal, ER negative, grade 2.", "ductal_nst"),
        (CLINIC + "Right breast cancer, infiltrating lobular, ER positive.", "lobular"),
        (CLINIC + "Metastatic left breast cancer, invasive lobular carcinoma, ER+.", "lobular"),
        (LAB + "Invasive tumour:  lobular carcinoma, classical type\nLCIS:             present", "lobular"),
        (LAB + "Invasive component: ductal, grade 2.\nLCIS: present", "ductal_nst"),
    ],
)
def test_the_type_of_the_invasive_tumour(text: str, kind: str) -> None:
    assert values(text, "histology") == {kind}
    assert "lcis" not in values(text, "diagnosis")
    assert values(text, "diagnosis") & {"invasive_breast_cancer", "metastatic_breast_cancer"}


def test_what_is_denied_of_the_cancer_itself_stays_denied() -> None:
    assert not said(CLINIC + "She has no breast cancer, ER negative.", "diagnosis")


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("New breast cancer on the right.", {"right"}),
        ("Breast cancer (left), 2019.", {"left"}),
        ("Cancer of the breast, left side.", {"left"}),
        ("Breast cancer, right hip pain.", set()),
    ],
)
def test_the_side_behind_the_name_of_the_cancer(text: str, side: set[str]) -> None:
    assert values(CLINIC + text, "laterality") == side


@pytest.mark.parametrize("text", ["HER2 IHC 0         NEGATIVE", "HER2 (IHC)   0   negative", "HER2 negative (IHC 0)"])
def test_a_score_of_nought_in_columns(text: str) -> None:
    assert values(f"{LAB}Invasive carcinoma.\n{text}", "her2.ihc") == {"0"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Her periods are regular.", {"pre"}),
        ("She still has regular monthly periods.", {"pre"}),
        ("No periods since March.", set()),
        ("Her periods were regular before chemotherapy.", set()),
    ],
)
def test_regular_periods_are_before_menopause(text: str, value: set[str]) -> None:
    assert values(CLINIC + text, "menopause") == value


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("Name: A. Low     D.O.B. 3.4.1971   Female\n", "female"),
        ("Patient: A. Low   Male   Born 3.4.1971\n", "male"),
        ("Low, Anna | DOB 3-Apr-1971 | F | Collected 3-Jul-2024\n", "female"),
    ],
)
def test_sex_in_a_column_beside_the_birth_date(text: str, sex: str) -> None:
    assert values(LAB + text + "Invasive carcinoma.", "sex") == {sex}


@pytest.mark.parametrize("text", ["Anna Low-Marsh, 63 years, on letrozole.", "Anna Low, DOB 30/06/1961, 63 years"])
def test_an_age_behind_the_name(text: str) -> None:
    assert values(CLINIC + text, "age") == {63}


@pytest.mark.parametrize(
    ("text", "sites"),
    [
        ("Radiation                Left breast, 40 Gy in 15 fractions, 03/2021", {"breast"}),
        ("Radiotherapy to the right breast and regional nodes, finished May 2023", {"breast", "regional_nodes"}),
        ("June 2023 radiotherapy chest wall and supraclavicular fossa.", {"chest_wall", "regional_nodes"}),
    ],
)
def test_the_places_of_radiotherapy(text: str, sites: set[str]) -> None:
    assert values(CLINIC + text, "radiation") == sites


@pytest.mark.parametrize(
    "text",
    [
        "Residual invasive ductal carcinoma of the breast, 13 mm, in a tumor bed of 31 mm.",
        "Tumour bed 40 mm. Residual invasive carcinoma 13 mm.",
        "A 25 mm tumour bed is seen. Residual invasive carcinoma 13 mm.",
    ],
)
def test_the_bed_is_not_the_tumour(text: str) -> None:
    assert values(LAB + text, "tumour.size") == {13}


@pytest.mark.parametrize(
    ("text", "past"),
    [
        ("Clinic 3 May 2025\nPalbociclib from 2023 until March 2025.", True),
        ("Anastrozole since 2022, to continue until March 2027.", False),
    ],
)
def test_a_drug_up_to_a_day_that_has_passed_is_past(text: str, past: bool) -> None:
    drugs = [one for one in read(CLINIC + text).findings if one.concept == "drug"]
    assert [one.details.get("status") == "past" for one in drugs] == [past]


@pytest.mark.parametrize(
    ("text", "date", "collected"),
    [
        ("HISTOLOGY\nTaken 10/08/2026  Reported 14/08/2026\nLeft breast.", "2026-08-14", "2026-08-10"),
        (
            "PATHOLOGY\nCOLLECTED 08/06/2026   SIGNED OUT 08/13/2026\nIN THE BREAST IN THE CORES IN ONE.",
            "2026-08-13",
            "2026-08-06",
        ),
        ("BREAST CLINIC REVIEW      24 September 2026\nSeen today.", "2026-09-24", "None"),
    ],
)
def test_the_days_of_a_paper_without_colons(text: str, date: str, collected: str) -> None:
    header = read(text).header
    assert (str(header.date), str(header.collected)) == (date, collected)
