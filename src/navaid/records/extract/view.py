"""What a finder sees of a paper: its text, sections, sentences and field-and-value pairs, and how to note a find."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field, replace
from functools import cached_property

from navaid.records.extract.context import Context
from navaid.records.extract.flow import Flow, flow
from navaid.records.extract.pairs import Pair, pairs
from navaid.records.extract.sections import Section, sections
from navaid.records.extract.sentences import Span, sentences
from navaid.records.paper import Paper
from navaid.terms import Assertion, Box, Date, Finding, Header, Provenance, Value


@dataclass(frozen=True)
class View:
    """One paper, cut up once for all finders. Spans are of `text`: the paper's, with wrapped lines put together."""

    paper: Paper
    header: Header = field(default_factory=Header)

    @cached_property
    def flow(self) -> Flow:
        return flow(self.paper)

    @cached_property
    def text(self) -> str:
        return self.flow.text

    @cached_property
    def low(self) -> str:
        """The text in small letters, as long as the text itself."""
        low = self.text.lower()
        if len(low) != len(self.text):
            low = "".join(c.lower() if len(c.lower()) == 1 else c for c in self.text)
        return low

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        return sections(self.text)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        return sentences(self.text, self.sections)

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        return pairs(self.text, self.sections)

    @cached_property
    def context(self) -> Context:
        return Context(self.text)

    def section_at(self, offset: int) -> Section:
        """The section in which this character stands."""
        return self.sections[max(0, bisect.bisect_right(self.sections, offset, key=lambda section: section.start) - 1)]

    def sentence_at(self, offset: int) -> Span:
        """The sentence in which this character stands."""
        return self.sentences[max(0, bisect.bisect_right(self.sentences, offset, key=lambda span: span.start) - 1)]

    def assertion(self, start: int, end: int) -> Assertion:
        """How the paper speaks of what it names in this span: by its sentence and its section."""
        return self.context.assertion(start, end, self.sentence_at(start), self.section_at(start))

    def standing(self, start: int, end: int) -> Assertion:
        """The same of what nobody plans: a diagnosis, a stage. A plan that names it takes it as given."""
        section = self.section_at(start)
        given = replace(section, kind="") if section.kind == "plan" else section
        return self.context.assertion(start, end, self.sentence_at(start), given)

    def finding(
        self,
        concept: str,
        value: Value,
        start: int,
        end: int,
        *,
        rule: str,
        assertion: Assertion = Assertion.PRESENT,
        unit: str = "",
        date: Date | None = None,
        side: str = "",
        specimen: str = "",
        tumour: str = "",
        details: dict[str, Value] | None = None,
    ) -> Finding:
        """A finding that stands at this span, with its words, page and box; a bracket that they open is closed."""
        return Finding(
            concept=concept,
            value=value,
            source=self.provenance(start, closed(self.text, start, end)),
            unit=unit,
            assertion=assertion,
            date=date,
            side=side,
            specimen=specimen,
            tumour=tumour,
            details=details or {},
            rule=rule,
        )

    def span_of(self, finding: Finding) -> Span:
        """Where in `text` a finding of this paper stands."""
        return Span(*self.flow.found(finding.source.start, finding.source.end))

    def provenance(self, start: int, end: int) -> Provenance:
        """Where this span stands in the file."""
        section = self.section_at(start).kind
        start, end = self.flow.span(start, end)
        page, words = self.paper.page_at(start), self.paper.words_in(start, end)
        boxes = [word.box for word in words]
        confident = [word.confidence for word in words if word.confidence is not None]
        return Provenance(
            file=self.paper.id,
            page=page.number,
            start=start,
            end=end,
            words=self.paper.text[start:end],
            how=page.how,
            box=_around(boxes) if boxes else None,
            section=section,
            confidence=min(confident) if confident else None,
            second=" ".join(word.second or self.paper.text[word.start : word.end] for word in words)
            if any(word.second for word in words)
            else "",
        )


_CLOSING = re.compile(r"[^()\n\f]{0,60}\)")


def closed(text: str, start: int, end: int) -> int:
    """Where a span ends once the bracket that it opens is closed, if that is near and in the same line.

    >>> closed("ER positive (95 %), PR", 0, 16)
    18
    """
    opened = text.rfind("(", start, end)
    if opened < 0 or ")" in text[opened:end]:
        return end
    near = _CLOSING.match(text, end)
    return near.end() if near else end


def _around(boxes: list[Box]) -> Box:
    return Box(
        x0=min(box.x0 for box in boxes),
        y0=min(box.y0 for box in boxes),
        x1=max(box.x1 for box in boxes),
        y1=max(box.y1 for box in boxes),
    )
