"""Library: what it holds, own guidelines added and removed, answers that lean on what changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from starlette.testclient import TestClient
from tests.serve.web.conftest import BASE, HOSTS, PASSPHRASE, Post, send, token

from navaid import journeys, starter
from navaid.config import Settings
from navaid.serve.web.app import create_app
from navaid.serve.web.desk import Desk
from navaid.terms import Kind, Source

GUIDE = b"# Guideline of the Larkfield clinic\n\n## Diet\n\nZebrafish soup is offered on Tuesdays after surgery.\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with a library of its own: these tests change it."""
    made = Desk(Settings(home=str(tmp_path / "home"), embedding="off"))
    yield made
    made.close()


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    with TestClient(create_app(desk, HOSTS), base_url=BASE, follow_redirects=False) as made:
        yield made


def add(client: TestClient, desk: Desk, *files: tuple[str, bytes]) -> str:
    """Adds the files, and gives the page of the job once it is over."""
    given = [("files", file) for file in files]
    answer = client.post("/library/add", data={"csrf": token(client, "/library")}, files=given)
    assert answer.status_code == 303, answer.text
    return over(client, desk, answer.headers["location"])


def over(client: TestClient, desk: Desk, page: str) -> str:
    job = desk.jobs._held[page.rpartition("/")[2]]
    assert job.wait(60)
    shown = client.get(page)
    assert shown.status_code == 200
    return shown.text


def test_the_page_tells_what_comes_with_navaid_how_old_it_is_and_its_terms(client: TestClient) -> None:
    data, shown = starter.load(), client.get("/library").text
    assert f"{len(data.sources):,} sources" in shown
    assert f"{len(data.topics)} topics" in shown
    assert "were opened between" in shown
    assert "Terms of the sources" in shown
    assert "None yet." in shown


def test_topics_and_sources_can_be_looked_at(client: TestClient) -> None:
    topic = client.get("/library/topics/car-t").text
    assert "Opened on" in topic
    assert 'href="/library/topics/car-t"' in client.get("/library/topics").text
    assert client.get("/library/topics/none").status_code == 404
    first = client.get("/library/sources").text
    assert "start=60" in first
    assert client.get("/library/sources?start=999999").status_code == 200
    assert client.get("/library/sources?start=-5").status_code == 200


def test_a_guideline_is_added_quoted_and_removed(client: TestClient, desk: Desk, post: Post) -> None:
    told = add(client, desk, ("guide.md", GUIDE))
    assert "(added)" in told
    shown = client.get("/library").text
    assert "Guideline of the Larkfield clinic" in shown
    with desk.library() as library:
        found = library.search("zebrafish soup on Tuesdays")
        assert any("Zebrafish" in scored.passage.text for scored in found.passages)
    page = re.search(r'href="(/library/document\?id=[^"]+)"', shown)
    assert page
    assert "Zebrafish soup" in client.get(page[1]).text
    assert not list((desk.settings.home_path / "adding").iterdir())
    id_ = next(i for i in ids(desk) if i.startswith("FILE:"))
    assert "Remove this document?" in client.get(f"/library/remove?id={id_}").text
    assert id_ in ids(desk)
    assert post(client, "/library/remove", page="/library", id=id_).status_code == 303
    assert id_ not in ids(desk)
    post(client, "/library/remove", page="/library", id=id_)
    assert "removed already" in client.get("/library").text


def ids(desk: Desk) -> list[str]:
    with desk.library() as library:
        return library.store.ids()


def test_the_same_file_twice_is_held_once_and_what_cannot_be_read_is_named(client: TestClient, desk: Desk) -> None:
    told = add(client, desk, ("guide.md", GUIDE), ("again.md", GUIDE), ("empty.txt", b" "))
    assert "was there already" in told
    assert "empty.txt" in told
    assert sum(id_.startswith("FILE:") for id_ in ids(desk)) == 1


def test_a_file_name_leads_nowhere(client: TestClient, desk: Desk, tmp_path: Path) -> None:
    add(client, desk, ("../../../escaped.md", GUIDE))
    assert not list(tmp_path.rglob("escaped.md"))
    assert sum(id_.startswith("FILE:") for id_ in ids(desk)) == 1


def test_nothing_is_taken_without_the_token_or_a_session(client: TestClient, desk: Desk) -> None:
    bare = TestClient(client.app, base_url=BASE, follow_redirects=False)
    assert bare.post("/library/add", files=[("files", ("guide.md", GUIDE))]).status_code == 403
    token(client, "/library")
    assert client.post("/library/add", data={"csrf": "no"}, files=[("files", ("g.md", GUIDE))]).status_code == 403
    assert not any(id_.startswith("FILE:") for id_ in ids(desk))


def test_where_records_are_kept_and_closed_the_library_is_not_changed(
    client: TestClient, desk: Desk, post: Post
) -> None:
    post(client, "/records/open", passphrase=PASSPHRASE, passphrase_again=PASSPHRASE)
    send(client, "/records/close", page="/people")
    answer = client.post(
        "/library/add", data={"csrf": token(client, "/library")}, files=[("files", ("guide.md", GUIDE))]
    )
    assert answer.status_code == 401
    assert not any(id_.startswith("FILE:") for id_ in ids(desk))


def test_no_file_chosen_is_said(client: TestClient) -> None:
    answer = client.post("/library/add", data={"csrf": token(client, "/library")}, files=[("files", ("", b""))])
    assert answer.headers["location"] == "/library"
    assert "Choose a file first" in client.get("/library").text


def test_starter_topics_cannot_be_removed(client: TestClient, desk: Desk, post: Post) -> None:
    assert client.get("/library/remove?id=NAVAID:car-t").status_code == 404
    post(client, "/library/remove", page="/library", id="NAVAID:car-t")
    assert "NAVAID:car-t" in ids(desk)


def test_kept_answers_that_lean_on_what_is_gone_are_named(client: TestClient, desk: Desk, post: Post) -> None:
    add(client, desk, ("guide.md", GUIDE))
    id_ = next(i for i in ids(desk) if i.startswith("FILE:"))
    with desk.library() as library:
        card = library.store.card(id_)
        assert card
        source = Source(
            number=1,
            document=id_,
            title=card[0].title,
            publisher="",
            kind=Kind.PAGE,
            url=None,
            date=None,
            held=True,
            version=card[1],
        )
        answer = replace(journeys.ask(library, "What is DCIS?"), sources=(source,))
        library.store.save_answer(answer)
    assert answer.title in client.get(f"/library/remove?id={id_}").text
    assert "A source has changed" not in client.get("/library").text
    post(client, "/library/remove", page="/library", id=id_)
    shown = client.get("/library").text
    assert "A source has changed" in shown
    assert answer.title in shown


def test_checking_says_that_all_is_sound(client: TestClient, desk: Desk, post: Post) -> None:
    answer = post(client, "/library/check", page="/library")
    assert "sound" in over(client, desk, answer.headers["location"])


def test_a_job_of_somebody_else_is_not_shown(client: TestClient, desk: Desk) -> None:
    other = desk.jobs.start("somebody else", "Secret", lambda job: None)
    assert client.get(f"/jobs/{other.id}").status_code == 303
    assert client.get(f"/jobs/{other.id}/events").status_code == 404


def test_progress_is_told_as_it_happens(client: TestClient, desk: Desk, post: Post) -> None:
    page = post(client, "/library/check", page="/library").headers["location"]
    over(client, desk, page)
    told = client.get(f"{page}/events").text
    assert told.startswith("data: ")
    assert told.endswith("event: over\ndata: over\n\n")
