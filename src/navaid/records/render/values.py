"""The values of a profile as a person reads them: by group, each in words with its day, its state and its places."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache

import msgspec

from navaid.records.concepts import concept
from navaid.records.export.places import Place, places
from navaid.records.export.summary.rows import Marks, numbered, one_row, said
from navaid.records.render.days import in_words
from navaid.tables import load_from
from navaid.terms import Field, FieldState, Finding, How, Profile, Reading, Record, Value, encode

STATES = {
    FieldState.CONFIRMED: "confirmed by you",
    FieldState.UNCONFIRMED: "from your papers",
    FieldState.CONFLICT: "papers disagree",
    FieldState.NOT_STATED: "not in your papers",
}
_REJECTED = "you said that this is wrong in your papers"
_PREFIXED = frozenset({"pt", "pn", "pm", "ct", "cn", "cm", "stage.group"})


class Group(Record, frozen=True):
    """A heading, the values under it, and what no paper states of it."""

    id: str
    title: str
    values: tuple[Shown, ...] = ()
    missing: tuple[Shown, ...] = ()


class Shown(Record, frozen=True):
    """One value in words. `code` is the value, `state` the name of its FieldState, `own` that the person said it."""

    concept: str
    label: str
    code: str
    value: str
    when: str
    state: str
    told: str
    because: str
    places: tuple[Place, ...]
    own: bool = False


class Side(Record, frozen=True):
    """One of several values that papers give: what they say, and where."""

    code: str
    value: str
    places: tuple[Place, ...]
    stands: bool


class _Row(Record, frozen=True):
    id: str
    title: str
    concepts: list[str]


@cache
def _rows() -> tuple[_Row, ...]:
    return msgspec.convert(load_from(__package__, "groups.yaml"), tuple[_Row, ...])


def groups(profile: Profile, readings: Sequence[Reading], fields: Iterable[Field] | None = None) -> tuple[Group, ...]:
    """The groups that have something in them; of all fields of the profile, or of these."""
    held: dict[str, list[Shown]] = {row.id: [] for row in _rows()}
    for field in profile.fields if fields is None else fields:
        held[group_of(field.concept)].append(shown(field, profile, readings))
    made = (
        Group(
            id=row.id,
            title=row.title,
            values=tuple(one for one in held[row.id] if one.state != FieldState.NOT_STATED),
            missing=tuple(one for one in held[row.id] if one.state == FieldState.NOT_STATED),
        )
        for row in _rows()
    )
    return tuple(group for group in made if group.values or group.missing)


def group_of(name: str) -> str:
    """The group in which this concept is shown.

    >>> group_of("er.status"), group_of("gene.BRCA1.germline"), group_of("pt.by_size")
    ('receptors', 'genes', 'stage')
    """
    for row in _rows():
        if any(name == each or (each.endswith(".") and name.startswith(each)) for each in row.concepts):
            return row.id
    return _rows()[-1].id


def shown(field: Field, profile: Profile, readings: Sequence[Reading]) -> Shown:
    """The field in words."""
    row, marks = concept(field.concept), Marks(profile, readings, numbered(readings))
    alone = msgspec.structs.replace(field, state=FieldState.UNCONFIRMED, other=())
    own = any(_said(profile.findings[index]) for index in field.findings)
    told, value, when = STATES[field.state], "", ""
    if field.state is FieldState.NOT_STATED:
        told = _REJECTED if field.because else told
    elif row.of == "person":
        line = one_row(alone, marks)
        value, when = line.value, _when(field, marks)
    else:
        value = said(alone) if field.concept in _PREFIXED else row.in_words(field.value)
        value += marks.unclear(alone)
        when = in_words(field.date) if field.date else ""
    return Shown(
        concept=field.concept,
        label=row.label,
        code=str(field.value),
        value=value,
        when=when,
        state=field.state.value,
        told=told,
        because=field.because,
        places=tuple(places(field, profile, readings)),
        own=own,
    )


def sides(field: Field, profile: Profile, readings: Sequence[Reading]) -> tuple[Side, ...]:
    """Each value that papers or the person give of this, with its places; the one that stands first."""
    row = concept(field.concept)
    found: dict[Value, list[Place]] = {}
    for index, place in zip(field.findings, places(field, profile, readings), strict=True):
        found.setdefault(profile.findings[index].value, []).append(place)
    return tuple(
        Side(code=str(value), value=row.in_words(value), places=tuple(where), stands=value == field.value)
        for value, where in sorted(found.items(), key=lambda item: item[0] != field.value)
    )


def fingerprint(profile: Profile, name: str) -> str:
    """What a form shows of a concept, as a short sign: another one once anything of it has changed."""
    fields = [msgspec.structs.replace(field, findings=()) for field in profile.fields if field.concept == name]
    words = [finding for finding in profile.findings if finding.concept == name]
    return hashlib.sha256(encode([fields, words])).hexdigest()[:20]


def _said(finding: Finding) -> bool:
    return finding.source.how is How.PERSON


def _when(field: Field, marks: Marks) -> str:
    """The days of a treatment or a result; where only the paper has a date, it is said to be that."""
    start, stop = (in_words(day) if day else "" for day in (field.details.get("start"), field.details.get("stop")))
    if start or stop:
        return f"{start} to {stop}" if start and stop else f"from {start}" if start else f"until {stop}"
    if not field.date:
        return ""
    return in_words(field.date) if marks.dated(field) else f"named in a paper of {in_words(field.date)}"
