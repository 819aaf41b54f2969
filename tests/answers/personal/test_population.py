"""Whom a claim is about: the ids that the library uses, what quotations say, and the words for it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from made_people import about, library, people, quoted

from navaid.answers.personal import population
from navaid.answers.personal.asking import limit, table
from navaid.terms import Expression, Logic, Population


def test_every_id_and_limit_of_the_library_is_understood() -> None:
    problems = {claim.id: population.unknown(claim.applies) for claim in library()}
    assert {id_: what for id_, what in problems.items() if what} == {}


def test_what_is_not_understood_is_named_and_leaves_everybody_open() -> None:
    strange = people(subtypes=["her2_sideways"], limits={"shoe.size": ["42"], "age": ["old"]})
    assert population.unknown(strange) == (
        "subtypes: her2_sideways",
        "limits: shoe.size ['42']",
        "limits: age ['old']",
    )
    assert {part.logic for part in population.axes_of(strange)} == {Logic.UNPARSED}


def test_every_row_of_the_table_asks_something() -> None:
    for axis in ("subtypes", "stages", "settings", "biomarkers", "sex", "menopause"):
        for id_ in table()[axis]:
            made = people(**{axis: [id_]}, sex=["female"]) if axis != "sex" else people(sex=[id_])
            assert population.expression(made) is not None, id_
            assert population.in_words(people(**{axis: [id_]})), id_


def test_nobody_in_particular() -> None:
    assert population.expression(Population()) is None
    assert population.in_words(Population()) == ""
    assert population.expression(people(settings=["screening"])) is None


def _concepts(expression: Expression) -> set[str]:
    own = {expression.predicate.concept} if expression.predicate else set()
    return own.union(*map(_concepts, expression.parts)) if expression.parts else own


def test_receptor_states_are_asked_axis_by_axis_and_triple_negative_beside_them() -> None:
    both = population.axes_of(people(subtypes=["hr_positive", "her2_negative"]))
    assert [_concepts(part) for part in both] == [{"her2.status"}, {"er.status", "pr.status", "hr.status"}]
    either = population.axes_of(people(subtypes=["triple_negative", "hr_positive", "her2_negative"]))
    assert len(either) == 1
    assert either[0].logic is Logic.ANY


def test_brca1_and_brca2_are_asked_as_one() -> None:
    (part,) = population.axes_of(people(biomarkers=["brca2", "brca1"]))
    assert _concepts(part) == {"gene.BRCA.germline"}


@pytest.mark.parametrize(
    ("concept", "values", "logic"),
    [
        ("age", ["< 40"], Logic.IS),
        ("nodes.positive", ["0"], Logic.ALL),
        ("nodes.positive", ["1", "2"], Logic.ANY),
        ("drug", ["abemaciclib", "ribociclib"], Logic.IS),
    ],
)
def test_limits(concept: str, values: list[str], logic: Logic) -> None:
    assert limit(concept, values).logic is logic


@pytest.mark.parametrize(
    ("axes", "words"),
    [
        ({"subtypes": ["her2_low"], "stages": ["metastatic"]}, "people with HER2-low cancer that has spread"),
        ({"menopause": ["post"], "subtypes": ["hr_positive"]},
         "women past menopause with hormone receptor-positive cancer"),
        ({"subtypes": ["male"]}, "men"),
        ({"subtypes": ["hr_positive", "dcis"]}, "people with hormone receptor-positive DCIS"),
        ({"stages": ["stage_i", "stage_ii", "stage_iii"]}, "people with cancer of stage I, II or III"),
        ({"stages": ["early", "locally_advanced"]}, "people with cancer that has not spread to other organs"),
        ({"biomarkers": ["brca1", "brca2"]}, "people with a harmful inherited BRCA1 or BRCA2 variant"),
        ({"limits": {"age": ["< 40"]}}, "people aged under 40"),
        ({"limits": {"drug": ["abemaciclib"]}}, "people who take, took or will take abemaciclib"),
        ({"stages": ["metastatic"], "limits": {"metastasis.site": ["brain"]}},
         "people whose cancer has spread to: brain"),
        ({"also": "people with breast implants"}, "people with breast implants"),
    ],
)  # fmt: skip
def test_in_words(axes: dict[str, Any], words: str) -> None:
    assert population.in_words(people(**axes)) == words


def test_every_population_of_the_library_has_words_without_codes() -> None:
    for claim in library():
        words = population.in_words(claim.applies)
        assert bool(words) is (claim.applies != Population())
        assert "_" not in words and "{" not in words and "  " not in words, (claim.id, words)  # noqa: PT018


@pytest.mark.parametrize(
    ("text", "axes"),
    [
        ("In patients with HER2-positive, metastatic breast cancer, two antibodies are given together.",
         {"subtypes": ["her2_positive"], "stages": ["metastatic"]}),
        ("Postmenopausal women with ER-positive breast cancer may take an aromatase inhibitor.",
         {"subtypes": ["hr_positive"], "menopause": ["post"]}),
        ("In women with stage I to III breast cancer, a scan is not needed.",
         {"stages": ["stage_i", "stage_ii", "stage_iii"]}),
        ("It may be given to people with germline BRCA1 mutations.", {"biomarkers": ["brca1"]}),
        ("In metastatic breast cancer, treatment aims to control the disease.", {"stages": ["metastatic"]}),
        ("In patients with advanced breast cancer, fatigue is common.", {"stages": ["metastatic", "locally_advanced"]}),
        ("For patients with brain metastases from HER2-positive breast cancer, pills are an option.",
         {"subtypes": ["her2_positive"], "limits": {"metastasis.site": ["brain"]}}),
        ("In women aged 70 or older with ER-positive breast cancer, radiation may be left out.",
         {"subtypes": ["hr_positive"], "limits": {"age": [">= 70"]}}),
        ("Men with breast cancer are usually offered tamoxifen.", {"subtypes": ["male"]}),
    ],
)  # fmt: skip
def test_whom_a_quotation_is_about(text: str, axes: dict[str, Any]) -> None:
    assert population.of(quoted(text)) == people(**axes)


@pytest.mark.parametrize(
    "text",
    [
        "HER2-positive breast cancer tends to grow faster.",
        "Unlike in patients with triple-negative disease, hormone therapy helps.",
        "Women of any age, including those with HER2-positive cancer, can have a scan.",
        "Triple-negative cancers lack receptors, while in women with HER2-positive cancer there is too much of one.",
        "Survival was longer in patients with early breast cancer than in those with metastatic disease.",
        "The drug caused nausea in 40% of patients.",
        "Trastuzumab is an antibody that sticks to HER2.",
        "Cysts are most common in premenopausal women.",
        "Survival differs in men and women with breast cancer.",
        "The number of women with breast cancer or DCIS is rising.",
    ],
)
def test_a_mere_mention_limits_nothing(text: str) -> None:
    assert population.of(quoted(text)) == Population()


def test_what_limits_a_group_and_is_not_understood_is_kept_in_words() -> None:
    found = population.of(quoted("In premenopausal women with heart failure and HER2-positive cancer, care is needed."))
    assert found.subtypes == ("her2_positive",)
    assert "heart failure" in found.also


@pytest.mark.parametrize(
    ("text", "axes"),
    [
        ("Men with early-stage breast cancer who receive chemotherapy may feel tired.",
         {"subtypes": ["male"], "stages": ["early"]}),
        ("In women with negative BRCA1 mutation results, the risk is lower.", {}),
        ("It is used in premenopausal women with a *BRCA* gene mutation.",
         {"biomarkers": ["brca"], "menopause": ["pre"]}),
        ("Partial radiation is an option for patients with early-stage invasive breast cancer or DCIS.",
         {"subtypes": ["invasive", "dcis"], "stages": ["early"]}),
        ("Treatment of patients with node-negative or node-positive disease differs little.",
         {"limits": {"nodes.positive": ["0", ">= 1"]}}),
    ],
)  # fmt: skip
def test_what_is_understood_of_a_longer_naming(text: str, axes: dict[str, Any]) -> None:
    found = population.of(quoted(text))
    assert msgspec.structs.replace(found, also="") == people(**axes)


def test_a_claim_written_by_hand_is_not_read_again() -> None:
    made = people(stages=["metastatic"])
    assert population.of(about(made)) == made


def test_headings_are_read_apart_from_the_sentence() -> None:
    claim = quoted("Treatment may include chemotherapy.", "Treatment > Metastatic Breast Cancer > HER2-positive")
    assert population.of(claim) == Population()
    assert population.headed(claim) == people(subtypes=["her2_positive"], stages=["metastatic"])
    assert population.headed(about(Population())) == Population()
