"""What no record says, and medicines by their kind: named, so that a statement tells what it asks for."""

from __future__ import annotations

import pytest

from navaid.terms import Logic
from navaid.trials.concepts import trial_concepts
from navaid.trials.criteria.parse.readers import medicines, practical


def concepts(words: str) -> set[str]:
    return {atom.expression.predicate.concept for atom in practical.read(words) if atom.expression.predicate}


@pytest.mark.parametrize(
    ("words", "concept"),
    [
        ("Signed informed consent", "consent"),
        ("Able to understand and willing to sign a written informed consent form", "consent"),
        ("Willing to comply with the schedule of visits", "compliance"),
        ("Must agree to use two methods of birth control during the study", "contraception"),
        ("Must provide archival tumor tissue", "tissue"),
        ("Able to read and speak English", "language"),
        ("Has access to a smartphone", "access"),
        ("Currently enrolled in another clinical trial", "other_trial"),
        ("Contraindication to MRI", "mri_possible"),
        ("Claustrophobia", "mri_possible"),
        ("Prisoners", "detention"),
        ("Any condition that in the opinion of the investigator makes the patient unsuitable", "judgement"),
        ("Adequate organ function", "organ_function"),
    ],
)
def test_what_is_named(words: str, concept: str) -> None:
    assert concept in concepts(words)


@pytest.mark.parametrize(
    ("words", "concept"),
    [
        ("Age 18 or older at the time of informed consent", "consent"),
        ("Planning to receive chemotherapy", "contraception"),
        ("Adequate organ function: ANC ≥ 1.5 x 10^9/L", "organ_function"),
        ("Biopsy-proven breast cancer", "tissue"),
    ],
)
def test_what_is_not(words: str, concept: str) -> None:
    assert concept not in concepts(words)


def test_every_concept_has_its_row() -> None:
    used = {"consent", "compliance", "contraception", "tissue", "language", "access", "other_trial", "mri_possible"}
    assert used | {"detention", "judgement", "organ_function", "medication_class"} <= set(trial_concepts())


def test_nothing_is_asked_of_the_person_about_consent_or_life_expectancy() -> None:
    rows = trial_concepts()
    assert not any(rows[name].ask for name in ("consent", "compliance", "contraception", "life_expectancy"))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("warfarin", "anticoagulant"),
        ("systemic corticosteroids", "corticosteroid"),
        ("strong CYP3A4 inhibitors", "cyp3a4_inhibitor"),
        ("strong inhibitors or inducers of CYP3A4", "cyp3a4_inhibitor_or_inducer"),
        ("a live vaccine", "live_vaccine"),
        ("medications known to prolong the QT interval", "qt_prolonging_drug"),
    ],
)
def test_medicines_by_their_kind(words: str, code: str) -> None:
    atom = max(medicines.read(words), key=lambda atom: atom.end - atom.start)
    assert atom.expression.predicate is not None
    assert atom.expression.predicate.values == (code,)


def test_a_live_vaccine_within_a_time() -> None:
    atom = max(medicines.read("Live vaccine within 30 days before enrollment"), key=lambda atom: atom.end)
    assert atom.expression.predicate is not None
    assert atom.expression.predicate.within_days == 30


def test_allergies() -> None:
    named = next(iter(medicines.read("Known hypersensitivity to trastuzumab")))
    assert named.expression.predicate is not None
    assert (named.expression.predicate.concept, named.expression.predicate.values) == ("allergy", ("trastuzumab",))
    general = next(iter(medicines.read("Allergy to any excipient of the study drug")))
    assert general.expression.predicate is not None
    assert general.expression.predicate.values == (medicines.STUDY_DRUG,)
    severe = next(iter(medicines.read("Severe hypersensitivity to paclitaxel")))
    assert severe.expression.logic is Logic.ALL
    assert severe.expression.parts[1].logic is Logic.UNPARSED


@pytest.mark.parametrize(
    "words",
    ["Unable or unwilling to sign informed consent", "Planning to become pregnant during the study"],
)
def test_what_is_refused_is_denied(words: str) -> None:
    longest = max(practical.read(words), key=lambda atom: atom.end - atom.start)
    assert longest.expression.logic is Logic.NOT


def test_a_method_that_may_fail_is_no_refusal() -> None:
    words = "Must agree to use birth control with a failure rate of less than 1 % a year"
    assert {atom.expression.logic for atom in practical.read(words)} == {Logic.IS}
