"""The steps from readings to a profile."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from navaid.records.concepts import concepts
from navaid.records.reconcile import many, tumours
from navaid.records.reconcile.amended import superseded
from navaid.records.reconcile.choose import choose
from navaid.records.reconcile.doubted import doubted
from navaid.records.reconcile.evidence import FACTS, Evidence, evidence
from navaid.records.reconcile.told import ANY, REJECT
from navaid.records.reconcile.tumours import Group
from navaid.records.reconcile.worked_out import settled, worked_out
from navaid.terms import Date, Field, FieldState, Finding, How, Profile, Reading, Tumour

_RECEPTORS = ("er", "pr", "her2")
_SEEN_IN = frozenset({"pathology", "cytology"})
_MONTHS_TOGETHER = 12
"""Two tumours found within so many months are there at the same time: neither stands for the other."""


def reconcile(name: str, readings: Sequence[Reading], today: Date) -> Profile:
    """The profile of one person from all their readings; what the person said is one of them (`told.reading`).

    Nothing is guessed, and no disagreement is settled unseen: what does not stand is in `Field.other`.
    """
    readings = _distinct(readings)
    found = evidence(readings)
    taken_back = superseded(readings)
    rejected = _rejections(found)
    counted = [
        each
        for each in found
        if each.finding.concept not in taken_back.get(each.reading, ()) and not _is_rejected(each, rejected)
    ]
    groups = _in_order(tumours.group(each for each in counted if each.concept.of == "tumour"))
    fields = _of_tumours(groups) + _of_person(each for each in counted if each.concept.of == "person")
    return Profile(
        name=name,
        made=today,
        fields=tuple(sorted([*fields, *_not_stated(fields, rejected)], key=_place)),
        tumours=tuple(_tumour(number, group) for number, group in enumerate(groups, 1)),
        findings=tuple(finding for reading in readings for finding in reading.findings),
        files=tuple(reading.file for reading in readings),
    )


def _distinct(readings: Sequence[Reading]) -> list[Reading]:
    """A file that was added twice speaks once."""
    return list({reading.file: reading for reading in readings}.values())


def _rejections(found: Iterable[Evidence]) -> list[Finding]:
    """What the person said is wrong."""
    said = (each.finding for each in found if each.finding.source.how is How.PERSON)
    return [finding for finding in said if finding.rule == REJECT]


def _is_rejected(each: Evidence, rejected: Sequence[Finding]) -> bool:
    """Whether the person said of this value that it is wrong; their rejections themselves are no evidence either."""
    if each.finding.source.how is How.PERSON:
        return each.finding.rule == REJECT
    return any(
        word.concept == each.finding.concept
        and word.value in (ANY, each.finding.value)
        and word.side in ("", each.side)
        for word in rejected
    )


# --------------------------------------------------------------------------- tumours


def _in_order(groups: list[Group]) -> list[Group]:
    """The tumour of today first: the latest with cancer in it, of two found together the larger invasive one."""
    return sorted(groups, key=lambda group: (_cancer(group), _latest(group), _size(group)), reverse=True)


def _cancer(group: Group) -> int:
    histologies = group.values("histology") | group.values("diagnosis")
    if histologies and histologies <= {"benign", "lcis"}:
        return 0
    return 1 if histologies and histologies <= {"dcis", "lcis", "benign"} else 2


def _latest(group: Group) -> int:
    """The year in which it was last looked at under the microscope: two of one year are weighed by their size."""
    seen = [each.date for each in group.evidence if each.header.type in _SEEN_IN and each.date]
    return max((date.year for date in seen or group.dates), default=0)


def _size(group: Group) -> float:
    return max((float(size) for size in group.values("tumour.size") if isinstance(size, int | float)), default=0.0)


def _tumour(number: int, group: Group) -> Tumour:
    when = str(group.dates[-1].year) if group.dates else ""
    place = group.place.replace("metastasis:", "spread to: ") if group.place != "breast" else "breast"
    words = [f"{group.side} {place}".strip(), f"part {group.label}" if group.label else "", when]
    return Tumour(
        id=f"tumour-{number}",
        label=", ".join(filter(None, words)),
        side=group.side,
        specimen=group.place,
        fields=tuple(sorted(_fields(group), key=_place)),
    )


def _fields(group: Group) -> list[Field]:
    told = _by_concept(group.evidence)
    fields = doubted(settled([choose(candidates) for candidates in told.values()]), told)
    return [*fields, *worked_out(fields)]


def _by_concept(found: Iterable[Evidence]) -> dict[str, list[Evidence]]:
    by_concept: dict[str, list[Evidence]] = {}
    for each in found:
        if each.finding.assertion in FACTS:
            by_concept.setdefault(each.finding.concept, []).append(each)
    return by_concept


def _of_tumours(groups: Sequence[Group]) -> list[Field]:
    """The fields of the disease of today: of the first tumour that has them, and where two of one time differ, both."""
    fields: list[Field] = []
    own = {id(group): {field.concept: field for field in _fields(group)} for group in groups}
    for name in dict.fromkeys(each.finding.concept for group in groups for each in group.evidence):
        holders = [group for group in groups if name in _by_concept(group.evidence)]
        if not holders:
            continue
        field = own[id(holders[0])][name]
        together = [group for group in holders if _together(holders[0], group)]
        if name.split(".")[0] in _RECEPTORS and tumours.disagreeing(together, name):
            field = _differ(field, together)
        fields.append(field)
    return [*fields, *worked_out(fields)]


def _together(one: Group, other: Group) -> bool:
    """Whether two tumours are there at the same time, as far as the papers say."""
    if one.place != other.place or _cancer(other) < _cancer(one):
        return False
    if not one.dates or not other.dates:
        return True
    return abs((one.dates[-1] - other.dates[-1]).days) <= _MONTHS_TOGETHER * 30.4


def _differ(field: Field, groups: Sequence[Group]) -> Field:
    others = [each for group in groups for each in _by_concept(group.evidence).get(field.concept, ())]
    values = dict.fromkeys(each.finding.value for each in others if each.finding.value != field.value)
    return Field(
        concept=field.concept,
        value=field.value,
        state=FieldState.CONFLICT if field.state is not FieldState.CONFIRMED else field.state,
        unit=field.unit,
        date=field.date,
        findings=tuple(dict.fromkeys([*field.findings, *(each.index for each in others)])),
        other=tuple(dict.fromkeys([*field.other, *values])),
        because="Your papers tell of more than one tumor, and they differ." if len(groups) > 1 else field.because,
        details=field.details,
    )


# --------------------------------------------------------------------------- the person


def _of_person(found: Iterable[Evidence]) -> list[Field]:
    each_of = list(found)
    several = many.fields(each for each in each_of if each.concept.many)
    single = _by_concept(each for each in each_of if not each.concept.many)
    return several + [choose(candidates) for candidates in single.values()]


def _not_stated(fields: Sequence[Field], rejected: Sequence[Finding]) -> list[Field]:
    """What every paper was searched for and none states; where the person rejected what one states, that is said."""
    stated, refused = {field.concept for field in fields}, {finding.concept for finding in rejected}
    return [
        Field(
            concept=row.id,
            value="not_stated",
            state=FieldState.NOT_STATED,
            unit=row.unit,
            because="You said that what your papers give is wrong." if row.id in refused else "",
        )
        for row in concepts().values()
        if (row.core or row.id in refused) and row.id not in stated
    ]


def _place(field: Field) -> tuple[int, str]:
    """The order of concepts.yaml; a family's members where the family stands."""
    places, family = _places(), field.concept.split(".")[0]
    return places.get(field.concept, places.get(family, len(places))), field.concept


@cache
def _places() -> dict[str, int]:
    places = {id_: place for place, id_ in enumerate(concepts())}
    return {"gene": places["gene.GENE.germline"], "lab": places["lab.NAME"], **places}
