"""Whether something lies within so many days before joining; days that papers do not give stay open."""

from __future__ import annotations

import datetime as dt

from navaid.terms import Field, Label

_GOES_ON = ("current",)


def within(field: Field, days: int, today: dt.date) -> Label:
    """Met where it goes on or ended within the days, not met where it ended before, else unknown."""
    if field.details.get("status") in _GOES_ON:
        return Label.MET
    end = _day(field.details.get("stop"), last=True)
    if end is None and not field.details.get("start"):
        end = field.date if field.details.get("status") != "past" or field.concept in ("surgery", "radiation") else None
    if end is not None:
        return Label.MET if (today - end).days <= days else Label.NOT_MET
    start = _day(field.details.get("start"), last=False)
    if start is not None and (today - start).days <= days:
        return Label.MET
    return Label.UNKNOWN


def _day(value: object, *, last: bool) -> dt.date | None:
    """The day of an ISO date that may lack its day or month: the first or the last that it can mean."""
    parts = [int(part) for part in str(value or "").split("-") if part.isdigit()]
    if not parts or parts[0] < 1900:
        return None
    year = parts[0]
    month = parts[1] if len(parts) > 1 else (12 if last else 1)
    try:
        if len(parts) > 2:
            return dt.date(year, month, parts[2])
        first = dt.date(year, month, 1)
    except ValueError:
        return None
    return (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1) if last else first
