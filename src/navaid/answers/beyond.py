"""What no library can answer: one person's outlook, dose, result or cause, a single doctor, one plan, the future.

The kinds, the words that ask for each, and what is said in place of an answer are data (`tables/beyond.yaml`);
outlook and dose are recognised by `triage`, which must catch them first anyway.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import msgspec
import yaml

from navaid.answers.triage import triage
from navaid.terms import Open, Question, Record, TriageClass

_TABLE = Path(__file__).parent / "tables" / "beyond.yaml"


class Kind(Record, frozen=True):
    """A row of the table."""

    reason: str
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


def parts(question: Question) -> tuple[Open, ...]:
    """The parts of a question that no library can answer, each with what is said instead."""
    return tuple(Open(part=part, reason=reason) for part in question.parts if (reason := _reason(part)))


def asks_for_prognosis_only(question: Question) -> bool:
    """True if every part asks what will become of one person: then no figures on others are shown either."""
    return all(triage(part).class_ is TriageClass.PERSONAL_PROGNOSIS for part in question.parts)


def _reason(part: str) -> str:
    """
    >>> _reason("what caused my cancer, the pill or the night shifts")
    'Nobody can say what caused the cancer of one person. What is known holds for groups of people.'
    >>> _reason("what causes breast cancer")
    ''
    """
    text = part.lower().replace("’", "'")
    of_triage = _kinds().get(triage(part).class_.value)
    if of_triage:
        return of_triage.reason
    for name, (when, unless) in _patterns().items():
        if any(one.search(text) for one in when) and not any(one.search(text) for one in unless):
            return _kinds()[name].reason
    return ""


@cache
def _kinds() -> dict[str, Kind]:
    return msgspec.convert(yaml.safe_load(_TABLE.read_text(encoding="utf-8")), dict[str, Kind])


@cache
def _patterns() -> dict[str, tuple[list[re.Pattern[str]], list[re.Pattern[str]]]]:
    return {
        name: ([re.compile(one) for one in kind.when], [re.compile(one) for one in kind.unless])
        for name, kind in _kinds().items()
    }
