"""What the entries of a paper say together: whom it is about, what it is, and what text is left for other finders."""

from __future__ import annotations

import re

import msgspec

from navaid.records.codes import known
from navaid.records.extract.structured.conditions import cancer_of
from navaid.records.paper import Paper
from navaid.records.read.structured.access import code_of, codings, day, named, some, words
from navaid.records.read.structured.lines import HEADINGS
from navaid.records.read.structured.people import name_of, people_in
from navaid.terms import Header

_SEEN = re.compile(r"[^\n\f]")
_SEXES = {"female", "male"}
_RECEPTORS = {"er", "pr", "her2", "her2.ish"}
# What a document calls itself (its LOINC type, its title), as the types of paper_types.yaml.
_TYPES = (
    ("operative", r"operative|operation|procedure note|surgical operation"),
    ("pathology", r"patholog"),
    ("radiology", r"imaging|radiolog|mammogra"),
    ("discharge", r"discharge"),
    ("oncology_note", r"consultation|progress note|history and physical"),
    ("laboratory", r"laborator"),
)


def prose(paper: Paper) -> Paper:
    """The paper with the lines of its entries blanked: the same length, so that every offset still holds.

    Of the records of several people nothing is left: no word of it can be said to be this person's.

    >>> from navaid.records.paper import Entry, Page
    >>> entry = Entry(id="Observation/1", start=5, end=10, resource={})
    >>> page = Page(number=1, start=0, end=10, how="markup")
    >>> text = "Note\\nER: +"
    >>> prose(Paper(id="FILE:0", path="", name="", media_type="", text=text, pages=(page,), entries=(entry,))).text
    'Note\\n     '
    """
    if not paper.entries:
        return paper
    if len(people_in(paper.entries)) > 1:
        return msgspec.structs.replace(paper, text=_SEEN.sub(" ", paper.text))
    parts, at = [], 0
    for start, end in sorted((entry.start, entry.end) for entry in paper.entries):
        if end > at:
            parts += [paper.text[at : max(at, start)], _SEEN.sub(" ", paper.text[max(at, start) : end])]
            at = end
    return msgspec.structs.replace(paper, text="".join(parts) + paper.text[at:])


def header_of(paper: Paper) -> Header | None:
    """The header of a structured record; None where the paper has no entries.

    Of the records of several people none is named.
    """
    if not any(entry.resource.get("resourceType") in HEADINGS for entry in paper.entries):
        return None
    document = _first(paper, "Composition")
    head = Header(
        type=_type(paper, document), date=day(words(document.get("date"))), cancer=_cancer(paper), language="en"
    )
    patient = _first(paper, "Patient")
    if not patient or len(people_in(paper.entries)) > 1:
        return head
    sex = words(patient.get("gender")).lower()
    ids = [words(part.get("value"), 80) for part in some(patient.get("identifier"))]
    return msgspec.structs.replace(
        head,
        person=name_of(patient),
        birth_date=day(words(patient.get("birthDate"))),
        sex=sex if sex in _SEXES else "",
        identifier=next((id_ for id_ in ids if id_), ""),
    )


def _first(paper: Paper, kind: str) -> dict[str, object]:
    return next((entry.resource for entry in paper.entries if entry.resource.get("resourceType") == kind), {})


def _type(paper: Paper, document: dict[str, object]) -> str:
    """What the document calls itself; a record that holds nothing but laboratory results is one of those."""
    name = f"{named(document.get('type'))} | {words(document.get('title'))}"
    if called := next((type_ for type_, pattern in _TYPES if re.search(pattern, name, re.I)), ""):
        return called
    rest = [e.resource for e in paper.entries if e.resource.get("resourceType") not in ("Patient", "Specimen", "List")]
    is_lab = [any(code_of(part) == "laboratory" for part in some(r.get("category"))) for r in rest]
    return "laboratory" if rest and all(is_lab) else "summary"


def _cancer(paper: Paper) -> str:
    """`breast`, `other` or `unknown`, by the conditions that were not refuted, and by tests that only a breast gets."""
    kinds = set()
    for entry in paper.entries:
        resource = entry.resource
        if resource.get("resourceType") == "Condition":
            if code_of(resource.get("verificationStatus")) not in ("refuted", "entered-in-error"):
                kinds.add(cancer_of(resource))
        elif resource.get("resourceType") == "Observation":
            rows = [known(row.system, row.code) for row in codings(resource.get("code"))]
            if any(row and row.concept in _RECEPTORS for row in rows):
                kinds.add("breast")
    return "breast" if "breast" in kinds else "other" if "other" in kinds else "unknown"
