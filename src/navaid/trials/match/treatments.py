"""Predicates over drugs and their classes: had, denied, progressed on, in which setting and how long ago."""

from __future__ import annotations

from collections.abc import Iterator

from navaid.terms import Assertion, Field, FieldState, Label, Predicate
from navaid.trials.match.drugs import above, key
from navaid.trials.match.facts import HAD, Facts
from navaid.trials.match.known import opposite
from navaid.trials.match.logic import Held
from navaid.trials.match.single import open_
from navaid.trials.match.tables import table
from navaid.trials.match.when import within

_RECENT = 60  # days
_KINDS = ("drug", "drug_class", "medication")


def treatment(facts: Facts, predicate: Predicate) -> Held:
    """Whether one of these drugs or classes was had; a denial of a class denies every drug of it."""
    held = _treatment(facts, predicate)
    if predicate.op in ("not_had", "is_not"):
        return Held(opposite(held.label), held.reasons, held.findings, held.questions)
    return held


def _treatment(facts: Facts, predicate: Predicate) -> Held:
    maybe: Field | None = None
    for field in given(facts):
        if predicate.values and not any(key(str(value)) in above(str(field.value)) for value in predicate.values):
            continue
        label = _narrow(facts, predicate, field)
        if label is Label.MET:
            return Held(Label.MET, (facts.quote(field),), field.findings[:1])
        if label is Label.UNKNOWN:
            maybe = maybe or field
    if maybe:
        opened = open_(predicate)
        return Held(Label.UNKNOWN, (facts.quote(maybe), *opened.reasons), maybe.findings[:1], opened.questions)
    return _denied(facts, predicate) or open_(predicate)


def given(facts: Facts) -> Iterator[Field]:
    """The drugs and classes that the person has or had, whatever for."""
    for kind in _KINDS:
        for field in facts.fields(kind):
            if field.assertion in HAD and field.state is not FieldState.CONFLICT:
                yield field
    for field in facts.fields("radiation"):
        if field.assertion in HAD and field.state is not FieldState.CONFLICT:
            yield Field(
                concept="radiation",
                value="radiation",
                state=field.state,
                date=field.date,
                findings=field.findings,
                details=field.details,
            )


def _narrow(facts: Facts, predicate: Predicate, field: Field) -> Label:
    """Whether it was given in the setting and the time that are asked for."""
    labels = []
    asked = str(predicate.qualifiers.get("setting", ""))
    if asked and asked != "any":
        labels.append(in_setting(asked, field))
    if predicate.within_days is not None:
        labels.append(within(field, predicate.within_days, facts.today))
    if set(predicate.qualifiers) - {"setting", "of"}:
        labels.append(Label.UNKNOWN)
    if Label.NOT_MET in labels:
        return Label.NOT_MET
    return Label.UNKNOWN if Label.UNKNOWN in labels else Label.MET


def in_setting(asked: str, field: Field) -> Label:
    """Whether a treatment was given for this state of the disease; unknown where no paper says what for."""
    had = str(field.details.get("setting") or field.details.get("intent") or "")
    if not had:
        return Label.UNKNOWN
    wanted = table("values")["settings"].get(asked, [asked])
    if had in wanted:
        return Label.MET
    known = {each for row in table("values")["settings"].values() for each in row}
    if had not in known or (had == "early" and asked in ("neoadjuvant", "adjuvant")):
        return Label.UNKNOWN
    return Label.NOT_MET


def _denied(facts: Facts, predicate: Predicate) -> Held | None:
    """What says that none of them was had: each is denied, or the disease was never where it is asked for."""
    asked = str(predicate.qualifiers.get("setting", ""))
    if not asked and predicate.within_days is not None and predicate.within_days <= _RECENT:
        # What is given to someone whose cancer has spread is given for that: a denial of it reaches to today.
        asked = "metastatic" if any(k.value == "metastatic" and k.true for k in facts.known("setting")) else ""
    if asked == "metastatic":
        known = next((k for k in facts.known("setting") if k.value == "metastatic" and not k.true), None)
        if known:
            return Held(Label.NOT_MET, (known.told,), known.findings)
    reasons = []
    for value in predicate.values or ("any_cancer_therapy",):
        denial = next(
            (f for f in denials(facts, asked, predicate.within_days) if key(str(f.value)) in above(str(value))), None
        )
        if denial is None:
            return None
        reasons.append(denial)
    quoted = tuple(dict.fromkeys(map(facts.quote, reasons)))
    return Held(Label.NOT_MET, quoted, tuple(index for field in reasons for index in field.findings[:1]))


def denials(facts: Facts, asked: str, within_days: int | None = None) -> Iterator[Field]:
    """Drugs and classes that papers say were not had: at all, or in the setting and the time that are asked for."""
    for kind in (*_KINDS, "prior_treatment", "radiation"):
        for field in facts.fields(kind):
            if field.assertion is not Assertion.ABSENT or field.state is FieldState.CONFLICT:
                continue
            if field.details.get("status") in ("declined", "now"):
                continue
            days = field.details.get("within_days")
            if isinstance(days, int) and (within_days is None or within_days > days):
                continue
            where = str(field.details.get("setting", ""))
            if where and (not asked or where not in table("values")["settings"].get(asked, [asked])):
                continue
            if kind in ("prior_treatment", "radiation"):
                value = "any_cancer_therapy" if kind == "prior_treatment" else "radiation"
                yield Field(
                    concept=kind, value=value, state=field.state, findings=field.findings, assertion=field.assertion
                )
            else:
                yield field


def progression(facts: Facts, predicate: Predicate) -> Held:
    """Whether the cancer grew on or after one of these; one that was never given cannot have failed."""
    had = _treatment(
        facts, Predicate(concept="drug_class", op="had", values=predicate.values, qualifiers=predicate.qualifiers)
    )
    if had.label is Label.NOT_MET:
        return had
    for field in given(facts):
        if not any(key(str(value)) in above(str(field.value)) for value in predicate.values):
            continue
        if field.details.get("response") == "progression" and _narrow(facts, predicate, field) is Label.MET:
            return Held(Label.MET, (facts.quote(field),), field.findings[:1])
    opened = open_(predicate)
    return Held(Label.UNKNOWN, (*had.reasons[:1], *opened.reasons), had.findings, opened.questions)


def prior_treatment(facts: Facts, predicate: Predicate) -> Held:
    """Whether any treatment of this cancer was had: drugs, radiation, an operation beyond a biopsy."""
    asked = Predicate(concept="drug_class", op=predicate.op, values=("any_cancer_therapy",),
                      within_days=predicate.within_days, qualifiers=predicate.qualifiers)  # fmt: skip
    return treatment(facts, asked)
