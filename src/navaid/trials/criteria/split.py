"""An eligibility text -> its statements, each with its span, its kind, and the lines it stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from navaid.terms import Criterion, CriterionType
from navaid.trials.criteria.lines import Piece, pieces

_KIND = r"(?P<kind>in|ex)clusion"
# A line that opens the inclusion or the exclusion part; what stands beside it ("for cohort 3") is kept as a heading.
_OPENS = re.compile(
    rf"^(?=.{{0,120}}$)(?:(?:the|key|main|major|general|additional|other|specific|patient|subject|participant|study|case|"
    rf"control|treatment|procurement|screening|enrollment|all|core|common|phase|part|cohort|arm|group|stage|donor|"
    rf"criteria|for|to|and|of|only|[0-9IVabAB/&,]+)[\s,-]+){{0,8}}{_KIND}\b(?!\s*/)(?!\s+(?:and|or)\s+exclusion)"
    rf"(?:\s+criteri(?:a|on))?(?P<rest>.*)$",
    re.IGNORECASE,
)
_INLINE = re.compile(rf"(?<=[.;:)])\s+(?=(?:key |main )?{_KIND}\s+criteria\s*:)", re.IGNORECASE)
_NOT_TOLD = re.compile(
    r"^(?:note\b.{0,40})?(?:other|additional)\b.{0,40}(?:inclusion|exclusion|criteria).{0,40}(?:may apply|protocol)"
    r"|^n/?a\.?$|^(?:none|not applicable|not specified|see (?:above|below|disease characteristics).{0,40})\.?$",
    re.IGNORECASE,
)
# "One of the following" keeps its items together: none is asked for by itself; of an exclusion's items any is enough.
_ONE_OF = re.compile(
    r"\b(?:(?:at least |any |only |either )?(?:one|1|two|2|any)(?: or more)? of|either(?: of)?|meets? any|any)\b"
    r"[^.]{0,60}:\s*$|\bor\s*:?\s*$",
    re.IGNORECASE,
)
_ALL_OF = re.compile(r"\b(?:all|both|each) of\b[^.]{0,60}:\s*$|\band\s*:?\s*$", re.IGNORECASE)


@dataclass
class _Node:
    piece: Piece
    end: int
    items: list[_Node] = field(default_factory=list)


def split(text: str) -> tuple[Criterion, ...]:
    """The statements of an eligibility text, in order. What stands before any heading counts as inclusion.

    >>> text = "Inclusion Criteria:\\n\\n* Age 18\\n\\nExclusion Criteria:\\n\\n* Pregnant"
    >>> [(criterion.type.value, criterion.text) for criterion in split(text)]
    [('inclusion', 'Age 18'), ('exclusion', 'Pregnant')]
    """
    found: list[Criterion] = []
    for kind, heading, start, end in _regions(text):
        for under, first, last in _statements(text, list(pieces(text, start, end)), kind):
            found.append(
                Criterion(
                    number=len(found) + 1,
                    type=kind,
                    text=text[first:last],
                    start=first,
                    end=last,
                    under=(*filter(None, [heading]), *under),
                )
            )
    return tuple(found)


def _regions(text: str) -> Iterator[tuple[CriterionType, str, int, int]]:
    """The parts of a text: kind, what its heading adds ("for cohort 3"), and its span without the heading."""
    marks = [(0, 0, CriterionType.INCLUSION, "")]
    for match in re.finditer(r"[^\n]+", _INLINE.sub(lambda gap: "\n" * len(gap[0]), text)):
        line = match[0].strip(" \t*#_")
        opened = _OPENS.match(re.sub(r"^\d{1,2}[.)]\s*", "", line))
        if not opened or (len(opened["rest"].split()) > 12 and ":" not in opened["rest"]):
            continue
        kind = CriterionType.INCLUSION if opened["kind"].lower() == "in" else CriterionType.EXCLUSION
        colon = match[0].find(":")
        body = match.start() + colon + 1 if 0 <= colon < len(match[0].rstrip()) - 1 else match.end()
        if body == match.end() and colon < 0 and len(line.split()) > 9:
            continue  # a sentence that speaks of criteria, no heading
        marks.append((match.start(), body, kind, line[: colon if colon > 0 else None].strip(": ")))
    for number, (_, body, kind, heading) in enumerate(marks):
        end = marks[number + 1][0] if number + 1 < len(marks) else len(text)
        plain = re.fullmatch(
            r"(?:(?:key|main|major|the|patient|subject|study)\s+)*(?:in|ex)clusion(?:\s+criteria)?", heading, re.I
        )
        yield kind, "" if plain else heading, body, end


def _statements(text: str, found: Sequence[Piece], kind: CriterionType) -> Iterator[tuple[tuple[str, ...], int, int]]:
    for node in _tree(text, _joined(text, found)):
        yield from _walk(text, node, kind, ())


def _joined(text: str, found: Sequence[Piece]) -> list[_Node]:
    """Pieces put together again where a statement runs on over a line end."""
    nodes: list[_Node] = []
    marked = any(piece.mark for piece in found)
    for piece in found:
        before = nodes[-1] if nodes else None
        if before and not piece.mark and _runs_on(text, before, piece, marked):
            before.end = piece.end
        else:
            nodes.append(_Node(piece, piece.end))
    return nodes


def _runs_on(text: str, before: _Node, piece: Piece, marked: bool) -> bool:
    said = text[before.piece.start : before.end].rstrip()
    if said.endswith(":"):
        return False
    begins = text[piece.start]
    if not piece.blank:
        return begins.islower() or (not said.endswith((".", ";")) and (marked or not begins.isupper()))
    return begins.islower() and said[-1:] not in ".;" and bool(before.piece.mark)


def _tree(text: str, nodes: Sequence[_Node]) -> list[_Node]:
    """Nodes under the nodes they belong to: deeper ones, and those that a line ending with a colon opens."""
    roots: list[_Node] = []
    stack: list[_Node] = []
    for node in nodes:
        while stack and not _holds(text, stack[-1], node):
            stack.pop()
        (stack[-1].items if stack else roots).append(node)
        stack.append(node)
    return roots


def _holds(text: str, above: _Node, node: _Node) -> bool:
    opens = text[above.piece.start : above.end].rstrip().endswith(":")
    if node.piece.depth > above.piece.depth and (node.piece.mark or opens):
        return True
    if not opens or node.piece.depth < above.piece.depth:
        return False
    if not above.piece.mark:  # a heading holds the list below it, and where no list has marks what stands below it
        same = text[node.piece.start : node.end].rstrip().endswith(":") and not node.piece.mark
        return not same
    return node.piece.mark not in ("", above.piece.mark) and not any(
        item.piece.mark != node.piece.mark for item in above.items
    )


def _walk(
    text: str, node: _Node, kind: CriterionType, under: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], int, int]]:
    said = text[node.piece.start : node.end].strip()
    if _NOT_TOLD.match(said) or not re.search(r"\w", said):
        return
    if not node.items:
        if not said.endswith(":") or len(said.split()) > 12:
            yield under, node.piece.start, node.end
        return
    together = _ALL_OF if kind is CriterionType.EXCLUSION else _ONE_OF
    if together.search(said) or not said.endswith(":"):
        yield under, node.piece.start, _last(node)
        return
    for item in node.items:
        yield from _walk(text, item, kind, (*under, said.rstrip(": ")))


def _last(node: _Node) -> int:
    return _last(node.items[-1]) if node.items else node.end
