"""Trials: found and grouped, held against papers or a few words, kept, printed, fetched after a person agreed."""

from __future__ import annotations

import html
import json
import logging
import re
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from starlette.testclient import TestClient
from tests.serve.web.conftest import Post, send, token
from tests.trials.made_up import record, site

from navaid import journeys, polite
from navaid.models import outbox
from navaid.records.export.summary import NoPdf
from navaid.serve.web.desk import Desk
from navaid.serve.web.pages import trials_study
from navaid.sources import registry

ABOUT = "A 52-year-old woman, HER2-negative, ECOG 1."
FITS, MAY, NOT = "NCT00000001", "NCT00000002", "NCT00000003"
LYON, PARIS = site("Lyon", "France", 45.75, 4.85, "RECRUITING"), site("Paris", "France", 48.85, 2.35, "RECRUITING")


def plain(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


@pytest.fixture
def held(desk: Desk, tmp_path: Path) -> Path:
    """Three studies: one that fits, one that may, one that does not."""
    file = tmp_path / "records.json"
    rows = [
        record(1, "A vaccine for many", criteria="Inclusion Criteria:\n\n* HER2-negative", sites=(LYON,)),
        record(2, "A vaccine for some", criteria="Inclusion Criteria:\n\n* LVEF of 50% or more", sites=(PARIS,)),
        record(3, "A vaccine for few", criteria="Inclusion Criteria:\n\n* HER2-positive", sites=(PARIS,)),
    ]
    file.write_text(json.dumps(rows))
    with desk.trials() as store:
        journeys.add_trials(store, [file])
    return file


def search(client: TestClient, post: Post, desk: Desk, **fields: str) -> str:
    """Searches, and gives the page of what was found."""
    answer = post(client, "/trials/find", page="/trials", **fields)
    assert answer.status_code == 303, answer.text
    page = answer.headers["location"]
    for job in desk.jobs._held.values():
        assert job.wait(30)
    shown = client.get(page)
    assert shown.status_code in (200, 400), shown.headers
    return shown.text


def test_with_no_studies_the_page_says_so_and_how_to_fetch(client: TestClient) -> None:
    shown = client.get("/trials").text
    assert "No studies are kept on this machine yet" in shown
    assert 'href="/trials/fetch"' in shown


def test_the_embedded_table_is_there_meanwhile(client: TestClient, post: Post, desk: Desk) -> None:
    shown = search(client, post, desk, words="CAR-T")
    assert "none were looked through" in shown
    assert "From the table that comes with Navaid" in shown
    assert "Seen on" in shown


def test_studies_are_grouped_by_how_they_fit_with_why(client: TestClient, post: Post, desk: Desk, held: Path) -> None:
    shown = search(client, post, desk, words="vaccine", about=ABOUT)
    places = [shown.index(id_) for id_ in (FITS, MAY, NOT)]
    assert places == sorted(places)
    said = plain(shown)
    for words in ("Seems to fit (1)", "May fit (1)", "Does not seem to fit (1)", "Against it: HER2-positive"):
        assert words in said
    assert "posted by the registry on 2026-10-01" in said
    only = re.search(r'href="(/trials/found/[^"]+\?show=not)"', shown)
    assert only
    alone = client.get(only[1]).text
    assert NOT in alone
    assert FITS not in alone


def test_open_records_are_what_studies_are_held_against(
    unlocked: TestClient, post: Post, desk: Desk, held: Path
) -> None:
    assert 'name="about"' not in unlocked.get("/trials").text
    said = plain(search(unlocked, post, desk, words="vaccine"))
    assert "Each was held against your papers" in said
    study = plain(unlocked.get(f"/trials/{NOT}").text)
    assert "Does not seem to fit" in study
    assert "Your pathology report of 3 February 2026" in study


def test_without_papers_or_words_nothing_is_said_to_fit(client: TestClient, post: Post, desk: Desk, held: Path) -> None:
    said = plain(search(client, post, desk, words="vaccine"))
    assert "fit (" not in said
    assert "has not been held against anybody" in plain(client.get(f"/trials/{FITS}").text)


def test_what_was_written_about_oneself_is_in_no_address_and_no_log(
    client: TestClient, post: Post, desk: Desk, held: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = post(client, "/trials/find", page="/trials", words="vaccine", near="Lyon, France", about=ABOUT)
    assert "52" not in re.sub(r"/trials/found/[\w-]+", "", answer.headers["location"])
    client.get(answer.headers["location"])
    assert "HER2" not in caplog.text
    assert "Lyon" not in caplog.text
    other = TestClient(client.app, base_url=str(client.base_url), follow_redirects=False)
    assert other.get(answer.headers["location"]).status_code == 303
    assert "Lyon" not in other.get("/trials").text


def test_distances_are_told_and_the_list_is_cut_by_them(client: TestClient, post: Post, desk: Desk, held: Path) -> None:
    said = plain(search(client, post, desk, words="vaccine", near="Lyon, France"))
    assert "Nearest open site: Lyon, France, 0 km" in said
    assert re.search(r"Paris, France, 39\d km", said)
    near = search(client, post, desk, words="vaccine", near="Lyon, France", within="50")
    assert FITS in near
    assert MAY not in near


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"near": "Xyzzyville"}, "no place is known"),
        ({"near": "Lyon, France", "within": "far"}, "that is no distance"),
        ({"within": "50"}, "not said from where"),
        ({"drug": "moonshine"}, "one drug"),
    ],
)
def test_what_cannot_be_searched_for_is_said_beside_the_form_which_keeps_all(
    client: TestClient, post: Post, desk: Desk, held: Path, fields: dict[str, str], words: str
) -> None:
    shown = search(client, post, desk, words="vaccine", about=ABOUT, **fields)
    assert words in plain(shown).lower()
    assert 'value="vaccine"' in shown
    assert ABOUT in html.unescape(shown)
    for value in fields.values():
        assert value in html.unescape(shown)
    assert "--near" not in shown
    assert "pip install" not in shown


def test_each_statement_has_its_words_how_it_stands_and_what_to_ask(
    unlocked: TestClient, post: Post, held: Path
) -> None:
    shown = unlocked.get(f"/trials/{MAY}").text
    said = plain(shown)
    assert "LVEF of 50% or more" in said
    assert '<span class="state state-open">Not known</span>' in shown
    assert "To ask:" in said
    question = re.search(r'name="text" value="([^"]+)"', shown)
    assert question
    post(unlocked, "/visit/add", text=html.unescape(question[1]), back=f"/trials/{MAY}")
    assert f"About the study {MAY}, which says “LVEF of 50% or more”:" in plain(unlocked.get("/visit").text)


def test_a_study_is_kept_with_the_papers_and_let_go(unlocked: TestClient, post: Post, held: Path) -> None:
    assert post(unlocked, f"/trials/{MAY}/keep").headers["location"] == f"/trials/{MAY}"
    assert "No longer keep it" in unlocked.get(f"/trials/{MAY}").text
    post(unlocked, "/visit/prepare")
    assert MAY in unlocked.get("/visit").text
    post(unlocked, f"/trials/{MAY}/drop")
    assert "Keep this study" in unlocked.get(f"/trials/{MAY}").text


def test_one_page_for_the_oncologist(
    unlocked: TestClient, client: TestClient, held: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = unlocked.get(f"/trials/{MAY}/page.html")
    assert "A trial to talk about" in page.text
    assert "unsafe-inline" not in page.headers["content-security-policy"].replace("style-src 'unsafe-inline'", "")

    def none(*_: object) -> bytes:
        raise NoPdf("no PDF", where="here", fix="install it")

    monkeypatch.setattr(trials_study.html, "summary_pdf", none)
    shown = unlocked.get(f"/trials/{MAY}/page.pdf")
    assert f"/trials/{MAY}/page.html" in shown.text


def test_a_page_needs_somebody_to_hold_the_study_against(client: TestClient, held: Path) -> None:
    answer = client.get(f"/trials/{MAY}/page.html")
    assert answer.status_code == 400
    assert "open your records" in answer.text


def test_a_study_that_is_not_kept_says_nothing_about_whether_it_exists(client: TestClient) -> None:
    shown = client.get("/trials/NCT09999999").text
    assert "says nothing about whether the study exists" in shown
    assert "/trials/fetch?id=NCT09999999" in shown
    known = client.get("/trials/NCT04020575").text
    assert "What the table that comes with Navaid says" in known
    assert re.search(r'Source: <a href="https://[^"]+"', known)
    assert client.get("/trials/none").status_code == 404


def test_a_damaged_file_of_trials_is_said_with_what_to_do(client: TestClient, desk: Desk, held: Path) -> None:
    (desk.trials_folder / "trials.db").write_bytes(b"this is no database at all" * 400)
    for name in ("trials.db-wal", "trials.db-shm"):
        (desk.trials_folder / name).unlink(missing_ok=True)
    answer = client.get("/trials")
    assert answer.status_code == 400
    assert "damaged" in answer.text


# --------------------------------------------------------------------------- fetching


@pytest.fixture
def quick_registry(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> HTTPServer:
    """The registry, as a server on this machine, asked without a pause."""
    monkeypatch.setattr(registry, "API", httpserver.url_for("/api/v2"))
    monkeypatch.setattr(polite.Polite, "_await_turn", lambda self, host, pause_s: None)
    return httpserver


def test_what_would_be_sent_is_shown_to_the_letter_and_nothing_is_sent_yet(
    client: TestClient, post: Post, desk: Desk, quick_registry: HTTPServer
) -> None:
    shown = post(client, "/trials/fetch/check", page="/trials/fetch", condition="breast cancer", near="Lyon").text
    assert "query.cond=breast cancer&amp;query.locn=Lyon" in shown
    assert "Nothing of your papers" in shown
    assert not quick_registry.log
    assert not outbox.read(desk.settings.home_path)


def test_after_agreeing_records_come_and_what_left_is_logged(
    client: TestClient, post: Post, desk: Desk, quick_registry: HTTPServer
) -> None:
    rows = [record(7, "Fetched from afar", criteria="Inclusion Criteria:\n\n* Adults")]
    quick_registry.expect_request("/api/v2/studies").respond_with_json({"studies": rows, "totalCount": 1})
    assert post(client, "/trials/fetch/start", page="/trials/fetch", condition="x").status_code == 400
    assert not quick_registry.log
    answer = post(client, "/trials/fetch/start", page="/trials/fetch", condition="breast cancer", agreed="yes")
    page = answer.headers["location"]
    assert desk.jobs._held[page.rpartition("/")[2]].wait(30)
    said = plain(client.get(page).text)
    assert "Done." in said
    assert "1 new" in said
    assert [sent.text for sent in outbox.read(desk.settings.home_path)] == ["query.cond=breast cancer"]
    assert "1 study is kept" in plain(client.get("/trials").text)
    assert "Fetched from afar" in client.get("/trials/NCT00000007").text


def test_an_outage_is_told_calmly_and_nothing_is_taken_for_absent(
    client: TestClient, post: Post, desk: Desk, held: Path, quick_registry: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick_registry.expect_request("/api/v2/studies").respond_with_data("down", status=404)
    answer = post(client, "/trials/fetch/start", page="/trials/fetch", condition="breast cancer", agreed="yes")
    page = answer.headers["location"]
    assert desk.jobs._held[page.rpartition("/")[2]].wait(60)
    said = plain(client.get(page).text)
    assert "This ended early." in said
    assert "try again later" in said
    assert "Traceback" not in said
    with desk.trials() as store:
        assert len(store) == 3


def test_a_wrong_number_is_said_with_the_form_as_it_was(client: TestClient, post: Post) -> None:
    answer = post(client, "/trials/fetch/check", page="/trials/fetch", ids="NCT12", condition="breast cancer")
    assert answer.status_code == 400
    assert "NCT12" in answer.text
    assert post(client, "/trials/fetch/check", page="/trials/fetch").status_code == 400


def test_records_in_files_are_added_and_what_cannot_be_read_is_named(client: TestClient, desk: Desk) -> None:
    good = json.dumps([record(9, "From a file")]).encode()
    given = [("files", ("records.json", good)), ("files", ("broken.json", b"{"))]
    answer = client.post("/trials/add", data={"csrf": token(client, "/trials/fetch")}, files=given)
    page = answer.headers["location"]
    assert desk.jobs._held[page.rpartition("/")[2]].wait(30)
    said = plain(client.get(page).text)
    assert "1 new" in said
    assert "broken.json" in said
    assert str(desk.settings.home_path) not in said
    assert not list((desk.settings.home_path / "adding").iterdir())


def test_with_closed_records_the_form_says_first_that_they_must_be_open(
    unlocked: TestClient, post: Post, quick_registry: HTTPServer
) -> None:
    assert "Your records are closed" not in unlocked.get("/trials/fetch").text
    send(unlocked, "/records/close", page="/people")
    assert "Your records are closed" in unlocked.get("/trials/fetch").text
    for path in ("/trials/fetch/check", "/trials/fetch/start"):
        answer = post(unlocked, path, page="/trials/fetch", condition="breast cancer", agreed="yes")
        assert answer.status_code == 401
    assert not quick_registry.log
