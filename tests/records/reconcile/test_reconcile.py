"""From the findings of several papers to one profile: what stands, what disagrees, what no paper says."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from navaid.records.nested import nested
from navaid.records.reconcile import reconcile, told
from navaid.terms import Assertion, Field, FieldState, Finding, Header, How, Provenance, Reading, decode, encode

TODAY = dt.date(2026, 11, 1)


def finding(concept: str, value: Any, *, section: str = "final_diagnosis", **more: Any) -> Finding:
    source = Provenance(file="", page=1, start=0, end=1, words="x", how=How.PLAIN, section=section)
    return Finding(concept=concept, value=value, source=source, **more)


def paper(name: str, *findings: Finding, type: str = "pathology", date: str = "2024-03-01", **header: Any) -> Reading:
    made = Header(type=type, date=dt.date.fromisoformat(date), **header)
    return Reading(file=f"FILE:{name}", path=name, name=name, header=made, findings=findings)


def field(concept: str, *readings: Reading) -> Field:
    found = reconcile("me", readings, TODAY).field(concept)
    assert found is not None
    return found


def test_what_no_paper_says_is_not_stated_and_never_negative() -> None:
    her2 = field("her2.status", paper("a", finding("er.status", "positive")))
    assert (her2.value, her2.state) == ("not_stated", FieldState.NOT_STATED)


@pytest.mark.parametrize("assertion", [Assertion.FAMILY, Assertion.PLANNED, Assertion.HYPOTHETICAL, Assertion.POSSIBLE])
def test_what_is_said_of_others_of_plans_and_of_doubts_is_no_value(assertion: Assertion) -> None:
    assert field("er.status", paper("a", finding("er.status", "positive", assertion=assertion))).value == "not_stated"


def test_two_reports_of_one_kind_that_disagree_are_a_conflict_with_both_values() -> None:
    er = field(
        "er.status",
        paper("biopsy", finding("er.status", "positive"), date="2024-03-01"),
        paper("excision", finding("er.status", "negative"), date="2024-04-01"),
    )
    assert (er.value, er.other, er.state) == ("negative", ("positive",), FieldState.CONFLICT)
    assert er.because


def test_the_laboratory_is_believed_before_a_note_and_the_note_is_still_shown() -> None:
    er = field(
        "er.status",
        paper("note", finding("er.status", "negative"), type="oncology_note", date="2024-06-01"),
        paper("report", finding("er.status", "positive")),
    )
    assert (er.value, er.other, er.state) == ("positive", ("negative",), FieldState.UNCONFIRMED)


def test_the_operation_tells_the_size_better_than_the_biopsy() -> None:
    size = field(
        "tumour.size",
        paper("excision", finding("tumour.size", 22), finding("surgery", "lumpectomy"), date="2024-04-01"),
        paper("biopsy", finding("tumour.size", 9), finding("surgery", "core_biopsy"), date="2024-05-01"),
    )
    assert (size.value, size.state) == (22, FieldState.UNCONFIRMED)


def test_of_two_sizes_in_one_paper_the_largest_counts_and_is_no_conflict() -> None:
    size = field("tumour.size", paper("a", finding("tumour.size", 12), finding("tumour.size", 17)))
    assert (size.value, size.state) == (17, FieldState.UNCONFIRMED)


def test_the_diagnosis_is_believed_before_the_clinical_history_of_the_same_paper() -> None:
    er = field(
        "er.status",
        paper("a", finding("er.status", "positive", section="clinical_history"), finding("er.status", "negative")),
    )
    assert (er.value, er.state) == ("negative", FieldState.UNCONFIRMED)


def test_a_finer_value_replaces_a_vague_one_without_conflict() -> None:
    pt = field("pt", paper("a", finding("pt", "T1")), paper("b", finding("pt", "T1c")))
    assert (pt.value, pt.state, pt.other) == ("T1c", FieldState.UNCONFIRMED, ())


def test_an_amended_report_replaces_what_it_repeats_and_only_that() -> None:
    first = paper("first", finding("grade", 2), finding("er.status", "positive"), identifier="S24-1")
    amended = paper("amended", finding("grade", 3), date="2024-03-09", identifier="S24-1", amends=True)
    assert (field("grade", first, amended).value, field("grade", first, amended).other) == (3, ())
    assert field("er.status", first, amended).value == "positive"


def test_the_gene_test_decides_after_an_equivocal_stain() -> None:
    her2 = field(
        "her2.status",
        paper("a", finding("her2.status", "equivocal"), finding("her2.status", "negative", section="addendum")),
    )
    assert (her2.value, her2.state) == ("negative", FieldState.UNCONFIRMED)


def test_both_sides_stay_apart_and_their_difference_is_said() -> None:
    readings = (
        paper("left", finding("er.status", "positive", side="left"), finding("tumour.size", 30, side="left")),
        paper("right", finding("er.status", "negative", side="right"), finding("tumour.size", 8, side="right")),
    )
    profile = reconcile("me", readings, TODAY)
    assert [tumour.side for tumour in profile.tumours] == ["left", "right"]
    er = profile.field("er.status")
    assert er is not None
    assert (er.value, er.other, er.state) == ("positive", ("negative",), FieldState.CONFLICT)


def test_a_tumour_of_the_same_side_years_later_is_another_and_comes_first() -> None:
    profile = reconcile(
        "me",
        (
            paper("old", finding("er.status", "positive", side="left"), date="2015-01-01"),
            paper("new", finding("er.status", "negative", side="left"), date="2024-01-01"),
        ),
        TODAY,
    )
    assert len(profile.tumours) == 2
    er = profile.field("er.status")
    assert er is not None
    assert (er.value, er.state) == ("negative", FieldState.UNCONFIRMED)


def test_the_latest_biopsy_of_a_metastasis_comes_before_the_tumour_in_the_breast() -> None:
    profile = reconcile(
        "me",
        (
            paper("breast", finding("er.status", "positive"), finding("pt", "T2"), date="2021-01-01"),
            paper("liver", finding("er.status", "negative", specimen="metastasis:liver"), date="2024-01-01"),
        ),
        TODAY,
    )
    assert [tumour.specimen for tumour in profile.tumours] == ["metastasis:liver", "breast"]
    assert nested(profile)["er"]["status"]["value"] == "negative"
    assert nested(profile)["pt"]["value"] == "T2"


def test_foci_with_labels_that_differ_stay_apart_and_samples_of_one_do_not() -> None:
    def labels(second: int) -> int:
        parts = [finding("grade", 2, tumour="A"), finding("grade", second, tumour="B")]
        return len(reconcile("me", [paper("a", *parts)], TODAY).tumours)

    assert (labels(3), labels(2)) == (2, 1)


@pytest.fixture
def disagreeing() -> Sequence[Reading]:
    return (
        paper("biopsy", finding("er.status", "positive")),
        paper("excision", finding("er.status", "negative"), date="2024-04-01"),
    )


def test_the_persons_word_stands_before_every_paper(disagreeing: Sequence[Reading]) -> None:
    said = told.reading((told.word("er.status", "positive", told.CORRECT, TODAY),))
    er = field("er.status", *disagreeing, said)
    assert (er.value, er.state) == ("positive", FieldState.CONFIRMED)
    assert "negative" in er.other


def test_a_rejected_value_is_gone_from_the_profile_but_not_from_the_findings(disagreeing: Sequence[Reading]) -> None:
    said = told.reading((told.word("er.status", "negative", told.REJECT, TODAY),))
    profile = reconcile("me", [*disagreeing, said], TODAY)
    er = profile.field("er.status")
    assert er is not None
    assert (er.value, er.other, er.state) == ("positive", (), FieldState.UNCONFIRMED)
    assert {found.value for found in profile.findings} == {"positive", "negative"}


def test_a_drug_told_of_twice_is_one_field_with_the_details_of_both() -> None:
    profile = reconcile(
        "me",
        (
            paper("a", finding("drug", "tamoxifen", details={"start": "2022-01"}), type="oncology_note"),
            paper("b", finding("drug", "tamoxifen", details={"intent": "adjuvant"}), type="oncology_note"),
            paper("c", finding("drug", "letrozole", assertion=Assertion.PLANNED), type="oncology_note"),
        ),
        TODAY,
    )
    drugs = [each for each in profile.fields if each.concept == "drug"]
    assert [(each.value, each.assertion, each.details) for each in drugs] == [
        ("tamoxifen", Assertion.PRESENT, {"start": "2022-01", "intent": "adjuvant"}),
        ("letrozole", Assertion.PLANNED, {}),
    ]


def test_an_illness_denied_by_one_paper_and_told_by_another_is_a_conflict() -> None:
    diabetes = field(
        "comorbidity",
        paper("a", finding("comorbidity", "diabetes")),
        paper("b", finding("comorbidity", "diabetes", assertion=Assertion.ABSENT)),
    )
    assert diabetes.state is FieldState.CONFLICT


def test_the_order_of_the_papers_does_not_change_the_profile(disagreeing: Sequence[Reading]) -> None:
    forward, backward = (reconcile("me", papers, TODAY) for papers in (disagreeing, disagreeing[::-1]))
    assert nested(forward)["er"]["status"]["value"] == nested(backward)["er"]["status"]["value"]


def test_a_profile_is_the_same_after_json(disagreeing: Sequence[Reading]) -> None:
    profile = reconcile("me", disagreeing, TODAY)
    assert decode(encode(profile), type(profile)) == profile


def test_an_operation_told_of_with_and_without_its_day_is_one_and_on_both_sides_two() -> None:
    def operations(*findings: Finding) -> int:
        profile = reconcile("me", [paper("a", *findings, type="oncology_note")], TODAY)
        return sum(each.concept == "surgery" for each in profile.fields)

    day = dt.date(2024, 2, 1)
    dated = finding("surgery", "mastectomy", date=day, side="left")
    assert operations(dated, finding("surgery", "mastectomy", assertion=Assertion.HISTORICAL)) == 1
    assert operations(dated, finding("surgery", "mastectomy", date=day, side="right")) == 2


def test_what_a_second_operation_finds_is_no_smaller_tumour() -> None:
    size = field(
        "tumour.size",
        paper("first", finding("tumour.size", 22), finding("surgery", "lumpectomy"), date="2024-04-01"),
        paper("second", finding("tumour.size", 3), finding("surgery", "re_excision"), date="2024-05-01"),
    )
    assert (size.value, size.state) == (22, FieldState.UNCONFIRMED)


def test_an_age_of_another_day_is_no_disagreement() -> None:
    age = field("age", paper("a", finding("age", 50)), paper("b", finding("age", 51), date="2025-03-01"))
    assert (age.value, age.other, age.because) == (51, (), "")


def test_t_by_size_is_a_concept_of_its_own_and_only_where_no_paper_states_t() -> None:
    invasive = finding("histology", "ductal_nst")
    profile = reconcile("me", [paper("a", invasive, finding("tumour.size", 17))], TODAY)
    by_size, pt = profile.field("pt.by_size"), profile.field("pt")
    assert by_size is not None
    assert pt is not None
    assert (by_size.value, pt.value, by_size.details["by"]) == ("T1c", "not_stated", "derived")
    stated = paper("a", invasive, finding("tumour.size", 17), finding("pt", "T4b"))
    assert reconcile("me", [stated], TODAY).field("pt.by_size") is None


@pytest.mark.parametrize(
    ("positive", "deposit", "expected"), [(0, None, "N0"), (2, 7, "N1"), (1, 1.5, "N1mi"), (12, 9, "N3")]
)
def test_n_by_nodes(positive: int, deposit: float | None, expected: str) -> None:
    findings = [finding("nodes.positive", positive)]
    if deposit is not None:
        findings.append(finding("nodes.deposit", deposit))
    assert field("pn.by_nodes", paper("a", *findings)).value == expected


def test_a_size_seen_by_imaging_and_a_tumour_in_situ_make_no_t() -> None:
    for findings in (
        [finding("histology", "dcis"), finding("tumour.size", 17)],
        [finding("histology", "ductal_nst"), finding("tumour.size", 17, details={"from": "imaging"})],
    ):
        assert reconcile("me", [paper("a", *findings)], TODAY).field("pt.by_size") is None


def test_what_the_person_rejected_is_not_said_to_be_missing_from_the_papers(disagreeing: Sequence[Reading]) -> None:
    said = told.reading((told.word("er.status", told.ANY, told.REJECT, TODAY),))
    er = field("er.status", *disagreeing, said)
    assert (er.state, er.because) == (FieldState.NOT_STATED, "You said that what your papers give is wrong.")


def test_a_plan_is_done_once_it_was_carried_out_and_a_later_plan_is_another() -> None:
    plan = finding("radiation", "breast", assertion=Assertion.PLANNED)
    done = finding("radiation", "breast")

    def courses(plan_date: str, done_date: str) -> list[Assertion]:
        papers = [
            paper("a", plan, type="oncology_note", date=plan_date),
            paper("b", done, type="oncology_note", date=done_date),
        ]
        return sorted(each.assertion for each in reconcile("me", papers, TODAY).fields if each.concept == "radiation")

    assert courses("2024-01-01", "2024-06-01") == [Assertion.PRESENT]
    assert courses("2024-06-01", "2024-01-01") == [Assertion.PLANNED, Assertion.PRESENT]


def test_a_variant_that_was_found_and_its_meaning_do_not_disagree() -> None:
    gene = field(
        "gene.BRCA2.germline",
        paper("a", finding("gene.BRCA2.germline", "found"), type="genetics"),
        paper("b", finding("gene.BRCA2.germline", "vus"), type="genetics"),
    )
    assert (gene.value, gene.other) == ("vus", ())
