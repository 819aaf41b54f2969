"""T and N categories, by examination or by the pathologist; which cancer it is."""

from __future__ import annotations

import re

from navaid.terms import Assertion, FieldState, Label, Predicate
from navaid.trials.match.facts import Facts
from navaid.trials.match.known import agreed, opposite
from navaid.trials.match.logic import Held
from navaid.trials.match.several import other_cancer
from navaid.trials.match.single import open_

_BY = {"clinical": ("c",), "pathological": ("p",), "": ("c", "p")}


def category(facts: Facts, predicate: Predicate) -> Held:
    """Whether T or N is one of these; where examination and pathologist differ, and nobody says which counts, open."""
    letter = predicate.concept[0]
    found = []
    for by in _BY.get(str(predicate.qualifiers.get("by", "")), ("c", "p")):
        for field in facts.fields(by + letter):
            after_treatment = str(field.details.get("prefix", "")).startswith("y")
            if field.state is not FieldState.CONFLICT and not after_treatment:
                found.append(field)
    labels = [_is(str(field.value), predicate) for field in found]
    label = agreed(labels)
    if label is Label.UNKNOWN:
        return open_(predicate)
    label = opposite(label) if predicate.op in ("is_not", "not_had") else label
    return Held(label, tuple(map(facts.quote, found)), tuple(index for field in found for index in field.findings[:1]))


def _is(value: str, predicate: Predicate) -> Label:
    if "X" in value.upper():
        return Label.UNKNOWN
    base = re.match(r"[TN](?:is|\d)", value, re.IGNORECASE)
    wanted = [str(each).lower() for each in predicate.values]
    return Label.MET if base and base[0].lower() in wanted else Label.NOT_MET


def recurrence(facts: Facts, predicate: Predicate) -> Held:
    """Whether the cancer has come back, in its place or elsewhere; a paper that does not say where answers for both."""
    negative = predicate.op in ("is_not", "not_had")
    both = {"local", "distant"} <= set(predicate.values) or not predicate.values
    for field in facts.fields("recurrence"):
        if field.assertion is Assertion.ABSENT:
            label = Label.NOT_MET
        elif field.value in predicate.values or both:
            label = Label.MET
        else:
            continue
        return Held(opposite(label) if negative else label, (facts.quote(field),), field.findings[:1])
    for known in facts.known("diagnosis"):
        if known.true and known.value == "recurrence" and both:
            return Held(Label.NOT_MET if negative else Label.MET, (known.told,), known.findings)
    return open_(predicate)


def cancer(facts: Facts, predicate: Predicate) -> Held:
    """Whether the cancer is one of these. Another one than that of the breast is only denied in so many words."""
    if predicate.op in ("is_not", "not_had"):
        inner = cancer(facts, Predicate(concept=predicate.concept, op="is", values=predicate.values))
        return Held(opposite(inner.label), inner.reasons, inner.findings, inner.questions)
    if "breast" in predicate.values:
        for name in ("diagnosis", "setting"):
            for known in facts.known(name):
                if known.true and known.value not in ("benign", "other_cancer", "phyllodes"):
                    return Held(Label.MET, (known.told,), known.findings)
        return open_(predicate)
    for field in facts.fields("comorbidity"):
        if str(field.value).removesuffix("_cancer") in predicate.values:
            return Held(Label.MET, (facts.quote(field),), field.findings[:1])
    none = other_cancer(facts, Predicate(concept="other_cancer", op="had", values=()))
    return none if none.label is Label.NOT_MET else open_(predicate)
