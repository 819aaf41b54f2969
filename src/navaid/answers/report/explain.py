"""From a paper to its explanation: the values and words of each section, with what each term means at its first place.

paper -> findings and sections (records.extract) -> values in words -> claims, verified -> Explained
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from navaid import starter
from navaid.answers.report import doubts, table, worded
from navaid.answers.report.record import Explained, Part, Shown, Word
from navaid.answers.report.shelf import Shelf
from navaid.answers.report.spotted import spotted
from navaid.answers.report.stands import stands, worked_out
from navaid.answers.wording import words as answer_words
from navaid.library import Library
from navaid.records.concepts import concept
from navaid.records.export.places import shortened
from navaid.records.extract.extract import extract
from navaid.records.extract.sections import Section
from navaid.records.extract.structured import prose
from navaid.records.extract.view import View
from navaid.records.paper import Paper
from navaid.starter import Starter
from navaid.terms import Assertion, Claim, Date, Finding, Reading

QUESTIONS = 6
"""At most so many questions to ask about a report."""

_NO = re.compile(r"(?i)\b(?:no|not|non|none|absent|absence|negative|without|nil|free|denies|never|0)\b")
_FIRST_QUESTION = {"pathology": "pathology-report.explain"}
_NOT_NOW = frozenset({Assertion.FAMILY, Assertion.HYPOTHETICAL, Assertion.PLANNED})


def explain(library: Library, paper: Paper, today: Date) -> Explained:
    """The report, explained with what the library holds. Nothing is said that is in neither of them."""
    reading, data = _of_the_person(paper, extract(paper)), starter.load(library.folder)
    shelf = Shelf(library, data)
    parts, silent = _parts(paper, reading, data, shelf)
    questions = _questions(reading, shelf)
    return Explained(
        name=paper.name,
        title=table.words()["title"].format(name=paper.name),
        about=doubts.about(reading),
        made=today,
        notes=tuple(doubts.notes(reading, [value for part in parts for value in part.values])),
        parts=parts,
        silent=silent,
        questions=questions,
        sources=shelf.sources(),
        left_out=tuple(shelf.left_out),
        verdicts=tuple(shelf.verdicts),
        notice=answer_words()["notice"].strip(),
    )


def _of_the_person(paper: Paper, reading: Reading) -> Reading:
    """The reading, in which what stands in a sentence that explains a term is only spoken of."""
    view, defines = View(paper, reading.header), re.compile(table.table().defining, re.IGNORECASE)

    def said(finding: Finding) -> Finding:
        if finding.assertion is not Assertion.PRESENT or not defines.search(
            _whole_sentence(view, view.span_of(finding).start)
        ):
            return finding
        return replace(finding, assertion=Assertion.HYPOTHETICAL)

    return replace(reading, findings=tuple(said(finding) for finding in reading.findings))


def _parts(paper: Paper, reading: Reading, data: Starter, shelf: Shelf) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    """The parts in which something was read, and the titles of the others."""
    whole, readable = View(paper, reading.header), View(prose(paper), reading.header)
    found: dict[int, list[Finding]] = {}
    for finding in reading.findings:
        found.setdefault(whole.section_at(whole.span_of(finding).start).start, []).append(finding)
    parts, silent, about = [], [], doubts.subject(reading)
    for (kind, label), group in groupby(whole.sections, key=lambda section: (section.kind, section.part)):
        sections = list(group)
        findings = [finding for section in sections for finding in found.get(section.start, ())]
        values = tuple(_values(findings, whole, data, shelf, about))
        spoken = () if about == "other" else sections
        words = tuple(word for section in spoken for word in _words(section, readable, data, shelf))
        title = _title(kind, label)
        if values or words:
            heading = shelf.first([table.table().sections[kind]]) if kind in table.table().sections else ()
            parts.append(Part(kind, title, sections[0].head, heading, values, words))
        elif kind and any(whole.text[section.body : section.end].strip() for section in sections):
            silent.append(title)
    return tuple(parts), tuple(title for title in dict.fromkeys(silent) if title not in {p.title for p in parts})


def _title(kind: str, label: str) -> str:
    fixed = table.words()
    title = fixed["sections"].get(kind, kind.replace("_", " ").capitalize()) if kind else fixed["beginning"]
    return str(title) + (fixed["part"].format(label=label) if label else "")


def _values(findings: Sequence[Finding], view: View, data: Starter, shelf: Shelf, about: str) -> Iterator[Shown]:
    """Each value of a section once, where it stands first."""
    same: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        key = (finding.concept, worded.told(finding), worded.asides(finding), _made(finding))
        same.setdefault(key, []).append(finding)
    for group in same.values():
        ids = table.explaining(data, group[0], about)
        yield _shown(group[0], view, len(group) - 1, ids, shelf)


def _shown(finding: Finding, view: View, again: int, ids: tuple[str, ...], shelf: Shelf) -> Shown:
    source, start = finding.source, view.span_of(finding).start
    absent = worded.is_absent(finding)
    return Shown(
        concept=finding.concept,
        label=concept(finding.concept).label,
        value=worded.told(finding),
        words=source.words,
        page=source.page,
        start=source.start,
        end=source.end,
        asides=worded.asides(finding, view.section_at(start).part),
        claims=shelf.first(ids),
        explained=any(shelf.get(id_) for id_ in ids),
        plain=table.is_plain(finding),
        made=_made(finding),
        absent=absent,
        other=finding.assertion in _NOT_NOW and finding.concept != "family_history",
        sentence=_sentence(view, start) if absent and not _NO.search(source.words) else "",
        doubts=tuple(doubts.of(finding)),
        again=again,
    )


def _made(finding: Finding) -> str:
    """How a value came about that the words do not state; empty for one that they do."""
    fixed = table.words()
    if finding.details.get("by") == "sum":
        return str(fixed["added_up"].format(parts=finding.details.get("parts", "several")))
    return "" if stands(finding) and not worked_out(finding) else str(fixed["worked_out"])


def _words(section: Section, view: View, data: Starter, shelf: Shelf) -> Iterator[Word]:
    """Words of the glossary that were not explained before, by their own claim or by one that says the same."""
    known = table.table()
    for found in spotted(data, view, section):
        name = found.claim.partition(".")[2]
        same = known.same.get(name, ())
        if any(shelf.was_shown(id_) for id_ in same):
            continue
        for claim in shelf.first([found.claim]):
            start, end = view.flow.span(found.start, found.end)
            words = " ".join(view.paper.text[start:end].split())
            said = _sentence(view, found.start) if found.absent and name not in known.not_denied else ""
            yield Word(words, view.paper.page_at(start).number, claim, said)


def _sentence(view: View, at: int) -> str:
    """The sentence that stands here, in one line."""
    return shortened(_whole_sentence(view, at))


def _whole_sentence(view: View, at: int) -> str:
    span = view.sentence_at(at)
    return view.text[span.start : span.end]


def _questions(reading: Reading, shelf: Shelf) -> tuple[Claim, ...]:
    """Questions on what the report says of the person now: first those on a value, then on a term, in its order."""
    said = [finding for finding in reading.findings if finding.assertion is Assertion.PRESENT]
    ids = [_FIRST_QUESTION.get(reading.header.type, "")] if said else []
    both = [table.questions_on(finding) for finding in said]
    if doubts.subject(reading):
        both = []  # what is asked about a value is asked about a cancer of the breast
    ids += [of_value for of_value, _ in both] + [of_term for _, of_term in both]
    asked = (claim for id_ in dict.fromkeys(filter(None, ids)) for claim in shelf.first([id_]))
    return tuple(claim for _, claim in zip(range(QUESTIONS), asked, strict=False))
