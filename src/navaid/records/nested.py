"""Profile and findings as JSON, as `records read --jsonl` gives them: `profile["er"]["status"]["value"]`."""

from __future__ import annotations

from typing import Any

import msgspec

from navaid.records.concepts import concept
from navaid.terms import Field, Finding, Profile


def nested(profile: Profile) -> dict[str, Any]:
    """The fields by the parts of their concept's name; what may occur many times is a list."""
    tree: dict[str, Any] = {}
    for field in profile.fields:
        *path, last = field.concept.split(".")
        node = tree
        for part in path:
            node = node.setdefault(part, {})
        if concept(field.concept).many and field.value != "not_stated":
            node.setdefault(last, []).append(_leaf(field))
        else:
            node[last] = _leaf(field) | node.get(last, {})
    return tree


def _leaf(field: Field) -> dict[str, Any]:
    leaf: dict[str, Any] = msgspec.to_builtins(field)
    del leaf["concept"]
    return leaf


def row(finding: Finding) -> dict[str, Any]:
    """A finding as `records read --jsonl` gives it: its own fields, with span, words and page at hand."""
    source = finding.source
    told: dict[str, Any] = {"concept": finding.concept, "value": finding.value, "assertion": finding.assertion.value}
    told |= {name: value for name, value in msgspec.to_builtins(finding).items() if name != "source"}
    told |= {"span": [source.start, source.end], "words": source.words, "page": source.page, "how": source.how.value}
    return told | {"source": msgspec.to_builtins(source)}
