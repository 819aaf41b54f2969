"""FHIR R4 JSON as a Paper: a bundle, a list of bundles, NDJSON (a resource a line), or a single resource."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from navaid.errors import BadInput
from navaid.records.paper import Paper
from navaid.records.read.structured.access import Json, some
from navaid.records.read.structured.build import Builder, digest_of, enter_all
from navaid.records.read.structured.inside import narratives
from navaid.records.read.structured.people import people_in
from navaid.records.read.structured.validity import check

MOST_BYTES = 200_000_000
MOST_RESOURCES = 200_000
DEEPEST = 40  # how deep resources are looked for; a bundle in a message in a list is 7

MEDIA_TYPE = "application/fhir+json"
_AGAIN = "ask for the file again, or export it once more"


def read_fhir(data: bytes, path: Path | str) -> Paper:
    """A line for each resource, grouped by kind, each with its entry.

    Raises BadInput where there is no FHIR in it; a broken resource among sound ones gives a note.
    """
    if len(data) > MOST_BYTES:
        raise BadInput(
            f"{len(data) // 1_000_000} MB of FHIR are more than can be read at once",
            where=str(path),
            fix="export fewer years, or only the records of the cancer",
        )
    builder = Builder()
    resources = resources_in(data, builder, path)
    if not resources:
        raise BadInput("there is no FHIR resource in this JSON", where=str(path), fix=_AGAIN)
    enter_all(builder, resources)
    note_people(builder)
    for text in narratives(resources, builder):
        builder.say()
        builder.say(text)
    return builder.paper(digest_of(data), path, MEDIA_TYPE)


def note_people(builder: Builder) -> None:
    """Say so where the entries are of more than one person: nothing is taken from such a file."""
    people = people_in(builder.entries)
    if len(people) > 1:
        builder.note(
            f"This file holds the records of {len(people)} people, so nothing was taken from it;"
            " ask for a file of one person alone."
        )


def resources_in(data: bytes, builder: Builder, path: Path | str) -> list[Json]:
    """The resources of JSON or NDJSON bytes, in order, each once; what is broken is noted."""
    found: list[Json] = []
    for value in _values(data.removeprefix(b"\xef\xbb\xbf"), builder, path):
        for resource in _resources(value, 0):
            if len(found) == MOST_RESOURCES:
                builder.note(f"Only the first {MOST_RESOURCES} entries were read.")
                break
            found.append(resource)
    check(found, builder)
    return found


def _values(data: bytes, builder: Builder, path: Path | str) -> Iterator[object]:
    try:
        yield msgspec.json.decode(data)
        return
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        lines = data.split(b"\n") if b"\n" in data else []
        fault = error
    read, broken = 0, 0
    values = []
    for line in lines:
        if not line.strip():
            continue
        try:
            values.append(msgspec.json.decode(line))
            read += 1
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError):
            broken += 1
    # A file of one JSON value that is cut in the middle also has lines that are JSON (`}`, `1`), but no resources.
    if not any(isinstance(value, dict) and "resourceType" in value for value in values):
        raise BadInput(f"this JSON is broken or cut off ({_why(fault)})", where=str(path), fix=_AGAIN)
    if broken:
        builder.note(f"{broken} of {read + broken} lines of this file are broken JSON and were left out; {_AGAIN}.")
    yield from values


def _why(error: Exception) -> str:
    """What is wrong, without a word of the record."""
    text = str(error)
    return "nested too deep" if isinstance(error, RecursionError) or "recursion" in text else text.split(": ")[0][:100]


def _resources(value: object, depth: int) -> Iterator[Json]:
    """The resources in any JSON: entries of bundles, parts of lists and wrappers, contained ones after their holder."""
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for part in value:
            yield from _resources(part, depth + 1)
        return
    if not isinstance(value, dict):
        return
    kind = value.get("resourceType")
    if isinstance(kind, str) and kind not in ("Bundle", "Parameters"):
        yield value
        for part in some(value.get("contained")):
            yield from _resources(part, depth + 1)
        return
    for part in value.values():
        if isinstance(part, dict | list):
            yield from _resources(part, depth + 1)
