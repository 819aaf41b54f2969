"""The header of a paper from its parts."""

from __future__ import annotations

from navaid.records.extract.flow import flow
from navaid.records.extract.header.dated import days
from navaid.records.extract.header.kind import type_and_subject
from navaid.records.extract.header.language import language
from navaid.records.extract.header.where import amends, side, specimen
from navaid.records.extract.header.whose import identifier, person, sex, unrolled
from navaid.records.paper import Paper
from navaid.terms import Header

_OF_TISSUE = frozenset(("pathology", "cytology", "genomic_assay"))


def header(paper: Paper) -> Header:
    """What a paper says of itself; what cannot be told stays unknown. A coded record's own header where it has one."""
    if paper.entries:
        coded = _coded(paper)
        if coded is not None:
            return coded
    text = flow(paper).text
    spoken = language(text)
    type_, medical, cancer = type_and_subject(text)
    if not medical:
        return Header(type=type_, language=spoken, medical=False)
    found = days(text, spoken)
    table = unrolled(text)
    told = sex(table) or sex(text)
    return Header(
        type=type_,
        date=found.date,
        collected=found.collected,
        side=side(text),
        specimen=specimen(text) if type_ in _OF_TISSUE else "",
        person=person(table) or person(text),
        birth_date=found.birth,
        sex=told[0] if told else "",
        identifier=identifier(table) or identifier(text),
        amends=amends(text),
        language=spoken,
        medical=True,
        cancer=cancer,
    )


def _coded(paper: Paper) -> Header | None:
    """The header of a structured record, by the finder that knows its resources."""
    from navaid.records.extract import structured  # imported late, so that it may use what lies here

    return structured.header_of(paper)
