"""Medicines, operations, radiotherapy, the family, allergies."""

from __future__ import annotations

from typing import Any

import pytest
from structured_examples import coded, facts, found, resource

RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"


def medicine(name: str, kind: str = "MedicationRequest", **more: Any) -> dict[str, Any]:
    return resource(kind, medicationCodeableConcept=coded(name, "1", RXNORM), **{"status": "active", **more})


@pytest.mark.parametrize(
    ("name", "drugs"),
    [
        ("Tamoxifen 20 MG Oral Tablet", {"tamoxifen"}),
        ("10 ML Doxorubicin Hydrochloride 2 MG/ML Injection", {"doxorubicin"}),
        ("PACLitaxel", {"paclitaxel"}),
        ("Lisinopril 10 MG Oral Tablet", set()),
    ],
)
def test_a_cancer_drug_by_its_ingredient(name: str, drugs: set[str]) -> None:
    assert {value for concept, value, _ in facts(medicine(name)) if concept == "drug"} == drugs


def test_another_medicine_keeps_its_name() -> None:
    assert facts(medicine("Lisinopril 10 MG Oral Tablet")) == {
        ("medication", "Lisinopril 10 MG Oral Tablet", "present")
    }


@pytest.mark.parametrize(
    "kind", ["MedicationStatement", "MedicationAdministration", "MedicationDispense", "MedicationOrder"]
)
def test_every_kind_of_entry(kind: str) -> None:
    assert ("drug", "letrozole", "present") in facts(medicine("letrozole 2.5 MG Oral Tablet", kind))


@pytest.mark.parametrize("status", ["entered-in-error", "cancelled", "not-taken", "not-done"])
def test_what_was_not_given_gives_nothing(status: str) -> None:
    assert facts(medicine("letrozole", status=status)) == set()
    assert facts(medicine("letrozole", doNotPerform=True)) == set()


def test_a_plan_is_planned() -> None:
    assert facts(medicine("letrozole", intent="plan")) == {("drug", "letrozole", "planned")}


def test_start_stop_and_reason() -> None:
    (finding,) = found(
        medicine(
            "anastrozole",
            "MedicationStatement",
            status="stopped",
            effectivePeriod={"start": "2019-01-02", "end": "2020-03-04"},
            statusReason=[{"text": "joint pain"}],
        )
    )
    assert finding.details == {
        "as": "anastrozole",
        "status": "past",
        "start": "2019-01-02",
        "stop": "2020-03-04",
        "reason": "joint pain",
    }
    assert str(finding.date) == "2019-01-02"


def test_a_drug_for_another_cancer_is_not_this_ones() -> None:
    colon = [coded("Malignant tumor of colon")]
    assert {concept for concept, *_ in facts(medicine("oxaliplatin 5 MG/ML", reasonCode=colon))} == {"medication"}
    breast = [coded("Malignant neoplasm of breast")]
    assert {concept for concept, *_ in facts(medicine("carboplatin", reasonCode=breast))} == {"drug"}


def test_a_medicine_that_is_referred_to() -> None:
    request = resource("MedicationRequest", status="active", medicationReference={"reference": "Medication/m"})
    assert ("drug", "fulvestrant", "present") in facts(request, resource("Medication", "m", code=coded("fulvestrant")))


def procedure(name: str, **more: Any) -> dict[str, Any]:
    return resource("Procedure", code=coded(name), **{"status": "completed", **more})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Partial mastectomy (procedure)", "lumpectomy"),
        ("Simple mastectomy", "mastectomy"),
        ("Excision of sentinel lymph node", "sentinel_node_biopsy"),
        ("Complete axillary lymph node dissection", "axillary_dissection"),
        ("Bilateral salpingo-oophorectomy", "oophorectomy"),
    ],
)
def test_an_operation(name: str, value: str) -> None:
    assert ("surgery", value, "present") in facts(procedure(name))


@pytest.mark.parametrize(
    "name", ["Screening mammography", "Mammogram, screening", "Injection for sentinel node identification"]
)
def test_what_is_no_operation(name: str) -> None:
    assert facts(procedure(name)) == set()


def test_an_operation_that_is_planned_or_was_not_done() -> None:
    assert facts(procedure("Mastectomy", status="preparation")) == {("surgery", "mastectomy", "planned")}
    assert facts(procedure("Mastectomy", status="not-done")) == set()


def test_radiotherapy_with_its_dose() -> None:
    base = "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-radiotherapy-"
    (finding,) = found(
        procedure(
            "Radiotherapy course of treatment",
            bodySite=[coded("Chest wall structure")],
            performedPeriod={"start": "2020-01-02", "end": "2020-02-03"},
            extension=[
                {"url": base + "sessions", "valueUnsignedInt": 25},
                {
                    "url": base + "dose-delivered-to-volume",
                    "extension": [{"url": "totalDoseDelivered", "valueQuantity": {"value": 5000, "unit": "cGy"}}],
                },
            ],
        )
    )
    assert (finding.concept, finding.value) == ("radiation", "chest_wall")
    assert finding.details == {"fractions": 25, "dose_gy": 50.0, "start": "2020-01-02", "stop": "2020-02-03"}


def test_the_family_is_the_family() -> None:
    aunt = resource(
        "FamilyMemberHistory",
        status="completed",
        relationship=coded("maternal aunt"),
        condition=[
            {"code": coded("Malignant tumor of ovary"), "onsetAge": {"value": 61, "unit": "a"}},
            {"code": coded("Asthma")},
        ],
    )
    (finding,) = found(aunt)
    assert (finding.value, str(finding.assertion)) == ("maternal aunt: Malignant tumor of ovary", "family")
    assert finding.details == {"relative": "maternal aunt", "age": 61}


def test_allergies() -> None:
    assert facts(resource("AllergyIntolerance", code=coded("Penicillin"))) == {("allergy", "Penicillin", "present")}
    assert facts(resource("AllergyIntolerance", code=coded("No known allergies"))) == {
        ("allergy", "none_known", "present")
    }
    refuted = resource("AllergyIntolerance", code=coded("Penicillin"), verificationStatus=coded("", "refuted"))
    assert facts(refuted) == set()
