"""A bundle held against the StructureDefinitions of mCODE themselves: a small walker over their snapshots.

What it checks: elements that must be there, those that must not, how many there may be, patterns and fixed values, the
types of choices, and slices that a pattern tells apart. Not: value sets (they need a terminology server), and FHIRPath.
"""

from __future__ import annotations

import json
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PACKAGE = "hl7.fhir.us.mcode@4.0.0"
Json = dict[str, Any]


def fetch(folder: Path) -> dict[str, Json] | None:
    """The profiles by their address, from the npm registry; None where it or `npm` cannot be had."""
    try:
        subprocess.run(["npm", "pack", PACKAGE], cwd=folder, check=True, capture_output=True, timeout=120)
        (path,) = folder.glob("*.tgz")
        with tarfile.open(path) as packed:
            packed.extractall(folder, filter="data")
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    every = (json.loads(path.read_bytes()) for path in (folder / "package").glob("StructureDefinition-*.json"))
    return {definition["url"]: definition for definition in every}


def problems(resource: Json, definition: Json) -> Iterator[str]:
    """What of the resource breaks the snapshot, a line each."""
    elements = definition["snapshot"]["element"]
    patterns = {element["id"]: pattern for element in elements if (pattern := _pattern(element)) is not None}
    patterns |= {element["id"]: _Claims(found) for element in elements if (found := _claimed(element))}
    for element in elements[1:]:
        id_: str = element["id"]
        if any(":" in part and not _told(_until(id_, n), patterns) for n, part in enumerate(id_.split("."))):
            continue  # a slice that only a value set or FHIRPath tells apart
        parents = _parents(resource, id_, patterns)
        for parent in parents or ():
            found = [
                each for each in _children(parent, element["path"].split(".")[-1]) if _in_slice(each, id_, patterns)
            ]
            yield from _counted(element, id_, len(found))
            if ":" not in id_.split(".")[-1] and not isinstance(patterns.get(id_, _Claims()), _Claims):
                yield from (f"{id_}: not as the pattern wants it" for each in found if not _fits(each, patterns[id_]))
        yield from _typed(element, id_, parents or [])


def _counted(element: Json, id_: str, count: int) -> Iterator[str]:
    if count < element.get("min", 0):
        yield f"{id_}: {count} there, {element['min']} needed"
    most = element.get("max", "*")
    if most != "*" and count > int(most):
        yield f"{id_}: {count} there, {most} allowed"


def _typed(element: Json, id_: str, parents: list[Any]) -> Iterator[str]:
    """For `value[x]`: that the type is one of those allowed."""
    name = element["path"].split(".")[-1]
    if not name.endswith("[x]") or ":" in id_.split(".")[-1]:
        return
    allowed = {name[:-3] + kind["code"][0].upper() + kind["code"][1:] for kind in element.get("type", ())}
    for parent in parents:
        for key in parent if isinstance(parent, dict) else ():
            if key.startswith(name[:-3]) and key[len(name) - 3 :][:1].isupper() and key not in allowed:
                yield f"{id_}: {key} is not allowed"


def _pattern(element: Json) -> Any:
    return next((value for key, value in element.items() if key.startswith(("pattern", "fixed"))), None)


def _parents(resource: Json, id_: str, patterns: Json) -> list[Any] | None:
    """The nodes in which the element of this id would stand."""
    nodes: list[Any] = [resource]
    walked = id_.split(".")[0]
    for step in id_.split(".")[1:-1]:
        walked += f".{step}"
        nodes = [
            child
            for node in nodes
            for child in _children(node, step.split(":")[0])
            if _in_slice(child, walked, patterns)
        ]
    return nodes


def _children(node: Any, name: str) -> list[Any]:
    if not isinstance(node, dict):
        return []
    if name.endswith("[x]"):
        return [
            value for key, value in node.items() if key.startswith(name[:-3]) and key[len(name) - 3 :][:1].isupper()
        ]
    found = node.get(name)
    return found if isinstance(found, list) else [] if found is None else [found]


def _in_slice(node: Any, id_: str, patterns: Json) -> bool:
    """Whether the node belongs to the slice that the id names."""
    if ":" not in id_.split(".")[-1]:
        return True
    return all(any(_fits(each, pattern) for each in _under(node, child)) for child, pattern in _told(id_, patterns))


def _told(id_: str, patterns: Json) -> list[tuple[str, Any]]:
    """What tells a slice apart: where, below its node, and the pattern there."""
    return [(child, patterns[id_ + child]) for child in ("", ".code", ".url", ".resource") if id_ + child in patterns]


def _under(node: Any, child: str) -> list[Any]:
    return _children(node, child[1:]) if child else [node]


def _until(id_: str, place: int) -> str:
    return ".".join(id_.split(".")[: place + 1])


class _Claims(tuple[str, ...]):
    """Profiles, one of which a resource must claim to belong to a slice of a bundle."""


def _claimed(element: Json) -> list[str]:
    if not element["path"].endswith(".resource"):
        return []
    return [profile for kind in element.get("type", ()) for profile in kind.get("profile", ())]


def _fits(value: Any, pattern: Any) -> bool:
    """Whether the value holds everything of the pattern."""
    if isinstance(pattern, _Claims):
        return bool(set(pattern) & set(value.get("meta", {}).get("profile", ())))
    if isinstance(pattern, dict):
        return isinstance(value, dict) and all(_fits(value.get(key), part) for key, part in pattern.items())
    if isinstance(pattern, list):
        return isinstance(value, list) and all(any(_fits(each, part) for each in value) for part in pattern)
    return bool(value == pattern)
