"""The two small readers of replies: schemas and server-sent events."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from navaid.errors import BadInput
from navaid.models.schema import fault
from navaid.models.sse import data_of

ROWS = {
    "type": "object",
    "properties": {
        "rows": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {
                "type": "object",
                "properties": {
                    "text": {"type": "string", "minLength": 1, "maxLength": 5},
                    "cite": {"type": "string", "enum": ["s1", "s2"]},
                    "n": {"type": ["integer", "null"], "minimum": 0, "maximum": 9},
                },
                "required": ["text", "cite"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["rows"],
}


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        ([{"text": "a", "cite": "s1"}], ""),
        ([{"text": "a", "cite": "s1", "n": None}, {"text": "b", "cite": "s2", "n": 9}], ""),
        ([], "$.rows holds too few"),
        ([{"text": "a", "cite": "s1"}] * 3, "$.rows holds too many"),
        ([{"text": "a", "cite": "s3"}], "$.rows[0].cite is none"),
        ([{"text": "a"}], "$.rows[0] lacks cite"),
        ([{"text": "", "cite": "s1"}], "$.rows[0].text is too small"),
        ([{"text": "abcdef", "cite": "s1"}], "$.rows[0].text is too large"),
        ([{"text": "a", "cite": "s1", "n": 10}], "$.rows[0].n is too large"),
        ([{"text": "a", "cite": "s1", "n": True}], "$.rows[0].n is not of type"),
        ([{"text": "a", "cite": "s1", "n": 1.5}], "$.rows[0].n is not of type"),
        ([{"text": "a", "cite": "s1", "url": "http://x"}], "$.rows[0] holds more"),
        (["a"], "$.rows[0] is not of type"),
        ({}, "$.rows is not of type"),
        (None, "$.rows is not of type"),
    ],
)
def test_a_fault_is_found_where_it_is(rows: Any, where: str) -> None:
    found = fault({"rows": rows}, ROWS)
    assert found.startswith(where)
    assert bool(found) == bool(where)


def test_true_is_not_one_and_one_is_not_true() -> None:
    assert fault(True, {"enum": [1]})
    assert fault(1, {"const": True})
    assert not fault(False, {"type": "boolean", "const": False})


def test_a_keyword_unknown_here_is_an_error_in_the_schema() -> None:
    with pytest.raises(BadInput, match="pattern"):
        fault("a", {"type": "string", "pattern": "^b"})


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(_json)
def test_any_value_is_judged_without_an_error(value: Any) -> None:
    if isinstance(value, dict) and isinstance(value.get("rows"), list) and value["rows"]:
        assert fault(value, ROWS) == "" or fault(value, ROWS).startswith("$")
    else:
        assert fault(value, ROWS)


@given(st.lists(st.text().map(lambda text: text.replace("\r", ""))), st.data())
def test_events_are_the_same_however_their_bytes_are_cut(texts: list[str], data: st.DataObject) -> None:
    end = data.draw(st.sampled_from(["\n", "\r\n", "\r"]))
    lines = ["".join(f"data: {line}{end}" for line in text.split("\n")) for text in texts]
    sent = "".join(f": note{end}event: x{end}{one}{end}" for one in lines).encode()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(sent)), max_size=8)))
    pieces = [sent[a:b] for a, b in zip([0, *cuts], [*cuts, len(sent)], strict=True)]
    assert list(data_of(pieces)) == texts


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_a_line_break_cut_in_two_is_one_line_break(end: bytes) -> None:
    sent = b"data: a" + end + b"data: b" + end + end
    assert list(data_of(bytes([one]) for one in sent)) == ["a\nb"]


@pytest.mark.parametrize("pieces", [[b"data: \xff\n\n"], [b"data: gr\xc3"]])
def test_bytes_that_are_no_text_are_an_error(pieces: list[bytes]) -> None:
    with pytest.raises(UnicodeDecodeError):
        list(data_of(pieces))


def test_msgspec_refuses_what_json_does_not_know() -> None:
    """The client relies on it: a reply with NaN or half a surrogate pair is no JSON."""
    for text in ('{"a": NaN}', '"\\ud800"', "{'a': 1}", '{"a": 1,}'):
        with pytest.raises(msgspec.DecodeError):
            msgspec.json.decode(text)
