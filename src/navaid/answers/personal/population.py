"""Whom a claim is about: as a Population, as an expression that a profile can be asked, and in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from navaid.answers.personal import asking, spoken, who
from navaid.answers.personal.asking import UNPARSED, all_of, any_of, asked, limit, row, table, together
from navaid.terms import Claim, Expression, Logic, Population, Value, encode

in_words = who.in_words
_GENERAL = Population()
_PLAIN = ("stages", "settings", "biomarkers", "sex", "menopause")
_KEPT = 4_096


def of(claim: Claim) -> Population:
    """Whom the sentence is about: as it was written down by hand, or as the words of a quotation say."""
    if claim.origin == "quote" and claim.applies == _GENERAL:
        return spoken.population(claim.original or claim.text)
    return claim.applies


def headed(claim: Claim) -> Population:
    """Whom the headings over a quotation name: a limit that may leave the sentence open, and never decides it."""
    if claim.origin != "quote" or not claim.citations:
        return _GENERAL
    return spoken.heading(claim.citations[0].locator)


def expression(population: Population) -> Expression | None:
    """What the population asks of a person, one part an axis under ALL; None where it is general.

    An id that the table does not know, and what `also` says, is a part that is always open.
    """
    axes = axes_of(population)
    return Expression(logic=Logic.ALL, start=0, end=0, parts=axes) if axes else None


def axes_of(population: Population) -> tuple[Expression, ...]:
    """The parts that must all hold, each an axis of the population."""
    return _axes(encode(population), population)


_kept: dict[bytes, tuple[Expression, ...]] = {}


def _axes(key: bytes, population: Population) -> tuple[Expression, ...]:
    if key not in _kept:
        if len(_kept) >= _KEPT:
            _kept.clear()
        _kept[key] = tuple(_parts(population))
    return _kept[key]


def _parts(population: Population) -> Iterator[Expression]:
    yield from _subtypes(population.subtypes)
    for axis in _PLAIN:
        ids = together(getattr(population, axis))
        if ids and not (axis == "settings" and _says_nothing(population)):
            yield any_of(asked(axis, id_) for id_ in ids)
    for concept, values in population.limits.items():
        spread = set(population.stages) == {"metastatic"} and concept in ("drug", "drug_class")
        given: dict[str, Value] | None = {"setting": "advanced"} if spread else None
        yield limit(concept, values, given) if asking.known(concept) else UNPARSED
    if population.also:
        yield UNPARSED


def _subtypes(ids: Sequence[str]) -> Iterator[Expression]:
    """Receptor states: `triple_negative` or the others together; and beside these what kind of cancer it is."""
    parts: dict[str, list[Expression]] = {}
    for id_ in ids:
        parts.setdefault(asking.part(id_), []).append(asked("subtypes", id_))
    receptors = [any_of(parts.pop(part)) for part in ("her2", "hr") if part in parts]
    whole = parts.pop("whole", [])
    if receptors and whole:
        yield any_of([*whole, all_of(receptors)])
    elif whole:
        yield any_of(whole)
    else:
        yield from receptors
    yield from map(any_of, parts.values())


def _says_nothing(population: Population) -> bool:
    """Whether a setting that is no limit by itself (screening) stands alone."""
    rows = [row("settings", id_) for id_ in population.settings]
    alone = all(found is not None and found.get("alone") == "general" for found in rows)
    return alone and population == Population(settings=population.settings)


@lru_cache(maxsize=1)
def _ids() -> dict[str, frozenset[str]]:
    return {axis: frozenset(table()[axis]) for axis in ("subtypes", *_PLAIN)}


def unknown(population: Population) -> tuple[str, ...]:
    """What of a population the table does not understand, as `axis: id`; each leaves every profile open."""
    found = [f"{axis}: {id_}" for axis, ids in _ids().items() for id_ in getattr(population, axis) if id_ not in ids]
    for concept, values in population.limits.items():
        if not asking.known(concept) or limit(concept, values) == UNPARSED:
            found.append(f"limits: {concept} {list(values)}")
    return tuple(found)
