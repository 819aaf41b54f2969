"""Whether a sentence is about this person: its population held against the facts of their papers.

Met is "applies", not met "does not apply", and what is not known leaves it open. What was worked out once for a
population and a profile is kept, as many sentences are about the same people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple
from weakref import WeakKeyDictionary

import msgspec

from navaid.answers.personal import asking, tumours
from navaid.answers.personal import population as populations
from navaid.answers.personal.holding import held
from navaid.terms import Applies, Claim, Expression, Fitting, Label, Population, Predicate, encode
from navaid.trials.match.facts import Facts
from navaid.trials.match.logic import Held, hold

_GENERAL = Population()
_REASONS, _QUESTIONS, _WORDS = 6, 3, 4_096
_LABELS = {Label.MET: Applies.APPLIES, Label.NOT_MET: Applies.DOES_NOT_APPLY, Label.UNKNOWN: Applies.MAY_APPLY}


class Axis(NamedTuple):
    """One axis of a population, held against the facts; `asked` are the predicates with their answers."""

    held: Held
    asked: tuple[tuple[Predicate, Label], ...]


class Judged(NamedTuple):
    """A population held against the facts, axis by axis."""

    label: Label
    axes: tuple[Axis, ...]
    told: tuple[str, ...] = ()  # said before the reasons, such as of which tumour it holds


_said: dict[bytes, str] = {}
_axes: WeakKeyDictionary[Facts, dict[tuple[str, int], tuple[Expression, Axis]]] = WeakKeyDictionary()
_kept: WeakKeyDictionary[Facts, dict[bytes, Fitting]] = WeakKeyDictionary()


def held_against(claim: Claim, facts: Facts) -> Fitting:
    """Whether the claim applies to the person, with the reasons in their papers' words and what would settle it."""
    found = _of(populations.of(claim), facts)
    above = populations.headed(claim)
    if above != _GENERAL and found.applies is not Applies.DOES_NOT_APPLY:
        found = _under(found, _of(above, facts))
    return msgspec.structs.replace(found, claim=claim.id)


def _of(population: Population, facts: Facts) -> Fitting:
    kept = _kept.setdefault(facts, {})
    key = encode(population)
    if key not in kept:
        kept[key] = _fitting(population, facts)
    return kept[key]


def _under(found: Fitting, above: Fitting) -> Fitting:
    """A sentence under a heading that names other people, or people of whom it is not known, is left open."""
    if above.applies in (Applies.APPLIES, Applies.GENERAL):
        return found
    return msgspec.structs.replace(
        found,
        applies=Applies.MAY_APPLY,
        population=found.population or above.population,
        reasons=(f"It stands under a heading about {above.population}.", *above.reasons, *found.reasons)[:_REASONS],
        questions=tuple(dict.fromkeys((*found.questions, *above.questions)))[:_QUESTIONS],
        findings=tuple(dict.fromkeys((*found.findings, *above.findings))),
        concepts=tuple(dict.fromkeys((*found.concepts, *above.concepts))),
    )


def _fitting(population: Population, facts: Facts) -> Fitting:
    axes = populations.axes_of(population)
    if not axes:
        return Fitting(claim="", applies=Applies.GENERAL)
    facts.reading("")  # nothing that a criterion asked before narrows what is asked now
    judged = _in_situ(population, facts, _judged(axes, facts))
    speaking = list(_speaking(judged))
    reasons = [*judged.told, *(reason for axis in speaking for reason in axis.held.reasons)]
    if judged.label is not Label.NOT_MET:
        reasons += _beyond_papers(population)
    open_ = [axis for axis in speaking if axis.held.label is Label.UNKNOWN]
    return Fitting(
        claim="",
        applies=_LABELS[judged.label],
        population=_words(encode(population), population),
        reasons=_once(reasons)[:_REASONS],
        questions=tuple(dict.fromkeys(q for axis in open_ for q in axis.held.questions))[:_QUESTIONS],
        findings=tuple(dict.fromkeys(_findings(speaking, facts))),
        concepts=tuple(dict.fromkeys(_concepts(speaking, judged.label))),
    )


def _words(key: bytes, population: Population) -> str:
    """A population in words; libraries have a few hundred of them, and quotations add few."""
    if key not in _said:
        if len(_said) > _WORDS:
            _said.clear()
        _said[key] = populations.in_words(population)
    return _said[key]


def _beyond_papers(population: Population) -> Iterator[str]:
    """What nothing in the papers settles."""
    for id_ in population.settings:
        if (row := asking.row("settings", id_)) and "open" in row:
            yield str(row["open"])
    if population.also:
        yield f"Your papers do not settle whether this is about you too: {population.also}."


def _once(reasons: Sequence[str]) -> tuple[str, ...]:
    """Without what another reason says as well, and more."""
    return tuple(dict.fromkeys(one for one in reasons if not any(o != one and o.startswith(one) for o in reasons)))


def _speaking(judged: Judged) -> Iterator[Axis]:
    """The axes that say why: those not met; else those that hold, and then those that are open."""
    if judged.label is Label.NOT_MET:
        yield from (axis for axis in judged.axes if axis.held.label is Label.NOT_MET)
        return
    for label in (Label.MET, Label.NOT_MET, Label.UNKNOWN):
        yield from (axis for axis in judged.axes if axis.held.label is label)


def _findings(axes: Sequence[Axis], facts: Facts) -> Iterator[int]:
    for axis in axes:
        yield from (index for index in axis.held.findings if index < len(facts.profile.findings))


def _concepts(axes: Sequence[Axis], label: Label) -> Iterator[str]:
    """What decided it; where it is open, what is open."""
    for axis in axes:
        for predicate, answer in axis.asked:
            if (answer is Label.UNKNOWN) == (label is Label.UNKNOWN):
                yield predicate.concept


def _in_situ(population: Population, facts: Facts, judged: Judged) -> Judged:
    """Sentences about receptors, or treatment beside the operation, mean invasive cancer unless they name the other."""
    about = {asking.part(id_) for id_ in population.subtypes} & {"hr", "her2", "whole"} or population.settings
    named = {"dcis", "stage_0"} & {*population.subtypes, *population.stages}
    if judged.label is not Label.MET or not about or named:
        return judged
    diagnoses = {known.value: known for known in facts.known("diagnosis") if known.true}
    if "dcis" not in diagnoses or "invasive_breast_cancer" in diagnoses:
        return judged
    said = f"{diagnoses['dcis'].told} Such sentences are mostly about invasive cancer."
    return judged._replace(label=Label.UNKNOWN, told=(*judged.told, said))


# --------------------------------------------------------------------------- the person, and each tumour


def _judged(axes: Sequence[Expression], facts: Facts) -> Judged:
    kept = _axes.setdefault(facts, {})
    whole = _hold(axes, partial(held, facts), kept)
    several = tumours.each(facts)
    if not several or not any(
        tumours.of_tumour(predicate.concept) for axis in whole.axes for predicate, _ in axis.asked
    ):
        return whole
    of_each = [(one, _hold(axes, partial(_ask_of, one, facts), kept, one.tumour.id)) for one in several]
    return _together(whole, of_each)


def _ask_of(one: tumours.One, facts: Facts, predicate: Predicate) -> Held:
    """The tumour is asked for what is its own, the profile for all else."""
    return held(one.facts if tumours.of_tumour(predicate.concept) else facts, predicate)


def _together(whole: Judged, of_each: Sequence[tuple[tumours.One, Judged]]) -> Judged:
    """A sentence that fits one of the tumours that are there now is about this person; of an earlier one it may be."""
    now = [(one, judged) for one, judged in of_each if one.now]
    fits = [(one, judged) for one, judged in now if judged.label is Label.MET]
    if len(now) > 1:
        if fits:
            others = [(one, judged) for one, judged in now if judged.label is not Label.MET]
            side = fits[0][0].tumour.side
            apart = any(judged.label is Label.NOT_MET or one.tumour.side != side for one, judged in others)
            return _of_one(fits[0]) if apart else fits[0][1]
        if whole.label is Label.MET:
            return now[0][1]._replace(label=Label.UNKNOWN)
        open_ = [(one, judged) for one, judged in now if judged.label is Label.UNKNOWN]
        if len(open_) == len(now):
            return open_[0][1]
        if open_ and whole.label is Label.UNKNOWN:
            return _of_one(open_[0])
        if not open_:
            whole = now[0][1]
    if whole.label is not Label.NOT_MET:
        return whole
    first = now[0][0].tumour
    for one, judged in of_each:
        untested = one.now and judged.label is Label.UNKNOWN and one.tumour.side != first.side
        if judged.label is Label.MET or untested:
            return _of_one((one, judged._replace(label=Label.UNKNOWN)))
    return whole


def _of_one(found: tuple[tumours.One, Judged]) -> Judged:
    one, judged = found
    verb = "is about" if judged.label is Label.MET else "may be about"
    said = f"Your papers tell of more than one tumor; this {verb} one of them ({one.tumour.label})."
    return judged._replace(told=(said,))


# --------------------------------------------------------------------------- the axes


def _hold(
    axes: Sequence[Expression],
    ask: Callable[[Predicate], Held],
    kept: dict[tuple[str, int], tuple[Expression, Axis]],
    of: str = "",
) -> Judged:
    """All axes held against whoever `ask` asks; `of` is the tumour that it asks of, for what is kept."""
    held_axes = []
    for axis in axes:
        key = of, id(axis)  # the expression is kept too, so that no other takes its place in memory
        if key not in kept:
            kept[key] = axis, _axis(axis, ask)
        held_axes.append(kept[key][1])
    labels = {axis.held.label for axis in held_axes}
    label = next((each for each in (Label.NOT_MET, Label.UNKNOWN) if each in labels), Label.MET)
    return Judged(label, tuple(held_axes))


def _axis(expression: Expression, ask: Callable[[Predicate], Held]) -> Axis:
    asked: list[tuple[Predicate, Label]] = []

    def asking(predicate: Predicate) -> Held:
        answer = ask(predicate)
        asked.append((predicate, answer.label))
        return answer

    found = hold(expression, asking, _open)
    return Axis(found, tuple(asked))


def _open(_: Expression) -> Held:
    return Held(Label.UNKNOWN)
