"""Crisis lines as a page shows them: whom one can reach in a country, with a number to tap and the page it is from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from navaid.answers.triage.tables import Line, tables
from navaid.terms import Date, Record, Triage

COUNTRIES = {
    "US": "United States",
    "CA": "Canada",
    "GB": "United Kingdom",
    "IE": "Ireland",
    "AU": "Australia",
    "NZ": "New Zealand",
    "IN": "India",
    "ES": "Spain",
    "DE": "Germany",
    "FR": "France",
}
"""The countries of which we could confirm a line."""
_BELOW = "the numbers are below"
_CALL = re.compile(r"call (?:or text )?([\d][\d -]*\d)")


class HelpLine(Record, frozen=True):
    """`kind` is `distress` or `abuse`; `number` is what to tap; `emergency` is that of the country, where its page
    names one."""

    country: str
    kind: str
    name: str
    contact: str
    number: str
    emergency: str
    title: str
    url: str
    opened: Date


def lines(country: str = "", said: Triage | None = None) -> tuple[HelpLine, ...]:
    """The lines of a country, or of all; with `said` only those that its message names."""
    cited = None if said is None else {citation.document for citation in said.citations}
    every = [_line(row) for row in tables().lines if not country or row.country == country]
    return tuple(one for one in every if cited is None or f"URL:{one.url}" in cited)


def listing(rows: Iterable[Line]) -> str:
    """The lines of several countries in one sentence."""
    return "; ".join(f"{row.country}: {row.contact} ({row.name})" for row in rows)


def without_listing(message: str) -> str:
    """The message for a page that has the lines of all countries below it, with numbers to tap."""
    for kind in ("distress", "abuse"):
        message = message.replace(listing(row for row in tables().lines if row.kind == kind), _BELOW)
    return message.replace(f". {_BELOW}", f". {_BELOW.capitalize()}")


def emergency(country: str) -> str:
    """The emergency number of a country, empty where no page that we opened names it."""
    return next((row.emergency for row in tables().lines if row.country == country and row.emergency), "")


def _line(row: Line) -> HelpLine:
    source, number = tables().sources[row.source], _CALL.search(row.contact)
    return HelpLine(
        country=row.country,
        kind=row.kind,
        name=row.name,
        contact=row.contact,
        number=re.sub(r"\D", "", number[1]) if number else "",
        emergency=row.emergency or "",
        title=source.title,
        url=source.url,
        opened=source.opened,
    )
