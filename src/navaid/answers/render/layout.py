"""From an answer to its page: numbering, dates, certainty in words, steps, checklists and tables.

All of it is settled here once, so that no two formats can tell a reader different things.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace

from navaid.answers.render import mine
from navaid.answers.render.page import (
    Block,
    Checklist,
    Cited,
    First,
    Listed,
    Page,
    Part,
    Prose,
    Sentence,
    Step,
    Steps,
    Table,
    TableRow,
)
from navaid.answers.render.safe import line, lines, link
from navaid.answers.render.words import Words, words
from navaid.terms import Answer, Certainty, Citation, Claim, Facet, LeftOut, Section, Source, TriageClass


def lay_out(answer: Answer) -> Page:
    """The page of an answer, made from nothing but the answer and the labels."""
    label = words(answer.language)
    desk = _Desk(answer, label)
    first = _first(answer, desk)
    corrections = _prose_part(label.parts.corrections, answer.corrections, desk)
    parts = tuple(_parts(answer, desk))
    unanswered = tuple(_unanswered(answer, desk))
    gaps = tuple(mine.gaps(answer, label, desk.without_label))
    own = mine.mine(answer, label, desk.without_label)
    return Page(
        title=line(answer.title),
        asked=line(answer.question.text),
        asked_language=line(answer.question.language),
        first=first,
        has_marks=bool(answer.claims or answer.corrections or answer.nearest),
        part_missing=_part_missing(answer, label),
        corrections=corrections,
        parts=parts + unanswered + gaps,
        left_out=tuple(desk.left_out(item) for item in answer.left_out),
        sources=desk.sources,
        notice=lines(answer.notice),
        made_on=label.foot.made_on.format(day=label.date(answer.date)),
        grade="" if answer.grade is None else label.grade(answer.grade),
        made=tuple(_made(answer, label)),
        words=label,
        notes=tuple(_notes(answer, label)),
        mine=own,
    )


def lay_out_alone(answer: Answer) -> Page:
    """As `lay_out`, for a file or a terminal; after words of despair or violence nothing stands beside the help.

    What a search finds for such words (hospice, say) may hurt; a page that can fold it shows it folded.
    """
    page = lay_out(answer)
    if answer.triage.class_ is not TriageClass.CRISIS:
        return page
    helping = {cited.source.number for cited in page.first.cited.cited} if page.first else set()
    return replace(
        page,
        corrections=None,
        parts=(),
        left_out=(),
        mine=None,
        part_missing="",
        sources=tuple(source for source in page.sources if source.number in helping),
        notes=(page.words.top.held_back,),
        grade="",
    )


class _Desk:
    """Turns claims and citations into what is shown, and numbers the sources as they are met."""

    def __init__(self, answer: Answer, label: Words) -> None:
        self.label = label
        self.language = answer.language
        self._listed = {source.document: _listed(source, label) for source in answer.sources}
        self.visit = answer.visit
        fittings = answer.personal.fittings if answer.personal else ()
        self._fittings = {one.claim: one for one in fittings}
        self._not_passed = {verdict.claim for verdict in answer.verdicts if not verdict.passed}

    @property
    def sources(self) -> tuple[Listed, ...]:
        return tuple(sorted(self._listed.values(), key=lambda listed: listed.number))

    def sentence(self, claim: Claim) -> Sentence:
        """The sentence with how it stands to the person, if the page was made for one."""
        fitting = self._fittings.get(claim.id)
        shown = self.without_label(claim)
        return replace(shown, fits=mine.label_of(fitting, self.label, claim.facet), why=mine.why(fitting, self.label))

    def without_label(self, claim: Claim) -> Sentence:
        text = line(claim.text)
        established = claim.certainty is Certainty.ESTABLISHED
        standing = [] if established else [self.label.certainty[claim.certainty]]
        standing += self._wording(claim)
        if claim.origin == "quote" and not claim.original:  # in other words it is no quotation any more
            text = self.label.quoted.format(text=text)
        elif claim.id in self._not_passed:
            # A quote that replaced a rejected rewriting keeps its id; it is the source's own and stands.
            standing.append(self.label.sentence.not_passed)
        language = "" if claim.language == self.label.language else line(claim.language)
        return Sentence(text, tuple(standing), self.cited(claim.citations), self._before(claim), language)

    def _wording(self, claim: Claim) -> list[str]:
        """What is said of a sentence that is not in its own words, or not in the page's language."""
        if claim.language != self.language:
            return [self.label.sentence.not_translated]
        return [self.label.sentence.reworded] if claim.original and self.language == "en" else []

    def _before(self, claim: Claim) -> str:
        original = line(claim.original)
        if original and claim.origin == "quote":
            original = self.label.quoted.format(text=original)
        return self.label.sentence.before.format(text=original) if original else ""

    def cited(self, citations: Iterable[Citation]) -> tuple[Cited, ...]:
        return tuple(self._one(citation) for citation in citations)

    def left_out(self, item: LeftOut) -> str:
        listed = self._listed.get(item.document)
        what, reason = line(item.what), line(item.reason).rstrip(".")
        source = listed.title if listed else line(item.document)
        return self.label.parts.left_out_item.format(what=what, reason=reason, source=source)

    def _one(self, citation: Citation) -> Cited:
        source, label = self._source(citation.document), self.label.citation
        quote = lines(citation.quote or "")
        checked = label.not_checked
        if citation.checked is not None:
            checked = label.checked.format(day=self.label.date(citation.checked))
        return Cited(
            source=source,
            place=line(citation.locator),
            checked=checked,
            quote=quote,
            why_no_quote="" if quote else label.not_tied if source.held else label.not_held,
            citation=citation,
        )

    def _source(self, document: str) -> Listed:
        """The source of a citation; one that the answer forgot to list is listed, and said to be so."""
        if document not in self._listed:
            number = 1 + max((listed.number for listed in self._listed.values()), default=0)
            self._listed[document] = Listed(number, line(document), "", self.label.source.unlisted, "", "", held=False)
        return self._listed[document]


def _listed(source: Source, label: Words) -> Listed:
    date = label.source.dated.format(day=label.date(source.date)) if source.date else label.source.undated
    held = label.source.held if source.held else label.source.not_held
    publisher = line(source.publisher)
    facts = [publisher, label.source.kinds[source.kind], date, held]
    return Listed(
        number=source.number,
        title=line(source.title) or line(source.document),
        publisher=publisher,
        facts=", ".join(fact for fact in facts if fact),
        licence=label.source.licence.format(name=line(source.licence)) if line(source.licence) else "",
        url=link(source.url),
        held=source.held,
    )


def _first(answer: Answer, desk: _Desk) -> First | None:
    text = lines(answer.triage.message)
    if not text:
        return None
    title = desk.label.first[answer.triage.class_]
    return First(answer.triage.class_, title, text, Sentence("", (), desk.cited(answer.triage.citations)))


def _part_missing(answer: Answer, label: Words) -> str:
    """A line near the top, where an answer stands but a part of the question has none."""
    if not (answer.unanswered and answer.sections):
        return ""
    return label.top.part_missing.format(title=label.parts.unanswered)


def _prose_part(title: str, claims: tuple[Claim, ...], desk: _Desk, lead: str = "") -> Part | None:
    if not claims:
        return None
    return Part(title, (Prose(tuple(desk.sentence(claim) for claim in claims)),), lead)


def _unanswered(answer: Answer, desk: _Desk) -> Iterator[Part]:
    label = desk.label.parts
    if answer.unanswered:
        reasons = itertools.zip_longest(answer.unanswered, answer.open_because, fillvalue="")
        items = (label.unanswered_item.format(part=part, reason=reason or label.too_little) for part, reason in reasons)
        yield Part(label.unanswered, (), "", tuple(line(item) for item in items))
    if nearest := _prose_part(label.nearest, answer.nearest, desk, label.nearest_lead):
        yield nearest
    if ask := line(answer.ask):
        yield Part(label.ask, (Checklist((Sentence(ask, (), ()),)),))


def _parts(answer: Answer, desk: _Desk) -> Iterator[Part]:
    """The sections; before the questions to ask and what to read, what to watch on a drug of the person's."""
    watched = list(mine.watched(answer, desk.label, desk.without_label))
    for section in answer.sections:
        if watched and all(claim.facet in mine.BESIDE for claim in section.claims):
            yield from watched
            watched = []
        yield _section(section, desk)
    yield from watched


def _section(section: Section, desk: _Desk) -> Part:
    """A section: its table first, where it compares, then every sentence that is in no cell."""
    in_cells = {claim for row in section.rows for cell in row.cells for claim in cell}
    rest = tuple(claim for claim in section.claims if claim.id not in in_cells)
    tables: tuple[Block, ...] = (_table(section, desk),) if section.rows else ()
    return Part(line(section.title), tables + tuple(_blocks(rest, desk)), _lead(section, desk))


def _lead(section: Section, desk: _Desk) -> str:
    """Over questions to ask: where a longer list for such a visit is to be had."""
    only_questions = all(claim.facet is Facet.QUESTION_TO_ASK for claim in section.claims)
    return line(desk.label.parts.visit.format(visit=desk.visit)) if desk.visit and only_questions else ""


def _table(section: Section, desk: _Desk) -> Table:
    by_id = {claim.id: claim for claim in section.claims}
    # A cell without a column would be lost from view: the widest row counts too, not only the header.
    width = max(len(section.columns), *(len(row.cells) for row in section.rows))
    rows = []
    for row in section.rows:
        cells = [tuple(desk.sentence(by_id[claim]) for claim in cell if claim in by_id) for cell in row.cells]
        rows.append(TableRow(line(row.title), (*cells, *[()] * (width - len(cells)))))
    columns = [line(column) for column in section.columns]
    return Table((*columns, *[""] * (width - len(columns))), tuple(rows))


def _blocks(claims: Iterable[Claim], desk: _Desk) -> Iterator[Block]:
    """Neighbouring claims of one form together: stages numbered through the section, questions to tick."""
    number = 0
    for form, group in itertools.groupby(claims, key=_form):
        if form == "steps":
            steps = []
            for name, members in itertools.groupby(group, key=lambda claim: claim.step or ""):
                number += 1
                steps.append(Step(number, line(name), tuple(desk.sentence(claim) for claim in members)))
            yield Steps(tuple(steps))
        elif form == "checklist":
            yield Checklist(tuple(desk.sentence(claim) for claim in group))
        else:
            yield Prose(tuple(desk.sentence(claim) for claim in group))


def _form(claim: Claim) -> str:
    if claim.step is not None and line(claim.step):
        return "steps"
    return "checklist" if claim.facet is Facet.QUESTION_TO_ASK else "prose"


def _notes(answer: Answer, label: Words) -> Iterator[str]:
    """What a language model did to this page, in a few plain lines near the top."""
    top = label.top
    if label.language != answer.language.partition("-")[0]:
        yield top.no_labels
    for one in answer.rewordings:
        model = line(one.model)
        if one.accepted:
            yield (top.translated if one.task == "translate" else top.reworded).format(model=model)
            if one.weaker:
                yield top.weaker
        elif not one.failures:
            yield top.none_reworded.format(model=model)
        for reason in one.failures:
            yield top.model_failed.format(reason=line(reason).rstrip("."))


def _made(answer: Answer, label: Words) -> Iterator[str]:
    foot, snapshot = label.foot, answer.snapshot
    for one in answer.rewordings:
        yield foot.model.format(
            model=line(one.model),
            sent=one.sent,
            accepted=one.accepted,
            refused=len(one.refused),
            same=one.same,
        )
    if answer.verdicts:
        passed = sum(verdict.passed for verdict in answer.verdicts)
        yield foot.verified.format(passed=passed, total=len(answer.verdicts))
    if reason := line(answer.triage.reason):
        yield foot.first_reason.format(reason=reason)
    yield foot.answer.format(id=line(answer.id))
    yield foot.library.format(value=line(snapshot.library))
    yield foot.starter.format(value=line(snapshot.starter))
    yield foot.settings.format(value=line(snapshot.settings))
    yield foot.version.format(value=line(snapshot.navaid))
