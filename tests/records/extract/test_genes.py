import time

import pytest

from navaid.records.extract.genes import find
from navaid.records.extract.genes.names import lists, named
from navaid.records.extract.genes.table import founders, genes
from navaid.records.extract.genes.variants import variants
from navaid.records.extract.view import View
from navaid.records.paper import Page, Paper
from navaid.terms import Assertion, Finding, Header, How


def read(text: str, kind: str = "unknown") -> list[Finding]:
    page = Page(number=1, start=0, end=len(text), how=How.PLAIN)
    paper = Paper(id="FILE:0", path="", name="", media_type="text/plain", text=text, pages=(page,))
    found = list(find(View(paper, Header(type=kind))))
    assert all(text[f.source.start : f.source.end] == f.source.words for f in found)
    return found


def said(text: str, kind: str = "unknown") -> set[tuple[str, object]]:
    return {(f.concept.removeprefix("gene."), f.value) for f in read(text, kind)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BRCA1: Negative BRCA2: Positive", {("BRCA1.germline", "negative"), ("BRCA2.germline", "pathogenic")}),
        ("Neg for BRCA 1 & 2.", {("BRCA1.germline", "negative"), ("BRCA2.germline", "negative")}),
        ("BRCA1- and 2-", {("BRCA1.germline", "negative"), ("BRCA2.germline", "negative")}),
        ("She is HER2 positive, BRCA negative.", {("BRCA.germline", "negative")}),
        ("Triple negative; BRCA2+", {("BRCA2.germline", "pathogenic")}),
        ("She underwent BRCA testing, which was negative.", {("BRCA.germline", "negative")}),
        ("The patient carries a deleterious PALB2 mutation.", {("PALB2.germline", "pathogenic")}),
        ("We spoke of her BRCA2 mutation.", {("BRCA2.germline", "pathogenic")}),
        ("She is BRCA1/2 positive.", {("BRCA.germline", "pathogenic")}),
        ("She is not a BRCA carrier.", {("BRCA.germline", "negative")}),
        ("Does not carry a BRCA1 mutation.", {("BRCA1.germline", "negative")}),
        ("Invitae panel: VUS in ATM, otherwise negative.", {("ATM.germline", "vus")}),
        (
            "Tested negative for BRCA but has a VUS in CHEK2.",
            {("BRCA.germline", "negative"), ("CHEK2.germline", "vus")},
        ),
        (
            "The panel (ATM, BRIP1, CHEK2) was negative.",
            {("ATM.germline", "negative"), ("CHEK2.germline", "negative")},
        ),
        (
            "Genes tested: ATM, MSH2 and PALB2. No pathogenic variants were found.",
            {("ATM.germline", "negative"), ("PALB2.germline", "negative")},
        ),
        (
            "A pathogenic variant was identified in BRCA2. No other variants. Genes analyzed: ATM, BRCA2, CHEK2.",
            {("BRCA2.germline", "pathogenic"), ("ATM.germline", "negative"), ("CHEK2.germline", "negative")},
        ),
        ("Hereditary cancer panel negative.", {("panel.germline", "negative")}),
        ("BRCA1\tNegative\nPALB2\tVUS\n", {("BRCA1.germline", "negative"), ("PALB2.germline", "vus")}),
        (
            "Variants of uncertain significance\nATM R250Q\nNF1 A12T\n",
            {("ATM.germline", "vus"), ("NF1.somatic", "vus")},
        ),
        (
            "FoundationOne: PIK3CA H1047R, TP53 R175H, ESR1 wild type.",
            {("PIK3CA.somatic", "found"), ("TP53.somatic", "found"), ("ESR1.somatic", "negative")},
        ),
        (
            "Germline BRCA testing negative. PIK3CA E545K was detected.",
            {("BRCA.germline", "negative"), ("PIK3CA.somatic", "found")},
        ),
        (
            "No known pathogenic mutations or variants of unknown significance were found. Genes Analyzed: ATM, BRCA1",
            {("ATM.germline", "negative"), ("BRCA1.germline", "negative")},
        ),
        (
            "Variants of Unknown Significance\nATM\nR250Q\nCHEK2\nI157T",
            {("ATM.germline", "vus"), ("CHEK2.germline", "vus")},
        ),
        ("Guardant360\nBRCA1 V11fs\t0.1%\nTP53\tVUS", {("BRCA1.somatic", "found"), ("TP53.somatic", "vus")}),
        ("ER+, HER2-, BRCA-", {("BRCA.germline", "negative")}),
        ("No reportable alterations: BRCA1, PIK3CA.", {("BRCA1.somatic", "negative"), ("PIK3CA.somatic", "negative")}),
        ("ERBB2 amplification; PTEN loss", {("ERBB2.somatic", "amplified"), ("PTEN.somatic", "deleted")}),
        (
            "tBRCA1 mutation detected, gBRCA1 negative",
            {("BRCA1.somatic", "found"), ("BRCA1.germline", "negative")},
        ),
        ("Positive for 6174delT.", {("BRCA2.germline", "pathogenic")}),
        ("BRCA2 c.1234A>G", {("BRCA2.germline", "found")}),
        ("BRCA1 c.123A>G, likely benign variant", {("BRCA1.germline", "negative")}),
    ],
)
def test_results(text: str, expected: set[tuple[str, object]]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "BRCA (Historical): Genetics:",
        "BRCA1/2 Somelab Inc.",
        "Diagnosis: brca, stage II",
        "She meets the criteria for BRCA testing.",
        "She is a candidate for BRCA testing.",
        "If she is BRCA positive, olaparib is an option.",
        "If your test shows a BRCA mutation, ask about your children.",
        "People with a BRCA1 mutation have a higher risk.",
        "A positive BRCA test does not mean cancer.",
        "Is she BRCA negative?",
        "? BRCA positive",
        "Possibly a BRCA1 mutation.",
        "Olaparib is approved for BRCA-mutated cancer.",
        "BRCA mutations are found in 5 % of women.",
        "High risk of a BRCA mutation.",
        "Harmful mutations in BRCA1 and BRCA2",
        "BRCA testing can tell whether you have a mutation",
        "Talazoparib for deleterious BRCA-mutated breast cancer",
        "Positive control: BRCA1",
        "A BRCA1 mutation increases the risk of cancer.",
        "No family history of a BRCA mutation.",
        "BRCA status unknown.",
        "ESR1 positive (Allred 8)",
        "Negative for the familial BRCA2 c.123A>G variant.",
        "PMH: asthma. Margins negative.",
    ],
)
def test_what_is_no_result(text: str) -> None:
    assert not said(text)


@pytest.mark.parametrize(
    ("text", "value", "assertion"),
    [
        ("BRCA testing is pending.", "pending", Assertion.PRESENT),
        ("Her blood was sent for BRCA testing.", "pending", Assertion.PRESENT),
        ("BRCA1: not performed", "not_tested", Assertion.PRESENT),
        ("She declined BRCA testing.", "not_tested", Assertion.PRESENT),
        ("We will order BRCA testing.", "not_tested", Assertion.PLANNED),
        ("Her mother is BRCA positive.", "pathogenic", Assertion.FAMILY),
        ("Aunt tested negative for BRCA1.", "negative", Assertion.FAMILY),
    ],
)
def test_how_it_is_said(text: str, value: str, assertion: Assertion) -> None:
    assert [(f.value, f.assertion) for f in read(text)] == [(value, assertion)]


def test_details_of_a_variant() -> None:
    text = "Gene: BRCA2\nVariant: c.5946delT (p.Ser1982Argfs*22)\nZygosity: heterozygous\nClassification: Pathogenic\n"
    (found,) = read(text)
    assert found.value == "pathogenic"
    assert found.details == {
        "hgvs_c": "c.5946delT",
        "hgvs_p": "p.Ser1982Argfs*22",
        "zygosity": "heterozygous",
        "classification": "pathogenic",
    }


def test_two_variants_of_one_gene_and_their_share() -> None:
    found = read("Guardant360: ESR1 D538G and Y537S detected. PIK3CA E545K 12.4% cfDNA.")
    assert [(f.details["hgvs_p"], f.details.get("vaf_percent")) for f in found] == [
        ("D538G", None),
        ("Y537S", None),
        ("E545K", 12.4),
    ]


def test_the_kind_of_paper_tells_the_origin() -> None:
    assert said("TP53 mutation detected", "genetics") == {("TP53.germline", "pathogenic")}
    assert said("BRCA1 mutation detected", "genomic_assay") == {("BRCA1.somatic", "found")}
    assert said("PIK3CA H1047R (pathogenic)", "genomic_assay") == {("PIK3CA.somatic", "pathogenic")}
    assert not said("BRCA1 mutation detected", "leaflet")


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("c.68_69delAG", {"hgvs_c": "c.68_69delAG"}),
        ("c.7008-2A>T", {"hgvs_c": "c.7008-2A>T"}),
        ("p.(Arg248Trp)", {"hgvs_p": "p.(Arg248Trp)"}),
        ("p.R248W", {"hgvs_p": "p.R248W"}),
        ("Arg248Trp", {"hgvs_p": "Arg248Trp"}),
        ("5382insC", {"name": "5382insC"}),
        ("c.59461eIT", {"name": "c.59461eIT"}),
        ("exon 13 duplication", {"name": "exon 13 duplication"}),
    ],
)
def test_names_of_variants(text: str, details: dict[str, str]) -> None:
    assert [variant.details for variant in variants(text, 0, len(text))] == [details]


@pytest.mark.parametrize("text", ["B272Z", "p.", "c.", "A1", "Room R12", "21-gene"])
def test_what_is_no_variant(text: str) -> None:
    assert not list(variants(text, 0, len(text)))


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("BRCA1/2", [("BRCA1", "BRCA2")]),
        ("BRCA 1 and 2", [("BRCA1", "BRCA2")]),
        ("BRCA I and BRCA II", [("BRCA1", "BRCA2")]),
        ("BRCA", [("BRCA",)]),
        ("brca gene", [("BRCA",)]),
        ("new brca", []),
        ("TCGA-BRCA", []),
        ("BRCA -48 years", [("BRCA",)]),
        ("BRCA 1/3/19", [("BRCA",)]),
    ],
)
def test_names_of_genes(text: str, symbols: list[tuple[str, ...]]) -> None:
    assert [one.symbols for one in named(text, 0, len(text))] == symbols


def test_a_list_goes_on_over_genes_that_are_not_read_but_not_over_variants() -> None:
    text = "APC, ATM, MSH2, and TP53; PIK3CA H1047R, ESR1"
    assert [len(group) for group in lists(text, named(text, 0, len(text)))] == [2, 1, 1]


def test_every_row_has_its_source() -> None:
    assert all(row["source"].startswith("https://") and row["because"] for row in genes().values())
    assert all(row["source"].startswith("https://") and row["gene"] in genes() for row in founders().values())


@pytest.mark.parametrize(
    "junk", ["BRCA1\n", "BRCA1 negative ", "no pathogenic ", "BRCA ABC DEF ", "c.1", "(((((", "VUS "]
)
def test_half_a_megabyte_of_junk_passes(junk: str) -> None:
    begun = time.perf_counter()
    read(junk * (500_000 // len(junk)))
    assert time.perf_counter() - begun < 20
