"""Two people ask the same and get pages that differ by what their papers say, and both can see why."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from two_people import NO_HER2, PEOPLE, TODAY, asked, readings

from navaid import journeys
from navaid.answers import fixed
from navaid.answers.render import FORMATS, from_json, render, to_json
from navaid.answers.render.layout import lay_out
from navaid.answers.render.mine import label_of, mostly_others
from navaid.answers.render.words import words
from navaid.library import Library
from navaid.terms import Answer, Applies, Facet, Fitting, TriageClass

CAR_T = "How does CAR-T work for breast cancer?"


@pytest.fixture(scope="module")
def pages(embedded: Library, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answer]:
    folder = tmp_path_factory.mktemp("papers")
    return {name: asked(embedded, CAR_T, name, readings(name, folder)) for name in PEOPLE}


def own(answer: Answer) -> dict[str, Applies]:
    assert answer.personal is not None
    return {one.claim: one.applies for one in answer.personal.fittings}


def titles(answer: Answer) -> list[str]:
    return [section.title for section in answer.sections]


def test_each_gets_the_section_of_her_own_subtype_and_no_other(pages: dict[str, Answer]) -> None:
    anna = [title for title in titles(pages["Anna"]) if title.startswith("Where it stands: ")]
    berta = [title for title in titles(pages["Berta"]) if title.startswith("Where it stands: ")]
    assert set(anna) == {"Where it stands: hormone receptor-positive", "Where it stands: HER2-low"}
    assert berta == ["Where it stands: triple-negative breast cancer"]


def test_what_is_hers_is_folded_for_the_other(pages: dict[str, Answer]) -> None:
    anna, berta = pages["Anna"].personal, pages["Berta"].personal
    assert anna
    assert berta
    assert "car-t.tn-status" in {claim.id for claim in anna.folded}
    assert own(pages["Berta"])["car-t.tn-status"] is Applies.APPLIES
    low = {claim.id for claim in pages["Anna"].claims if claim.applies.subtypes == ("her2_low",)}
    assert low
    assert low <= {claim.id for claim in berta.folded}


def test_each_can_see_why_in_the_words_of_her_paper(pages: dict[str, Answer]) -> None:
    for name, quoted, day in (("Anna", "HER2 by IHC: 1+", "3 March 2026"), ("Berta", "Stage: IA", "12 April 2026")):
        personal = pages[name].personal
        assert personal
        assert any(quoted in fact and day in fact for fact in personal.because), personal.because
        for claim in personal.folded:
            fitting = personal.of(claim.id)
            assert fitting is not None
            assert fitting.applies is Applies.DOES_NOT_APPLY
            assert fitting.population
            assert any(day in reason and "“" in reason for reason in fitting.reasons), fitting


def test_nothing_is_lost_from_a_page_for_everybody(embedded: Library, pages: dict[str, Answer]) -> None:
    general = journeys.ask(embedded, CAR_T, today=TODAY)
    for answer in pages.values():
        assert answer.personal
        folded = {claim.id for claim in answer.personal.folded}
        about_others = {id_ for id_, how in own(answer).items() if how is Applies.DOES_NOT_APPLY}
        assert folded == about_others
        assert folded <= {claim.id for claim in general.claims}
        assert not folded & {claim.id for claim in answer.claims}


def test_every_sentence_shown_or_folded_has_its_fitting_verdict_and_sources(pages: dict[str, Answer]) -> None:
    for answer in pages.values():
        personal = answer.personal
        assert personal
        passed = {verdict.claim for verdict in answer.verdicts if verdict.passed}
        listed = {source.document for source in answer.sources}
        beside = [claim for gap in personal.gaps for claim in gap.why]
        for claim in (*answer.claims, *personal.folded):
            assert personal.of(claim.id) is not None
        for claim in (*answer.claims, *personal.folded, *beside):
            assert claim.id in passed
            assert {citation.document for citation in claim.citations} <= listed
        assert [source.number for source in answer.sources] == list(range(1, len(answer.sources) + 1))


def test_in_a_section_what_applies_comes_first_and_what_may_apply_last(pages: dict[str, Answer]) -> None:
    order = {Applies.APPLIES: 0, Applies.GENERAL: 1, Applies.MAY_APPLY: 2}
    seen = set()
    for answer in pages.values():
        for section in answer.sections[1:]:  # "In short" begins with what answers best
            here = [order[own(answer)[claim.id]] for claim in section.claims if not claim.step]
            assert here == sorted(here), section.title
            seen |= set(here)
    assert seen == {0, 1, 2}


def test_the_stages_of_a_process_keep_their_order(embedded: Library, pages: dict[str, Answer]) -> None:
    def steps(answer: Answer) -> list[str | None]:
        return [claim.step for claim in answer.claims if claim.step]

    general = steps(journeys.ask(embedded, CAR_T, today=TODAY))
    assert general
    assert all(steps(answer) == general for answer in pages.values())


def test_what_is_not_known_is_said_with_the_question_to_ask(pages: dict[str, Answer]) -> None:
    assert "HER2" not in NO_HER2
    personal = pages["Carla"].personal
    assert personal
    her2 = [gap for gap in personal.gaps if gap.concept.startswith("her2")]
    assert her2
    assert "HER2" in her2[0].ask
    hanging = {claim for gap in her2 for claim in gap.claims}
    assert hanging
    assert all(own(pages["Carla"])[claim] is Applies.MAY_APPLY for claim in hanging)


def test_a_page_that_is_mostly_about_others_says_so_and_shows_it(embedded: Library, tmp_path: Path) -> None:
    text = "Is pembrolizumab approved for triple-negative breast cancer that has spread?"
    answer = asked(embedded, text, "Anna", readings("Anna", tmp_path))
    page = lay_out(answer)
    assert page.mine
    assert page.mine.open
    assert answer.personal
    assert any(how is Applies.GENERAL for how in own(answer).values())
    assert page.mine.note in render(answer, "terminal", width=4000)
    html = render(answer, "html")
    assert '<details class="fold others" id="others" open>' in html
    assert html.index("Most of what was found") < html.index("<h2")


def test_no_question_on_something_else_fills_a_place_that_was_left(embedded: Library, tmp_path: Path) -> None:
    text = "Is pembrolizumab approved for triple-negative breast cancer that has spread?"
    general = {claim.id for claim in journeys.ask(embedded, text, today=TODAY).claims}
    answer = asked(embedded, text, "Anna", readings("Anna", tmp_path))
    for claim in answer.claims:
        if claim.facet is Facet.QUESTION_TO_ASK and claim.id not in general:
            assert own(answer)[claim.id] is Applies.APPLIES


def test_what_must_come_first_and_corrections_stay(embedded: Library, tmp_path: Path) -> None:
    read = readings("Berta", tmp_path)
    urgent = asked(embedded, "I have crushing chest pain and cannot breathe after chemo", "Berta", read)
    assert urgent.triage.class_ is TriageClass.EMERGENCY_NOW
    assert urgent.triage == journeys.ask(embedded, urgent.question.text, today=TODAY).triage
    believed = "Does sugar feed cancer so I should stop eating it?"
    mine, general = asked(embedded, believed, "Berta", read), journeys.ask(embedded, believed, today=TODAY)
    assert general.corrections
    assert mine.corrections == general.corrections


def test_a_personal_answer_comes_back_equal_and_is_shown_in_every_format(pages: dict[str, Answer]) -> None:
    for name, answer in pages.items():
        assert from_json(to_json(answer)) == answer
        assert answer.personal
        for format in FORMATS:
            text = " ".join(render(answer, format, width=4000).split())
            assert name in text
            for claim in answer.personal.folded:
                assert _first_words(claim.text) in text, format
    html = render(pages["Anna"], "html")
    assert "applies to you" in html
    assert html.index("stays on this machine") < html.index("<h2")


def _first_words(text: str) -> str:
    """The beginning of a sentence, up to a sign that a format writes in its own way."""
    words = []
    for word in text.split():
        if not word.replace("-", "").isalpha():
            break
        words.append(word)
    return " ".join(words)


def test_in_spanish_its_labels_and_notice_are_spanish(pages: dict[str, Answer]) -> None:
    page = fixed.page(pages["Carla"], "es")
    assert page.notice.startswith("Navaid informa.")
    assert "De su caso solo conoce lo que pudo leer" in page.notice
    shown = " ".join(render(page, "terminal", width=4000).split())
    assert "Esta página se hizo para Carla" in shown
    assert "Lo que todavía no se sabe" in shown
    assert "applies to you" not in shown
    assert "does not know your case" not in pages["Carla"].notice


def test_a_label_names_what_is_open_as_exactly_as_the_reason_does() -> None:
    open_ = Fitting(
        claim="lantern.after",
        applies=Applies.MAY_APPLY,
        population="people who had lanterns",
        reasons=("Your papers do not say: kind of treatment (chemotherapy).",),
        concepts=("drug_class", "her2.status"),
    )
    assert label_of(open_, words(), Facet.RISK) == "may apply to you; not known: chemotherapy, HER2"
    assert label_of(replace(open_, concepts=()), words(), Facet.RISK) == "may apply to you"
    assert label_of(replace(open_, applies=Applies.APPLIES), words(), Facet.RISK) == "applies to you"
    assert label_of(replace(open_, applies=Applies.APPLIES), words(), Facet.EVIDENCE) == "studied in people like you"
    assert label_of(replace(open_, applies=Applies.GENERAL), words(), Facet.RISK) == ""
    assert (
        label_of(replace(open_, applies=Applies.DOES_NOT_APPLY), words(), Facet.RISK)
        == "about others: people who had lanterns"
    )


def test_without_a_profile_nothing_is_personal(embedded: Library) -> None:
    answer = journeys.ask(embedded, CAR_T, today=TODAY)
    assert answer.personal is None
    for format in FORMATS[:-1]:
        assert "applies to you" not in render(answer, format)


def test_questions_to_ask_are_never_the_reason_to_open_what_is_folded(pages: dict[str, Answer]) -> None:
    for answer in pages.values():
        assert any(claim.facet is Facet.QUESTION_TO_ASK for claim in answer.claims)
        assert not mostly_others(answer)
