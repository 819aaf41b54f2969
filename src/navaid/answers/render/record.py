"""An answer as JSON: the record itself, without loss, and the lines of `navaid ask --jsonl`.

docs/answer-json.md describes both for whoever reads them with another program.
"""

from __future__ import annotations

import msgspec

from navaid.errors import BadInput, NavaidError
from navaid.terms import Answer, Record, decode, encode

Id = str | int | None


class Asked(Record, frozen=True):
    """A line of input that could be read."""

    id: str | int
    question: str


class Refused(Record, frozen=True):
    """A line of input that could not be read: its id where that could, and what was wrong."""

    id: Id
    error: BadInput


def to_json(answer: Answer) -> bytes:
    """The answer as one line of JSON (UTF-8); `from_json` gives back an equal record."""
    return encode(answer)


def from_json(data: bytes | str) -> Answer:
    """The answer that `to_json` wrote. Raises BadInput naming the path at fault.

    >>> from_json(b'{"id": 7}')
    Traceback (most recent call last):
        ...
    navaid.errors.BadInput: BadInput: not an answer: Expected `str`, got `int` - at `$.id`
      where: the JSON of an answer
      fix:   compare it with docs/answer.schema.json
    """
    try:
        return decode(data, Answer)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise BadInput(
            f"not an answer: {error}",
            where="the JSON of an answer",
            fix="compare it with docs/answer.schema.json",
        ) from error


def read_line(text: bytes | str) -> Asked | Refused:
    """The question on one line of input, or why there is none; never raises, so that the rest goes on.

    >>> read_line('{"id": "q1", "question": "What is a sentinel node?"}')
    Asked(id='q1', question='What is a sentinel node?')
    >>> read_line('{"id": "q2", "question": 5}').id
    'q2'
    """
    try:
        given = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        return Refused(id=None, error=_bad_line(f"the line is not JSON: {error}"))
    found = given.get("id") if isinstance(given, dict) else None
    known = found if isinstance(found, str | int) and not isinstance(found, bool) else None
    try:
        asked = msgspec.convert(given, _Line)
    except msgspec.ValidationError as error:
        return Refused(id=known, error=_bad_line(f"the line is not a question: {error}"))
    if not asked.question.strip():
        return Refused(id=known, error=_bad_line("the question is empty"))
    return Asked(id=asked.id, question=asked.question)


def answer_line(id: str | int, answer: Answer) -> bytes:
    """One line of output, without its line feed: `{"id": …, "answer": {…}}`."""
    return encode({"id": id, "answer": answer})


def error_line(id: Id, error: NavaidError) -> bytes:
    """One line of output for a question without an answer, without its line feed.

    >>> error_line(None, BadInput("the question is empty", fix="write one")).decode()
    '{"id":null,"error":{"kind":"BadInput","what":"the question is empty","where":"","fix":"write one"}}'
    """
    said = {"kind": type(error).__name__, "what": error.what, "where": error.where, "fix": error.fix}
    return encode({"id": id, "error": said})


class _Line(msgspec.Struct):
    """What a line must hold. Further keys are let pass: a caller may carry its own along."""

    id: str | int
    question: str


def _bad_line(what: str) -> BadInput:
    return BadInput(what, where="a line of input", fix='write {"id": "…", "question": "…"} on one line')
