"""What a profile lets us say of a concept: that it has a value or has not, or between which bounds a number lies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from navaid.terms import Label, Value


class Known(NamedTuple):
    """The concept has this value, or (`true` is False) has it not. `told` says so in a sentence, with the findings."""

    value: Value
    true: bool
    told: str
    findings: tuple[int, ...] = ()


class Bounds(NamedTuple):
    """A number lies from `low` to `high`, both included; None where nothing limits it."""

    low: float | None
    high: float | None
    told: str
    findings: tuple[int, ...] = ()


def compare(op: str, wanted: float, low: float | None, high: float | None) -> Label:
    """Whether a number that lies between two bounds is what is asked.

    >>> compare("at_least", 2, 3, None), compare("at_least", 2, 1, None), compare("at_most", 2, 3, None)
    (<Label.MET: 'met'>, <Label.UNKNOWN: 'unknown'>, <Label.NOT_MET: 'not_met'>)
    """
    if op in ("at_least", "above"):
        if low is not None and (low >= wanted if op == "at_least" else low > wanted):
            return Label.MET
        if high is not None and (high < wanted if op == "at_least" else high <= wanted):
            return Label.NOT_MET
        return Label.UNKNOWN
    if op in ("at_most", "below"):
        if high is not None and (high <= wanted if op == "at_most" else high < wanted):
            return Label.MET
        if low is not None and (low > wanted if op == "at_most" else low >= wanted):
            return Label.NOT_MET
        return Label.UNKNOWN
    if low is not None and low == high:
        return Label.MET if low == wanted else Label.NOT_MET
    outside = (high is not None and high < wanted) or (low is not None and low > wanted)
    return Label.NOT_MET if outside else Label.UNKNOWN


def agreed(labels: Sequence[Label]) -> Label:
    """The label that all have; unknown where they differ or there is none."""
    return labels[0] if labels and all(label is labels[0] for label in labels) else Label.UNKNOWN


def opposite(label: Label) -> Label:
    """Met for not met, and the other way round."""
    return {Label.MET: Label.NOT_MET, Label.NOT_MET: Label.MET, Label.UNKNOWN: Label.UNKNOWN}[label]
