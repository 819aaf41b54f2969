"""The tables of triage, read once from the YAML files of `data/` and checked as they are read.

What is medical stands there with its source and the day the source was opened; the code around it
knows nothing of fevers or drugs. A row that breaks its shape, or names a source or a concept that
does not exist, raises `StarterInvalid` at the first question.
"""

from __future__ import annotations

import functools
import importlib.resources
from importlib.resources.abc import Traversable
from typing import Any

import msgspec
import yaml

from navaid.errors import StarterInvalid
from navaid.terms import Date, TriageClass

MARKUP = "markup"  # the concept that the expressions of `markup` meet


class _Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class Wording(_Row, frozen=True):
    """How people's spelling is brought to one form (`words.yaml`)."""

    signs: dict[str, str]
    spellings: dict[str, str]
    contractions: dict[str, str]
    classes: dict[str, tuple[str, ...]]


class Source(_Row, frozen=True):
    """A page that was opened, what it is called, and where in it to look."""

    url: str
    title: str
    locator: str
    opened: Date


class Measure(_Row, frozen=True):
    """A number that is a sign: the words it stands near, and the range (from `low` to `high`, inclusive).

    `unit` is what the range is in; `context` is true where the number only sets the scene.
    """

    id: str
    words: tuple[str, ...]
    low: float
    high: float
    unit: str
    source: str
    context: bool = False


class Rule(_Row, frozen=True):
    """One row: the concepts that together mean it, what is said first, and where that is from.

    Each line of `when` is one way to meet the rule: all its concepts must be met, `a|b` is either,
    `!a` is absence. `basis` says how far the sources carry the row: `confirmed`, `part` (the sign is
    theirs, the level is our judgement) or `recognition` (the message then makes no claim of its own).
    """

    id: str
    level: TriageClass
    when: tuple[str, ...]
    message: str
    sources: tuple[str, ...] = ()
    basis: str = "recognition"


class Line(_Row, frozen=True):
    """A crisis line of one country. `kind` is `distress` or `abuse`; `emergency` where its page names it."""

    country: str
    kind: str
    name: str
    contact: str
    source: str
    emergency: str | None = None


class Tables(_Row, frozen=True):
    wording: Wording
    sources: dict[str, Source]
    signs: dict[str, tuple[str, ...]]
    cries: dict[str, tuple[str, ...]]
    scene: dict[str, tuple[str, ...]]
    asks: dict[str, tuple[str, ...]]
    context: dict[str, tuple[str, ...]]
    measures: tuple[Measure, ...]
    rules: tuple[Rule, ...]
    likeness: tuple[Rule, ...]
    messages: dict[str, str]
    lines: tuple[Line, ...]
    markup: tuple[str, ...]


@functools.cache
def tables() -> Tables:
    """Every table, checked. The same object on each call."""
    asks, red_flags, crisis = _read("asks.yaml"), _read("red_flags.yaml"), _read("crisis.yaml")
    whole = {
        "wording": _read("words.yaml"),
        "sources": _read("sources.yaml"),
        "signs": _read_folder("signs"),
        "cries": _read_folder("cries"),
        "scene": _read("scene.yaml"),
        "asks": _read_folder("asks"),
        "context": _read("context.yaml"),
        "measures": _read("measures.yaml"),
        "rules": crisis["rules"] + red_flags["rules"] + asks["rules"],
        "likeness": _read("likeness.yaml")["rules"],
        "messages": red_flags["messages"] | crisis["messages"] | asks["messages"],
        "lines": _read("lines.yaml"),
        "markup": asks["markup"],
    }
    try:
        found = msgspec.convert(whole, Tables)
    except msgspec.ValidationError as error:
        raise _invalid(str(error)) from error
    _check(found)
    return found


def _data() -> Traversable:
    return importlib.resources.files(__package__).joinpath("data")


def _read(name: str) -> Any:
    text = _data().joinpath(*name.split("/")).read_text("utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader reads these files 8 times faster
    try:
        return yaml.load(text, Loader=loader)
    except yaml.YAMLError as error:
        raise _invalid(f"{name}: {error}") from error


def _read_folder(name: str) -> dict[str, Any]:
    """Every concept of the files of a folder; one that stands in two files is an error."""
    found: dict[str, Any] = {}
    for file in sorted(part.name for part in _data().joinpath(name).iterdir() if part.name.endswith(".yaml")):
        concepts = _read(f"{name}/{file}")
        twice = found.keys() & concepts.keys()
        if twice:
            raise _invalid(f"{name}/{file} repeats {', '.join(sorted(twice))}")
        found |= concepts
    return found


def concepts_of(condition: str) -> tuple[str, ...]:
    """The concepts that one line of `when` names.

    >>> concepts_of("chest_pain breathless|faint !chest_wall")
    ('chest_pain', 'breathless', 'faint', 'chest_wall')
    """
    return tuple(part.lstrip("!") for element in condition.split() for part in element.split("|"))


def _check(found: Tables) -> None:
    """Every name used in one table stands in the one it points to."""
    concepts = {*found.signs, *found.cries, *found.scene, *found.asks, *(measure.id for measure in found.measures)}
    concepts.add(MARKUP)
    for rule in (*found.rules, *found.likeness):
        unknown = [c for line in rule.when for c in concepts_of(line) if c not in concepts]
        unknown += [source for source in rule.sources if source not in found.sources]
        unknown += [rule.message] if rule.message not in found.messages else []
        if unknown:
            raise _invalid(f"rule {rule.id} names {', '.join(unknown)}, which no table has")
    for source in (*(m.source for m in found.measures), *(line.source for line in found.lines)):
        if source not in found.sources:
            raise _invalid(f"source {source} is not in sources.yaml")


def _invalid(what: str) -> StarterInvalid:
    return StarterInvalid(what, where="answers/triage/data", fix="mend the row; the tests name it too")
