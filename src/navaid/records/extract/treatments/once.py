"""One finding for what a paper says again and again."""

from __future__ import annotations

from collections.abc import Iterable

from navaid.terms import Assertion, Finding


def once(findings: Iterable[Finding]) -> list[Finding]:
    """The findings without those that another says as well, with as much beside it; the first of equals stays."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        kind = Assertion.PRESENT if finding.assertion == Assertion.HISTORICAL else finding.assertion
        kept = groups.setdefault((finding.concept, finding.value, kind), [])
        if any(_says(other, finding) for other in kept):
            continue
        kept[:] = [other for other in kept if not _says(finding, other)]
        kept.append(finding)
    return [finding for kept in groups.values() for finding in kept]


def _says(more: Finding, less: Finding) -> bool:
    """Whether `more` says all that `less` says: its date, side and details, or more."""
    if less.side and more.side != less.side:
        return False
    if less.date and more.date != less.date:
        return False
    skipped = {"as", "precision"}
    return all(more.details.get(name) == value for name, value in less.details.items() if name not in skipped)
