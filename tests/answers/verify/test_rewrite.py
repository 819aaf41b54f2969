"""What the layers do with a rewrite: the contract, the order, the optional model, and the words that are named."""

from __future__ import annotations

import time

import pytest

from navaid.answers.verify.rewrite import Judgement, judge
from navaid.terms import decode, encode

SOURCE = "In 300 women with early breast cancer, goserelin lowered the risk of relapse by 20% within 5 years."


def rules(rewrite: str, source: str = SOURCE) -> set[str]:
    return {broken.rule for broken in judge(source, rewrite).rules}


@pytest.mark.parametrize(
    ("rewrite", "rule"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("42 %.", "empty"),
        ("Goserelin lowered the risk of relapse, see https://example.org for more.", "markup"),
        ("**Goserelin** lowered the risk of relapse by 20%.", "markup"),
        ("Goserelin lowered the <b>risk</b> of relapse by 20%.", "markup"),
        ("Goserelin lowered the risk.\nIt did so by 20%.", "markup"),
        ("Here is a simpler version: goserelin lowered the risk of relapse by 20% within 5 years.", "echo"),
        ("Goserelin lowered the risk of relapse the risk of relapse by 20% within 5 years.", "repetition"),
        ("Did goserelin lower the risk of relapse by 20% within 5 years?", "form"),
        ("The weather in the mountains changes quickly during the spring.", "relevance"),
        ("risk " * 400, "length"),
    ],
)
def test_the_contract(rewrite: str, rule: str) -> None:
    assert rule in rules(rewrite)


@pytest.mark.parametrize(
    ("words", "others", "rule", "named"),
    [
        ("lowered the risk of relapse by 20%", "lowered the risk of relapse by 30%", "number", "30"),
        ("300 women", "300 men", "sex", "men"),
        ("goserelin", "letrozole", "drug", "letrozole"),
        ("lowered", "raised", "direction", "raised"),
        ("lowered", "did not lower", "negation", "not"),
        ("lowered", "may have lowered", "certainty lowered", "may"),
        ("goserelin lowered", "you should take goserelin, which lowered", "advice", "should"),
    ],
)
def test_a_rejection_names_its_rule_and_the_words(words: str, others: str, rule: str, named: str) -> None:
    found = [broken for broken in judge(SOURCE, SOURCE.replace(words, others)).rules if broken.rule == rule]
    assert found
    assert named in found[0].rewrite


def test_meaning_can_reject_and_not_accept() -> None:
    plain = "Within 5 years, goserelin cut the risk of relapse by 20% in 300 women with early breast cancer."
    assert judge(SOURCE, plain, alike=0.9).accepted
    assert not judge(SOURCE, plain, alike=0.1).accepted
    assert not judge(SOURCE, plain.replace("20%", "25%"), alike=0.99).accepted


def test_a_model_can_only_reject() -> None:
    asked: list[str] = []

    def contradicts(source: str, rewrite: str) -> bool:
        asked.append(rewrite)
        return True

    assert not judge(SOURCE, SOURCE, model=contradicts).accepted
    assert judge(SOURCE, SOURCE, model=lambda source, rewrite: False).accepted
    bad = SOURCE.replace("lowered", "raised")
    assert not judge(SOURCE, bad, model=lambda source, rewrite: False).accepted
    assert asked == [SOURCE]  # what the rules reject is not put to the model


def test_odd_text_is_judged_and_never_raises() -> None:
    for text in (
        "½ ≤ ≥ ±",
        "(((",
        "[1] [2]",
        "a" * 5_000,
        "İ" * 50,
        "%%%",
        "e.g. i.e. vs.",
        "\u202eabc def",
        "no no no",
    ):
        judge(SOURCE, text)
        judge(text, SOURCE)
        judge(text, text)


def test_a_judgement_survives_json() -> None:
    found = judge(SOURCE, SOURCE.replace("20%", "25%"))
    assert decode(encode(found), Judgement) == found


def test_it_is_quick() -> None:
    judge(SOURCE, SOURCE)
    started = time.process_time()
    for i in range(100):
        judge(SOURCE.replace("300", str(300 + i)), SOURCE.replace("300", str(300 + i)).replace("lowered", "reduced"))
    assert (time.process_time() - started) / 100 < 0.02  # a tenth of this on a quiet machine


def test_more_sentences_are_refused_only_where_one_is_asked_for() -> None:
    split = "Goserelin lowered the risk of relapse by 20% within 5 years. The 300 women had early breast cancer."
    assert "one sentence" not in {broken.rule for broken in judge(SOURCE, split).rules}
    assert [broken.rule for broken in judge(SOURCE, split, one_sentence=True).rules] == ["one sentence"]
