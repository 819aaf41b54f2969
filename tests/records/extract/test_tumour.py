"""What a report says of the tumour itself: type, side, place, size, grade, invasion, margins, carcinoma in situ."""

from __future__ import annotations

import pytest

from navaid.records.extract.tumour import find
from navaid.records.extract.view import View
from navaid.records.paper import Page, Paper
from navaid.terms import Assertion, Finding, How, Value


def read(text: str) -> list[Finding]:
    paper = Paper("FILE:0", "r.txt", "r.txt", "text/plain", text, (Page(1, 0, len(text), How.PLAIN),))
    found = list(find(View(paper)))
    assert all(text[f.source.start : f.source.end] == f.source.words for f in found)
    return found


def values(text: str, concept: str) -> list[Value]:
    return [f.value for f in read(text) if f.concept == concept]


def report(diagnosis: str, more: str = "") -> str:
    return f"FINAL DIAGNOSIS: A. BREAST, LEFT, MASTECTOMY: {diagnosis} {more}"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Invasive ductal carcinoma.", "ductal_nst"),
        ("INFILTRATING. DUCT CARCINOKA, NO SPECIAL TYPE.", "ductal_nst"),
        ("Invasive carcinoma of no special type (NST).", "ductal_nst"),
        ("Carcinoma lobulare invasivum.", "lobular"),
        ("Infiltrating lobular carcinoma beside lobular carcinoma in situ.", "lobular"),
        ("Invasive ductal carcinoma with lobular features.", "mixed_ductal_lobular"),
        ("Infiltrating mucinous (colloid) carcinoma.", "mucinous"),
        ("Metaplastic carcinoma.", "metaplastic"),
        ("Invasive micropapillary carcinoma.", "micropapillary"),
        ("Ductal carcinoma in situ, solid type. No invasive carcinoma is seen.", "dcis"),
        ("Lobular carcinoma in situ.", "lcis"),
        ("Malignant phyllodes tumor.", "phyllodes"),
    ],
)
def test_histology(words: str, code: str) -> None:
    assert set(values(report(words), "histology")) == {code}


def test_features_are_kept_beside_the_type() -> None:
    (found,) = [
        f for f in read(report("Invasive ductal carcinoma with mucinous features.")) if f.concept == "histology"
    ]
    assert (found.value, found.details["features"]) == ("ductal_nst", "mucinous")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Invasive ductal carcinoma.", "invasive_breast_cancer"),
        ("Ductal carcinoma in situ.", "dcis"),
        ("Benign breast tissue, no evidence of malignancy.", "benign"),
        ("Fibrocystic changes. Negative for carcinoma.", "benign"),
    ],
)
def test_diagnosis(words: str, code: str) -> None:
    assert values(report(words), "diagnosis") == [code]


def test_each_side_has_its_own_diagnosis() -> None:
    text = report("Invasive lobular carcinoma.", "B. BREAST, RIGHT, MASTECTOMY: Focal lobular carcinoma in situ.")
    found = {(f.side, f.value) for f in read(text) if f.concept == "diagnosis"}
    assert found == {("left", "invasive_breast_cancer"), ("right", "lcis")}
    assert values(text, "laterality") == ["left"]


@pytest.mark.parametrize(
    "text",
    [
        "FINAL DIAGNOSIS: Sigmoid colon, resection: Adenocarcinoma, grade 2, 4.5 cm. Margins negative. pT3 N1.",
        "PATHOLOGY. Right upper lobe of lung: adenocarcinoma, 2 cm. FAMILY HISTORY: Mother had breast cancer.",
        "Pancreatic ductal adenocarcinoma, poorly differentiated.",
    ],
)
def test_another_organs_cancer_is_told_as_such_and_nothing_else(text: str) -> None:
    assert {(f.concept, f.value) for f in read(text)} == {("diagnosis", "other_cancer")}


@pytest.mark.parametrize(
    "text", ["Chest pain for two days. ECG normal.", "Breasts: no masses. Plan: aspirin.", "", "a" * 5000]
)
def test_papers_without_cancer_give_nothing(text: str) -> None:
    assert read(text) == []


def test_a_cancer_of_another_organ_in_the_history_is_no_breast_cancer() -> None:
    text = (
        "HISTORY OF PRESENT ILLNESS: Invasive ductal carcinoma of the right breast. PAST MEDICAL HISTORY: "
        "left ovarian carcinoma."
    )
    assert {(f.value, f.side) for f in read(text) if f.concept == "diagnosis"} == {("invasive_breast_cancer", "right")}


@pytest.mark.parametrize(
    ("words", "mm"),
    [
        ("Invasive ductal carcinoma, 2.3 cm.", 23),
        ("Invasive carcinoma. Tumor size: 2.8 x 3.5 x 3.0 cm.", 35),
        ("Invasive carcinoma. TUMOR SIZE (GREATEST DIMENSION) : 0. 8 CM. (MEASURED GROSSLY).", 8),
        ("Invasive carcinoma. Tumour size 1,7 cm.", 17),
        ("Invasive carcinoma measures 12 mm in greatest dimension.", 12),
        ("Invasive carcinoma. Three tumors measuring 2.2, 1.0 and 0.9 cm.", 22),
        ("Invasive carcinoma forming a 3 x 2 x 2.5 cm mass.", 30),
        (
            "Invasive carcinoma. Greatest dimension of largest focus of invasion (over 1 mm): 4.2 cm. "
            "Additional dimensions: 9 x 3 cm.",
            42,
        ),
        ("Invasive carcinoma. Tumor size: 3 cm. Size of invasive component: 1.9 cm.", 19),
        ("Invasive carcinoma spanning a distance of 2.6 cm.", 26),
        ("DCIS spans 4 cm. Invasive carcinoma is 6 mm.", 6),
    ],
)
def test_size(words: str, mm: float) -> None:
    assert values(report(words), "tumour.size") == [mm]


@pytest.mark.parametrize(
    "words",
    [
        "Invasive carcinoma. Closest margin 4 mm.",
        "Invasive carcinoma lies 7 mm from the deep margin.",
        "Invasive carcinoma. Margins free of tumor by at least 8 mm.",
        "Invasive carcinoma. Largest metastatic tumor measures 3 mm.",
        "Invasive carcinoma. Fibroadenoma, 8 mm. Lymph node 1.2 cm.",
        "Invasive carcinoma. DCIS measures 2 cm.",
        "pT2: Tumor >20 mm but <50 mm across. Invasive carcinoma.",
        "Invasive carcinoma, 1. CM.",
    ],
)
def test_other_lengths_are_no_tumour_size(words: str) -> None:
    assert values(report(words), "tumour.size") == []


def test_a_gross_size_gives_way_to_the_final_one() -> None:
    gross = "GROSS DESCRIPTION: A 30 x 20 x 9 cm breast. There is a firm mass measuring 4.5 x 3 x 2 cm."
    assert values(report("Invasive carcinoma, 3.1 cm.", gross), "tumour.size") == [31]
    (found,) = [f for f in read(report("Invasive carcinoma.", gross)) if f.concept == "tumour.size"]
    assert (found.value, found.unit, found.details["from"]) == (45, "mm", "gross")


def test_foci_are_labelled() -> None:
    text = report("Invasive carcinoma. Size: Mass #1: 1.1 cm. Mass #2: 0.6 cm.")
    assert {(f.tumour, f.value) for f in read(text) if f.concept == "tumour.size"} == {("1", 11), ("2", 6)}


@pytest.mark.parametrize(
    ("words", "grade", "by"),
    [
        ("Invasive ductal carcinoma, SBR grade II/III.", 2, ""),
        ("Invasive carcinoma, Nottingham grade III (of III).", 3, ""),
        ("Invasive carcinoma. Histologic grade: Overall grade: 1.", 1, ""),
        ("Invasive carcinoma. Nottingham grade (1, 2, 3): 2.", 2, ""),
        ("Invasive carcinoma (GRADE 3 OF 3 PER MODIFIED BLOOM-RICHARDSON).", 3, ""),
        ("Carcinoma ductale invasivum - NHG2 (3 + 2 + 2).", 2, ""),
        ("Invasive ductal carcinoma, high grade.", 3, "word"),
        ("Moderately differentiated invasive ductal carcinoma.", 2, "differentiation"),
        ("Invasive lobular carcinoma, total Nottingham score of 6.", 2, "derived"),
        ("Well differentiated invasive carcinoma, Bloom-Richardson grade 4.", 1, "differentiation"),
    ],
)
def test_grade(words: str, grade: int, by: str) -> None:
    found = [f for f in read(report(words)) if f.concept == "grade"]
    assert {f.value for f in found} == {grade}
    assert {f.details.get("by", "") for f in found} == {by}


@pytest.mark.parametrize(
    "words",
    [
        "Invasive ductal carcinoma, nuclear grade 3.",
        "Invasive carcinoma. Ductal carcinoma in situ, high nuclear grade.",
        "Invasive carcinoma with high-grade DCIS.",
        "Invasive carcinoma, well to moderately differentiated.",
        "Moderately differentiated intraductal and infiltrating duct carcinoma.",
        "Invasive carcinoma. Histologic grade: Not specified.",
    ],
)
def test_no_grade_where_none_is_stated(words: str) -> None:
    assert values(report(words), "grade") == []


def test_grade_of_the_in_situ_part() -> None:
    assert values(report("Invasive carcinoma, grade 1. Ductal carcinoma in situ, nuclear grade 3."), "dcis.grade") == [
        3
    ]
    assert values(report("Invasive carcinoma, grade 1. Ductal carcinoma in situ, nuclear grade 3."), "grade") == [1]


@pytest.mark.parametrize(
    "words",
    [
        "NOTTINGHAM SCORE: 6/9 (NUCLEI = 2, TUBULES = 3, MITOSES= 1).",
        "Tubule formation: 3 of 3. Nuclear pleomorphism: 2 of 3. Mitotic rate: 1 of 3. Total score: 6 of 9.",
        "Nottingham grade 2 (3+2+1).",
        "Nuclear grade: 2, =2 points. Mitotic count: <7 mitotic figures/10 HPF, =1 point. Tubule "
        "formation: <10%, = 3 points. Total points = 6.",
        "Glandular (Acinar)/Tubular Differentiation: Score 3: less. Nuclear Pleomorphism: Score 2: some. "
        "Mitotic count: Score 1. Nottingham score 6/9.",
    ],
)
def test_parts_of_the_score(words: str) -> None:
    found = {f.concept: f.value for f in read(report("Invasive carcinoma. " + words))}
    assert (found["grade.tubules"], found["grade.nuclear"], found["grade.mitoses"], found["grade.score"]) == (
        3,
        2,
        1,
        6,
    )


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("Lymphovascular invasion: Not identified.", "absent"),
        ("LYMPHVASCULAR SPACE INVASION IS IDENTIFIED.", "present"),
        ("NEGATIVE FOR LYMPH VASCULAR SPACE INVASION.", "absent"),
        ("No definite lymphovascular invasion identified.", "absent"),
        ("Extensive angiolymphatic invasion is present.", "present"),
        ("VENOUS / LYMPHATIC INVASION: ABSENT.", "absent"),
        ("Vessel invasion : Not identified.", "absent"),
        ("Foci suspicious for lymphatic invasion are present.", "possible"),
        ("Foci of vascular invasion are noted.", "present"),
        ("Lymph-Vascular Invasion: Identified. Dermal Lymph-Vascular Invasion: Not identified.", "present"),
        ("Dermal lymphatic invasion is identified.", "present"),
        ("pT2 pN0 G2 L0 V0 R0.", "absent"),
        ("pT2 pN1a G3 (L1, V0).", "present"),
        ("LVI: none identified.", "absent"),
    ],
)
def test_lymphovascular_invasion(words: str, state: str) -> None:
    assert set(values(report("Invasive carcinoma. " + words), "lvi")) == {state}


@pytest.mark.parametrize(
    "words",
    [
        "Margins are free.",
        "Lymphovascular invasion: Not specified.",
        "ANGIOLYMPHATIC INVASION: DERMAL LYMPHATIC INVASION: CALCIFICATION: Yes.",
        "Isolated tumor cells in extracapsular lymphatic spaces.",
    ],
)
def test_no_lymphovascular_invasion_is_told_where_none_is(words: str) -> None:
    assert values(report("Invasive carcinoma. " + words), "lvi") == []


def test_perineural_invasion() -> None:
    words = "Although lymphovascular invasion is not seen, perineural invasion is present."
    found = {f.concept: f.value for f in read(report("Invasive carcinoma. " + words))}
    assert (found["lvi"], found["pni"]) == ("absent", "present")


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("Margins: Negative.", "negative"),
        ("All margins of the specimen are free of the lesion.", "negative"),
        ("No involvement of the surgical margins by carcinoma.", "negative"),
        ("Surgical margins negative but close (0.4 cm).", "close"),
        ("The tumor extends to the inked anterior margin; the other margins are free of tumor.", "positive"),
        ("Margins: Positive. Deep margin involved.", "positive"),
        ("Surgical margins involved by invasive component: No.", "negative"),
    ],
)
def test_margins(words: str, state: str) -> None:
    assert values(report("Invasive carcinoma. " + words), "margins.status") == [state]


@pytest.mark.parametrize(
    "words", ["Margins: Not specified.", "SURGICAL MARGINS INVOLVED BY INVASIVE COMPONENT: Distance: 3 mm."]
)
def test_margins_that_are_not_told(words: str) -> None:
    assert values(report("Invasive carcinoma. " + words), "margins.status") == []


def test_the_least_distance_of_the_invasive_tumour() -> None:
    words = (
        "Invasive carcinoma is 3 mm from the deep and 5 mm from the medial margin. DCIS is 1 mm from the deep margin."
    )
    assert values(report(words), "margins.distance") == [3]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Specimen Laterality: Right. Invasive ductal carcinoma of breast. Grade: 2.", "right"),
        ("Breast, left, wide local excision: Infiltrating lobular carcinoma.", "left"),
        ("Oncology visit. She has right breast cancer.", "right"),
        ("Carcinoma ductale invasivum mammae dextrae, NHG1. Histopathology.", "right"),
    ],
)
def test_side(text: str, side: str) -> None:
    assert set(values(text, "laterality")) == {side}


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("The invasive carcinoma lies in the upper outer quadrant.", ["upper_outer"]),
        ("Tumor site: Lower inner quadrant.", ["lower_inner"]),
        ("Invasive carcinoma. Sections: A3: upper outer quadrant. A4: lower inner quadrant.", []),
        ("Invasive carcinoma. Papilloma in the lower inner quadrant.", []),
    ],
)
def test_quadrant(words: str, place: list[str]) -> None:
    assert values(report(words), "quadrant") == place


def test_clock_and_foci() -> None:
    found = {
        f.concept: f.value
        for f in read(report("Two foci of invasive carcinoma; tumor at 2 o'clock. Tumor focality: Multifocal."))
    }
    assert (found["clock"], found["focality"]) == (2, "multifocal")
    assert values(report("Invasive carcinoma. Stitch at 12 o'clock. Multicentricity: absent."), "clock") == []


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("Invasive carcinoma. Ductal carcinoma in situ: Not identified.", ["absent"]),
        ("Invasive carcinoma with focal DCIS.", ["present"]),
        ("Invasive carcinoma. No vascular invasion or carcinoma in situ component is identified.", ["absent"]),
        ("Invasive carcinoma. Margins uninvolved by DCIS.", []),
        ("Invasive carcinoma.", []),
    ],
)
def test_in_situ_beside_it(words: str, state: list[str]) -> None:
    assert values(report(words), "dcis.present") == state


def test_response_in_the_specimen() -> None:
    found = {
        f.concept: f.value
        for f in read(report("Residual invasive carcinoma. Residual cancer burden: RCB-II. Treatment effect: partial."))
    }
    assert (found["rcb"], found["treatment_effect"]) == ("RCB-II", "partial")
    assert values("HISTORY: breast cancer. PLAN: we hope for a pathologic complete response.", "treatment_effect") == []


def test_what_a_replaced_diagnosis_said_is_not_given() -> None:
    text = report(
        "Invasive ductal carcinoma, grade 2.", "PREVIOUSLY ISSUED DIAGNOSIS: Invasive ductal carcinoma, grade 3."
    )
    assert values(text, "grade") == [2]


def test_an_older_cancer_in_a_note_is_historical_or_present_never_another_persons() -> None:
    text = (
        "HISTORY OF PRESENT ILLNESS: She has left breast cancer. FAMILY HISTORY: Mother with invasive "
        "lobular carcinoma of the breast."
    )
    assert values(text, "histology") == []
    assert all(f.assertion is not Assertion.FAMILY for f in read(text))


def test_a_diagnosis_named_in_a_plan_is_not_planned() -> None:
    (diagnosis,) = [f for f in read("PLAN: Stage II breast cancer, start letrozole.") if f.concept == "diagnosis"]
    assert diagnosis.assertion is Assertion.PRESENT
