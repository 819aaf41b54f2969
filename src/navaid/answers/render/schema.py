"""The JSON Schema of an answer, made from the record itself.

python -m navaid.answers.render.schema > docs/answer.schema.json
"""

from __future__ import annotations

import inspect
import json
from typing import Any

import msgspec

from navaid.terms import Answer


def answer_schema() -> str:
    """The schema (JSON Schema 2020-12) as the text of docs/answer.schema.json.

    >>> '"title": "Answer"' in answer_schema()
    True
    """
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    schema = _with_even_descriptions(dialect | msgspec.json.schema(Answer))
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _with_even_descriptions(part: Any) -> Any:
    """The same schema, its descriptions without the indent of the code: Python 3.13 cuts it, 3.11 does not."""
    if isinstance(part, list):
        return [_with_even_descriptions(item) for item in part]
    if not isinstance(part, dict):
        return part
    even = {key: _with_even_descriptions(item) for key, item in part.items()}
    if isinstance(even.get("description"), str):
        even["description"] = inspect.cleandoc(even["description"])
    return even


if __name__ == "__main__":
    print(answer_schema(), end="")
