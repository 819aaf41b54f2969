"""A verified draft becomes an Answer: numbered sources, verdicts, what was left out, the snapshot."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from importlib import metadata

from msgspec.structs import replace

from navaid import reading
from navaid.answers.compose import Draft
from navaid.answers.triage.tables import tables as triage_tables
from navaid.answers.verify import verify
from navaid.answers.wording import words
from navaid.library import Library
from navaid.starter import Starter
from navaid.terms import (
    Answer,
    Citation,
    Claim,
    Date,
    Kind,
    LeftOut,
    Open,
    Personal,
    Question,
    Row,
    Section,
    Snapshot,
    Source,
    Triage,
    Verdict,
    encode,
)


def assemble(
    library: Library,
    data: Starter,
    question: Question,
    triage: Triage,
    draft: Draft,
    today: Date,
    visit: str = "",
    personal: Personal | None = None,
) -> Answer:
    """The answer with only those sentences that pass `verify`; each that fails is in `left_out`."""
    checked = _Checked(library)
    sections = tuple(s for section in draft.sections if (s := checked.section(section)).claims)
    corrections, nearest = checked.claims(draft.corrections), checked.claims(draft.nearest)
    shown = [*corrections, *(c for s in sections for c in s.claims), *nearest]
    own = checked.personal(personal, shown) if personal else None
    beside = personal_claims(own) if own else ()
    unanswered = draft.unanswered if sections or draft.unanswered else tuple(Open(part=p) for p in question.parts)
    answer = Answer(
        id="",
        question=question,
        title=_title(question),
        date=today,
        triage=triage,
        sections=sections,
        corrections=corrections,
        unanswered=tuple(one.part for one in unanswered),
        open_because=tuple(one.reason for one in unanswered),
        visit=visit if sections else "",
        nearest=nearest,
        ask=words()["ask_care_team"].format(question=question.text) if unanswered else "",
        sources=_sources(
            library, data, [*triage.citations, *(c for claim in (*shown, *beside) for c in claim.citations)]
        ),
        left_out=(*draft.left_out, *checked.failed),
        verdicts=tuple(checked.verdicts),
        notice=_notice(question, own is not None),
        snapshot=Snapshot(
            library=library.snapshot,
            starter=data.fingerprint,
            settings=library.settings.fingerprint,
            navaid=metadata.version("navaid"),
        ),
        grade=_rounded(reading.grade(c.text for c in shown)),
        personal=own,
    )
    return replace(answer, id=hashlib.sha256(encode(answer)).hexdigest()[:12])


def first(question: Question, triage: Triage, today: Date) -> Answer:
    """The answer before anything was searched: its title and what must be read first, with the pages behind that."""
    documents = dict.fromkeys(citation.document for citation in triage.citations)
    return Answer(
        id="",
        question=question,
        title=_title(question),
        date=today,
        triage=triage,
        sections=(),
        sources=tuple(_triage_source(number, document) for number, document in enumerate(documents, 1)),
        left_out=(),
        verdicts=(),
        notice="",
        snapshot=Snapshot(library="", starter="", settings="", navaid=metadata.version("navaid")),
    )


def _title(question: Question) -> str:
    return question.text[:1].upper() + question.text[1:]


class _Checked:
    """Verifies claims, keeping each verdict and each failure."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.verdicts: list[Verdict] = []
        self.failed: list[LeftOut] = []

    def claims(self, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        return tuple(claim for claim in claims if self._passes(claim))

    def section(self, section: Section) -> Section:
        kept = self.claims(section.claims)
        ids = {claim.id for claim in kept}
        rows = tuple(
            Row(title=row.title, cells=tuple(tuple(c for c in cell if c in ids) for cell in row.cells))
            for row in section.rows
        )
        return replace(section, claims=kept, rows=tuple(row for row in rows if any(row.cells)))

    def personal(self, personal: Personal, shown: list[Claim]) -> Personal:
        """The personal part with only verified sentences, and with the fittings of those that are there."""
        folded = self.claims(personal.folded)
        there = {claim.id for claim in (*shown, *folded)}
        watched = (
            replace(one, now=self.claims(one.now), call=self.claims(one.call), expect=self.claims(one.expect))
            for one in personal.watched
        )
        return replace(
            personal,
            folded=folded,
            fittings=tuple(one for one in personal.fittings if one.claim in there),
            gaps=tuple(
                replace(gap, why=self.claims(gap.why), claims=tuple(c for c in gap.claims if c in there))
                for gap in personal.gaps
            ),
            watched=tuple(one for one in watched if one.now or one.call or one.expect),
        )

    def _passes(self, claim: Claim) -> bool:
        if (known := next((v for v in self.verdicts if v.claim == claim.id), None)) is not None:
            return known.passed  # a sentence may stand on the page and behind a gap
        verdict = verify(self._library, claim)
        self.verdicts.append(verdict)
        if not verdict.passed:
            document = claim.citations[0].document if claim.citations else ""
            self.failed.append(LeftOut(what=claim.text, document=document, reason=verdict.reason))
        return verdict.passed


def personal_claims(personal: Personal) -> tuple[Claim, ...]:
    """Every sentence of the personal part that has a source, in the order in which a reader meets them."""
    watched = (claim for one in personal.watched for claim in (*one.now, *one.call, *one.expect))
    why = (claim for gap in personal.gaps for claim in gap.why)
    return (*watched, *why, *personal.folded)


def _citations(claims: Iterable[Claim]) -> Iterator[Citation]:
    return (citation for claim in claims for citation in claim.citations)


def _sources(library: Library, data: Starter, citations: list[Citation]) -> tuple[Source, ...]:
    """The sources cited, numbered in the order in which a reader meets them."""
    ids = dict.fromkeys(c.document for c in citations)
    return tuple(_source(library, data, number, document) for number, document in enumerate(ids, 1))


def _source(library: Library, data: Starter, number: int, document_id: str) -> Source:
    held = library.store.card(document_id)
    if held:
        card, version = held
        return Source(
            number=number,
            document=document_id,
            title=card.title,
            publisher=card.publisher,
            kind=card.kind,
            url=card.url,
            date=card.date,
            held=True,
            version=version,
            licence=card.licence.name,
        )
    row = data.sources.get(document_id)
    if row is None:
        return _triage_source(number, document_id)
    return Source(
        number=number,
        document=document_id,
        title=row.title,
        publisher=row.publisher,
        kind=row.kind,
        url=row.url,
        date=row.updated or row.published,
        held=False,
        licence=row.licence,
    )


def _triage_source(number: int, document_id: str) -> Source:
    title, url = triage_source(document_id)
    return Source(
        number=number,
        document=document_id,
        title=title,
        publisher="",
        kind=Kind.PAGE,
        url=url,
        date=None,
        held=False,
    )


def triage_source(document_id: str) -> tuple[str, str]:
    """Title and address of a page behind a red flag."""
    url = document_id.removeprefix("URL:")
    titles = {source.url: source.title for source in triage_tables().sources.values()}
    return titles.get(url, url), url


def _notice(question: Question, personal: bool) -> str:
    notice = words()["notice_personal" if personal else "notice"]
    said = [notice] if question.language == "en" else [words()["not_english"], notice]
    return " ".join(one.strip() for one in said)


def _rounded(grade: float | None) -> float | None:
    return None if grade is None else round(grade, 1)
