"""Findings of a genomic variant: the gene, what it means and where it was found, where the record says all three."""

from __future__ import annotations

import re

from navaid.records.codes import known
from navaid.records.extract.structured.noting import Found, Note, said
from navaid.records.extract.structured.written import own_value
from navaid.records.read.structured.access import Json, codings, quantity, some, words
from navaid.records.read.structured.lines import value_of
from navaid.terms import Value

_VARIANT = re.compile(r"genetic variant|gene mutation|variant assessment|sequence variant", re.I)
_SYMBOL = re.compile(r"^[A-Z][A-Z0-9]{1,9}(?:-[A-Z0-9]{1,4})?$")


def is_variant(note: Note) -> bool:
    """Whether an Observation tells of a variant of a gene."""
    concepts = {row.concept for code in codings(note.resource.get("code")) if (row := known(code.system, code.code))}
    return "variant" in concepts or bool(_VARIANT.search(note.name))


def variants(note: Note) -> Found:
    """One finding a gene; none where the record does not say whether it is inherited or of the tumour.

    A variant is `pathogenic` only where the record says so; where it does not say what it means, it is `found`.
    """
    parts = _parts(note.resource)
    gene = next((name for name in parts.get("gene", []) if _SYMBOL.match(name)), "")
    name = next(iter(parts.get("name", [])), "")
    if not gene and (match := re.search(r"\(([A-Z0-9]{2,10})\):", name)):
        gene = match[1]
    source = " ".join(parts.get("source", [])).lower()
    where = "germline" if "germline" in source else "somatic" if "somatic" in source else ""
    found = _presence(note.resource)
    if not gene or not where or not found:
        return
    concept_ = f"gene.{gene}.{where}"
    read_as = some(note.resource.get("interpretation"))
    meaning = [*parts.get("meaning", []), *map(said, read_as)]
    value = "negative" if found == "absent" else own_value(concept_, *read_as) or _meaning(meaning)
    details: dict[str, Value] = {}
    for key in ("hgvs_c", "hgvs_p", "zygosity"):
        if key in parts:
            details[key] = parts[key][0]
    texts = [name, *parts.get("hgvs_c", [])]
    for key, pattern in (("hgvs_c", r"c\.[^\s()]{3,60}"), ("hgvs_p", r"p\.\(?[A-Za-z0-9*=_]{3,30}")):
        if key not in details and (match := next((m for t in texts if (m := re.search(pattern, t))), None)):
            details[key] = match[0]
    if name:
        details["name"] = name
    if "vaf" in parts and (share := _share(note.resource)) is not None:
        details["vaf_percent"] = share
    yield note.finding(concept_, value, "variant", side="", details=details)


def _parts(resource: Json) -> dict[str, list[str]]:
    """The components by what our table calls them: gene, name, source, meaning."""
    found: dict[str, list[str]] = {}
    for part in some(resource.get("component")):
        for code in codings(part.get("code")):
            row = known(code.system, code.code)
            if row and row.concept.startswith("variant."):
                value = part.get("valueCodeableConcept")
                texts = [coding.display or coding.code for coding in codings(value)] or [said(value) or value_of(part)]
                if texts := list(filter(None, texts)):
                    found.setdefault(row.concept.removeprefix("variant."), []).extend(texts)
    return found


def _presence(resource: Json) -> str:
    text = said(resource.get("valueCodeableConcept")) or words(resource.get("valueString"))
    if re.search(r"\babsent|not detected|negative", text, re.I):
        return "absent"
    return "present" if re.search(r"present|detected|positive", text, re.I) or not text else ""


def _meaning(texts: list[str]) -> str:
    """What a variant that was found means. A benign one is no harmful variant."""
    text = " | ".join(texts)
    if re.search(r"uncertain|unknown|conflicting|\bVUS\b", text, re.I):
        return "vus"
    if re.search(r"benign", text, re.I):
        return "negative"
    return "pathogenic" if re.search(r"(?<!non-)(?<!not )pathogenic|deleterious|harmful", text, re.I) else "found"


def _share(resource: Json) -> Value | None:
    for part in some(resource.get("component")):
        if any((row := known(c.system, c.code)) and row.concept == "variant.vaf" for c in codings(part.get("code"))):
            amount = quantity(part.get("valueQuantity"))
            if amount:
                share = amount[0] if "%" in amount[1] else amount[0] * 100
                return round(share, 2) if 0 <= share <= 100 else None
    return None
