"""Comparisons as eligibility texts write them: `≥ 18`, `>= 1,500`, `at least 2`, `18 to 75`, `less than 6`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from navaid.trials.criteria.parse.atom import Atom, asks

_SIGN = (
    r"(?:[≥≤⩾⩽><]\s*/?\s*=?|=\s*/?\s*[<>]|at least|at most|no (?:more|less|fewer|greater) than"
    r"|not (?:more|less|greater) than|(?:greater|more|higher|older|less|lower|fewer|younger) than(?: or equal to)?"
    r"|equal to or (?:greater|less) than|minimum(?: of)?|maximum(?: of)?|up to|over|above|under|below|exceeding)"
)
_VALUE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
COMPARED = rf"(?:{_SIGN}\s*)?(?:{_VALUE})(?:\s*(?:-|–|to|and|through)\s*(?:{_SIGN}\s*)?(?:{_VALUE}))?"
"""A number with its comparison, or a range of two: for use inside a pattern."""

_PART = re.compile(rf"(?P<sign>{_SIGN})?\s*(?P<value>{_VALUE})", re.IGNORECASE)


def bounds(start: int, end: int, concept: str, said: str, *, unit: str = "", bare: str = "at_least") -> Iterator[Atom]:
    """The atoms of a comparison; a bare number is taken as `bare` says, a range as both its ends.

    >>> [a.expression.predicate.op for a in bounds(0, 8, "age", "18 to 75")]
    ['at_least', 'at_most']
    """
    parts = [(_op(match["sign"]), number(match["value"])) for match in _PART.finditer(said)]
    if len(parts) == 1:
        op, value = parts[0]
        yield asks(start, end, concept, op or bare, value, unit=unit)
    elif len(parts) == 2:
        (low_op, low), (high_op, high) = parts
        # Two atoms of one span would overlap: the span is shared out between them.
        middle = (start + end) // 2
        yield asks(start, middle, concept, low_op or "at_least", low, unit=unit, family=f"{concept} low")
        yield asks(middle, end, concept, high_op or "at_most", high, unit=unit, family=f"{concept} high")


def number(text: str) -> float:
    """The value of a number as written, thousands parted by commas."""
    return float(text.replace(",", ""))


def _op(sign: str | None) -> str:
    plain = re.sub(r"[\s/]+", "", (sign or "").lower())
    if not plain:
        return ""
    if plain in {"≥", ">=", "=>", "⩾", "atleast", "minimum", "minimumof"} or plain.startswith(
        ("nolessthan", "nofewer", "notless")
    ):
        return "at_least"
    if plain in {"≤", "<=", "=<", "⩽", "atmost", "maximum", "maximumof", "upto"} or plain.startswith(
        ("nomore", "nogreater", "notmore", "notgreater")
    ):
        return "at_most"
    if "equalto" in plain:
        return "at_least" if "greater" in plain or "more" in plain or "older" in plain else "at_most"
    return (
        "above"
        if plain.startswith((">", "greater", "more", "higher", "older", "over", "above", "exceeding"))
        else "below"
    )
