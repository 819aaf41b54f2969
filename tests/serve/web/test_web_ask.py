"""Ask: no question in an address, what is urgent comes first, an answer can be followed up."""

from __future__ import annotations

import asyncio
import html
import re
from typing import Any

import lxml.html
import pytest
from starlette.requests import Request
from starlette.testclient import TestClient
from tests.serve.web.asked_there import CHEST, DESPAIR, QUESTION, ask, asked_of, read, session_of, text_of

from navaid import journeys
from navaid.serve.web import answering
from navaid.serve.web.desk import Desk
from navaid.serve.web.here import Here
from navaid.serve.web.pages import answers
from navaid.serve.web.sessions import Asked

# --------------------------------------------------------------------------- asking


def test_a_question_leads_to_its_answer_without_standing_in_the_address(client: TestClient, post: Any) -> None:
    path = ask(client, post)
    assert re.fullmatch(r"/answers/[\w-]{10,}", path)
    page = read(client, path)
    assert text_of(page.xpath("//h1")[0]) == QUESTION
    assert "In short" in [text_of(one) for one in page.xpath("//h2")]
    assert len(page.xpath("//main//*[contains(@class, 'said')]//details[@class='mark']")) > 5
    assert page.xpath("//section[@class='sources']//li")


def test_an_answer_is_made_once_however_often_it_is_read(client: TestClient, post: Any, desk: Desk) -> None:
    path = ask(client, post)
    client.get(path)
    first = asked_of(client, desk, path).answer
    client.get(path)
    assert first is not None
    assert asked_of(client, desk, path).answer is first


@pytest.mark.parametrize("bad", ["", "???", "x" * 5000])
def test_what_is_no_question_comes_back_with_what_helps(client: TestClient, post: Any, bad: str) -> None:
    shown = post(client, "/ask", "/", question=bad)
    assert shown.status_code == 400
    box = lxml.html.document_fromstring(shown.text).xpath("//textarea[@id='question']")[0]
    assert (box.text or "").strip() == bad
    assert box.get("aria-invalid") == "true"
    error = lxml.html.document_fromstring(shown.text).get_element_by_id(box.get("aria-describedby"))
    assert text_of(error)


def test_a_question_with_markup_in_it_is_text(client: TestClient, post: Any) -> None:
    shown = client.get(ask(client, post, "What is <script>alert(1)</script> HER2-low?")).text
    assert "<script>alert" not in shown
    assert html.escape("<script>alert(1)</script>") in shown


def test_an_example_asks_itself(client: TestClient, post: Any) -> None:
    page = read(client, "/")
    examples = [one.get("value") for one in page.xpath("//button[@name='question']")]
    assert len(examples) >= 5
    for example in examples:
        found = read(client, ask(client, post, example))
        assert "What could not be answered" not in [text_of(one) for one in found.xpath("//h2")]


def test_questions_are_listed_until_they_are_forgotten(client: TestClient, post: Any) -> None:
    path = ask(client, post)
    assert path in read(client, "/").xpath("//section[@aria-labelledby='recent']//a/@href")
    post(client, "/ask/forget", "/")
    assert client.get(path).status_code == 404
    assert not read(client, "/").xpath("//section[@aria-labelledby='recent']")


def test_nobody_else_can_read_an_answer(client: TestClient, post: Any, desk: Desk) -> None:
    path = ask(client, post)
    client.get(path)
    client.cookies.clear()
    assert client.get(path).status_code == 404


# --------------------------------------------------------------------------- what comes first


def here_of(desk: Desk, text: str) -> tuple[Here, Asked]:
    from starlette.datastructures import FormData

    session = desk.sessions.start()
    asked = session.ask(text)
    path = f"/answers/{asked.id}"
    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}
    return Here(Request(scope), desk, session, FormData()), asked


def test_what_is_urgent_is_sent_before_anything_is_searched(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    here, asked = here_of(desk, CHEST)
    monkeypatch.setattr(answering, "answer", lambda *_: pytest.fail("the search came first"))
    response = answers._show(here, asked.id, open_=False)

    async def first_piece() -> str:
        async for piece in response.body_iterator:  # type: ignore[attr-defined]
            return str(piece)
        return ""

    sent = asyncio.run(first_piece())
    assert "Get help now" in sent
    assert sent.index("Get help now") < sent.index("<h1>")
    assert "In short" not in sent


def test_the_parts_of_an_answer_are_sent_one_by_one(desk: Desk) -> None:
    here, asked = here_of(desk, QUESTION)
    response = answers._show(here, asked.id, open_=False)

    async def pieces() -> list[str]:
        return [str(piece) async for piece in response.body_iterator]  # type: ignore[attr-defined]

    sent = asyncio.run(pieces())
    parts = len(lxml.html.document_fromstring("".join(sent)).xpath("//section[starts-with(@aria-labelledby, 'part-')]"))
    assert len(sent) == parts + 3  # what comes first; what stands above the parts; each part; the rest
    assert all(piece.count('aria-labelledby="part-') == 1 for piece in sent[2:-1])


def test_despair_meets_people_first_and_the_rest_is_folded(client: TestClient, post: Any) -> None:
    path = ask(client, post, DESPAIR)
    page = read(client, path)
    main = page.xpath("//main")[0]
    assert text_of(main.xpath(".//h2")[0]) == "You can reach someone now"
    assert DESPAIR not in text_of(page.xpath("//title")[0])
    assert not main.xpath("./section[starts-with(@aria-labelledby, 'part-')]")
    folded = main.xpath("./details[@class='fold']")[0]
    assert folded.get("open") is None
    assert folded.xpath(".//section[starts-with(@aria-labelledby, 'part-')]")
    numbers = main.xpath(".//a[starts-with(@href, 'tel:')]/@href")
    assert "tel:988" in numbers
    assert "tel:116123" in numbers
    assert len(main.xpath(".//ul[@class='helplines']/li")) == len(numbers)
    assert not read(client, "/").xpath("//section[@aria-labelledby='recent']")


def test_the_numbers_are_those_of_the_country_that_was_chosen(client: TestClient, post: Any) -> None:
    path = ask(client, post, DESPAIR)
    client.get(path)
    chosen = post(client, "/country", path, country="GB", to=path)
    assert chosen.headers["location"] == path
    numbers = read(client, path).xpath("//main//a[starts-with(@href, 'tel:')]/@href")
    assert set(numbers) == {"tel:999", "tel:116123"}
    first = text_of(read(client, path).xpath("//section[contains(@class, 'first')]")[0])
    assert "Samaritans: call 116 123" in first
    assert "988" not in first
    assert "tel:08082000247" in read(client, "/help-now").xpath("//a/@href")


def test_a_country_that_is_none_and_a_way_to_elsewhere_change_nothing(client: TestClient, post: Any) -> None:
    sent = post(client, "/country", "/help-now", country="XX", to="https://example.org/")
    assert sent.headers["location"] == "/"
    assert len(read(client, "/help-now").xpath("//ul[@class='helplines']/li")) > 10


# --------------------------------------------------------------------------- following up


def test_a_follow_up_keeps_the_subject_and_can_be_asked_without_it(client: TestClient, post: Any, desk: Desk) -> None:
    path = ask(client, post, "What is Enhertu?")
    read(client, path)
    more = ask(client, post, "and what are the side effects?", after=path.rpartition("/")[2])
    page = read(client, more)
    assert text_of(page.xpath("//h1")[0]) == "And what are the side effects (Enhertu)?"
    assert any("Enhertu" in text_of(one) for one in page.xpath("//*[contains(@class, 'said')]/p"))
    without = page.xpath("//form[.//button[contains(., 'Ask without it')]]//input[@name='question']/@value")
    assert without == ["and what are the side effects?"]


def test_a_follow_up_on_a_question_that_is_forgotten_is_asked_as_it_is(client: TestClient, post: Any) -> None:
    path = ask(client, post, "and what are the side effects?", after="gone")
    assert text_of(read(client, path).xpath("//h1")[0]) == "And what are the side effects?"


# --------------------------------------------------------------------------- what may go wrong


def test_a_question_sent_after_the_session_ended_is_not_lost(client: TestClient, post: Any, desk: Desk) -> None:
    ask(client, post)
    desk.sessions.end(session_of(client, desk))
    sent = client.post("/ask", data={"csrf": "old", "question": "A long question about tamoxifen"})
    assert sent.status_code == 403
    page = lxml.html.document_fromstring(sent.text)
    assert page.xpath("//textarea[@id='question']")[0].text == "A long question about tamoxifen"
    assert "once more" in text_of(page.xpath("//*[@role='status']")[0])
    token = page.xpath("//input[@name='csrf']/@value")[0]
    again = client.post("/ask", data={"csrf": token, "question": "A long question about tamoxifen"})
    assert again.status_code == 303


def test_a_new_paper_tells_what_stands_otherwise_when_an_answer_is_checked_again(
    unlocked: TestClient, post: Any, desk: Desk
) -> None:
    path = ask(unlocked, post, "What is Enhertu?", **{"for": "papers"})
    address = post(unlocked, f"{path}/keep", path).headers["location"]
    paper = desk.settings.home_path / "given" / "second.txt"
    paper.write_text(
        "SURGICAL PATHOLOGY REPORT\nCollected: 2026-05-03\n\nDiagnosis: Left breast: invasive ductal carcinoma.\n"
        "HER2 by IHC: 3+ (positive)\n"
    )
    with session_of(unlocked, desk).papers() as papers:
        assert [one.original for one in journeys.add_records(papers, [paper], decide=lambda _: True)]
    page = read(unlocked, f"{address}/again")
    turned = page.xpath("//section[@aria-labelledby='turned']//li")
    assert turned
    assert any("Now:" in text_of(one) for one in turned)


def test_only_the_last_answers_are_held_and_older_ones_can_still_be_read(
    client: TestClient, post: Any, desk: Desk
) -> None:
    paths = [ask(client, post, f"What does HER2-low mean, {word}?") for word in "abcdefgh"]
    for path in paths:
        read(client, path)
    held = [asked_of(client, desk, path).answer is not None for path in paths]
    assert held == [False, False, True, True, True, True, True, True]
    assert "In short" in client.get(paths[0]).text


def test_what_stays_open_goes_to_the_visit_in_the_persons_own_words(unlocked: TestClient, post: Any) -> None:
    page = read(unlocked, ask(unlocked, post, "What is the dose of zorglubimab?"))
    assert page.xpath("//input[@name='item']/@value") == ["What is the dose of zorglubimab?"]
