"""From an explained report to what every format shows: safe lines, numbered marks, quotes with their page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from navaid.answers.render.page import Cited, Listed, Sentence
from navaid.answers.render.safe import line, link
from navaid.answers.render.words import Words, words
from navaid.answers.report.record import Explained, Part, Shown, Word
from navaid.answers.report.table import words as fixed
from navaid.records.export.places import shortened
from navaid.terms import Certainty, Claim, Source


@dataclass(frozen=True, slots=True)
class Row:
    """A value or a word: its name and value, notes on it, the report's words, and what it means under a heading."""

    label: str
    value: str
    notes: tuple[str, ...]
    quote: str
    means: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the report: values, then other words that stand in it."""

    title: str
    heading: str
    about: tuple[Sentence, ...]
    rows: tuple[Row, ...]
    words: tuple[Row, ...]
    words_lead: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole page, ready for a format."""

    title: str
    about: str
    lead: str
    notes: tuple[str, ...]
    groups: tuple[Group, ...]
    silent: tuple[str, ...]
    questions: tuple[Sentence, ...]
    missing: tuple[str, ...]
    sources: tuple[Listed, ...]
    notice: str
    made_on: str
    labels: Words


def lay_out(explained: Explained) -> Sheet:
    """The page of an explained report; text of the report cannot act on any format."""
    label = words("en")
    desk = _Desk(explained, label)
    first = next((part for part in explained.parts if part.words), None)
    return Sheet(
        title=line(explained.title),
        about=line(explained.about),
        lead=line(fixed()["lead"]),
        notes=tuple(map(line, explained.notes)),
        groups=tuple(_group(part, desk, lead=part is first) for part in explained.parts),
        silent=tuple(map(line, explained.silent)),
        questions=desk.sentences(explained.questions),
        missing=tuple(
            line(fixed()["missing_item"].format(claim=item.what, reason=item.reason)) for item in explained.left_out
        ),
        sources=desk.listed,
        notice=line(explained.notice),
        made_on=label.foot.made_on.format(day=label.date(explained.made)),
        labels=label,
    )


def _group(part: Part, desk: _Desk, *, lead: bool) -> Group:
    """The part; `lead` says over its words why they are explained."""
    return Group(
        title=line(part.title),
        heading=f"“{line(shortened(part.heading))}”" if line(part.heading) else "",
        about=desk.sentences(part.about),
        rows=tuple(_row(value, desk) for value in part.values),
        words=tuple(_word(word, desk) for word in part.words),
        words_lead=fixed()["words_lead"] if lead else "",
    )


def _row(value: Shown, desk: _Desk) -> Row:
    named = fixed()
    means = named["means_absent"] if value.absent else named["means_other"] if value.other else named["means"]
    return Row(
        label=line(value.label),
        value=line(value.value),
        notes=tuple(map(line, _notes(value))),
        quote=_quote(value.page, value.words),
        means=means if value.claims else "",
        sentences=desk.sentences(value.claims),
    )


def _notes(value: Shown) -> Iterator[str]:
    named = fixed()
    yield from filter(None, (", ".join(value.asides), value.made))
    if value.sentence:
        yield named["sentence"].format(words=f"“{value.sentence}”")
    if value.again:
        yield named["again"].format(count=value.again)
    yield from value.doubts
    if not value.explained and not value.plain:
        yield named["unexplained"]


def _word(word: Word, desk: _Desk) -> Row:
    denied = (fixed()["word_denied"].format(sentence=f"“{word.denied}”"),) if word.denied else ()
    quote = _quote(word.page, word.words)
    return Row("", "", tuple(map(line, denied)), quote, "", desk.sentences((word.claim,)))


def _quote(page: int, said: str) -> str:
    return line(fixed()["your_report"].format(page=page, words=f"“{shortened(said)}”"))


class _Desk:
    """Turns claims into sentences with their numbered sources."""

    def __init__(self, explained: Explained, label: Words) -> None:
        self._label = label
        self._by_id = {source.document: self._list(source) for source in explained.sources}
        self.listed = tuple(self._by_id.values())

    def sentences(self, claims: tuple[Claim, ...]) -> tuple[Sentence, ...]:
        return tuple(self._sentence(claim) for claim in claims)

    def _sentence(self, claim: Claim) -> Sentence:
        label = self._label
        standing = () if claim.certainty is Certainty.ESTABLISHED else (label.certainty[claim.certainty],)
        cited = tuple(
            Cited(
                source=self._by_id[citation.document],
                place=line(citation.locator),
                checked=label.citation.checked.format(day=label.date(citation.checked))
                if citation.checked
                else label.citation.not_checked,
                quote=(line(citation.quote),) if citation.quote else (),
                why_no_quote="" if citation.quote else label.citation.not_held,
            )
            for citation in claim.citations
        )
        return Sentence(line(claim.text), standing, cited)

    def _list(self, source: Source) -> Listed:
        label = self._label.source
        date = label.dated.format(day=self._label.date(source.date)) if source.date else label.undated
        facts = [line(source.publisher), label.kinds[source.kind], date]
        return Listed(
            number=source.number,
            title=line(source.title),
            publisher=line(source.publisher),
            facts=", ".join(filter(None, facts)),
            licence=line(source.licence),
            url=link(source.url),
            held=source.held,
        )
