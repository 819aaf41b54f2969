"""Dates as papers give them (`2024`, `2024-03`, `2024-03-05`): in words, and as a place on a line of years."""

from __future__ import annotations

import calendar
import re

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def in_words(day: object) -> str:
    """The date as a person says it, no more precise than it is; what is none stays as it is.

    >>> in_words("2024-03-05"), in_words("2024-03"), in_words("2024"), in_words("last spring")
    ('5 March 2024', 'March 2024', '2024', 'last spring')
    """
    found = _parts(str(day))
    if found is None:
        return str(day)
    year, month, date = found
    words = [str(date)] if date else []
    words += [calendar.month_name[month]] if month else []
    return " ".join([*words, str(year)])


def beginning(day: str) -> float | None:
    """The year and the part of it at which this date begins; None for what is no date.

    >>> beginning("2024"), beginning("2024-07"), beginning("soon")
    (2024.0, 2024.5, None)
    """
    found = _parts(day)
    if found is None:
        return None
    year, month, date = found
    return year + ((month or 1) - 1) / 12 + ((date or 1) - 1) / 372


def end(day: str) -> float | None:
    """The year and the part of it at which this date ends.

    >>> end("2024"), end("2024-06")
    (2025.0, 2024.5)
    """
    found, first = _parts(day), beginning(day)
    if found is None or first is None:
        return None
    return first + (1 / 372 if found[2] else 1 / 12 if found[1] else 1)


def _parts(day: str) -> tuple[int, int, int] | None:
    """Year, month and day; 0 for what is not given."""
    match = _PARTIAL.fullmatch(day)
    if match is None or int(match[2] or 0) > 12:
        return None
    return int(match[1]), int(match[2] or 0), int(match[3] or 0)
