"""A document's text, cut where its author cut it.

A passage is a run of neighbouring blocks under one heading, up to about `MAX_WORDS` words; a block
that is longer by itself is cut between sentences, never within one. A list keeps the paragraph that
introduces it; a table row keeps the names of its columns in the heading path.
"""

from __future__ import annotations

from collections.abc import Iterator

from navaid.library.sentences import sentence_spans
from navaid.terms import Block, BlockKind, Document, Kind, Passage

MAX_WORDS = 140  # a MiniLM window is 256 word pieces, about 180 English words; quotes stay readable
MIN_WORDS = 40  # shorter neighbours under the same heading are joined


def split(document: Document) -> list[Passage]:
    """The passages of a document, in order; each holds whole blocks or whole sentences.

    >>> from navaid.terms import Kind, Licence
    >>> text = "Side effects\\n\\nFever is common. Tell your team."
    >>> blocks = (Block(kind=BlockKind.HEADING, start=0, end=12, level=2),
    ...           Block(kind=BlockKind.PARAGRAPH, start=14, end=len(text)))
    >>> document = Document(id="FILE:1", title="T", publisher="P", kind=Kind.PAGE, text=text,
    ...                     blocks=blocks, licence=Licence(name="own"))
    >>> [(p.heading_path, p.text) for p in split(document)]
    [(('Side effects',), 'Fever is common. Tell your team.')]
    """
    return [
        Passage(
            id=f"{document.id}#{start}-{end}",
            document_id=document.id,
            heading_path=path,
            text=document.text[start:end],
            start=start,
            end=end,
        )
        for path, start, end in spans(document)
    ]


def spans(document: Document) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """`(heading_path, start, end)` of each passage, in order."""
    for path, blocks in _under_headings(document):
        if document.kind is Kind.STARTER:  # each block is a claim by itself
            yield from ((path, block.start, block.end) for block in blocks)
            continue
        columns = dict(_columns(document.text, blocks))
        for start, end in _grouped(document.text, blocks):
            yield (*path, *columns.get(start, ())), start, end


def _under_headings(document: Document) -> Iterator[tuple[tuple[str, ...], list[Block]]]:
    """Runs of body blocks that share one heading path."""
    headings: list[tuple[int, str]] = []
    body: list[Block] = []
    for block in document.blocks:
        if block.kind is not BlockKind.HEADING:
            body.append(block)
            continue
        if body:
            yield _path(document, headings), body
            body = []
        while headings and headings[-1][0] >= block.level:
            headings.pop()
        headings.append((block.level, document.text[block.start : block.end]))
    if body:
        yield _path(document, headings), body


def _path(document: Document, headings: list[tuple[int, str]]) -> tuple[str, ...]:
    names = [name for _, name in headings]
    if names and names[0].casefold() == document.title.casefold():
        names = names[1:]
    return tuple(names)


def _columns(text: str, blocks: list[Block]) -> Iterator[tuple[int, tuple[str]]]:
    """For each later row of a table, its start and the table's first row, which names the columns."""
    first: Block | None = None
    for block in blocks:
        if block.kind is not BlockKind.ROW:
            first = None
        elif first is None:
            first = block
        elif _words(text, first.start, first.end) <= MIN_WORDS:  # longer ones hold prose, not names
            yield block.start, (text[first.start : first.end],)


def _grouped(text: str, blocks: list[Block]) -> Iterator[tuple[int, int]]:
    """Spans that join short neighbours and cut long blocks."""
    start, end, words = -1, -1, 0
    for previous, block, following in zip([None, *blocks], blocks, [*blocks[1:], None], strict=False):
        size = _words(text, block.start, block.end)
        joins = words < MIN_WORDS or _introduces(text, previous, block) or _same_list(previous, block)
        fits = joins and words + size <= MAX_WORDS
        if fits and following is not None and _opens_list(block, following):
            # What opens a list stays with its first item, even where it could join what stands before.
            both = size + _words(text, following.start, following.end)
            fits = words + both <= MAX_WORDS or both > MAX_WORDS
        if start >= 0 and not fits:
            yield start, end
            start = -1
        if size > MAX_WORDS:
            yield from _cut(text, block)
            continue
        if start < 0:
            start, words = block.start, 0
        end, words = block.end, words + size
    if start >= 0:
        yield start, end


def _introduces(text: str, block: Block | None, following: Block | None) -> bool:
    """A paragraph that ends in a colon, or any paragraph just before a list, introduces what follows."""
    if block is None or following is None:
        return False
    return _opens_list(block, following) or text[block.end - 1] == ":"


def _opens_list(block: Block, following: Block) -> bool:
    return block.kind is BlockKind.PARAGRAPH and following.kind is BlockKind.ITEM


def _same_list(previous: Block | None, block: Block) -> bool:
    return previous is not None and previous.kind is block.kind is BlockKind.ITEM


def _cut(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """A long block in pieces of whole sentences, of about equal length."""
    sentences = sentence_spans(text, block.start, block.end)
    total = _words(text, block.start, block.end)
    aim = total / max(1, round(total / (MAX_WORDS * 0.8)))
    start, words = sentences[0][0], 0
    for (a, b), following in zip(sentences, [*sentences[1:], None], strict=True):
        words += _words(text, a, b)
        if following is None or words + _words(text, *following) / 2 > aim:
            yield start, b
            if following is not None:
                start, words = following[0], 0


def _words(text: str, start: int, end: int) -> int:
    """Words between two offsets, counted as runs between blanks (fast, and exact enough to group by)."""
    return text.count(" ", start, end) + 1
