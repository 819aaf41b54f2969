"""The export of Apple Health: a stream of numbers of which few matter, and hospitals' own records."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from structured_examples import PROBLEMS, ccda, coded, findings_of, health_export, problem, resource

from navaid.errors import BadInput
from navaid.records.read.structured import read_apple_health

ER = resource(
    "Observation", "er", status="final", code=coded("Estrogen receptor"), valueCodeableConcept=coded("Positive")
)


def record(kind: str, value: str, day: str) -> str:
    return f'<Record type="HKQuantityTypeIdentifier{kind}" unit="kg" value="{value}" startDate="{day} 08:00:00 +0000"/>'


def test_the_latest_vital_signs_and_the_clinical_records_are_kept(tmp_path: Path) -> None:
    days = [f"2024-01-{day:02}" for day in (5, 1, 9, 7)]
    records = "".join(record("BodyMass", f"6{at}.5", day) for at, day in enumerate(days))
    records += record("HeartRate", "70", "2024-01-01") * 500
    path = tmp_path / "export.zip"
    path.write_bytes(health_export(records, {"a.json": json.dumps(ER).encode()}).read())
    paper = read_apple_health(path)
    assert "Observation 2024-01-09: Body weight: 62.5 kg" in paper.text
    assert "2024-01-01" not in paper.text
    assert [each.value for each in findings_of(paper) if each.concept == "er.status"] == ["positive"]
    assert [entry.id for entry in paper.entries if entry.id.startswith("Patient")] == ["Patient/apple-me"]
    assert paper.id.startswith("FILE:")


def test_the_same_bytes_have_the_same_id(tmp_path: Path) -> None:
    data = health_export(clinical={"a.json": json.dumps(ER).encode()}).read()
    (tmp_path / "export.zip").write_bytes(data)
    assert read_apple_health(tmp_path / "export.zip").id == read_apple_health(io.BytesIO(data), "export.zip").id


def test_a_document_inside_is_read_too() -> None:
    cda = ccda(PROBLEMS + problem('displayName="Malignant neoplasm of breast"'))
    paper = read_apple_health(health_export(cda=cda), "export.zip")
    assert "diagnosis" in {each.concept for each in findings_of(paper)}


def test_broken_parts_are_told_and_cost_nothing_else() -> None:
    parts = {"a.json": json.dumps(ER).encode(), "b.json": b'{"resourceType": "Cond'}
    paper = read_apple_health(health_export("<Record", parts, cda=b"<ClinicalDoc"), "export.zip")
    assert [each.value for each in findings_of(paper) if each.concept == "er.status"] == ["positive"]
    assert len(paper.notes) == 3


def test_an_entity_in_export_xml_is_not_followed() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "apple_health_export/export.xml",
            '<?xml version="1.0"?><!DOCTYPE HealthData [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
            '<HealthData><Me HKCharacteristicTypeIdentifierDateOfBirth="&b;"/></HealthData>',
        )
    paper = read_apple_health(file, "export.zip")
    assert "aaaa" not in paper.text


@pytest.mark.parametrize("data", [b"", b"no zip", health_export().read()[:-60]], ids=["empty", "text", "cut"])
def test_what_is_no_export_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput) as error:
        read_apple_health(io.BytesIO(data), "export.zip")
    assert error.value.fix


def test_a_zip_of_other_things_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("holiday.txt", "sun")
    with pytest.raises(BadInput, match=r"no export\.xml"):
        read_apple_health(file, "export.zip")


def test_a_document_that_is_too_large_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(health_export(record("BodyMass", "61", "2024-01-01"), cda=ccda(PROBLEMS)).read())
    assert not any("C-CDA" in note for note in read_apple_health(path).notes)
    monkeypatch.setattr("navaid.records.read.structured.apple.MOST_CDA_BYTES", 100)
    (told,) = [note for note in read_apple_health(path).notes if "C-CDA" in note]
    assert "left out" in told
    assert "by itself" in told
