"""All finders over one paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from navaid.records.extract import assays, genes, person, receptors, stage, structured, treatments, tumour
from navaid.records.extract.header import header
from navaid.records.extract.view import View
from navaid.records.paper import Paper
from navaid.terms import Assertion, Finding, Reading

Finder = Callable[[View], Iterable[Finding]]

OF_NOBODY = frozenset({"leaflet", "insurance"})
"""Types of papers that speak of illnesses and conditions in general: what they say is never so of the person."""

TEXT_FINDERS: tuple[Finder, ...] = (
    tumour.find,
    stage.find,
    receptors.find,
    genes.find,
    assays.find,
    treatments.find,
    person.find,
)
"""Of the words of a paper; what its coded entries say is `structured.find`'s."""


def _of_nobody(finding: Finding) -> Finding:
    told = finding.assertion in (Assertion.PRESENT, Assertion.HISTORICAL, Assertion.POSSIBLE, Assertion.ABSENT)
    return msgspec.structs.replace(finding, assertion=Assertion.HYPOTHETICAL) if told else finding


def extract(paper: Paper) -> Reading:
    """What this paper says, in the order of its text. Never raises for what a text may hold."""
    head = header(paper)
    words, entries = View(structured.prose(paper), head), View(paper, head)
    findings = [finding for finder in TEXT_FINDERS for finding in finder(words)]
    findings += structured.find(entries)
    if head.type in OF_NOBODY:
        findings = [_of_nobody(finding) for finding in findings]
    findings.sort(key=lambda finding: (finding.source.start, finding.source.end))
    return Reading(
        file=paper.id, path=paper.path, name=paper.name, header=head, findings=tuple(findings), notes=paper.notes
    )
