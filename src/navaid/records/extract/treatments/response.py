"""Response to treatment: complete, partial, stable, progression, and pathological complete response."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from navaid.records.extract.header.tables import any_of, table
from navaid.records.extract.view import View
from navaid.terms import Assertion, Finding

_CODES = re.compile(r"\b(?P<kind>pCR|CR|PR|SD|PD)\b")
_BY_CODE = {"pCR": "pcr", "CR": "complete", "PR": "partial", "SD": "stable", "PD": "progression"}
# PR is the progesterone receptor far more often, so a bare code counts only right behind one of these.
_CODED = re.compile(r"(?:response|restaging|recist|best response|with|showed|=|:)\s{0,2}$", re.IGNORECASE)
_NOT = re.compile(
    r"\b(?:no|not|without|whether|if|possible|assess|evaluate|definition|defined|until"
    r"|unless|prevent|risk of|free|time to)\b[^.;\n]{0,40}$",
    re.I,
)
_UNTIL = re.compile(r"\b(?:until|time to|progression[- ]free|risk of|in case of|unless)\b", re.IGNORECASE)


def responses(view: View) -> Iterator[Finding]:
    """What the paper says of the response, where it says it of this person."""
    if view.header.type in {"leaflet", "genetics", "genomic_assay", "insurance"}:
        return
    text = view.text
    for match in _pattern().finditer(text):
        kind = str(match.lastgroup)
        lead = text[max(0, match.start() - 50) : match.start()]
        if (
            _NOT.search(lead)
            or _UNTIL.match(text, match.end())
            or text[match.end() : match.end() + 5].lower().startswith("-free")
        ):
            continue
        said = view.assertion(match.start(), match.end())
        if said in {Assertion.PRESENT, Assertion.HISTORICAL}:
            yield view.finding("response", kind, match.start(), match.end(), rule="treatments.response", assertion=said)


def response_after(behind: str) -> str:
    """The response that the rest of a treatment's sentence speaks of; empty where it speaks of none."""
    match = _pattern().search(behind)
    if match and not _NOT.search(behind[: match.start()]):
        return str(match.lastgroup)
    coded = _CODES.search(behind)
    return _BY_CODE[coded["kind"]] if coded and _CODED.search(behind[: coded.start()]) else ""


@cache
def _pattern() -> re.Pattern[str]:
    rows = table("treatment_cues")["response"]
    groups = "|".join(f"(?P<{name}>{any_of(forms)})" for name, forms in rows.items())
    return re.compile(rf"(?<![^\W_])(?:{groups})(?![^\W_])", re.IGNORECASE)
