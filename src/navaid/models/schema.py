"""Whether a value follows a JSON schema, for the few keywords that Navaid's own schemas use.

A server may ignore the schema it was given, so the reply is checked here again. A keyword unknown here is
an error in our schema, never passed over.
"""

from __future__ import annotations

from typing import Any

from navaid.errors import BadInput

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}
_KEYWORDS = set(
    "type properties required additionalProperties items enum const"
    " minItems maxItems minLength maxLength minimum maximum title description".split()
)


def fault(value: Any, schema: dict[str, Any], path: str = "$") -> str:
    """Where and how the value breaks the schema, or "" where it follows it. The value is never repeated.

    >>> shape = {"type": "object", "properties": {"n": {"enum": [1, 2]}}, "required": ["n"]}
    >>> fault({"n": 1}, shape), fault({"n": 3}, shape), fault({}, shape)
    ('', '$.n is none of the values allowed', '$ lacks n')
    """
    if unknown := schema.keys() - _KEYWORDS:
        raise BadInput(f"the schema uses {', '.join(sorted(unknown))}", where=path, fix="see models/schema.py")
    if "type" in schema and not _is(value, schema["type"]):
        return f"{path} is not of type {schema['type']}"
    if "enum" in schema and not any(_same(value, one) for one in schema["enum"]):
        return f"{path} is none of the values allowed"
    if "const" in schema and not _same(value, schema["const"]):
        return f"{path} is not the value required"
    if isinstance(value, dict):
        return _of_object(value, schema, path)
    if isinstance(value, list):
        return _of_array(value, schema, path)
    return _of_size(value, schema, path)


def _is(value: Any, names: str | list[str]) -> bool:
    wanted = [names] if isinstance(names, str) else names
    return any(isinstance(value, _TYPES[n]) and (n == "boolean" or not isinstance(value, bool)) for n in wanted)


def _same(value: Any, other: Any) -> bool:
    """Equal and of one type: True is not 1 here, as it is in Python."""
    return type(value) is type(other) and bool(value == other)


def _of_object(value: dict[str, Any], schema: dict[str, Any], path: str) -> str:
    properties: dict[str, Any] = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            return f"{path} lacks {name}"
    if schema.get("additionalProperties") is False and value.keys() - properties.keys():
        return f"{path} holds more than was asked for"
    found = (fault(value[name], one, f"{path}.{name}") for name, one in properties.items() if name in value)
    return next(filter(None, found), "")


def _of_array(value: list[Any], schema: dict[str, Any], path: str) -> str:
    if len(value) < schema.get("minItems", 0):
        return f"{path} holds too few items"
    if len(value) > schema.get("maxItems", len(value)):
        return f"{path} holds too many items"
    items = schema.get("items", {})
    return next(filter(None, (fault(one, items, f"{path}[{n}]") for n, one in enumerate(value))), "")


def _of_size(value: Any, schema: dict[str, Any], path: str) -> str:
    size: float
    least: float
    most: float
    if isinstance(value, str):
        size, least, most = len(value), schema.get("minLength", 0), schema.get("maxLength", len(value))
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        size, least, most = value, schema.get("minimum", value), schema.get("maximum", value)
    else:
        return ""
    return f"{path} is too small" if size < least else f"{path} is too large" if size > most else ""
