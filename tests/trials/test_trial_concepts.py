"""The concepts that trials ask for: every one that a reader can name is in a table, with a question."""

# ruff: noqa: E501  a statement stays on its line
from __future__ import annotations

import pytest
from tests.trials.asked_of import asked, read

from navaid.records.concepts import concept
from navaid.trials.concepts import label_of, trial_concepts
from navaid.vocabulary import vocabulary

LINES = [
    "Metastatic HER2-positive breast cancer of stage II-IV, T2 N1, recurrent, unresectable, with residual disease after neoadjuvant chemotherapy",
    "De novo metastatic disease, bone-only disease, visceral crisis, brain metastases or liver metastases",
    "Measurable or evaluable disease per RECIST and another malignancy within 5 years",
    "Prior palbociclib, taxane, radiotherapy or major surgery; progression on trastuzumab; two prior lines of chemotherapy",
    "BRCA1 mutation, PD-L1 CPS ≥ 10, MSI-H, TMB ≥ 10, Ki-67 ≥ 20%, mesothelin-expressing, ECOG 0-1, age ≥ 18",
    "COHORT B: lobular carcinoma",
]


@pytest.mark.parametrize("line", LINES)
def test_every_concept_is_in_a_table(line: str) -> None:
    predicates = asked(read(line))
    assert predicates
    for predicate in predicates:
        row = trial_concepts().get(predicate.concept)
        if row is None:
            concept(predicate.concept)  # raises KeyError where records do not know it either
        elif row.values and row.kind == "code":
            assert {str(value) for value in predicate.values} <= set(row.values), predicate


def test_every_row_explains_itself() -> None:
    """What is asked of nobody (how long the team expects a person to live) has no question."""
    for row in trial_concepts().values():
        assert row.label, row.id
        assert row.means, row.id
        assert row.ask.endswith((".", "?")) or not row.ask, row.id


def test_derived_from_names_concepts_of_records() -> None:
    for row in trial_concepts().values():
        for name in row.derived_from:
            assert concept(name).label


def test_labels() -> None:
    assert label_of("setting") == trial_concepts()["setting"].label
    with pytest.raises(KeyError):
        label_of("no such thing")


def test_classes_are_concepts_of_the_vocabulary() -> None:
    """Which drugs belong to a class is said there, with its source."""
    text = "Prior CDK4/6 inhibitor, PARP inhibitor, anthracycline, taxane, platinum, anti-HER2 therapy, ADC, checkpoint inhibitor, CAR-T, chemotherapy or endocrine therapy"
    classes = {str(predicate.values[0]) for predicate in asked(read(text)) if predicate.concept == "drug_class"}
    assert len(classes) == 11
    assert classes <= set(vocabulary().concepts)
