"""A bundle that is added again says what the papers said: nothing lost, nothing more, and its notes are no report."""

from __future__ import annotations

import pytest
from written import TODAY, fact, paper, profile

from navaid.records.concepts import concept, concepts
from navaid.records.export import mcode
from navaid.records.extract.extract import extract
from navaid.records.read.structured import read_fhir
from navaid.records.reconcile import reconcile
from navaid.terms import Assertion, Profile, Reading, Value, encode

NO_RESULT = ("not_stated", "pending", "not_tested", "indeterminate")


def again(before: Profile, readings: list[Reading]) -> Reading:
    return extract(read_fhir(encode(mcode.bundle(before, readings)), "bundle.json"))


def stated(known: Profile) -> set[tuple[str, Value, str]]:
    fields = (field for field in known.fields if field.value not in NO_RESULT)
    return {(field.concept, field.value, str(field.assertion)) for field in fields}


def test_all_that_was_written_is_read_again() -> None:
    before, readings = profile()
    after = stated(reconcile("me", [again(before, readings)], TODAY))
    # An export leaves out what is denied, and a test that is only planned.
    kept = {row for row in stated(before) if row[2] not in ("absent",) and row[0] != "gene.ESR1.somatic"}
    assert kept - after == set()
    assert after - kept == {("sex", "female", "present")}


def test_a_planned_drug_stays_planned() -> None:
    planned = {f.value for f in again(*profile()).findings if f.concept == "drug" and f.assertion is Assertion.PLANNED}
    assert planned == {"abemaciclib"}


def test_remarks_of_an_export_are_no_report() -> None:
    words = "Allergies: see the letter, page 4. ER negative, 0 %. Tumor 61 mm, pT3, grade 1."
    facts = [fact("diagnosis", "invasive_breast_cancer", words=words), fact("grade", 3, words=words)]
    readings = [paper("letter.txt", TODAY, facts)]
    found = again(reconcile("me", readings, TODAY), readings).findings
    assert {(f.concept, f.value) for f in found} == {("diagnosis", "invasive_breast_cancer"), ("grade", 3)}


@pytest.mark.parametrize(
    "name",
    [
        *(
            "dcis.present",
            "dcis.grade",
            "grade.score",
            "grade.nuclear",
            "nodes.positive",
            "nodes.extranodal",
            "focality",
        ),
        *("quadrant", "clock", "lvi", "margins.status", "margins.distance", "er.allred", "pr.intensity", "her2.level"),
        *("her2.ish", "msi.status", "tmb", "oncotype.score", "gene.PIK3CA.somatic", "gene.BRCA2.germline"),
    ],
)
def test_every_value_of_a_concept_comes_back(name: str) -> None:
    row = concept(name)
    for value in [*row.values] or [2]:
        readings = [paper("report.pdf", TODAY, [fact("diagnosis", "invasive_breast_cancer"), fact(name, value)])]
        found = again(reconcile("me", readings, TODAY), readings).findings
        assert [f.value for f in found if f.concept == name] == [value]


def test_a_code_of_no_concept_gives_nothing() -> None:
    before, readings = profile()
    made = encode(mcode.bundle(before, readings)).replace(b'"menopause"', b'"menopause.unheard"')
    assert "menopause.unheard" not in concepts()
    assert all(f.concept != "menopause.unheard" for f in extract(read_fhir(made, "bundle.json")).findings)
