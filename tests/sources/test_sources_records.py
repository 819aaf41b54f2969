"""Pages, PubMed and ClinicalTrials.gov: each record becomes its document, a broken one is reported."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from navaid.sources import Skipped, clinicaltrials, pages, pubmed
from navaid.terms import Document, Kind, Retraction

Check = Callable[[Document], Document]
_BOUNDED = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def headings(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if block.kind == "heading"]


def lines(*rows: object) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


# ------------------------------------------------------------------------------------ pages

_NCI = {
    "path": "walks/short.md",
    "url": "https://www.cancer.gov/walks/short",
    "title": "'Short Walks - NCI",
    "reviewed": "2025-12-30",
    "text": "# Short Walks - NCI\n\n# Short Walks\n\nPlaceholder slot\n\nTen minutes.[[1](#cit/s.1)]\n",
}


def test_a_page_of_nci_carries_its_credit(skips: list[Skipped], well_formed: Check) -> None:
    (page,) = pages.read_bytes(lines(_NCI), on_skip=skips.append, retrieved=dt.date(2026, 1, 5))
    assert well_formed(page).id == "URL:https://www.cancer.gov/walks/short"
    assert (page.title, page.publisher, page.kind) == ("Short Walks", "National Cancer Institute", Kind.PAGE)
    assert page.text == "Short Walks\n\nTen minutes."
    assert (page.updated, page.retrieved) == (dt.date(2025, 12, 30), dt.date(2026, 1, 5))
    assert page.licence.redistribute
    assert page.retraction is Retraction.UNKNOWN
    assert skips == []


@pytest.mark.parametrize(
    ("url", "title", "kind"),
    [
        ("https://www.cancer.gov/types/walks/hp/walks-pdq", "Walks", Kind.SUMMARY),
        ("https://www.cancer.gov/types/walks/hp/other", "Walks (PDQ®) - NCI", Kind.SUMMARY),
        ("https://www.cancer.gov/publications/pdq/levels", "Levels", Kind.PAGE),
        ("https://cancer.gov.example.org/walks-pdq", "Walks", Kind.PAGE),
    ],
)
def test_pdq_pages_are_summaries(skips: list[Skipped], url: str, title: str, kind: Kind) -> None:
    (page,) = pages.read_bytes(lines({**_NCI, "url": url, "title": title}), on_skip=skips.append)
    assert page.kind is kind
    assert page.licence.redistribute is (".example." not in url)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ('"Walks"', "Walks"),
        ("'Walks: A Start - NCI'", "Walks: A Start"),
        ('"Walks', "Walks"),
        ("A Walker's Day - NCI", "A Walker's Day"),
        ("'What's New in Walks", "What's New in Walks"),
        ('"Walks" and Rests', '"Walks" and Rests'),
        ("", "Short Walks"),
    ],
)
def test_titles_lose_stray_quotes_and_the_site(skips: list[Skipped], written: str, title: str) -> None:
    (page,) = pages.read_bytes(lines({**_NCI, "title": written}), on_skip=skips.append)
    assert page.title == title


def test_a_page_of_another_publisher_is_the_persons_own(skips: list[Skipped], well_formed: Check) -> None:
    row = {"id": "7", "title": "Rest", "text": "Lie down.", "publisher": "The Walking Trust", "date": "2024"}
    odd = {"title": 3, "path": "odd.md", "url": "javascript:alert(1)", "text": "Words."}
    claimed = {"id": "NAVAID:car-t", "title": "Not ours", "text": "Words."}
    first, second, third = pages.read_bytes(lines(row, odd, claimed), on_skip=skips.append)
    assert well_formed(first).publisher == "The Walking Trust"
    assert (first.updated, first.licence.redistribute) == (dt.date(2024, 1, 1), False)
    assert (well_formed(second).title, second.url, second.publisher) == ("odd.md", None, "Your own files")
    assert [page.id[:12] for page in (first, second, third)] == ["FILE:sha256-"] * 3
    assert len({first.id, second.id, third.id}) == 3


def test_a_cut_or_broken_line_is_reported_with_its_number(skips: list[Skipped]) -> None:
    good = [{**_NCI, "url": f"https://www.cancer.gov/{n}"} for n in range(3)]
    data = lines(good[0]) + lines(good[1])[:40] + b"\n\n" + lines(good[1], [1], {"url": "x", "text": ""}, good[2])
    found = list(pages.read_bytes(b"\xef\xbb\xbf" + data + lines(good[0])[:70], where="p.jsonl", on_skip=skips.append))
    assert [page.id[-1] for page in found] == ["0", "1", "2"]
    assert [skip.where for skip in skips] == [f"p.jsonl, line {n}" for n in (2, 5, 6, 8)]
    assert "cut or broken" in skips[0].reason
    assert "not an object" in skips[1].reason
    assert "without text" in skips[2].reason
    assert all(skip.fix for skip in skips)


def test_a_first_line_that_is_cut_does_not_cost_the_others(skips: list[Skipped]) -> None:
    found = list(pages.read_bytes(lines(_NCI)[:50] + b"\n" + lines(_NCI, _NCI), on_skip=skips.append))
    assert len(found) == 2
    assert [skip.where for skip in skips] == ["pages.jsonl, line 1"]


def test_json_over_several_lines_is_one_value(skips: list[Skipped]) -> None:
    for value in (_NCI, [_NCI], [_NCI, _NCI]):
        found = list(pages.read_bytes(json.dumps(value, indent=2).encode(), on_skip=skips.append))
        assert {page.title for page in found} == {"Short Walks"}
    assert skips == []


# ------------------------------------------------------------------------------------ PubMed


def article(pmid: str, *, types: str = "Journal Article", links: str = "", abstract: str = "", date: str = "") -> str:
    date = date or "<PubDate><Year>2021</Year><Month>Mar</Month><Day>7</Day></PubDate>"
    abstract = abstract or "<AbstractText>Walking helped <i>some</i> people.</AbstractText>"
    kinds = "".join(f"<PublicationType UI='D1'>{name}</PublicationType>" for name in types.split("; "))
    corrections = "".join(f"<CommentsCorrections RefType='{link}'/>" for link in links.split())
    return f"""<PubmedArticle><MedlineCitation><PMID Version="1">{pmid}</PMID><Article><Journal><JournalIssue>
{date}</JournalIssue><Title>Journal of Walks</Title></Journal><ArticleTitle>Walks of <sup>10</sup> min.</ArticleTitle>
<Abstract>{abstract}</Abstract><Language>eng</Language><PublicationTypeList>{kinds}</PublicationTypeList></Article>
<CommentsCorrectionsList>{corrections}</CommentsCorrectionsList></MedlineCitation></PubmedArticle>"""


def article_set(*articles: str, doctype: str = "") -> bytes:
    inner = "\n".join(articles)
    return f'<?xml version="1.0"?>{doctype}<PubmedArticleSet>{inner}</PubmedArticleSet>'.encode()


def test_an_article_becomes_its_abstract_under_headings(skips: list[Skipped], well_formed: Check) -> None:
    abstract = (
        '<AbstractText Label="BACKGROUND" NlmCategory="BACKGROUND">Few walk.</AbstractText>'
        '<AbstractText Label="RESULTS">Steps &lt; 100.</AbstractText><CopyrightInformation>©</CopyrightInformation>'
    )
    doctype = '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD" "https://dtd.nlm.nih.gov/ncbi/pubmed.dtd">'
    (document,) = pubmed.read_bytes(
        article_set(article("123", abstract=abstract), doctype=doctype), on_skip=skips.append
    )
    assert well_formed(document).text == "Walks of 10 min.\n\nBackground\n\nFew walk.\n\nResults\n\nSteps < 100."
    assert headings(document) == ["Walks of 10 min.", "Background", "Results"]
    assert (document.id, document.publisher, document.language) == ("PMID:123", "Journal of Walks", "en")
    assert (document.published, document.kind) == (dt.date(2021, 3, 7), Kind.PAGE)
    assert document.retraction is Retraction.NONE
    assert (document.licence.show_quote, document.licence.show_full) == (True, False)
    assert skips == []


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        ("Practice Guideline; Journal Article", Kind.GUIDELINE),
        ("Guideline", Kind.GUIDELINE),
        ("Journal Article; Meta-Analysis; Randomized Controlled Trial", Kind.REVIEW),
        ("Systematic Review", Kind.REVIEW),
        ("Clinical Trial, Phase II", Kind.TRIAL_REPORT),
        ("Randomized Controlled Trial", Kind.TRIAL_REPORT),
        ("Pragmatic Clinical Trial", Kind.TRIAL_REPORT),
        ("Clinical Trial Protocol", Kind.PAGE),
        ("Review", Kind.PAGE),
    ],
)
def test_publication_types_give_the_kind(skips: list[Skipped], types: str, kind: Kind) -> None:
    (document,) = pubmed.read_bytes(article_set(article("1", types=types)), on_skip=skips.append)
    assert document.kind is kind


@pytest.mark.parametrize(
    ("types", "links", "state"),
    [
        ("Retracted Publication", "", Retraction.RETRACTED),
        ("Journal Article", "ErratumIn RetractionIn", Retraction.RETRACTED),
        ("Journal Article", "ErratumIn ExpressionOfConcernIn", Retraction.CONCERN),
        ("Journal Article", "CommentIn ErratumIn", Retraction.CORRECTED),
        ("Retraction of Publication", "RetractionOf", Retraction.NONE),
        ("Published Erratum", "ErratumFor", Retraction.NONE),
    ],
)
def test_retraction_state(skips: list[Skipped], types: str, links: str, state: Retraction) -> None:
    (document,) = pubmed.read_bytes(article_set(article("1", types=types, links=links)), on_skip=skips.append)
    assert document.retraction is state


def test_articles_before_a_break_are_read_and_the_break_is_reported(skips: list[Skipped]) -> None:
    data = article_set(article("1"), article(""), article("2"), article("3"))
    found = list(pubmed.read_bytes(data[: data.rindex(b"<Journal>")], where="p.xml", on_skip=skips.append))
    assert [document.id for document in found] == ["PMID:1", "PMID:2"]
    assert [skip.where.split(",")[1].split()[0] for skip in skips] == ["article", "line"]
    assert "without a PMID" in skips[0].reason
    assert "3 articles" in skips[1].reason


def test_entities_are_refused(skips: list[Skipped]) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    data = article_set(article("1", abstract="<AbstractText>&b;&c;</AbstractText>"), doctype=bomb)
    assert list(pubmed.read_bytes(data, on_skip=skips.append)) == []
    assert "entities" in skips[0].reason


# ------------------------------------------------------------------------------------ trials


def study(nct_id: str = "NCT00000000", **modules: Any) -> dict[str, Any]:
    return {
        "protocolSection": {
            "identificationModule": {"nctId": nct_id, "briefTitle": "Walks after surgery"},
            "statusModule": {
                "overallStatus": "ACTIVE_NOT_RECRUITING",
                "startDateStruct": {"date": "2024-02"},
                "studyFirstPostDateStruct": {"date": "2024-01-05", "type": "ACTUAL"},
                "lastUpdatePostDateStruct": {"date": "2025-06-07", "type": "ESTIMATED"},
            },
            "descriptionModule": {"briefSummary": "Do walks help?\n\nWe ask people."},
            "conditionsModule": {"conditions": ["Being tired"]},
            "designModule": {"phases": ["EARLY_PHASE1", "PHASE2"], "enrollmentInfo": {"count": 40}},
            "armsInterventionsModule": {
                "interventions": [{"type": "BEHAVIORAL", "name": "Walk", "description": "Daily"}],
                "armGroups": [{"label": "Walkers", "type": "EXPERIMENTAL"}],
            },
            "eligibilityModule": {
                "eligibilityCriteria": (
                    "Inclusion Criteria:\n\n* Age \\>= 18\n* Can walk\n\n  * unaided\n\nExclusion Criteria:\n\n* Pain"
                ),
                "minimumAge": "18 Years",
                "sex": "ALL",
                "healthyVolunteers": False,
            },
            "outcomesModule": {"primaryOutcomes": [{"measure": "Steps", "timeFrame": "6 weeks"}]},
            **modules,
        }
    }


def test_a_study_becomes_sections(skips: list[Skipped], well_formed: Check) -> None:
    (document,) = clinicaltrials.read_bytes(json.dumps(study()).encode(), on_skip=skips.append)
    assert well_formed(document).id == "NCT:NCT00000000"
    assert (document.kind, document.title) == (Kind.REGISTRY_RECORD, "Walks after surgery")
    assert (document.published, document.updated) == (dt.date(2024, 1, 5), dt.date(2025, 6, 7))
    assert headings(document) == [
        "Walks after surgery",
        "Status and dates",
        "Brief summary",
        "Conditions",
        "Interventions",
        "Arms",
        "Eligibility",
        "Inclusion Criteria",
        "Exclusion Criteria",
        "Primary outcomes",
    ]
    rest = [(b.kind.value, b.level, document.text[b.start : b.end]) for b in document.blocks if b.kind != "heading"]
    assert ("row", 0, "Status | Active not recruiting") in rest
    assert ("row", 0, "Phase | Early phase 1, Phase 2") in rest
    assert ("row", 0, "Last update posted | 2025-06-07 (estimated)") in rest
    assert ("row", 0, "Accepts healthy volunteers | No") in rest
    assert ("item", 0, "Behavioral: Walk — Daily") in rest
    assert ("item", 0, "Age >= 18") in rest
    assert ("item", 1, "unaided") in rest
    assert ("item", 0, "Steps — Time frame: 6 weeks") in rest
    assert skips == []


@pytest.mark.parametrize(
    "wrap",
    [
        lambda first, second: json.dumps([first, second]).encode(),
        lambda first, second: json.dumps({"studies": [first, second], "nextPageToken": "x"}, indent=1).encode(),
        lambda first, second: lines({"studies": [first], "nextPageToken": "x"}, {"studies": [second]}),
        lambda first, second: json.dumps({"studies": [first, second]}).encode(),
        lambda first, second: lines(first, second),
        lambda first, second: lines({"repo": "a/b", "study": first}, {"study": second}),
    ],
    ids=["list", "answer page", "answer pages, a line each", "answer page on one line", "lines", "wrapped"],
)
def test_studies_in_every_wrapping(skips: list[Skipped], wrap: Callable[..., bytes]) -> None:
    data = wrap(study("NCT00000001"), study("NCT00000002"))
    found = list(clinicaltrials.read_bytes(data, on_skip=skips.append))
    assert [document.id for document in found] == ["NCT:NCT00000001", "NCT:NCT00000002"]
    assert skips == []


def test_a_malformed_study_is_reported_and_the_others_go_on(skips: list[Skipped]) -> None:
    broken = [
        study("NCT1"),
        study(identificationModule={"nctId": "NCT00000009"}),
        study(eligibilityModule=[{"secret": "words of a person"}]),
        {"protocolSection": None},
        {"protocolSection": 5},
        7,
    ]
    data = json.dumps([*broken, study("NCT00000003")]).encode()
    found = list(clinicaltrials.read_bytes(data, where="t.json", on_skip=skips.append))
    assert [document.id for document in found] == ["NCT:NCT00000003"]
    assert [skip.where for skip in skips] == [f"t.json, record {n}" for n in range(1, 7)]
    assert "eligibilityModule" in skips[2].reason
    assert "words of a person" not in str(skips)


# ------------------------------------------------------------------------------------ any bytes

_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["url", "title", "text", "studies", "study", "protocolSection", "id"]), inner)
    ),
    max_leaves=8,
).map(lambda value: json.dumps(value).encode())
_XML = st.lists(
    st.sampled_from(
        ["<PubmedArticleSet>", "<PubmedArticle>", "</PubmedArticle>", "<PMID>1</PMID>", "<!DOCTYPE x>", "&b;"]
    )
    | st.text(max_size=6),
    max_size=12,
).map(lambda parts: "".join(parts).encode("utf-8", "ignore"))


@pytest.mark.parametrize(
    "reader",
    [pages.read_bytes, pubmed.read_bytes, clinicaltrials.read_bytes],
    ids=["pages", "pubmed", "trials"],
)
@given(data=st.binary(max_size=200) | _JSON | _XML | st.lists(_JSON, max_size=4).map(b"\n".join))
@_BOUNDED
def test_any_bytes_give_documents_and_reports(
    well_formed: Check, reader: Callable[..., Iterator[Document]], data: bytes
) -> None:
    skipped: list[Skipped] = []
    found = [well_formed(document) for document in reader(data, on_skip=skipped.append)]
    assert found == list(reader(data, on_skip=lambda skip: None))
    assert all(skip.where and skip.reason for skip in skipped)
