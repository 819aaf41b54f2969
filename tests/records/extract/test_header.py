"""What a paper says of itself."""

from __future__ import annotations

import datetime as dt

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from navaid.records.extract.header import header
from navaid.records.extract.header.dates import dates
from navaid.records.extract.header.kind import type_and_subject
from navaid.records.paper import Page, Paper
from navaid.terms import Header, How


def of(text: str) -> Header:
    page = Page(number=1, start=0, end=len(text), how=How.PLAIN)
    return header(Paper(id="FILE:", path="p", name="n", media_type="text/plain", text=text, pages=(page,)))


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("SURGICAL PATHOLOGY REPORT\nGross description: received in formalin.", "pathology"),
        ("CYTOLOGY REPORT\nFine needle aspirate, smears and cell block.", "cytology"),
        ("OPERATIVE REPORT\nAnesthesia: general. Estimated blood loss: 20 ml.", "operative"),
        ("MAMMOGRAPHY\nTechnique: two views. Comparison: none. BI-RADS category 2.", "radiology"),
        ("RADIATION TREATMENT SUMMARY\nTotal dose 5000 cGy in 25 fractions, tangents.", "radiation_note"),
        ("HEREDITARY CANCER PANEL\nGenes analyzed: 34. No pathogenic variant.", "genetics"),
        ("Oncotype DX Breast Recurrence Score Report\nRecurrence Score result: 17", "genomic_assay"),
        ("LABORATORY REPORT\nHemoglobin 12 g/dL Reference range 12-16", "laboratory"),
        ("DISCHARGE SUMMARY\nHospital course: uneventful. Discharge medications: none.", "discharge"),
        ("Dear Dr Hill,\nThank you for referring this patient with a lump.\nYours sincerely", "letter"),
        ("PATIENT INFORMATION LEAFLET\nAsk your doctor. Side effects may include nausea.", "leaflet"),
        ("EXPLANATION OF BENEFITS\nClaim number 12. This is not a bill. Deductible met.", "insurance"),
        ("INFUSION NOTE\nPort accessed, blood return, infusion started. RN", "nursing"),
        ("PROGRESS NOTE\nInterval history: seen in clinic. Assessment and plan: stable.", "oncology_note"),
        ("The patient is a person.", "unknown"),
    ],
)
def test_type(text: str, type_: str) -> None:
    assert of(text).type == type_


def test_dates_by_their_fields() -> None:
    found = of(
        "PATHOLOGY REPORT\nPatient Name: Ann Other   MRN: A-12345\nDOB: 02/17/1961   Sex: F\n"
        "Collected: 03/04/2021\nReported: 03/09/2021\nPrinted: 05/01/2022\nLeft breast, core biopsy: carcinoma."
    )
    assert (found.collected, found.date) == (dt.date(2021, 3, 4), dt.date(2021, 3, 9))
    assert found.birth_date == dt.date(1961, 2, 17)
    assert (found.person, found.identifier, found.sex, found.side) == ("Ann Other", "A-12345", "female", "left")
    assert (found.specimen, found.cancer) == ("", "breast")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("12 May 2019", "2019-05-12"),
        ("May 12th, 2019", "2019-05-12"),
        ("3. März 2020", "2020-03-03"),
        ("15 de marzo de 2021", "2021-03-15"),
        ("1er février 2018", "2018-02-01"),
        ("20100123 1045", "2010-01-23"),
        ("14-Mar-1974", "1974-03-14"),
        ("2022-11-05T08:00", "2022-11-05"),
        ("1/28/09", "2009-01-28"),
        ("6/2018", "2018-06"),
    ],
)
def test_date_forms(text: str, iso: str) -> None:
    assert [dated.iso for dated in dates(text)] == [iso]


@pytest.mark.parametrize("text", ["555-123-4567", "3/14 nodes", "1.2x3.4 cm", "31/02/2020", "AJCC 2017", "page 1/2"])
def test_no_dates(text: str) -> None:
    assert dates(text, years=True) == []


def test_order_of_digits_is_told_or_left() -> None:
    assert dates("seen 03/04/2019") == []
    assert dates("seen 03/04/2019 with a tumour")[0].date == dt.date(2019, 4, 3)
    assert dates("seen 03/04/2019 with a tumor")[0].date == dt.date(2019, 3, 4)
    assert [dated.date.month for dated in dates("03/04/2019 and 25/04/2019")] == [4, 4]
    assert dates("gesehen 03/04/2019", "de")[0].date == dt.date(2019, 4, 3)


def test_table_of_a_row_of_names_above_values() -> None:
    found = of("Name\tDOB\tSex\tCollected\nDoe, Jane\t03/14/1960\tF\t05/20/2021\nHemoglobin\t11\tg/dL")
    assert (found.person, found.birth_date, found.sex) == ("Doe, Jane", dt.date(1960, 3, 14), "female")
    assert found.collected == dt.date(2021, 5, 20)


def test_name_ends_at_the_next_field() -> None:
    assert of("Patient Name: Rosa Field Medical Record (MRN): 77123\nbiopsy of the breast").person == "Rosa Field"
    assert of("Patient: presents with a lump of the breast").person == ""
    assert of("RE: Left Breast Mass\nbiopsy").person == ""


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Patient wird mit dem Befund in die Klinik geschickt und es ist keine Metastase", "de"),
        ("La paciente fue vista en la consulta con el resultado de la biopsia de mama", "es"),
        ("La patiente est vue dans le service pour une biopsie du sein et les ganglions", "fr"),
        ("La paziente è stata operata alla mammella con esito del referto e non sono noti", "it"),
        ("De patiënt werd gezien met een afwijking in de borst en het is niet bekend", "nl"),
        ("The patient was seen in clinic", "en"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert of(text).language == language


def test_not_medical() -> None:
    assert not of("milk\neggs\nbread\nbutter\nonions\ntoilet paper\ncandles").medical
    assert not of("The sea is calm tonight, the tide is full, the moon lies fair upon the straits").medical
    assert of("").medical  # nothing was read: that says nothing of the paper


@pytest.mark.parametrize(
    ("text", "cancer"),
    [
        ("Invasive ductal carcinoma of the left breast.", "breast"),
        ("Adenocarcinoma of the colon, resected. Colon cancer stage II.", "other"),
        ("Prostate cancer. Family history: mother with breast cancer.", "other"),
        ("Left breast, biopsy: benign breast tissue, fibroadenoma.", "none"),
        ("Broken wrist, cast applied.", "unknown"),
    ],
)
def test_cancer(text: str, cancer: str) -> None:
    assert type_and_subject(text)[2] == cancer


def test_side_of_both_is_not_told() -> None:
    assert of("PATHOLOGY\nA. Left breast, lumpectomy. B. Right breast, lumpectomy.").side == ""
    assert of("PATHOLOGY\nBilateral mastectomy. Left breast: carcinoma. Right breast: benign.").side == "bilateral"
    assert of("PATHOLOGY\nLaterality: Right\nleft axilla, left breast").side == "right"


def test_specimen_and_amended() -> None:
    found = of("AMENDED PATHOLOGY REPORT\nSpecimen: liver, core biopsy\nDiagnosis: metastatic carcinoma of breast")
    assert (found.specimen, found.amends) == ("metastasis:liver", True)
    assert not of("PATHOLOGY REPORT\nDiagnosis: carcinoma\nADDENDUM: stains follow").amends


def test_every_type_has_its_row() -> None:
    from importlib.resources import files

    rows = yaml.safe_load((files("navaid.records") / "paper_types.yaml").read_text(encoding="utf-8"))
    codes = [row["id"] for row in rows]
    assert len(codes) == len(set(codes)) == 17
    assert all(row["label"] and isinstance(word, str) for row in rows for word in row["words"])


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_has_a_header(text: str) -> None:
    assert isinstance(of(text), Header)
