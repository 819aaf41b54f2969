"""The page that all formats share: numbering, steps, tables, what is said beside a sentence."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from test_render_samples import ABSTAINING, COMPARISON, ORDINARY, SAMPLES, cite, claim

from navaid.answers.render import FORMATS, render
from navaid.answers.render.layout import lay_out
from navaid.answers.render.page import Checklist, Page, Prose, Sentence, Steps, Table
from navaid.answers.render.words import words
from navaid.errors import BadInput
from navaid.terms import Answer, Certainty, Citation, Row, Section, TriageClass, Verdict


def sentences(page: Page) -> list[Sentence]:
    """Every sentence of a page, in reading order, tables and steps included."""
    found: list[Sentence] = []
    for part in ((page.corrections,) if page.corrections else ()) + page.parts:
        for block in part.blocks:
            if isinstance(block, Steps):
                found += [sentence for step in block.steps for sentence in step.sentences]
            elif isinstance(block, Table):
                found += [said for row in block.rows for cell in row.cells for said in cell]
            else:
                found += block.sentences
    return found


def only_section(*claims: object, **more: object) -> Answer:
    section = Section(title="Part", claims=claims, **more)
    return msgspec.structs.replace(ORDINARY, sections=(section,), corrections=())


@pytest.mark.parametrize("answer", SAMPLES.values(), ids=SAMPLES)
def test_every_claim_is_shown_once_and_reaches_its_numbered_sources(answer: Answer) -> None:
    page = lay_out(answer)
    shown = {sentence.text.strip("“”"): sentence for sentence in sentences(page)}
    for given in answer.corrections + answer.claims + answer.nearest:
        cited = shown[given.text].cited
        assert [one.source.title for one in cited] == [
            next(source.title for source in answer.sources if source.document == citation.document)
            for citation in given.citations
        ]
        assert {one.source for one in cited} <= set(page.sources)
    expected = len(answer.corrections + answer.claims + answer.nearest) + bool(answer.ask)
    assert len(sentences(page)) == expected


def test_a_source_that_the_answer_forgot_is_listed_and_said_to_be_so() -> None:
    answer = only_section(claim("x", "A sentence.", Citation(document="PMID:404", locator="Abstract")))
    page = lay_out(answer)
    assert page.sources[-1].number == 4
    assert page.sources[-1].title == "PMID:404"
    assert page.sources[-1].facts == words().source.unlisted
    assert sentences(page)[0].numbers == "4"


def test_steps_are_numbered_through_a_section_and_neighbours_share_one() -> None:
    answer = only_section(
        claim("a", "One.", cite(1), step="Begin"),
        claim("b", "Two.", cite(1), step="Begin"),
        claim("c", "Between.", cite(1)),
        claim("d", "Three.", cite(1), step="End"),
    )
    first, between, last = lay_out(answer).parts[0].blocks
    assert isinstance(first, Steps)
    assert isinstance(between, Prose)
    assert isinstance(last, Steps)
    assert [(step.number, step.name, len(step.sentences)) for step in first.steps] == [(1, "Begin", 2)]
    assert [(step.number, step.name) for step in last.steps] == [(2, "End")]


def test_questions_become_a_checklist() -> None:
    blocks = lay_out(ORDINARY).parts[3].blocks
    assert [type(block) for block in blocks] == [Checklist]
    assert len(blocks[0].sentences) == 2


def test_a_table_keeps_cells_without_a_column_and_claims_without_a_cell() -> None:
    answer = only_section(
        claim("a", "One.", cite(1)),
        claim("b", "Two.", cite(1)),
        claim("c", "Three.", cite(1)),
        columns=("Only column",),
        rows=(Row(title="r", cells=(("lantern.a",), ("lantern.b", "no such id"))), Row(title="s", cells=())),
    )
    table, rest = lay_out(answer).parts[0].blocks
    assert isinstance(table, Table)
    assert table.columns == ("Only column", "")
    assert [[len(cell) for cell in row.cells] for row in table.rows] == [[1, 1], [0, 0]]
    assert [sentence.text for sentence in rest.sentences] == ["Three."]


def test_certainty_is_said_in_words_unless_established() -> None:
    said = {
        certainty: sentences(lay_out(only_section(claim("x", "X.", cite(1), certainty=certainty))))[0].standing
        for certainty in Certainty
    }
    assert said[Certainty.ESTABLISHED] == ()
    assert said[Certainty.EARLY] == ("early evidence",)
    assert said[Certainty.DISPUTED] == ("experts disagree",)
    assert said[Certainty.UNKNOWN] == ("not known",)


def test_a_failed_verdict_is_said_but_not_of_the_quote_that_replaced_the_sentence() -> None:
    failed = (Verdict(claim="lantern.x", passed=False, checks=("numbers",), reason="12 became 21"),)
    ours = only_section(claim("x", "X.", cite(1)))
    quote = only_section(claim("x", "X.", cite(1, "X."), origin="quote"))
    flagged, kept = (
        sentences(lay_out(msgspec.structs.replace(answer, verdicts=failed)))[0] for answer in (ours, quote)
    )
    assert flagged.standing == (words().sentence.not_passed,)
    assert kept.standing == ()
    assert kept.text == "“X.”"


def test_a_missing_quote_says_whether_the_text_is_held() -> None:
    not_held, held = (sentences(lay_out(only_section(claim("x", "X.", cite(number)))))[0].cited[0] for number in (2, 3))
    assert not_held.why_no_quote == words().citation.not_held
    assert held.why_no_quote == words().citation.not_tied
    assert not_held.checked == "Checked on 20 November 2026"


def test_an_answer_that_lacks_a_part_says_so_near_its_top() -> None:
    assert lay_out(ORDINARY).part_missing == ""
    assert lay_out(ABSTAINING).part_missing == ""
    partly = msgspec.structs.replace(ORDINARY, unanswered=("and what does it cost",))
    assert words().parts.unanswered in lay_out(partly).part_missing


def test_the_triage_message_is_first_in_every_written_format() -> None:
    for format in ("terminal", "markdown", "html"):
        text = render(COMPARISON, format)
        assert -1 < text.index("Call your emergency number now.") < text.rindex(COMPARISON.title)


def test_corrections_stand_before_every_section() -> None:
    for format in ("terminal", "markdown", "html"):
        text = " ".join(render(ORDINARY, format).split())
        assert text.index("No lantern therapy is approved") < text.index("Lantern therapy teaches")


def test_grades_and_dates_in_words() -> None:
    label = words()
    assert label.grade(5.2) == "Easy to read: about US school grade 5."
    assert label.grade(-3) == "Easy to read: about US school grade 1."
    assert label.grade(12.4) == "Harder to read: about US school grade 12."
    assert label.grade(400).startswith("Hard to read")
    assert label.date(dt.date(2026, 1, 5)) == "5 January 2026"


def test_labels_carry_no_word_of_the_subject() -> None:
    text = " ".join(_labels(msgspec.to_builtins(words()))).lower()
    assert "source" in text
    for word in ("cancer", "breast", "tumor", "tumour", "chemo", "drug", "dose", "treatment"):
        assert word not in text


def _labels(part: object) -> list[str]:
    if isinstance(part, dict):
        part = list(part.values())
    if isinstance(part, list | tuple):
        return [label for item in part for label in _labels(item)]
    return [str(part)]


def test_an_unknown_format_is_refused_with_the_ones_there_are() -> None:
    with pytest.raises(BadInput, match="'pdf'") as caught:
        render(ORDINARY, "pdf")
    assert all(format in caught.value.fix for format in FORMATS)


@pytest.mark.parametrize("format", [one for one in FORMATS if one != "json"])
def test_beside_the_help_after_words_of_despair_stands_nothing_that_may_hurt(format: str) -> None:
    despair = msgspec.structs.replace(
        ORDINARY.triage, class_=TriageClass.CRISIS, message="Call someone now.", citations=(cite(1),)
    )
    answer = msgspec.structs.replace(ORDINARY, triage=despair)
    shown = " ".join(render(answer, format).split())
    assert "Call someone now." in shown
    assert words().top.held_back.split(",")[0] in shown
    for given in (*answer.corrections, *answer.claims):
        assert given.text not in shown
