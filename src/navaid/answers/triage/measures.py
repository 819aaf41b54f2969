"""Numbers that are signs: a temperature, a blood sugar, an oxygen level, in either unit."""

from __future__ import annotations

from navaid.answers.triage.patterns import Mention
from navaid.answers.triage.tables import Measure

# What follows a number that is surely something else.
_AMOUNTS = frozenset("kg mg mcg g ml cm mm iu units percent miles stone lb lbs pounds grams mmol".split())
_OTHER_UNITS = _AMOUNTS | frozenset(
    "year years yr yrs yo week weeks day days month months hour hours hrs minutes mins times "
    "tablets pills sessions cycles rounds nodes".split()
)
_BEFORE, _AFTER = 6, 4


def find_measures(tokens: list[str], measures: tuple[Measure, ...]) -> list[Mention]:
    """Every number in a table's range, with the words it stands near, ordered by place."""
    found = []
    for i, token in enumerate(tokens):
        value = _value(token)
        if value is None:
            continue
        for measure in measures:
            if measure.low <= value <= measure.high and _speaks_of(tokens, i, measure, "." in token):
                found.append(Mention(measure.id, i, i + 1))
    return found


def _value(token: str) -> float | None:
    try:
        return float(token) if token[0].isdecimal() else None
    except ValueError:
        return None


def _speaks_of(tokens: list[str], i: int, measure: Measure, decimal: bool) -> bool:
    if tokens[i - 1 : i] in (["am"], ["aged"], ["age"]) and not decimal:  # "I am 38" is an age
        return False
    following = tokens[i + 1] if i + 1 < len(tokens) else ""
    unit = tokens[i + 2] if following in ("deg", "degrees", "degree") and i + 2 < len(tokens) else following
    if unit in ("c", "celsius", "centigrade", "f", "fahrenheit"):
        return measure.unit.lower() == unit[0]
    degrees = following in ("deg", "degrees", "degree")
    # nobody writes 38.2 or 101.3 of themselves without a word for it, unless it is a temperature
    if measure.unit in "CF" and (degrees or (decimal and following not in _AMOUNTS)):
        return True
    if measure.unit.split() == tokens[i + 1 : i + 3]:
        return True
    if following in _OTHER_UNITS and following != measure.unit.split()[0]:
        return False
    around = _around(tokens, i)
    return any(word in around for word in measure.words)


def _around(tokens: list[str], i: int) -> list[str]:
    """The words near a number, within its sentence."""
    start, end = max(0, i - _BEFORE), min(len(tokens), i + _AFTER + 1)
    for j in range(i - 1, start - 1, -1):
        if tokens[j] in ".?":
            start = j + 1
            break
    for j in range(i + 1, end):
        if tokens[j] in ".?":
            end = j
            break
    return tokens[start:end]
