"""Sentences of a paper: reports end them with a full stop, a line, a bullet, an empty line or a new page.

In: the text. Out: spans that cover it without blanks around, none across a section. A line end is an end where the
line had room for the next word, so that wrapped prose stays together and lists come apart.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from navaid.records.extract.sections import Section


class Span(NamedTuple):
    """`text[start:end]`."""

    start: int
    end: int


# Runs are bounded and begun only where they begin: a page of dots or blanks must not be tried again from each of them.
_MARK = re.compile(
    r"(?<![.!?])[.!?]{1,400}[\"')\]”]{0,2}(?=\s)|[ \t]{0,40}\n[ \t\n]*|\f| [•▪●◦‣] ?|(?<=[.:;]) (?=[-*] {0,2}[A-Z])"
)
# What stands before a full stop that ends nothing.
_SHORT = frozenset(
    "dr mr mrs ms prof st jr sr no nos vs approx fig figs eg ie cf dept ext resp ca incl min max avg est"
    " sec ref tab vol ca spec pt pts hx dx tx rx sx wt ht temp resp lat med sup inf ant post rt lt bilat".split()
)
# Words that no sentence ends with, and words that none begins with in capitals: where a scanner put a full stop at the
# end of every line, they tell that the sentence goes on.
_OPEN = frozenset("of the with and in by from to is are was were no or not for at on an its this than as per".split())
_GOES_ON = frozenset("OF AND OR BY TO WITH IS ARE FOR".split())
_WORD_BEFORE = re.compile(r"[^\W_]+$")
_ITEM = re.compile(r"(?:[-*•▪●◦‣+]|\(?(?:\d{1,2}|[A-Za-z]|[ivx]{1,4})[.)])\s")
_LABEL = re.compile(r"[A-Z][^\n:]{1,40}:")
_STAGE = re.compile(r"(?:y?[cp]|r|a)(?:T(?:is|[0-4xX])|N[0-3xX]|M[01xX])")  # "no metastases. cT4d": begins small
_UNIT = re.compile(r"\d{1,2}[ ]?(?:cm|mm|%)")


def sentences(text: str, within: Sequence[Section]) -> tuple[Span, ...]:
    """The sentences in order; none crosses a section. Blank ones are left out.

    >>> [text[a:b] for text in ["Grade 2. No invasion, see Dr. Low. 1. Skin 2. 5 cm."] for a, b in sentences(text, ())]
    ['Grade 2.', 'No invasion, see Dr. Low.', '1. Skin 2. 5 cm.']
    """
    cuts = sorted({0, len(text), *(section.start for section in within), *_ends(text)})
    found = []
    for start, end in itertools.pairwise(cuts):
        piece = text[start:end]
        stripped = piece.strip()
        if stripped:
            lead = start + len(piece) - len(piece.lstrip())
            found.append(Span(lead, lead + len(stripped)))
    return tuple(found) or (Span(0, len(text)),)


def _ends(text: str) -> Iterator[int]:
    last = 0
    for match in _MARK.finditer(text):
        mark = match.group()
        if "\n" in mark:
            ends = mark.count("\n") > 1 or _line_ends(text, match.start(), match.end())
        elif mark[0] in ".!?":
            ends = _stop_ends(text, last, match.start(), match.end())
        else:
            ends = True
        if ends:
            last = match.start() if mark.startswith(" ") else match.end()
            yield last


def _stop_ends(text: str, last: int, start: int, end: int) -> bool:
    """Whether the full stop at `start` ends a sentence that began at `last`."""
    after = text[end : end + 12].lstrip()
    if not after or (after[0].islower() and not _STAGE.match(after)) or after[0] in ",;:)]%":
        return False
    if text[start] == "?" and text[start - 1 : start] in ("", " ", "\n", "("):
        return False  # "? metastasis": a doubt, not a question
    if text[start - 1 : start] in (",", "-", "/") or after.split(None, 1)[0] in _GOES_ON:
        return False
    before = _WORD_BEFORE.search(text, max(last, start - 24), start)
    if before is None:
        return True
    word = before.group()
    if word.lower() in _OPEN:
        return False
    if word.isdigit():
        lead = text[max(last, before.start() - 80) : before.start()].strip()
        if lead in ("", "#", "(") or lead.endswith((":", "•")):
            return False  # "1. Skin": the number of an item
        return not (len(word) <= 2 and _UNIT.match(after))  # "2. 5 cm": a decimal that was torn
    return not (len(word) == 1 and word.isalpha()) and word.lower() not in _SHORT


def _line_ends(text: str, start: int, end: int) -> bool:
    """Whether the line that ends at `start` was ended on purpose."""
    line_start = max(text.rfind("\n", max(0, start - 400), start) + 1, start - 400, 0)
    next_end = text.find("\n", end, end + 400)
    next_line = text[end : next_end if next_end >= 0 else end + 400]
    if not next_line.strip() or _ITEM.match(next_line) or _LABEL.match(next_line):
        return True
    line = text[line_start:start]
    if "\t" in line or "\t" in next_line or line.rstrip()[-1:] == ":":
        return line.rstrip()[-1:] != ":" or "\t" in line
    if next_line[0].islower() or line.rstrip()[-1:] in (",", "-", "(", "/"):
        return False
    first = next_line.split(None, 1)[0]
    longest = max(len(line), len(next_line), _width_before(text, line_start))
    return len(line) + 1 + len(first) < min(longest, 120) or (len(line) < 40 and longest < 60)


def _width_before(text: str, line_start: int) -> int:
    """The length of the line before, 0 where there is none or an empty one."""
    if line_start < 2:
        return 0
    return line_start - 1 - (text.rfind("\n", max(0, line_start - 401), line_start - 1) + 1)
