"""Operations, drugs, radiotherapy and response, told from those that are only spoken of."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navaid.records.extract import treatments
from navaid.records.extract.header import header
from navaid.records.extract.header.tables import table
from navaid.records.extract.treatments.lexicon import ingredients, regimen, terms
from navaid.records.extract.view import View
from navaid.records.paper import Page, Paper
from navaid.terms import Finding, How


def find(text: str, concept: str = "") -> list[Finding]:
    page = Page(number=1, start=0, end=len(text), how=How.PLAIN)
    paper = Paper(id="FILE:", path="p", name="n", media_type="text/plain", text=text, pages=(page,))
    found = list(treatments.find(View(paper, header(paper))))
    assert all(text[f.source.start : f.source.end] == f.source.words for f in found)
    return [finding for finding in found if concept in ("", finding.concept)]


def said(text: str, concept: str) -> list[tuple[object, str]]:
    """Value and assertion; what was so before counts as present."""
    return [(f.value, f.assertion.value.replace("historical", "present")) for f in find(text, concept)]


@pytest.mark.parametrize(
    ("text", "value", "assertion"),
    [
        ("She completed four cycles of Taxol.", "paclitaxel", "present"),
        ("She remains on letrozole.", "letrozole", "present"),
        ("Tamoxifen was started in clinic.", "tamoxifen", "present"),
        ("She was switched to Herceptin.", "trastuzumab", "present"),
        ("We discussed tamoxifen with her.", "tamoxifen", "hypothetical"),
        ("Could consider capecitabine later.", "capecitabine", "hypothetical"),
        ("She is not a candidate for palbociclib.", "palbociclib", "hypothetical"),
        ("Options include eribulin.", "eribulin", "hypothetical"),
        ("She will start anastrozole.", "anastrozole", "planned"),
        ("She will be treated with docetaxel.", "docetaxel", "planned"),
        ("Docetaxel is planned.", "docetaxel", "planned"),
        ("She declined chemotherapy with docetaxel.", "docetaxel", "absent"),
        ("Denosumab was offered, which she declined.", "denosumab", None),
        ("She was never treated with tamoxifen.", "tamoxifen", "absent"),
    ],
)
def test_how_a_drug_is_spoken_of(text: str, value: str, assertion: str | None) -> None:
    found = said(f"PROGRESS NOTE\nInterval history: {text}", "drug")
    assert [name for name, _ in found] == [value]
    assert assertion is None or found == [(value, assertion)]
    assert found[0][1] != "present" or assertion == "present"


def test_details_of_a_drug() -> None:
    (drug,) = find("Interval history: Adjuvant Femara since March 2020, stopped because of joint pain.", "drug")
    assert (drug.value, drug.date) == ("letrozole", dt.date(2020, 3, 1))
    assert drug.details == {
        "as": "Femara",
        "start": "2020-03",
        "precision": "month",
        "intent": "adjuvant",
        "reason": "joint pain",
        "status": "past",
    }


def test_cycles_line_and_response() -> None:
    (drug,) = find("History: First-line Enhertu x 6 cycles with partial response.", "drug")
    assert drug.value == "trastuzumab deruxtecan"
    assert (drug.details["line"], drug.details["cycles"], drug.details["response"]) == (1, 6, "partial")


def test_a_regimen_gives_its_drugs() -> None:
    found = find("She received neoadjuvant TCHP x 6.")
    assert [f.value for f in found if f.concept == "regimen"] == ["tchp"]
    drugs = {f.value: f.details for f in found if f.concept == "drug"}
    assert set(drugs) == {"docetaxel", "carboplatin", "trastuzumab", "pertuzumab"}
    assert all(d["regimen"] == "tchp" and d["cycles"] == 6 and d["intent"] == "neoadjuvant" for d in drugs.values())


@pytest.mark.parametrize(
    "text",
    [
        "Take one tablet AC daily.",
        "Blood drawn from the right AC.",
        "TC 190, LDL 100.",
        "Metastatic adenocarcinoma (AC) of the lung.",
        "Her EC aspirin.",
    ],
)
def test_abbreviations_that_mean_other_things(text: str) -> None:
    assert find(f"PROGRESS NOTE\n{text}", "regimen") == []


def test_ac_beside_chemotherapy() -> None:
    assert said("She completed AC x 4 and weekly Taxol.", "regimen") == [("ac", "present")]


def test_no_drug_of_a_leaflet_an_allergy_or_the_family() -> None:
    leaflet = "PATIENT INFORMATION LEAFLET\nAbout your tamoxifen. Ask your doctor. Side effects may include flushes."
    assert find(leaflet) == []
    assert find("PROGRESS NOTE\nAllergies: paclitaxel (rash)\n", "drug") == []
    assert find("PROGRESS NOTE\nShe is allergic to docetaxel.", "drug") == []


def test_a_report_on_tissue_explains_drugs() -> None:
    text = "SURGICAL PATHOLOGY REPORT\nSpecimen: breast. HER2 selects patients for Herceptin treatment."
    assert find(text, "drug") == []


@pytest.mark.parametrize(
    ("text", "value", "assertion", "side"),
    [
        ("She underwent a left lumpectomy.", "lumpectomy", "present", "left"),
        ("s/p R mastectomy", "mastectomy", "present", "right"),
        ("She is scheduled for a right mastectomy.", "mastectomy", "planned", "right"),
        ("We discussed mastectomy.", "mastectomy", "hypothetical", ""),
        ("She underwent bilateral total mastectomies.", "bilateral_mastectomy", "present", ""),
        ("Total abdominal hysterectomy was performed.", "hysterectomy", "present", ""),
    ],
)
def test_operations(text: str, value: str, assertion: str, side: str) -> None:
    (found,) = find(f"PROGRESS NOTE\nHistory: {text}", "surgery")
    assert (found.value, found.assertion.value.replace("historical", "present")) == (value, assertion)
    assert found.side == side


def test_operation_of_its_own_report() -> None:
    text = "SURGICAL PATHOLOGY REPORT\nCollected: 05/20/2021\nSpecimen: left breast, modified radical mastectomy"
    found = find(text, "surgery")
    assert {f.value for f in found} == {"mastectomy", "axillary_dissection"}
    assert {(f.date, f.side) for f in found} == {(dt.date(2021, 5, 20), "left")}


def test_names_of_operations_in_reports_on_tissue() -> None:
    text = "SURGICAL PATHOLOGY REPORT\nA. Lymph nodes, left axilla, dissection: negative.\nB. Left breast, segmental.\n"
    found = find(f"{text}mastectomy: carcinoma. Size for excisions less than total mastectomy: given.", "surgery")
    assert {f.value for f in found} == {"axillary_dissection", "lumpectomy"}


def test_dates_before_a_list_and_ranges() -> None:
    (drug,) = find("PROGRESS NOTE\n- 2016 to 2019: tamoxifen\n", "drug")
    assert (drug.details["start"], drug.details["stop"]) == ("2016", "2019")
    found = find("PROGRESS NOTE\n- 2019-03: left lumpectomy with sentinel node biopsy\n", "surgery")
    assert {f.date for f in found} == {dt.date(2019, 3, 1)}


def test_date_and_list_of_operations() -> None:
    found = find("History: right lumpectomy and sentinel node biopsy on 7/22/2020, mammogram on 8/30/2020.", "surgery")
    assert [(f.value, f.date) for f in found] == [
        ("lumpectomy", dt.date(2020, 7, 22)),
        ("sentinel_node_biopsy", dt.date(2020, 7, 22)),
    ]


def test_radiotherapy() -> None:
    (found,) = find(
        "History: She received radiation to the left chest wall, 5040 cGy in 28 fractions with a boost of 10 Gy."
    )
    assert (found.concept, found.value, found.side) == ("radiation", "chest_wall", "left")
    assert found.details == {"dose_gy": 50.4, "boost_gy": 10.0, "fractions": 28, "status": "past"}


@pytest.mark.parametrize(
    "text", ["RT breast mass.", "Referred to radiation oncology.", "Pain without radiation of pain to the arm."]
)
def test_no_radiotherapy(text: str) -> None:
    assert [f for f in find(f"PROGRESS NOTE\n{text}", "radiation") if f.assertion.value != "planned"] == []


def test_response() -> None:
    assert said("CT shows a partial response.", "response") == [("partial", "present")]
    assert said("Treat until disease progression.", "response") == []
    assert said("No evidence of disease progression.", "response") == []


def test_what_is_said_twice_is_found_once() -> None:
    assert len(find("She takes letrozole. She continues letrozole.", "drug")) == 1


def test_tables_have_sources_and_known_drugs() -> None:
    assert all(row["source"].startswith("https://") for row in table("regimens")["regimens"])
    assert all(row.get("source", "https://").startswith("https://") for row in table("surgeries"))
    assert all(regimen(row["id"]).drugs for row in table("regimens")["regimens"])
    assert ingredients("ribociclib_letrozole") == ("ribociclib", "letrozole")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from("AC tamoxifen started x 4 . , RT left mastectomy on 3/4/2019 Gy no will of to".split()))
)
def test_any_words_are_read(words: list[str]) -> None:
    find(" ".join(words))


def test_many_drugs_in_one_line_stay_quick() -> None:
    assert len(terms("tamoxifen " * 3000)) == 3000
    find("tamoxifen " * 3000)


def test_a_mastectomy_that_is_called_partial_behind_its_name() -> None:
    for text in ("Procedure: Mastectomy, partial, left breast", "Operation: left mastectomy (partial)"):
        (found,) = find(text, "surgery")
        assert (found.value, found.side) == ("lumpectomy", "left")
        assert "partial" in found.source.words
    assert said("Mastectomy, left. Partial response before it.", "surgery") == [("mastectomy", "present")]
