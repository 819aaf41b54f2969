"""Predicates over things of which a person may have several: illnesses, operations, radiation, sites, allergies."""

from __future__ import annotations

from collections.abc import Iterator

from navaid.terms import Assertion, Field, FieldState, Label, Predicate, Value
from navaid.trials.match.drugs import above
from navaid.trials.match.facts import HAD, Facts
from navaid.trials.match.known import opposite
from navaid.trials.match.logic import Held
from navaid.trials.match.single import open_
from navaid.trials.match.when import within

# What says of a whole concept that there is nothing (more) of it: the concept that says so.
_COMPLETE = {"comorbidity": "no_other_illness", "medication": "no_medicine", "medication_class": "no_medicine"}
_NONE_KNOWN = {"none_known", "none", "no_known"}
_ANY_OPERATION = {"any", "major", None}  # may have been for something else than this cancer
_NOW = {"active", "current", "ongoing", "acute"}  # an infection that is over is not meant by any criterion
_UNSPECIFIED = {"unspecified", "any"}
_BIOPSIES = {"core_biopsy", "fine_needle_aspiration", "port"}  # no treatment of the cancer


def had(facts: Facts, predicate: Predicate) -> Held:
    """Whether the person has or had one of these; without values, any at all.

    What is asked more narrowly than papers tell (an illness that must be uncontrolled) is open where the thing is
    there, and answered by a denial of the thing as a whole.
    """
    held = _had(facts, predicate)
    if predicate.op in ("not_had", "is_not"):
        return Held(opposite(held.label), held.reasons, held.findings, held.questions)
    return held


def _had(facts: Facts, predicate: Predicate) -> Held:
    there = [field for field in facts.fields(predicate.concept) if _asked(predicate, field) and _has(field)]
    for field in there:
        if _narrow_enough(facts, predicate, field):
            return Held(Label.MET, (facts.quote(field),), field.findings[:1])
    if there:
        near = there[0]
        opened = open_(predicate)
        return Held(Label.UNKNOWN, (facts.quote(near), *opened.reasons), near.findings[:1], opened.questions)
    denied = _denied(facts, predicate)
    return denied or open_(predicate)


def _has(field: Field) -> bool:
    if field.state is FieldState.CONFLICT or field.value in _NONE_KNOWN:
        return False
    return field.assertion in HAD or (field.concept == "family_history" and field.assertion is Assertion.FAMILY)


def _asked(predicate: Predicate, field: Field) -> bool:
    if not predicate.values or "any" in predicate.values:
        return field.value not in _BIOPSIES
    return any(same(value, field.value) for value in predicate.values)


def same(one: Value, other: Value) -> bool:
    """Whether two names of a thing are one, whether written as a code or with blanks."""
    return str(one).lower().replace("_", " ") == str(other).lower().replace("_", " ")


def _narrow_enough(facts: Facts, predicate: Predicate, field: Field) -> bool:
    for name, value in predicate.qualifiers.items():
        if name == "grade_at_least":
            grade = field.details.get("grade")
            if not isinstance(grade, int) or not isinstance(value, int | float) or grade < value:
                return False
            continue
        if str(field.details.get(name, "")).lower() != str(value).lower():
            return False
    return predicate.within_days is None or within(field, predicate.within_days, facts.today) is Label.MET


def _denied(facts: Facts, predicate: Predicate) -> Held | None:
    """A denial of all that is asked; of any at all where no value is asked."""
    reasons: list[Field] = []
    for value in predicate.values or (None,):
        denial = next(_denials(facts, predicate, value), None)
        if denial is None:
            return _other_denial(facts, predicate)
        reasons.append(denial)
    return Held(
        Label.NOT_MET,
        tuple(dict.fromkeys(map(facts.quote, reasons))),
        tuple(f for r in reasons for f in r.findings[:1]),
    )


def _denials(facts: Facts, predicate: Predicate, value: Value | None) -> Iterator[Field]:
    for field in facts.fields(predicate.concept):
        if field.state is FieldState.CONFLICT:
            continue
        if field.value in _NONE_KNOWN and field.assertion in HAD:
            yield field
        elif field.assertion is Assertion.ABSENT and _wide_enough(facts, field):
            whole = field.value in _UNSPECIFIED
            if whole or (value is not None and same(value, field.value)):
                yield field
    complete = _COMPLETE.get(predicate.concept)
    if complete == "no_medicine" and (predicate.within_days is not None or "vaccine" in str(value)):
        complete = None  # who takes none today may have been given one before
    yield from (facts.fields(complete) if complete else ())
    if predicate.concept == "radiation" or (predicate.concept == "surgery" and value not in _ANY_OPERATION):
        yield from (f for f in facts.fields("prior_treatment") if f.assertion is Assertion.ABSENT and not f.details)


def _wide_enough(facts: Facts, field: Field) -> bool:
    """Whether a denial of a narrowed illness ("no uncontrolled …") covers a criterion that names the same one."""
    narrow = str(field.details.get("narrow", ""))
    return not narrow or narrow in facts.narrowing or (field.value == "infection" and narrow in _NOW)


def _other_denial(facts: Facts, predicate: Predicate) -> Held | None:
    """What follows from something else: no spread to any organ, no spread to the brain."""
    if predicate.concept == "metastasis.site":
        known = next((k for k in facts.known("setting") if k.value == "metastatic" and not k.true), None)
        if known:
            return Held(Label.NOT_MET, (known.told,), known.findings)
        only = next(iter(facts.fields("metastasis.only")), None)
        if only and predicate.values and not any(same(only.value, value) for value in predicate.values):
            return Held(Label.NOT_MET, (facts.quote(only),), only.findings[:1])
    return None


def medication_class(facts: Facts, predicate: Predicate) -> Held:
    """Whether a medicine of a kind is taken: as the account says, or because one that is named is of that kind."""
    for field in (*facts.fields("medication"), *facts.fields("drug")):
        if not _has(field) or field.details.get("status") == "past":
            continue
        if any(str(value) in above(str(field.value)) for value in predicate.values):
            timely = predicate.within_days is None or within(field, predicate.within_days, facts.today) is Label.MET
            if timely:
                return _signed(predicate, Label.MET, facts, field)
    return had(facts, predicate)


def brain_metastases(facts: Facts, predicate: Predicate) -> Held:
    """Brain metastases and what is said of them; that there are none answers every question about them."""
    if "none" in predicate.values:  # "none" is what is denied
        op = "had" if predicate.op in ("is_not", "not_had") else "not_had"
        return had(facts, Predicate(concept="metastasis.site", op=op, values=("brain",)))
    if predicate.op in ("is_not", "not_had"):
        inner = brain_metastases(facts, Predicate(concept=predicate.concept, op="had", values=predicate.values))
        return Held(opposite(inner.label), inner.reasons, inner.findings, inner.questions)
    any_ = had(facts, Predicate(concept="metastasis.site", op="had", values=("brain",)))
    if not predicate.values or "any" in predicate.values or "present" in predicate.values:
        return any_
    if any_.label is Label.NOT_MET:
        return any_
    said = {str(field.value): field for field in facts.fields("brain_metastases") if field.assertion in HAD}
    labels = [_brain_state(str(value), said) for value in predicate.values]
    for label in (Label.MET, Label.UNKNOWN):
        for each, field in labels:
            if each is label is Label.MET and field:
                return Held(label, (facts.quote(field),), field.findings[:1])
        if any(each is Label.UNKNOWN for each, _ in labels):
            opened = open_(predicate)
            return Held(Label.UNKNOWN, (*any_.reasons[:1], *opened.reasons), any_.findings, opened.questions)
    fields = [field for _, field in labels if field]
    return Held(Label.NOT_MET, tuple(map(facts.quote, fields)), tuple(f for each in fields for f in each.findings[:1]))


# What the words of a paper mean for each state that is asked for: those that say so, and those that deny it.
_BRAIN: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "stable": (("stable",), ("untreated", "active", "symptomatic")),
    "untreated": (("untreated",), ("treated", "stable")),
    "active": (("active", "symptomatic"), ("stable",)),
    "treated": (("treated", "stable"), ("untreated",)),
    "symptomatic": (("symptomatic",), ("asymptomatic",)),
    "asymptomatic": (("asymptomatic",), ("symptomatic",)),
}


def _brain_state(asked: str, said: dict[str, Field]) -> tuple[Label, Field | None]:
    yes, no = _BRAIN.get(asked, ((), ()))
    against = next((said[word] for word in no if word in said), None)
    with_ = next((said[word] for word in yes if word in said), None)
    if with_ and not against:
        return Label.MET, with_
    return (Label.NOT_MET, against) if against and not with_ else (Label.UNKNOWN, None)


_CANCERS = ("_cancer", "melanoma", "lymphoma", "leukemia", "_tumor")


def other_cancer(facts: Facts, predicate: Predicate) -> Held:
    """Another cancer than this one: an illness that is a cancer, or a paper that says that there is none."""
    named = [value for value in predicate.values if value != "any"]
    for field in facts.fields("comorbidity"):
        if not str(field.value).endswith(_CANCERS) or not _has(field):
            continue
        if named and not any(_one_cancer(value, field.value) for value in named):
            continue
        timely = predicate.within_days is None or within(field, predicate.within_days, facts.today) is Label.MET
        return _signed(predicate, Label.MET if timely and not predicate.qualifiers else Label.UNKNOWN, facts, field)
    for field in facts.fields("other_cancer"):
        days = field.details.get("within_days")
        narrow = isinstance(days, int) and (predicate.within_days is None or predicate.within_days > days)
        if field.assertion is Assertion.ABSENT and not narrow:
            return _signed(predicate, Label.NOT_MET, facts, field)
    return open_(predicate)


def _one_cancer(asked: Value, had: Value) -> bool:
    """Whether `prostate` and `prostate_cancer`, `leukaemia` and `leukemia` are one."""
    plain = [str(each).removesuffix("_cancer").removesuffix("_tumor").replace("ae", "e") for each in (asked, had)]
    return plain[0] == plain[1]


def _signed(predicate: Predicate, label: Label, facts: Facts, field: Field) -> Held:
    label = opposite(label) if predicate.op in ("not_had", "is_not") else label
    return Held(
        label, (facts.quote(field),), field.findings[:1], open_(predicate).questions if label is Label.UNKNOWN else ()
    )
