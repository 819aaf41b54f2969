"""My visit: prepared, changed on the page, taken along."""

from __future__ import annotations

import datetime as dt
import html
import json
import re

import pytest
from starlette.testclient import TestClient
from tests.serve.web.conftest import Post

from navaid.records.export.summary import NoPdf
from navaid.records.vault import KeptPage
from navaid.serve.web.desk import Desk
from navaid.serve.web.pages import visit_pages

OWN = "May my daughter come along?"


def plain(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


@pytest.fixture
def prepared(unlocked: TestClient, post: Post) -> TestClient:
    assert post(unlocked, "/visit/prepare", day="2026-12-03").status_code == 303
    return unlocked


def ids(client: TestClient) -> list[str]:
    """The ids of the questions in the order in which the page shows them."""
    return list(dict.fromkeys(re.findall(r'name="id" value="([^"]+)"', client.get("/visit").text)))


def texts(client: TestClient) -> list[str]:
    return [html.unescape(text) for text in re.findall(r'<p class="question">([^<]+)</p>', client.get("/visit").text)]


def test_with_closed_records_there_are_the_lists_for_everybody(client: TestClient) -> None:
    shown = client.get("/visit").text
    link = re.search(r'href="(/visit/lists/[^"]+)"', shown)
    assert link
    assert link[1] in client.get("/visit/lists").text
    one = client.get(link[1])
    assert one.status_code == 200
    assert "To bring or to write down" in one.text
    assert client.get("/visit/lists/none").status_code == 404


def test_preparing_gives_questions_in_order_with_why_and_source(unlocked: TestClient, post: Post) -> None:
    assert "Prepare my questions" in unlocked.get("/visit").text
    assert post(unlocked, "/visit/prepare", day="2026-12-03").headers["location"] == "/visit"
    said = plain(unlocked.get("/visit").text)
    assert "3 December 2026" in said
    assert "Why:" in said
    assert "Source:" in said
    assert "your papers" in said


def test_a_day_that_is_none_is_refused(unlocked: TestClient, post: Post) -> None:
    assert post(unlocked, "/visit/prepare", day="soon").status_code == 400
    assert "Prepare my questions" in unlocked.get("/visit").text


def test_questions_are_moved_dropped_and_marked_by_buttons(prepared: TestClient, post: Post) -> None:
    before = ids(prepared)
    post(prepared, "/visit/items/down", id=before[0])
    assert ids(prepared)[:2] == [before[1], before[0]]
    post(prepared, "/visit/items/up", id=before[0])
    assert ids(prepared) == before
    post(prepared, "/visit/items/first", id=before[3])
    assert ids(prepared)[0] == before[3]
    post(prepared, "/visit/items/asked", id=before[0], to="asked")
    post(prepared, "/visit/items/asked", id=before[0], to="asked")  # sent twice, marked once
    assert prepared.get("/visit").text.count('<span class="state-ok">Asked</span>') == 1
    post(prepared, "/visit/items/drop", id=before[1])
    assert before[1] not in ids(prepared)
    post(prepared, "/visit/prepare")
    assert before[1] not in ids(prepared)
    post(prepared, "/visit/prepare", anew="yes")
    assert before[1] in ids(prepared)


def test_what_was_dropped_in_another_tab_is_said_calmly(prepared: TestClient, post: Post) -> None:
    first = ids(prepared)[0]
    post(prepared, "/visit/items/drop", id=first)
    for what in ("drop", "up", "asked"):
        assert post(prepared, f"/visit/items/{what}", id=first).status_code == 303
        assert "not on the list any more" in prepared.get("/visit").text
    assert post(prepared, "/visit/items/other", id=first).status_code == 404


def test_a_question_is_put_in_other_words(prepared: TestClient, post: Post) -> None:
    first, text = ids(prepared)[0], texts(prepared)[0]
    post(prepared, "/visit/items/edit", id=first, seen=text, text="In my own words?")
    assert texts(prepared)[0] == "In my own words?"
    post(prepared, "/visit/prepare")
    assert texts(prepared)[0] == "In my own words?"


def test_two_tabs_that_change_one_question_lose_nothing(prepared: TestClient, post: Post) -> None:
    first, text = ids(prepared)[0], texts(prepared)[0]
    post(prepared, "/visit/items/edit", id=first, seen=text, text="The words of one tab?")
    answer = post(prepared, "/visit/items/edit", id=first, seen=text, text="The words of the other?")
    assert answer.status_code == 409
    assert "The words of one tab?" in answer.text
    assert "The words of the other?" in answer.text
    assert texts(prepared)[0] == "The words of one tab?"


def test_an_own_question_comes_first_and_only_once(prepared: TestClient, post: Post) -> None:
    post(prepared, "/visit/add", text=OWN)
    post(prepared, "/visit/add", text=OWN)
    assert texts(prepared)[0] == OWN
    assert texts(prepared).count(OWN) == 1
    post(prepared, "/visit/add", text=OWN.upper())
    assert "on your list for the visit already" in prepared.get("/visit").text


def test_what_is_too_long_is_still_in_its_box(prepared: TestClient, post: Post) -> None:
    long = "Why " * 100
    answer = post(prepared, "/visit/add", text=long)
    assert answer.status_code == 400
    assert long.strip() in answer.text
    note = "word " * 200
    answer = post(prepared, "/visit/note", note=note)
    assert answer.status_code == 400
    assert note.strip() in answer.text


def test_adding_from_another_page_makes_the_list_first(unlocked: TestClient, post: Post) -> None:
    answer = post(unlocked, "/visit/add", text=OWN, back="/for-me")
    assert answer.headers["location"] == "/for-me"
    assert texts(unlocked)[0] == OWN
    assert len(texts(unlocked)) > 1
    assert post(unlocked, "/visit/add", text="Another?", back="//elsewhere.example").headers["location"] == "/"


def test_no_address_tells_what_the_papers_say(prepared: TestClient) -> None:
    shown = prepared.get("/visit").text
    addresses = [*re.findall(r'action="([^"]+)"', shown), *re.findall(r'href="([^"]+)"', shown)]
    ours = [address for address in addresses if address.startswith(("/", "#"))]
    assert ours
    for id_ in ids(prepared):
        assert not any(id_ in address for address in ours)


def test_pages_and_files_hold_the_list_and_the_note(prepared: TestClient, post: Post) -> None:
    post(prepared, "/visit/add", text=OWN)
    post(prepared, "/visit/note", note="I fear the needle.")
    page = prepared.get("/visit/pages/person")
    assert OWN in page.text
    assert "I fear the needle." in page.text
    assert "script-src" not in page.headers["content-security-policy"]
    assert prepared.get("/visit/pages/clinician").status_code == 200
    assert prepared.get("/visit/pages/other").status_code == 404
    fhir = prepared.get("/visit/files/fhir.json")
    assert fhir.headers["content-disposition"].startswith("attachment")
    assert json.loads(fhir.content)["resourceType"] == "Bundle"
    assert json.loads(prepared.get("/visit/files/plan.json").content)["note"] == "I fear the needle."


def test_where_no_pdf_can_be_made_the_page_to_print_is_offered(
    prepared: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> bytes:
        raise NoPdf("no PDF", where="here", fix="install it")

    monkeypatch.setitem(visit_pages._FILES, "person.pdf", ("application/pdf", none))
    shown = prepared.get("/visit/files/person.pdf")
    assert "/visit/pages/person" in shown.text
    assert "Traceback" not in shown.text


def test_without_a_list_there_are_no_pages(unlocked: TestClient) -> None:
    for path in ("/visit/pages/person", "/visit/files/fhir.json"):
        assert unlocked.get(path).headers["location"] == "/visit"


def test_a_list_of_another_version_can_be_made_anew(prepared: TestClient, desk: Desk, post: Post) -> None:
    session = desk.sessions.find(prepared.cookies[desk.cookie])
    assert session is not None
    with session.papers() as papers:
        papers.keep_page(KeptPage(kind="visit", id="next", title="", date=dt.date(2026, 1, 1)), b"[]")
    assert "cannot be read" in prepared.get("/visit").text
    post(prepared, "/visit/prepare", anew="yes")
    assert ids(prepared)
