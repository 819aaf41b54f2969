"""One answer: kept, checked again, from papers or for everybody, shared, printed, in plainer words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from starlette.testclient import TestClient
from tests.answers.pairs import FAITHFUL
from tests.answers.wording import model as model_of
from tests.answers.wording import page as answer_of
from tests.answers.wording import saying
from tests.models import scripted
from tests.serve.web.asked_there import QUESTION, ask, asked_of, read, session_of, text_of

from navaid import journeys
from navaid.answers.visit import kept as visits
from navaid.config import Settings
from navaid.library import Library
from navaid.serve.web import plainer
from navaid.serve.web.app import create_app
from navaid.serve.web.desk import Desk

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
    assert "This page was made for you" in text_of(page.xpath("//section[@class='mine']")[0])
    assert page.xpath("//*[contains(@class, 'fits')]")
    address = post(unlocked, f"{path}/keep", path).headers["location"]
    with desk.library() as library:
        assert library.store.saved_answers() == []
    assert "This page was made for you" in unlocked.get(address).text
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
        assert job.wait(20)
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
