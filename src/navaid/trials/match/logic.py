"""Three-valued logic (Kleene): what holds of a whole whose parts are partly unknown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from navaid.terms import Expression, Label, Logic, Predicate

_OPPOSITE = {Label.MET: Label.NOT_MET, Label.NOT_MET: Label.MET, Label.UNKNOWN: Label.UNKNOWN}


class Held(NamedTuple):
    """What holds, the findings that say so, why in words, and what would settle it where it is open."""

    label: Label
    reasons: tuple[str, ...] = ()
    findings: tuple[int, ...] = ()
    questions: tuple[str, ...] = ()


def hold(expression: Expression, ask: Callable[[Predicate], Held], unparsed: Callable[[Expression], Held]) -> Held:
    """The label of an expression, with the reasons of the parts that decided it.

    `ask` answers a predicate, `unparsed` what was not understood (always unknown).
    """
    if expression.logic is Logic.IS and expression.predicate:
        return ask(expression.predicate)
    if expression.logic is Logic.NOT:
        inner = hold(expression.parts[0], ask, unparsed)
        return Held(_OPPOSITE[inner.label], inner.reasons, inner.findings, inner.questions)
    if expression.logic in (Logic.ALL, Logic.ANY):
        decisive = Label.NOT_MET if expression.logic is Logic.ALL else Label.MET
        parts = []
        for part in expression.parts:
            held = hold(part, ask, unparsed)
            if held.label is decisive:
                return held
            parts.append(held)
        return _together(parts, decisive)
    return unparsed(expression)


def _together(parts: Sequence[Held], decisive: Label) -> Held:
    """Of parts of which none decides: one open part leaves the whole open; else all say the opposite of deciding."""
    speaking = [part for part in parts if part.label is Label.UNKNOWN] or parts
    if len(speaking) == 1:
        return speaking[0]
    return Held(
        Label.UNKNOWN if speaking[0].label is Label.UNKNOWN else _OPPOSITE[decisive],
        tuple(dict.fromkeys(reason for part in speaking for reason in part.reasons)),
        tuple(dict.fromkeys(index for part in speaking for index in part.findings)),
        tuple(dict.fromkeys(question for part in speaking for question in part.questions)),
    )
