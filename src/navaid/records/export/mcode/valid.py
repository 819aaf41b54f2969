"""Whether a bundle is what it claims to be: FHIR R4 by fhir.resources, mCODE by its profiles' required elements."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from navaid.records.export.mcode.codes import Json
from navaid.records.export.mcode.sheet import PROFILES
from navaid.tables import load as load_table
from navaid.terms import Record


class Required(Record, frozen=True):
    """A row of required.yaml. `paths` must each be there; `codes` are codings that an element must hold."""

    profile: str
    source: str
    paths: list[str]
    codes: dict[str, str] = {}  # noqa: RUF012 - msgspec copies an empty default
    one_of: list[str] = []  # noqa: RUF012


@cache
def required() -> dict[str, Required]:
    """Rows of required.yaml by the profile's name."""
    text = (files("navaid.records.export") / "required.yaml").read_text(encoding="utf-8")
    return {row.profile: row for row in msgspec.convert(load_table(text), list[Required])}


def problems(made: Json) -> list[str]:
    """What is wrong with a bundle, a line each; empty if it is valid."""
    return [*_by_fhir(made), *_by_mcode(made), *_dangling(made)]


def _by_fhir(made: Json) -> Iterator[str]:
    from fhir.resources.R4B.bundle import Bundle  # two seconds that only an export has to wait for
    from pydantic import ValidationError

    try:
        Bundle.model_validate(made)
    except ValidationError as error:
        for each in error.errors():
            yield f"FHIR R4: {'.'.join(str(part) for part in each['loc'])}: {each['msg']}"


def _by_mcode(made: Json) -> Iterator[str]:
    for resource in (made, *(entry["resource"] for entry in made.get("entry", ()))):
        for claimed in resource.get("meta", {}).get("profile", ()):
            name = claimed.removeprefix(PROFILES)
            row = required().get(name)
            if row is None:
                yield f"{name}: not a profile that is checked"
                continue
            for path in row.paths:
                if not any(_at(resource, path.split("."))):
                    yield f"{name} {resource.get('id', '')}: {path} is missing"
            for path, code in row.codes.items():
                if code not in {coding.get("code") for coding in _codings(resource, path)}:
                    yield f"{name} {resource.get('id', '')}: {path} lacks the code {code}"
            if row.one_of and sum(name in resource for name in row.one_of) != 1:
                yield f"{name} {resource.get('id', '')}: exactly one of {', '.join(row.one_of)} is needed"


def _dangling(made: Json) -> Iterator[str]:
    """References to what is not in the bundle."""
    known = {entry["fullUrl"] for entry in made.get("entry", ())}
    for reference in _references(made):
        if reference not in known:
            yield f"a reference leads nowhere: {reference}"


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(reference := node.get("reference"), str):
            yield reference
        for part in node.values():
            yield from _references(part)
    elif isinstance(node, list):
        for part in node:
            yield from _references(part)


def _at(node: Any, path: list[str]) -> Iterator[Any]:
    """What stands at this path; `value[x]` is any of the value elements."""
    if isinstance(node, list):
        for part in node:
            yield from _at(part, path)
    elif not path:
        yield node
    elif isinstance(node, dict):
        stem = path[0].removesuffix("[x]")
        for name, part in node.items():
            if name == path[0] or (path[0].endswith("[x]") and name.startswith(stem)):
                yield from _at(part, path[1:])


def _codings(resource: Json, path: str) -> Iterator[Json]:
    yield from _at(resource, [*path.split("."), "coding"])
