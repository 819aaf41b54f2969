"""Claims held against profiles: what applies, what does not, what stays open, and that nothing else moves."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from made_people import TODAY, about, facts, field, people, planned, quoted, tumour

from navaid.answers.personal.applies import held_against
from navaid.terms import Applies, Finding, How, Profile, Provenance
from navaid.trials.match.facts import Facts

YES, NO, MAYBE, ALL = Applies.APPLIES, Applies.DOES_NOT_APPLY, Applies.MAY_APPLY, Applies.GENERAL
METASTATIC = ("metastasis.site", "liver")
OPERATED = ("surgery", "mastectomy")
ADJUVANT = field("drug", "docetaxel", details={"intent": "adjuvant"})


@pytest.mark.parametrize(
    ("known", "axes", "label"),
    [
        # nothing known, nothing asked
        ([], {}, ALL),
        ([], {"stages": ["metastatic"]}, MAYBE),
        # stages: today's state counts, not the one at diagnosis
        ([METASTATIC], {"stages": ["metastatic"]}, YES),
        ([METASTATIC, ("stage.group", "IA")], {"stages": ["stage_i"]}, NO),
        ([METASTATIC, ("stage.group", "IA")], {"stages": ["early"]}, NO),
        ([("stage.group", "IA")], {"stages": ["stage_i"]}, YES),
        ([("stage.group", "IA")], {"stages": ["stage_ii", "stage_iii"]}, NO),
        ([("stage.group", "IA")], {"stages": ["early"]}, YES),
        ([("stage.group", "IA")], {"stages": ["metastatic"]}, NO),
        ([("stage.group", "IA"), ("diagnosis", "recurrence")], {"stages": ["stage_i"]}, MAYBE),
        ([("pt", "T1c"), ("pn", "N0")], {"stages": ["early"]}, MAYBE),
        ([("pt", "T1c"), ("pn", "N0")], {"stages": ["metastatic"]}, MAYBE),
        ([("diagnosis", "dcis")], {"stages": ["stage_0"]}, YES),
        ([("diagnosis", "dcis")], {"subtypes": ["dcis"]}, YES),
        ([("histology", "ductal_nst")], {"subtypes": ["dcis"]}, NO),
        # HER2
        ([("her2.ihc", "1+")], {"subtypes": ["her2_negative"]}, YES),
        ([("her2.ihc", "1+")], {"subtypes": ["her2_low"]}, YES),
        ([("her2.status", "negative")], {"subtypes": ["her2_low"]}, MAYBE),
        ([("her2.status", "negative")], {"subtypes": ["her2_ultralow"]}, MAYBE),
        ([("her2.ihc", "0")], {"subtypes": ["her2_low"]}, NO),
        ([("her2.ihc", "2+")], {"subtypes": ["her2_positive"]}, MAYBE),
        ([("her2.ihc", "2+"), ("her2.ish", "not_amplified")], {"subtypes": ["her2_low"]}, YES),
        ([("her2.ihc", "3+")], {"subtypes": ["her2_low", "her2_negative"]}, NO),
        ([("her2.ihc", "1+"), ("her2.ish", "amplified")], {"subtypes": ["her2_low"]}, MAYBE),
        ([("her2.ihc", "1+"), ("her2.ish", "amplified")], {"subtypes": ["her2_positive"]}, MAYBE),
        ([field("her2.status", "positive", "negative")], {"subtypes": ["her2_positive"]}, MAYBE),
        # ER and PR
        ([("er.status", "positive")], {"subtypes": ["hr_positive"]}, YES),
        ([("er.status", "negative")], {"subtypes": ["hr_positive"]}, MAYBE),
        ([("er.status", "negative"), ("pr.status", "negative")], {"subtypes": ["hr_positive"]}, NO),
        ([("er.status", "negative"), ("pr.status", "positive")], {"subtypes": ["hr_positive"]}, YES),
        ([("hr.status", "positive")], {"subtypes": ["hr_negative"]}, NO),
        ([field("er.status", "positive", "negative")], {"subtypes": ["hr_positive"]}, MAYBE),
        ([("er.status", "low_positive"), ("pr.status", "negative"), ("her2.ihc", "0")],
         {"subtypes": ["triple_negative"]}, MAYBE),
        ([("er.status", "low_positive")], {"subtypes": ["hr_positive"]}, YES),
        ([("er.status", "positive")], {"subtypes": ["triple_negative"]}, NO),
        ([("er.status", "negative"), ("pr.status", "negative")], {"subtypes": ["triple_negative"]}, MAYBE),
        ([("hr.status", "negative"), ("her2.ihc", "1+")], {"subtypes": ["triple_negative"]}, YES),
        ([("er.status", "positive"), ("her2.ihc", "0")],
         {"subtypes": ["triple_negative", "hr_positive", "her2_negative"]}, YES),
        ([("er.status", "positive"), ("her2.ihc", "3+")],
         {"subtypes": ["triple_negative", "hr_positive", "her2_negative"]}, NO),
        # no receptor follows from a subtype or a drug
        ([("intrinsic_subtype", "luminal_a")], {"subtypes": ["hr_positive"]}, MAYBE),
        ([("intrinsic_subtype", "basal")], {"subtypes": ["triple_negative"]}, MAYBE),
        ([("drug", "trastuzumab")], {"subtypes": ["her2_positive"]}, MAYBE),
        ([("drug", "letrozole")], {"subtypes": ["hr_positive"]}, MAYBE),
        ([("drug", "olaparib")], {"biomarkers": ["brca1", "brca2"]}, MAYBE),
        # the person
        ([("sex", "male")], {"menopause": ["post"]}, NO),
        ([("sex", "male")], {"subtypes": ["male"]}, YES),
        ([("sex", "male")], {"limits": {"pregnancy": ["pregnant"]}}, NO),
        ([("sex", "female")], {"sex": ["male"]}, NO),
        ([("menopause", "post")], {"menopause": ["pre"]}, NO),
        ([("menopause", "peri")], {"menopause": ["pre"]}, MAYBE),
        ([field("menopause", "pre", date=dt.date(2019, 1, 1))], {"menopause": ["pre"]}, MAYBE),
        ([("pregnancy", "pregnant")], {"limits": {"pregnancy": ["pregnant"]}}, YES),
        ([field("pregnancy", "pregnant", date=dt.date(2024, 1, 1))], {"limits": {"pregnancy": ["pregnant"]}}, MAYBE),
        ([("pregnancy", "not_pregnant")], {"limits": {"pregnancy": ["pregnant"]}}, NO),
        ([("age", 39)], {"limits": {"age": ["< 40"]}}, YES),
        ([("age", 40)], {"limits": {"age": ["< 40"]}}, NO),
        ([("age", 64)], {"limits": {"age": [">= 65"]}}, NO),
        ([field("age", 64, date=dt.date(2025, 3, 1))], {"limits": {"age": [">= 65"]}}, MAYBE),
        # settings
        ([METASTATIC, OPERATED], {"settings": ["adjuvant"]}, NO),
        ([METASTATIC], {"settings": ["neoadjuvant"]}, NO),
        ([("stage.group", "IIA"), OPERATED], {"settings": ["adjuvant"]}, YES),
        ([("stage.group", "IIA")], {"settings": ["adjuvant"]}, MAYBE),
        ([("stage.group", "IIA"), OPERATED], {"settings": ["neoadjuvant"]}, NO),
        ([("stage.group", "IIA")], {"settings": ["neoadjuvant"]}, MAYBE),
        ([("stage.group", "IIA"), planned("surgery", "mastectomy")], {"settings": ["neoadjuvant"]}, MAYBE),
        ([("stage.group", "IIA"), field("drug", "docetaxel", details={"intent": "neoadjuvant"})],
         {"settings": ["neoadjuvant"]}, YES),
        ([("stage.group", "IIA"), OPERATED, field("drug", "docetaxel", details={"intent": "neoadjuvant"})],
         {"settings": ["neoadjuvant"]}, MAYBE),
        ([("diagnosis", "dcis"), ("er.status", "positive")], {"subtypes": ["hr_positive"]}, MAYBE),
        ([("diagnosis", "dcis"), ("er.status", "positive")], {"subtypes": ["hr_positive", "dcis"]}, YES),
        ([("diagnosis", "dcis"), OPERATED], {"settings": ["adjuvant"]}, MAYBE),
        ([METASTATIC], {"settings": ["survivorship"]}, NO),
        ([("stage.group", "IIA")], {"settings": ["survivorship"]}, MAYBE),
        ([("stage.group", "IIA")], {"settings": ["screening"]}, ALL),
        ([("stage.group", "IIA"), ("menopause", "post")], {"settings": ["prevention"], "menopause": ["post"]}, MAYBE),
        # genes and markers
        ([("gene.BRCA1.germline", "pathogenic")], {"biomarkers": ["brca1", "brca2"]}, YES),
        ([("gene.BRCA.germline", "pathogenic")], {"biomarkers": ["brca1", "brca2"]}, YES),
        ([("gene.BRCA.germline", "pathogenic")], {"biomarkers": ["brca1"]}, MAYBE),
        ([("gene.BRCA.germline", "negative")], {"biomarkers": ["brca1"]}, NO),
        ([("gene.BRCA1.somatic", "pathogenic")], {"biomarkers": ["brca1", "brca2"]}, MAYBE),
        ([("gene.BRCA1.germline", "negative"), ("gene.BRCA2.germline", "vus")], {"biomarkers": ["brca1", "brca2"]}, NO),
        ([("gene.BRCA2.germline", "vus")], {"biomarkers": ["brca2"]}, NO),
        ([("gene.BRCA2.germline", "not_tested")], {"biomarkers": ["brca2"]}, MAYBE),
        ([("gene.BRCA1.germline", "negative")], {"biomarkers": ["brca1", "brca2"]}, MAYBE),
        ([("gene.PIK3CA.somatic", "found")], {"biomarkers": ["pik3ca"]}, YES),
        ([("gene.PIK3CA.somatic", "vus")], {"biomarkers": ["pik3ca"]}, NO),
        ([("gene.PIK3CA.somatic", "negative")], {"biomarkers": ["pik3ca", "akt1", "pten"]}, MAYBE),
        ([("gene.TP53.somatic", "pathogenic")], {"biomarkers": ["tp53"]}, MAYBE),
        ([("pdl1.cps", 22)], {"biomarkers": ["pd_l1"]}, YES),
        ([("pdl1.cps", 3)], {"biomarkers": ["pd_l1"]}, MAYBE),
        ([("pdl1.status", "negative")], {"biomarkers": ["pd_l1"]}, NO),
        ([("pdl1.status", "positive")], {"limits": {"pdl1.cps": [">= 10"]}}, MAYBE),
        ([("tmb", 4)], {"biomarkers": ["tmb"]}, NO),
        ([("msi.status", "stable")], {"biomarkers": ["msi"]}, NO),
        # drugs, lines, places
        ([("drug", "abemaciclib")], {"limits": {"drug": ["abemaciclib"]}}, YES),
        ([("drug", "ribociclib")], {"limits": {"drug": ["abemaciclib"]}}, MAYBE),
        ([planned("drug", "abemaciclib")], {"limits": {"drug_class": ["cdk4_6_inhibitor"]}}, MAYBE),
        ([("drug", "palbociclib")], {"limits": {"drug_class": ["cdk4_6_inhibitor"]}}, YES),
        ([METASTATIC], {"limits": {"metastasis.site": ["brain"]}}, MAYBE),
        ([("stage.group", "IA")], {"limits": {"metastasis.site": ["brain"]}}, NO),
        ([("pn", "N0")], {"limits": {"nodes.positive": [">= 1"]}}, NO),
        ([("nodes.positive", 2)], {"limits": {"nodes.positive": ["1", "2", "3"]}}, YES),
        ([("surgery", "bilateral_mastectomy")], {"limits": {"surgery": ["mastectomy"]}}, YES),
        ([("drug", "methotrexate"), ("comorbidity", "autoimmune")],
         {"limits": {"drug_class": ["chemotherapy"]}}, MAYBE),
        ([field("drug", "methotrexate", details={"regimen": "cmf"})],
         {"limits": {"drug_class": ["chemotherapy"]}}, YES),
        ([METASTATIC, ADJUVANT], {"limits": {"drug_class": ["chemotherapy"]}}, YES),
        ([METASTATIC, ADJUVANT], {"stages": ["metastatic"], "limits": {"drug_class": ["chemotherapy"]}}, MAYBE),
        ([METASTATIC, ADJUVANT, ("drug", "capecitabine")],
         {"stages": ["metastatic"], "limits": {"drug_class": ["chemotherapy"]}}, YES),
        # a limit that nothing settles
        ([METASTATIC], {"stages": ["metastatic"], "also": "people with implants"}, MAYBE),
        ([METASTATIC], {"stages": ["early"], "also": "people with implants"}, NO),
    ],
)  # fmt: skip
def test_labels(known: list[Any], axes: dict[str, Any], label: Applies) -> None:
    assert held_against(about(people(**axes)), facts(*known)).applies is label


# --------------------------------------------------------------------------- reasons


def test_reasons_say_what_is_known_and_what_is_not() -> None:
    found = held_against(about(people(subtypes=["her2_low"], stages=["metastatic"])), facts(METASTATIC))
    assert found.applies is MAYBE
    assert found.population == "people with HER2-low cancer that has spread"
    assert "metastatic" in found.reasons[0]
    assert found.reasons[1] == "Your papers do not say: HER2 level."
    assert found.questions == ("Is your tumor HER2-low or ultralow: what is the IHC score?",)
    assert found.concepts == ("her2.level",)


def test_a_variant_of_unknown_meaning_is_told_as_such() -> None:
    found = held_against(about(people(biomarkers=["brca2"])), facts(("gene.BRCA2.germline", "vus")))
    assert "variant of unknown meaning" in found.reasons[0]
    assert found.reasons[1] == "A variant of unknown meaning is not counted as a harmful one."


def test_a_planned_drug_is_told_as_planned() -> None:
    found = held_against(about(people(limits={"drug": ["abemaciclib"]})), facts(planned("drug", "abemaciclib")))
    assert found.reasons == ("Your profile says planned: abemaciclib.",)


def _on_page(page: int, how: How) -> Facts:
    source = Provenance(file="FILE:a", page=page, start=0, end=7, words="ER 90 %", how=how)
    finding = Finding(concept="er.status", value="positive", source=source)
    profile = Profile(
        name="", made=TODAY, fields=(field("er.status", "positive", findings=(0,)),), tumours=(), findings=(finding,)
    )
    return Facts(profile, papers={"FILE:a": "pathology report of 3 March 2024"})


def test_reasons_quote_the_paper_with_its_page() -> None:
    claim = about(people(subtypes=["hr_positive"]))
    paged, plain = held_against(claim, _on_page(2, How.TEXT_LAYER)), held_against(claim, _on_page(1, How.PLAIN))
    assert paged.reasons == (
        "Your pathology report of 3 March 2024, page 2, says “ER 90 %” (estrogen receptor (ER): positive).",
    )
    assert paged.findings == (0,)
    assert plain.reasons[0].startswith("Your pathology report of 3 March 2024 says “ER 90 %”")


def test_a_heading_leaves_open_and_never_decides() -> None:
    under = "Treatment > Metastatic Breast Cancer"
    plain, limited = "Treatment may include drugs.", "In patients with HER2-positive breast cancer, drugs help."
    early, late = facts(("stage.group", "IA"), ("her2.ihc", "3+")), facts(METASTATIC, ("her2.ihc", "0"))
    assert held_against(quoted(plain, under), early).applies is MAYBE
    assert held_against(quoted(plain, under), late).applies is ALL
    assert held_against(quoted(limited, under), early).applies is MAYBE
    assert held_against(quoted(limited, "Treatment"), early).applies is YES
    assert held_against(quoted(limited, under), late).applies is NO


# --------------------------------------------------------------------------- several tumours

_LEFT = (("er.status", "positive"), ("pr.status", "positive"), ("her2.status", "negative"), ("histology", "lobular"))
_RIGHT = (
    ("er.status", "negative"),
    ("pr.status", "negative"),
    ("her2.status", "negative"),
    ("histology", "ductal_nst"),
)


@pytest.mark.parametrize(
    ("axes", "label"),
    [
        ({"subtypes": ["hr_positive", "her2_negative"]}, YES),
        ({"subtypes": ["triple_negative"]}, YES),
        ({"subtypes": ["her2_negative"]}, YES),
        ({"subtypes": ["lobular"]}, YES),
        ({"subtypes": ["her2_positive"]}, NO),
        ({"subtypes": ["triple_negative", "lobular"]}, NO),
        ({"subtypes": ["hr_positive"], "stages": ["metastatic"]}, MAYBE),
    ],
)
def test_two_tumours_of_today(axes: dict[str, Any], label: Applies) -> None:
    both = (tumour(1, "left", *_LEFT), tumour(2, "right", *_RIGHT))
    whole = [
        field("er.status", "positive", "negative"),
        field("pr.status", "positive", "negative"),
        ("her2.status", "negative"),
        ("histology", "lobular"),
    ]
    found = held_against(about(people(**axes)), facts(*whole, tumours=both))
    assert found.applies is label
    one_of_them = bool({"triple_negative", "lobular", "hr_positive"} & set(axes["subtypes"])) and label is not NO
    assert any("more than one tumor" in reason for reason in found.reasons) is one_of_them


def test_a_tumour_on_the_other_side_of_which_nothing_is_known_leaves_it_open() -> None:
    both = (tumour(1, "left", *_LEFT), tumour(2, "right", ("histology", "ductal_nst")))
    found = held_against(about(people(subtypes=["triple_negative"])), facts(*_LEFT, tumours=both))
    assert found.applies is MAYBE


def test_a_side_that_is_merely_named_is_no_tumour() -> None:
    both = (tumour(1, "left", *_LEFT), tumour(2, "right", ("laterality", "right")))
    found = held_against(about(people(subtypes=["triple_negative"])), facts(*_LEFT, tumours=both))
    assert found.applies is NO


def test_an_earlier_tumour_with_other_receptors_leaves_it_open() -> None:
    now = tumour(1, "", *_RIGHT, specimen="metastasis:liver", day=dt.date(2025, 5, 1))
    then = tumour(2, "left", *_LEFT, day=dt.date(2018, 5, 1))
    person = facts(*_RIGHT, METASTATIC, tumours=(now, then))
    assert held_against(about(people(subtypes=["hr_positive"])), person).applies is MAYBE
    assert held_against(about(people(subtypes=["triple_negative"])), person).applies is YES
    assert held_against(about(people(subtypes=["her2_positive"])), person).applies is NO
