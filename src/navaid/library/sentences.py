"""Sentence boundaries, by character span, for medical prose.

A quote must be whole sentences of the source, so a boundary in the wrong place is a wrong quote.
The rules are few: a sentence ends at `.`, `?` or `!` (with any closing quotes, brackets or reference
marks) before white space and something that can open a sentence, unless the dot belongs to an
abbreviation, an initial or a numbered item. In doubt two sentences stay together: a quote that is too
long is still whole.
"""

from __future__ import annotations

import re

# Abbreviations after which a sentence goes on. Lower case, without the final dot.
_NEVER_FINAL = frozenset("dr drs mr mrs ms prof st vs v cf e.g i.e eg ie approx ca viz dept".split())
# Abbreviations that point to a number, a date or a bracket: before a word they are the end of a sentence.
_BEFORE_NUMBER = frozenset(
    "no nos fig figs eq ref refs vol ed eds al jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
# Words that open a sentence far more often than they go on with a name: after "U.S.", "M.D." or an
# initial, only these show that a new sentence begins ("the U.S. The drug", but "the U.S. Food and Drug").
_OPENERS = frozenset(
    "a after all also although an and another as at because before both but by during each for from he her his "
    "how however if in it its many more most my no on one other our patients people researchers she since "
    "some such that the their then there these they this those to under until we what when where which while "
    "who why with women you your".split()
)
_END = re.compile(r"[.!?]+(?:[\"'”’)\]]+)?(?:\[\d[\d,–-]*\])*(?=\s+)")
_OPENS = re.compile(r"\s+[\"'“‘(\[]*(?:[A-Z0-9À-ÖØ-Þ]|[a-z]+[A-Z0-9])")
_OPENS_WITH = re.compile(r"\s+[\"'“‘(\[]*([^\W\d_]*)")
_OPENS_NUMBER = re.compile(r"\s+[(\[]*\d")
_WORD_BEFORE = re.compile(r"(?:\w+\.)*[\w-]+$")
_NAME_BEFORE = re.compile(r"\b[A-Z][\w’'-]*\.? $")
_NUMBERING = re.compile(r"\s*[(\[]?\d{1,2}$")


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
        if _is_boundary(text, at, match, end):
            _append(spans, text, at, match.end())
            at = match.end()
    _append(spans, text, at, end)
    return spans


def _is_boundary(text: str, at: int, match: re.Match[str], end: int) -> bool:
    """Whether the sentence that began at `at` ends with `match`."""
    if not _OPENS.match(text, match.end(), end):
        return False
    if text[match.start()] != "." or match.end() - match.start() > 1:
        return True
    if _NUMBERING.match(text, at, match.start()):  # "1. Rest": the number of an item, not a sentence
        return False
    word = _WORD_BEFORE.search(text, max(at, match.start() - 24), match.start())
    if word is None:
        return True
    last = word.group().lower()
    if last in _NEVER_FINAL:
        return False
    if last in _BEFORE_NUMBER:
        return not _OPENS_NUMBER.match(text, match.end(), end)
    # A single capital is an initial ("J. Smith"). "vitamin D.", "hepatitis B." and "type I." end sentences:
    # these letters are initials only after another capitalised word ("James C. Yang").
    initial = len(last) == 1 and word.group().isupper()
    if word.group() in "ABCDIV":
        initial = _NAME_BEFORE.search(text, at, word.start()) is not None
    dotted = "." in last and last.replace(".", "").isalpha() and len(last.rpartition(".")[2]) <= 2
    if initial or dotted:
        opens = _OPENS_WITH.match(text, match.end(), end)
        return opens is not None and opens[1].lower() in _OPENERS
    return True


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))
