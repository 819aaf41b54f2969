"""Values as a person types them."""

from __future__ import annotations

import datetime as dt

import pytest

from navaid.errors import BadInput
from navaid.records.reconcile import told
from navaid.records.worded import concept_named, confirmed, takes_back, value_named
from navaid.terms import Field, FieldState, Profile, Value


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("er.status", "Positive", "positive"),
        ("er.status", "not_tested", "not_tested"),
        ("her2.ihc", "2+", "2+"),
        ("er.percent", "90%", 90),
        ("tumour.size", "22,5 mm", 22.5),
        ("drug", "Tamoxifen", "tamoxifen"),
        ("pt", "T1c", "T1c"),
        ("gene.BRCA1.germline", "harmful variant found", "pathogenic"),
        ("lab.hemoglobin", "12.5", 12.5),
    ],
)
def test_words_become_values(name: str, text: str, value: Value) -> None:
    assert value_named(concept_named(name), text) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [("er.status", "maybe"), ("er.percent", "many"), ("er.percent", "1e9"), ("drug", " "), ("drug", "x" * 500)],
)
def test_what_cannot_be_a_value_is_refused_with_those_that_can(name: str, text: str) -> None:
    with pytest.raises(BadInput) as error:
        value_named(concept_named(name), text)
    assert error.value.fix


@pytest.mark.parametrize("name", ["", "er", "gene.GENE.germline", "gene.x.y", "lab.NAME", "nothing.at.all"])
def test_unknown_concepts_are_refused(name: str) -> None:
    with pytest.raises(BadInput):
        concept_named(name)


@pytest.mark.parametrize(
    ("concept", "before", "now", "gone"),
    [
        ("er.status", ("negative", "correct"), ("positive", "correct"), True),
        ("er.status", ("positive", "reject"), ("positive", "correct"), True),
        ("er.status", ("negative", "reject"), ("positive", "correct"), False),
        ("er.status", ("positive", "confirm"), ("*", "reject"), True),
        ("drug", ("tamoxifen", "correct"), ("letrozole", "correct"), False),
        ("drug", ("tamoxifen", "correct"), ("tamoxifen", "reject"), True),
    ],
)
def test_the_last_word_counts(concept: str, before: tuple[str, str], now: tuple[str, str], gone: bool) -> None:
    day = dt.date(2026, 1, 1)
    earlier, word = (told.word(concept, value, rule, day) for value, rule in (before, now))
    assert takes_back(word, earlier) is gone
    assert not takes_back(told.word("pr.status", now[0], now[1], day), earlier)
    assert not takes_back(told.word(concept, now[0], now[1], day, side="left"), earlier)


def _stating(*values: Value) -> Profile:
    fields = [Field(concept="er.status", value=value, state=FieldState.UNCONFIRMED) for value in values]
    unstated = Field(concept="er.status", value="not_stated", state=FieldState.NOT_STATED)
    return Profile(name="me", made=dt.date(2026, 11, 1), tumours=(), fields=(*fields, unstated), findings=())


def test_what_is_confirmed_is_the_value_that_is_stated_or_the_one_that_is_named() -> None:
    row = concept_named("er.status")
    assert confirmed(_stating("positive", "positive"), row, None) == "positive"
    assert confirmed(_stating("positive", "negative"), row, "Negative") == "negative"


@pytest.mark.parametrize(("values", "what"), [((), "do not state"), (("positive", "negative"), "there are several")])
def test_what_is_not_clear_cannot_be_confirmed(values: tuple[str, ...], what: str) -> None:
    with pytest.raises(BadInput) as error:
        confirmed(_stating(*values), concept_named("er.status"), None)
    assert what in error.value.what
    assert error.value.fix
