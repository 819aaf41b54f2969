"""Documents made for the tests of the library, the same on every run and in every process."""

from __future__ import annotations

import random
from collections.abc import Sequence

from navaid.terms import Block, BlockKind, Document, Kind, Licence, Retraction

WORDS = (
    "scan clinic nurse fatigue nausea sleep walking lymph node margin biopsy surgery swelling infusion fever team "
    "appointment sample result treatment week month question hormone tissue dose record family support exercise"
).split()

Piece = tuple[BlockKind, int, str]  # kind, level, words


def document(
    id: str,
    text: str | Sequence[Piece] = "Fever is common. Tell your team.",
    *,
    title: str = "A page",
    kind: Kind = Kind.PAGE,
    url: str | None = None,
    retraction: Retraction = Retraction.NONE,
    show_quote: bool = True,
) -> Document:
    """A document of the given blocks, or of one paragraph."""
    pieces = [(BlockKind.PARAGRAPH, 0, text)] if isinstance(text, str) else text
    whole, blocks = "", []
    for piece, level, words in pieces:
        whole += "\n\n" if whole else ""
        blocks.append(Block(kind=piece, start=len(whole), end=len(whole) + len(words), level=level))
        whole += words
    return Document(
        id=id,
        title=title,
        publisher="A publisher",
        kind=kind,
        text=whole,
        blocks=tuple(blocks),
        licence=Licence(name="a licence", show_quote=show_quote),
        url=url,
        retraction=retraction,
    )


def generated(number: int, *, paragraphs: int = 3, stream: str = "A") -> Document:
    """Document `number` of an endless corpus; the word `mark(number)` stands in no other one."""
    chance = random.Random(f"{stream}{number}")
    pieces: list[Piece] = [(BlockKind.HEADING, 2, f"Part {number}")]
    for _ in range(paragraphs):
        sentences = [" ".join(chance.choices(WORDS, k=12)).capitalize() + "." for _ in range(5)]
        pieces.append((BlockKind.PARAGRAPH, 0, " ".join([*sentences, f"It is marked {mark(number, stream)}."])))
    return document(f"FILE:{stream}{number}", pieces, title=f"Document {number}")


def mark(number: int, stream: str = "A") -> str:
    """A word by which one document is found."""
    return f"mark{stream.lower()}{number}q"
