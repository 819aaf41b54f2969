"""Common forms of eligibility texts: what one word decides."""

from __future__ import annotations

import pytest

from navaid.terms import CriterionType, Expression, Logic
from navaid.trials.criteria.parse.meaning import _read
from navaid.trials.criteria.parse.quick import Cues, lowered
from navaid.trials.criteria.parse.readers import conditions, receptors, stage, therapy


def told(expression: Expression) -> str:
    if expression.predicate:
        return f"{expression.predicate.concept} {expression.predicate.op} {expression.predicate.values[0]}"
    return f"{expression.logic.value}({', '.join(map(told, expression.parts))})"


@pytest.mark.parametrize(
    "words", ["locally advanced and unresectable or metastatic", "locally advanced, unresectable, or metastatic"]
)
def test_what_has_spread_need_not_be_locally_advanced(words: str) -> None:
    (atom,) = stage.read(words)
    assert told(atom.expression) == "any(all(setting is locally_advanced, resectable is no), setting is metastatic)"


def test_a_recurrence_that_is_feared_is_none() -> None:
    assert not list(stage.read("monitoring for recurrence"))
    assert list(stage.read("local recurrence"))


def test_what_can_be_cured_has_not_spread() -> None:
    (atom,) = stage.read("amenable to treatment with curative intent")
    assert told(atom.expression) == "all(setting is_not metastatic, any(setting is early, unparsed()))"
    assert "is_not" not in " ".join(told(each.expression) for each in stage.read("not amenable to curative treatment"))


def test_grades_percentages_and_a_treatment_by_itself() -> None:
    (graded,) = conditions.read("grade 2 or higher neuropathy")
    assert graded.expression.predicate
    assert graded.expression.predicate.qualifiers == {"grade_at_least": 2}
    (stained,) = receptors.read("ER staining in more than 50% of tumor cells")
    assert told(stained.expression) == "er.percent above 50"
    (alone,) = therapy.read("Neoadjuvant chemotherapy.")
    assert told(alone.expression) == "drug_class had chemotherapy"


def test_lack_of_the_first_thing_denies_no_list() -> None:
    asked = _read("Lack of appetite, malabsorption, or inability to swallow", CriterionType.EXCLUSION, ())
    assert asked.logic is not Logic.NOT


def test_cues_find_rows_in_their_order() -> None:
    cues = Cues([{"cues": ["liver", "hepat"]}, {"cues": ["lung"]}, {"cues": ["heart"]}])
    assert [row["cues"][0] for row in cues.spoken_of("heart and hepatic disease")] == ["liver", "heart"]
    assert lowered(r"\bECOG\W") == r"\becog\W"
