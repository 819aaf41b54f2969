"""What happened when: diagnosis, biopsies, operations, drugs and radiotherapy in order, and as places of a picture.

A thing is drawn only at a date that a paper gives to the thing itself (a diagnosis: to the paper that first names it).
What has no date of its own is listed apart, never guessed from when a paper was written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil, floor

from navaid.records.concepts import concept
from navaid.records.export.summary.rows import Marks, numbered, one_row
from navaid.records.render.days import beginning, end, in_words
from navaid.terms import Assertion, Date, Field, FieldState, Finding, Profile, Reading, Record, Tumour

LANES = {
    "diagnosis": "Diagnosis",
    "biopsy": "Biopsies",
    "surgery": "Operations",
    "drug": "Drugs",
    "radiation": "Radiotherapy",
}
_BIOPSIES = frozenset({"core_biopsy", "excisional_biopsy", "fine_needle_aspiration"})
_LANE_OF = {"surgery": "surgery", "drug": "drug", "radiation": "radiation", "metastasis.site": "diagnosis"}
_TOLD = frozenset({Assertion.PRESENT, Assertion.HISTORICAL, Assertion.PLANNED})


class Event(Record, frozen=True):
    """One thing: `start` and `stop` are dates as precise as papers give them, both empty for one without a date.

    `ongoing` is that it has a start, no end, and no paper says that it is over. `note` says what else is known of when.
    """

    lane: str
    what: str
    concept: str
    start: str = ""
    stop: str = ""
    ongoing: bool = False
    planned: bool = False
    note: str = ""

    @property
    def when(self) -> str:
        """Such as `March 2021 to August 2021`."""
        if self.start and self.stop:
            first, last = in_words(self.start), in_words(self.stop)
            return first if first == last else f"{first} to {last}"
        if self.start:
            words = in_words(self.start)
            return f"from {words}; no end named" if self.ongoing else words
        return f"until {in_words(self.stop)}" if self.stop else ""


class Mark(Record, frozen=True):
    """An event in the picture: `x` to `end` along the years, `y` down; a point where both are the same."""

    event: Event
    x: float
    end: float
    y: float


class Band(Record, frozen=True):
    """A lane of the picture: its name, where it is written, and its marks."""

    id: str
    title: str
    y: float
    marks: tuple[Mark, ...]


class Tick(Record, frozen=True):
    """A year on the line of years."""

    x: float
    words: str


class Timeline(Record, frozen=True):
    """The events in order of time, those without a date, and the picture of the dated ones."""

    dated: tuple[Event, ...]
    undated: tuple[Event, ...]
    width: float
    height: float
    ticks: tuple[Tick, ...]
    bands: tuple[Band, ...]


def timeline(profile: Profile, readings: Sequence[Reading], today: Date) -> Timeline:
    """The timeline of a profile."""
    events = list(_events(profile, readings))
    dated = sorted((e for e in events if e.start or e.stop), key=lambda e: (e.start or e.stop, e.lane, e.what))
    undated = tuple(e for e in events if not (e.start or e.stop))
    ticks, bands, height = _picture(dated, today)
    return Timeline(dated=tuple(dated), undated=undated, width=_WIDTH, height=height, ticks=ticks, bands=bands)


# --------------------------------------------------------------------------- what happened


def _events(profile: Profile, readings: Sequence[Reading]) -> Iterator[Event]:
    marks = Marks(profile, readings, numbered(readings))
    papers = {reading.file: reading for reading in readings}
    for tumour in profile.tumours:
        yield from _diagnosis(tumour, profile, papers)
    for field in profile.fields:
        if field.concept in _LANE_OF and field.state is not FieldState.NOT_STATED and field.assertion in _TOLD:
            yield _event(field, marks)


def _diagnosis(tumour: Tumour, profile: Profile, papers: dict[str, Reading]) -> Iterator[Event]:
    """The tumour at the first day that a paper gives for its diagnosis, or on which it was named."""
    field = next((f for f in tumour.fields if f.concept in ("diagnosis", "histology") and f.value != "benign"), None)
    if field is None or field.state is FieldState.NOT_STATED:
        return
    place = f"{tumour.side} breast" if tumour.specimen == "breast" and tumour.side else tumour.side
    what = f"{concept(field.concept).in_words(field.value)}{f', {place}' if place else ''}"
    found = [profile.findings[i] for i in field.findings if profile.findings[i].value == field.value]
    own = sorted(finding.date for finding in found if finding.date and not _by_person(finding))
    named = sorted(day for finding in found if (day := _paper_day(finding, papers)))
    if own and (not named or own[0] <= named[0]):
        yield Event(lane="diagnosis", what=what, concept=field.concept, start=str(own[0]))
    elif named:
        note = "the first paper of yours that names it"
        yield Event(lane="diagnosis", what=what, concept=field.concept, start=str(named[0]), note=note)
    else:
        yield Event(lane="diagnosis", what=what, concept=field.concept)


def _by_person(finding: Finding) -> bool:
    return finding.source.file == "PERSON"


def _paper_day(finding: Finding, papers: dict[str, Reading]) -> Date | None:
    reading = papers.get(finding.source.file)
    return (reading.header.collected or reading.header.date) if reading else None


def _event(field: Field, marks: Marks) -> Event:
    lane = "biopsy" if field.value in _BIOPSIES else _LANE_OF[field.concept]
    planned = field.assertion is Assertion.PLANNED
    start, stop = (str(field.details.get(name, "")) for name in ("start", "stop"))
    note = ""
    if not (start or stop) and field.date:
        if marks.dated(field):
            start = str(field.date)[: {"year": 4, "month": 7}.get(str(field.details.get("precision")), 10)]
        else:
            note = f"named in a paper of {in_words(field.date)}"
    if beginning(start) is None:
        start = ""
    if end(stop) is None:
        stop = ""
    over = bool(stop or field.details.get("reason")) or field.details.get("status") == "past"
    return Event(
        lane=lane,
        what=_what(field, marks),
        concept=field.concept,
        start=start,
        stop=stop,
        ongoing=field.concept == "drug" and bool(start) and not over and not planned,
        planned=planned,
        note=note,
    )


def _what(field: Field, marks: Marks) -> str:
    words = one_row(field, marks).value
    return f"spread: {words}" if field.concept == "metastasis.site" else words


# --------------------------------------------------------------------------- the picture

_WIDTH, _LEFT, _RIGHT = 360.0, 12.0, 348.0
_TOP, _LANE, _ROW = 34.0, 30.0, 40.0  # the line of years; a lane's name; an event: its words, and its mark below them
_MOST_TICKS = 8


def _picture(dated: Sequence[Event], today: Date) -> tuple[tuple[Tick, ...], tuple[Band, ...], float]:
    if not dated:
        return (), (), 0.0
    now = today.year + (today.month - 1) / 12 + (today.day - 1) / 372
    spans = [_span(event, now) for event in dated]
    first = floor(min(start for start, _ in spans))
    last = max(ceil(max(stop for _, stop in spans)), first + 1)

    def across(year: float) -> float:
        return round(_LEFT + (year - first) / (last - first) * (_RIGHT - _LEFT), 1)

    every = max(1, ceil((last - first) / _MOST_TICKS))
    ticks = tuple(Tick(x=across(year), words=str(year)) for year in range(first, last + 1, every))
    bands, y = [], _TOP
    for lane, title in LANES.items():
        rows = [(event, span) for event, span in zip(dated, spans, strict=True) if event.lane == lane]
        if not rows:
            continue
        y += _LANE
        top, marks = y, []
        for event, (start, stop) in rows:
            y += _ROW
            marks.append(Mark(event=event, x=across(start), end=across(stop), y=y))
        bands.append(Band(id=lane, title=title, y=top, marks=tuple(marks)))
    return ticks, tuple(bands), y + 20


def _span(event: Event, now: float) -> tuple[float, float]:
    """Where an event begins and ends; a day is a point, a year that is no more precise a bar as long as it may be."""
    start = beginning(event.start or event.stop) or now
    if event.stop:
        return start, max(start, end(event.stop) or start)
    if event.ongoing:
        return start, max(start, now)
    return start, start if len(event.start) == 10 else (end(event.start) or start)
