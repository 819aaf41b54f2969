"""The questions of a visit: what comes first, what is one question, which lists fit, and what the person changes."""

from __future__ import annotations

import datetime as dt
import re

import msgspec
import pytest
from visit_material import (
    METASTATIC,
    TODAY,
    data,
    fact,
    facts_of,
    gap,
    gathered,
    item,
    match,
    paper,
    planned,
)

from navaid.answers.visit import plan, situation
from navaid.answers.visit.settled import settled
from navaid.answers.visit.settled import table as settled_rows
from navaid.errors import BadInput
from navaid.starter import visits
from navaid.terms import (
    Answer,
    Applies,
    Assertion,
    Certainty,
    Claim,
    Facet,
    Fit,
    Fitting,
    Origin,
    Personal,
    Question,
    Section,
    Snapshot,
    Triage,
    TriageClass,
    VisitPlan,
    decode,
    encode,
)


def test_what_is_open_in_the_papers_comes_before_what_a_list_asks() -> None:
    found = gathered(METASTATIC, matches=[match("NCT00000001", ("life", "Do you have a life?"))])
    origins = [each.origin for each in found.items]
    first = {Origin.CONFLICT: 0, Origin.GAP: 0, Origin.TRIAL: 1, Origin.LIST: 2}
    assert [first[origin] for origin in origins] == sorted(first[origin] for origin in origins)
    assert {Origin.CONFLICT, Origin.TRIAL, Origin.LIST} <= set(origins)
    (conflict,) = [each for each in found.items if each.origin is Origin.CONFLICT]
    assert conflict.about == "her2.status"
    assert "HER2 positive" in conflict.words
    assert len({each.id for each in found.items}) == len(found.items)


def test_gaps_keep_their_order_and_their_sources() -> None:
    found = gathered((), gaps=[gap("b", "her2.ish"), gap("a", "ecog")])
    assert [each.id for each in found.items] == ["gap.b", "gap.a"]
    assert found.items[0].why == "It settles which drugs can help."
    assert found.items[0].citations[0].document == "URL:https://www.cancer.gov/types/breast/diagnosis"


def test_questions_that_say_the_same_are_one() -> None:
    found = gathered((), gaps=[gap("a", "ecog", "What is my stage now?"), gap("b", "grade", "What is the stage, now?")])
    assert [each.id for each in found.items] == ["gap.a"]
    both = [gap("conflict.her2.ihc", "her2.ihc"), gap("conflict.her2.level", "her2.level", "Other words?")]
    assert [each.about for each in gathered((), gaps=both).items] == ["her2.ihc"]


def test_what_alone_stands_between_the_person_and_a_study_is_asked_first() -> None:
    found = gathered(
        (),
        gaps=[gap("g", "her2.status")],
        matches=[
            match("NCT00000001", ("measurable_disease", "Can it be measured?"), ("tissue", "Is there tissue?")),
            match("NCT00000002", ("tissue", "Is there tissue?")),
            match("NCT00000003", ("her2.status", "What is your HER2?")),
            match("NCT00000004", ("nyha", "Which NYHA class?"), verdict=Fit.DOES_NOT_FIT),
        ],
    )
    trials = [each for each in found.items if each.origin is Origin.TRIAL]
    assert [each.about for each in trials] == ["NCT00000001, NCT00000002", "NCT00000001"]
    assert "NCT00000001, NCT00000002" in trials[0].text
    assert "Is there tissue?" in trials[0].text


@pytest.mark.parametrize(
    ("facts", "lists"),
    [
        ([fact("diagnosis", "metastatic_breast_cancer"), fact("metastasis.site", "brain")], ["brain-metastases"]),
        ([fact("metastasis.site", "bone"), fact("diagnosis", "metastatic_breast_cancer")], ["metastatic"]),
        ([fact("diagnosis", "dcis")], ["dcis"]),
        ([fact("sex", "male"), fact("diagnosis", "invasive_breast_cancer")], ["men", "first-visit-after-diagnosis"]),
        ([fact("pregnancy", "pregnant"), fact("diagnosis", "invasive_breast_cancer")], ["fertility-and-pregnancy"]),
        ([fact("surgery", "mastectomy", assertion=Assertion.PLANNED)], ["before-breast-surgery"]),
        ([fact("drug", "paclitaxel", assertion=Assertion.PLANNED)], ["before-chemotherapy"]),
        ([fact("drug", "tamoxifen", details={"status": "current"})], ["hormone-therapy"]),
        ([fact("histology", "inflammatory")], ["inflammatory-or-locally-advanced"]),
    ],
)
def test_the_list_is_that_of_the_situation(facts: list, lists: list[str]) -> None:  # type: ignore[type-arg]
    assert list(situation.fitting(facts_of([paper("one.pdf", *facts)])))[: len(lists)] == lists


@pytest.mark.parametrize(
    "facts",
    [
        [],
        [fact("metastasis.site", "brain", assertion=Assertion.ABSENT)],
        [fact("drug", "tamoxifen", assertion=Assertion.HYPOTHETICAL)],
        [fact("surgery", "mastectomy", assertion=Assertion.FAMILY)],
        [fact("drug", "tamoxifen", details={"start": "2012", "stop": "2017"})],
        [fact("pregnancy", "not_pregnant")],
    ],
)
def test_what_is_not_said_of_the_person_chooses_no_list(facts: list) -> None:  # type: ignore[type-arg]
    assert situation.fitting(facts_of([paper("one.pdf", *facts)])) == ()


def test_receptors_are_not_inferred_from_a_drug_or_from_a_part() -> None:
    assert "her2-targeted-therapy" not in situation.fitting(facts_of([paper("a", fact("drug", "trastuzumab"))]))
    two = paper("a", fact("er.status", "negative"), fact("pr.status", "negative"))
    assert "triple-negative" not in situation.fitting(facts_of([two]))


def test_every_list_of_the_table_exists() -> None:
    held = {list_.id for list_ in visits.load(data())}
    assert {row.list for row in situation.table()} <= held


def test_what_the_papers_answer_is_not_asked_and_what_they_disagree_on_is() -> None:
    man = [fact("sex", "male"), fact("diagnosis", "invasive_breast_cancer")]
    gene = "Is a gene test for BRCA1 and BRCA2 right for me and my family?"
    without, with_ = gathered([paper("a", *man)]), gathered([paper("a", *man, fact("gene.BRCA2.germline", "vus"))])
    assert gene in [each.text for each in without.items]
    assert gene not in [each.text for each in with_.items]
    pending = gathered([paper("a", *man, fact("gene.BRCA2.germline", "pending"))])
    assert gene in [each.text for each in pending.items]
    said = [paper("a", fact("grade", 2), type="pathology"), paper("b", fact("grade", 3), type="pathology")]
    question = "What grade is my cancer, and how does that change my treatment choices?"
    assert settled(question, facts_of(said[:1]))
    assert not settled(question, facts_of(said))


def test_each_row_of_what_is_settled_is_a_question_of_a_list() -> None:
    every = [q.text for list_ in visits.load(data()) for group in list_.groups for q in group.questions]
    for row in settled_rows():
        assert any(re.search(row.says, text) for text in every), row.says


def ask(id_: str) -> Claim:
    return Claim(
        id=id_,
        text=f"What about {id_}?",
        facet=Facet.QUESTION_TO_ASK,
        certainty=Certainty.ESTABLISHED,
        citations=(),
        origin="starter",
    )


def test_a_kept_answer_gives_what_it_left_open_and_what_it_says_to_ask() -> None:
    personal = Personal(
        profile="me",
        made=TODAY,
        fittings=(Fitting(claim="others.only", applies=Applies.DOES_NOT_APPLY),),
        gaps=(gap("since.found", "ecog"), gap("still.open", "menopause")),
    )
    answer = Answer(
        id="a1",
        question=Question(text="Can I have pills?", parts=("Can I have pills?",)),
        title="Pills",
        date=TODAY,
        triage=Triage(class_=TriageClass.ORDINARY),
        sections=(Section(title="Ask", claims=(ask("mine"), ask("others.only"))),),
        sources=(),
        left_out=(),
        verdicts=(),
        notice="",
        snapshot=Snapshot(library="", starter="", settings="", navaid=""),
        unanswered=("how long do I take them",),
        personal=personal,
    )
    found = gathered([paper("a", fact("ecog", 1))], gaps=[], answers=[answer])
    assert [(each.origin, each.text) for each in found.items] == [
        (Origin.GAP, "What is still.open?"),
        (Origin.ANSWER, "how long do I take them?"),
        (Origin.ANSWER, "What about mine?"),
    ]


# --------------------------------------------------------------------------- what the person changes


def plan_of(*numbers: int) -> VisitPlan:
    return VisitPlan(profile="me", made=TODAY, items=tuple(item(number) for number in numbers))


def found_of(*numbers: int) -> object:
    return msgspec.structs.replace(gathered((), gaps=[]), items=tuple(item(number) for number in numbers))


def ids(made: VisitPlan) -> list[str]:
    return [each.id for each in made.items]


def test_prepared_again_it_keeps_what_the_person_changed() -> None:
    mine = plan.add(plan_of(1, 2, 3), "Can I fly?")
    mine = plan.drop(mine, 3)  # question 2
    mine = plan.edit(mine, 2, "In my own words?")  # question 1
    mine = plan.note(plan.done(mine, 3), "ask about  the scan")
    new = plan.again(mine, dt.date(2026, 3, 2), found_of(4, 1, 2, 3))  # type: ignore[arg-type]
    assert ids(new)[0].startswith("own.")
    assert ids(new)[1:] == ["gap.4", "gap.1", "gap.3"]
    assert [each.text for each in new.items if each.id == "gap.1"] == ["In my own words?"]
    assert [each.done for each in new.items if each.id == "gap.3"] == [True]
    assert (new.note, new.made) == ("ask about the scan", dt.date(2026, 3, 2))


def test_the_persons_order_stays_and_new_questions_come_where_they_belong() -> None:
    mine = plan.move(plan_of(1, 2, 3), 3, 1)
    assert ids(mine) == ["gap.3", "gap.1", "gap.2"]
    new = plan.again(mine, TODAY, found_of(1, 9, 2, 3, 8))  # type: ignore[arg-type]
    assert ids(new) == ["gap.3", "gap.8", "gap.1", "gap.9", "gap.2"]


def test_what_nothing_asks_for_any_more_goes_unless_it_is_the_persons() -> None:
    mine = plan.edit(plan_of(1, 2, 3), 2, "Mine now?")
    assert ids(plan.again(mine, TODAY, found_of(3))) == ["gap.3", "gap.2"]  # type: ignore[arg-type]


def test_a_plan_is_the_same_after_it_was_kept() -> None:
    made = plan.note(plan.add(planned(METASTATIC), "Wie geht es weiter? 🎗"), "x")
    assert decode(encode(made), VisitPlan) == made


@pytest.mark.parametrize("number", [0, 4, -1, 10**9])
def test_a_number_that_is_not_there_is_said(number: int) -> None:
    for change in (plan.drop, plan.done):
        with pytest.raises(BadInput, match="no question has the number"):
            change(plan_of(1, 2, 3), number)
    with pytest.raises(BadInput):
        plan.move(plan_of(1, 2, 3), 1, number)
    with pytest.raises(BadInput):
        plan.edit(plan_of(1, 2, 3), number, "x")


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 301])
def test_a_question_is_neither_empty_nor_endless(text: str) -> None:
    with pytest.raises(BadInput):
        plan.add(plan_of(1), text)


def test_the_same_question_is_not_added_twice_and_can_come_back() -> None:
    mine = plan.add(plan_of(1), "Can I fly?")
    with pytest.raises(BadInput, match="already"):
        plan.add(mine, "can I  FLY?")
    assert plan.add(plan.drop(mine, 1), "Can I fly?").items[0].text == "Can I fly?"
