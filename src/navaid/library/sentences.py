"""Sentence boundaries, by character span, for medical prose.

A quote must be whole sentences of the source, so a boundary in the wrong place is a wrong quote.
The rules are few: a sentence ends at `.`, `?` or `!` (with any closing quotes or brackets) before
white space and something that can open a sentence, unless the dot belongs to an abbreviation, an
initial or a numbered item.
"""

from __future__ import annotations

import re

# Abbreviations after which a sentence goes on. Lower case, without the final dot.
_NEVER_FINAL = frozenset(
    "dr mr mrs ms prof st vs v cf e.g i.e eg ie approx ca fig figs eq ref refs no nos vol ed eds resp "
    "incl viz dept".split()
)
# Abbreviations that may end a sentence: they do when what follows opens with a capital.
_END = re.compile(r"[.!?]+(?:[\"'”’)\]]+)?(?=\s+)")
_OPENS = re.compile(r"\s+[\"'“‘(\[]*(?:[A-Z0-9À-ÖØ-Þ]|[a-z]+[A-Z0-9])")
_WORD_BEFORE = re.compile(r"(?:\w\.)*[\w-]+$")


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Spans `(start, end)` of the sentences in `text[start:end]`, in order, without outer white space.

    Every character that is not white space lies in exactly one span.

    >>> text = "About 1 in 5 are HER2-positive. Dr. Lee (St. Mary) agreed, e.g. in 2.5% of cases. Why?"
    >>> [text[a:b] for a, b in sentence_spans(text)]
    ['About 1 in 5 are HER2-positive.', 'Dr. Lee (St. Mary) agreed, e.g. in 2.5% of cases.', 'Why?']
    """
    end = len(text) if end is None else end
    spans: list[tuple[int, int]] = []
    at = start
    for match in _END.finditer(text, start, end):
        if _is_boundary(text, match, end):
            _append(spans, text, at, match.end())
            at = match.end()
    _append(spans, text, at, end)
    return spans


def _is_boundary(text: str, match: re.Match[str], end: int) -> bool:
    if not _OPENS.match(text, match.end(), end):
        return False
    if text[match.start()] != "." or match.end() - match.start() > 1:
        return True
    word = _WORD_BEFORE.search(text, max(0, match.start() - 24), match.start())
    if word is None:
        return True
    last = word.group().lower()
    if last in _NEVER_FINAL:
        return False
    # A single capital is an initial ("J. Smith"); "vitamin D." and "type I." end sentences often
    # enough that only an initial after a space or another initial, before a capitalised name, counts.
    initial = len(last) == 1 and word.group().isupper() and word.group() not in "ABCDIV"
    return not initial


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))
