"""The clinician's page: the summary of the papers (records/export/summary) with the questions that are open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from navaid.records.export.summary import layout, render
from navaid.records.export.summary.rows import Marks, Row, numbered
from navaid.terms import Origin, Profile, Reading, VisitPlan

_WHY_OPEN = {
    Origin.OWN: "The person asks",
    Origin.CONFLICT: "Papers disagree",
    Origin.GAP: "Not in the papers",
    Origin.TRIAL: "For a study",
    Origin.ANSWER: "No source told",
}
"""What stands before a question; those of general lists are on the person's page only."""


def html(plan: VisitPlan, profile: Profile, readings: Sequence[Reading]) -> bytes:
    """The page as the bytes of an HTML file."""
    return render.html(profile, readings, questions(plan, profile, readings))


def pdf(plan: VisitPlan, profile: Profile, readings: Sequence[Reading]) -> bytes:
    """The page as a PDF of one page. Raises NoPdf."""
    return render.pdf(profile, readings, questions(plan, profile, readings))


def whole(plan: VisitPlan, profile: Profile, readings: Sequence[Reading]) -> layout.Page:
    """All that the page would say if paper had no end."""
    return layout.lay_out(profile, readings, lines=100_000, asked=questions(plan, profile, readings))


def questions(plan: VisitPlan, profile: Profile, readings: Sequence[Reading]) -> tuple[Row, ...]:
    """A row for each open question, with the papers that it comes from."""
    return tuple(_rows(plan, profile, Marks(profile, readings, numbered(readings))))


def _rows(plan: VisitPlan, profile: Profile, marks: Marks) -> Iterator[Row]:
    for item in plan.open:
        if item.origin in _WHY_OPEN:
            field = profile.field(item.about) if item.origin in (Origin.CONFLICT, Origin.GAP) else None
            yield Row(label=_WHY_OPEN[item.origin], value=item.text, marks=marks.of([field]) if field else ())
