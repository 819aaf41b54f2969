"""Plain text -> Document: paragraphs by blank lines, hard-wrapped lines joined again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from navaid.sources.own import decode, own_document
from navaid.sources.text import TextBuilder
from navaid.terms import Document

_BLANK_LINE = re.compile(r"\n[ \t\f\v]*\n|\f")
_BULLET = re.compile(r"([ \t]*)(?:[-*+•◦▪‣–]|\(?\d{1,3}[.)])[ \t]+(?=\S)")
# Narrower than this a line was ended on purpose; wider than the other nobody wrapped it by hand.
_MIN_WRAP, _MAX_WRAP = 45, 160


def read_bytes(data: bytes, *, name: str = "text", retrieved: dt.date | None = None) -> Document:
    """The document in a plain-text file; its title is the file's name.

    Raises `UnreadableSource` for bytes that are not text or hold none.

    >>> read_bytes(b"A long walk\\n\\n- every day\\n- no hurry").text
    'A long walk\\n\\nevery day\\nno hurry'
    """
    builder = TextBuilder()
    for paragraph in _BLANK_LINE.split(decode(data, name=name)):
        add_lines(builder, [line for line in paragraph.split("\n") if line.strip()])
    return own_document(data, builder, name=name, retrieved=retrieved)


def add_lines(builder: TextBuilder, lines: list[str]) -> None:
    """Add lines that stand together: bullets as items, the others unwrapped into paragraphs."""
    indents: list[int] = []
    for line in unwrap(lines):
        bullet = _BULLET.match(line)
        if bullet is None:
            indents.clear()
            builder.paragraph(line)
            continue
        indent = len(bullet[1].expandtabs(4))
        while indents and indents[-1] > indent:
            indents.pop()
        if not indents or indents[-1] < indent:
            indents.append(indent)
        builder.item(line[bullet.end() :], len(indents) - 1)


def unwrap(lines: list[str]) -> Iterator[str]:
    """The lines with those joined that only ended because the next word would not have fitted.

    >>> list(unwrap(["Stage: II", "Grade: 2"]))
    ['Stage: II', 'Grade: 2']
    """
    width = max((len(line.rstrip()) for line in lines), default=0)
    if width > _MAX_WRAP:
        yield from lines
        return
    width, joined, last = max(width, _MIN_WRAP), "", ""
    for line in lines:
        next_word = line.split(maxsplit=1)[0]
        wrapped = bool(last) and len(last) + 1 + len(next_word) > width and not _BULLET.match(line)
        if joined and not wrapped:
            yield joined
            joined = ""
        joined = f"{joined} {line.strip()}" if joined else line
        last = line.rstrip()
    if joined:
        yield joined
