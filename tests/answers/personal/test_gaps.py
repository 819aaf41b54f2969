"""What is not in the papers: named where it matters, not where it is told or not needed."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from msgspec.structs import replace

from navaid import reading, starter
from navaid.answers.personal import gap_rows, gap_signs, gaps
from navaid.records.concepts import concept
from navaid.terms import (
    Applies,
    Assertion,
    Field,
    FieldState,
    Finding,
    Fitting,
    Gap,
    How,
    Profile,
    Provenance,
    Tumour,
    Value,
)
from navaid.trials.concepts import trial_concepts
from navaid.trials.match.facts import Facts
from navaid.trials.match.note import profile_of

DAY = dt.date(2026, 11, 28)
DATA = starter.load()
CLAIMS = {row.id: row for topic in DATA.topics for row in topic.claims}
OWN_CONCEPTS = {"metastasis.biopsy", "drug.start"}  # of which the table itself says what they are
PAPER = "FILE:a"
ANYTHING = {
    "allergy": "none_known",
    "ecog": 1,
    "menopause": "post",
    "stage.group": "IIA",
    "nodes.positive": 0,
    "tumour.size": 18,
    "grade": 2,
    "sex": "female",
    "age": 66,
}
METASTATIC: dict[str, Value] = {
    "diagnosis": "metastatic_breast_cancer",
    "metastasis.site": "liver",
    "allergy": "none_known",
    "ecog": 1,
    "menopause": "post",
    "sex": "female",
    "age": 66,
}
HORMONE: dict[str, Value] = {
    "er.status": "positive",
    "pr.status": "positive",
    "her2.status": "negative",
    "her2.ihc": "1+",
}
NEGATIVE: dict[str, Value] = {
    "er.status": "negative",
    "pr.status": "negative",
    "her2.status": "negative",
    "her2.ihc": "1+",
}
TESTED: dict[str, Value] = {
    "gene.PIK3CA.somatic": "negative",
    "gene.AKT1.somatic": "negative",
    "gene.BRCA1.germline": "negative",
    "gene.ESR1.somatic": "negative",
}


def field(name: str, value: Value, **more: object) -> Field:
    return replace(Field(concept=name, value=value, state=FieldState.UNCONFIRMED), **more)


def person(*parts: dict[str, Value], also: tuple[Field, ...] = (), tumours: tuple[Tumour, ...] = ()) -> Profile:
    fields = tuple(field(name, value) for part in parts for name, value in part.items())
    return Profile(name="Ana", made=DAY, fields=(*fields, *also), tumours=tumours, findings=())


def found(profile: Profile) -> tuple[Gap, ...]:
    return gaps.of_profile(profile, Facts(profile, DAY), DATA)


def ids(profile: Profile) -> set[str]:
    return {gap.id for gap in found(profile)}


CDK_STOPPED = field("drug", "palbociclib", details={"status": "past", "start": "2024-01", "stop": "2026-02", "line": 1})
EARLY: dict[str, Value] = {**ANYTHING, "diagnosis": "invasive_breast_cancer", "gene.BRCA1.germline": "negative"}

# A person of whom all is told but one thing, the gap that this leaves, and the fact that closes it.
SWAPS: list[tuple[str, Profile, Field]] = [
    (
        "her2-status",
        person(EARLY, {"er.status": "negative", "pr.status": "positive"}),
        field("her2.status", "positive"),
    ),
    (
        "her2-ish",
        person(METASTATIC, {"er.status": "negative", "pr.status": "negative", "her2.ihc": "2+"}),
        field("her2.ish", "amplified"),
    ),
    ("er-status", person(EARLY, {"her2.status": "positive"}), field("er.status", "positive")),
    ("pr-status", person(EARLY, {"er.status": "negative", "her2.status": "positive"}), field("pr.status", "positive")),
    (
        "her2-score",
        person(METASTATIC, TESTED, {"er.status": "positive", "her2.status": "negative"}),
        field("her2.ihc", "1+"),
    ),
    (
        "her2-ultralow",
        person(METASTATIC, TESTED, {**HORMONE, "her2.ihc": "0"}),
        field("her2.level", "ultralow"),
    ),
    (
        "metastasis-sites",
        person({**METASTATIC, "metastasis.site": "not_stated"}, TESTED, HORMONE),
        field("metastasis.site", "bone"),
    ),
    (
        "esr1",
        person(METASTATIC, HORMONE, {k: v for k, v in TESTED.items() if "ESR1" not in k}, also=(CDK_STOPPED,)),
        field("gene.ESR1.somatic", "negative"),
    ),
    (
        "pik3ca",
        person(METASTATIC, HORMONE, {k: v for k, v in TESTED.items() if "PIK3CA" not in k}),
        field("gene.PIK3CA.somatic", "pathogenic"),
    ),
    (
        "akt1-pten",
        person(METASTATIC, HORMONE, {k: v for k, v in TESTED.items() if "AKT1" not in k}),
        field("gene.PTEN.somatic", "deleted"),
    ),
    (
        "pd-l1",
        person(METASTATIC, NEGATIVE, {"gene.BRCA1.germline": "negative"}),
        field("pdl1.cps", 3),
    ),
    (
        "brca-triple-negative",
        person({**EARLY, "gene.BRCA1.germline": "not_stated"}, NEGATIVE),
        field("gene.BRCA1.germline", "negative"),
    ),
    (
        "brca-man",
        person(
            {**EARLY, "gene.BRCA1.germline": "not_stated", "sex": "male"},
            {**NEGATIVE, "pr.status": "positive"},
            also=(field("oncotype.score", 12),),
        ),
        field("gene.BRCA2.germline", "pathogenic"),
    ),
    (
        "brca-young",
        person(
            {**EARLY, "gene.BRCA1.germline": "not_stated", "age": 41, "pregnancy": "not_pregnant"},
            HORMONE,
            also=(field("oncotype.score", 12),),
        ),
        field("gene.BRCA.germline", "negative"),
    ),
    ("genomic-test", person(EARLY, HORMONE), field("mammaprint.risk", "low")),
    ("stage", person({**EARLY, "stage.group": "not_stated"}, NEGATIVE), field("stage.group", "IA")),
    ("nodes", person({**EARLY, "nodes.positive": "not_stated"}, NEGATIVE), field("pn", "N0")),
    ("tumour-size", person({**EARLY, "tumour.size": "not_stated"}, NEGATIVE), field("pt", "T1c")),
    ("grade", person({**EARLY, "grade": "not_stated"}, NEGATIVE), field("grade", 3)),
    ("margins", person(EARLY, NEGATIVE, {"surgery": "lumpectomy"}), field("margins.status", "negative")),
    (
        "residual-disease",
        person(
            EARLY,
            NEGATIVE,
            {"surgery": "mastectomy"},
            also=(
                field("drug", "paclitaxel", details={"intent": "neoadjuvant", "start": "2026-01", "stop": "2026-06"}),
            ),
        ),
        field("treatment_effect", "partial"),
    ),
    (
        "menopause",
        person({**EARLY, "menopause": "not_stated", "age": 52}, HORMONE, also=(field("oncotype.score", 12),)),
        field("menopause", "pre"),
    ),
    (
        "pregnancy",
        person({**EARLY, "menopause": "pre", "age": 35}, NEGATIVE),
        field("pregnancy", "not_pregnant"),
    ),
    (
        "heart-function",
        person(
            EARLY,
            {**NEGATIVE, "her2.status": "positive"},
            also=(field("drug", "trastuzumab", assertion=Assertion.PLANNED),),
        ),
        field("lab.lvef", 61),
    ),
    (
        "dpd",
        person(EARLY, NEGATIVE, also=(field("drug", "capecitabine", assertion=Assertion.PLANNED),)),
        field("gene.DPYD.germline", "negative"),
    ),
    ("allergy", person({**EARLY, "allergy": "not_stated"}, NEGATIVE), field("allergy", "none_known")),
    (
        "daily-activity",
        person({**METASTATIC, "ecog": "not_stated"}, HORMONE, TESTED),
        field("karnofsky", 90),
    ),
]


def _clean(profile: Profile) -> Profile:
    return replace(profile, fields=tuple(f for f in profile.fields if f.value != "not_stated"))


@pytest.mark.parametrize(("gap", "profile", "fact"), SWAPS, ids=[swap[0] for swap in SWAPS])
def test_the_fact_that_is_added_takes_away_exactly_its_gap(gap: str, profile: Profile, fact: Field) -> None:
    before = _clean(profile)
    after = replace(before, fields=(*before.fields, fact))
    assert gap in ids(before)
    assert ids(before) - ids(after) == {gap}
    assert ids(after) - ids(before) == set()


def test_every_row_has_a_swap_or_a_test_of_its_own() -> None:
    own = {"metastasis-biopsy", "lines", "drug-dates", "brca-metastatic", "brca-newly-found"}
    assert {row.id for row in gap_rows.rows()} == {swap[0] for swap in SWAPS} | own


def test_a_field_that_is_not_stated_is_not_told() -> None:
    stated = field("allergy", "not_stated", state=FieldState.NOT_STATED)
    assert "allergy" in ids(person({k: v for k, v in EARLY.items() if k != "allergy"}, NEGATIVE, also=(stated,)))


def test_nobody_is_asked_what_they_do_not_need() -> None:
    early, spread = ids(person(EARLY, HORMONE)), ids(person(METASTATIC, HORMONE))
    assert not early & {"pd-l1", "esr1", "pik3ca", "her2-score", "metastasis-biopsy", "lines", "daily-activity"}
    assert not spread & {"genomic-test", "stage", "nodes", "margins", "pregnancy", "pd-l1"}
    man = ids(_clean(person({**EARLY, "menopause": "not_stated", "sex": "male", "age": 40}, HORMONE)))
    assert not man & {"menopause", "pregnancy"}
    assert "dpd" not in ids(person(EARLY, HORMONE))
    assert "esr1" not in ids(
        person(METASTATIC, HORMONE, also=(field("drug", "palbociclib", details={"status": "current"}),))
    )
    assert "genomic-test" not in ids(person({**EARLY, "nodes.positive": 5}, HORMONE))
    assert "her2-ish" not in ids(person(EARLY, {**HORMONE, "her2.ihc": "2+"}))
    assert found(person({"sex": "female", "age": 41})) == ()  # nothing here says that there is a cancer at all


def test_no_receptor_state_is_taken_from_a_drug_or_a_subtype() -> None:
    profile = person(METASTATIC, {"intrinsic_subtype": "basal"}, also=(field("drug", "sacituzumab govitecan"),))
    assert {"er-status", "her2-status"} <= ids(profile)
    assert not ids(profile) & {"pd-l1", "brca-triple-negative", "pik3ca"}


def test_the_result_of_another_tumour_does_not_close_the_gap_of_this_one() -> None:
    other = Tumour(id="T2", label="right", fields=(field("her2.ish", "not_amplified"),))
    assert "her2-ish" in ids(person(METASTATIC, {"her2.ihc": "2+"}, tumours=(other,)))
    tested = Tumour(id="T2", label="right", fields=(field("gene.ESR1.somatic", "negative"),))
    assert "esr1" not in ids(person(METASTATIC, HORMONE, also=(CDK_STOPPED,), tumours=(tested,)))


def test_a_biopsy_of_years_ago_is_named_where_no_metastasis_was_tested() -> None:
    def spread(year: int, specimen: str = "") -> Profile:
        old = field("er.status", "positive", date=dt.date(year, 3, 3))
        tumours = (Tumour(id="T1", label="", specimen=specimen, fields=(old,)),)
        return person(METASTATIC, {"her2.status": "negative", "her2.ihc": "1+"}, also=(old,), tumours=tumours)

    assert "metastasis-biopsy" in ids(spread(2021))
    assert "metastasis-biopsy" not in ids(spread(2026))
    assert "metastasis-biopsy" not in ids(spread(2021, "metastasis:liver"))


def test_drugs_without_a_date_or_a_line_are_named() -> None:
    plain = field("drug", "eribulin")
    told = field("drug", "eribulin", details={"start": "2026-05", "line": 2})
    assert {"lines", "drug-dates"} <= ids(person(METASTATIC, HORMONE, TESTED, also=(plain,)))
    assert not {"lines", "drug-dates"} & ids(person(METASTATIC, HORMONE, TESTED, also=(told,)))
    named = next(gap for gap in found(person(METASTATIC, also=(plain,))) if gap.id == "drug-dates")
    assert named.said.endswith(": eribulin.")


def test_what_was_settled_years_ago_is_not_asked_again() -> None:
    old = field("drug", "tamoxifen", date=dt.date(2021, 5, 1), details={"status": "current", "start": "2021-05"})
    assert "genomic-test" not in ids(person(EARLY, HORMONE, also=(old,)))
    operated = field("surgery", "lumpectomy", date=dt.date(2022, 5, 1))
    assert not {"genomic-test", "margins"} & ids(person(EARLY, HORMONE, also=(operated,)))
    assert "margins" in ids(person(EARLY, HORMONE, also=(replace(operated, date=dt.date(2026, 9, 1)),)))
    assert "pregnancy" not in ids(person({**EARLY, "age": 35, "menopause": "pre"}, HORMONE, also=(old,)))
    over = field("drug", "trastuzumab", details={"status": "past", "start": "2019", "stop": "2020"})
    assert "heart-function" not in ids(person(EARLY, {**NEGATIVE, "her2.status": "positive"}, also=(over,)))


def test_which_of_several_reasons_for_a_brca_test_is_told() -> None:
    def reason(*parts: dict[str, Value]) -> set[str]:
        return {
            each
            for each in ids(_clean(person({**EARLY, "gene.BRCA1.germline": "not_stated"}, *parts)))
            if "brca" in each
        }

    assert reason(NEGATIVE) == {"brca-triple-negative"}
    assert reason({**HORMONE, "age": 64}) == set()  # two ages: 66 and 64, and none holds
    assert reason(HORMONE) == set()
    spread = {each for each in ids(person(METASTATIC, HORMONE)) if "brca" in each}
    assert spread == {"brca-metastatic"}
    younger = person({**EARLY, "age": 60}, HORMONE)
    without = replace(younger, fields=tuple(f for f in younger.fields if not f.concept.startswith("gene.")))
    assert "brca-newly-found" in ids(without)


def told_in(words: str, at: int, name: str, value: Value) -> Finding:
    source = Provenance(file=PAPER, page=1, start=at, end=at + len(words), words=words, how=How.TEXT_LAYER)
    return Finding(concept=name, value=value, source=source)


def test_what_papers_disagree_on_is_a_gap_that_quotes_both() -> None:
    findings = (
        told_in("HER2 negative", 0, "her2.status", "negative"),
        told_in("HER2 3+", 40, "her2.status", "positive"),
    )
    clash = field("her2.status", "negative", state=FieldState.CONFLICT, other=("positive",), findings=(0, 1))
    profile = replace(person(EARLY, also=(clash,)), findings=findings)
    gap = next(gap for gap in found(profile) if gap.id == "conflict.her2.status")
    assert "“HER2 negative”" in gap.said
    assert "“HER2 3+”" in gap.said
    assert gap.ask == "Which is right for me (HER2): negative or positive?"
    assert [claim.id for claim in gap.why] == ["her2-testing.why", "her2-testing.everyone"]
    assert "her2-status" not in ids(profile)


def test_what_differs_from_breast_to_breast_is_no_disagreement() -> None:
    left, right = told_in("ER+", 0, "er.status", "positive"), told_in("ER-", 9, "er.status", "negative")
    clash = field("er.status", "positive", state=FieldState.CONFLICT, other=("negative",), findings=(0, 1))

    def disagree(one: str, other: str) -> set[str]:
        findings = (replace(left, side=one), replace(right, side=other))
        return {each for each in ids(replace(person(EARLY, also=(clash,)), findings=findings)) if "conflict" in each}

    assert disagree("left", "right") == set()
    assert disagree("left", "left") == disagree("left", "") == {"conflict.er.status"}


def test_only_a_disagreement_that_changes_an_answer_is_named_and_once() -> None:
    ihc = field("her2.ihc", "3+", state=FieldState.CONFLICT, other=("1+",))
    level = field("her2.level", "high", state=FieldState.CONFLICT, other=("low",))
    percent = field("er.percent", 90, state=FieldState.CONFLICT, other=(95,))
    named = ids(person(EARLY, {"er.status": "positive"}, also=(ihc, level, percent)))
    assert {each for each in named if "conflict" in each} == {"conflict.her2.ihc"}


def test_two_foci_of_one_report_do_not_disagree() -> None:
    findings = (told_in("pT1a", 0, "pt", "T1a"), told_in("pT2", 9, "pt", "T2"))
    clash = field("pt", "T1a", state=FieldState.CONFLICT, other=("T2",), findings=(0, 1))
    one, other = replace(findings[0], tumour="1"), replace(findings[1], tumour="2")
    assert "conflict.pt" in ids(replace(person(EARLY, also=(clash,)), findings=findings))
    assert "conflict.pt" not in ids(replace(person(EARLY, also=(clash,)), findings=(one, other)))


def test_tests_that_one_sentence_tells_of_are_one_gap() -> None:
    findings = tuple(
        told_in("ESR1 and PIK3CA pending", 0, f"gene.{name}.somatic", "pending") for name in ("ESR1", "PIK3CA")
    )
    waits = tuple(field(finding.concept, "pending", findings=(index,)) for index, finding in enumerate(findings))
    profile = replace(person(METASTATIC, HORMONE, also=(CDK_STOPPED, *waits)), findings=findings)
    waiting = [gap for gap in found(profile) if gap.id.startswith("pending")]
    assert len(waiting) == 1
    assert "ESR1" in waiting[0].ask
    assert "PIK3CA" in waiting[0].ask
    assert not {"esr1", "pik3ca"} & ids(profile)


def test_a_biopsy_of_a_metastasis_tells_where_the_cancer_has_spread_to() -> None:
    tested = Tumour(id="T2", label="", specimen="metastasis:lung")
    spread: dict[str, Value] = {k: v for k, v in METASTATIC.items() if k != "metastasis.site"}
    assert "metastasis-sites" in ids(person(spread, HORMONE))
    assert "metastasis-sites" not in ids(person(spread, HORMONE, tumours=(tested,)))


def test_a_result_that_is_still_to_come_is_a_gap_until_it_is_there() -> None:
    finding = told_in("ESR1: pending", 0, "gene.ESR1.somatic", "pending")
    waits = field("gene.ESR1.somatic", "pending", findings=(0,))
    profile = replace(person(METASTATIC, HORMONE, also=(CDK_STOPPED, waits)), findings=(finding,))
    gap = next(gap for gap in found(profile) if gap.concept == "gene.ESR1.somatic")
    assert gap.id == "pending.gene.ESR1.somatic"
    assert "“ESR1: pending”" in gap.said
    there = replace(profile, fields=(*profile.fields, field("gene.ESR1.somatic", "negative")))
    assert not {"esr1", "pending.gene.ESR1.somatic"} & ids(there)


def test_a_test_that_was_not_done_is_told_with_the_words_that_say_so() -> None:
    finding = told_in("FISH not performed", 0, "her2.ish", "not_tested")
    not_done = field("her2.ish", "not_tested", findings=(0,))
    profile = replace(person(METASTATIC, {"her2.ihc": "2+"}, also=(not_done,)), findings=(finding,))
    assert "“FISH not performed”" in next(gap for gap in found(profile) if gap.id == "her2-ish").said


def test_the_words_of_the_paper_stand_first() -> None:
    note = profile_of("Metastatic breast cancer to the liver. ER 0%, PR 0%. HER2 IHC 2+.", today=DAY)
    gap = next(gap for gap in gaps.of_profile(note, Facts(note), DATA) if gap.id == "her2-ish")
    assert gap.said.startswith("Your papers say “HER2 IHC 2+”")
    assert gap.said.endswith("was not found in your papers.")


def test_the_order_is_by_what_matters_in_this_situation() -> None:
    spread = [gap.id for gap in found(person({"diagnosis": "metastatic_breast_cancer"}))]
    early = [gap.id for gap in found(person({"diagnosis": "invasive_breast_cancer"}))]
    assert spread[0] == early[0] == "her2-status"
    assert spread.index("metastasis-sites") < spread.index("daily-activity") < spread.index("allergy")
    assert early.index("stage") < early.index("tumour-size") < early.index("grade") < early.index("allergy")


def fitting(claim: str, *concepts: str, applies: Applies = Applies.MAY_APPLY, ask: str = "") -> Fitting:
    return Fitting(claim=claim, applies=applies, concepts=concepts, questions=(ask,) if ask else ())


def of_answer(profile: Profile, *fittings: Fitting) -> tuple[Gap, ...]:
    return gaps.of_answer(fittings, Facts(profile, DAY), DATA)


def test_the_gaps_of_an_answer_name_the_sentences_that_hang_on_them() -> None:
    profile = person(METASTATIC, {"her2.ihc": "2+"})
    made = of_answer(
        profile,
        fitting("a", "nyha", ask="Do you have heart failure?"),
        fitting("b", "her2.ish"),
        fitting("c", "her2.ish", "sex"),
        fitting("d", "her2.ish", applies=Applies.APPLIES),
    )
    assert [(gap.id, gap.claims) for gap in made] == [("her2-ish", ("b", "c")), ("nyha", ("a",))]
    assert [claim.id for claim in made[0].why] == ["her2-testing.two"]
    assert made[1].ask == "Do I have heart failure?"


def test_an_answer_has_at_most_six_gaps_and_none_without_an_open_sentence() -> None:
    names = ["nyha", "antigen", "tissue", "access", "language", "contraception", "consent", "compliance"]
    profile = person(METASTATIC)
    assert len(of_answer(profile, *(fitting(name, name) for name in names))) == gaps.MOST_OF_ANSWER
    assert of_answer(profile, fitting("a", "nyha", applies=Applies.DOES_NOT_APPLY), fitting("b")) == ()


def test_every_concept_of_the_table_is_one_of_the_vocabulary() -> None:
    for row in gap_rows.rows():
        for name in (row.concept, *row.absent, *row.when, *row.unless, *row.quotes):
            if name in trial_concepts() or name in OWN_CONCEPTS:
                continue
            assert concept(f"{name}somatic" if name.endswith(".") else name), name
        assert set(row.signs) <= set(gap_signs.SIGNS), row.id


def test_every_reason_of_the_table_is_a_claim_with_sources() -> None:
    for row in gap_rows.rows():
        for id_ in row.why:
            assert id_ in CLAIMS, (row.id, id_)
            assert CLAIMS[id_].cites
        assert len(row.why) == len(set(row.why)) <= 3
    assert [row.id for row in gap_rows.rows() if not row.why] == ["allergy"]


FRIGHT = re.compile(
    r"\b(?:missing|unfortunately|must|urgent|danger|serious|die|death|worse|fail|lack)\w*", re.IGNORECASE
)


def test_the_words_are_calm_and_plain() -> None:
    for row in gap_rows.rows():
        assert not FRIGHT.search(row.said + row.ask), row.id
        assert (row.said[-1], row.ask[-1]) == (".", "?"), row.id
        assert max(len(row.said.split()), len(row.ask.split())) <= 35, row.id
    said = [row.said for row in gap_rows.rows()]
    asked = [row.ask for row in gap_rows.rows()]
    assert (reading.grade(said) or 0) <= 8.5
    assert (reading.grade(asked) or 0) <= 8.5
