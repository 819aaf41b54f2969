"""What a question is taken to ask."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from navaid import vocabulary
from navaid.answers import facets, plan
from navaid.answers.asked import other_cancer, too_general, unknown_names
from navaid.errors import BadInput
from navaid.library.understand import without_chatter
from navaid.terms import Facet


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        ("How does CAR-T cell therapy work for breast cancer?", Facet.HOW_IT_WORKS),
        ("what are the side effects of tamoxifen", Facet.RISK),
        ("is car-t approved for her2 positive breast cancer", Facet.STATUS),
        ("who pays for genetic testing and what does it cost", Facet.COST_AND_ACCESS),
        ("why is car-t hard in solid tumors", Facet.OBSTACLE),
        ("what should i ask my surgeon", Facet.QUESTION_TO_ASK),
    ],
)
def test_the_facet_that_is_asked_for_leads(text: str, facet: Facet) -> None:
    assert facet in facets.asked(text)


def test_how_it_works_is_not_whether_it_works() -> None:
    assert Facet.BENEFIT not in facets.asked("How does chemotherapy work?")
    assert Facet.BENEFIT in facets.asked("Does chemotherapy work for stage 4?")


def test_several_questions_in_one_are_told_apart() -> None:
    asked = plan.plan("What is DCIS? Do I need surgery, and how long does it take to heal?")
    assert asked.parts == ("What is DCIS?", "Do I need surgery", "how long does it take to heal?")


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("lumpectomy or mastectomy?", ("lumpectomy", "mastectomy")),
        ("what is the difference between CAR-T and TIL therapy", ("car_t", "til_therapy")),
        ("letrozole vs anastrozole, which is better", ("letrozole", "anastrozole")),
        ("I have dense breasts, do I need an ultrasound or an MRI as well", ()),
        ("I had a lumpectomy and radiation", ()),
    ],
)
def test_what_is_weighed_is_compared_and_nothing_else(text: str, compared: tuple[str, ...]) -> None:
    assert plan.plan(text).compared == compared


@pytest.mark.parametrize("empty", ["", "   ", "\x00\x07", "?!...", "12 34", "\u200b"])
def test_a_question_without_words_is_refused_with_a_remedy(empty: str) -> None:
    with pytest.raises(BadInput, match="no words") as caught:
        plan.plan(empty)
    assert caught.value.fix


def test_a_question_of_100_kb_is_refused_in_one_message() -> None:
    with pytest.raises(BadInput, match="at most"):
        plan.plan("tamoxifen " * 10_000)


@given(st.text(max_size=300))
def test_any_text_is_planned_or_refused(text: str) -> None:
    try:
        asked = plan.plan(text)
    except BadInput:
        return
    assert asked.parts
    assert all(part.strip() for part in asked.parts)


def test_words_around_a_question_are_not_searched_for() -> None:
    assert without_chatter("hi, my sister said tamoxifen causes cataracts, thanks") == "my tamoxifen causes cataracts"


def test_a_name_that_looks_like_a_drug_is_noticed() -> None:
    assert unknown_names("does zolvatinib cure cancer") == ["zolvatinib"]
    assert unknown_names("is MammaClear better than a mammogram") == ["MammaClear"]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Childhood Hodgkin Lymphoma Treatment", True),
        ("Hepatoblastoma", True),
        ("Ductal Carcinoma in Situ", False),
        ("Lobular Carcinoma in Situ", False),
        ("Genetics of Breast and Gynecologic Cancers", False),
        ("Chemotherapy to Treat Cancer", False),
    ],
)
def test_pages_on_other_cancers_are_known_by_their_title(title: str, found: bool) -> None:
    assert bool(other_cancer(title)) is found


def test_what_is_too_general_is_in_the_vocabulary() -> None:
    assert {vocabulary.concept(id_).id for id_ in too_general()} == too_general()
