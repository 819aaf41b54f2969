"""JSON: lossless, described by a schema that is up to date, and lines that outlive a bad one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_render_samples import ORDINARY, SAMPLES

from navaid.answers.render import from_json, render, to_json
from navaid.answers.render.schema import answer_schema
from navaid.errors import BadInput
from navaid.terms import Answer

DOCS = Path(__file__).parents[2] / "docs"
_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


def strategy(kind: Any) -> st.SearchStrategy[Any]:
    """Any value of a type that records are made of, at the limits too."""
    match kind:
        case msgspec.inspect.StructType():
            fields = {field.name: strategy(field.type) for field in kind.fields}
            return st.builds(kind.cls, **fields)
        case msgspec.inspect.VarTupleType():
            return st.lists(strategy(kind.item_type), max_size=2).map(tuple)
        case msgspec.inspect.DictType():
            return st.dictionaries(strategy(kind.key_type), strategy(kind.value_type), max_size=2)
        case msgspec.inspect.EnumType():
            return st.sampled_from(list(kind.cls))
        case msgspec.inspect.UnionType():
            return st.one_of(*(strategy(one) for one in kind.types))
        case msgspec.inspect.StrType():
            return _TEXT
        case msgspec.inspect.IntType():
            return st.integers(-(2**63), 2**63 - 1)
        case msgspec.inspect.FloatType():
            return st.floats(allow_nan=False, allow_infinity=False)
        case msgspec.inspect.BoolType():
            return st.booleans()
        case msgspec.inspect.DateType():
            return st.dates()
        case msgspec.inspect.NoneType():
            return st.none()
    raise AssertionError(f"no strategy for {kind}")


ANSWERS = strategy(msgspec.inspect.type_info(Answer))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(ANSWERS)
def test_any_answer_comes_back_equal_and_can_be_shown(answer: Answer) -> None:
    assert from_json(to_json(answer)) == answer
    for format in ("terminal", "markdown", "html"):
        render(answer, format, quotes=True).encode()


@pytest.mark.parametrize("answer", SAMPLES.values(), ids=SAMPLES)
def test_samples_come_back_equal(answer: Answer) -> None:
    assert from_json(to_json(answer)) == answer
    assert from_json(render(answer, "json")) == answer


@pytest.mark.parametrize("bad", [b"", b"{", b"[]", b"\xff", "{}", b'{"id": "x", "extra": 1}'])
def test_what_is_no_answer_is_refused(bad: bytes | str) -> None:
    with pytest.raises(BadInput, match="not an answer"):
        from_json(bad)


def test_the_schema_in_docs_is_that_of_the_record() -> None:
    written = (DOCS / "answer.schema.json").read_text("utf-8")
    assert written == answer_schema(), "run `python -m navaid.answers.render.schema > docs/answer.schema.json`"


def test_the_names_that_docs_promise_are_there() -> None:
    answer = json.loads(to_json(ORDINARY))
    assert answer["triage"]["class"] == "ordinary"
    claim = answer["sections"][0]["claims"][0]
    assert (claim["text"], claim["certainty"]) == (ORDINARY.claims[0].text, "established")
    assert set(claim["citations"][0]) == {"document", "locator", "checked", "quote", "start", "end"}
    assert claim["citations"][0]["document"] in {source["document"] for source in answer["sources"]}
    guide = (DOCS / "answer-json.md").read_text("utf-8")
    for name in (*answer, *claim, *claim["citations"][0], *answer["sources"][0]):
        assert f"`{name}`" in guide, f"docs/answer-json.md does not speak of {name}"
