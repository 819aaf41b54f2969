"""What no library can answer: one person's outlook, dose, result or cause, a single doctor, one plan, the future.

The kinds, the words that ask for each, and what is said in place of an answer are data (`tables/beyond.yaml`). A kind
that `triage` knows too, outlook and dose, counts only where both recognise it.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import msgspec

from navaid.answers.triage import triage
from navaid.tables import load as load_table
from navaid.terms import Open, Question, Record, TriageClass

_TABLE = Path(__file__).parent / "tables" / "beyond.yaml"


class Kind(Record, frozen=True):
    """A row of the table."""

    reason: str
    when: tuple[str, ...]
    unless: tuple[str, ...] = ()


def parts(question: Question) -> tuple[Open, ...]:
    """The parts of a question that no library can answer, each with what is said instead."""
    kinds = {part: kind_of(part) for part in question.parts}
    return tuple(Open(part=part, reason=_kinds()[kind].reason) for part, kind in kinds.items() if kind)


def asks_for_prognosis_only(question: Question) -> bool:
    """True if every part asks what will become of one person: then no figures on others are shown either."""
    return all(kind_of(part) == TriageClass.PERSONAL_PROGNOSIS for part in question.parts)


def kind_of(part: str) -> str:
    """The name of the kind of open question that a part is, or an empty string.

    >>> kind_of("what caused my cancer, the pill or the night shifts"), kind_of("what causes breast cancer")
    ('own_cause', '')
    """
    text = part.lower().replace("’", "'")
    not_by_triage = {kind.value for kind in TriageClass} - {triage(part).class_.value}
    for name, (when, unless) in _patterns().items():
        met = any(one.search(text) for one in when) and not any(one.search(text) for one in unless)
        if met and name not in not_by_triage:
            return name
    return ""


@cache
def _kinds() -> dict[str, Kind]:
    return msgspec.convert(load_table(_TABLE.read_text(encoding="utf-8")), dict[str, Kind])


@cache
def _patterns() -> dict[str, tuple[list[re.Pattern[str]], list[re.Pattern[str]]]]:
    return {
        name: ([re.compile(one) for one in kind.when], [re.compile(one) for one in kind.unless])
        for name, kind in _kinds().items()
    }
