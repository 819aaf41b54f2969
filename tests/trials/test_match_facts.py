"""What a profile says to a predicate: stated, implied by definition, denied, or open."""

from __future__ import annotations

import datetime as dt

import pytest

from navaid.terms import Assertion, Field, FieldState, Label, Predicate, Profile, Value
from navaid.trials.match.ask import ask
from navaid.trials.match.facts import Facts, fits, vaguer

TODAY = dt.date(2026, 1, 15)
MET, NOT_MET, UNKNOWN = Label.MET, Label.NOT_MET, Label.UNKNOWN


def _field(concept: str, value: Value, **more: object) -> Field:
    return Field(concept=concept, value=value, **{"state": FieldState.UNCONFIRMED, **more})  # type: ignore[arg-type]


def _asked(fields: list[Field], concept: str, op: str, *values: Value, **more: object) -> Label:
    profile = Profile(name="", made=TODAY, fields=tuple(fields), tumours=(), findings=())
    predicate = Predicate(concept=concept, op=op, values=values, **more)  # type: ignore[arg-type]
    return ask(Facts(profile), predicate).label


@pytest.mark.parametrize(
    ("fields", "asked", "label"),
    [
        ([("er.status", "positive")], ("er.status", "is", "positive"), MET),
        ([("er.status", "low_positive")], ("er.status", "is", "positive"), MET),
        ([("er.status", "negative")], ("er.status", "is", "positive"), NOT_MET),
        ([("er.status", "pending")], ("er.status", "is", "positive"), UNKNOWN),
        ([("her2.status", "equivocal")], ("her2.status", "is", "negative"), UNKNOWN),
        ([], ("er.status", "is", "positive"), UNKNOWN),
        ([("er.status", "negative")], ("er.status", "is_not", "positive"), MET),
        ([("stage.group", "IIA")], ("stage.group", "is", "I", "II"), MET),
        ([("stage.group", "II")], ("stage.group", "is", "IIA"), UNKNOWN),
        ([("stage.group", "IIIB")], ("stage.group", "is", "I", "II"), NOT_MET),
        ([("ct", "T1c")], ("t_category", "is", "T1", "T2"), MET),
        ([("ct", "TX")], ("t_category", "is", "T1"), UNKNOWN),
        ([("ct", "T2"), ("pt", "T1c")], ("t_category", "is", "T2"), UNKNOWN),
        ([("histology", "ductal_nst")], ("histology", "is", "inflammatory"), UNKNOWN),
        ([("histology", "ductal_nst"), ("ct", "T2")], ("histology", "is", "inflammatory"), NOT_MET),
        ([("ct", "T4d")], ("histology", "is", "inflammatory"), MET),
        ([("laterality", "left")], ("laterality", "is", "bilateral"), UNKNOWN),
    ],
)
def test_codes(fields: list[tuple[str, Value]], asked: tuple[str, ...], label: Label) -> None:
    assert _asked([_field(*each) for each in fields], *asked) is label


@pytest.mark.parametrize(
    ("fields", "asked", "label"),
    [
        ([("metastasis.site", "bone")], ("setting", "is", "metastatic"), MET),
        ([("metastasis.site", "bone")], ("setting", "is", "early"), NOT_MET),
        ([("metastasis.site", "bone"), ("stage.group", "IIA")], ("setting", "is", "early"), NOT_MET),
        ([("stage.group", "IV")], ("setting", "is", "locally_advanced", "metastatic"), MET),
        ([("stage.group", "IIA")], ("setting", "is", "metastatic"), NOT_MET),
        ([("stage.group", "IIA"), ("diagnosis", "recurrence")], ("setting", "is", "metastatic"), UNKNOWN),
        ([("cm", "M0")], ("setting", "is_not", "metastatic"), MET),
        ([("cm", "M0")], ("metastasis.site", "had", "liver"), NOT_MET),
        ([("er.status", "negative"), ("pr.status", "negative")], ("hr.status", "is", "positive"), NOT_MET),
        ([("er.status", "negative")], ("hr.status", "is", "positive"), UNKNOWN),
        ([("pr.status", "positive")], ("hr.status", "is", "positive"), MET),
        ([("hr.status", "positive")], ("er.status", "is", "positive"), UNKNOWN),
        ([("hr.status", "negative")], ("er.status", "is", "positive"), NOT_MET),
        ([("her2.ihc", "1+")], ("her2.level", "is", "low"), MET),
        ([("her2.ihc", "0")], ("her2.level", "is", "low"), NOT_MET),
        ([("her2.ihc", "0")], ("her2.level", "is", "ultralow"), UNKNOWN),
        ([("her2.ihc", "2+")], ("her2.status", "is", "negative"), UNKNOWN),
        ([("her2.ihc", "2+"), ("her2.ish", "not_amplified")], ("her2.status", "is", "negative"), MET),
        ([("sex", "male")], ("pregnancy", "is", "pregnant", "breastfeeding"), NOT_MET),
        ([("menopause", "post")], ("pregnancy", "is", "pregnant"), NOT_MET),
        ([("pregnancy", "not_pregnant")], ("pregnancy", "is", "pregnant", "breastfeeding"), UNKNOWN),
        ([("sex", "male")], ("menopause", "is", "post"), NOT_MET),
        ([("menopause", "pre")], ("sex", "is", "female"), MET),
        ([("er.status", "negative")], ("er.percent", "at_least", 10), NOT_MET),
        ([("er.status", "positive")], ("er.percent", "at_least", 10), UNKNOWN),
        ([("er.status", "positive")], ("er.percent", "at_least", 1), MET),
        ([("gene.BRCA1.germline", "pathogenic")], ("gene.BRCA.germline", "is", "pathogenic"), MET),
        ([("gene.ESR1.somatic", "found")], ("gene.ESR1.somatic", "is", "pathogenic"), MET),
        ([("gene.BRCA1.germline", "negative")], ("gene.BRCA.germline", "is", "pathogenic"), UNKNOWN),
    ],
)
def test_what_follows_by_definition(fields: list[tuple[str, Value]], asked: tuple[str, ...], label: Label) -> None:
    assert _asked([_field(*each) for each in fields], *asked) is label


def test_of_values_in_conflict_only_what_all_say_counts() -> None:
    clash = [_field("her2.ihc", "0", state=FieldState.CONFLICT, other=("1+",))]
    assert _asked(clash, "her2.ihc", "is", "0") is UNKNOWN
    assert _asked(clash, "her2.ihc", "is", "0", "1+") is MET
    assert _asked(clash, "her2.ihc", "is", "3+") is NOT_MET
    sizes = [_field("tumour.size", 18, state=FieldState.CONFLICT, other=(24,))]
    assert _asked(sizes, "tumour.size", "at_least", 20) is UNKNOWN
    assert _asked(sizes, "tumour.size", "at_least", 15) is MET


def test_a_person_grows_older_than_her_paper() -> None:
    two_years_ago = [_field("age", 63, date=dt.date(2024, 1, 1))]
    assert _asked(two_years_ago, "age", "at_least", 65) is MET
    assert _asked(two_years_ago, "age", "at_least", 66) is UNKNOWN
    assert _asked(two_years_ago, "age", "at_least", 67) is NOT_MET


def test_an_illness_is_denied_only_in_words() -> None:
    heart = [_field("comorbidity", "heart_failure")]
    assert _asked(heart, "comorbidity", "had", "heart_failure", "stroke") is MET
    assert _asked(heart, "comorbidity", "had", "stroke") is UNKNOWN
    assert _asked(heart, "comorbidity", "had", "heart_failure", qualifiers={"state": "uncontrolled"}) is UNKNOWN
    denied = [_field("comorbidity", "stroke", assertion=Assertion.ABSENT)]
    assert _asked(denied, "comorbidity", "had", "stroke") is NOT_MET
    assert _asked(denied, "comorbidity", "had", "stroke", "heart_failure") is UNKNOWN
    assert _asked(denied, "comorbidity", "had", "stroke", qualifiers={"state": "uncontrolled"}) is NOT_MET
    healthy = [_field("no_other_illness", "none", assertion=Assertion.ABSENT)]
    assert _asked(healthy, "comorbidity", "had", "stroke") is NOT_MET
    assert _asked(healthy, "comorbidity", "not_had", "stroke") is MET


def test_a_drug_answers_for_its_classes_and_a_denied_class_for_its_drugs() -> None:
    enhertu = [_field("drug", "trastuzumab deruxtecan", details={"intent": "metastatic"})]
    assert _asked(enhertu, "drug_class", "had", "antibody_drug_conjugate") is MET
    assert _asked(enhertu, "drug_class", "had", "her2_targeted_drug", qualifiers={"setting": "metastatic"}) is MET
    assert _asked(enhertu, "drug_class", "had", "her2_targeted_drug", qualifiers={"setting": "adjuvant"}) is UNKNOWN
    assert _asked(enhertu, "drug_class", "had", "taxane") is UNKNOWN
    planned = [_field("drug", "paclitaxel", assertion=Assertion.PLANNED)]
    assert _asked(planned, "drug_class", "had", "taxane") is UNKNOWN
    never = [_field("drug_class", "chemotherapy", assertion=Assertion.ABSENT)]
    assert _asked(never, "drug", "had", "paclitaxel") is NOT_MET
    assert _asked(never, "drug_class", "had", "endocrine_therapy") is UNKNOWN
    not_now = [_field("drug_class", "chemotherapy", assertion=Assertion.ABSENT, details={"setting": "metastatic"})]
    assert _asked(not_now, "drug_class", "had", "taxane") is UNKNOWN
    assert _asked(not_now, "drug_class", "had", "taxane", qualifiers={"setting": "metastatic"}) is NOT_MET


def test_a_drug_for_the_bones_is_no_treatment_of_the_cancer() -> None:
    assert _asked([_field("drug", "denosumab")], "drug_class", "had", "systemic_therapy") is UNKNOWN


def test_early_disease_was_never_treated_for_spread() -> None:
    early = [_field("cm", "M0"), _field("drug", "paclitaxel", details={"intent": "adjuvant"})]
    assert _asked(early, "drug_class", "had", "chemotherapy", qualifiers={"setting": "metastatic"}) is NOT_MET
    assert _asked(early, "lines", "at_most", 1, qualifiers={"setting": "metastatic"}) is MET


def test_lines_are_a_lower_bound_until_a_paper_closes_them() -> None:
    setting = {"setting": "metastatic"}
    one = [_field("drug", "capecitabine", details={"intent": "metastatic"})]
    assert _asked(one, "lines", "at_least", 1, qualifiers=setting) is MET
    assert _asked(one, "lines", "at_least", 2, qualifiers=setting) is UNKNOWN
    assert _asked(one, "lines", "at_most", 2, qualifiers=setting) is UNKNOWN
    three = [_field("lines", 3, details={"setting": "metastatic", "of": "systemic_therapy"})]
    assert _asked(three, "lines", "at_least", 2, qualifiers=setting) is MET
    assert _asked(three, "lines", "at_most", 2, qualifiers=setting) is NOT_MET
    assert _asked(three, "lines", "at_most", 4, qualifiers=setting) is UNKNOWN
    exact = [_field("lines", 3, details={"setting": "metastatic", "of": "systemic_therapy", "exact": 1})]
    assert _asked(exact, "lines", "at_most", 4, qualifiers=setting) is MET
    numbered = [_field("drug", "letrozole", details={"intent": "metastatic", "line": 1})]
    assert _asked(numbered, "lines", "at_least", 2, qualifiers=setting) is NOT_MET
    assert _asked(numbered, "lines", "at_least", 1, qualifiers={**setting, "of": "chemotherapy"}) is NOT_MET


def test_progression_needs_to_be_told() -> None:
    given = [_field("drug", "palbociclib", details={"intent": "metastatic"})]
    assert _asked(given, "progression", "had", "cdk4_6_inhibitor") is UNKNOWN
    grew = [_field("drug", "palbociclib", details={"intent": "metastatic", "response": "progression"})]
    assert _asked(grew, "progression", "had", "cdk4_6_inhibitor") is MET
    none = [_field("prior_treatment", "any", assertion=Assertion.ABSENT)]
    assert _asked(none, "progression", "had", "cdk4_6_inhibitor") is NOT_MET


@pytest.mark.parametrize(
    ("details", "label"),
    [
        ({"status": "current"}, MET),
        ({"stop": "2026-01"}, MET),
        ({"stop": "2025-09"}, NOT_MET),
        ({"stop": "2025"}, MET),
        ({"status": "past"}, UNKNOWN),
        ({"start": "2024-05"}, UNKNOWN),
    ],
)
def test_time_since_a_treatment(details: dict[str, Value], label: Label) -> None:
    drug = [_field("drug", "capecitabine", details=details)]
    found = _asked(drug, "drug_class", "had", "chemotherapy", within_days=28)
    # What ended before the window does not tell that nothing else was given within it.
    assert found is (UNKNOWN if label is NOT_MET else label)


def test_laboratory_values_are_brought_into_one_unit() -> None:
    blood = [
        _field("lab.neutrophils", 1.8, unit="10*9/L"),
        _field("lab.hemoglobin", 102, unit="g/L"),
        _field("lab.alt", 60, unit="U/L", details={"high": 40}),
    ]
    assert _asked(blood, "lab.neutrophils", "at_least", 1500, unit="/uL") is MET
    assert _asked(blood, "lab.neutrophils", "at_least", 2000, unit="/uL") is NOT_MET
    assert _asked(blood, "lab.hemoglobin", "at_least", 9, unit="g/dL") is MET
    assert _asked(blood, "lab.alt", "at_most", 2.5, qualifiers={"of": "ULN"}) is MET
    assert _asked(blood, "lab.platelets", "at_least", 100, unit="10*9/L") is UNKNOWN
    assert _asked([_field("lab.alt", 60, unit="U/L")], "lab.alt", "at_most", 2.5, qualifiers={"of": "ULN"}) is UNKNOWN
    normal = [_field("organ_function", "normal", details={"part": "liver"})]
    assert _asked(normal, "lab.bilirubin", "at_most", 1.5, qualifiers={"of": "ULN"}) is MET
    assert _asked(normal, "lab.neutrophils", "at_least", 1.5, unit="10*9/L") is UNKNOWN


def test_brain_metastases() -> None:
    there = [_field("metastasis.site", "brain")]
    assert _asked(there, "brain_metastases", "is_not", "none") is MET
    assert _asked(there, "brain_metastases", "is", "active") is UNKNOWN
    stable = [*there, _field("brain_metastases", "treated"), _field("brain_metastases", "stable")]
    assert _asked(stable, "brain_metastases", "is", "stable") is MET
    assert _asked(stable, "brain_metastases", "is", "active", "untreated") is NOT_MET
    none = [_field("metastasis.site", "brain", assertion=Assertion.ABSENT)]
    assert _asked(none, "brain_metastases", "is", "active", "untreated") is NOT_MET
    assert _asked([], "brain_metastases", "is", "active") is UNKNOWN


def test_another_cancer() -> None:
    melanoma = [_field("comorbidity", "melanoma")]
    assert _asked(melanoma, "other_cancer", "had", "any") is MET
    assert _asked(melanoma, "other_cancer", "had", "any", within_days=1826) is UNKNOWN
    none = [_field("other_cancer", "any", assertion=Assertion.ABSENT)]
    assert _asked(none, "other_cancer", "had", "any", within_days=1826) is NOT_MET
    five = [_field("other_cancer", "any", assertion=Assertion.ABSENT, details={"within_days": 1826})]
    assert _asked(five, "other_cancer", "had", "any", within_days=1095) is NOT_MET
    assert _asked(five, "other_cancer", "had", "any") is UNKNOWN


def test_a_concept_that_no_profile_has_is_open() -> None:
    assert _asked([], "shoe_size", "at_least", 38) is UNKNOWN
    assert _asked([], "shoe_colour", "is", "red") is UNKNOWN


def test_finer_and_vaguer_values() -> None:
    assert fits("stage.group", "III", "IIIA")
    assert not fits("stage.group", "I", "II")
    assert not fits("stage.group", "I", "IV")
    assert not fits("diagnosis", "dcis", "invasive_breast_cancer")
    assert vaguer("stage.group", "IIB", "II")
    assert not vaguer("stage.group", "II", "IIB")
