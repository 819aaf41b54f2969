"""Lines that were broken only for want of room: prose flows on as one line, lists and fields keep their lines.

In: a paper. Out: a `Flow`, its text with a blank where such a line end stood, so that spans hold; where a word was cut
at its hyphen ("well-", "differentiated") the line end is left out, and `Flow.span` gives the place in the paper. A
writer's wrapping leaves a trace: each line would have been too long with the next word on it. A line of a list or of a
form has room left.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import NamedTuple

from navaid.records.paper import Paper

# A line that begins so is an item of a list or a field of a form.
_ITEM = re.compile(r"(?:[-*•▪●◦‣+>]|[☐☑☒✓✔□■]|[\[(][ ]?[xX✓✔*]?[ ]?[\])]|\(?(?:\d{1,2}|[A-Za-z]|[ivxIVX]{1,4})[.)])\s")
_STAGE = re.compile(r"(?:yp|yc|[acpry])[TN]\S")  # "pT1b pN0" begins with a small letter, and begins anew
_LABEL = re.compile(r"[A-Z][^\n:]{1,40}:")
# A line that is laid out in columns, ruled, or filled with dots is no prose.
_LAID_OUT = re.compile(r"\t|\S {3,}\S|\.{4}|_{4}|[-=*]{4}|\|")
_SIGNS = re.compile(r"\w")
# Where a typesetter cuts a word: after a hyphen between letters.
_CUT = re.compile(r"[^\W\d_]{2}-(?=[^\W\d_]{2})|\w--")
_HYPHEN = re.compile(r"(?P<left>[^\W_]{1,20})-\n(?P<right>\w)")
# "ER-" at the end of a line is a result, unless a small letter or a figure goes on ("ER-positive").
_RESULT = re.compile(r"(?i)(?:er|pr|pgr|her-?2|neu|ck|tn|ki|p\d\d)$")


class _Widths(dict[str, int]):
    """How wide a sign is in a common proportional font, in hundredths of its size; what is not named is a letter."""

    def __missing__(self, sign: str) -> int:
        self[sign] = 69 if sign.isupper() else 55
        return self[sign]


_WIDTHS = _Widths(
    {
        sign: width
        for signs, width in (
            ("ijl'|", 22), (" .,:;!/[]ftI", 28), ("()-r\"*", 35), ("ckszvxyJ", 50), ("GOQw", 75), ("mMW%@", 85),
        )
        for sign in signs
    }
)  # fmt: skip
_NARROWEST = 45  # characters; what is narrower is a list or a column
_NEARLY = 0.94  # of the widest line, where widths are guessed from the letters or measured on a page that lies askew
_SURE = 8  # so many lines in a row that are all full are prose, whatever they begin with
_SOME = 3


class _Line(NamedTuple):
    """`text[start:end]` without blanks before it, where its last sign stands, its width, and that of its first word.

    A width is in characters and as printed, in any unit; that of the word is with a blank before it.
    """

    start: int
    end: int
    last: int
    width: int
    head: int
    printed: float
    printed_head: float
    apart: bool


class _Room(NamedTuple):
    """The widest line of a paragraph or a page, in characters and as printed."""

    width: int
    printed: float


class _Break(NamedTuple):
    """A line's end: whether the next word had no room, in its paragraph and on its page, and what the words tell."""

    at: int
    full: bool
    of_page: bool
    ended: bool
    listed: bool
    goes_on: bool


@dataclass(frozen=True)
class Flow:
    """The flowing text; `cuts` are where in it a line end was left out, in the middle of a word."""

    text: str
    cuts: tuple[int, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where this span of the flowing text stands in the paper."""
        if not self.cuts:
            return start, end
        last = end if end <= start else end - 1 + bisect.bisect_right(self.cuts, end - 1) + 1
        first = start + bisect.bisect_right(self.cuts, start)
        return first, max(first, last)

    def found(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the paper stands in the flowing text."""
        gone = [cut + number for number, cut in enumerate(self.cuts)]
        return start - bisect.bisect_left(gone, start), end - bisect.bisect_left(gone, end)


def flow(paper: Paper) -> Flow:
    """The text of the paper with its wrapped lines put together.

    >>> from navaid.records.paper import Page
    >>> text = "The tumour of the left breast measures 2.4 cm and is\\nof moderate grade.\\nGrade: 2\\nER: positive"
    >>> flow(Paper("FILE:0", "", "", "", text, (Page(1, 0, len(text), "plain text"),))).text.splitlines()[0]
    'The tumour of the left breast measures 2.4 cm and is of moderate grade.'
    """
    text = paper.text
    if "\n" not in text:
        return Flow(text)
    soft = [end for page in paper.pages for end in _soft(text, page.start, page.end, paper if page.words else None)]
    parts, cuts, at, gone = [], [], 0, 0
    for end in soft:
        parts.append(text[at:end])
        at = end + 1
        cut = _HYPHEN.match(text, _word_start(text, end - 1)) if text[end - 1] == "-" else None
        if cut and cut.end("left") + 1 == end and _one_word(cut["left"], cut["right"]):
            cuts.append(end - gone)
            gone += 1
        else:
            parts.append(" ")
    return Flow("".join([*parts, text[at:]]), tuple(cuts))


def _word_start(text: str, end: int) -> int:
    at = end
    while at > max(0, end - 20) and text[at - 1].isalnum():
        at -= 1
    return at


def _one_word(left: str, right: str) -> bool:
    return not _RESULT.search(left) or right[0].islower() or right[0].isdigit()


def _soft(text: str, start: int, end: int, boxed: Paper | None) -> Iterator[int]:
    """The line ends of a page that are only wrapped."""
    runs = list(_paragraphs(text, start, end, boxed))
    page = _room(line for run in runs for line in run)
    breaks = [_breaks(text, run, page) for run in runs]
    full = sum(one.of_page for run in breaks for one in run)
    wrapped = full >= _SURE and full * 2 >= sum(map(len, breaks))
    for run in breaks:
        for together in (list(group) for _, group in groupby(run, key=lambda one: one.full)):
            prose = _is_prose(together)
            yield from (one.at for one in together if prose or _is_soft(one, full >= _SOME, wrapped))


def _breaks(text: str, run: Sequence[_Line], page: _Room) -> list[_Break]:
    own = _room(run)
    wide = page.width >= _NARROWEST
    return [
        _Break(
            at=one.end,
            full=wide and _full(one, other, own),
            of_page=wide and _full(one, other, page),
            ended=text[one.last] in ".:!?",
            listed=bool(_ITEM.match(text, other.start, other.end) or _LABEL.match(text, other.start, other.end)),
            goes_on=_goes_on(text, one, other, own),
        )
        for one, other in pairwise(run)
    ]


def _is_soft(one: _Break, some: bool, wrapped: bool) -> bool:
    """Whether one line was only wrapped, where `some` of its page are, or so many that the page is `wrapped`."""
    if one.ended or (one.listed and not wrapped):
        return False
    return (some and one.of_page) or (one.goes_on and not one.listed)


def _room(lines: Iterable[_Line]) -> _Room:
    widths = [(line.width, line.printed) for line in lines]
    return _Room(max((width for width, _ in widths), default=0), max((printed for _, printed in widths), default=0))


def _is_prose(breaks: Sequence[_Break]) -> bool:
    """Whether lines that are all full were wrapped, items and fields among them included."""
    if len(breaks) < _SOME or not breaks[0].full:
        return False
    return len(breaks) >= _SURE or sum(one.listed or one.ended for one in breaks) * 2 <= len(breaks)


def _full(one: _Line, other: _Line, room: _Room) -> bool:
    """Whether the first word of the next line had no room in this one."""
    if one.apart or other.apart or one.width < _NARROWEST // 2:
        return False
    return one.width + other.head > room.width or one.printed + other.printed_head > room.printed * _NEARLY


def _goes_on(text: str, one: _Line, other: _Line, room: _Room) -> bool:
    """Whether a sentence is plainly not at its end: a small letter follows, and the line was not very short."""
    if one.apart or other.apart or text[one.last] in ".;:!?" or not text[other.start].islower():
        return False
    if _STAGE.match(text, other.start):
        return False
    return one.width >= max(_NARROWEST // 2, room.width / 2)


def _paragraphs(text: str, start: int, end: int, boxed: Paper | None) -> Iterator[list[_Line]]:
    """Runs of at least two lines without an empty one between."""
    run: list[_Line] = []
    at = start
    while at <= end:
        stop = text.find("\n", at, end)
        stop = stop if stop >= 0 else end
        line = _line(text, at, stop, boxed) if stop - at < 2000 else None
        if line:
            run.append(line)
        if not line or stop == end:
            if len(run) > 1:
                yield run
            run = []
        at = stop + 1


def _line(text: str, start: int, end: int, boxed: Paper | None) -> _Line | None:
    """None for an empty line."""
    words = text[start:end]
    stripped = words.strip()
    if not stripped:
        return None
    apart = bool(_LAID_OUT.search(stripped)) or not _SIGNS.search(stripped)
    width = len(words.rstrip())
    last, start = start + width - 1, end - len(words.lstrip())
    first = stripped.split(None, 1)[0]
    cut = _CUT.search(first)
    first = first[: cut.end()] if cut else first
    there = boxed.words_in(start, end) if boxed else ()
    if there:
        printed, head = there[-1].box.x1 - there[0].box.x0, there[0].box.x1 - there[0].box.x0
    else:
        printed, head = _printed(stripped), _printed(f" {first}")
    return _Line(start, end, last, width, len(first) + 1, printed, head, apart)


def _printed(words: str) -> float:
    return float(sum(map(_WIDTHS.__getitem__, words)))
