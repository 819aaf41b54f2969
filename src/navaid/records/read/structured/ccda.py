"""A C-CDA document as a Paper: its head, its sections by their headings, and a line for every coded entry."""

from __future__ import annotations

import base64
import binascii
import itertools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from navaid.records.paper import Paper
from navaid.records.read.structured import cda_values as cda
from navaid.records.read.structured.access import Json, codings, words
from navaid.records.read.structured.build import Builder, digest_of
from navaid.records.read.structured.cda_entries import Entered, Where, entries
from navaid.records.read.structured.fhir import note_people
from navaid.records.read.structured.gate import safe_tree
from navaid.records.read.structured.inside import html_text
from navaid.records.read.structured.lines import HEADINGS
from navaid.records.read.structured.narrative import Line, lines

MEDIA_TYPE = "application/cda+xml"
LONGEST_ROW = 400  # characters; a longer one says more than its code
# LOINC codes of sections, as the HL7 samples name them, where a section's kind says how its entries are meant.
_SECTIONS = {
    "11450-4": "problems",
    "10219-4": "problems",
    "10218-6": "problems",
    "18776-5": "plan",
}
# Codes that say what kind of statement follows: a row that holds them is not told by them.
_GENERAL = {"status", "finding", "clinical finding", "diagnosis", "problem", "condition", "disease", "complaint"}
_GENERAL |= {"assertion", "concern", "severity observation", "age at onset", "health status", "vital signs"}


def read_ccda(data: bytes, path: Path | str) -> Paper:
    """The document's narrative by section and its coded entries as FHIR resources, each the span of its line.

    What a row of the narrative says that an entry says too is marked by an entry of type `List` over that row, so
    that nothing is read twice. Raises BadInput for what is no C-CDA document or not safe to read.
    """
    builder = Builder()
    document(safe_tree(data, path, "ClinicalDocument"), builder)
    note_people(builder)
    return builder.paper(digest_of(data), path, MEDIA_TYPE)


def document(root: etree._Element, builder: Builder) -> None:
    """Put a document's head and sections into the text."""
    builder.enter(_composition(root))
    for patient in root.findall("recordTarget/patientRole"):
        builder.enter(_patient(patient))
    builder.say()
    counter = itertools.count(1)
    for section in root.iterfind(".//section"):
        _section(section, builder, counter)
    for body in root.iterfind(".//nonXMLBody/text"):
        _unstructured(body, builder)


def _composition(root: etree._Element) -> Json:
    """What the document says it is, and of which day."""
    title, (when, _) = words(root.findtext("title")), cda.times(root.find("effectiveTime"))
    found = {"type": cda.concept(root.find("code"), {}), "title": title, "date": when, "status": "final"}
    return {"resourceType": "Composition", "id": "document", **{name: part for name, part in found.items() if part}}


def _patient(role: etree._Element) -> Json:
    person = role.find("patient")
    found: Json = {"resourceType": "Patient", "id": "patient"}
    if person is None:
        return found
    found["name"] = [cda.name(person.find("name"))]
    born, gender = person.find("birthTime"), person.find("administrativeGenderCode")
    if born is not None and (when := cda.date(born.get("value"))):
        found["birthDate"] = when
    if gender is not None:
        found["gender"] = {"F": "female", "M": "male"}.get(str(gender.get("code")), "unknown")
    ids = [words(part.get("extension")) for part in role.findall("id") if part.get("extension")]
    if ids:
        found["identifier"] = [{"value": ids[0]}]
    return found


def _section(section: etree._Element, builder: Builder, counter: Iterator[int]) -> None:
    narrative = lines(section.find("text"))
    named = {mark: line.text for line in narrative for mark in line.ids}
    rows = {mark: line.text for line in narrative if line.kind in ("row", "item") for mark in line.ids}
    code = section.find("code")
    kind = _SECTIONS.get(str(code.get("code")), "") if code is not None else ""
    entered = [row for row in entries(section, Where(named, kind, rows)) if row.resource["resourceType"] in HEADINGS]
    for row in entered:
        row.resource["id"] = f"e{next(counter)}"
    builder.say(words(section.findtext("title")) or (words(code.get("displayName")) if code is not None else ""))
    covered = _covered(narrative, section, entered)
    for told, run in itertools.groupby(zip(narrative, covered, strict=True), key=lambda pair: pair[1]):
        spans = [builder.say(_said(line)) for line, _ in run]
        if told:
            builder.enter(_listed(entered), (spans[0][0], spans[-1][1]))
    for row in entered:
        builder.enter(row.resource)
    builder.say()


def _said(line: Line) -> str:
    return "- " + line.text if line.kind == "item" else line.text


def _covered(narrative: Sequence[Line], section: etree._Element, entered: Sequence[Entered]) -> list[bool]:
    """Which rows and items say only what an entry says: those it refers to, or that hold the words of its code.

    So do those of entries that are not read on purpose: visits, vaccinations, goals.
    """
    coded = section.findall("entry")
    marks = {mark for entry in coded for mark in cda.marks(entry)}
    names = {name for row in entered for name in _names(row.resource)}
    names |= {name for entry in coded for tag in ("code", "translation") for name in _displays(entry, tag)}
    names = {name for name in names - _GENERAL if len(name) > 3}
    told: list[bool] = []
    for line in narrative:
        short = line.kind in ("row", "item") and len(line.text) <= LONGEST_ROW
        own = bool(line.ids & marks) or any(_bare(cell) in names for cell in line.cells)
        # A row whose first cell is empty goes on with the row above it.
        goes_on = line.kind == "row" and bool(told) and told[-1] and not line.cells[0].strip()
        told.append(short and (own or goes_on))
    # The head of a table of which the first row is told only names its columns.
    after = [*told[1:], False]
    return [
        this or (line.kind == "head" and after[at]) for at, (line, this) in enumerate(zip(narrative, told, strict=True))
    ]


def _displays(entry: etree._Element, tag: str) -> Iterator[str]:
    return (words(part.get("displayName")).lower() for part in entry.iter(tag))


def _bare(cell: str) -> str:
    """The words of a cell without the code in brackets that follows them."""
    return re.sub(r"\s*\([\w.]{2,12}\)$", "", cell.strip()).lower()


def _names(resource: Json) -> Iterator[str]:
    for name in ("code", "medicationCodeableConcept"):
        yield from (row.display.lower() for row in codings(resource.get(name)))
        if isinstance(text := (resource.get(name) or {}).get("text"), str):
            yield text.lower()


def _listed(entered: Sequence[Entered]) -> Json:
    items = [{"item": {"reference": f"{row.resource['resourceType']}/{row.resource['id']}"}} for row in entered]
    return {"resourceType": "List", "status": "current", "mode": "snapshot", "entry": items}


def _unstructured(body: etree._Element, builder: Builder) -> None:
    """A body that is a file of its own: text and HTML are read, the rest gives a note."""
    kind, text = str(body.get("mediaType", "text/plain")).lower(), body.text or ""
    if body.get("representation") == "B64":
        try:
            content = base64.b64decode(text, validate=False)
        except (binascii.Error, ValueError):
            builder.note("The report inside this document is damaged; ask for it as a file of its own.")
            return
    else:
        content = text.encode("utf-8", errors="replace")
    if kind.startswith("text/plain"):
        builder.say(content.decode("utf-8", errors="replace").strip())
    elif kind.startswith("text/html"):
        builder.say(html_text(content))
    else:
        builder.note(f"A report of type {words(kind, 60)} is inside this document; save it as a file and add that.")
