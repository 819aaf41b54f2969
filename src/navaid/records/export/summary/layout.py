"""The page for a visit: as many rows as fit on one sheet, and the names of those that do not."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from navaid.records.concepts import concept
from navaid.records.export.places import shortened, unstated
from navaid.records.export.summary.glance import glance
from navaid.records.export.summary.rows import Marks, Row, Section, numbered, of_person, of_tumours
from navaid.records.whose import Whose, whose
from navaid.terms import Date, Profile, Reading, Record

LINES = 53
"""Lines that fit below the head of one page of Letter, the shorter one, as printed by Chromium and WeasyPrint."""

_HEADING = 1.6  # lines that a heading takes
_FOOT_LINE, _FOOT_CHARS = 0.82, 135  # the foot is set smaller
_LEFT_OUT = 12  # how many of the rows that do not fit are named
_ASKED = 0.3  # the part of the room that open questions may take from what the papers say


class Source(Record, frozen=True):
    """A paper that rows point to by its number."""

    number: int
    name: str
    date: Date | None = None


class Page(Record, frozen=True):
    """The page. `glance` is what is asked first, `left_out` names what did not fit, `unknown` what no paper states.

    `asked` are open questions for the visit, `unasked` says how many did not fit. `rejected` is what the person said is
    wrong in the papers, `waiting` what is not there yet.
    """

    person: Whose
    profile: str
    made: Date
    papers: int
    glance: tuple[Row, ...]
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    unknown: tuple[str, ...]
    rejected: tuple[str, ...]
    waiting: tuple[str, ...]
    left_out: tuple[str, ...]
    asked: tuple[Row, ...] = ()
    unasked: int = 0


def lay_out(profile: Profile, readings: Sequence[Reading], lines: int = LINES, asked: Sequence[Row] = ()) -> Page:
    """The page of this profile, with at most about so many lines of rows. `asked` are open questions, in order."""
    marks, person = Marks(profile, readings, numbered(readings)), whose(readings)
    first, more = glance(profile, marks, person)
    every = [section for section in (*of_tumours(profile, marks), *of_person(profile, marks), more) if section.rows]
    unknown, rejected = (tuple(concept(f.concept).label for f in each) for each in unstated(profile))
    waiting = tuple(concept(f.concept).label for f in profile.fields if f.value == "pending")
    foot = sum(_foot(", ".join(labels)) for labels in (unknown, rejected, waiting))
    room = lines - foot - _HEADING * (len(every) + 1) - sum(row.lines for row in first)
    if asked:
        room -= _HEADING + _FOOT_LINE  # and the line that says how many did not fit
    for_asked = min(sum(row.lines for row in asked), max(_ASKED * room, room - _lines(every)))
    shown = _until(asked, for_asked)
    room -= sum(row.lines for row in shown)
    sections, left_out, sources = _with_sources(every, room, readings, marks, [*first, *shown])
    return Page(
        person=person,
        profile=profile.name,
        made=profile.made,
        papers=len(readings),
        glance=first,
        sections=tuple(sections),
        sources=sources,
        unknown=unknown,
        rejected=rejected,
        waiting=waiting,
        left_out=tuple(left_out),
        asked=shown,
        unasked=len(asked) - len(shown),
    )


def _lines(sections: Sequence[Section]) -> int:
    return sum(row.lines for section in sections for row in section.rows)


def _until(rows: Sequence[Row], room: float) -> tuple[Row, ...]:
    """The first rows, as far as there is room: their order is that in which they are asked."""
    kept: list[Row] = []
    for row in rows:
        room -= row.lines
        if room < 0:
            break
        kept.append(row)
    return tuple(kept)


def _with_sources(
    every: Sequence[Section], room: float, readings: Sequence[Reading], marks: Marks, first: Sequence[Row]
) -> tuple[list[Section], list[str], tuple[Source, ...]]:
    """What fits, what does not, and the papers of what fits, whose names take room as well."""
    taken = 0.0
    while True:
        sections, left_out = _fitting(every, room - taken)
        used = marks.used_in([*sections, Section(title="", rows=tuple(first))])
        sources = tuple(
            Source(number=number, name=shortened(reading.name, 50), date=reading.header.date)
            for number, reading in enumerate(readings, 1)
            if number in used
        )
        needed = _foot("".join(f"{source.number} {source.name} (2026-01-01); " for source in sources))
        if needed <= taken:
            return sections, left_out, sources
        taken = needed if taken == 0 else taken + 2  # fewer rows then need fewer papers, so this comes to an end


def _foot(text: str) -> float:
    """The lines that a paragraph of the foot takes, with what stands around it."""
    return _FOOT_LINE * ceil((len(text) + 100) / _FOOT_CHARS) if text else 0.0


def _fitting(every: Sequence[Section], room: float) -> tuple[list[Section], list[str]]:
    """Sections as far as they fit, and the rows that do not; conflicts go before everything else."""
    order = [(place, number) for place, section in enumerate(every) for number in range(len(section.rows))]
    if _lines(every) > room:
        room -= _foot("x" * 60 * _LEFT_OUT)
    kept: set[tuple[int, int]] = set()
    for place, number in sorted(order, key=lambda at: every[at[0]].rows[at[1]].state != "conflict"):
        room -= every[place].rows[number].lines
        if room >= 0:
            kept.add((place, number))
    sections = [
        Section(title=section.title, rows=tuple(row for n, row in enumerate(section.rows) if (place, n) in kept))
        for place, section in enumerate(every)
    ]
    out = [every[place].rows[number] for place, number in order if (place, number) not in kept]
    return [section for section in sections if section.rows], [shortened(f"{r.label}: {r.value}", 56) for r in out]
