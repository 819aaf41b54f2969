"""The lines of a statement that holds its items: the lead-in, the items, and how these hang together."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass, field

from navaid.trials.criteria.lines import Piece, pieces


class Items(enum.Enum):
    """How the items below a line hang together."""

    ALL = enum.auto()
    ANY = enum.auto()
    DENIED = enum.auto()  # "none of the following"
    TOLD = enum.auto()  # a definition or examples of what the line says
    OPEN = enum.auto()  # two of several; exceptions; permissions


@dataclass
class Block:
    """A line `text[start:end]` with the items below it; `heads`: it is a lead-in that ends with a colon."""

    start: int
    end: int
    says: Items = Items.ALL
    heads: bool = False
    items: list[Block] = field(default_factory=list)

    @property
    def last(self) -> int:
        """Where the last of its items ends."""
        return self.items[-1].last if self.items else self.end


_OPEN = re.compile(
    r"\b(?:(?:at least |any )?(?:two|three|four|2|3|4)(?: or more)? of|unless|except\w*|excluding|provided|if|may"
    r"|allowed|permitted|eligible"
    r"|acceptable|other than|when|however|for (?:patients|participants|subjects|women|men|those))\b",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:defined|definition|e\.g\.|for example|such as|includ(?:es?|ing)|means|considered|according)\b", re.IGNORECASE
)
_DENIED = re.compile(r"\b(?:none|no|not|without|neither)\b", re.IGNORECASE)
_ANY = re.compile(
    r"\b(?:(?:at least |any |only )?(?:one|1)(?: or more)? of|either|any|one or more)\b|\bor\W*$", re.IGNORECASE
)
_ENDS_OR = re.compile(r"(?:\bor|,\s*or|\bOR)\W*$", re.IGNORECASE)


def blocks(text: str) -> Block:
    """The statement as a tree of lines.

    >>> tree = blocks("One of the following:\\n  * A\\n  * B")
    >>> tree.says.name, len(tree.items)
    ('ANY', 2)
    """
    if "\n" not in text.strip():
        return Block(0, len(text))
    found = list(pieces(text, 0, len(text)))
    if not found:
        return Block(0, len(text))
    root = Block(found[0].start, found[0].end)
    if not _has_items(text, found):
        return Block(0, len(text))
    path: list[tuple[int, Block]] = [(-1, root)]
    for piece in found[1:]:
        block = Block(piece.start, piece.end)
        while len(path) > 1 and piece.depth <= path[-1][0]:
            path.pop()
        path[-1][1].items.append(block)
        path.append((piece.depth, block))
    _settle(text, root)
    return root


def _has_items(text: str, found: list[Piece]) -> bool:
    lead = text[found[0].start : found[0].end].rstrip()
    return len(found) > 1 and (lead.endswith(":") or any(piece.mark for piece in found[1:]))


def _settle(text: str, block: Block) -> None:
    for item in block.items:
        _settle(text, item)
    if not block.items:
        return
    said = text[block.start : block.end].rstrip()
    block.heads = said.endswith(":")
    # Only the last sentence of the line speaks of the items.
    lead = re.split(r"(?<=[.;])\s+(?=[A-Z])", said)[-1]
    ors = any(
        _ENDS_OR.search(text[item.start : item.end]) or re.match(r"\W*or\b", text[item.start : item.end], re.I)
        for item in block.items
    )
    if _OPEN.search(lead):
        block.says = Items.OPEN
    elif (
        block.heads
        and _TOLD.search(lead[-80:])
        and not re.search(r"\bas (?:defined|indicated|described) (?:below|by the following)", lead, re.I)
    ):
        block.says = Items.TOLD
    elif _DENIED.search(lead):
        block.says = Items.DENIED
    elif _ANY.search(lead) or ors:
        block.says = Items.ANY
