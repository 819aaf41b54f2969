"""For me: an answer held against the papers, sentence by sentence; what is not known; what to watch."""

from __future__ import annotations

import html
import re

import pytest
from starlette.testclient import TestClient
from tests.serve.web.conftest import Post

from navaid.serve.web.desk import Desk
from navaid.serve.web.pages.for_me import EXAMPLES

QUESTION = "Is letrozole right after breast cancer, and what are its side effects?"
CHEMO, HER2_LOW = EXAMPLES.index("Do I need chemotherapy?"), EXAMPLES.index("What does HER2-low mean?")


def plain(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_with_closed_records_the_page_explains_and_links_to_opening(client: TestClient) -> None:
    shown = client.get("/for-me")
    assert shown.status_code == 200
    assert "/records/open?to=/for-me" in shown.text
    for path in ("/for-me/not-known", "/for-me/watch", "/for-me/questions/example/0"):
        assert client.get(path).status_code == 401


def test_each_sentence_says_how_it_stands_and_quotes_the_papers(unlocked: TestClient) -> None:
    text = unlocked.get(f"/for-me/questions/example/{HER2_LOW}").text
    assert re.search(r'<span class="state state-ok">', text)
    said = plain(text)
    assert "Whom it is about:" in said
    assert re.search(r"Your [^.]* of 3 February 2026 says “", said)
    assert "applies to you applies to you" not in said.lower()


def test_a_filter_is_a_link_and_shows_only_those(unlocked: TestClient) -> None:
    base = f"/for-me/questions/example/{CHEMO}"
    every = unlocked.get(base).text
    counts = {n: int(c) for n, c in re.findall(r"\?label=(\w+)\"[^>]*>[^(<]*\((\d+)\)</a>", every)}
    assert counts.get("general", 0) > 0
    assert len(counts) > 1
    for name, count in counts.items():
        shown = unlocked.get(f"{base}?label={name}").text
        assert shown.count('<li class="side">') == min(count, 24)
        assert f'?label={name}" aria-current="page"' in shown
    looks = set(re.findall(r'<span class="state ([\w-]+)">', unlocked.get(f"{base}?label=general").text))
    assert looks - {"state-open"} == {"for-all"}  # what is not known yet stands below, whatever is chosen


def test_a_question_of_this_session_is_there_and_its_words_are_in_no_address(unlocked: TestClient, post: Post) -> None:
    asked = post(unlocked, "/ask", question=QUESTION).headers["location"]
    assert "letrozole" not in asked
    shown = unlocked.get("/for-me").text
    link = re.search(r'href="(/for-me/questions/asked/[^"]+)"', shown)
    assert link
    assert "letrozole" not in link[1]
    assert "letrozole" in plain(unlocked.get(link[1]).text).lower()


@pytest.mark.parametrize("path", ["asked/none", "kept/0123456789ab", "example/99", "example/x", "other/1"])
def test_an_unknown_question_is_no_page(unlocked: TestClient, path: str) -> None:
    assert unlocked.get(f"/for-me/questions/{path}").status_code == 404


def test_what_is_not_known_has_its_reason_with_a_source_and_goes_to_the_visit(unlocked: TestClient, post: Post) -> None:
    shown = unlocked.get("/for-me/not-known").text
    asks = [html.unescape(text) for text in re.findall(r'name="text" value="([^"]+)"', shown)]
    assert asks
    assert 'class="mark"' in shown
    back = post(unlocked, "/visit/add", text=asks[0], back="/for-me/not-known")
    assert back.headers["location"] == "/for-me/not-known"
    assert "your list for the visit" in plain(unlocked.get("/for-me/not-known").text)
    assert asks[0] in plain(unlocked.get("/visit").text)


def test_drugs_of_the_papers_are_watched_with_whom_to_call(unlocked: TestClient) -> None:
    said = plain(unlocked.get("/for-me/watch").text)
    assert "Letrozole" in said
    assert "10 March 2026" in said
    assert "Whom to call" in said


def test_nothing_of_it_is_kept_by_the_browser(unlocked: TestClient, desk: Desk) -> None:
    for path in ("/for-me", "/for-me/not-known", "/for-me/watch", f"/for-me/questions/example/{CHEMO}"):
        assert unlocked.get(path).headers["cache-control"] == "no-store"
