"""An answer as JSON: the record itself, without loss.

docs/answer-json.md describes it for whoever reads them with another program.
"""

from __future__ import annotations

import msgspec

from navaid.errors import BadInput
from navaid.terms import Answer, decode, encode


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
