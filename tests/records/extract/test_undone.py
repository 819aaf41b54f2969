"""What is left out, planned, booked, awaited, offered or undecided is never read as had, and what was had still is."""

from __future__ import annotations

import pytest

from navaid.records.extract import treatments
from navaid.records.extract.header import header
from navaid.records.extract.view import View
from navaid.records.paper import Page, Paper
from navaid.terms import How

GIVEN = {"present", "historical"}


def said(text: str, concept: str) -> set[str]:
    """How a note speaks of all of this concept."""
    text = f"ONCOLOGY CLINIC NOTE\n{text}"
    page = Page(number=1, start=0, end=len(text), how=How.PLAIN)
    paper = Paper(id="F", path="p", name="n", media_type="text/plain", text=text, pages=(page,))
    found = treatments.find(View(paper, header(paper)))
    return {one.assertion.value for one in found if one.concept == concept}


@pytest.mark.parametrize(
    "text",
    [
        "In view of her heart, breast radiotherapy is left out, as she wished.",
        "We left out radiotherapy because of her lungs.",
        "It was agreed to leave out radiotherapy.",
        "She agreed to forgo radiotherapy.",
        "After her lumpectomy she chose to skip radiation.",
        "Radiotherapy was not thought necessary.",
        "Radiotherapy has been omitted by agreement.",
        "Mastectomy June 2024, radiotherapy not needed.",
        "Letrozole was started after radiotherapy had been left out.",
    ],
)
def test_what_is_left_out_is_absent(text: str) -> None:
    assert said(text, "radiation") == {"absent"}


@pytest.mark.parametrize(
    "text",
    [
        "Hormone tablets and radiotherapy only after she has delivered.",
        "Radiotherapy after delivery.",
        "Radiosurgery to both lesions is booked for 5 May.",
        "She is booked for radiotherapy of the breast in May.",
        "Radiotherapy to the chest wall has been booked.",
        "Radiotherapy to the right chest wall and regional nodes is being planned.",
        "Adjuvant radiotherapy is being arranged.",
        "Next: six cycles, then mastectomy and radiation.",
        "Next, lumpectomy followed by radiotherapy.",
        "Radiation is still to come.",
        "Had lumpectomy. Awaiting radiotherapy.",
        "She had her mastectomy in June; radiotherapy is being arranged.",
        "Radiotherapy appointment 4 May.",
        "Radiotherapy is to follow surgery.",
    ],
)
def test_what_is_still_to_come_is_planned(text: str) -> None:
    assert said(text, "radiation") == {"planned"}


@pytest.mark.parametrize(
    "text",
    [
        "Carboplatin: offered, undecided, wants to read about it first.",
        "Carboplatin - offered, thinking about it.",
        "Carboplatin offered; she would like time to think.",
        "Carboplatin: awaiting approval.",
        "Carboplatin, for discussion.",
        "Carboplatin has been offered and she is considering it.",
        "Carboplatin was mentioned; she has not made up her mind.",
        "Carboplatin will depend on the scan.",
        "Carboplatin is the likely next step.",
        "Whether she will have carboplatin is still open.",
        "No decision yet about carboplatin.",
        "Next step: carboplatin.",
        "Cycle 4 given today. Next: carboplatin x4, then surgery.",
        "Still on weekly injections; next carboplatin.",
        "Proposed: carboplatin for four cycles.",
        "Carboplatin to begin on Monday.",
        "Carboplatin afterwards.",
        "Plan agreed with the family: rest first. Carboplatin afterwards.",
        "She finished radiotherapy and carboplatin is to start.",
    ],
)
def test_what_is_offered_open_or_next_is_not_had(text: str) -> None:
    found = said(text, "drug")
    assert found
    assert not found & GIVEN


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("She had a lumpectomy, and radiotherapy afterwards.", "radiation"),
        ("In 2019 she had lumpectomy. Radiotherapy afterwards.", "radiation"),
        ("She received AC x4, then paclitaxel.", "drug"),
        ("She took tamoxifen later.", "drug"),
        ("Radiotherapy was completed after delivery.", "radiation"),
        ("Radiotherapy booked in May and completed in June 2023.", "radiation"),
        ("Radiotherapy was planned and given in May 2023.", "radiation"),
        ("She is on letrozole, planned for five years.", "drug"),
        ("Letrozole started after radiotherapy.", "radiation"),
        ("Epirubicin, then docetaxel; the last docetaxel omitted because of neuropathy.", "drug"),
    ],
)
def test_what_was_had_is_still_had(text: str, concept: str) -> None:
    found = said(text, concept)
    assert found
    assert found <= GIVEN


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Methotrexate 15 mg weekly for rheumatoid arthritis.", False),
        ("Psoriasis, takes methotrexate.", False),
        ("PMH lupus on cyclophosphamide; opinion about pembrolizumab needed.", False),
        ("CMF (cyclophosphamide, methotrexate, fluorouracil) in 2001. Rheumatoid arthritis.", True),
    ],
)
def test_a_cancer_drug_for_another_illness_is_no_cancer_drug_of_hers(text: str, given: bool) -> None:
    assert ("present" in said(text, "drug")) is given
