"""One question, through every room, to a page."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from navaid import journeys
from navaid.answers.render import FORMATS, render
from navaid.errors import BadInput
from navaid.library import Library
from navaid.terms import Answer, Facet, TriageClass

FIRST = "How does CAR-T cell therapy work for breast cancer?"
ROOT = Path(__file__).parents[2]


def titles(answer: Answer) -> list[str]:
    return [section.title for section in answer.sections]


def test_the_first_question_gets_a_whole_page(embedded: Library) -> None:
    answer = journeys.ask(embedded, FIRST)
    assert titles(answer)[:2] == ["In short", "How it works"]
    assert len(answer.claims) >= 30
    steps = [claim.step for claim in answer.claims if claim.step]
    assert list(dict.fromkeys(steps)) == ["Collection", "Engineering", "Growing", "Infusion"]
    for wanted in ("HER2-positive", "triple-negative"):
        assert any(wanted in title for title in titles(answer)), wanted
    assert answer.grade is not None
    assert answer.grade <= 9


def test_every_sentence_has_a_source_in_the_list_and_a_passed_verdict(embedded: Library) -> None:
    answer = journeys.ask(embedded, FIRST)
    listed = {source.document for source in answer.sources}
    passed = {verdict.claim for verdict in answer.verdicts if verdict.passed}
    for claim in (*answer.corrections, *answer.claims):
        assert claim.citations
        assert {citation.document for citation in claim.citations} <= listed
        assert claim.id in passed
    assert [source.number for source in answer.sources] == list(range(1, len(answer.sources) + 1))


def test_an_answer_is_the_same_today_and_again(embedded: Library) -> None:
    assert journeys.ask(embedded, FIRST) == journeys.ask(embedded, FIRST)


def test_a_narrow_question_gets_a_narrow_page_led_by_what_was_asked(embedded: Library) -> None:
    whole, narrow = journeys.ask(embedded, FIRST), journeys.ask(embedded, "What are the risks of CAR-T?")
    assert titles(narrow)[1] == "Risks and side effects"
    assert len(narrow.claims) < len(whole.claims)
    risks = [claim for claim in narrow.claims if claim.facet is Facet.RISK]
    assert any("cytokine release" in claim.text.lower() for claim in risks)


@pytest.mark.parametrize("spelling", ["CAR T cells", "CART therapy", "chimeric antigen receptor T cells", "car-t"])
def test_every_spelling_finds_the_same_topic(embedded: Library, spelling: str) -> None:
    answer = journeys.ask(embedded, f"what is {spelling}")
    assert any(claim.id == "car-t.what" for claim in answer.claims)


def test_a_false_premise_is_corrected_before_all_else(embedded: Library) -> None:
    answer = journeys.ask(embedded, "Since CAR-T is approved for breast cancer, where can I get it?")
    assert answer.corrections
    assert any("not approved" in claim.text for claim in answer.corrections)


def test_a_plain_question_is_not_corrected(embedded: Library) -> None:
    assert not journeys.ask(embedded, FIRST).corrections


def test_what_is_not_known_is_said_to_be_not_known(embedded: Library) -> None:
    answer = journeys.ask(embedded, "does zolvatinib cure breast cancer")
    assert answer.unanswered
    assert not answer.sections
    assert "zolvatinib" in answer.ask


def test_one_persons_prognosis_is_not_given(embedded: Library) -> None:
    answer = journeys.ask(embedded, "will I be alive in five years with triple-negative breast cancer?")
    assert answer.triage.class_ is TriageClass.PERSONAL_PROGNOSIS
    assert answer.unanswered
    assert {claim.facet for claim in answer.claims} <= {Facet.QUESTION_TO_ASK, Facet.LEARN_MORE}


def test_an_emergency_is_answered_first_and_the_rest_still_follows(embedded: Library) -> None:
    answer = journeys.ask(
        embedded, "I had CAR-T last week, my fever is 39 and I am confused. What is cytokine release?"
    )
    assert answer.triage.class_ is TriageClass.EMERGENCY_NOW
    assert answer.triage.message
    assert answer.sections


def test_a_page_is_quoted_word_for_word_with_its_place(with_page: Library) -> None:
    answer = journeys.ask(with_page, "What happens in a sentinel node biopsy and what are the risks?")
    quotes = [claim for claim in answer.claims if claim.origin == "quote"]
    assert quotes
    document = with_page.document("URL:https://example.org/sentinel")
    assert document is not None
    for claim in quotes:
        (citation,) = claim.citations
        assert citation.start is not None
        assert document.text[citation.start : citation.end] == citation.quote
    assert any("swelling of the arm; numbness near the scar; infection of the wound" in c.text for c in quotes)


def test_words_that_address_a_program_are_not_quoted(with_page: Library) -> None:
    answer = journeys.ask(with_page, "is a sentinel node biopsy free of any risk")
    assert not any("previous instructions" in claim.text for claim in (*answer.claims, *answer.nearest))


def test_two_things_weighed_become_a_table(embedded: Library) -> None:
    answer = journeys.ask(embedded, "CAR-T or TIL therapy, what is the difference?")
    tables = [section for section in answer.sections if section.rows]
    assert len(tables) == 1
    assert len(tables[0].columns) == 2
    shown = {claim.id for claim in tables[0].claims}
    assert {claim for row in tables[0].rows for cell in row.cells for claim in cell} == shown


def test_a_removed_page_is_quoted_no_more(with_page: Library) -> None:
    with_page.remove("URL:https://example.org/sentinel")
    with_page.index()
    answer = journeys.ask(with_page, "What happens in a sentinel node biopsy?")
    assert not any(claim.citations[0].document.startswith("URL:https://example.org") for claim in answer.claims)


def test_a_question_in_another_language_is_told_so(embedded: Library) -> None:
    asked = "¿Cómo funciona la terapia con células CAR-T contra el cáncer de mama?"
    assert "does not look like English" in journeys.ask(embedded, asked).notice
    assert "does not look like English" not in journeys.ask(embedded, FIRST).notice


@pytest.mark.parametrize("format", FORMATS)
def test_every_rendering_of_a_real_answer_names_its_sources(embedded: Library, format: str) -> None:
    answer = journeys.ask(embedded, FIRST)
    page = render(answer, format)
    assert "National Cancer Institute" in page


@pytest.mark.parametrize(
    "question",
    ["¿Cómo funciona la terapia CAR-T?", "HER2 " * 300, "what is \x1b[31mCAR-T\x07", "CAR‑T — «тест» 治疗", "a"],
)
def test_odd_questions_get_an_answer_or_one_clear_refusal(embedded: Library, question: str) -> None:
    answer = journeys.ask(embedded, question)
    assert "\x1b" not in answer.question.text
    assert answer.sections or answer.unanswered


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=120))
def test_no_text_breaks_the_journey(embedded: Library, text: str) -> None:
    try:
        answer = journeys.ask(embedded, text)
    except BadInput:
        return
    assert all(claim.citations for claim in answer.claims)


def test_facts_that_answers_must_hold_stay_in_them(embedded: Library) -> None:
    """The floor under benchmarks/answers.py: what the embedded library covered must stay covered."""
    from benchmarks.answers import score

    rows = yaml.safe_load((ROOT / "benchmarks/questions/answers.yaml").read_text(encoding="utf-8"))
    own = [row for row in rows if row["library"] == "starter"]
    scores = [score(row, journeys.ask(embedded, row["question"]), embedded) for row in own]
    asked = [one for one in scores if not one.wanted_abstention]
    covered = sum(one.covered for one in asked) / sum(one.asked for one in asked)
    assert covered >= 0.7, [(one.id, one.missing) for one in asked]
    assert not [one.said_falsely for one in scores if one.said_falsely]
    assert not sum(one.invalid_quotes for one in scores)
