"""Genes and what is measured in the tumour: variants, PD-L1, MSI, TMB, Ki-67, scores, antigens."""

from __future__ import annotations

import re
from collections.abc import Iterator

from navaid.terms import Expression
from navaid.trials.criteria.parse.atom import Atom, asks, every, some, unparsed
from navaid.trials.criteria.parse.numbers import COMPARED, bounds
from navaid.trials.criteria.parse.quick import lowered

_GENES = (
    "BRCA1",
    "BRCA2",
    "PALB2",
    "PIK3CA",
    "ESR1",
    "AKT1",
    "PTEN",
    "TP53",
    "ERBB2",
    "CHEK2",
    "ATM",
    "CDH1",
    "RAD51C",
    "RAD51D",
    "BARD1",
    "NF1",
)
_NAME = (
    rf"[gst]?(?:BRCA\s?-?1\s*(?:/|and/or|or|and|&)\s*-?(?:BRCA\s?-?)?2|BRCA\s?-?[12]|BRCA|{'|'.join(_GENES)}"
    rf"|PI3KCA|HER-?2|PIK3CA)"
)
_JOIN = r"\s*(?:,\s*(?:and/or|and|or)?|/|and\s*/\s*or|or|and)\s*"
_CHANGE = (
    r"(?:gene\s+)?(?:(?:pathogenic|deleterious|activating|inactivating|likely|suspected|known"
    r"|loss[- ]of[- ]function|gain[- ]of[- ]function|or|and|/|germline|somatic|hotspot"
    r"|tumou?r)[\s/]*)*(?:mutat(?:ion|ed|ions)(?:s)?(?:[- ](?:positive|carriers?|associated))?|variants?"
    r"|alterations?|carriers?)"
)
_ORIGIN = (
    r"(?P<origin>(?:germline|somatic|inherited|hereditary|activating|inactivating|deleterious|pathogenic"
    r"|suspected|likely|known|tumou?r|(?:or|and|/|and/or)(?=\s*(?:germline|somatic|suspected|pathogenic"
    r"|deleterious|likely)))[\s,/-]*(?:(?:mutations?|variants?|alterations?)\s+(?:in|of)\s+)?)*"
)
_GENE = re.compile(
    rf"(?<![\w-]){_ORIGIN}(?P<names>{_NAME}(?:{_JOIN}{_NAME})*)[\s-]*(?P<change>{_CHANGE})(?!\w)"
    rf"|(?P<change2>{_CHANGE})\s+(?:in|of)\s+(?:the\s+"
    rf"|either\s+)?(?:gene\s+)?(?P<names2>{_NAME}(?:{_JOIN}{_NAME})*)(?:\s+genes?)?(?!\w)"
    rf"|(?<![\w-])(?P<names3>{_NAME}(?:{_JOIN}{_NAME})*)[\s-]+(?P<wild>wild[- ]?type|negative)(?!\w)",
    re.IGNORECASE,
)
_ANY_GENE = re.compile("brca|her-?2|pi3kca|" + "|".join(_GENES).lower())
_TUMOUR_ONLY = {"PIK3CA", "ESR1", "AKT1", "ERBB2", "PTEN"}
_PDL1 = re.compile(
    r"\b(?:programmed (?:cell )?death[- ]ligand[- ]1\s*\(PD-?L1\)|PD-?L1\b)"
    r"(?:[- ]?(?:expression|status|positive|positivity|expressing|tumou?rs?|is|with|by|at a|a|at(?= (?:CPS"
    r"|combined))|\(?22C3\)?|assay))*"
    rf"[\s(,:]*(?P<cps>(?:combined positive score\s*)?\(?CPS\)?|combined positive score)?\s*(?:of\s+"
    rf"|score\s+(?:of\s+)?)?"
    rf"(?P<range>{COMPARED})?(?P<percent>\s?%)?\)?",
    re.IGNORECASE,
)
_MSI = re.compile(
    r"\b(?:MSI-?\s?H(?:igh)?|microsatellite[- ]instability[- ]high(?:\s*\(MSI-H\))?|high microsatellite instability)\b",
    re.IGNORECASE,
)
_MMR = re.compile(
    r"\b(?:dMMR|(?:DNA )?mismatch[- ]repair[- ]deficien(?:t|cy)(?:\s*\(dMMR\))?"
    r"|deficient mismatch repair(?:\s*\(dMMR\))?)\b",
    re.IGNORECASE,
)
_TMB = re.compile(
    rf"\b(?:TMB|tumou?r mutational burden)(?:\s*\(TMB\))?(?:[- ](?P<high>H(?:igh)?\b)"
    rf"|\s*(?:of\s+)?(?P<range>{COMPARED})\s*(?:mut(?:ations?)?\s*/?\s*(?:per\s+)?(?:megabase|Mb))?)",
    re.IGNORECASE,
)
_KI67 = re.compile(
    rf"\bKi-?\s?67\b(?:\s*\([^)]{{0,20}}\))?(?:[- ]?(?:index|score|level|expression|labell?ing|proliferation|of|is"
    rf"|value|value of|with|a|at|baseline))*\s*(?P<range>{COMPARED})\s?%?",
    re.IGNORECASE,
)
_ONCOTYPE = re.compile(
    rf"\b(?:Oncotype(?:\s?DX)?(?:®|™)?(?:\s+(?:DX|breast))*|21-gene)?[\s-]*(?:recurrence score|Oncotype(?:\s?DX)?"
    rf"|RS)(?:®)?(?:\s*\((?:RS|ODX)\))?(?:\s+(?:score|of|is|result|a))*\s*(?P<range>{COMPARED})",
    re.IGNORECASE,
)
_MAMMAPRINT = re.compile(
    r"\bMammaPrint\b(?:®|™)?(?:\s*\(MP\))?[\s,-]*(?:(?:result|score|risk|test|assay|genomic|status|is|of|as|a"
    r"|by)\s+)*(?P<risk>ultra-?\s?low|low|high)(?:[- ]risk|(?=\W|$))(?!\s*(?:2|1))",
    re.IGNORECASE,
)
_ANTIGENS = {
    "mesothelin": "mesothelin|MSLN",
    "ror1": "ROR-?1",
    "muc1": "MUC-?1(?:-?C)?|cleaved MUC1|MUC1\\*|TnMUC1",
    "cmet": "c-?Met",
    "trop2": "TROP-?2",
    "ny_eso_1": "NY-?ESO-?1",
    "mage_a4": "MAGE-?A4",
    "mage_a3": "MAGE-?A3",
    "prame": "PRAME",
    "gd2": "GD2",
    "cea": "CEA|carcinoembryonic antigen",
    "epcam": "EpCAM",
    "cd44v6": "CD44v6",
    "nectin4": "nectin-?4",
    "b7h3": "B7-?H3",
    "cldn6": "claudin-?6|CLDN-?6",
    "axl": "AXL",
    "egfr": "EGFR",
    "folate_receptor": "FR(?:α|alpha)|folate receptor(?: alpha)?",
    "psma": "PSMA",
    "gpc3": "GPC3|glypican-?3",
}
_ANTIGEN = "|".join(_ANTIGENS.values())
_EXPRESSES = re.compile(
    rf"(?<![\w-])(?P<names>(?:{_ANTIGEN})(?:{_JOIN}(?:{_ANTIGEN}))*)[\s-]*(?P<state>positive|expressing"
    rf"|overexpressing|\+(?!\w)|(?:over-?)?expression(?: positive)?|antigen expression|negative)(?!\w)"
    rf"|\b(?:over-?express(?:es|ing|ed|ion of|ion)?|express(?:es|ing|ed|ion of)|positive (?:for|expression of)"
    rf"|expression of)\s+(?:the\s+)?(?P<names2>(?:{_ANTIGEN})(?:{_JOIN}(?:{_ANTIGEN}))*)(?![\w-])(?:\s+antigens?)?",
    re.IGNORECASE,
)
_ANY_ANTIGEN = re.compile(lowered(rf"(?<![\w-])(?:{_ANTIGEN})"))
_SUBTYPE = re.compile(
    r"\b(?P<code>luminal[- ]A|luminal[- ]B|HER2[- ]enriched|basal[- ]like|normal[- ]like)(?:\s+(?:subtype"
    r"|breast cancer|disease))?",
    re.IGNORECASE,
)


def read(words: str) -> Iterator[Atom]:
    """The atoms of this subject in the words of a statement."""
    small = words.lower()
    if _ANY_GENE.search(small):
        for match in _GENE.finditer(words):
            yield from _gene(match)
    if "PD" in words:
        for match in _PDL1.finditer(words):
            yield from _pdl1(words, match)
    immune = "microsat" in small or "msi" in small or "mmr" in small or "mismatch" in small
    for pattern, concept, value in (
        () if not immune else ((_MSI, "msi.status", "high"), (_MMR, "mmr.status", "deficient"))
    ):
        for match in pattern.finditer(words):
            yield asks(*match.span(), concept, "is", value, family="microsatellites")
    for match in _TMB.finditer(words) if "tmb" in small or "burden" in small else ():
        if match["high"]:
            yield asks(*match.span(), "tmb.status", "is", "high")
        else:
            yield from bounds(*match.span(), "tmb", match["range"])
    scores: tuple[tuple[re.Pattern[str], str], ...] = ((_KI67, "ki67.percent"),) if "67" in words else ()
    scores += (
        ((_ONCOTYPE, "oncotype.score"),) if "recurrence score" in small or "oncotype" in small or "RS" in words else ()
    )
    for pattern, concept in scores:
        for match in pattern.finditer(words):
            yield from bounds(*match.span(), concept, match["range"])
    for match in _MAMMAPRINT.finditer(words) if "mammaprint" in small else ():
        yield asks(*match.span(), "mammaprint.risk", "is", match["risk"].lower().replace("-", "").replace(" ", ""))
    expressed = "express" in small or "positiv" in small or "negativ" in small or "+" in small
    for match in _EXPRESSES.finditer(words) if expressed and _ANY_ANTIGEN.search(small) else ():
        yield from _antigen(match)
    for match in _SUBTYPE.finditer(words) if "luminal" in small or "basal" in small or "enriched" in small else ():
        code = {"her2 enriched": "her2_enriched", "basal like": "basal", "normal like": "normal_like"}
        plain = match["code"].lower().replace("-", " ")
        yield asks(*match.span(), "intrinsic_subtype", "is", code.get(plain, plain.replace(" ", "_")))


def _gene(match: re.Match[str]) -> Iterator[Atom]:
    start, end = match.span()
    said = match["names"] or match["names2"] or match["names3"] or ""
    genes = _symbols(said)
    whole = match[0].lower()
    prefix = said[:1]
    if not genes or ("HER" in said.upper() and not match["change"] and not match["change2"]):
        return
    germline = bool(re.search(r"germline|inherited|hereditary|carrier", whole)) or prefix == "g"
    somatic = bool(re.search(r"somatic|tumou?r", whole)) or prefix in ("s", "t")
    parts = []
    for gene in genes:
        tissues = (
            ["germline"]
            if germline and not somatic
            else ["somatic"]
            if somatic and not germline
            else ["germline", "somatic"]
        )
        if tissues == ["germline", "somatic"] and gene in _TUMOUR_ONLY:
            tissues = ["somatic"]
        if match["wild"]:
            parts.append(
                every(asks(start, end, f"gene.{gene}.{each}", "is", "negative").expression for each in tissues)
            )
        else:
            parts.append(
                some(asks(start, end, f"gene.{gene}.{each}", "is", "pathogenic").expression for each in tissues)
            )
    joined = every(parts) if match["wild"] else some(parts)
    yield Atom(start, end, joined, "gene")


def _symbols(said: str) -> list[str]:
    found = []
    for name in re.findall(
        r"BRCA\s?-?1\s*(?:/|and/or|or|and|&)\s*-?(?:BRCA\s?-?)?2|BRCA\s?-?[12]|BRCA|PI3KCA|HER-?2|" + "|".join(_GENES),
        said,
        re.IGNORECASE,
    ):
        plain = re.sub(r"[\s-]", "", name).upper()
        if plain.startswith("BRCA"):
            found += [f"BRCA{digit}" for digit in ("1", "2") if digit in plain] or ["BRCA1", "BRCA2"]
        else:
            found.append({"PI3KCA": "PIK3CA", "HER2": "ERBB2"}.get(plain, plain))
    return list(dict.fromkeys(found))


def _pdl1(words: str, match: re.Match[str]) -> Iterator[Atom]:
    start, end = match.span()
    said = words[start:end].lower()
    if match["range"] and match["cps"]:
        yield from bounds(start, end, "pdl1.cps", match["range"])
    elif match["range"]:
        yield Atom(start, end, unparsed(start, end), "pdl1")
    elif "positiv" in said or re.match(r"\s*\+", words[end:]):
        yield asks(start, end, "pdl1.status", "is", "positive")
    elif re.match(r"[\s-]*negative", words[end:]):
        yield asks(start, end + 9, "pdl1.status", "is", "negative")


def _antigen(match: re.Match[str]) -> Iterator[Atom]:
    said = match["names"] or match["names2"]
    op = "not_had" if (match["state"] or "").lower() == "negative" else "had"
    named = [
        code for code, form in _ANTIGENS.items() if re.search(rf"(?<![\w-])(?:{form})(?![\w-])", said, re.IGNORECASE)
    ]
    parts: list[Expression] = [asks(*match.span(), "antigen", op, code).expression for code in named]
    if parts:
        either = op == "had" and not re.search(r"\band\b(?!\s*/)", said)
        yield Atom(*match.span(), some(parts) if either else every(parts), "antigen")
