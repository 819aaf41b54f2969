"""An eligibility text -> its statements, each with its span, its kind, and the lines it stands under."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from navaid.tables import load as load_table
from navaid.terms import Criterion, CriterionType
from navaid.trials.criteria.lines import Piece, pieces, running

_KIND = r"(?P<kind>in|ex)clusion"
# A line that opens the inclusion or the exclusion part; what stands beside it ("for cohort 3") is kept as a heading.
_OPENS = re.compile(
    rf"^(?=.{{0,120}}$)(?:(?:the|key|main|major|general|additional|other|specific|patient|subject"
    r"|participant|study|case|"
    rf"control|treatment|procurement|screening|enrollment|all|core|common|phase|part|cohort|arm|group|stage|donor|"
    rf"criteria|for|to|and|of|only|[0-9IVabAB/&,]+)[\s,-]+){{0,8}}{_KIND}\b(?!\s*/)(?!\s+(?:and|or)\s+exclusion)"
    rf"(?:\s+criteri(?:a|on))?(?P<rest>.*)$",
    re.IGNORECASE,
)
_TITLE = re.compile(rf"^[^.;:]{{3,60}}\b{_KIND} criteria(?P<rest>)$", re.IGNORECASE)
_INLINE = re.compile(rf"(?<=[.;:)])\s+(?=(?:key |main )?{_KIND}\s+criteria\s*:)", re.IGNORECASE)
_NOT_TOLD = re.compile(
    r"^(?:note\b.{0,40})?other protocol[- ]defined (?:in|ex)clusion.{0,60}$|^(?:note\b.{0,40})?"
    r"(?:other|additional)\b.{0,40}(?:inclusion|exclusion|criteria).{0,40}(?:may apply|protocol)"
    r"|^n/?a\.?$|^(?:key|main|critical|major|and|or)$|^there (?:are|may be) (?:additional"
    r"|other)\b.{0,120}$|^.{0,40}\bnot specified\.?$|^(?:none|not applicable|not specified|see "
    r"(?:above|below|disease characteristics).{0,40})\.?$",
    re.IGNORECASE,
)
# "One of the following" keeps its items together: none is asked for by itself; of an exclusion's items any is enough.
_ONE_OF = re.compile(
    r"\b(?:(?:at least |any |only |either )?(?:one|1|two|2|any|three|3)(?: \(\d\))?(?: or more)?(?: additional)? of"
    r"|either (?:of|or)|meets? (?:one|any)|any)\b[^.]{0,250}:?\s*$|\bor\s*:?\s*$",
    re.IGNORECASE,
)
_ALL_OF = re.compile(r"\b(?:all|both|each) of\b[^.]{0,120}:\s*$|\band\s*:?\s*$", re.IGNORECASE)
# What lets something pass on conditions, or names exceptions, is one statement with them.
_PASSES = re.compile(
    r"\b(?:provided|if|unless|except\w*|exempt\w*|exclud(?:ed|ing)|(?:eligible|allowed|permitted"
    r"|participate|enroll\w*|include\w*)\b[^.]{0,80}"
    r"(?:if|provided|when|who)|would not|following are excluded)\b[^.]{0,120}:\s*$",
    re.IGNORECASE,
)
# A list without marks or depth has no end that could be seen; a line that begins so is a criterion of its own again.
_BEGINS = re.compile(
    r"(?:patients?|participants?|subjects?|must|has|have|able|ability|willing\w*|written|signed"
    r"|informed|adequate|eastern|ECOG|karnofsky|zubrod|WHO|"
    r"performance|life|women|female|male|men|histolog\w+|measurable|negative|fertile|known|no|not|at "
    r"least|prior|previous|M0|patient|"
    r"primary tumou?r|age|aged|be|is|will|willing)\b",
    re.IGNORECASE,
)
# A lead-in that says more than a heading does, or denies: it must not reach beyond its own list.
_SENTENCE = re.compile(r"\b(?:no|not|without|never)\b|(?:\S+\s+){9}", re.IGNORECASE)
_FOLLOWING = re.compile(
    r"\b(?:of the following|the following|listed below|as follows)\b[^.;:,()]{0,120}$", re.IGNORECASE
)
_NOTE = re.compile(r"^\W*(?:please )?note(?:s)?(?:\s*\d+)?\s*(?::|that\b)|^\W*N\.?B\.?\b", re.IGNORECASE)


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
        found_pieces = list(pieces(text, start, end))
        if len(found_pieces) == 1:
            found_pieces = running(text, found_pieces[0])
        for under, first, last in _statements(text, found_pieces, kind):
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
        bare = re.sub(r"^\d{1,2}[.)]\s*", "", line)
        opened = _OPENS.match(bare) or _TITLE.match(bare)
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


def _statements(text: str, found: Sequence[Piece], kind: CriterionType) -> Iterator[_Statement]:
    found_here: list[_Statement] = []
    for node in _tree(text, _joined(text, found), kind):
        found_here.extend(_walk(text, node, kind, ()))
    yield from _alternatives(text, found_here, kind)


_Statement = tuple[tuple[str, ...], int, int]


def _alternatives(text: str, found: Iterable[_Statement], kind: CriterionType) -> Iterator[_Statement]:
    """Statements of which the first ends with "or" are one: neither is asked for by itself."""
    kept: list[_Statement] = []
    for under, start, end in found:
        before = kept[-1] if kept and kind is CriterionType.INCLUSION else None
        if (
            before
            and before[0] == under
            and re.search(r"\b(?:and/)?or\b[\s:;,.-]*$", text[before[1] : before[2]], re.I)
        ):
            kept[-1] = (under, before[1], end)
        else:
            kept.append((under, start, end))
    yield from kept


def _joined(text: str, found: Sequence[Piece]) -> list[_Node]:
    """Pieces put together again where a statement runs on over a line end; a note is part of what stands above it."""
    nodes: list[_Node] = []
    marked = any(piece.mark for piece in found)
    for piece in found:
        before = nodes[-1] if nodes else None
        note = _NOTE.match(text[piece.start : piece.end])
        if note and before is None:
            continue  # a note to the reader, before anything is asked
        noted = note and before and not _opens(text, before)
        if before and (noted or (not piece.mark and _runs_on(text, before, piece, marked))):
            before.end = piece.end
        else:
            nodes.append(_Node(piece, piece.end))
    return nodes


def _runs_on(text: str, before: _Node, piece: Piece, marked: bool) -> bool:
    said = text[before.piece.start : before.end].rstrip()
    if said.endswith(":"):
        return False
    begins = text[piece.start]
    if re.fullmatch(r"\d[.;]?", text[piece.start : piece.end]):  # "ECOG 0~1" that lost its sign
        return True
    if not piece.blank:
        return begins.islower() or (not said.endswith((".", ";")) and (marked or not begins.isupper()))
    return begins.islower() and said[-1:] not in ".;" and bool(before.piece.mark)


def _tree(text: str, nodes: Sequence[_Node], kind: CriterionType) -> list[_Node]:
    """Nodes under the nodes they belong to: deeper ones, and those that a line ending with a colon opens."""
    roots: list[_Node] = []
    stack: list[_Node] = []
    for node in nodes:
        while stack and not _holds(text, stack[-1], node, kind):
            stack.pop()
        (stack[-1].items if stack else roots).append(node)
        stack.append(node)
    return roots


def _holds(text: str, above: _Node, node: _Node, kind: CriterionType) -> bool:
    opens = _opens(text, above)
    if node.piece.depth > above.piece.depth + 1 and (node.piece.mark or opens):
        return True
    if not opens or node.piece.depth < above.piece.depth:
        return False
    if not above.piece.mark:  # a heading holds the list below it, and where no list has marks what stands below it
        if not node.piece.mark and (_opens(text, node) or any(item.piece.mark for item in above.items)):
            return False
        if above.items and {node.piece.mark, above.items[0].piece.mark} == {"1", "(1"}:
            return False  # "(1) … (2) …" of the lead-in, then "6." of the list that it stands in
        return bool(node.piece.mark) or not _ended(text, above, node, kind)
    if not node.piece.mark:
        return _together(_said(text, above), kind)
    return node.piece.mark != above.piece.mark and not any(item.piece.mark != node.piece.mark for item in above.items)


def _ended(text: str, above: _Node, node: _Node, kind: CriterionType) -> bool:
    """Whether a list without marks, of which the lead-in says something, ended before this line."""
    if not above.items or any(item.piece.mark for item in above.items):
        return False
    if not _together(_said(text, above), kind) and not _SENTENCE.search(_said(text, above)):
        return False
    said = [_said(text, item) for item in above.items]
    if re.search(r"(?:,|;|\bor|\band)\s*$", said[-1]) and not re.search(r"\.\s*$", said[-1]):
        return False
    begins = _BEGINS.match(_said(text, node))
    if not begins or len(said) < 2:
        return False
    return not any(each.lower().startswith(begins[0].lower()) for each in said)


def _said(text: str, node: _Node) -> str:
    return text[node.piece.start : node.end].strip()


def _opens(text: str, node: _Node) -> bool:
    """Whether a line is a heading or lead-in: it ends with a colon, or is one of the old style's headings."""
    said = _said(text, node)
    if said.endswith((":", "：")) or _FOLLOWING.search(said):
        return True
    return said.lower().rstrip(" :") in _headings() and "CHARACTERISTICS" in text


def _together(said: str, kind: CriterionType) -> bool:
    """Whether a lead-in and its items are one statement."""
    if _PASSES.search(said):
        return True
    return bool((_ALL_OF if kind is CriterionType.EXCLUSION else _ONE_OF).search(said))


def _walk(text: str, node: _Node, kind: CriterionType, under: tuple[str, ...]) -> Iterator[_Statement]:
    said = _said(text, node)
    if _NOT_TOLD.match(said) or not re.search(r"\w", said):
        return
    opens = _opens(text, node)
    if not node.items:
        start = _behind_heading(text, node)
        if (not opens or len(said.split()) > 12) and not _NOT_TOLD.match(text[start : node.end]):
            yield under, start, node.end
        return
    title = len(said.split()) <= 3 and not re.search(r"\d|[.;]$", said) and all(item.piece.mark for item in node.items)
    if (_together(said, kind) and not (title and not opens)) or not (opens or title):
        yield under, node.piece.start, _last(node)
        return
    for item in node.items:
        yield from _walk(text, item, kind, (*under, said.rstrip(": ")))


def _behind_heading(text: str, node: _Node) -> int:
    """Where a statement begins that has a heading of the old style in its own line ("Age: 18 and over")."""
    head = re.compile(r"(?P<head>[A-Za-z ]{3,25}):[ \t]+(?=\S)").match(text, node.piece.start, node.end)
    known = head and "CHARACTERISTICS" in text and head["head"].lower() in _headings()
    return head.end() if head and known else node.piece.start


def _last(node: _Node) -> int:
    return _last(node.items[-1]) if node.items else node.end


@cache
def _headings() -> frozenset[str]:
    table = load_table((files("navaid.trials.criteria") / "headings.yaml").read_text(encoding="utf-8"))
    return frozenset(table["pdq"])
