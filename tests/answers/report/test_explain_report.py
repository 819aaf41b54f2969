"""A report explained: all that is shown is the report's, all that explains is a verified claim, absent stays absent."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from navaid import starter
from navaid.answers.report import FORMATS, Explained, explain, render, worded
from navaid.answers.report.record import Shown
from navaid.answers.report.stands import stands, worked_out
from navaid.answers.report.table import entry, table, words
from navaid.answers.verify import verify
from navaid.errors import BadInput
from navaid.library import Library
from navaid.records.concepts import concepts
from navaid.records.extract.extract import extract
from navaid.records.paper import Page, Paper, Word
from navaid.terms import Assertion, Box, Claim, Facet, Finding, How, Provenance

PAPERS = sorted((Path(__file__).parents[2] / "records" / "papers").glob("*.txt"))
GOLDEN = Path(__file__).parent / "golden_28_post_nac_residual.txt"
TODAY = dt.date(2026, 11, 28)
WITHOUT = {"ar.status"}
"""Concepts of which the library explains nothing: their values are shown, and that none is held is said."""


def paper(text: str, name: str = "report.txt") -> Paper:
    return Paper("FILE:0", name, name, "text/plain", text, (Page(1, 0, len(text), How.PLAIN),))


def explained(library: Library, text: str, name: str = "report.txt") -> Explained:
    return explain(library, paper(text, name), TODAY)


def values(made: Explained) -> list[Shown]:
    return [value for part in made.parts for value in part.values]


def claims(made: Explained) -> list[Claim]:
    found = [claim for part in made.parts for claim in part.about]
    found += [claim for value in values(made) for claim in value.claims]
    found += [word.claim for part in made.parts for word in part.words]
    return [*found, *made.questions]


def value(made: Explained, concept: str) -> Shown:
    return next(value for value in values(made) if value.concept == concept)


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_a_written_paper(path: Path, embedded: Library) -> None:
    text = path.read_text(encoding="utf-8")
    made = explained(embedded, text, path.name)
    findings = {(f.concept, f.source.start, f.source.end): f for f in extract(paper(text)).findings}
    for shown in values(made):
        assert text[shown.start : shown.end] == shown.words
        finding = findings[shown.concept, shown.start, shown.end]
        if not shown.made:  # told as stated: then its number or code is among the words
            assert stands(finding)
            assert not worked_out(finding)
        assert shown.explained or shown.plain or not shown.claims
    for word in (word for part in made.parts for word in part.words):
        assert re.search(re.escape(word.words).replace(r"\ ", r"[\s-]+"), text)
    shown_ids = [claim.id for claim in claims(made)]
    assert len(shown_ids) == len(set(shown_ids)), "a claim is shown once"
    known = {verdict.claim for verdict in made.verdicts if verdict.passed}
    for claim in claims(made):
        assert claim.id in known
        assert verify(embedded, claim).passed
        assert claim.citations
        assert {citation.document for citation in claim.citations} <= {source.document for source in made.sources}
    assert len(made.questions) <= 6
    assert all(claim.facet is Facet.QUESTION_TO_ASK for claim in made.questions)


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_what_is_absent_is_never_told_as_present(path: Path, embedded: Library) -> None:
    text = path.read_text(encoding="utf-8")
    made = explained(embedded, text)
    denied = {
        (f.concept, f.source.start)
        for f in extract(paper(text)).findings
        if f.assertion is Assertion.ABSENT or f.value == "absent"
    }
    page = render(made, "terminal", width=200)
    for shown in values(made):
        if (shown.concept, shown.start) in denied:
            assert shown.absent
            assert re.match(r"not |none|the report says that there is none", shown.value)
            assert f"{shown.label}: {shown.value}" in page
    assert {(value.concept, value.start) for value in values(made) if value.absent} <= denied


def test_the_golden_page(embedded: Library) -> None:
    path = next(path for path in PAPERS if path.stem == GOLDEN.stem.removeprefix("golden_"))
    page = render(explained(embedded, path.read_text(encoding="utf-8"), path.name), "terminal", width=100)
    assert page == GOLDEN.read_text(encoding="utf-8")


def test_absent_comes_first_then_what_it_would_be(embedded: Library) -> None:
    made = explained(
        embedded,
        "SURGICAL PATHOLOGY\nDIAGNOSIS: Invasive ductal carcinoma.\nLymphovascular invasion: not identified.\n",
    )
    page = render(made, "terminal", width=200)
    at = page.index("Lymphovascular invasion: not seen")
    means = page.index(words()["means_absent"], at)
    assert at < means < page.index("cancer cells seen inside", at)
    assert words()["means"] not in page[at:means]


def test_a_word_in_a_sentence_that_says_no_has_that_sentence_with_it(embedded: Library) -> None:
    made = explained(
        embedded,
        "SURGICAL PATHOLOGY\nDIAGNOSIS: Left breast, core biopsy: Fibroadenoma.\nNo atypical ductal hyperplasia.\n",
    )
    word = next(word for part in made.parts for word in part.words if word.claim.id.endswith("ductal-hyperplasia"))
    assert word.denied == "No atypical ductal hyperplasia."
    assert "here in a sentence that says no: “No atypical ductal hyperplasia.”" in render(made, "terminal", width=200)


def test_a_benign_report_is_not_explained_with_cancer_cells(embedded: Library) -> None:
    text = "SURGICAL PATHOLOGY\nDIAGNOSIS: Left breast, core biopsy: Fibroadenoma. ER positive.\n"
    made = explained(embedded, text)
    assert value(made, "diagnosis").value == "benign"
    assert [claim.id for claim in value(made, "er.status").claims] == ["glossary.estrogen-receptor"]
    assert [claim.id for claim in made.questions] == ["pathology-report.explain"]
    cancer = explained(embedded, text.replace("Fibroadenoma", "Invasive ductal carcinoma"))
    assert "glossary.er-positive" in [claim.id for claim in value(cancer, "er.status").claims]


def test_lcis_is_not_explained_with_cancer_cells_either(embedded: Library) -> None:
    path = next(path for path in PAPERS if path.stem == "104_lcis_excision")
    made = explained(embedded, path.read_text(encoding="utf-8"))
    assert "lcis-and-atypia.what-lcis" in [claim.id for claim in claims(made)]
    assert not {"glossary.er-positive", "glossary.close-margin"} & {claim.id for claim in claims(made)}
    assert len(made.questions) == 1


def test_another_cancer_is_not_explained_with_the_breast(embedded: Library) -> None:
    path = next(path for path in PAPERS if path.stem == "22_colon")
    made = explained(embedded, path.read_text(encoding="utf-8"))
    assert words()["other_cancer"] in made.notes
    assert values(made)
    assert not any(value.claims for value in values(made))
    assert not any(part.words for part in made.parts)


def test_a_value_does_not_say_more_than_its_words(embedded: Library) -> None:
    bare = value(explained(embedded, "CLINIC NOTE\nShe has breast cancer on the left side.\n"), "diagnosis")
    assert (bare.value, [claim.id for claim in bare.claims]) == ("breast cancer", ["glossary.breast-cancer"])
    full = value(explained(embedded, "CLINIC NOTE\nShe has invasive breast cancer.\n"), "diagnosis")
    assert full.value == "invasive breast cancer"


def test_a_value_that_was_worked_out_is_said_to_be(embedded: Library) -> None:
    made = explained(
        embedded, "SURGICAL PATHOLOGY\nDIAGNOSIS: invasive ductal carcinoma.\nHER2 by IHC: 1+ (negative)\n"
    )
    assert value(made, "her2.ihc").made == ""
    assert value(made, "her2.level").made == words()["worked_out"]


def test_a_sentence_that_explains_a_term_says_nothing_of_the_person(embedded: Library) -> None:
    path = next(path for path in PAPERS if path.stem == "28_post_nac_residual")
    made = explained(embedded, path.read_text(encoding="utf-8"))  # "By convention, RCB-0 equals pCR"
    told = [value.value for value in values(made) if value.concept == "treatment_effect"]
    assert told == ["spoken of, not said of you: no invasive tumor left"]


def test_an_earlier_specimen_is_kept_apart_from_a_later_one(embedded: Library) -> None:
    path = next(path for path in PAPERS if path.stem == "28_post_nac_residual")
    made = explained(embedded, path.read_text(encoding="utf-8"))
    told = [("measured on an earlier specimen" in v.asides, v.made) for v in values(made) if v.concept == "er.status"]
    assert told == [(True, words()["worked_out"]), (False, "")]


def test_a_leaflet_says_nothing_of_the_person(embedded: Library) -> None:
    path = next(path for path in PAPERS if path.stem == "50_leaflet_her2")
    made = explained(embedded, path.read_text(encoding="utf-8"))
    assert words()["of_nobody"] in made.notes
    assert values(made)
    assert all(value.other and value.value.startswith("spoken of, not said of you: ") for value in values(made))
    assert made.questions == ()


def test_a_scan_that_is_hard_to_read_is_said_to_be(embedded: Library) -> None:
    text = "SURGICAL PATHOLOGY\nDIAGNOSIS: invasive ductal carcinoma, grade 3.\n"
    at = text.index("grade 3")
    box = Box(0, 0, 10, 10)
    scanned = (Word(at, at + 5, box, 0.95), Word(at + 6, at + 7, box, 0.41, "2"))
    page = Page(1, 0, len(text), How.OCR, 100, 100, "px", words=scanned)
    made = explain(embedded, replace(paper(text), pages=(page,)), TODAY)
    doubts = value(made, "grade").doubts
    assert len(doubts) == 2
    assert "41%" in doubts[0]
    assert "“grade 2”" in doubts[1]
    assert words()["unread"].format(count=1) in made.notes
    assert doubts[1] in render(made, "terminal", width=200)


def test_a_value_without_a_claim_says_that_no_explanation_is_held(embedded: Library) -> None:
    made = explained(
        embedded, "SURGICAL PATHOLOGY\nDIAGNOSIS: invasive ductal carcinoma.\nAndrogen receptor: positive\n"
    )
    assert not value(made, "ar.status").explained
    assert words()["unexplained"] in render(made, "terminal", width=200)


def test_a_paper_of_which_nothing_is_read(embedded: Library) -> None:
    made = explained(embedded, "Call the garage on Monday.\n")
    assert words()["nothing"] in made.notes
    assert values(made) == []
    for format in FORMATS:
        assert render(made, format)


def test_hostile_words_stay_words(embedded: Library) -> None:
    made = explained(
        embedded,
        "SURGICAL PATHOLOGY\nFINAL DIAGNOSIS:\nA. BREAST <script>alert(1)</script>, BIOPSY: DCIS\x1b[31m.\n",
        "<b>x</b>.txt",
    )
    html = render(made, "html")
    assert "<script" not in html
    assert "&lt;b&gt;x&lt;/b&gt;" in html
    assert "\x1b" not in render(made, "terminal")
    assert "<b>" not in render(made, "markdown").replace(r"\<b\>", "")


def test_a_format_that_does_not_exist(embedded: Library) -> None:
    with pytest.raises(BadInput, match="no format"):
        render(explained(embedded, "ER positive"), "pdf")


def test_every_concept_is_explained_and_every_claim_of_the_table_exists() -> None:
    data = starter.load()
    ids = {row.id for topic in data.topics for row in topic.claims}
    assert set(concepts()) - set(table().concepts) == WITHOUT
    assert set(table().concepts) <= set(concepts())
    named = {claim for row in table().concepts.values() for claim in (*row.what, *_all(row.values), *_all(row.names))}
    named |= {claim for row in table().concepts.values() for each in row.details.values() for claim in _all(each)}
    named |= {claim for row in table().concepts.values() for claim in (row.ask, *row.asks.values()) if claim}
    named |= {claim for each in table().bare.values() for row in each.values() for claim in row.claims}
    named |= {*_all(table().genes), *table().sections.values(), *_all(table().same)}
    named |= {f"glossary.{word}" for word in (*table().words, *table().same)}
    assert named <= ids


def _all(rows: dict[str, tuple[str, ...]]) -> set[str]:
    return {claim for each in rows.values() for claim in each}


def test_every_value_of_the_table_is_one_of_its_concept() -> None:
    for id_, row in concepts().items():
        if row.kind == "code":
            told = {*entry(id_).values, *entry(id_).asks, *entry(id_).plain_values, *table().bare.get(id_, {})}
            assert told <= set(row.values), id_


@cache
def _ids_of_life() -> re.Pattern[str]:
    return re.compile(r"surviv|prognos|outlook|\bdie[ds]?\b|death|alive|live longer|mortality", re.IGNORECASE)


def test_no_explanation_speaks_of_what_will_come() -> None:
    texts = {row.id: row.text for topic in starter.load().topics for row in topic.claims}
    used = {claim for row in table().concepts.values() for claim in (*row.what, *_all(row.values))}
    used |= {f"glossary.{word}" for word in table().words}
    assert [id_ for id_ in sorted(used) if _ids_of_life().search(texts[id_])] == []


def _finding(concept: str, value: str | float, words: str = "x", **more: object) -> Finding:
    source = Provenance(file="", page=1, start=0, end=len(words), words=words, how=How.PLAIN)
    return replace(Finding(concept=concept, value=value, source=source), **more)


@pytest.mark.parametrize(
    ("finding", "told"),
    [
        (_finding("grade", 2), "2 of 3"),
        (_finding("grade.score", 7), "7 of 9"),
        (_finding("tumour.size", 24.0, unit="mm"), "24 mm"),
        (_finding("tumour.size", 23, details={"qualifier": "least"}), "at least 23 mm"),
        (_finding("er.percent", 0, "ER <1%", details={"comparator": "<"}), "less than 1 %"),
        (_finding("er.percent", 0, "ER less than 5 %", details={"comparator": "<"}), "less than 5 %"),
        (_finding("er.percent", 80, details={"high": 90}), "80 to 90 %"),
        (_finding("clock", 2), "2 o'clock"),
        (_finding("lvi", "absent"), "not seen"),
        (_finding("dcis.present", "absent"), "not seen"),
        (_finding("her2.ish", "pending"), "result not there yet"),
        (_finding("ct", "TX"), "TX: T for the tumor, X for not assessed"),
        (_finding("cn", "N1", details={"prefix": "c"}), "cN1: c for examination and scans; N for the lymph nodes, 1"),
        (_finding("metastasis.site", "bone", assertion=Assertion.ABSENT), "not seen: bone"),
        (_finding("drug", "letrozole", assertion=Assertion.PLANNED), "planned: letrozole"),
        (_finding("family_history", "breast cancer", assertion=Assertion.FAMILY), "breast cancer"),
        (_finding("grade", 3, assertion=Assertion.FAMILY), "in the family: 3 of 3"),
        (_finding("her2.status", "positive", assertion=Assertion.HYPOTHETICAL), "spoken of, not said of you: positive"),
    ],
)  # fmt: skip
def test_values_in_words(finding: Finding, told: str) -> None:
    assert worded.told(finding) == told


@pytest.mark.parametrize(
    ("concept", "value", "said", "there"),
    [
        ("tumour.size", 24, "2.4 cm", True),
        ("tumour.size", 24, "2.5 cm", False),
        ("nodes.positive", 3, "three of twelve nodes", True),
        ("nodes.positive", 4, "1/1", False),
        ("grade", 3, "poorly differentiated", True),
        ("pt", "T1c", "pTlc", True),
        ("pt", "T2", "pT3", False),
        ("stage.group", "IIA", "stage 2A", True),
        ("stage.group", "IIA", "stage 3A", False),
        ("her2.ihc", "2+", "score 2+", True),
    ],
)
def test_whether_a_value_stands_in_its_words(concept: str, value: str | float, said: str, there: bool) -> None:
    assert stands(_finding(concept, value, said, unit="mm" if concept == "tumour.size" else "")) is there
