"""Quoted words where they stand: the passage of the source, with the words in it."""

from __future__ import annotations

from navaid.answers.render.safe import line
from navaid.library import Library
from navaid.terms import Citation, Record

_BESIDE = 240
"""Letters on each side, where the terms of a source let its words be quoted but not be shown in full."""


class Around(Record, frozen=True):
    """`before`, `words` and `after` follow each other in the source; `heading` is where in it. A cut shows as …"""

    heading: str
    before: str
    words: str
    after: str


def around(library: Library, citation: Citation) -> Around | None:
    """The quoted words in their passage; None where the text is not held, or not in the version that was quoted."""
    held = library.store.card(citation.document)
    if held is None or citation.quote is None or citation.start is None or citation.end is None:
        return None
    start, end = citation.start, citation.end
    if not held[0].licence.show_quote or library.store.slice(citation.document, start, end) != citation.quote:
        return None
    passages = library.store.passages_of(citation.document)
    passage = next((p for p in passages if p.start <= start and end <= p.end), None)
    if passage is None:
        return None
    before, after = passage.text[: start - passage.start], passage.text[end - passage.start :]
    if not held[0].licence.show_full:
        before, after = _last(before), _first(after)
    return Around(
        heading=line(" > ".join(passage.heading_path)),
        before=line(before),
        words=line(citation.quote),
        after=line(after),
    )


def _last(text: str) -> str:
    if len(text) <= _BESIDE:
        return text
    return f"… {text[-_BESIDE:].partition(' ')[2]}"


def _first(text: str) -> str:
    if len(text) <= _BESIDE:
        return text
    return f"{text[:_BESIDE].rpartition(' ')[0]} …"
