"""Field-and-value pairs of synoptic reports: "Lymphovascular invasion: Not identified".

A field is parted from its value by a colon, an equals sign, a tab, dots ("Grade ..... 2"), a dash on a line of its own,
or by standing over a list of boxes to tick. OCR puts many pairs in one line: a value ends where the next field begins,
at a bullet, or at a full stop before a capital.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from navaid.records.extract.sections import Section


@dataclass(frozen=True)
class Pair:
    """A field's name, `text[name_start:name_end]`, and its value, `text[start:end]`; both without blanks around.

    `group` is the name of the field above it that has no value of its own ("Margins: Invasive carcinoma: Negative").
    """

    name: str
    value: str
    name_start: int
    name_end: int
    start: int
    end: int
    group: str = ""


class _Name(NamedTuple):
    start: int
    end: int
    after: int


_MARK = re.compile(
    r"(?<=[A-Za-z)\]’'\"0-9 ])(?:[ ]?(?::|=)(?!//)|[ ]?(?:\.{4,}|…+|_{4,}(?=[ ]*[A-Za-z0-9]))[ ]?:?)"
    r"|(?<=[A-Za-z)])[ ]*\t+"
    r"|(?<=[A-Za-z)])[ ]+[-–—]{1,2}[ ]+(?=\S)"
    r"|(?<=[A-Za-z)?])[ ]*\n(?=[ \t]*(?:[\[(][ ]?[xX✓✔*]?[ ]?[\])]|[☐☑☒✓✔□■]|_[xX_ ]_)[ ]*[A-Za-z])"
)
# Where a name may begin: after a line's end, a tab, a semicolon, a bullet, another mark, or a sentence's end.
_EDGE = re.compile(r"[\n\f\t;|•*]|#\s*:|[.?!](?:\s+|$)|(?<=\s)[-–>]+(?=\s?\S)|^\s*-")
_OPENING = re.compile(r"[\s\-–•*·>#|]*(?:\(?(?:[a-z]|\d{1,2})[.)]\s+)?")
_STOP = re.compile(r"\.(?=\s+[\"(]?[A-Z•*\-])|\.(?=\s*$)|\s[-–•*]{1,2}(?=\s?[A-Z])|[\n\f]|\s•")
_BOX = re.compile(r"[\[(][ ]?(?P<x>[xX✓✔*]?)[ ]?[\])]|(?P<y>[☑☒✓✔■])|[☐□]|_(?P<z>[xX_ ])_")
_LONGEST_NAME = 140
_DEEPEST = 200  # how far in a line may begin, so that a line of a million cells costs no more than its length
_LONGEST_VALUE = 300
_LONGEST_LINE = 110


def pairs(text: str, within: Sequence[Section]) -> tuple[Pair, ...]:
    """The pairs of a text in order. A field with no value at all makes no pair, but names the group of those below.

    >>> [(p.name, p.value) for p in pairs("Grade: 2\\nLVI:  Not identified\\n", ())]
    [('Grade', '2'), ('LVI', 'Not identified')]
    >>> [(p.name, p.value) for p in pairs("Grade: 2. LVI: Absent. PNI ..... Present", ())]
    [('Grade', '2'), ('LVI', 'Absent'), ('PNI', 'Present')]
    >>> [(p.name, p.value) for p in pairs("LVI:\\n [ ] Present\\n [x] Not identified\\n", ())]
    [('LVI', 'Not identified')]
    """
    names = list(_names(text))
    walls = [section.start for section in within]
    found, group, under = [], "", 0
    for at, name in enumerate(names):
        limit = names[at + 1].start if at + 1 < len(names) else len(text)
        wall = bisect.bisect_right(walls, name.start)
        limit = min(limit, walls[wall] if wall < len(walls) else len(text), name.after + _LONGEST_VALUE)
        value = _value(text, name.after, limit)
        title = " ".join(text[name.start : name.end].split())
        if group and under != wall:
            group = ""
        if value is None:
            group, under = title, wall
        else:
            found.append(Pair(title, text[value[0] : value[1]], name.start, name.end, *value, group))
    return tuple(found)


def _names(text: str) -> Iterator[_Name]:
    """Every mark with a name before it; names do not overlap."""
    free = 0
    for mark in _MARK.finditer(text):
        low = max(free, mark.start() - _LONGEST_NAME)
        start = _name_start(text, low, mark.start())
        name = text[start : mark.start()]
        if _is_name(name, mark.group(), text, mark):
            yield _Name(start, start + len(name.rstrip()), mark.end())
            free = mark.end()


def _name_start(text: str, low: int, end: int) -> int:
    """After the last edge that is not inside brackets of the name."""
    name = text[low:end]
    opened = name.rfind("(")
    bracket = opened if name.rstrip().endswith(")") else -1
    start = opened + 1 if opened >= 0 and ")" not in name[opened:] else 0
    for edge in _EDGE.finditer(name, start, bracket if bracket >= 0 else len(name)):
        start = edge.end()
    opening = _OPENING.match(name, start)
    return low + (opening.end() if opening else start)


def _is_name(name: str, mark: str, text: str, match: re.Match[str]) -> bool:
    plain = name.split("(")[0].strip()
    if "\t" in mark:
        first = match.start() - len(name)
        line = text.rfind("\n", max(0, first - _DEEPEST), first) + 1
        begins = (line or first <= _DEEPEST) and not text[line:first].strip()
        return bool(begins) and plain[:1].isalpha() and len(plain) <= 80
    if not 1 < len(plain) <= 80 or not plain[0].isalpha() or len(plain.split()) > 10:
        return False
    if mark.strip() in {"-", "–", "—", "--"}:
        return _own_line(text, match) and plain[0].isupper() and len(plain.split()) <= 5
    return not (mark.strip() == ":" and plain[-1].isdigit() and text[match.end() : match.end() + 1].isdigit())


def _own_line(text: str, match: re.Match[str]) -> bool:
    """Whether name and value fill one short line of their own."""
    low, high = max(0, match.start() - _LONGEST_LINE), match.end() + _LONGEST_LINE
    start, end = text.rfind("\n", low, match.start()) + 1, text.find("\n", match.end(), high)
    line = text[start or low : end if end >= 0 else high]
    return len(line) <= _LONGEST_LINE and (start > 0 or end >= 0) and ":" not in line


def _value(text: str, start: int, limit: int) -> tuple[int, int] | None:
    """The span of a value from `start` on; None where there is none before `limit`."""
    while start < limit and text[start] in " \t.:=…":
        start += 1
    boxes = _ticked(text, start, limit)
    if boxes is not None:
        return boxes if boxes[1] > boxes[0] else None
    if start < limit and text[start] == "\n":
        start = _next_line(text, start, limit)
    stop = _STOP.search(text, start, limit)
    end = stop.start() if stop else limit
    while stop and stop.group() == "\n" and _goes_on(text, end, limit):
        stop = _STOP.search(text, end + 1, limit)
        end = stop.start() if stop else limit
    return _ticked_after(text, start, end) or _trimmed(text, start, end)


def _ticked_after(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The words before the ticked box where boxes follow their words: "Yes [ ]  No [x]"."""
    for box in _BOX.finditer(text, start, end):
        if box["x"] or box["y"]:
            return _trimmed(text, start, box.start())
        start = box.end()
    return None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start] in " \t\n-–•*·":
        start += 1
    while end > start and text[end - 1] in " \t\n;,.•*-–|":
        end -= 1
    if end > start and text[end - 1] == ")" and text.count("(", start, end) < text.count(")", start, end):
        end -= 1
    return (start, end) if end > start else None


def _next_line(text: str, start: int, limit: int) -> int:
    """Past one line end; the value may stand on the next line, not after an empty one."""
    after = start + 1
    while after < limit and text[after] in " \t":
        after += 1
    return limit if after >= limit or text[after] == "\n" else after


def _goes_on(text: str, end: int, limit: int) -> bool:
    """Whether the next line only continues this value: it begins with a small letter, or deep inside."""
    after = text[end + 1 : min(limit, end + 40)]
    stripped = after.lstrip(" \t")
    return bool(stripped) and (stripped[0].islower() or stripped[0] in "(,") and not _BOX.match(stripped)


def _ticked(text: str, start: int, limit: int) -> tuple[int, int] | None:
    """The words beside the ticked boxes; an empty span where none is ticked; None where there are no boxes."""
    while start < limit and text[start] in " \t\n":
        start += 1
    if start >= limit or not _BOX.match(text, start, limit):
        return None
    boxes = list(_BOX.finditer(text, start, min(limit, start + _LONGEST_VALUE)))
    for at, box in enumerate(boxes):
        if box["x"] or box["y"] or (box["z"] or "").strip(" _"):
            end = boxes[at + 1].start() if at + 1 < len(boxes) else limit
            line = text.find("\n", box.end(), end)
            return _trimmed(text, box.end(), line if line >= 0 else end)
    return (start, start)
