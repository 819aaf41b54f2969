"""From the answers that a list of genes was given to one result, or none."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from navaid.records.extract.genes.clauses import Claim
from navaid.records.extract.genes.marks import Mark
from navaid.records.extract.genes.names import named
from navaid.records.extract.genes.table import genes, words
from navaid.records.extract.genes.variants import beside, classification
from navaid.terms import Value

# Before a mutation that is said to be there: "she has a", "her", "known", "found to have the".
_THERE = re.compile(
    r"(?:^|\b(?:has|had|have|h/o|hx of|history of|having|with|carries|carry|carrying|harbou?rs?|her|his|my"
    r"|patient's|confirmed|noted|showed|shows|revealed|due to her|given her|underlying|"
    r"documented|and|positive|known)|[:(•,+-])\s*(?:(?:a|an|the|known|confirmed|germline|somatic|deleterious"
    r"|pathogenic|inherited|familial|founder|hereditary|new|activating)\s+){0,4}$",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"\b(?:has|h/o|hx of|history of|due to|because of|given|secondary to|her|his|my|patient's|known|carries|harbou?rs"
    r"|noted|with|had)\s*(?:(?:a|an|the|known|germline|pathogenic|deleterious)\s+){0,3}$",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(r"(?:likely |probably )?pathogenic|deleterious|disease-causing|harmful")


@dataclass(frozen=True)
class Result:
    """What a claim comes to: a value of `gene.GENE.*`, where the words for it stand, and details."""

    value: str
    start: int
    end: int
    details: dict[str, Value] = field(default_factory=dict)


def results(text: str, claim: Claim, sentence_end: int, sentence_start: int, *, germline: bool) -> list[Result]:
    """What a claim comes to, one result for each variant; none where the words give none, or speak both ways."""
    names = [answer for answer in claim.answers if answer.kind == "name"]
    if claim.mark.variant is not None:
        names.append(claim.mark)
    value = _value(text, claim, names, sentence_start, sentence_end, germline)
    if value == "pathogenic" and not germline and not _is_harmful(text, claim, names, sentence_end):
        value = "found"
    if value is None or (value == "negative" and names):
        return []  # that one variant was not found says nothing of the rest of the gene
    stated: dict[str, Value] = {"classification": found} if (found := _class(text, claim)) else {}
    if value == "benign":
        value, stated = "negative", stated or {"classification": "benign"}
    variants = _variants(names)
    each = (_details(text, own, sentence_end) for own in variants) if variants else ({},)
    return [Result(value, claim.start, claim.end, details | stated) for details in each]


def _value(text: str, claim: Claim, names: list[Mark], start: int, end: int, germline: bool) -> str | None:
    if claim.has("uncertain"):
        return None if claim.has("negative") and not names else "vus"
    if claim.has("benign"):
        return "benign"
    if claim.has("positive", "negative") and _of_receptor(text, claim, names):
        return None
    if claim.has("positive"):
        return None if claim.has("negative") or _in_general(text, claim, start) else "pathogenic"
    if claim.has("negative"):
        return "negative"
    if not germline and claim.has("amplified", "deleted") and claim.mark.kind == "genes":
        return "amplified" if claim.has("amplified") else "deleted"
    if names:
        return _of_name(text, claim, names, end, germline)
    if claim.mark.kind != "genes":
        return None
    if claim.has("found"):
        return "pathogenic" if _is_mutation(text, claim) or _field(text, claim) else None
    return "pathogenic" if claim.has("variant") and _is_there(text, claim, start, end) else None


def _of_name(text: str, claim: Claim, names: list[Mark], end: int, germline: bool) -> str | None:
    """A named variant: what its class says; without one a variant was found, a well-known inherited one is harmful."""
    if stated := _class_of_name(text, names, end):
        return {"uncertain significance": "vus"}.get(stated, "benign" if "benign" in stated else "pathogenic")
    founder = any(name.variant is not None and name.variant.gene for name in names)
    return "pathogenic" if germline and (founder or _is_mutation(text, claim)) else "found"


def _class_of_name(text: str, names: list[Mark], end: int) -> str:
    """The class that stands behind a named variant, before the next gene: that one has its own."""
    limit = min(len(text), max(end, names[-1].end + 160))
    following = named(text, names[-1].end, limit)
    return classification(text, names[0].end, following[0].start if following else limit)


def _is_harmful(text: str, claim: Claim, names: list[Mark], end: int) -> bool:
    """Whether the paper says of a variant in the tumour that it is harmful, and not only that it is there."""
    if names and "pathogenic" in _class_of_name(text, names, end):
        return True
    # A positive answer without words of its own is that of the heading above: "Pathogenic variants".
    own = ((answer, text[answer.start : answer.end].lower()) for answer in claim.answers)
    return any(_ADJECTIVE.search(words_) or (answer.kind == "positive" and not words_) for answer, words_ in own)


def _in_general(text: str, claim: Claim, start: int) -> bool:
    """Whether harmful mutations are spoken of as such, in the plural and found in nobody."""
    first = min(claim.mark.start, *(answer.start for answer in claim.answers))
    told = [(answer.kind, text[answer.start : answer.end].lower()) for answer in claim.answers]
    plural = [kind == "variant" and word.endswith("s") for kind, word in told]
    adjectives = [bool(_ADJECTIVE.fullmatch(word)) for _, word in told]
    only = all(is_plural or is_adjective for is_plural, is_adjective in zip(plural, adjectives, strict=True))
    return only and any(plural) and not _OWNED.search(text[start:first])


def _of_receptor(text: str, claim: Claim, names: list[Mark]) -> bool:
    """Whether a plain "positive" may be of the receptor that the gene makes: "ESR1 positive (Allred 8)"."""
    symbols = [symbol for one in claim.mark.genes for symbol in one.symbols]
    plain = re.compile(r"(?:pos|neg)(?:itive|ative)?\.?|[(\s]*[-+−][)\s]*", re.IGNORECASE)
    return (
        len(symbols) == 1
        and bool(genes()[symbols[0]].get("receptor"))
        and not (names or claim.has("variant"))
        and all(plain.fullmatch(text[answer.start : answer.end]) for answer in claim.answers)
    )


def _is_mutation(text: str, claim: Claim) -> bool:
    return any(
        answer.kind == "variant" and text[answer.start : answer.end].lower().startswith(("mut", "gene mut"))
        for answer in claim.answers
    )


def _field(text: str, claim: Claim) -> bool:
    """Whether "detected" is the value of a field: "BRCA2: detected"."""
    return any(
        answer.kind == "found" and re.fullmatch(r"\s*[:\t|]\s*", text[claim.mark.end : answer.start])
        for answer in claim.answers
    )


def _is_there(text: str, claim: Claim, start: int, end: int) -> bool:
    """Whether a mutation that is only named is said to be hers: "her BRCA mutation", not "a test for it"."""
    first = min(claim.mark.start, *(answer.start for answer in claim.answers if answer.kind == "variant"))
    before, after = text[start:first], text[claim.end : end]
    if not _is_mutation(text, claim) or words("test").match(after.lstrip()):
        return False
    if _OWNED.search(before):
        return True
    short = len(text[start:end].split()) <= 15
    return short and bool(_THERE.search(before)) and bool(re.match(r"\s*(?:$|[,.;)]|s/p|and\b|with\b|\+)", after))


def _variants(names: list[Mark]) -> list[list[Mark]]:
    """The names by the variant that they name: "c.5946delT (p.Ser1982Argfs*22)" is one, "D538G and Y537S" are two."""
    found: list[list[Mark]] = []
    kinds: set[str] = set()
    for name in names:
        own = set(name.variant.details) if name.variant else set()
        if not found or kinds & own:
            found.append([])
            kinds = set()
        found[-1].append(name)
        kinds |= own
    return found


def _details(text: str, names: list[Mark], end: int) -> dict[str, Value]:
    details: dict[str, Value] = {}
    for name in names:
        if name.variant is not None:
            details |= name.variant.details
    return details | beside(text, names[-1].end, min(end, names[-1].end + 80))


def _class(text: str, claim: Claim) -> str:
    """The class as it is written, where it is one of the five."""
    for answer in claim.answers:
        if answer.kind in ("positive", "benign", "uncertain"):
            stated = classification(text, answer.start, answer.end)
            if stated:
                return stated
    return ""
