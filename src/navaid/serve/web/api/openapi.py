"""The OpenAPI document: FastAPI's own, with the records' schemas as msgspec makes them, and what a token reaches."""

from __future__ import annotations

import inspect
import json
from importlib import metadata
from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from navaid.serve.web.api.replies import NAMES, REF, TYPES

HEAD: dict[str, Any] = {
    "title": "Navaid",
    "version": metadata.version("navaid"),
    "summary": "Answers about breast cancer in plain language, each sentence with its source. Runs on your machine.",
    "description": (
        "Navaid informs. It is not medical advice. An answer to an emergency says so in `triage`: show it first.\n\n"
        "Every call needs `Authorization: Bearer TOKEN`; `navaid api token new NAME` makes a token. What is about a "
        "person also needs the header `Navaid-Session`, which `POST /v1/records/open` gives for the passphrase."
    ),
    "license_info": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
}
_SCHEMES = {
    "token": {"type": "http", "scheme": "bearer", "description": "`navaid api token new NAME`"},
    "session": {
        "type": "apiKey",
        "in": "header",
        "name": "Navaid-Session",
        "description": "What `POST /v1/records/open` gives; it belongs to one token, and ends by itself.",
    },
}
_TOKEN, _BOTH = {"token": list[str]()}, {"token": list[str](), "session": list[str]()}
_EITHER = ("/v1/ask", "/v1/trials", "/v1/trials/{nct_id}/check")
"""With a `profile` these need the session too."""


def document(app: FastAPI) -> dict[str, Any]:
    """The document, as /api/openapi.json gives it."""
    if app.openapi_schema is None:
        app.openapi_schema = _made(app)
    return app.openapi_schema


def written(app: FastAPI) -> str:
    """The document as the text of docs/openapi.json."""
    return json.dumps(document(app), indent=1, ensure_ascii=False) + "\n"


def _made(app: FastAPI) -> dict[str, Any]:
    head = {name: HEAD[name] for name in ("title", "version", "summary", "description", "license_info")}
    made = get_openapi(**head, routes=app.routes, servers=app.servers)
    schemas = made["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    records = _records()
    if same := schemas.keys() & records.keys():
        raise ValueError(f"a body and a record have one name: {', '.join(sorted(same))}")
    schemas.update(records)
    made["components"]["securitySchemes"] = _SCHEMES
    for path, methods in made["paths"].items():
        for operation in methods.values():
            operation["security"] = _security(path)
            operation["responses"] |= _faults()
    return made


def _records() -> dict[str, Any]:
    """The schemas of all records that are given, each by one name."""
    _, components = msgspec.json.schema_components(TYPES.values(), ref_template=REF)
    text = json.dumps(components)
    for long, short in NAMES.items():
        text = text.replace(f'"{REF.format(name=long)}"', f'"{REF.format(name=short)}"').replace(
            f'"{long}":', f'"{short}":'
        )
    found: dict[str, Any] = json.loads(text)
    unknown = [name for name in found if "." in name]
    if unknown:
        raise ValueError(f"two records have one name; add to replies.NAMES: {', '.join(unknown)}")
    return {name: _even(schema) for name, schema in found.items()}


def _even(part: Any) -> Any:
    """The same schema, its descriptions without the indent of the code: Python 3.13 cuts it, 3.11 does not."""
    if isinstance(part, list):
        return [_even(item) for item in part]
    if not isinstance(part, dict):
        return part
    even = {key: _even(item) for key, item in part.items()}
    if isinstance(even.get("description"), str):
        even["description"] = inspect.cleandoc(even["description"])
    return even


def _security(path: str) -> list[dict[str, list[str]]]:
    if path in _EITHER:
        return [_TOKEN, _BOTH]
    return [_BOTH] if path.startswith("/v1/records/") and path != "/v1/records/open" else [_TOKEN]


def _faults() -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": REF.format(name="Fault")}}}
    return {
        "401": {"description": "The token is missing or not good, or the records are closed.", "content": content},
        "422": {"description": "What was sent is not as described here.", "content": content},
        "default": {"description": "Why it was not done.", "content": content},
    }
