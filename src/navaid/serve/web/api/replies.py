"""How a function says what it gives: the record's schema in the OpenAPI document, and the record itself as JSON."""

from __future__ import annotations

from typing import Any, TypeVar

from navaid.serve.web.api.faults import Fault, reply
from navaid.terms import decode, encode

__all__ = ["REF", "gives", "made", "reply"]

T = TypeVar("T")
REF = "#/components/schemas/{name}"
TYPES: dict[str, Any] = {}
"""Every record that some function gives, by the name in the document; filled as the routers are imported."""
NAMES: dict[str, str] = {
    "navaid.terms.answer.Question": "Question",
    "navaid.starter.visits.Question": "VisitQuestion",
}
"""Two records of one name: what each is called in the document."""


def gives(record: type, words: str, *, many: bool = False, status: int = 200) -> dict[str, Any]:
    """The keyword arguments of a route that gives this record, or a list of it."""
    TYPES[record.__name__] = record
    ref: dict[str, Any] = {"$ref": REF.format(name=record.__name__)}
    schema = {"type": "array", "items": ref} if many else ref
    content = {"application/json": {"schema": schema}}
    return {
        "response_model": None,
        "status_code": status,
        "responses": {status: {"description": words, "content": content}},
    }


def made(plain: Any, kind: type[T]) -> T:
    """A record of this kind from plain objects; a part that the record does not know is an error, never passed on."""
    return decode(encode(plain), kind)


TYPES["Fault"] = Fault
