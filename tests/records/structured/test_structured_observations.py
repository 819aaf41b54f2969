"""Coded results: receptors, stage, size, nodes, genes, laboratory."""

from __future__ import annotations

from typing import Any

import pytest
from structured_examples import LOINC, coded, facts, found, resource


def observation(name: str, code: str = "", **more: Any) -> dict[str, Any]:
    return resource("Observation", status="final", code=coded(name, code, LOINC), **more)


def result(name: str, value: str, code: str = "") -> set[tuple[str, Any]]:
    said = facts(observation(name, code, valueCodeableConcept=coded(value)))
    return {(concept, value) for concept, value, _ in said}


def amount(name: str, value: float, unit: str = "", **more: Any) -> set[tuple[str, Any]]:
    said = facts(observation(name, valueQuantity={"value": value, "unit": unit, **more}))
    return {(concept, value) for concept, value, _ in said}


ER = "Estrogen receptor Ag [Presence] in Breast cancer specimen by Immune stain"
FISH = "HER2 [Presence] in Breast cancer specimen by FISH"


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("Positive (qualifier value)", "positive"),
        ("Negative (qualifier value)", "negative"),
        ("Not detected", "negative"),
        ("Low positive", "low_positive"),
        ("Equivocal", "equivocal"),
        ("Test not performed", "not_tested"),
        ("Pending", "pending"),
        ("Indeterminate", "indeterminate"),
    ],
)
def test_a_receptor(value: str, status: str) -> None:
    assert result(ER, value) == {("er.status", status)}


def test_codes_without_words() -> None:
    coded_only = observation("", "85339-0", valueCodeableConcept=coded("", "260385009"))
    assert facts(coded_only) == {("pr.status", "negative", "present")}


@pytest.mark.parametrize("value", ["Unknown", "See report", ""])
def test_no_result_gives_no_status(value: str) -> None:
    assert result(ER, value) == set()


def test_percentages() -> None:
    assert amount("Cells.estrogen receptor/100 cells in Breast cancer specimen by Immune stain", 90, "%") == {
        ("er.percent", 90),
        ("er.status", "positive"),
    }
    assert amount("Ki-67 [Percent]", 22.5, "%") == {("ki67.percent", 22.5)}
    assert amount("Ki-67 [Percent]", 22, "%", comparator="<") == set()
    said = facts(observation("Progesterone receptor status", valueString="Positive (80%)"))
    assert {(concept, value) for concept, value, _ in said} == {("pr.status", "positive"), ("pr.percent", 80)}
    assert amount("Estrogen receptor Allred score", 7) == {("er.allred", 7)}


def test_her2() -> None:
    assert result("HER2 [Interpretation] in Tissue", "Negative") == {("her2.status", "negative")}
    assert result("HER2 by immunohistochemistry", "2+") == {("her2.ihc", "2+"), ("her2.status", "equivocal")}
    assert result("HER2 by immunohistochemistry", "Equivocal (2+)") == {
        ("her2.ihc", "2+"),
        ("her2.status", "equivocal"),
    }
    assert result(FISH, "Not amplified") == {("her2.ish", "not_amplified"), ("her2.status", "negative")}
    assert ("her2.ratio", 1.2) in amount("HER2/CEP17 ratio", 1.2)


def test_a_bound_of_the_ratio_is_no_result() -> None:
    assert facts(observation(FISH, "85318-4", valueString="less than 1.8")) == set()


@pytest.mark.parametrize("status", ["entered-in-error", "cancelled"])
def test_a_withdrawn_result_is_none(status: str) -> None:
    withdrawn = {**observation(ER, valueCodeableConcept=coded("Positive")), "status": status}
    assert facts(withdrawn) == set()


def test_stage_and_tnm() -> None:
    (group,) = found(observation("Stage group.clinical Cancer", "21908-9", valueCodeableConcept=coded("IIB", "2B")))
    assert (group.concept, group.value, group.details) == ("stage.group", "IIB", {"kind": "clinical"})
    assert result("Primary tumor.pathology Cancer", "pT1c") == {("pt", "T1c")}
    assert result("Regional lymph nodes.clinical [Class] Cancer", "cN0") == {("cn", "N0")}
    assert result("Distant metastases.clinical [Class] Cancer", "M0 category (finding)") == {("cm", "M0")}
    (node,) = found(
        observation(
            "Regional lymph nodes.pathology",
            valueCodeableConcept=coded("ypN1mi(sn)"),
            method=coded("American Joint Committee on Cancer, 8th edition"),
        )
    )
    assert (node.value, node.details) == ("N1mi", {"prefix": "yp", "suffix": "sn", "edition": "8"})


def test_t_without_a_word_on_who_judged_gives_nothing() -> None:
    assert result("Primary tumor.other [Class] Cancer", "T2") == set()


def test_the_stage_of_another_cancer_is_not_the_breasts() -> None:
    colon = resource("Condition", "colon", code=coded("Malignant tumor of colon"))
    breast = resource("Condition", "breast", code=coded("Breast cancer"))
    stage = observation("Stage group.clinical Cancer", valueCodeableConcept=coded("IVA"))
    assert "stage.group" not in {
        c for c, *_ in facts(colon, breast, {**stage, "focus": [{"reference": "Condition/colon"}]})
    }
    assert "stage.group" in {
        c for c, *_ in facts(colon, breast, {**stage, "focus": [{"reference": "Condition/breast"}]})
    }
    assert "stage.group" not in {c for c, *_ in facts(colon, stage)}


def test_size_and_nodes() -> None:
    size = {"code": coded("Size.maximum dimension in Tumor"), "valueQuantity": {"value": 2.4, "unit": "cm"}}
    (finding,) = found(observation("Size Tumor", component=[size]))
    assert (finding.concept, finding.value, finding.unit) == ("tumour.size", 24, "mm")
    counted = {"code": coded("Lymph nodes examined [#] in Cancer specimen"), "valueQuantity": {"value": 3}}
    nodes = observation(
        "Sentinel lymph nodes with metastasis [#] in Cancer specimen", valueInteger=1, component=[counted]
    )
    assert facts(nodes) == {("nodes.sentinel_positive", 1, "present"), ("nodes.sentinel_examined", 3, "present")}


def test_scores_of_the_person() -> None:
    assert facts(observation("ECOG Performance Status score", valueInteger=1)) == {("ecog", 1, "present")}
    assert facts(observation("ECOG Performance Status score", valueInteger=7)) == set()
    assert amount("Karnofsky Performance Status score", 90) == {("karnofsky", 90)}
    assert result("Menopausal status", "Premenopausal") == {("menopause", "pre")}


def test_grade() -> None:
    assert result("Histologic grade of primary malignant neoplasm of breast", "G2") == {("grade", 2)}
    assert result("Nottingham histologic grade", "Grade 3 (poorly differentiated)") == {("grade", 3)}
    assert result("Adverse event grade of cancer treatment", "Grade 3") == set()


def variant(*parts: tuple[str, str], value: str = "Present") -> dict[str, Any]:
    components = [{"code": coded("", code, LOINC), "valueCodeableConcept": coded(text)} for code, text in parts]
    return observation("Genetic variant assessment", "69548-6", valueCodeableConcept=coded(value), component=components)


def test_a_variant_of_a_gene() -> None:
    gene, germline = ("48018-6", "BRCA2"), ("48002-0", "Germline")
    harmful = variant(gene, germline, ("53037-8", "Pathogenic"), ("48004-6", "NM_000059.4:c.5946del"))
    (finding,) = found(harmful)
    assert (finding.concept, finding.value) == ("gene.BRCA2.germline", "pathogenic")
    assert facts(variant(gene, germline, ("53037-8", "Uncertain significance"))) == {
        ("gene.BRCA2.germline", "vus", "present")
    }
    assert facts(variant(gene, germline, value="Absent")) == {("gene.BRCA2.germline", "negative", "present")}
    assert facts(variant(gene, germline)) == {("gene.BRCA2.germline", "found", "present")}, "nothing says it is harmful"
    assert facts(variant(gene, ("53037-8", "Pathogenic"))) == set(), "nothing says whether it is inherited"
    assert facts(variant(("48018-6", "PIK3CA"), ("48002-0", "Somatic"))) == {
        ("gene.PIK3CA.somatic", "found", "present")
    }


def test_what_a_variant_means_may_stand_in_its_interpretation() -> None:
    tp53 = (("48018-6", "TP53"), ("48002-0", "Somatic"))
    for said, value in (
        ("Unknown significance", "vus"),
        ("Variant of uncertain significance", "vus"),
        ("Conflicting interpretations of pathogenicity", "vus"),
        ("Likely pathogenic", "pathogenic"),
        ("Likely benign", "negative"),
        ("Somatic hit", "found"),
    ):
        resource = {**variant(*tp53), "interpretation": [{"text": said}]}
        assert facts(resource) == {("gene.TP53.somatic", value, "present")}, said


PERCENT = "Cells.estrogen receptor/100 cells in Breast cancer specimen by Immune stain"


def test_a_stated_state_stands_before_what_a_percentage_would_give() -> None:
    percent = {**observation(PERCENT, valueQuantity={"value": 5, "unit": "%"}), "id": "percent"}
    assert facts(percent) == {("er.percent", 5, "present"), ("er.status", "low_positive", "present")}
    stated = observation(ER, valueCodeableConcept=coded("Positive"))
    assert facts(stated, percent) == {("er.status", "positive", "present"), ("er.percent", 5, "present")}
    assert facts(observation(ER, valueString="Low positive (5%)")) == {
        ("er.status", "low_positive", "present"),
        ("er.percent", 5, "present"),
    }


def test_what_her2_scores_and_gene_tests_mean_together() -> None:
    ihc = observation("HER2 by immunohistochemistry", valueString="2+")
    fish = {**observation("HER2 FISH", valueCodeableConcept=coded("Not amplified")), "id": "fish"}
    assert {row[:2] for row in facts(ihc, fish)} == {
        ("her2.ihc", "2+"),
        ("her2.ish", "not_amplified"),
        ("her2.status", "negative"),
        ("her2.level", "low"),
    }


def test_codes_that_need_no_words() -> None:
    low = {"coding": [{"system": "http://snomed.info/sct", "code": "1155708003"}]}
    assert facts(observation("Grade of the tumour", valueCodeableConcept=low)) == {("grade", 1, "present")}
    assert result("Histologic grade of the tumour", "High histologic grade (qualifier value)") == {("grade", 3)}
    ratio = observation("", "49683-6", valueQuantity={"value": 1.2})
    assert ("her2.ratio", 1.2, "present") in facts(ratio)
    copies = observation("", "74860-8", valueQuantity={"value": 3.1})
    assert facts(copies) == {("her2.copy_number", 3.1, "present")}


def test_laboratory_values() -> None:
    limits = [{"low": {"value": 12, "unit": "g/dL"}, "high": {"value": 16, "unit": "g/dL"}}]
    (finding,) = found(
        observation(
            "Hemoglobin [Mass/volume] in Blood", valueQuantity={"value": 9.5, "unit": "g/dL"}, referenceRange=limits
        )
    )
    assert (finding.concept, finding.value, finding.unit) == ("lab.hemoglobin", 9.5, "g/dL")
    assert finding.details == {"low": 12, "high": 16}
    assert amount("Neutrophils [#/volume] in Blood", 3000, "10*3/uL") == set(), "no one has so many"
    assert amount("Hemoglobin A1c/Hemoglobin.total in Blood", 6.1, "%") == {("lab.hba1c", 6.1)}
    assert amount("Heart rate", 72, "/min") == set()


def spelled(name: str, value: str) -> set[tuple[str, Any]]:
    return {(concept, said) for concept, said, _ in facts(observation(name, valueString=value))}


def test_local_names_and_words() -> None:
    assert spelled("PR (IHC)", "neg") == {("pr.status", "negative")}
    assert spelled("ER/PR status", "ER positive, PR negative") == {("er.status", "positive"), ("pr.status", "negative")}
    assert spelled("ER/PR", "positive") == {("hr.status", "positive")}
    assert spelled("PR interval", "160") == set()
    assert spelled("Ki-67 proliferation index", "15-20%") == set(), "a range is no number"
    assert spelled("Tumor size", "2.3 cm") == {("tumour.size", 23)}
    assert spelled("Pathologic stage T", "T2") == {("pt", "T2")}
    assert ("cn", "N1") in spelled("Clinical stage", "cT2 cN1 M0, stage IIB")


def test_a_result_that_is_awaited() -> None:
    awaited = {**observation(ER), "status": "registered"}
    assert facts(awaited) == {("er.status", "pending", "present")}


def test_side_and_place_by_what_a_result_is_about() -> None:
    left = resource("Condition", "c", code=coded("Cancer of left breast"))
    about = observation(ER, valueCodeableConcept=coded("Positive"), focus=[{"reference": "Condition/c"}])
    (finding,) = [each for each in found(left, about) if each.concept == "er.status"]
    assert finding.side == "left"
    liver = observation(ER, valueCodeableConcept=coded("Negative"), bodySite=coded("Liver structure"))
    assert found(liver)[0].specimen == "metastasis:liver"
