"""Check every sentence of a draft against the library; what fails is not shown.

Here: the words of a quotation equal the stored text at their span, the source is not retracted, its
licence allows showing them, and a sentence has at least one citation. It fails closed.
"""

from __future__ import annotations

from navaid.answers.sentences import without_references
from navaid.library import Library
from navaid.terms import Citation, Claim, Document, Retraction, Verdict


def verify(library: Library, claim: Claim) -> Verdict:
    """What was found for one sentence; `passed` is False on the first failure, which `reason` names."""
    checks: list[str] = []
    reason = "" if claim.citations else "no source"
    cards: dict[str, tuple[Document, str] | None] = {}
    for citation in claim.citations:
        if citation.document not in cards:
            cards[citation.document] = library.store.card(citation.document)
        card = cards[citation.document]
        reason = reason or _citation(library, citation, card[0] if card else None, checks)
    if claim.origin == "quote":
        reason = reason or _verbatim(claim, checks)
    return Verdict(claim=claim.id, passed=not reason, checks=tuple(dict.fromkeys(checks)), reason=reason)


def _citation(library: Library, citation: Citation, card: Document | None, checks: list[str]) -> str:
    """Why a citation fails, or an empty string."""
    if citation.quote is None or citation.start is None or citation.end is None:
        checks.append("place and day checked are given" if citation.checked else "place is given")
        return "" if citation.locator else "no place in the source"
    if card is None:
        return f"{citation.document} is not held"
    if card.retraction is Retraction.RETRACTED:
        return f"{citation.document} has been retracted"
    if not card.licence.show_quote:
        return f"the licence of {citation.document} does not allow showing its words"
    if library.store.slice(citation.document, citation.start, citation.end) != citation.quote:
        return f"the words are not those of {citation.document} at their place"
    checks.append("words equal the stored text")
    return ""


def _verbatim(claim: Claim, checks: list[str]) -> str:
    """A quotation's sentence has the words of its quote, in order, and no others; reference numbers aside."""
    quote = claim.citations[0].quote or ""
    if _letters(claim.text) != _letters(without_references(quote)):
        return "the sentence differs from the words that it quotes"
    checks.append("sentence equals its quote")
    return ""


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())
