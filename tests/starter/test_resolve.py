"""Sources looked up at their publishers: stored answers on a local server, in the form that each API documents."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs

import pytest
from pytest_httpserver import HTTPServer
from pytest_httpserver.httpserver import QueryMatcher
from typer.testing import CliRunner
from werkzeug import Request, Response

from navaid.errors import BadInput
from navaid.polite import Polite
from navaid.serve import starter as command
from navaid.starter.outcomes import Outcome, Resolved
from navaid.starter.resolve import Places, page_titles, resolve
from navaid.starter.rows import SourceRow
from navaid.terms import Kind

TITLE = "Tumour size and recurrence in HER2-positive breast cancer: a cohort study"
NOWHERE = "http://127.0.0.1:9"  # nothing listens there


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
def polite() -> Iterator[Polite]:
    with Polite(contact="me@example.org", pace=0) as asker:
        yield asker


@pytest.fixture
def places(httpserver: HTTPServer) -> Places:
    base = httpserver.url_for("").rstrip("/")
    return Places(eutils=f"{base}/eutils", trials=f"{base}/trials", crossref=f"{base}/crossref", doi=f"{base}/doi")


def row(id: str, title: str = TITLE, url: str = "https://example.org/") -> SourceRow:
    return SourceRow(id=id, title=title, publisher="P", kind=Kind.PAGE, url=url, licence="-")


def one(rows: SourceRow | list[SourceRow], polite: Polite, places: Places | None = None) -> Resolved:
    (result,) = resolve(rows if isinstance(rows, list) else [rows], polite, places)
    return result


def summary(uid: str, title: str = TITLE, *, pubtype: tuple[str, ...] = ("Journal Article",), pmid: str = "") -> Any:
    ids = [{"idtype": "pubmed", "idtypen": 1, "value": uid}] if not pmid else [{"idtype": "pmid", "value": pmid}]
    return {"uid": uid, "title": title, "pubtype": list(pubtype), "articleids": ids, "authors": [{"name": "A B"}]}


def missing(uid: str) -> Any:
    return {"uid": uid, "error": "cannot get document summary"}


def esummary(httpserver: HTTPServer, db: str, *found: Any, status: int = 200) -> None:
    result = {"uids": [entry["uid"] for entry in found], **{entry["uid"]: entry for entry in found}}
    body = {"header": {"type": "esummary", "version": "0.3"}, "result": result}

    def answer(request: Request) -> Response:
        assert request.args["retmode"] == "json"
        assert (request.args["tool"], request.args["email"]) == ("navaid", "me@example.org")
        return Response(json.dumps(body), status, content_type="application/json; charset=UTF-8")

    httpserver.expect_request("/eutils/esummary.fcgi", query_string=_Db(db)).respond_with_handler(answer)


class _Db(QueryMatcher):
    """Matches a query that asks for one database, whatever its ids."""

    def __init__(self, db: str) -> None:
        self.db = db

    def get_comparing_values(self, request_query_string: bytes) -> tuple[Any, Any]:
        return parse_qs(request_query_string.decode()).get("db"), [self.db]


# --- PubMed


@pytest.mark.parametrize(
    "title",
    [
        TITLE,
        TITLE + ".",
        "Tumor Size and Recurrence in <i>HER2</i>-Positive Breast Cancer: A Cohort Study.",
        "Tumour size &amp; recurrence in &lt;i&gt;HER2&lt;/i&gt;-positive breast cancer: a cohort study",
        "Tumour size and recurrence in HER2-positive breast cancer.",
    ],
    ids=["equal", "dot", "markup", "entities", "no subtitle"],
)
def test_same_title_in_pubmed(httpserver: HTTPServer, polite: Polite, places: Places, title: str) -> None:
    esummary(httpserver, "pubmed", summary("11", title))
    assert one(row("PMID:11"), polite, places) == Resolved(source="PMID:11", outcome=Outcome.SAME)


def test_a_batch_with_one_number_that_pubmed_does_not_have(
    httpserver: HTTPServer, polite: Polite, places: Places
) -> None:
    other = summary("13", "Tumour size and recurrence in HER2-negative breast cancer: a cohort study.")
    taken_back = summary("14", pubtype=("Journal Article", "Retracted Publication"))
    strange = {"uid": "15", "error": "backend is busy"}
    esummary(httpserver, "pubmed", summary("11"), missing("12"), other, taken_back, strange)
    rows = [row(f"PMID:{number}") for number in (11, 12, 13, 14, 15, 16)]
    found = {result.source: result for result in resolve(rows, polite, places)}
    assert {source: result.outcome for source, result in found.items()} == {
        "PMID:11": Outcome.SAME,
        "PMID:12": Outcome.GONE,
        "PMID:13": Outcome.OTHER_TITLE,
        "PMID:14": Outcome.RETRACTED,
        "PMID:15": Outcome.COULD_NOT_LOOK,
        "PMID:16": Outcome.COULD_NOT_LOOK,  # the answer is silent on it, which is not "not found"
    }
    assert "HER2-negative" in found["PMID:13"].note
    assert len(httpserver.log) == 1


def test_more_than_a_hundred_articles_are_asked_for_in_batches(
    httpserver: HTTPServer, polite: Polite, places: Places
) -> None:
    esummary(httpserver, "pubmed", *(summary(str(number)) for number in range(1, 151)))
    found = list(resolve([row(f"PMID:{number}") for number in range(1, 151)], polite, places))
    assert [result.outcome for result in found] == [Outcome.SAME] * 150
    assert [len(request.args["id"].split(",")) for request, _ in httpserver.log] == [100, 50]


@pytest.mark.parametrize("status", [403, 404, 500, 503])
def test_a_service_that_fails_is_no_missing_article(
    httpserver: HTTPServer, polite: Polite, places: Places, status: int
) -> None:
    esummary(httpserver, "pubmed", missing("11"), status=status)
    result = one(row("PMID:11"), polite, places)
    assert result.outcome is Outcome.COULD_NOT_LOOK
    assert str(status) in result.note


@pytest.mark.parametrize(
    "body", ["", "<html>Maintenance</html>", '{"error": "API rate limit exceeded"}', "[" * 100_000]
)
def test_an_answer_of_another_form_is_no_answer(
    httpserver: HTTPServer, polite: Polite, places: Places, body: str
) -> None:
    httpserver.expect_request("/eutils/esummary.fcgi").respond_with_data(body)
    assert one(row("PMID:11"), polite, places).outcome is Outcome.COULD_NOT_LOOK


# --- PubMed Central


def test_pmc(httpserver: HTTPServer, polite: Polite, places: Places) -> None:
    entries = [
        summary("21", pmid="11"),
        missing("22"),
        summary("23", "Another article", pmid="13"),
        summary("24", pmid="14"),
    ]
    esummary(httpserver, "pmc", *entries, summary("25", pmid="0"))
    esummary(
        httpserver, "pubmed", summary("11"), summary("13"), summary("14", pubtype=("Retracted Publication", "Review"))
    )
    found = {r.source: r for r in resolve([row(f"PMC:PMC{number}") for number in range(21, 26)], polite, places)}
    assert [found[f"PMC:PMC{number}"].outcome for number in range(21, 26)] == [
        Outcome.SAME,
        Outcome.GONE,
        Outcome.OTHER_TITLE,
        Outcome.RETRACTED,
        Outcome.SAME,
    ]
    assert found["PMC:PMC21"].note == ""
    assert "could not be looked up" in found["PMC:PMC25"].note  # it has no PMID by which to ask


def test_pmc_without_pubmed_says_that_retraction_was_not_looked_up(
    httpserver: HTTPServer, polite: Polite, places: Places
) -> None:
    esummary(httpserver, "pmc", summary("21", pmid="11"))
    esummary(httpserver, "pubmed", status=503)
    result = one(row("PMC:PMC21"), polite, places)
    assert result.outcome is Outcome.SAME
    assert "could not be looked up" in result.note


def test_pmc_out_of_service(httpserver: HTTPServer, polite: Polite, places: Places) -> None:
    esummary(httpserver, "pmc", status=502)
    assert one(row("PMC:PMC21"), polite, places).outcome is Outcome.COULD_NOT_LOOK


# --- ClinicalTrials.gov


def study(nct_id: str, brief: str = TITLE, official: str = "") -> Any:
    names = {"nctId": nct_id, "briefTitle": brief} | ({"officialTitle": official} if official else {})
    return {"protocolSection": {"identificationModule": names}}


@pytest.mark.parametrize(
    ("brief", "official", "outcome"),
    [
        (TITLE, "", Outcome.SAME),
        ("Size Study", TITLE, Outcome.SAME),
        ("Size Study", "A Phase 2 Study of Size", Outcome.OTHER_TITLE),
        ("", "", Outcome.COULD_NOT_LOOK),
    ],
)
def test_trial(
    httpserver: HTTPServer, polite: Polite, places: Places, brief: str, official: str, outcome: Outcome
) -> None:
    query = {"format": "json", "fields": "NCTId,BriefTitle,OfficialTitle"}
    httpserver.expect_request("/trials/studies/NCT00000001", query_string=query).respond_with_json(
        study("NCT00000001", brief, official)
    )
    assert one(row("NCT:NCT00000001"), polite, places).outcome is outcome


def test_trial_that_is_not_registered(httpserver: HTTPServer, polite: Polite, places: Places) -> None:
    httpserver.expect_request("/trials/studies/NCT99999999").respond_with_data(
        "NCT number NCT99999999 not found", 404, content_type="text/plain"
    )
    assert one(row("NCT:NCT99999999"), polite, places).outcome is Outcome.GONE


def test_trial_merged_into_another(httpserver: HTTPServer, polite: Polite, places: Places) -> None:
    httpserver.expect_request("/trials/studies/NCT00000001").respond_with_data(
        "", 301, {"Location": "/trials/studies/NCT00000002"}
    )
    httpserver.expect_request("/trials/studies/NCT00000002").respond_with_json(study("NCT00000002"))
    result = one(row("NCT:NCT00000001"), polite, places)
    assert result.outcome is Outcome.MOVED
    assert "NCT00000002" in result.note


@pytest.mark.parametrize(("status", "media"), [(404, "text/html"), (400, "text/plain"), (403, "text/html"), (500, "")])
def test_trial_nobody_could_look_for(
    httpserver: HTTPServer, polite: Polite, places: Places, status: int, media: str
) -> None:
    httpserver.expect_request("/trials/studies/NCT00000001").respond_with_data("no", status, content_type=media)
    assert one(row("NCT:NCT00000001"), polite, places).outcome is Outcome.COULD_NOT_LOOK


# --- DOI


def work(httpserver: HTTPServer, doi: str = "10.1000/x.1", **fields: Any) -> None:
    message = {"DOI": doi, "title": [TITLE], "type": "journal-article", "author": [{"family": "B"}]} | fields
    body = {"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": message}
    httpserver.expect_request("/crossref/works/10.1000/x.1").respond_with_json(body)


def update(type: str) -> Any:
    return {"DOI": "10.1000/notice", "type": type, "label": type.title(), "source": "retraction-watch"}


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({}, Outcome.SAME),
        ({"DOI": "10.1000/X.1"}, Outcome.SAME),
        ({"title": [TITLE.split(":")[0].replace(" and", "\n  and")], "subtitle": ["A Cohort Study"]}, Outcome.SAME),
        ({"title": [TITLE.replace("breast", "gastric")]}, Outcome.OTHER_TITLE),
        ({"updated-by": [update("correction")]}, Outcome.SAME),
        ({"updated-by": [update("correction"), update("retraction")]}, Outcome.RETRACTED),
        ({"updated-by": [update("withdrawal")]}, Outcome.RETRACTED),
        ({"title": [f"RETRACTED: {TITLE}"]}, Outcome.RETRACTED),
        ({"title": [f"RETRACTED ARTICLE: {TITLE}"]}, Outcome.RETRACTED),
        ({"title": []}, Outcome.COULD_NOT_LOOK),
        ({"DOI": "10.1000/x.2"}, Outcome.MOVED),
    ],
)  # fmt: skip
def test_doi(httpserver: HTTPServer, polite: Polite, places: Places, fields: Any, outcome: Outcome) -> None:
    work(httpserver, **fields)
    assert one(row("DOI:10.1000/x.1"), polite, places).outcome is outcome


def test_expression_of_concern_is_shown(httpserver: HTTPServer, polite: Polite, places: Places) -> None:
    work(httpserver, **{"updated-by": [update("expression_of_concern")]})
    result = one(row("DOI:10.1000/x.1"), polite, places)
    assert (result.outcome, result.note) == (Outcome.SAME, "Crossref notes an expression of concern")


def not_in_crossref(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/crossref/works/10.1000/x.1").respond_with_data(
        "Resource not found.", 404, content_type="text/plain"
    )


def test_doi_that_nobody_knows(httpserver: HTTPServer, polite: Polite, places: Places) -> None:
    not_in_crossref(httpserver)
    httpserver.expect_request("/doi/10.1000/x.1").respond_with_data("DOI Not Found", 404, content_type="text/html")
    assert one(row("DOI:10.1000/x.1"), polite, places).outcome is Outcome.GONE


@pytest.mark.parametrize(
    ("doi", "outcome"), [("10.1000/x.1", Outcome.SAME), ("10.1000/x.2", Outcome.MOVED)], ids=["agency", "alias"]
)
def test_doi_that_another_agency_knows(
    httpserver: HTTPServer, polite: Polite, places: Places, doi: str, outcome: Outcome
) -> None:
    not_in_crossref(httpserver)
    csl = "application/vnd.citationstyles.csl+json"
    httpserver.expect_request("/doi/10.1000/x.1", headers={"Accept": csl}).respond_with_data(
        "", 302, {"Location": "/agency/x"}
    )
    httpserver.expect_request("/agency/x").respond_with_json({"DOI": doi, "title": TITLE, "type": "article"})
    result = one(row("DOI:10.1000/x.1"), polite, places)
    assert result.outcome is outcome
    assert "Crossref does not hold it" in result.note


def test_doi_whose_agency_has_nothing_to_show(httpserver: HTTPServer, polite: Polite, places: Places) -> None:
    not_in_crossref(httpserver)
    httpserver.expect_request("/doi/10.1000/x.1").respond_with_data("", 302, {"Location": "/agency/x"})
    assert one(row("DOI:10.1000/x.1"), polite, places).outcome is Outcome.COULD_NOT_LOOK


@pytest.mark.parametrize("status", [403, 500, 504])
def test_doi_nobody_could_look_for(httpserver: HTTPServer, polite: Polite, places: Places, status: int) -> None:
    httpserver.expect_request("/crossref/works/10.1000/x.1").respond_with_data("no", status)
    assert one(row("DOI:10.1000/x.1"), polite, places).outcome is Outcome.COULD_NOT_LOOK


# --- pages


@pytest.fixture
def open_site(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data("no such file", 404)


def page(httpserver: HTTPServer, html: str | bytes, path: str = "/page", **how: Any) -> SourceRow:
    httpserver.expect_request(path).respond_with_data(html, **({"content_type": "text/html; charset=utf-8"} | how))
    return row(f"URL:{path}", "Arm care after surgery", url=httpserver.url_for(path))


@pytest.mark.usefixtures("open_site")
@pytest.mark.parametrize(
    ("html", "outcome"),
    [
        ("<title>Arm care after surgery</title>", Outcome.SAME),
        ("<title>\n ARM CARE after&nbsp;surgery &ndash; A Clinic | Home</title>", Outcome.SAME),
        ("<title>A Clinic | Arm Care After Surgery</title>", Outcome.SAME),
        ("<title>Arm Care After Surgery|A Clinic</title>", Outcome.SAME),
        (f"<title>{'Arm care | ' * 50_000}</title>", Outcome.OTHER_TITLE),
        ("<title>A Clinic</title><h1>Arm care <em>after</em> surgery.</h1>", Outcome.SAME),
        ('<title>Home</title><meta property="og:title" content="Arm care after surgery">', Outcome.SAME),
        ("<svg><title>Arm care after surgery</title></svg><title>Hand care</title>", Outcome.OTHER_TITLE),
        ("<title>Arm care before surgery | A Clinic</title>", Outcome.OTHER_TITLE),
        ("<title>Page not found | A Clinic</title>", Outcome.OTHER_TITLE),
        ("<title>Retracted: Arm care after surgery</title>", Outcome.RETRACTED),
        ("<title>Just a moment...</title>", Outcome.COULD_NOT_LOOK),
        ("<p>no title</p>", Outcome.COULD_NOT_LOOK),
        ("", Outcome.COULD_NOT_LOOK),
    ],
)
def test_page(httpserver: HTTPServer, polite: Polite, html: str, outcome: Outcome) -> None:
    assert one(page(httpserver, html), polite).outcome is outcome


@pytest.mark.usefixtures("open_site")
def test_page_in_another_encoding(httpserver: HTTPServer, polite: Polite) -> None:
    source = page(httpserver, "<title>Café</title>".encode("latin-1"), content_type="text/html; charset=iso-8859-1")
    assert one(row(source.id, "Café", source.url), polite).outcome is Outcome.SAME


@pytest.mark.usefixtures("open_site")
@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (404, Outcome.GONE),
        (410, Outcome.GONE),
        (401, Outcome.COULD_NOT_LOOK),
        (403, Outcome.COULD_NOT_LOOK),
        (451, Outcome.COULD_NOT_LOOK),
        (500, Outcome.COULD_NOT_LOOK),
        (503, Outcome.COULD_NOT_LOOK),
    ],
)
def test_page_status(httpserver: HTTPServer, polite: Polite, status: int, outcome: Outcome) -> None:
    assert one(page(httpserver, "<title>Oh</title>", status=status), polite).outcome is outcome


@pytest.mark.usefixtures("open_site")
def test_page_that_is_no_html(httpserver: HTTPServer, polite: Polite) -> None:
    result = one(page(httpserver, b"%PDF-1.7", content_type="application/pdf"), polite)
    assert result.outcome is Outcome.COULD_NOT_LOOK
    assert "application/pdf" in result.note


@pytest.mark.usefixtures("open_site")
@pytest.mark.parametrize(
    ("to", "html", "outcome"),
    [
        ("/new/place", "<title>Arm care after surgery</title>", Outcome.MOVED),
        ("/page/", "<title>Arm care after surgery</title>", Outcome.SAME),
        ("/page?lang=en", "<title>Arm care after surgery</title>", Outcome.SAME),
        ("/home", "<title>A Clinic</title>", Outcome.OTHER_TITLE),
    ],
)
def test_page_that_redirects(httpserver: HTTPServer, polite: Polite, to: str, html: str, outcome: Outcome) -> None:
    httpserver.expect_oneshot_request("/page").respond_with_data("", 301, {"Location": to})
    httpserver.expect_request(to.partition("?")[0]).respond_with_data(html, content_type="text/html")
    result = one(row("URL:x", "Arm care after surgery", httpserver.url_for("/page")), polite)
    assert result.outcome is outcome
    assert (to in result.note) == (outcome is not Outcome.SAME)


@pytest.mark.usefixtures("open_site")
def test_page_that_redirects_to_a_missing_one_is_gone(httpserver: HTTPServer, polite: Polite) -> None:
    source = page(httpserver, "", status=302, headers={"Location": "/lost"})
    page(httpserver, "no", "/lost", status=404)
    assert one(source, polite).outcome is Outcome.GONE


@pytest.mark.usefixtures("open_site")
@pytest.mark.parametrize("to", ["/page", "ftp://example.org/x", "http://[", "http:///x"])
def test_page_that_redirects_nowhere(httpserver: HTTPServer, polite: Polite, to: str) -> None:
    source = page(httpserver, "", status=302, headers={"Location": to})
    assert one(source, polite).outcome is Outcome.COULD_NOT_LOOK


def test_robots_txt_is_obeyed_and_asked_for_once(httpserver: HTTPServer, polite: Polite) -> None:
    page(httpserver, "User-agent: *\nDisallow: /private\n", "/robots.txt", content_type="text/plain")
    closed, open_ = page(httpserver, "", "/private/a"), page(httpserver, "<title>Arm care after surgery</title>", "/b")
    first, second = resolve([closed, open_], polite)
    assert (first.outcome, second.outcome) == (Outcome.COULD_NOT_LOOK, Outcome.SAME)
    assert "robots.txt" in first.note
    assert [request.path for request, _ in httpserver.log] == ["/robots.txt", "/b"]


def test_robots_txt_that_cannot_be_read_closes_the_site(httpserver: HTTPServer, polite: Polite) -> None:
    page(httpserver, "", "/robots.txt", status=500)
    assert one(page(httpserver, "<title>Arm care after surgery</title>"), polite).outcome is Outcome.COULD_NOT_LOOK
    assert {request.path for request, _ in httpserver.log} == {"/robots.txt"}


@pytest.mark.usefixtures("open_site")
def test_long_page_is_cut_and_long_json_refused(httpserver: HTTPServer, polite: Polite, places: Places) -> None:
    source = page(httpserver, "<title>Arm care after surgery</title>" + "<p>x" * 500_000)
    assert one(source, polite).outcome is Outcome.SAME
    httpserver.expect_request("/trials/studies/NCT00000001").respond_with_data(b" " * 9_000_000)
    result = one(row("NCT:NCT00000001"), polite, places)
    assert result.outcome is Outcome.COULD_NOT_LOOK
    assert "longer than" in result.note


def test_page_titles_of_what_is_no_page() -> None:
    assert page_titles(b"\x00\xff") == []
    assert page_titles(b"<title>A</title>" + b"<div>" * 100_000) == ["A"]
    assert page_titles(b"<title>A</title>", "no-such-charset") == []


# --- politeness


def handler(*answers: Response) -> Callable[[Request], Response]:
    left = list(answers)
    return lambda request: left.pop(0) if len(left) > 1 else left[0]


def test_429_is_obeyed_and_tried_again(httpserver: HTTPServer, polite: Polite, places: Places) -> None:
    slow_down = Response("Too many requests", 429, {"Retry-After": "1"}, content_type="text/plain")
    found = Response(json.dumps(study("NCT00000001")), content_type="application/json")
    httpserver.expect_request("/trials/studies/NCT00000001").respond_with_handler(handler(slow_down, found))
    began = time.monotonic()
    assert one(row("NCT:NCT00000001"), polite, places).outcome is Outcome.SAME
    assert time.monotonic() - began >= 1.0
    assert len(httpserver.log) == 2


def test_429_that_asks_for_an_hour_is_left_alone(httpserver: HTTPServer, polite: Polite, places: Places) -> None:
    httpserver.expect_request("/trials/studies/NCT00000001").respond_with_data("", 429, {"Retry-After": "3600"})
    assert one(row("NCT:NCT00000001"), polite, places).outcome is Outcome.COULD_NOT_LOOK
    assert len(httpserver.log) == 1


def test_429_may_name_a_date(httpserver: HTTPServer, polite: Polite, places: Places) -> None:
    past, future = "Wed, 21 Oct 2015 07:28:00 GMT", "Fri, 31 Dec 2199 23:59:59 GMT"
    found = Response(json.dumps(study("NCT00000001")), content_type="application/json")
    answers = (Response("", 429, {"Retry-After": past}), Response("", 429, {"Retry-After": "soon"}), found)
    httpserver.expect_request("/trials/studies/NCT00000001").respond_with_handler(handler(*answers))
    httpserver.expect_request("/trials/studies/NCT00000002").respond_with_data("", 429, {"Retry-After": future})
    outcomes = [result.outcome for result in resolve([row("NCT:NCT00000001"), row("NCT:NCT00000002")], polite, places)]
    assert outcomes == [Outcome.SAME, Outcome.COULD_NOT_LOOK]
    assert len(httpserver.log) == 3 + 1


@pytest.mark.usefixtures("open_site")
def test_an_answer_that_never_ends_is_given_up(
    httpserver: HTTPServer, polite: Polite, monkeypatch: pytest.MonkeyPatch
) -> None:
    def drip(_: Request) -> Response:
        return Response((time.sleep(0.05) or b"<p>x" for _ in range(100)), content_type="text/html")

    monkeypatch.setattr("navaid.polite._MOST_SECONDS", 0.3)
    httpserver.expect_request("/page").respond_with_handler(drip)
    began = time.monotonic()
    result = one(row("URL:x", url=httpserver.url_for("/page")), polite)
    assert result.outcome is Outcome.COULD_NOT_LOOK
    assert time.monotonic() - began < 3


def test_a_passing_fault_is_tried_again(httpserver: HTTPServer, polite: Polite, places: Places) -> None:
    found = Response(json.dumps(study("NCT00000001")), content_type="application/json")
    httpserver.expect_request("/trials/studies/NCT00000001").respond_with_handler(handler(Response("", 503), found))
    assert one(row("NCT:NCT00000001"), polite, places).outcome is Outcome.SAME


def test_a_host_that_keeps_failing_is_not_asked_on_and_on(
    httpserver: HTTPServer, polite: Polite, places: Places
) -> None:
    httpserver.expect_request("/trials/studies").respond_with_data("", 500)
    found = list(resolve([row(f"NCT:NCT0000000{n}") for n in range(9)], polite, places))
    assert {result.outcome for result in found} == {Outcome.COULD_NOT_LOOK}
    assert len(httpserver.log) == 3 * 3  # three sources, three tries each
    assert "not asked again" in found[-1].note


def test_pauses_and_user_agent(httpserver: HTTPServer, places: Places) -> None:
    now, slept = [0.0], list[float]()

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    for number in range(3):
        httpserver.expect_request(f"/trials/studies/NCT0000000{number}").respond_with_json(study(f"NCT0000000{number}"))
    with Polite(contact="me@example.org", clock=lambda: now[0], sleep=sleep) as polite:
        list(resolve([row(f"NCT:NCT0000000{number}") for number in range(3)], polite, places))
    assert slept == [1.0, 1.0]
    agent = httpserver.log[0][0].headers["User-Agent"]
    assert agent.startswith("navaid/")
    assert "me@example.org" in agent


def test_crawl_delay_is_kept(httpserver: HTTPServer) -> None:
    now, slept = [0.0], list[float]()
    page(httpserver, "User-agent: *\nCrawl-delay: 7\n", "/robots.txt", content_type="text/plain")
    rows = [page(httpserver, "<title>Arm care after surgery</title>", path) for path in ("/a", "/b")]

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    with Polite(clock=lambda: now[0], sleep=sleep) as polite:
        assert [result.outcome for result in resolve(rows, polite)] == [Outcome.SAME] * 2
    assert slept == [1.0, 7.0]


def test_a_run_ends_when_its_time_is_up(httpserver: HTTPServer, places: Places) -> None:
    httpserver.expect_request("/trials/studies/NCT00000001").respond_with_json(study("NCT00000001"))
    ticks = iter(range(100))
    with Polite(pace=0, most_seconds=4, clock=lambda: float(next(ticks))) as polite:
        found = list(resolve([row("NCT:NCT00000001")] * 9, polite, places))
    assert 0 < len(found) < 9


# --- the command


def test_the_command_counts_and_names_what_to_mend(
    httpserver: HTTPServer, polite: Polite, places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    esummary(httpserver, "pubmed", summary("11"), missing("12"), summary("13", "Its \x1b[31mother name"))
    assert command.ask_publishers([row(f"PMID:{number}") for number in (11, 12, 13)], polite, places) == 1
    said = capsys.readouterr().out
    assert said.splitlines() == [
        "MEND  PMID:12: gone (NCBI has no article of this number)",
        "MEND  PMID:13: other title (its title there is “Its [31mother name”)",
        "3 sources: 1 same, 1 other title, 0 moved, 1 gone, 0 retracted, 0 could not look",
    ]


def test_what_only_wants_a_look_does_not_fail(
    httpserver: HTTPServer, polite: Polite, places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    esummary(httpserver, "pubmed", status=503)
    work(httpserver, DOI="10.1000/x.2")
    assert command.ask_publishers([row("PMID:11"), row("DOI:10.1000/x.1")], polite, places) == 0
    said = capsys.readouterr().out
    assert "look  DOI:10.1000/x.1: moved (now at 10.1000/x.2)" in said
    assert "1 moved, 0 gone, 0 retracted, 1 could not look" in said
    assert "nothing was compared" not in said


def test_offline_nothing_is_called_gone(polite: Polite, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [row("PMID:1"), row("PMC:PMC1"), row("NCT:NCT00000001"), row("DOI:10.1000/x.1")]
    rows += [row(f"URL:{n}", url=f"http://127.0.0.{n}:9/page") for n in range(1, 8)]
    places = Places(eutils=NOWHERE, trials=NOWHERE, crossref="http://127.0.0.2:9", doi=NOWHERE)
    assert command.ask_publishers(rows, polite, places) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].endswith("0 gone, 0 retracted, 11 could not look")
    assert said[1].startswith("No publisher could be reached from this machine, so nothing was compared.")
    assert len(said) == 2


def test_offline_is_said_for_one_kind_too(polite: Polite, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.ask_publishers([row("PMID:1"), row("PMID:2")], polite, Places(eutils=NOWHERE)) == 0
    assert "No publisher could be reached" in capsys.readouterr().out


def test_a_host_that_only_fails_was_reached(
    httpserver: HTTPServer, polite: Polite, places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    esummary(httpserver, "pubmed", status=503)
    rows = [row("PMID:1"), row("URL:x", url=f"{NOWHERE}/page")]
    assert command.ask_publishers(rows, polite, places) == 0
    said = capsys.readouterr().out
    assert "No publisher could be reached" not in said
    assert said.count("look  ") == 2


def test_ctrl_c_leaves_what_was_found(
    httpserver: HTTPServer, places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    def ctrl_c(_: float) -> None:
        raise KeyboardInterrupt

    httpserver.expect_request("/trials/studies/NCT00000001").respond_with_json(study("NCT00000002"))
    with Polite(sleep=ctrl_c) as polite:
        assert command.ask_publishers([row("NCT:NCT00000001"), row("NCT:NCT00000003")], polite, places) == 130
    said = capsys.readouterr().out
    assert "look  NCT:NCT00000001: moved" in said
    assert "not asked for: 1 " in said


def test_options_choose_what_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def ask(rows: list[SourceRow], polite: Polite) -> int:
        asked.extend(source.id for source in rows)
        assert polite.contact == "me@example.org"
        return 0

    monkeypatch.setattr(command, "ask_publishers", ask)
    arguments = ["check", "--online", "--kind", "nct", "--kind", "DOI", "--limit", "40", "--email", "me@example.org"]
    done = CliRunner().invoke(command.app, arguments)
    assert done.exit_code == 0, done.output
    assert {id.partition(":")[0] for id in asked} == {"NCT", "DOI"}
    assert len(asked) == 40
    assert "left out by --limit: " in done.output


@pytest.mark.parametrize("arguments", [["--kind", "PMID"], ["--email", "a@b"], ["--online", "--email", "a b\nX: y"]])
def test_options_that_make_no_sense(arguments: list[str]) -> None:
    done = CliRunner().invoke(command.app, ["check", *arguments])
    assert isinstance(done.exception, BadInput)
    assert done.exception.fix


def test_the_default_command_does_not_load_what_asks_the_network() -> None:
    code = "import sys, navaid.serve.starter; sys.exit(bool({'httpx2', 'stamina'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
