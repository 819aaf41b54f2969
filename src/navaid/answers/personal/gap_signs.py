"""What no single value says and a gap may hang on: a drug that is planned, a receptor result of years ago."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from navaid.answers.personal.asking import limit
from navaid.terms import Assertion, Field, FieldState, Label, Profile, Value
from navaid.trials.match.ask import ask
from navaid.trials.match.drugs import above, key
from navaid.trials.match.facts import HAD, Facts
from navaid.trials.match.logic import Held, hold
from navaid.trials.match.when import within

_YEAR = 365  # days
_OF_THE_BREAST = ("lumpectomy", "mastectomy", "bilateral_mastectomy", "re_excision", "excisional_biopsy")

Sign = Callable[[Profile, Facts, Sequence[Value]], tuple[Field, ...]]
"""The fields by which it is so; none where it is not."""


def is_so(facts: Facts, concept: str, values: Sequence[Value]) -> bool:
    """Whether it is known that one of the values holds; a value may be such as ">= 65"."""
    asked = limit(concept, [str(value) for value in values])
    return hold(asked, partial(ask, facts), lambda _: Held(Label.UNKNOWN)).label is Label.MET


def _of_class(facts: Facts, values: Sequence[Value]) -> Iterator[Field]:
    wanted = {key(str(value)) for value in values}
    for field in (*facts.fields("drug"), *facts.fields("drug_class")):
        if field.state is not FieldState.CONFLICT and wanted & above(str(field.value)):
            yield field


def _planned(_: Profile, facts: Facts, values: Sequence[Value]) -> tuple[Field, ...]:
    """A drug of these classes is planned, and none was given yet."""
    found = tuple(_of_class(facts, values))
    given = any(field.assertion in HAD for field in found)
    return () if given else tuple(field for field in found if field.assertion is Assertion.PLANNED)[:1]


def _given_or_planned(_: Profile, facts: Facts, values: Sequence[Value]) -> tuple[Field, ...]:
    """A drug of these classes is planned, or was given and did not end more than a year ago."""
    spoken = (*HAD, Assertion.PLANNED)
    named = (field for field in _of_class(facts, values) if field.assertion in spoken)
    return tuple(field for field in named if within(field, _YEAR, facts.today) is not Label.NOT_MET)[:1]


def _ended(_: Profile, facts: Facts, values: Sequence[Value]) -> tuple[Field, ...]:
    """A drug of these classes was given and is not going on, or the cancer grew on it."""
    return tuple(
        field
        for field in _of_class(facts, values)
        if field.assertion in HAD
        and (field.details.get("status") != "current" or field.details.get("response") == "progression")
    )[:1]


def _neoadjuvant(_: Profile, facts: Facts, values: Sequence[Value]) -> tuple[Field, ...]:
    """A drug of these classes was given before the operation, as a paper says."""
    return tuple(
        field
        for field in _of_class(facts, values)
        if field.assertion in HAD and field.details.get("intent") == "neoadjuvant"
    )[:1]


def _given(_: Profile, facts: Facts, values: Sequence[Value]) -> tuple[Field, ...]:
    """A drug of these classes was or is given."""
    return tuple(field for field in _of_class(facts, values) if field.assertion in HAD)[:1]


def _begun_years_ago(_: Profile, facts: Facts, values: Sequence[Value]) -> tuple[Field, ...]:
    """A drug of one of these classes was begun more than a year ago: what it was chosen by is settled."""
    year = dt.timedelta(days=_YEAR)
    given = (field for field in _of_class(facts, values) if field.assertion in HAD and field.date)
    return tuple(field for field in given if field.date and facts.today - field.date > year)[:1]


def _few_nodes(_: Profile, facts: Facts, __: Sequence[Value]) -> tuple[Field, ...]:
    """At most three lymph nodes hold cancer."""
    few = is_so(facts, "nodes.positive", ["<= 3"]) or is_so(facts, "n_category", ["N0", "N1"])
    many = is_so(facts, "nodes.positive", ["> 3"]) or is_so(facts, "n_category", ["N2", "N3"])
    names = ("nodes.positive", "pn", "cn", "n_category")
    return tuple(each for name in names for each in facts.fields(name))[:1] if few and not many else ()


def _years_ago(_: Profile, facts: Facts, values: Sequence[Value]) -> tuple[Field, ...]:
    """Every receptor result that has a date is at least so many years old."""
    years = float(values[0])
    dated = [f for name in ("er.status", "her2.status", "her2.ihc") for f in facts.fields(name) if f.date]
    old = [field for field in dated if field.date and facts.today - field.date >= dt.timedelta(days=365.25 * years)]
    return tuple(old[:1]) if old and len(old) == len(dated) else ()


def _metastasis_tested(profile: Profile, facts: Facts, _: Sequence[Value]) -> tuple[Field, ...]:
    """A paper tells of a biopsy or an operation of a metastasis."""
    removed = [f for f in facts.fields("surgery") if f.value == "metastasectomy" and f.assertion in HAD]
    places = [tumour.specimen for tumour in profile.tumours] + [finding.specimen for finding in profile.findings]
    sites = [place.partition(":")[2] for place in places if place.startswith("metastasis")]
    named = [Field(concept="metastasis.site", value=site, state=FieldState.UNCONFIRMED) for site in sites]
    return tuple([*removed, *named][:1])


def _operated_years_ago(_: Profile, facts: Facts, __: Sequence[Value]) -> tuple[Field, ...]:
    """The tumour was taken out more than a year ago, and no operation of the breast is newer."""
    found = [f for f in facts.fields("surgery") if f.assertion in HAD and f.date and f.value in _OF_THE_BREAST]
    year = dt.timedelta(days=_YEAR)
    return tuple(found[:1]) if found and all(f.date and facts.today - f.date > year for f in found) else ()


def _undated(_: Profile, facts: Facts, __: Sequence[Value]) -> tuple[Field, ...]:
    """Drugs that were given without a day on which they were begun."""
    return tuple(
        field
        for field in facts.fields("drug")
        if field.assertion in HAD and not field.date and not field.details.get("start")
    )


def _without_line(_: Profile, facts: Facts, __: Sequence[Value]) -> tuple[Field, ...]:
    """Drugs that were given, where no paper says in which line any of them was."""
    given = [field for field in facts.fields("drug") if field.assertion in HAD]
    return () if any(field.details.get("line") for field in given) else tuple(given)


SIGNS: dict[str, Sign] = {
    "planned": _planned,
    "given": _given,
    "given_or_planned": _given_or_planned,
    "ended": _ended,
    "begun_years_ago": _begun_years_ago,
    "few_nodes": _few_nodes,
    "neoadjuvant": _neoadjuvant,
    "receptors_years_ago": _years_ago,
    "metastasis_tested": _metastasis_tested,
    "operated_years_ago": _operated_years_ago,
    "undated": _undated,
    "without_line": _without_line,
}
