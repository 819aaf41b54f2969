"""Whether the inherited gene or that of the tumour was tested."""

from __future__ import annotations

import bisect
import re
from functools import cached_property

from navaid.records.extract.genes.clauses import Claim
from navaid.records.extract.genes.table import genes, words
from navaid.records.extract.sentences import Span
from navaid.records.extract.view import View

_NEAR = 900
_BY_TYPE = {"genetics": "germline", "genomic_assay": "somatic"}
_GERMLINE = re.compile(r"\bgerm-?line\b[^.;,\n]{0,25}$", re.IGNORECASE)


class Origins:
    """The words of one paper that speak of inherited genes or of those of the tumour."""

    def __init__(self, view: View) -> None:
        self._view = view

    def of(self, sentence: Span, claim: Claim, symbol: str) -> str:
        """`germline` or `somatic`: by the name, the sentence, the text above, the kind of paper, or else by the gene.

        A gene that is mostly changed in the tumour alone is called inherited only where its own sentence says so.
        """
        stated = next((one.origin for one in claim.mark.genes if one.origin), "")
        if stated or claim.mark.kind == "panel":
            return stated or "germline"
        row = genes()[symbol]
        if row.get("only"):
            before = self._view.text[max(sentence.start, claim.start - 40) : claim.mark.start]
            return "germline" if _GERMLINE.search(before) else "somatic"
        above = self._above(sentence.start)
        return (
            self._nearest(sentence, claim)
            or _by_tumour_gene(claim)
            or (above if above == "somatic" or row["unstated"] == "germline" else "")
            or _by_company(claim, symbol)
            or _BY_TYPE.get(self._view.header.type, "")
            or str(row["unstated"])
        )

    def _nearest(self, sentence: Span, claim: Claim) -> str:
        """What the sentence says, by the word next to the claim where it says both."""
        first = bisect.bisect_left(self._said, (sentence.start,))
        last = bisect.bisect_left(self._said, (sentence.end,))
        return min(
            self._said[first:last],
            key=lambda said: max(claim.start - said[1], said[0] - claim.end, 0),
            default=(0, 0, ""),
        )[2]

    def _above(self, start: int) -> str:
        """What the text above spoke of last."""
        at = bisect.bisect_left(self._said, (start,)) - 1
        return self._said[at][2] if at >= 0 and start - self._said[at][0] < _NEAR else ""

    @cached_property
    def _said(self) -> list[tuple[int, int, str]]:
        kinds = ("germline", "somatic")
        return sorted((*m.span(), kind) for kind in kinds for m in words(kind).finditer(self._view.text))


def _symbols(claim: Claim) -> set[str]:
    return {symbol for one in claim.mark.genes for symbol in one.symbols}


def _by_tumour_gene(claim: Claim) -> str:
    """A list that holds a gene tested in tumours alone is of the tumour."""
    symbols = _symbols(claim)
    return "somatic" if len(symbols) > 1 and any(genes()[symbol].get("only") for symbol in symbols) else ""


def _by_company(claim: Claim, symbol: str) -> str:
    """A gene that is listed with two of inherited risk was tested with them."""
    inherited = {other for other in _symbols(claim) if genes()[other]["unstated"] == "germline"}
    return "germline" if len(inherited) >= 2 and genes()[symbol]["unstated"] == "somatic" else ""
