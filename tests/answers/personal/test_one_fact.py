"""One fact of a profile is changed, missing or disputed: what may move with it, and what may not."""

from __future__ import annotations

import time
from functools import cache
from typing import Any

import pytest
from made_people import about, facts, field, library, people, quoted

from navaid.answers.personal import population
from navaid.answers.personal.applies import held_against
from navaid.answers.personal.asking import table as own_table
from navaid.terms import Applies, Expression, Field, Value
from navaid.trials.concepts import trial_concepts
from navaid.trials.match.tables import implied, table

YES, NO, MAYBE, ALL = Applies.APPLIES, Applies.DOES_NOT_APPLY, Applies.MAY_APPLY, Applies.GENERAL
METASTATIC = ("metastasis.site", "liver")

_EARLY: tuple[tuple[str, Value], ...] = (
    ("diagnosis", "invasive_breast_cancer"), ("histology", "ductal_nst"), ("stage.group", "IIA"), ("er.status",
     "positive"),
    ("pr.status", "positive"), ("her2.ihc", "1+"), ("menopause", "pre"), ("sex", "female"), ("age", 38),
    ("nodes.positive", 1),
    ("gene.BRCA1.germline", "negative"), ("gene.BRCA2.germline", "pathogenic"), ("gene.PALB2.germline", "negative"),
    ("gene.PIK3CA.somatic", "found"), ("surgery", "lumpectomy"), ("drug", "tamoxifen"), ("pregnancy", "not_pregnant"),
    ("oncotype.score", 18),
)  # fmt: skip
_LATE: tuple[tuple[str, Value], ...] = (
    ("diagnosis", "metastatic_breast_cancer"), ("metastasis.site", "liver"), ("stage.group", "IV"), ("er.status",
     "positive"),
    ("pr.status", "negative"), ("her2.ihc", "1+"), ("menopause", "post"), ("sex", "female"), ("age", 66),
    ("gene.BRCA1.germline", "negative"), ("gene.BRCA2.germline", "negative"), ("gene.PIK3CA.somatic", "found"),
    ("gene.ESR1.somatic", "negative"), ("drug", "letrozole"),
)  # fmt: skip
# Where a concept is read besides what the tables say: trials/match/several.py, treatments.py, lines.py, holding.py.
_READ_ALSO = {
    "metastasis.site": {"setting"}, "lines": {"drug", "drug_class", "setting"}, "progression": {"drug", "setting"},
    "drug_class": {"drug", "surgery", "setting", "radiation"}, "brain_metastases": {"metastasis.site"},
    "gene.BRCA.germline": {"gene.BRCA1.germline", "gene.BRCA2.germline"},
}  # fmt: skip


@cache
def _reads(concept: str) -> frozenset[str]:
    """Every concept that an answer about this one may rest on."""
    found, queue = {concept}, [concept]
    while queue:
        at = queue.pop()
        more = {name for row in implied(at) for name in row.when} | _READ_ALSO.get(at, set())
        more |= {name for row in table("values")["bounds"] if row["of"] == at for name in row["when"]}
        more |= {own_table()["measured"][at]["by"]} if at in own_table()["measured"] else set()
        more |= set(trial_concepts()[at].derived_from) if at in trial_concepts() else set()
        queue += more - found
        found |= more
    return frozenset(found)


def _asked(expression: Expression | None) -> set[str]:
    if expression is None:
        return set()
    own = {expression.predicate.concept} if expression.predicate else set()
    return own.union(*map(_asked, expression.parts)) if expression.parts else own


@pytest.mark.parametrize(
    ("person", "concept", "value"),
    [
        (_EARLY, "er.status", "negative"), (_EARLY, "her2.ihc", "3+"), (_EARLY, "stage.group", "IV"),
        (_EARLY, "menopause", "post"), (_EARLY, "sex", "male"), (_EARLY, "age", 71), (_EARLY, "histology", "lobular"),
        (_EARLY, "gene.BRCA2.germline", "vus"), (_EARLY, "drug", "anastrozole"), (_EARLY, "pregnancy", "pregnant"),
        (_EARLY, "nodes.positive", 0), (_EARLY, "surgery", "mastectomy"), (_EARLY, "oncotype.score", 40),
        (_LATE, "er.status", "negative"), (_LATE, "her2.ihc", "0"), (_LATE, "gene.PIK3CA.somatic", "vus"),
        (_LATE, "gene.ESR1.somatic", "found"), (_LATE, "metastasis.site", "brain"), (_LATE, "drug", "capecitabine"),
        (_LATE, "gene.BRCA1.germline", "pathogenic"),
    ],
)  # fmt: skip
def test_one_fact_changes_exactly_the_claims_that_rest_on_it(
    person: tuple[tuple[str, Value], ...], concept: str, value: Value
) -> None:
    before = facts(*person)
    after = facts(*((name, value if name == concept else old) for name, old in person))
    changed = 0
    for claim in library():
        old, new = held_against(claim, before), held_against(claim, after)
        if any(concept in _reads(asked) for asked in _asked(population.expression(claim.applies))):
            changed += old.applies is not new.applies
        else:
            assert old == new, claim.id
    assert changed > 0


def test_of_an_empty_profile_nothing_is_decided() -> None:
    nobody = facts()
    assert {held_against(claim, nobody).applies for claim in library()} == {MAYBE, ALL}


@pytest.mark.parametrize(
    "concept", ["er.status", "her2.ihc", "menopause", "gene.BRCA2.germline", "age", "histology", "drug"]
)
def test_a_fact_that_is_missing_never_turns_yes_into_no(concept: str) -> None:
    whole, less = facts(*_EARLY), facts(*(each for each in _EARLY if each[0] != concept))
    for claim in library():
        labels = {held_against(claim, whole).applies, held_against(claim, less).applies}
        assert not {YES, NO} <= labels, claim.id


@pytest.mark.parametrize(
    ("concept", "one", "other", "axes"),
    [
        ("er.status", "positive", "negative", {"subtypes": ["hr_negative"]}),
        ("her2.status", "positive", "negative", {"subtypes": ["her2_negative"]}),
        ("menopause", "pre", "post", {"menopause": ["post"]}),
        ("stage.group", "IA", "IV", {"stages": ["early"]}),
        ("gene.PALB2.germline", "pathogenic", "negative", {"biomarkers": ["palb2"]}),
        ("histology", "lobular", "ductal_nst", {"subtypes": ["lobular"]}),
    ],
)
def test_papers_that_disagree_decide_nothing(concept: str, one: Value, other: Value, axes: dict[str, Any]) -> None:
    for values in ((one, other), (other, one)):
        conflict: Field = field(concept, *values)
        assert held_against(about(people(**axes)), facts(conflict)).applies is MAYBE


def test_what_was_worked_out_is_kept_for_one_person_only() -> None:
    claim = about(people(stages=["metastatic"]))
    assert held_against(claim, facts(METASTATIC)).applies is YES
    assert held_against(claim, facts(("stage.group", "IA"))).applies is NO
    assert held_against(claim, facts()).applies is MAYBE


def test_three_hundred_claims_take_no_time() -> None:
    limited = [claim for claim in library() if claim.applies != population.of(quoted("A sentence."))][:300]
    for claim in limited:
        held_against(claim, facts(*_EARLY))  # the tables are read
    person = facts(*_EARLY)
    start = time.process_time()
    for claim in limited:
        held_against(claim, person)
    assert time.process_time() - start < 0.06  # about 10 ms where nothing else runs
