"""The rows of the page for a visit: what stands in each, in words, with its dates and its sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from math import ceil

import msgspec
import yaml

from navaid.records.concepts import concept
from navaid.records.export.places import Place, places
from navaid.terms import Assertion, Field, FieldState, Profile, Reading, Record, Tumour

_LABEL, _VALUE, _WHEN, _SOURCE = 28, 58, 20, 16  # characters of a column's line


class Row(Record, frozen=True):
    """A line of a section. `marks` name sources by number and page; `state` is `confirmed`, `conflict` or empty."""

    label: str
    value: str
    when: str = ""
    marks: tuple[str, ...] = ()
    state: str = ""

    @property
    def lines(self) -> int:
        """How many lines it takes on paper, about."""
        columns = ((self.label, _LABEL), (self.value, _VALUE), (self.when, _WHEN), (", ".join(self.marks), _SOURCE))
        return max(1, *(ceil(len(text) / width) for text, width in columns))


class Section(Record, frozen=True):
    """A heading and its rows."""

    title: str
    rows: tuple[Row, ...]


class _Group(Record, frozen=True):
    concepts: list[str]
    label: str = ""
    title: str = ""


class _Table(Record, frozen=True):
    tumour: list[_Group]
    say: dict[str, str]
    person: list[_Group]


@cache
def _table() -> _Table:
    text = (files(__package__) / "rows.yaml").read_text(encoding="utf-8")
    return msgspec.convert(yaml.safe_load(text), _Table)


class Marks:
    """Sources as a row shows them: `2 p. 3` for page 3 of the second paper, `you` for the person's own word."""

    def __init__(self, profile: Profile, readings: Sequence[Reading], numbers: dict[str, int]) -> None:
        self._profile, self._readings = profile, readings
        self._numbers = numbers

    def of(self, fields: Sequence[Field]) -> tuple[str, ...]:
        pages: dict[str, list[int]] = {}
        for field in fields:
            for place in self._places(field):
                pages.setdefault("you" if place.person else str(self._numbers.get(place.id, "?")), []).append(
                    place.page
                )
        return tuple(
            name if name == "you" else f"{name} p. {', '.join(str(page) for page in sorted(set(seen))[:4])}"
            for name, seen in pages.items()
        )

    def _places(self, field: Field) -> list[Place]:
        every = places(field, self._profile, self._readings)
        return every if field.state is FieldState.CONFLICT else every[:1]

    def unclear(self, field: Field) -> str:
        """Said of a value that two OCR engines read in two ways."""
        found = self._places(field)
        return " (unclear scan: check the paper)" if any(place.second for place in found) else ""

    def side(self, field: Field) -> str:
        """The side of an operation or of radiotherapy, where its papers name one."""
        return next((side for index in field.findings if (side := self._profile.findings[index].side)), "")

    def dated(self, field: Field) -> bool:
        """Whether a paper gives this fact a date of its own."""
        return any(self._profile.findings[index].date for index in field.findings)

    @staticmethod
    def used_in(sections: Sequence[Section]) -> set[int]:
        every = [mark for section in sections for row in section.rows for mark in row.marks]
        return {int(number) for mark in every if (number := mark.split(" ")[0]).isdecimal()}


def of_tumours(profile: Profile, marks: Marks) -> Iterator[Section]:
    for tumour in profile.tumours:
        rows = []
        for group in _table().tumour:
            fields = [field for name in group.concepts if (field := _field(tumour, name))]
            if fields:
                rows.append(_row(group.label, fields, marks))
        title = "Diagnosis" if len(profile.tumours) == 1 else "Diagnosis and receptors"
        yield Section(title=f"{title}: {tumour.label}" if tumour.label else title, rows=tuple(rows))


def _field(tumour: Tumour, name: str) -> Field | None:
    return next((f for f in tumour.fields if f.concept == name and f.value not in ("not_stated", "pending")), None)


def _row(label: str, fields: Sequence[Field], marks: Marks) -> Row:
    states = {field.state for field in fields}
    state = "conflict" if FieldState.CONFLICT in states else "confirmed" if states == {FieldState.CONFIRMED} else ""
    dates = sorted({str(field.date) for field in fields if field.date})
    return Row(
        label=label,
        value="; ".join(_said(field) + marks.unclear(field) for field in fields),
        when=", ".join(dates[-2:]),
        marks=marks.of(fields),
        state=state,
    )


def _said(field: Field) -> str:
    row = concept(field.concept)
    if field.concept in {"pt", "pn", "pm", "ct", "cn", "cm"}:
        return f"{field.details.get('prefix') or field.concept[0]}{field.value}{_other(field)}"
    words = _table().say.get(field.concept, "{}").format(row.in_words(field.value))
    if field.concept == "stage.group":
        about = [str(field.details[name]) for name in ("kind", "edition") if name in field.details]
        words += f" ({', '.join(about)})" if about else ""
    return words + _other(field)


def _other(field: Field) -> str:
    """What other papers say instead; never left out."""
    if field.state is not FieldState.CONFLICT or not field.other:
        return ""
    row = concept(field.concept)
    return f" (papers disagree: also {', '.join(row.in_words(value) for value in field.other)})"


def of_person(profile: Profile, marks: Marks) -> Iterator[Section]:
    for group in _table().person:
        fields = [
            field
            for name in group.concepts
            for field in profile.fields
            if (field.concept == name or (name.endswith(".") and field.concept.startswith(name)))
            and field.value not in ("not_stated", "pending")
        ]
        yield Section(title=group.title, rows=tuple(_one(field, marks) for field in fields))


_DETAILS = (
    "name",
    "hgvs_c",
    "hgvs_p",
    "regimen",
    "intent",
    "line",
    "cycles",
    "dose_gy",
    "fractions",
    "response",
    "reason",
)
_DETAIL_WORDS = {
    "line": "line {}",
    "cycles": "{} cycles",
    "dose_gy": "{} Gy",
    "fractions": "{} fractions",
    "reason": "stopped: {}",
    "response": "response: {}",
}
_ASSERTED = {
    Assertion.ABSENT: "{}: no",
    Assertion.PLANNED: "{}: planned",
    Assertion.POSSIBLE: "{}: possibly",
    Assertion.HISTORICAL: "{}: in the past",
    Assertion.FAMILY: "{}: in the family",
    Assertion.HYPOTHETICAL: "{}: talked about",
}


def _one(field: Field, marks: Marks) -> Row:
    row = concept(field.concept)
    told = [side] if (side := marks.side(field)) else []
    told += [_DETAIL_WORDS.get(name, "{}").format(field.details[name]) for name in _DETAILS if name in field.details]
    words = row.in_words(field.value)
    value = _ASSERTED.get(field.assertion, "{}").format(words.replace("_", " ") if row.kind == "text" else words)
    value += f" ({', '.join(told)})" if told else ""
    state = {FieldState.CONFLICT: "conflict", FieldState.CONFIRMED: "confirmed"}.get(field.state, "")
    if state == "conflict" and field.because:
        value += f" ({field.because.rstrip('.')})"
    return Row(
        label=row.label,
        value=value + _other(field) + marks.unclear(field),
        when=_when(field, marks),
        marks=marks.of([field]),
        state=state,
    )


def _when(field: Field, marks: Marks) -> str:
    """The days of a treatment or a result; where only the paper has a date, it is said to be that."""
    start, stop = field.details.get("start"), field.details.get("stop")
    if start or stop:
        return f"{start} to {stop}" if start and stop else f"from {start}" if start else f"until {stop}"
    if not field.date:
        return ""
    return str(field.date) if marks.dated(field) else f"as of {field.date}"
