"""Genes, PD-L1 and other measures of the tumour, antigens for cell therapies, in lines of our own."""

# ruff: noqa: E501  a statement stays on its line
from __future__ import annotations

import pytest
from tests.trials.asked_of import NONE_OTHER, Facts, asked, label, read

from navaid.terms import Label

MET, NOT_MET, UNKNOWN = Label.MET, Label.NOT_MET, Label.UNKNOWN


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("Germline BRCA1/2 mutation", {"gene.BRCA1.germline", "gene.BRCA2.germline"}),
        ("gBRCA mutation", {"gene.BRCA1.germline", "gene.BRCA2.germline"}),
        ("Somatic BRCA1 mutation", {"gene.BRCA1.somatic"}),
        ("Pathogenic variant in BRCA1 or PALB2", {f"gene.{g}.{t}" for g in ("BRCA1", "PALB2") for t in ("germline", "somatic")}),
        ("PIK3CA mutation", {"gene.PIK3CA.somatic"}),
        ("Activating HER2 mutations", {"gene.ERBB2.somatic"}),
        ("ESR1-mutated tumour", {"gene.ESR1.somatic"}),
    ],
)  # fmt: skip
def test_genes(text: str, concepts: set[str]) -> None:
    predicates = asked(read(text))
    assert {predicate.concept for predicate in predicates} == concepts
    assert {predicate.values for predicate in predicates} == {("pathogenic",)}


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("BRCA1 or BRCA2 mutation", {"gene.BRCA2.germline": "pathogenic"}, MET),
        ("BRCA1 wild-type", {"gene.BRCA1.germline": "negative", "gene.BRCA1.somatic": "pathogenic"}, NOT_MET),
        ("No known germline BRCA1 mutation", {"gene.BRCA1.germline": "negative"}, MET),
        ("PD-L1 positive with CPS ≥ 10", {"pdl1.cps": 5}, NOT_MET),
        ("PD-L1 combined positive score (CPS) of at least 10", {"pdl1.cps": 10}, MET),
        ("PD-L1 positive tumour", {"pdl1.status": "negative"}, NOT_MET),
        ("PD-L1 ≥ 1 %", {"pdl1.status": "positive", "pdl1.cps": 1}, UNKNOWN),
        ("MSI-H or dMMR tumour", {"msi.status": "stable", "mmr.status": "deficient"}, MET),
        ("TMB ≥ 10 mutations/megabase", {"tmb": 4}, NOT_MET),
        ("Ki-67 ≥ 20%", {"ki67.percent": 30}, MET),
        ("Oncotype DX recurrence score ≤ 25", {"oncotype.score": 26}, NOT_MET),
        ("MammaPrint high risk", {"mammaprint.risk": "high"}, MET),
        ("Mesothelin-expressing tumour", {"antigen": ("mesothelin",)}, MET),
        ("Tumour that expresses ROR1 or MUC1", {"antigen": ("muc1",)}, MET),
        ("Tumour that expresses ROR1 or MUC1", {"antigen": (NONE_OTHER,)}, NOT_MET),
        ("Tested for a BRCA1 mutation in a relative", {"gene.BRCA1.germline": "pathogenic"}, UNKNOWN),
    ],
)
def test_measures(text: str, facts: Facts, expected: Label) -> None:
    assert label(text, facts) is expected
