"""A bundle holds what the papers state, no more, and is valid."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from written import TODAY, fact, paper, profile

from navaid.records.codes import NAVAID, rows
from navaid.records.export import mcode
from navaid.records.export.mcode.sheet import PROFILES
from navaid.records.reconcile import reconcile, told

Json = dict[str, Any]


@pytest.fixture(scope="module")
def made() -> Json:
    return mcode.bundle(*profile())


def of(made: Json, name: str) -> list[Json]:
    """The resources that follow this mCODE profile."""
    every = [entry["resource"] for entry in made["entry"]]
    return [each for each in every if PROFILES + name in each.get("meta", {}).get("profile", ())]


def words(element: Json) -> str:
    return str(element.get("text") or element["coding"][0]["display"])


def codings(element: Json) -> list[tuple[str, str]]:
    return [(part["system"], part["code"]) for part in element["coding"]]


def test_it_is_valid_and_the_same_each_time(made: Json) -> None:
    assert mcode.problems(made) == []
    assert mcode.bundle(*profile()) == made
    assert json.loads(json.dumps(made)) == made


def test_the_person_and_the_disease(made: Json) -> None:
    (patient,) = of(made, "mcode-cancer-patient")
    assert (patient["gender"], patient["birthDate"]) == ("female", "1970-05-04")
    assert patient["name"] == [{"text": "Jane Q. Public"}]
    (primary,) = of(made, "mcode-primary-cancer-condition")
    assert primary["code"]["coding"][0]["code"] == "C50.912"
    assert primary["extension"][0]["valueCodeableConcept"]["coding"][0]["code"] == "82711006"
    assert primary["bodySite"][0]["extension"][0]["valueCodeableConcept"]["coding"][0]["code"] == "7771000"
    assert "clinicalStatus" not in primary
    (spread,) = of(made, "mcode-secondary-cancer-condition")
    assert spread["code"]["coding"][0]["code"] == "C79.51"
    assert spread["extension"][0]["valueReference"]["reference"].endswith(primary["id"])


def test_stage_with_its_parts(made: Json) -> None:
    (stage,) = of(made, "mcode-tnm-stage-group")
    assert stage["valueCodeableConcept"] == {"text": "Stage IIB"}
    assert stage["method"]["coding"][0]["code"] == "897275008"
    assert stage["effectiveDateTime"] == "2025-02-20"
    assert len(stage["hasMember"]) == 2
    (t,) = of(made, "mcode-tnm-primary-tumor-category")
    (n,) = of(made, "mcode-tnm-regional-nodes-category")
    assert (words(t["valueCodeableConcept"]), words(n["valueCodeableConcept"])) == ("pT2", "pN1a")
    assert n["method"]["coding"][0]["code"] == "unknown"  # the paper does not say which edition
    assert of(made, "mcode-tnm-distant-metastases-category") == []


def test_markers_have_values_dates_notes_and_disagreements(made: Json) -> None:
    tests = {words(test["code"]): test for test in of(made, "mcode-tumor-marker-test")}
    er = next(test for name, test in tests.items() if name.startswith("Estrogen"))
    assert er["valueCodeableConcept"]["coding"][0]["code"] == "LA6576-8"
    assert er["status"] == "preliminary"
    assert any("ER positive" in note["text"] for note in er["note"])
    pr = next(test for name, test in tests.items() if name.startswith("Progesterone"))
    assert [note["text"] for note in pr["note"] if "disagree" in note["text"]] == [
        "The papers disagree. Also given: negative."
    ]
    assert not any("disagree" in note["text"] for note in tests["HER2"]["note"])  # the gene test settled it
    ki67 = tests["Ki-67"]
    assert ki67["valueQuantity"] == {"value": 22.5, "unit": "%", "system": "http://unitsofmeasure.org", "code": "%"}
    assert codings(ki67["code"]) == [(NAVAID, "ki67.percent")]  # no other code was seen for it in mCODE
    ratio = tests["HER2 to CEP17 ratio"]
    assert ratio["code"]["coding"][0]["code"] == "49683-6"  # the paper says FISH
    assert not any("PD-L1" in name for name in tests)  # a result that is not there yet is no result


def test_what_has_no_profile_is_said_in_words(made: Json) -> None:
    every = [entry["resource"] for entry in made["entry"]]
    plain = {
        words(each["code"]): each for each in every if each["resourceType"] == "Observation" and "meta" not in each
    }
    assert set(plain) == {"Lymph nodes examined", "Lymph nodes with tumor", "Menopause"}
    assert plain["Lymph nodes examined"]["code"]["coding"][0]["code"] == "92833-3"
    assert plain["Lymph nodes with tumor"]["valueQuantity"]["value"] == 1
    assert plain["Menopause"]["valueCodeableConcept"]["text"] == "after menopause"
    assert codings(plain["Menopause"]["valueCodeableConcept"]) == [(NAVAID, "post")]


def test_size_grade_and_state(made: Json) -> None:
    (size,) = of(made, "mcode-tumor-size")
    assert size["component"][0]["valueQuantity"]["value"] == 23
    (tumour,) = of(made, "mcode-tumor")
    assert size["focus"] == [{"reference": f"urn:uuid:{tumour['id']}"}]
    (grade,) = of(made, "mcode-histologic-grade")
    assert grade["valueCodeableConcept"]["coding"][0]["code"] == "1286893008"
    (ecog,) = of(made, "mcode-ecog-performance-status")
    assert ecog["valueInteger"] == 1


def test_treatments_by_what_became_of_them(made: Json) -> None:
    drugs = {
        drug["medicationCodeableConcept"]["text"]: drug for drug in of(made, "mcode-cancer-related-medication-request")
    }
    assert {name: (drug["status"], drug["intent"]) for name, drug in drugs.items()} == {
        "paclitaxel": ("completed", "order"),
        "anastrozole": ("active", "order"),
        "abemaciclib": ("draft", "plan"),
        "tamoxifen": ("stopped", "order"),
    }
    assert drugs["paclitaxel"]["authoredOn"] == "2025-03"
    assert drugs["paclitaxel"]["medicationCodeableConcept"]["coding"][0]["code"] == "56946"
    assert drugs["tamoxifen"]["statusReason"] == {"text": "hot flushes"}
    assert "coding" not in drugs["abemaciclib"]["medicationCodeableConcept"]
    (operation,) = of(made, "mcode-cancer-related-surgical-procedure")
    assert operation["performedDateTime"] == "2025-02-14"
    (course,) = of(made, "mcode-radiotherapy-course-summary")
    delivered = {part["url"]: part for part in course["extension"][0]["extension"]}
    assert delivered["totalDoseDelivered"]["valueQuantity"]["value"] == 4005
    assert delivered["fractionsDelivered"]["valueUnsignedInt"] == 15
    (allergy,) = [
        entry["resource"] for entry in made["entry"] if entry["resource"]["resourceType"] == "AllergyIntolerance"
    ]
    assert allergy["code"] == {"text": "penicillin"}


def test_genes_that_were_tested_and_only_those(made: Json) -> None:
    found = {}
    for variant in of(made, "mcode-genomic-variant"):
        parts = {part["code"]["coding"][0]["code"]: part for part in variant["component"]}
        found[words(parts["48018-6"]["valueCodeableConcept"])] = (
            words(variant["valueCodeableConcept"]),
            words(parts["48002-0"]["valueCodeableConcept"]),
            [part["valueCodeableConcept"]["text"] for name, part in parts.items() if name in ("48004-6", "48005-3")],
        )
    assert found == {
        "BRCA2": ("Present", "Germline", ["c.5946del", "p.(Ser1982fs)"]),
        "TP53": ("Absent", "Germline", []),
        "PIK3CA": ("Present", "Somatic", []),
    }


def test_what_the_person_confirmed_is_final() -> None:
    made = mcode.bundle(*profile(told.word("er.status", "positive", told.CONFIRM, TODAY)))
    er = [test for test in of(made, "mcode-tumor-marker-test") if words(test["code"]).startswith("Estrogen")]
    assert er[0]["status"] == "final"
    assert mcode.problems(made) == []


def test_of_almost_nothing_almost_nothing_is_said() -> None:
    readings = [paper("note.txt", None, [fact("drug", "letrozole")])]
    made = mcode.bundle(reconcile("me", readings, TODAY), readings)
    assert mcode.problems(made) == []
    assert [entry["resource"]["resourceType"] for entry in made["entry"]] == ["Patient", "MedicationRequest"]
    patient, drug = (entry["resource"] for entry in made["entry"])
    assert patient["gender"] == "unknown"
    assert "birthDate" not in patient
    assert patient["name"][0]["extension"][0]["valueCode"] == "unknown"
    assert drug["status"] == "unknown"
    assert "authoredOn" not in drug


def test_in_situ_and_benign_are_what_they_are() -> None:
    readings = [
        paper("a.txt", None, [fact("diagnosis", "dcis", side="right"), fact("histology", "dcis", side="right")]),
        paper("b.txt", None, [fact("diagnosis", "benign", side="left")]),
    ]
    made = mcode.bundle(reconcile("me", readings, TODAY), readings)
    assert mcode.problems(made) == []
    assert [each["code"]["coding"][0]["code"] for each in of(made, "mcode-primary-cancer-condition")] == ["D05.11"]


@pytest.mark.parametrize(
    ("name", "path", "told_"),
    [
        ("mcode-tumor-marker-test", "status", "status"),
        ("mcode-tnm-stage-group", "method", "method is missing"),
        ("mcode-tnm-stage-group", "focus", "focus is missing"),
        ("mcode-cancer-patient", "identifier", "identifier is missing"),
        ("mcode-tumor-size", "focus", "exactly one of"),
        ("mcode-histologic-grade", "code", "code"),
    ],
)
def test_the_check_finds_what_is_missing(made: Json, name: str, path: str, told_: str) -> None:
    broken = copy.deepcopy(made)
    del of(broken, name)[0][path]
    assert any(told_ in problem for problem in mcode.problems(broken))


def test_the_check_finds_a_lost_reference(made: Json) -> None:
    broken = copy.deepcopy(made)
    del broken["entry"][0]
    assert any("leads nowhere" in problem for problem in mcode.problems(broken))


def test_every_code_has_a_system_and_a_place_where_it_was_seen() -> None:
    written = [row.export for row in rows() if row.export]
    assert len(set(written)) == len(written)
    assert len({(row.system, row.code) for row in rows()}) == len(rows())
    assert all(row.system.startswith("http") and row.code and row.source for row in rows())
