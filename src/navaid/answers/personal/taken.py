"""Whether a drug is taken now: a limit such as `taking: [aromatase_inhibitor]`, held against the drugs of the papers.

A sentence about people on a drug is not about who has stopped it, or never had it. A drug that is planned, or of which
the papers leave open whether it goes on, leaves the sentence open.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from navaid.answers.personal.asking import table
from navaid.terms import Assertion, Field, Label, Predicate
from navaid.trials.match import told
from navaid.trials.match.drugs import above, key
from navaid.trials.match.facts import HAD, Facts
from navaid.trials.match.logic import Held


def given(facts: Facts, predicate: Predicate) -> list[Field]:
    """The drugs of the kind that is asked for, which the person has or had."""
    fields = [field for field in facts.fields("drug") if field.assertion in HAD]
    return [field for field in fields if any(key(str(value)) in above(str(field.value)) for value in predicate.values)]


def now(facts: Facts, predicate: Predicate, held: Callable[[Facts, Predicate], Held]) -> Held:
    """Met where one of the drugs goes on, not met where all have stopped or none was had; open otherwise."""
    plain = held(facts, msgspec.structs.replace(predicate, qualifiers={}))
    if plain.label is Label.NOT_MET:
        return plain
    mine = given(facts, predicate)
    labels = [_goes_on(facts, field) for field in mine]
    for label in (Label.MET, Label.UNKNOWN):
        if label in labels and not (label is Label.UNKNOWN and plain.label is Label.UNKNOWN):
            return _of(facts, predicate, mine[labels.index(label)], label)
    if plain.label is Label.UNKNOWN or not mine:
        return plain._replace(label=Label.UNKNOWN)
    return _of(facts, predicate, mine[0], Label.NOT_MET)


def _goes_on(facts: Facts, field: Field) -> Label:
    """Whether this drug is still taken, as far as the papers say."""
    details, rules = field.details, table()["taken_for"]
    if details.get("status") == "past" or "stop" in details or field.assertion is Assertion.HISTORICAL:
        return Label.NOT_MET
    if details.get("status") == "current":
        return Label.MET
    if details.get("response") == "progression" or any(class_ in above(str(field.value)) for class_ in rules["never"]):
        return Label.UNKNOWN
    fresh = field.date is not None and (facts.today - field.date).days <= rules["days"]
    return Label.MET if fresh else Label.UNKNOWN


def _of(facts: Facts, predicate: Predicate, field: Field, label: Label) -> Held:
    reason = facts.quote(field)
    if label is not Label.UNKNOWN:
        return Held(label, (reason,), field.findings[:1])
    question = told.question(predicate)
    return Held(label, (f"{reason} Your papers do not say whether you take it now.",), field.findings[:1], (question,))
