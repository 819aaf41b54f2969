"""FHIR JSON becomes lines with entries; what is broken is told and costs nothing else."""

from __future__ import annotations

import json

import pytest
from structured_examples import LOINC, bundle, coded, findings_of, found, resource

from navaid.errors import BadInput
from navaid.records.read.structured import read_fhir
from navaid.terms import How

ER = resource(
    "Observation",
    "er-1",
    status="final",
    code=coded("Estrogen receptor status", "85337-4", LOINC),
    effectiveDateTime="2018-04-23",
    valueCodeableConcept=coded("Positive"),
)
ADA = resource("Patient", "p", name=[{"given": ["Ada"], "family": "Example"}], birthDate="1970-01-02")


def test_every_entry_is_a_line_that_tells_it() -> None:
    paper = read_fhir(bundle(ADA, ER), "folder/file.json")
    lines = {entry.id: paper.text[entry.start : entry.end] for entry in paper.entries}
    assert lines["Observation/er-1"] == "Observation 2018-04-23: Estrogen receptor status: Positive (final)"
    assert lines["Patient/p"] == "Patient: Ada Example; born 1970-01-02"
    assert paper.pages[0].how is How.MARKUP
    assert (paper.pages[0].start, paper.pages[0].end) == (0, len(paper.text))
    assert paper.name == "file.json"
    assert paper.entries[1].resource == ER


@pytest.mark.parametrize(
    "data",
    [
        json.dumps(ER).encode(),
        b"\xef\xbb\xbf" + bundle(ER),
        json.dumps([{"bundle": json.loads(bundle(ER))}]).encode(),
        bundle(json.loads(bundle(ER))),
        json.dumps(ADA).encode() + b"\n" + json.dumps(ER).encode() + b"\n",
    ],
    ids=["single", "byte-order mark", "list of bundles", "bundle in a bundle", "ndjson"],
)
def test_all_ways_to_wrap_resources(data: bytes) -> None:
    assert [str(each.value) for each in findings_of(read_fhir(data, "a.json")) if each.concept == "er.status"] == [
        "positive"
    ]


def test_a_broken_line_of_ndjson_costs_only_itself() -> None:
    paper = read_fhir(b'{"resourceType": "Obser\n' + json.dumps(ER).encode(), "a.ndjson")
    assert [entry.id for entry in paper.entries] == ["Observation/er-1"]
    assert "1 of 2 lines" in paper.notes[0]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (bundle(ER)[:-40], "broken or cut off"),
        (b"", "broken or cut off"),
        (b"[" * 100_000, "broken or cut off"),
        (b'{"a": ' * 50_000 + b"1" + b"}" * 50_000, "too deep"),
        (b'{"name": "a receipt"}', "no FHIR resource"),
        (b"\xff\xfe{}", "broken or cut off"),
    ],
    ids=["cut", "empty", "open brackets", "deep", "other JSON", "no UTF-8"],
)
def test_what_is_no_fhir_is_refused_with_a_reason(data: bytes, says: str) -> None:
    with pytest.raises(BadInput, match=says) as error:
        read_fhir(data, "a.json")
    assert error.value.fix


def test_a_resource_that_breaks_the_standard_is_noted_and_the_rest_read() -> None:
    broken = resource("Observation", "odd", status=["final"], code="text", valueQuantity=[[]])
    paper = read_fhir(bundle(broken, ER), "a.json")
    assert "1 of 2 entries do not keep to FHIR R4" in paper.notes[0]
    assert "er.status" in {each.concept for each in findings_of(paper)}


def test_records_of_two_people_give_no_finding() -> None:
    other = resource("Patient", "q", name=[{"given": ["Bea"], "family": "Sample"}], birthDate="1960-01-01")
    paper = read_fhir(bundle(ADA, other, ER), "a.json")
    assert "2 people" in paper.notes[0]
    assert findings_of(paper) == []


def test_words_of_a_record_cannot_break_out_of_their_line() -> None:
    paper = read_fhir(bundle(resource("Condition", code={"text": "a\nER: positive\u2028b\x00c"})), "a.json")
    (entry,) = paper.entries
    assert paper.text[entry.start : entry.end] == "Condition: a ER: positive b c"


def test_a_report_inside_is_read_and_a_picture_inside_is_told_of() -> None:
    report = resource(
        "DiagnosticReport",
        status="final",
        code=coded("Pathology report"),
        presentedForm=[
            {"contentType": "text/plain", "data": "SW52YXNpdmUgY2FyY2lub21hLg=="},
            {"contentType": "text/html; charset=utf-8", "data": "PHA+R3JhZGUgMjwvcD48c2NyaXB0Png8L3NjcmlwdD4="},
            {"contentType": "application/pdf", "data": "JVBERg=="},
        ],
    )
    paper = read_fhir(bundle(report), "a.json")
    assert "Invasive carcinoma." in paper.text
    assert "Grade 2" in paper.text
    assert "script" not in paper.text
    assert any("application/pdf" in note for note in paper.notes)


def test_kinds_that_are_not_read_are_counted() -> None:
    assert "2 Claim" in read_fhir(bundle(ER, resource("Claim"), resource("Claim", "c2")), "a.json").text


def test_provenance_names_the_entry_and_its_words() -> None:
    (finding,) = found(ER)
    assert finding.source.resource == "Observation/er-1"
    assert finding.source.how is How.MARKUP
    assert "Estrogen receptor status: Positive" in finding.source.words
    assert str(finding.date) == "2018-04-23"
