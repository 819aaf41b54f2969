"""What the person said of their papers: confirmed, corrected or rejected. Their word is a finding of its own.

Such a finding has `source.how` `person` and the day it was said as `date`; its `rule` is one of the three below. It is
kept beside the papers' findings (a `Reading` of its own), so that reading a paper again changes nothing of it.
"""

from __future__ import annotations

import datetime as dt

from navaid.terms import Finding, Header, How, Provenance, Reading, Value

CONFIRM = "confirm"
"""The value is right."""

CORRECT = "correct"
"""This value is right, whatever the papers say."""

REJECT = "reject"
"""This value is wrong; with the value `*`, every value of the concept is."""

ANY = "*"


def word(concept: str, value: Value, rule: str, today: dt.date, *, side: str = "", note: str = "") -> Finding:
    """The person's word on a concept, as a finding. `side` limits it to the tumours of that side."""
    source = Provenance(file="PERSON", page=1, start=0, end=len(note), words=note, how=How.PERSON)
    return Finding(concept=concept, value=value, source=source, date=today, side=side, rule=rule)


def reading(words: tuple[Finding, ...]) -> Reading:
    """What the person said, as one more reading beside those of the papers."""
    return Reading(file="PERSON", path="", name="your own word", header=Header(), findings=words)
