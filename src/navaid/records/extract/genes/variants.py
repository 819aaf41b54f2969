"""Variants as reports write them: HGVS c. and p. names, short protein names, older names, and what is beside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from navaid.records.extract.genes.table import founders
from navaid.terms import Value

# OCR takes a small l for a capital I, and the other way round.
_THREE = "A[lI1]a|Arg|Asn|Asp|Cys|G[lI1][nuy]|His|[Il1]le|Leu|Lys|Met|Phe|Pro|Ser|Thr|Trp|Tyr|Va[lI1]"
_MISREAD = re.compile(
    r"(?P<l>(?<=A)[I1](?=a\d)|(?<=G)[I1](?=[nuy]\d)|(?<=Va)[I1](?=\d)|(?<=\dA)[I1](?=a\b)"
    r"|(?<=\dG)[I1](?=[nuy](?:\b|fs))|(?<=\dVa)[I1]\b)|(?P<i>(?<![A-Za-z])[l1](?=le\d)|(?<=\d)l(?=le\b))"
)
_ONE = "[ACDEFGHIKLMNPQRSTVWY]"
_AMINO = f"(?:{_THREE}|{_ONE})"
_AT = r"[*-]?\d{1,5}(?:[+-]\d{1,4})?"
_BASES = "[ACGTacgt]{1,40}"
_CODING = re.compile(
    rf"\bc\.\s?{_AT}(?:_{_AT})?\s?(?:[ACGT]\s?>\s?[ACGT]|del(?:{_BASES})?ins{_BASES}|del(?:{_BASES}|\d{{1,3}})?"
    rf"|dup(?:{_BASES}|\d{{1,3}})?|ins{_BASES}|inv|=)"
)
_CHANGE = (
    rf"(?:{_AMINO}?fs(?:\s?(?:\*|Ter|X)\s?\d{{0,4}})?|{_AMINO}|\*|Ter|X|=|del(?:ins{_AMINO}{{1,20}})?|dup"
    rf"|ins{_AMINO}{{1,20}}|\?)"
)
_PROTEIN = re.compile(rf"\bp\.\s?\(?{_AMINO}\d{{1,5}}(?:_{_AMINO}\d{{1,5}})?{_CHANGE}?\)?")
_SHORT = re.compile(
    rf"(?<![\w.])(?:{_ONE}\d{{2,4}}(?:{_ONE}|\*|X|{_ONE}?fs(?:\*\d{{0,4}})?)|(?:{_THREE})\d{{2,4}}(?:{_THREE}"
    rf"|Ter|\*|fs))(?!\w)"
)
_OLD = re.compile(
    r"(?<![\w.])\d{2,5}\s?(?:del|ins|dup)\s?[ACGT]{1,10}\b|(?<![\w.])IVS\d{1,2}[+-]\d{1,3}\s?[ACGT]\s?>\s?[ACGT]"
)
_EXONS = re.compile(
    r"\bexons? \d{1,2}(?:\s?(?:-|to|–|through)\s?\d{1,2})? (?:deletion|duplication)|\b(?:deletion"
    r"|duplication) of exons? \d{1,2}(?:\s?(?:-|to|–)\s?\d{1,2})?",
    re.IGNORECASE,
)
# A name that an OCR reader or a typist damaged: kept as it is written.
_DAMAGED = re.compile(r"\b[cp]\.\s?\(?[A-Za-z0-9*]\S{3,30}")
_VAF = re.compile(
    r"(?:(?:VAF|MAF|allele (?:fraction|frequency)|frequency|% ?cfDNA)\D{0,12}(\d{1,2}(?:\.\d{1,2})?)|^[\s,"
    r"|(:;]{0,6}(\d{1,2}(?:\.\d{1,2})?)) ?%",
    re.I,
)
_VAF_NUMBER = re.compile(r"\bVAF\D{0,6}(0?\.\d{1,4})\b", re.IGNORECASE)
_ZYGOSITY = re.compile(r"\b(heterozygous|homozygous|hemizygous|heterozygote|mosaic)\b", re.IGNORECASE)
_CLASS = re.compile(r"(likely pathogenic|likely benign|pathogenic|benign|uncertain significance|VUS)", re.IGNORECASE)


@dataclass(frozen=True)
class Variant:
    """A variant at `text[start:end]` with its `hgvs_c`, `hgvs_p` or `name`; `gene` where the name tells it."""

    start: int
    end: int
    details: dict[str, Value] = field(default_factory=dict)
    gene: str = ""


def variants(text: str, start: int, end: int) -> Iterator[Variant]:
    """The variants in this part of the text; those that overlap a better one are left out."""
    taken: list[tuple[int, int]] = []
    for kind, pattern in (
        ("hgvs_c", _CODING),
        ("hgvs_p", _PROTEIN),
        ("name", _OLD),
        ("name", _EXONS),
        ("name", _DAMAGED),
        ("hgvs_p", _SHORT),
    ):
        for match in pattern.finditer(text, start, end):
            if any(match.start() < last and first < match.end() for first, last in taken):
                continue
            taken.append(match.span())
            name = re.sub(r"\s+", " " if kind == "name" and pattern is _EXONS else "", match.group()).rstrip(".,;")
            name = name if "(" in name else name.rstrip(")")
            if kind == "hgvs_p":
                name = _MISREAD.sub(lambda sign: "l" if sign["l"] else "I", name)
            founder = founders().get(
                re.sub(r"(?<=del|dup)[ACGT]+$", "", name).lower() if kind == "hgvs_c" else name.lower()
            )
            yield Variant(*match.span(), {kind: name}, founder["gene"] if founder else "")


def beside(text: str, start: int, end: int) -> dict[str, Value]:
    """What stands beside a variant in `text[start:end]`: its share of the reads, its zygosity."""
    found: dict[str, Value] = {}
    part = text[start:end]
    share = _VAF.search(part)
    if share:
        found["vaf_percent"] = float(share.group(1) or share.group(2))
    elif number := _VAF_NUMBER.search(part):
        found["vaf_percent"] = round(float(number.group(1)) * 100, 2)
    if zygosity := _ZYGOSITY.search(part):
        found["zygosity"] = zygosity.group(1).lower()
    return found


def classification(text: str, start: int, end: int) -> str:
    """The class of a variant in this part of the text, in lower case; empty where none is given."""
    found = _CLASS.search(text, start, end)
    return found.group(1).lower().replace("vus", "uncertain significance") if found else ""
