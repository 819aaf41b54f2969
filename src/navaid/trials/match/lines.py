"""How many lines of treatment there were: what papers name is a lower bound, and only what they say closes it.

An upper bound is: a count as stated ("two prior lines"), the highest line that a paper numbers, that none was given, or
that the disease has never been where the lines are asked for.
"""

from __future__ import annotations

from typing import NamedTuple

from navaid.terms import Assertion, Field, Label, Predicate
from navaid.trials.match.drugs import above, key
from navaid.trials.match.facts import HAD, Facts
from navaid.trials.match.known import compare
from navaid.trials.match.logic import Held
from navaid.trials.match.single import open_
from navaid.trials.match.tables import table
from navaid.trials.match.treatments import denials, in_setting

_ANY = ("systemic_therapy", "any_cancer_therapy", "")


class _Count(NamedTuple):
    low: int
    high: int | None
    because: tuple[Field, ...]
    told: str = ""


def lines(facts: Facts, predicate: Predicate) -> Held:
    """Whether the number of lines is what is asked."""
    wanted = predicate.values[0] if predicate.values else None
    if not isinstance(wanted, int | float):
        return open_(predicate)
    counted = _count(facts, str(predicate.qualifiers.get("setting", "any")), str(predicate.qualifiers.get("of", "")))
    label = compare(predicate.op, wanted, counted.low, counted.high)
    if predicate.within_days is not None and label is not Label.NOT_MET:
        label = Label.UNKNOWN
    reasons = tuple(dict.fromkeys(filter(None, (counted.told, *map(facts.quote, counted.because)))))[:4]
    findings = tuple(index for field in counted.because for index in field.findings[:1])
    if label is not Label.UNKNOWN:
        return Held(label, reasons, findings)
    opened = open_(predicate)
    return Held(label, (*reasons, *opened.reasons), findings, opened.questions)


def _count(facts: Facts, setting: str, of: str) -> _Count:
    if setting == "any":  # whether early treatment counts is not said: what is known of the advanced disease is least
        denied = next((f for f in denials(facts, "") if key(str(f.value)) in above(of or "systemic_therapy")), None)
        if denied:
            return _Count(0, 0, (denied,))
        advanced = _count(facts, "advanced", of)
        return _Count(advanced.low, None, advanced.because, advanced.told)
    if setting == "metastatic":
        never = next((k for k in facts.known("setting") if k.value == "metastatic" and not k.true), None)
        if never:
            return _Count(0, 0, (), never.told)
    for field in denials(facts, setting):
        if key(str(field.value)) in above(of or "systemic_therapy"):
            return _Count(0, 0, (field,))
    drugs = [f for f in facts.fields("drug") if f.assertion in HAD and in_setting(setting, f) is Label.MET]
    counted = _by_number(drugs, of)
    stated = _stated(facts, setting, of)
    if not stated:
        return counted
    low = max(counted.low, stated.low)
    high = stated.high if stated.high is not None else counted.high
    if high is not None and high < low:
        high = None  # the papers name more than they count: nothing closes it
    return _Count(low, high, (*stated.because, *counted.because))


def _by_number(drugs: list[Field], of: str) -> _Count:
    """Lines as the papers number them; drugs without a number are at least one line together."""
    mine = [field for field in drugs if of in _ANY or key(of) in above(str(field.value))]
    numbered: dict[int, list[Field]] = {}
    for field in drugs:
        if isinstance(number := field.details.get("line"), int):
            numbered.setdefault(number, []).append(field)
    if not numbered:
        return _Count(1 if mine else 0, None, tuple(mine))
    own = {number for number, fields in numbered.items() if any(field in mine for field in fields)}
    low = max(numbered) if of in _ANY else len(own)
    closed = set(numbered) == set(range(1, max(numbered) + 1)) and all("line" in field.details for field in drugs)
    return _Count(max(low, 1 if mine else 0), low if closed else None, tuple(mine))


def _stated(facts: Facts, setting: str, of: str) -> _Count | None:
    """A count that a paper gives, of these lines or of ones that hold them."""
    low, high, because = 0, None, []
    for field in facts.fields("lines"):
        if field.assertion is Assertion.ABSENT or not isinstance(field.value, int):
            continue
        what, where = str(field.details.get("of", "systemic_therapy")), str(field.details.get("setting", ""))
        wider = key(what) in above(of or "systemic_therapy") or (of in _ANY and what in _ANY)
        narrower = key(of or "systemic_therapy") in above(what)
        here = where in table("values")["settings"].get(setting, [setting])
        if here and narrower:
            low = max(low, field.value)
            because.append(field)
        if wider and field.details.get("exact") and (here or not where):
            high = field.value if high is None else min(high, field.value)
            because.append(field)
    return _Count(low, high, tuple(because)) if because else None
