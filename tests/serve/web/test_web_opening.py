"""Opening the records on a page, closing them, and whose are looked at."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.serve.web.conftest import BASE, PASSPHRASE, Post, send, token

from navaid.records import vault
from navaid.records.vault import ways
from navaid.serve.web import limits
from navaid.serve.web.desk import Desk


def closed(client: TestClient) -> TestClient:
    send(client, "/records/close", page="/people")
    return client


def test_the_first_time_a_passphrase_is_chosen_and_the_page_says_that_nobody_can_reset_it(
    client: TestClient, desk: Desk, post: Post
) -> None:
    shown = client.get("/records/open").text
    assert "Nobody can reset it" in shown
    answer = post(client, "/records/open", passphrase=PASSPHRASE, passphrase_again=PASSPHRASE, name="Mum")
    assert answer.headers["location"] == "/records"
    assert vault.open_(desk.records_folder, ways.passphrase(PASSPHRASE)).profiles == ("Mum",)


@pytest.mark.parametrize(("one", "two"), [(PASSPHRASE, "another thing"), ("short", "short"), ("", "")])
def test_a_passphrase_that_will_not_do_makes_no_vault(
    client: TestClient, desk: Desk, post: Post, one: str, two: str
) -> None:
    answer = post(client, "/records/open", passphrase=one, passphrase_again=two)
    assert answer.status_code == 401
    assert "What helps" in answer.text
    assert not vault.exists(desk.records_folder)


def test_a_wrong_passphrase_is_told_on_the_same_page_and_not_shown_again(unlocked: TestClient, post: Post) -> None:
    answer = post(closed(unlocked), "/records/open", passphrase="not the right words")
    assert answer.status_code == 401
    assert "does not open the records" in answer.text
    assert "not the right words" not in answer.text
    assert post(unlocked, "/records/open", passphrase=PASSPHRASE).status_code == 303


def test_the_eleventh_wrong_one_has_to_wait_and_so_has_the_right_one(unlocked: TestClient, post: Post) -> None:
    closed(unlocked)
    for _ in range(limits.MOST):
        assert post(unlocked, "/records/open", passphrase="wrong wrong wrong").status_code == 401
    for given in ("wrong wrong wrong", PASSPHRASE):
        answer = post(unlocked, "/records/open", passphrase=given)
        assert answer.status_code == 429
        assert 1 <= int(answer.headers["retry-after"]) <= 61
        assert "nothing is lost" in answer.text


def test_a_new_cookie_or_header_gives_no_new_tries(unlocked: TestClient, post: Post) -> None:
    closed(unlocked)
    for number in range(limits.MOST):
        unlocked.cookies.clear()
        unlocked.headers["x-forwarded-for"] = f"10.0.0.{number}"
        assert post(unlocked, "/records/open", passphrase="wrong wrong wrong").status_code == 401
    assert post(unlocked, "/records/open", passphrase=PASSPHRASE).status_code == 429


def test_after_closing_the_back_button_shows_nothing(unlocked: TestClient, desk: Desk) -> None:
    before, old = unlocked.get("/people"), unlocked.cookies[desk.cookie]
    assert before.headers["cache-control"] == "no-store"
    closed(unlocked)
    assert unlocked.cookies[desk.cookie] != old
    assert unlocked.get("/people").status_code == 401
    unlocked.cookies.clear()
    unlocked.cookies.set(desk.cookie, old)
    assert unlocked.get("/people").status_code == 401


def test_closing_in_one_tab_closes_the_other(unlocked: TestClient) -> None:
    other_tab = token(unlocked, "/people")
    closed(unlocked)
    answer = unlocked.post("/people/add", data={"csrf": other_tab, "name": "Mum"})
    assert answer.status_code == 403
    assert "go back" in answer.text.lower()


def test_opening_in_one_tab_leaves_the_other_with_a_clear_next_step(client: TestClient, post: Post) -> None:
    first_tab = token(client)
    post(client, "/records/open", passphrase=PASSPHRASE, passphrase_again=PASSPHRASE)
    again = {"csrf": first_tab, "passphrase": PASSPHRASE, "passphrase_again": PASSPHRASE}
    answer = client.post("/records/open", data=again)
    assert answer.status_code == 403
    assert "reload the page" in answer.text
    assert client.get("/records/open").status_code == 303  # reloaded: open already


def test_a_key_file_opens_what_it_is_for(unlocked: TestClient, desk: Desk, tmp_path: Path, post: Post) -> None:
    held = desk.sessions.find(unlocked.cookies[desk.cookie])
    assert held is not None
    assert held.vault is not None
    held.vault.add_way(ways.make_key_file(tmp_path / "key"))
    closed(unlocked)
    assert "Your key file" in unlocked.get("/records/open").text
    wrong = post(unlocked, "/records/open", way="key_file", files={"key_file": ("photo.jpg", b"\xff\xd8")})
    assert wrong.status_code == 401
    assert "no key file" in wrong.text
    files = {"key_file": ("key", (tmp_path / "key").read_bytes())}
    assert post(unlocked, "/records/open", way="key_file", files=files).status_code == 303


def test_the_keyring_needs_the_code_from_the_terminal(
    unlocked: TestClient, desk: Desk, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = desk.sessions.find(unlocked.cookies[desk.cookie])
    assert held is not None
    assert held.vault is not None
    secret = ways.Secret(ways.Way.KEYRING, bytes(32))
    held.vault.add_way(secret)
    monkeypatch.setattr(ways, "from_keyring", lambda name: secret)
    closed(unlocked)
    for desk.code, given in (("", ""), ("abc", ""), ("abc", "abd")):
        assert post(unlocked, "/records/open", way="keyring", code=given).status_code == 401
    desk.code = "abc"
    assert post(unlocked, "/records/open", way="keyring", code="abc").status_code == 303


@pytest.mark.parametrize("to", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x", "/a\nb"])
def test_no_form_leads_to_another_place(client: TestClient, post: Post, to: str) -> None:
    fields = {"passphrase": PASSPHRASE, "passphrase_again": PASSPHRASE, "to": to}
    assert post(client, "/records/open", **fields).headers["location"] == "/"
    assert client.get("/records/open", params={"to": to}).headers["location"] == "/"


def test_people_are_kept_apart_and_the_one_shown_is_named(unlocked: TestClient, desk: Desk, post: Post) -> None:
    assert post(unlocked, "/people/add", name="Mum", to="/people").status_code == 303
    shown = unlocked.get("/people").text
    assert "You are now looking at: Mum." in shown
    assert "Switch to me" in shown
    held = desk.sessions.find(unlocked.cookies[desk.cookie])
    assert held is not None
    with held.papers() as papers:
        assert (papers.name, papers.originals()) == ("Mum", ())
    post(unlocked, "/people/choose", name="me")
    with held.papers() as papers:
        assert len(papers.originals()) == 2
    assert post(unlocked, "/people/choose", name="nobody").status_code == 404
    assert post(unlocked, "/people/add", name="Mum").status_code == 400
    assert post(unlocked, "/people/add", name="").status_code == 400


def test_with_several_people_nobody_is_shown_by_chance(unlocked: TestClient, desk: Desk, post: Post) -> None:
    post(unlocked, "/people/add", name="Mum")
    closed(unlocked)
    answer = post(unlocked, "/records/open", passphrase=PASSPHRASE, to="/for-me")
    assert answer.headers["location"] == "/people?to=/for-me"


def test_where_the_server_is_not_for_this_machine_alone_every_page_needs_the_passphrase(
    unlocked: TestClient, desk: Desk, post: Post
) -> None:
    desk.closed = True
    stranger = TestClient(unlocked.app, base_url=BASE, follow_redirects=False)
    for path in ("/", "/people", "/settings", "/settings/model", "/answers/x"):
        answer = stranger.get(path)
        assert answer.status_code == 303, path
        assert answer.headers["location"].startswith("/records/open")
    assert unlocked.get("/").status_code == 200
    vault.destroy(desk.records_folder)
    fields = {"passphrase": PASSPHRASE, "passphrase_again": PASSPHRASE}
    assert post(stranger, "/records/open", **fields).status_code == 401  # nobody begins records from elsewhere
    assert not vault.exists(desk.records_folder)
