"""Laboratory values told as multiples of a laboratory's limit: "bilirubin 1.2 x ULN", "AST and ALT below twice …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from navaid.records.extract.treatments.lexicon import Term, terms
from navaid.records.extract.view import View
from navaid.terms import Finding, Value

_LIMIT = r"(?:ULN|(?:the\s+)?upper\s+(?:normal\s+)?limits?(?:\s+of\s+(?:the\s+)?normal)?(?:\s+range)?)"
_TIMES = re.compile(
    rf"(?P<bound>\b(?:below|less than|under|within|up to|at most|no more than)"
    rf"|[<≤])?\s{{0,3}}(?:(?P<n>\d{{1,2}}(?:\.\d{{1,2}})?)|(?P<word>twice|double))"
    rf"\s{{0,3}}(?:[x×*]|times|fold)?\s{{0,3}}{_LIMIT}",
    re.IGNORECASE,
)
_NORMAL = re.compile(
    r"\b(?:within|in)\s+(?:the\s+)?(?:institutional\s+|normal\s+)*(?:normal\s+)?(?:limits?|range)\b|\b(?:is|was"
    r"|are|were)\s+normal\b",
    re.IGNORECASE,
)
_REACH = 70


def find(view: View) -> Iterator[Finding]:
    """Values with the unit `ULN`; `bound` in the details says that the value lies below."""
    labs = [term for term in terms(view.text) if term.kind == "lab"]
    for match in _TIMES.finditer(view.text):
        for lab in _before(view.text, labs, match.start()):
            value = float(match["n"]) if match["n"] else 2.0
            details: dict[str, Value] = {"bound": "at_most"} if match["bound"] else {}
            yield view.finding(f"lab.{lab}", value, *match.span(), rule="note.limit", unit="ULN", details=details)
    for match in _NORMAL.finditer(view.text):
        for lab in _before(view.text, labs, match.start()):
            yield view.finding(
                f"lab.{lab}", 1.0, *match.span(), rule="note.limit", unit="ULN", details={"bound": "at_most"}
            )


def _before(text: str, labs: list[Term], at: int) -> list[str]:
    """The values named together right before this place: "AST and ALT"."""
    named: list[str] = []
    end = at
    for lab in reversed([each for each in labs if each.end <= at and at - each.end < _REACH]):
        between = text[lab.end : end]
        if re.search(r"[.;\d]|\bbut\b", between):
            break
        if named and not re.fullmatch(r"\s*(?:,|/|and|or|both|,\s*and)?\s*", between):
            break
        named.append(lab.value)
        end = lab.start
    return named
