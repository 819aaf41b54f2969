"""What holds for any text: exact spans, no overlap, no error; and that time grows with the text."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from navaid.vocabulary import find, vocabulary

FORMS = [form for item in vocabulary().concepts.values() for form in (item.name, *item.forms)]
WRITTEN = st.lists(
    st.one_of(
        st.sampled_from(FORMS),
        st.sampled_from(["İ", "ß", "ﬁ", "-", "+", "(", "her", "2", "car", "t", "\n"]),
        st.text(max_size=8),
    ),
    max_size=12,
).map(" ".join)


def check(text: str, typos: bool) -> None:
    end = 0
    for mention in find(text, typos=typos):
        assert text[mention.start : mention.end] == mention.text != ""
        assert mention.start >= end
        assert mention.concept in vocabulary().concepts
        end = mention.end


@given(st.one_of(st.text(), WRITTEN), st.booleans())
@settings(max_examples=400, deadline=None)
def test_spans_are_exact_and_do_not_overlap(text: str, typos: bool) -> None:
    check(text, typos)


@given(st.sampled_from(FORMS), st.sampled_from(["{}", "What is {}?", "({})", "{}, please", "«{}»"]))
@settings(deadline=None)
def test_a_form_is_found_inside_a_sentence(form: str, frame: str) -> None:
    assert form in [mention.text for mention in find(frame.format(form), typos=False)]


@given(st.sampled_from(FORMS))
@settings(deadline=None)
def test_capitals_are_no_obstacle_to_longer_forms(form: str) -> None:
    if len(form) > 4 and form.upper().lower() == form.lower():
        assert [m.concept for m in find(form.upper(), typos=False)] == [m.concept for m in find(form, typos=False)]


def seconds(text: str, typos: bool = False) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        find(text, typos=typos)
        best = min(best, time.perf_counter() - start)
    return best


def test_time_grows_with_the_text() -> None:
    paragraph = "She had HER2-positive metastatic breast cancer and took T-DXd, her two sisters did not. " * 1000
    once, eight_times = seconds(paragraph), seconds(paragraph * 8)
    assert eight_times < 32 * once  # linear is 8, with room for a busy machine; a quadratic cost would be 64
    assert len(paragraph) * 8 / eight_times > 300_000  # characters a second; several million when nothing else runs


def test_a_question_is_answered_at_once() -> None:
    question = (
        "my mother was dignosed with stage three invasive lobular carcinoma, estrogen receptor positive and "
        "her2 negative, she has finished chemotherapy and wonders wether tamoxifen or letrozole is safer"
    )
    find("warm up trastuzamab")
    assert seconds(question, typos=True) < 0.02  # 0.2 ms when nothing else runs


def test_the_vocabulary_loads_at_once() -> None:
    start = time.process_time()
    vocabulary.__wrapped__()
    assert time.process_time() - start < 1.0  # 0.03 s when nothing else runs
