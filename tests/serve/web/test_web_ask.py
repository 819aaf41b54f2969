"""Ask: no question in an address, what is urgent comes first, an answer can be followed up, kept and shared."""

from __future__ import annotations

import asyncio
import html
import re
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from msgspec.structs import replace
from starlette.requests import Request
from starlette.testclient import TestClient
from tests.answers.pairs import FAITHFUL
from tests.answers.wording import model as model_of
from tests.answers.wording import page as answer_of
from tests.answers.wording import saying
from tests.models import scripted

from navaid import journeys
from navaid.answers.visit import kept as visits
from navaid.config import Settings
from navaid.library import Library
from navaid.serve.web import answering, plainer
from navaid.serve.web.app import create_app
from navaid.serve.web.desk import Desk
from navaid.serve.web.here import Here
from navaid.serve.web.pages import answers
from navaid.serve.web.sessions import Asked, Session

QUESTION = "What does HER2-low mean?"
DESPAIR = "I can't go on, I want to end my life"
CHEST = "I have chest pain and cannot breathe after chemo"


def ask(client: TestClient, post: Any, question: str = QUESTION, **fields: str) -> str:
    """The address of the answer."""
    sent = post(client, "/ask", "/help-now", question=question, **fields)
    assert sent.status_code == 303, sent.text
    return str(sent.headers["location"])


def read(client: TestClient, path: str) -> Any:
    shown = client.get(path)
    assert shown.status_code == 200, shown.text
    return lxml.html.document_fromstring(shown.text)


def text_of(element: Any) -> str:
    return " ".join(element.text_content().split())


def session_of(client: TestClient, desk: Desk) -> Session:
    found = desk.sessions.find(client.cookies[desk.cookie])
    assert found is not None
    return found


def asked_of(client: TestClient, desk: Desk, path: str) -> Asked:
    return session_of(client, desk).asked[path.rpartition("/")[2]]


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


# --------------------------------------------------------------------------- keeping and checking again


def test_an_answer_is_kept_listed_and_forgotten(client: TestClient, post: Any) -> None:
    path = ask(client, post)
    kept = post(client, f"{path}/keep", path)
    address = kept.headers["location"]
    assert "not encrypted" in client.get(address).text
    assert address in read(client, "/answers").xpath("//main//a/@href")
    assert "Nothing has changed" in client.get(f"{address}/again").text
    post(client, f"{address}/forget", address)
    assert client.get(address).status_code == 404


def test_what_came_and_went_is_told_when_an_answer_is_checked_again(client: TestClient, post: Any, desk: Desk) -> None:
    with desk.library() as library:
        now = journeys.ask(library, QUESTION)
        claims = now.sections[0].claims
        old = replace(claims[0], id="gone.1", text="This was said before.")
        before = replace(
            now, id="kept00000000", sections=(replace(now.sections[0], claims=(old, *claims[1:])), *now.sections[1:])
        )
        library.store.save_answer(replace(before, snapshot=replace(before.snapshot, library="another")))
    try:
        assert "The library has changed" in client.get("/answers/kept00000000").text
        page = read(client, "/answers/kept00000000/again")
        assert "This was said before." in text_of(page.xpath("//section[@aria-labelledby='went']")[0])
        assert claims[0].text in text_of(page.xpath("//section[@aria-labelledby='came']")[0])
        kept = post(client, "/answers/kept00000000/again", "/answers/kept00000000/again")
        assert claims[0].text in client.get(kept.headers["location"]).text
        assert "This was said before." in client.get("/answers/kept00000000").text
    finally:
        with desk.library() as library:
            for id_, _, _ in library.store.saved_answers():
                library.store.drop_answer(id_)


# --------------------------------------------------------------------------- with papers


def test_an_answer_from_the_papers_is_kept_with_them_only(unlocked: TestClient, post: Any, desk: Desk) -> None:
    assert read(unlocked, "/").xpath("//input[@type='radio'][@name='for'][@checked]/@value") == ["papers"]
    path = ask(unlocked, post, **{"for": "papers"})
    page = read(unlocked, path)
    assert "This page was made for me" in text_of(page.xpath("//section[@class='mine']")[0])
    assert page.xpath("//*[contains(@class, 'fits')]")
    address = post(unlocked, f"{path}/keep", path).headers["location"]
    with desk.library() as library:
        assert library.store.saved_answers() == []
    assert "This page was made for me" in unlocked.get(address).text
    assert address in read(unlocked, "/answers").xpath("//section[@aria-labelledby='mine']//a/@href")
    assert address in read(unlocked, "/").xpath("//section[@aria-labelledby='kept']//a/@href")
    unlocked.cookies.clear()
    assert unlocked.get(address).status_code == 404


def test_the_answer_for_everybody_takes_nothing_from_the_papers(unlocked: TestClient, post: Any) -> None:
    page = read(unlocked, ask(unlocked, post, **{"for": "all"}))
    assert not page.xpath("//section[@class='mine']")


def test_a_shared_file_has_nothing_of_the_papers(unlocked: TestClient, post: Any) -> None:
    path = ask(unlocked, post, "My pathology.txt of 2026-02-03 says HER2 1+: what does that mean?", **{"for": "papers"})
    read(unlocked, path)
    shown = read(unlocked, f"{path}/share")
    question = shown.xpath("//textarea[@name='question']")[0].text.strip()
    assert "pathology" not in question
    assert "2026-02-03" not in question
    file = post(unlocked, f"{path}/share", f"{path}/share", question=question)
    assert file.headers["content-disposition"] == 'attachment; filename="navaid-answer.html"'
    assert "made for me" not in file.text
    assert "pathology.txt" not in file.text
    assert "2026-02-03" not in file.text
    assert "In short" in file.text
    assert "/static/" not in file.text


def test_questions_go_on_the_list_for_the_visit(unlocked: TestClient, post: Any, desk: Desk) -> None:
    path = ask(unlocked, post, "What should I ask about HER2-low?", **{"for": "papers"})
    items = read(unlocked, path).xpath("//input[@name='item']/@value")
    assert items
    told = post(unlocked, f"{path}/visit", path, item=[items[0]])
    assert told.headers["location"] == path
    with session_of(unlocked, desk).papers() as papers:
        plan = visits.plan(papers)
    assert plan is not None
    assert plan.items[0].text == items[0]
    post(unlocked, f"{path}/visit", path, item=[items[0]])
    assert "on your list already" in unlocked.get(path).text


def test_without_records_the_way_to_the_list_is_told(client: TestClient, post: Any) -> None:
    path = ask(client, post, "What should I ask about HER2-low?")
    assert f"/records/open?to={path}" in client.get(path).text
    assert post(client, f"{path}/visit", path, item=["A question?"]).status_code == 401


# --------------------------------------------------------------------------- words in their context


def test_quoted_words_open_in_their_context(tmp_path: Path, post: Any) -> None:
    paper = tmp_path / "lantern.html"
    words = "HER2-low breast cancer can be treated with lantern therapy in the morning."
    paper.write_text(
        "<html><head><title>HER2-low breast cancer and lantern therapy</title></head><body>"
        "<h1>HER2-low breast cancer and lantern therapy</h1><h2>Treatment of HER2-low breast cancer</h2>"
        f"<p>The lantern is lit first. {words} Then it is put out.</p></body></html>"
    )
    folder = tmp_path / "library"
    with Library(folder, Settings(embedding="off"), create=True) as library:
        journeys.refresh_starter(library)
        journeys.add(library, [paper], on_kept=lambda *_: None, on_skip=lambda _: None)
    desk = Desk(Settings(home=str(tmp_path / "home"), embedding="off"), folder)
    with TestClient(
        create_app(desk, frozenset({"127.0.0.1:8765"})), base_url="http://127.0.0.1:8765", follow_redirects=False
    ) as client:
        page = read(client, ask(client, post, "How is HER2-low breast cancer treated with lantern therapy?"))
        links = page.xpath("//a[contains(@href, '/context/')]/@href")
        assert links
        whole = read(client, links[0])
        assert text_of(whole.xpath("//mark")[0]) in whole.xpath("string(//blockquote)")
        assert "The lantern is lit first." in text_of(whole.xpath("//blockquote")[0])
        part = client.get(links[0], headers={"hx-request": "true"}).text
        assert "<html" not in part
        assert "<mark>" in part
        assert client.get(re.sub(r"\d+$", "9999", links[0])).status_code == 404


# --------------------------------------------------------------------------- printing and plainer words


def test_the_page_to_print_has_everything_open(client: TestClient, post: Any) -> None:
    path = ask(client, post)
    page = read(client, f"{path}/print")
    marks = page.xpath("//details[@class='mark']")
    assert marks
    assert all(mark.get("open") is not None for mark in marks)
    assert not page.xpath("//main//form")


def test_the_reading_level_can_be_switched_once_there_are_plainer_words(
    client: TestClient, post: Any, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = ask(client, post)
    read(client, path)
    assert "In plainer words" not in client.get(path).text
    assert "plainer words" not in client.get(path).text
    asked = asked_of(client, desk, path)
    source, plain = FAITHFUL[0]
    asked.answer = answer_of([source])
    with scripted.serve(saying({source: plain})) as server:
        chat = model_of(server)
        monkeypatch.setattr(plainer, "model", lambda here, found: None if found.asked.plain else chat)
        assert "Put it in plainer words" in client.get(path).text
        begun = post(client, f"{path}/plain", path)
        job = desk.jobs.find(begun.headers["location"].rpartition("/")[2], session_of(client, desk).token)
        assert job is not None
        assert desk.jobs.wait(job, 20)
    assert job.error is None
    page = read(client, f"{path}?words=plain")
    assert plain in text_of(page.xpath("//main")[0])
    assert text_of(page.xpath("//nav[@aria-label='Reading level']//a[@aria-current]")[0]) == "In plainer words"
    written = read(client, path)
    assert text_of(written.xpath("//nav[@aria-label='Reading level']//a[@aria-current]")[0]) == "As it was written"


def test_no_model_is_asked_of_a_personal_page_on_another_machine(
    unlocked: TestClient, post: Any, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = ask(unlocked, post, **{"for": "papers"})
    read(unlocked, path)
    monkeypatch.setenv("NAVAID_CHAT", "https://models.example.org/v1#some")
    desk.settings = replace(desk.settings, chat="https://models.example.org/v1#some")
    assert "plainer words" not in unlocked.get(path).text
    assert post(unlocked, f"{path}/plain", path).status_code == 400


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
