"""Amended reports: what a later report on the same specimen says replaces what the earlier one said of it."""

from __future__ import annotations

from collections.abc import Sequence

from navaid.terms import Header, Reading

_DAYS = 90
"""A report that names no specimen is taken to amend one of the same kind and side at most so many days older."""


def superseded(readings: Sequence[Reading]) -> dict[int, set[str]]:
    """For each reading (by its place) the concepts on which a later one took its word back.

    A report that amends another repeats what stands; what it does not repeat of the earlier one still counts.
    """
    taken_back: dict[int, set[str]] = {}
    for late in readings:
        if not late.header.amends:
            continue
        said_again = {finding.concept for finding in late.findings}
        for place, early in enumerate(readings):
            if early is not late and _amends(late.header, early.header):
                taken_back.setdefault(place, set()).update(said_again)
    return taken_back


def _amends(late: Header, early: Header) -> bool:
    if late.type != early.type or (late.side and early.side and late.side != early.side):
        return False
    if early.amends and (not early.date or not late.date or early.date >= late.date):
        return False
    if late.identifier and early.identifier:
        return late.identifier == early.identifier
    if late.collected and early.collected:
        return late.collected == early.collected
    return bool(late.date and early.date and 0 <= (late.date - early.date).days <= _DAYS)
