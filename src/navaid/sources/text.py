"""Text and its structure, built together so that no span can be wrong.

Every reader of this room writes through `TextBuilder`; none computes an offset of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from navaid.terms import Block, BlockKind

# What no reader sees: controls, soft hyphens, zero-width and direction marks, lone surrogates and
# the Unicode tag block. Instructions can be hidden in them, and they make two equal words unequal.
# The zero-width joiners U+200C and U+200D stay: Persian and Indic spelling needs them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_CELL_SEPARATOR = " | "


def clean(text: str) -> str:
    """The text as one line: NFC, each run of white space one space, nothing invisible.

    >>> clean("two\\r\\n  lines,\\u200b cafe\\u0301")
    'two lines, café'
    """
    text = _INVISIBLE.sub("", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.split())


class TextBuilder:
    """A document's text and blocks, in reading order.

    Each method adds one block, or nothing where the words are empty. Blocks are separated by a
    blank line; an item that follows an item, and a row that follows a row, by a line break.

    >>> builder = TextBuilder()
    >>> builder.heading(2, "After surgery")
    >>> builder.item("rest")
    >>> builder.item("short walks")
    >>> builder.text
    'After surgery\\n\\nrest\\nshort walks'
    >>> [builder.text[block.start : block.end] for block in builder.blocks]
    ['After surgery', 'rest', 'short walks']
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._page_starts: list[int] = []
        self._pages_waiting = 0

    def heading(self, level: int, text: str) -> None:
        self._add(BlockKind.HEADING, clean(text), min(max(level, 1), 6))

    def paragraph(self, text: str) -> None:
        self._add(BlockKind.PARAGRAPH, clean(text), 0)

    def item(self, text: str, depth: int = 0) -> None:
        self._add(BlockKind.ITEM, clean(text), max(depth, 0))

    def row(self, cells: Iterable[str]) -> None:
        """A table row. An empty cell in the middle keeps its place; those at the end are dropped."""
        cleaned = [clean(cell) for cell in cells]
        while cleaned and not cleaned[-1]:
            cleaned.pop()
        # Clean again: an empty cell leaves two spaces between its separators.
        self._add(BlockKind.ROW, clean(_CELL_SEPARATOR.join(cleaned)), 0)

    def page(self) -> None:
        """A new page begins: its offset is the start of the next block."""
        self._pages_waiting += 1

    @property
    def text(self) -> str:
        return "".join(self._parts)

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(self._blocks)

    @property
    def page_starts(self) -> tuple[int, ...]:
        """One offset a page; pages without text at the end begin where the text ends."""
        return (*self._page_starts, *([self._length] * self._pages_waiting))

    def _add(self, kind: BlockKind, text: str, level: int) -> None:
        if not text:
            return
        if self._blocks:
            same = self._blocks[-1].kind is kind and kind in (BlockKind.ITEM, BlockKind.ROW)
            self._append("\n" if same else "\n\n")
        self._page_starts.extend([self._length] * self._pages_waiting)
        self._pages_waiting = 0
        start = self._length
        self._append(text)
        self._blocks.append(Block(kind=kind, start=start, end=self._length, level=level))

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
