"""What a statement asks as a whole: lists, denials, permissions, exceptions, conditions, items, headings, cohorts."""

# ruff: noqa: E501  a statement stays on its line
from __future__ import annotations

import pytest
from tests.trials.asked_of import NONE_OTHER, Facts, asked, label, read

from navaid.terms import Expression, Label, Logic

MET, NOT_MET, UNKNOWN = Label.MET, Label.NOT_MET, Label.UNKNOWN

METASTATIC = {"cancer": "breast", "setting": "metastatic"}
EARLY = {"cancer": "breast", "setting": "early"}
UNTREATED: Facts = {
    "drug_class": (NONE_OTHER,),
    "drug": (NONE_OTHER,),
    "radiation": (NONE_OTHER,),
    "surgery": (NONE_OTHER,),
}
CHEMO: Facts = {"drug_class": ("chemotherapy", NONE_OTHER), "radiation": (NONE_OTHER,), "surgery": (NONE_OTHER,)}


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("Metastatic breast cancer and measurable disease", {**METASTATIC, "measurable_disease": "yes"}, MET),
        ("Metastatic breast cancer and measurable disease", {**METASTATIC, "measurable_disease": "no"}, NOT_MET),
        ("Metastatic breast cancer and measurable disease", METASTATIC, UNKNOWN),
        ("Measurable disease or bone-only disease", {"measurable_disease": "no", "bone_only": "yes"}, MET),
        ("Either measurable disease or bone-only disease", {"measurable_disease": "no", "bone_only": "no"}, NOT_MET),
        ("ER-positive and/or PR-positive tumour", {"er.status": "negative", "pr.status": "positive"}, MET),
        ("One of the following: ER-positive, PR-positive, HER2-positive", {"her2.status": "positive"}, MET),
        ("Breast cancer of stage II or III", {"stage.group": "IIB", **EARLY}, MET),
        ("Breast cancer of stage II or III", {"stage.group": "I", **EARLY}, NOT_MET),
        # The adjectives before "or" go with what stands behind it.
        ("Locally advanced or metastatic triple-negative breast cancer", {"setting": "locally_advanced", "er.status": "positive"}, NOT_MET),
        # "A B or C": (A and B) or C, or else A and (B or C).
        ("ER-positive measurable disease or bone-only disease", {"bone_only": "yes", "er.status": "negative"}, UNKNOWN),
        ("ER-positive measurable disease or bone-only disease", {"bone_only": "yes", "er.status": "positive"}, MET),
        # A stroke between two questions is no alternative.
        ("HR+/HER2- breast cancer", {"er.status": "positive", "her2.status": "positive", "cancer": "breast"}, NOT_MET),
        ("Breast cancer with or without bone metastases", {"cancer": "breast"}, MET),
        ("Breast cancer regardless of HER2-positive or HER2-negative state", {"cancer": "breast"}, MET),
        # Nobody is asked to have two cancers at once.
        ("Including: lung cancer; breast cancer; gastric cancer", {"cancer": "breast"}, UNKNOWN),
        ("Men or postmenopausal women", {"menopause": "pre"}, UNKNOWN),
    ],
)  # fmt: skip
def test_lists(text: str, facts: Facts, expected: Label) -> None:
    assert label(text, facts) is expected


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("No brain metastases", {"brain_metastases": "none"}, MET),
        ("No evidence of brain metastases", {"brain_metastases": "active"}, NOT_MET),
        ("No brain metastases", {}, UNKNOWN),
        ("No prior chemotherapy, radiotherapy or surgery", UNTREATED, MET),
        ("No prior chemotherapy, radiotherapy or surgery", CHEMO, NOT_MET),
        ("Must not have received prior chemotherapy", CHEMO, NOT_MET),
        ("Patients with brain metastases are not eligible", {"brain_metastases": "none"}, MET),
        ("Patients with brain metastases are excluded", {"brain_metastases": "active"}, NOT_MET),
        ("Patients with brain metastases are ineligible", {"brain_metastases": "active"}, NOT_MET),
        # What an "and" adds to a denied list may be denied or asked for.
        ("No brain metastases and measurable disease", {"brain_metastases": "none", "measurable_disease": "yes"}, UNKNOWN),
        ("No brain metastases and measurable disease", {"brain_metastases": "active"}, NOT_MET),
        ("Metastatic breast cancer without brain metastases", {**METASTATIC, "brain_metastases": "none"}, MET),
        ("Metastatic breast cancer without brain metastases", {**METASTATIC, "brain_metastases": "active"}, NOT_MET),
        ("No symptomatic visceral disease", {"metastasis.site": (NONE_OTHER,)}, MET),
        ("Must have had a taxane but may not have received prior capecitabine", {"drug": ("capecitabine",)}, NOT_MET),
    ],
)  # fmt: skip
def test_denials(text: str, facts: Facts, expected: Label) -> None:
    assert label(text, facts) is expected


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("Brain metastases", {"brain_metastases": "active"}, MET),
        ("Patients must not have brain metastases", {"brain_metastases": "active"}, MET),
        ("Patients with brain metastases are excluded", {"brain_metastases": "none"}, NOT_MET),
        ("Prior chemotherapy, radiotherapy", CHEMO, MET),
        ("Prior chemotherapy and radiotherapy", CHEMO, UNKNOWN),
        ("No measurable disease", {"measurable_disease": "no"}, MET),
        # A demand among exclusions: its author meant the opposite.
        ("No prior chemotherapy", UNTREATED, UNKNOWN),
        ("Prior chemotherapy within 3 weeks. Those who had radiotherapy must have recovered", {"radiation": ("any",), "drug_class": (NONE_OTHER,)}, NOT_MET),
        ("Uncontrolled brain metastases requiring steroids", {"brain_metastases": "active"}, UNKNOWN),
        ("Uncontrolled brain metastases requiring steroids", {"brain_metastases": "none"}, NOT_MET),
        # Words before a list are meant of all of it.
        ("Unstable tumours of the spine or brain metastases", {"brain_metastases": "stable"}, UNKNOWN),
        ("Allergy to paclitaxel or docetaxel", {"drug": ("paclitaxel", "docetaxel")}, UNKNOWN),
        ("Planned treatment with paclitaxel", {"drug": ("paclitaxel",)}, UNKNOWN),
        ("Candidates for chemotherapy", {"drug_class": ("chemotherapy",)}, UNKNOWN),
        ("Mother or sister with breast cancer", {"cancer": "breast"}, UNKNOWN),
    ],
)  # fmt: skip
def test_exclusions(text: str, facts: Facts, expected: Label) -> None:
    assert label(text, facts, "exclusion") is expected


@pytest.mark.parametrize(
    ("text", "kind", "facts", "expected"),
    [
        ("Women with stage II breast cancer are eligible", "inclusion", {"stage.group": "I", "setting": "early"}, NOT_MET),
        ("Patients with treated brain metastases are eligible", "inclusion", {"brain_metastases": "none"}, UNKNOWN),
        ("Measurable disease. Bone-only disease is also allowed", "inclusion", {"measurable_disease": "no"}, UNKNOWN),
        ("Measurable disease. Prior chemotherapy is allowed", "inclusion", {"measurable_disease": "no"}, NOT_MET),
        ("No prior chemotherapy (adjuvant chemotherapy is allowed)", "inclusion", CHEMO, UNKNOWN),
        ("Brain metastases. Treated brain metastases are eligible", "exclusion", {"brain_metastases": "stable"}, UNKNOWN),
        ("Brain metastases. Treated brain metastases are eligible", "exclusion", {"brain_metastases": "active"}, MET),
        ("Brain metastases, unless treated and stable", "exclusion", {"brain_metastases": "active"}, UNKNOWN),
        ("Brain metastases, unless treated and stable", "exclusion", {"brain_metastases": "none"}, NOT_MET),
        ("Brain metastases are excluded if they bleed", "inclusion", {"brain_metastases": "stable"}, UNKNOWN),
        ("Solid tumours that can be reached (a needle biopsy is excluded)", "inclusion", {"cancer": "breast"}, UNKNOWN),
    ],
)  # fmt: skip
def test_permissions_and_exceptions(text: str, kind: str, facts: Facts, expected: Label) -> None:
    assert label(text, facts, kind) is expected


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("If HER2-positive, prior trastuzumab", {"her2.status": "positive", "drug": (NONE_OTHER,)}, NOT_MET),
        ("If HER2-positive, prior trastuzumab", {"her2.status": "negative", "drug": (NONE_OTHER,)}, UNKNOWN),
        ("Prior trastuzumab for patients with HER2-positive disease", {"drug": ("trastuzumab",)}, MET),
        ("HER2-positive patients must have received trastuzumab", {"her2.status": "negative", "drug": (NONE_OTHER,)}, UNKNOWN),
        ("HER2-positive patients must have received trastuzumab", {"her2.status": "positive", "drug": (NONE_OTHER,)}, NOT_MET),
        ("COHORT B: HER2-positive breast cancer", {"her2.status": "negative", "cancer": "breast"}, UNKNOWN),
        ("COHORT B: HER2-positive breast cancer", {"her2.status": "negative", "cohort": "COHORT B"}, NOT_MET),
        ("STEP 2: RANDOMIZATION: HER2-positive breast cancer", {"her2.status": "negative"}, NOT_MET),
        ("Part 1B and Part 1C metastatic breast cancer", EARLY, UNKNOWN),
        ("ECOG 0 or 1 (solid tumours) or 2 (gliomas)", {"ecog": 3}, UNKNOWN),
    ],
)  # fmt: skip
def test_conditions_and_cohorts(text: str, facts: Facts, expected: Label) -> None:
    assert label(text, facts) is expected


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("HER2-negative by IHC or FISH, per ASCO/CAP guidelines", {"her2.status": "negative"}, MET),
        ("HER2-negative by local or central laboratory", {"her2.status": "positive"}, NOT_MET),
        ("HER2-negative disease. HER2 positivity is defined by FISH", {"her2.status": "negative"}, MET),
        ("Triple-negative breast cancer, defined as ER < 1 %", {"er.status": "negative", "pr.status": "negative", "her2.status": "negative"}, MET),
        ("Triple-negative breast cancer, defined as ER < 10 %", {"er.status": "low_positive"}, UNKNOWN),
        ("Histologically or cytologically confirmed breast cancer", {"cancer": "breast"}, MET),
        ("Measurable disease. Note: scans must be recent", {"measurable_disease": "yes"}, MET),
    ],
)  # fmt: skip
def test_methods_and_definitions_ask_nothing(text: str, facts: Facts, expected: Label) -> None:
    assert label(text, facts) is expected


ITEMS = "\n  * ER-positive disease\n  * Bone-only disease"


@pytest.mark.parametrize(
    ("lead", "kind", "facts", "expected"),
    [
        ("One of the following:", "inclusion", {"er.status": "negative", "bone_only": "yes"}, MET),
        ("All of the following:", "inclusion", {"er.status": "negative", "bone_only": "yes"}, NOT_MET),
        ("At least two of the following:", "inclusion", {"er.status": "negative", "bone_only": "no"}, UNKNOWN),
        ("None of the following:", "inclusion", {"er.status": "negative", "bone_only": "yes"}, NOT_MET),
        ("Any of the following:", "exclusion", {"er.status": "negative", "bone_only": "yes"}, MET),
        ("Breast cancer with one of the following:", "inclusion", {"cancer": "lung", "bone_only": "yes"}, NOT_MET),
        ("Breast cancer, defined as one of the following:", "inclusion", {"cancer": "breast", "bone_only": "no"}, MET),
        ("Breast cancer, except:", "exclusion", {"cancer": "breast", "bone_only": "no"}, UNKNOWN),
    ],
)  # fmt: skip
def test_items(lead: str, kind: str, facts: Facts, expected: Label) -> None:
    assert label(lead + ITEMS, facts, kind) is expected


@pytest.mark.parametrize(
    ("line", "kind", "facts", "expected"),
    [
        ("Key criteria", "inclusion", {"er.status": "negative"}, NOT_MET),
        ("Participants must not have any of the following", "inclusion", {"er.status": "negative"}, MET),
        ("At least one of the following", "inclusion", {"er.status": "negative"}, UNKNOWN),
        ("Cohort 2 only", "inclusion", {"er.status": "negative"}, UNKNOWN),
        ("All cohorts", "inclusion", {"er.status": "negative"}, NOT_MET),
        ("Luminal disease is defined as", "inclusion", {"er.status": "negative"}, UNKNOWN),
        ("Adequate organ function, defined as", "inclusion", {"er.status": "negative"}, NOT_MET),
        ("Eligible if", "exclusion", {"er.status": "positive"}, UNKNOWN),
        ("Within the last 6 months", "exclusion", {"er.status": "positive"}, UNKNOWN),
        ("Subjects with any of the following will be excluded", "exclusion", {"er.status": "positive"}, MET),
    ],
)  # fmt: skip
def test_headings(line: str, kind: str, facts: Facts, expected: Label) -> None:
    assert label("ER-positive disease", facts, kind, (line,)) is expected


def test_nothing_understood_is_unknown() -> None:
    assert read("Owns a telephone").logic is Logic.UNPARSED


def test_spans_count_in_the_whole_text() -> None:
    expression = read("Stage II breast cancer")
    assert (expression.start, expression.end) == (7, 29)
    assert [predicate.concept for predicate in asked(expression)] == ["stage.group", "setting", "cancer"]


@pytest.mark.parametrize("text", ["", " ", "(", ")(", "no", "or", "and/or, no", "if", "either:", "*" * 50, "A" * 4000, "(" * 300, "\0 breast cancer"])  # fmt: skip
def test_odd_statements_are_read(text: str) -> None:
    assert isinstance(read(text), Expression)


def test_spans_lie_in_the_statement() -> None:
    """Permissions in brackets and in sentences together: the words are those between the first and the last."""
    text = "Prior chemotherapy is allowed. Radiotherapy (palliative is allowed) is permitted"
    expression = read(text)
    assert 7 <= expression.start < expression.end <= 7 + len(text)
