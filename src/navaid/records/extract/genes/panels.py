"""Lists of tested genes whose answer stands in another sentence, and headings that hold for the lines below them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from navaid.records.extract.genes.clauses import Claim
from navaid.records.extract.genes.marks import Mark, marks
from navaid.records.extract.genes.results import Result
from navaid.records.extract.sentences import Span

_LIST = re.compile(r"\b(?:genes?|panel|analy[sz]ed|test|includ\w+|evaluated|tested|sequenced)\b", re.IGNORECASE)
_VARIANT = re.compile(r"mutation|variant|alteration", re.IGNORECASE)
# How far the answer may stand after the list, and before it.
_AFTER, _BEFORE = 300, 2500
_HEADING_WORDS, _HEADING_REACH = 9, 1500


class Lists:
    """What has been read of one paper's lists so far."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._open: tuple[Claim, Span] | None = None
        self._clean: Mark | None = None
        self._otherwise: set[str] = set()

    def worth(self, piece: Span) -> bool:
        """Whether a sentence that names no gene may still answer for a list."""
        return bool(self._open) or bool(_VARIANT.search(self._text, *piece))

    def told(self, symbol: str, value: Result) -> None:
        """Note a gene's own result; a list's answer does not hold for it where it is not negative."""
        if value.value != "negative":
            self._otherwise.add(symbol)

    def otherwise(self, symbol: str) -> bool:
        """Whether this gene has a result of its own that is not negative."""
        return symbol in self._otherwise or (symbol.startswith("BRCA") and "BRCA" in self._otherwise)

    def settled(self, piece: Span, found: list[Mark], answered: list[Claim]) -> Iterator[tuple[Claim, Mark]]:
        """The list that this sentence answers, or that an earlier answer holds for, with the answer."""
        negative = _loose_negative(self._text, found, answered)
        if self._open and negative and piece.start - self._open[1].end < _AFTER:
            yield self._open[0], negative
        self._open = _open_list(self._text, piece, answered)
        if self._open and self._clean and piece.start - self._clean.end < _BEFORE:
            yield self._open[0], self._clean
        self._clean = negative or self._clean


def without_heading(text: str, piece: Span) -> tuple[Span, Mark | None]:
    """A sentence without the heading in its last line, which no full stop parts from it; and what the heading says."""
    last = text.rfind("\n", piece.start, piece.end) + 1
    if last <= piece.start or not _VARIANT.search(text, last, piece.end):
        return piece, None
    tail = Span(last, piece.end)
    found = marks(text, *tail)
    if len(text[last : piece.end].split()) > _HEADING_WORDS or any(mark.kind in ("genes", "name") for mark in found):
        return piece, None
    below = heading(text, tail, found, None)
    return (Span(piece.start, last), below) if below else (piece, None)


def heading(text: str, piece: Span, found: list[Mark], above: Mark | None) -> Mark | None:
    """The class that a heading gives to the variants below it: "Variants of uncertain significance"."""
    if any(mark.kind in ("genes", "name") for mark in found):
        return above if above and piece.start - above.end < _HEADING_REACH else None
    if len(text[piece.start : piece.end].split()) > _HEADING_WORDS:
        return above
    kinds = {mark.kind for mark in found}
    wanted = (
        ("uncertain", "benign", "positive") if "variant" in kinds and "other" not in kinds else ("uncertain", "benign")
    )
    return next((mark for mark in found if mark.kind in wanted), None)


def _loose_negative(text: str, found: list[Mark], answered: list[Claim]) -> Mark | None:
    """A negative answer about variants that names no gene: "No pathogenic variants were identified."."""
    if any(claim.mark.kind == "genes" or claim.has("positive", "uncertain") for claim in answered):
        return None
    negative = next((mark for mark in found if mark.kind == "negative"), None)
    if negative is None or any(mark.kind == "other" for mark in found):
        return None
    about = answered or _VARIANT.search(text, negative.start, negative.end + 60)
    return (
        negative
        if about or re.search(r"result\w*\s*:?\s*$", text[max(0, negative.start - 12) : negative.start], re.I)
        else None
    )


def _open_list(text: str, sentence: Span, answered: list[Claim]) -> tuple[Claim, Span] | None:
    """A list of genes of this sentence that has no answer yet."""
    waiting = [claim for claim in answered if claim.mark.kind == "genes" and not claim.answers]
    if len(waiting) != 1 or len(answered) > 2:
        return None
    alone = len(text[sentence.start : sentence.end]) - (waiting[0].end - waiting[0].start) < 12
    if not alone and not _LIST.search(text, *sentence):
        return None
    symbols = {symbol for one in waiting[0].mark.genes for symbol in one.symbols}
    short = len(text[sentence.start : sentence.end].split()) <= 6
    return (waiting[0], sentence) if len(symbols) >= 2 or short else None
