"""At a glance: what a nurse asks first, each answered from the papers, or said not to be in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache

import msgspec

from navaid.records.export.summary.rows import UNKNOWN, Marks, Row, Section, field_of, one_row, said, stated
from navaid.records.whose import Whose
from navaid.tables import load_from
from navaid.terms import Assertion, Field, FieldState, Profile, Record

_ORDER = tuple(Assertion)  # what is so stands before what is not, and both before what is only planned or possible


class Asked(Record, frozen=True):
    """A row of glance.yaml."""

    ask: str
    label: str
    none: str
    most: int
    concepts: tuple[str, ...] = ()
    rule: str = ""
    also: str = ""


class Part(Record, frozen=True):
    """A piece of an answer, the fields that it is from, and its day in words."""

    words: str
    fields: tuple[Field, ...] = ()
    when: str = ""


@cache
def table() -> tuple[Asked, ...]:
    """The rows of glance.yaml, in order."""
    return msgspec.convert(load_from(__package__, "glance.yaml"), tuple[Asked, ...])


def glance(profile: Profile, marks: Marks, person: Whose) -> tuple[tuple[Row, ...], Section]:
    """A row for each thing asked, its state `unknown` where no paper answers it; and what found no room in them."""
    rows, rest = [], []
    for asked in table():
        parts = list(_RULES[asked.rule](profile, marks, person)) if asked.rule else []
        row, left = _fitted(asked, [*parts, *_values(asked, profile, marks)], marks)
        rows.append(row)
        rest += [one_row(field, marks) for part in left for field in part.fields]
    return tuple(rows), Section(title="More about the person", rows=tuple(rest))


def _fitted(asked: Asked, parts: list[Part], marks: Marks) -> tuple[Row, list[Part]]:
    """The row with as many values as it has lines for, and the other values."""
    row, shown = _joined(asked, parts, marks), len(parts)
    while row.lines > asked.most and shown > 1:
        shown -= 1
        more = Part(words=f"and {len(parts) - shown} more, see below")
        row = _joined(asked, [*parts[:shown], more], marks)
    return row, parts[shown:]


def _joined(asked: Asked, parts: Sequence[Part], marks: Marks) -> Row:
    if not parts:
        return Row(label=asked.label, value=asked.none, state=UNKNOWN, ask=asked.ask)
    fields = [field for part in parts for field in part.fields]
    states = {field.state for field in fields}
    state = "conflict" if FieldState.CONFLICT in states else "confirmed" if states == {FieldState.CONFIRMED} else ""
    days = [part.when for part in parts if part.when]
    return Row(
        label=asked.label,
        value="; ".join(filter(None, (*(part.words for part in parts), asked.also))),
        when=max(days, key=lambda day: day.removeprefix("as of ").removeprefix("from "), default=""),
        marks=marks.of(fields),
        state=state,
        ask=asked.ask,
    )


def _values(asked: Asked, profile: Profile, marks: Marks) -> Iterator[Part]:
    """The values of the concepts, what the person has before what they have not."""
    found = [
        field
        for name in asked.concepts
        for field in stated(profile.fields, name)
        if field.details.get("status") != "past" or field.concept != "medication"
    ]
    for field in sorted(found, key=lambda each: _ORDER.index(each.assertion)):
        row = one_row(field, marks)
        named = len(asked.concepts) > 1
        yield Part(words=f"{row.label}: {row.value}" if named else row.value, fields=(field,), when=row.when)


# --------------------------------------------------------------------------- where values alone are no answer


def _cancer(profile: Profile, marks: Marks, person: Whose) -> Iterator[Part]:
    """What it is, on which side, the stage that papers name, and where it has spread as far as they say."""
    for tumour in profile.tumours[:1]:
        named = [field for name in ("laterality", "diagnosis") if (field := field_of(tumour, name))]
        if named:
            yield Part(words=" ".join(said(field) for field in named), fields=tuple(named))
        if stage := field_of(tumour, "stage.group"):
            yield Part(words=f"{said(stage)} in the papers", fields=(stage,), when=marks.day(stage))
        elif named:
            yield Part(words="stage: not in the papers")
    sites = stated(profile.fields, "metastasis.site")
    there = [field for field in sites if field.assertion is Assertion.PRESENT]
    if there:
        yield Part(words=f"spread to {', '.join(one_row(field, marks).value for field in there)}", fields=tuple(there))
    others = [field for field in sites if field.assertion is not Assertion.PRESENT]
    if others:
        told = ", ".join(one_row(field, marks).value for field in others)
        yield Part(words=f"spread to {told}", fields=tuple(others))
    elif profile.tumours and not there:
        yield Part(words="spread: not in the papers")


def _treatment(profile: Profile, marks: Marks, person: Whose) -> Iterator[Part]:
    """What a paper calls current; apart from it what has no end in the papers, which may be over all the same.

    If neither is there, what is dated last. The day of a dose is in no finding.
    """
    drugs = [field for field in stated(profile.fields, "drug") if field.assertion is Assertion.PRESENT]
    current = [field for field in drugs if field.details.get("status") == "current"]
    now = [field for field in current if "stop" not in field.details]
    unclear = [field for field in current if "stop" in field.details]
    open_ended = [field for field in drugs if in_use(field) and field not in current]
    for field in now:
        row = one_row(field, marks)
        yield Part(words=row.value, fields=(field,), when=row.when)
    if drugs and not now:
        yield Part(words="not clear from the papers")
    if drugs:
        yield Part(words="day of the last dose: not in the papers")
    for field in unclear:
        yield Part(words=f"{field.value} is called current, and has an end ({field.details['stop']})", fields=(field,))
    for field in open_ended:
        yield Part(words=f"no end is named for {field.value} (begun {field.details['start']})", fields=(field,))
    if not (now or unclear or open_ended):
        dated = [field for field in drugs if field.details.get("stop") or field.details.get("start")]
        for last in sorted(dated, key=lambda each: str(each.details.get("stop") or each.details.get("start")))[-1:]:
            row = one_row(last, marks)
            yield Part(words=f"dated last: {row.value}, {row.when}", fields=(last,))


def in_use(field: Field) -> bool:
    """Whether a drug is said to be current, or has a start and neither an end nor a reason for one."""
    status = field.details.get("status")
    begun = status is None and "start" in field.details
    return "stop" not in field.details and "reason" not in field.details and (status == "current" or begun)


def _today(profile: Profile, marks: Marks, person: Whose) -> Iterator[Part]:
    """No paper can answer this."""
    return iter(())


def _pregnancy(profile: Profile, marks: Marks, person: Whose) -> Iterator[Part]:
    """A man is said to be one; where only the menopause is known, that the papers say nothing of a pregnancy."""
    sex = profile.field("sex")
    if "male" in (person.sex, sex.value if sex else ""):
        yield Part(words="male", fields=(sex,) if sex and sex.findings else ())
    elif not stated(profile.fields, "pregnancy") and any(
        field.value != "post" for field in stated(profile.fields, "menopause")
    ):
        yield Part(words="pregnancy: not in the papers")


_RULES: dict[str, Callable[[Profile, Marks, Whose], Iterator[Part]]] = {
    "cancer": _cancer,
    "treatment": _treatment,
    "today": _today,
    "pregnancy": _pregnancy,
}
