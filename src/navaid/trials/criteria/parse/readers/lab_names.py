"""The names of laboratory values in a text, joined where they share a limit, and their units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from navaid.trials.criteria.parse.quick import lowered
from navaid.trials.criteria.parse.readers.quantity import table
from navaid.vocabulary.matching import lower

BRACKET = r"(?:\s*[(\[](?:[^()\[\]≥≤<>=;\d]|\d(?!\d)|[(\[][^()\[\]≥≤<>=]*[)\]]){1,80}[)\]]){0,2}"
_JOIN = r"\s*(?:,?\s*\band\s*/\s*or\b|,?\s*\b(?:and|or)\b|[/&,，、]|\s)\s*(?:\b(?:both|either|the|serum|total)\b\s*)*"
_JOINED = re.compile(BRACKET + _JOIN, re.IGNORECASE)


class Group(NamedTuple):
    """Names that share a limit: "AST and ALT"."""

    start: int
    end: int
    ids: tuple[str, ...]
    joined: str


def in_unit(lab: str, value: float, unit: str) -> float | None:
    """A value of `lab` (its id) in the unit that predicates are in; None for a unit that is not known for it.

    >>> in_unit("creatinine", 88.4, "umol/L"), in_unit("neutrophils", 1500, "/uL"), in_unit("platelets", 150, "")
    (1.0, 1.5, 150)
    """
    row = rows().get(lab)
    if row is None:
        return None
    if not unit and row["unit"]:
        unit = next((told for low, high, told in row.get("bare", ()) if low <= value <= high), "?")
    factor = 1 if unit == row["unit"] else row.get("units", {}).get(unit)
    return None if factor is None else value if factor == 1 else round(value * factor, 3)


def groups(words: str) -> Iterator[Group]:
    """Names, with what stands in brackets behind them, joined where they share a limit."""
    found: Group | None = None
    for match in _name().finditer(words) if _any_name().search(lower(words)) else ():
        lab = (match.lastgroup or "")[1:]
        if found and lab in found.ids and re.fullmatch(r"\s*[)\]]?\s*[(\[]\s*", words[found.end : match.start()]):
            found = found._replace(end=_bracket_end(words, match.end()))
        elif found and _JOINED.fullmatch(words, found.end, match.start()):
            ids = tuple(dict.fromkeys((*found.ids, lab)))
            joint = _joint(words[found.end : match.start()]) or found.joined
            found = Group(found.start, match.end(), ids, joint)
        else:
            if found:
                yield found
            found = Group(match.start(), match.end(), (lab,), "")
    if found:
        yield found


def _bracket_end(words: str, end: int) -> int:
    close = re.compile(r"[\s)\]]*[)\]]").match(words, end)
    return close.end() if close else end


def _joint(said: str) -> str:
    """`and/or`, `and`, `or`, `/`: how the last two names of a group are joined."""
    plain = said.lower()
    if re.search(r"\band\s*/\s*or\b", plain):
        return "and/or"
    word = re.search(r"\b(?:and|or)\b|&", plain)
    return word[0].replace("&", "and") if word else "/" if "/" in plain else ""


@cache
def rows() -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in table()["labs"]}


@cache
def _name() -> re.Pattern[str]:
    """Every name, each lab in a group of its own (`_` and its id); the order of the table decides."""
    parts = []
    for lab, row in rows().items():
        forms = "|".join(f"(?-i:{form})" if re.fullmatch(r"[A-Z]{2,4}", form) else form for form in row["forms"])
        parts.append(rf"(?P<_{lab}>{forms})")
    return re.compile(_whole("|".join(parts)), re.IGNORECASE)


@cache
def _any_name() -> re.Pattern[str]:
    """Whether a text in lower case can have a name in it: most statements have none."""
    return re.compile(lowered(_whole("|".join(form for row in rows().values() for form in row["forms"]))))


def _whole(names: str) -> str:
    return rf"(?<![\w-])(?:{names})(?![\w-])".replace(" ?", r"\s*").replace(" ", r"\s+")
