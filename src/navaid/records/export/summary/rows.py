"""The rows of the page for a visit: what stands in each, in words, with its dates and its sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from navaid.records.concepts import concept
from navaid.records.export.places import Place, day, places
from navaid.records.export.summary.wrapping import wrapped
from navaid.records.extract.header.tables import table as extract_table
from navaid.records.extract.treatments.lexicon import regimen_name
from navaid.tables import load_from
from navaid.terms import Assertion, Field, FieldState, Profile, Reading, Record, Tumour, Value

UNKNOWN = "unknown"
"""The state of a row that no paper answers."""
_LABEL, _VALUE, _WHEN, _SOURCE = 28, 58, 20, 16  # characters of a column's line
_AS_OF = "as of "
_NO_VALUE = ("not_stated", "pending")


class Row(Record, frozen=True):
    """A line of a section. `marks` name sources by number and page; `ask` is its name in glance.yaml, if it is there.

    `state` is `confirmed`, `conflict`, `unknown` or empty.
    """

    label: str
    value: str
    when: str = ""
    marks: tuple[str, ...] = ()
    state: str = ""
    ask: str = ""

    @property
    def lines(self) -> int:
        """How many lines it takes on paper, about."""
        columns = ((self.label, _LABEL), (self.value, _VALUE), (self.when, _WHEN), (", ".join(self.marks), _SOURCE))
        return max(1, *(wrapped(text, width) for text, width in columns))


class Section(Record, frozen=True):
    """A heading and its rows."""

    title: str
    rows: tuple[Row, ...]


class _Group(Record, frozen=True):
    concepts: list[str]
    label: str = ""
    title: str = ""
    joined: bool = False


class _Table(Record, frozen=True):
    tumour: list[_Group]
    say: dict[str, str]
    person: list[_Group]


@cache
def table() -> _Table:
    """The rows of rows.yaml."""
    return msgspec.convert(load_from(__package__, "rows.yaml"), _Table)


def numbered(readings: Sequence[Reading]) -> dict[str, int]:
    """The number by which each paper is named on the page."""
    return {reading.file: number for number, reading in enumerate(readings, 1)}


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

    def day(self, field: Field) -> str:
        """The day of the fact, as exactly as its paper gives it; `as of` that of a letter that tells of it."""
        return day(field, self._profile, self._readings)

    def unit(self, field: Field) -> str:
        """The unit of a laboratory value with a space before it, as its paper gives it."""
        units = (self._profile.findings[index].unit for index in field.findings[:1])
        return next((f" {unit}" for unit in units if unit and field.concept.startswith("lab.")), "")

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
        for group in table().tumour:
            fields = [field for name in group.concepts if (field := field_of(tumour, name))]
            if fields:
                rows.append(_row(group.label, fields, marks))
        title = "Diagnosis" if len(profile.tumours) == 1 else "Diagnosis and receptors"
        yield Section(title=f"{title}: {tumour.label}" if tumour.label else title, rows=tuple(rows))


def field_of(tumour: Tumour, name: str) -> Field | None:
    """What the papers say of this concept of a tumour, if they do."""
    return next((f for f in tumour.fields if f.concept == name and f.value not in _NO_VALUE), None)


def stated(fields: Sequence[Field], name: str) -> list[Field]:
    """The fields with a value of this concept, or of this family where the name ends in `.`."""
    return [
        field
        for field in fields
        if (field.concept == name or (name.endswith(".") and field.concept.startswith(name)))
        and field.value not in _NO_VALUE
    ]


def _row(label: str, fields: Sequence[Field], marks: Marks) -> Row:
    states = {field.state for field in fields}
    state = "conflict" if FieldState.CONFLICT in states else "confirmed" if states == {FieldState.CONFIRMED} else ""
    days = {found for field in fields if (found := marks.day(field))}
    dates = sorted(each for each in days if not each.startswith(_AS_OF)) or sorted(days)[-1:]
    return Row(
        label=label,
        value="; ".join(said(field) + marks.unclear(field) for field in fields),
        when=", ".join(dates[-2:]),
        marks=marks.of(fields),
        state=state,
    )


def said(field: Field) -> str:
    """The value of a tumour's field as a row with others shows it."""
    row = concept(field.concept)
    if field.concept in {"pt", "pn", "pm", "ct", "cn", "cm"}:
        return f"{field.details.get('prefix') or field.concept[0]}{field.value}{_other(field)}"
    words = table().say.get(field.concept, "{}").format(row.in_words(field.value))
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
    for group in table().person:
        fields = [field for name in group.concepts for field in stated(profile.fields, name)]
        rows = (
            _joined([one_row(field, marks) for field in fields])
            if group.joined
            else [one_row(field, marks) for field in fields]
        )
        yield Section(title=group.title, rows=tuple(rows))


def _joined(rows: Sequence[Row]) -> list[Row]:
    """Rows that differ in nothing but the name are one: the drugs of a line, what was done in one operation."""
    found: dict[object, Row] = {}
    for number, row in enumerate(rows):
        name, bracket, rest = row.value.partition(" (")
        key = number if row.state or ":" in name else (row.label, bracket + rest, row.when, row.marks)
        before = found.get(key)
        names = name if before is None else f"{before.value.partition(' (')[0]}, {name}"
        found[key] = msgspec.structs.replace(row, value=names + bracket + rest)
    return list(found.values())


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
    "reaction",
)
_DETAIL_WORDS = {
    "line": "line {}",
    "cycles": "{} cycles",
    "dose_gy": "{} Gy",
    "fractions": "{} fractions",
    "reason": "stopped: {}",
    "response": "response: {}",
}
_NAMED = {"none_known": "none known, as the paper says"}
_ASSERTED = {
    Assertion.ABSENT: "{}: no",
    Assertion.PLANNED: "{}: planned",
    Assertion.POSSIBLE: "{}: possibly",
    Assertion.HISTORICAL: "{}: in the past",
    Assertion.FAMILY: "{}: in the family",
    Assertion.HYPOTHETICAL: "{}: talked about",
}


def one_row(field: Field, marks: Marks) -> Row:
    """The row of one field of the person, with the details that papers give."""
    row = concept(field.concept)
    told = [side] if (side := marks.side(field)) else []
    told += [_detail(name, field.details[name]) for name in _DETAILS if name in field.details]
    words = _NAMED.get(str(field.value)) or _illnesses().get(str(field.value)) or row.in_words(field.value)
    if field.concept == "regimen":
        words = regimen_name(str(field.value))
    words += marks.unit(field)
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


def _detail(name: str, value: Value) -> str:
    """A detail as the row shows it: a regimen by its name, a number without an empty decimal."""
    if name == "regimen":
        return regimen_name(str(value))
    shown = int(value) if isinstance(value, float) and value.is_integer() else value
    return _DETAIL_WORDS.get(name, "{}").format(shown)


@cache
def _illnesses() -> dict[str, str]:
    """Illnesses by their code, as a person reads them (records/extract/tables/conditions.yaml)."""
    named = {row["id"]: str(row["label"]) for row in extract_table("conditions")}
    return {id_: name[:1].lower() + name[1:] if name[1:2].islower() else name for id_, name in named.items()}


def _when(field: Field, marks: Marks) -> str:
    """The days of a treatment or a result; where only the paper has a date, it is said to be that."""
    start, stop = field.details.get("start"), field.details.get("stop")
    if start or stop:
        return f"{start} to {stop}" if start and stop else f"from {start}" if start else f"until {stop}"
    return marks.day(field)
