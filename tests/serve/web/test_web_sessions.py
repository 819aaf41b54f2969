"""Who is remembered, for how long, and who makes room for whom."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient
from tests.serve.web.conftest import BASE, PASSPHRASE, send, token

from navaid.serve.web import limits, sessions
from navaid.serve.web.app import create_app
from navaid.serve.web.desk import Desk
from navaid.serve.web.limits import TooOften, Tries
from navaid.serve.web.sessions import Session, Sessions


def test_the_cookie_is_closed_to_scripts_and_to_other_sites(client: TestClient) -> None:
    flags = client.get("/records/open").headers["set-cookie"].lower()
    assert "httponly" in flags
    assert "samesite=strict" in flags
    assert "path=/" in flags
    assert "domain" not in flags
    assert "secure" not in flags  # plain http on this machine: a browser would not send it back


def test_under_tls_the_cookie_is_secure_and_no_other_host_can_set_it(desk: Desk) -> None:
    desk.secure = True
    browser = TestClient(create_app(desk, frozenset({"navaid.example"})), base_url="https://navaid.example")
    flags = browser.get("/records/open").headers["set-cookie"]
    assert flags.startswith("__Host-navaid=")
    assert "secure" in flags.lower()
    assert send(browser, "/ask", question="What is HER2?").status_code == 200


def test_a_page_without_a_form_leaves_no_cookie_and_no_session(client: TestClient, desk: Desk) -> None:
    before = len(desk.sessions)
    answer = client.get("/nothing")
    assert "set-cookie" not in answer.headers
    assert len(desk.sessions) == before


def test_a_cookie_is_set_once(client: TestClient) -> None:
    assert "set-cookie" in client.get("/records/open").headers
    assert "set-cookie" not in client.get("/records/open").headers


def test_an_invented_cookie_names_nothing(client: TestClient, desk: Desk) -> None:
    client.cookies.set(desk.cookie, "chosen-by-somebody-else")
    answer = client.get("/records/open")
    assert "chosen-by-somebody-else" not in answer.headers["set-cookie"]


def test_a_thousand_visitors_close_nobodys_records(unlocked: TestClient, desk: Desk) -> None:
    mine = unlocked.cookies[desk.cookie]
    for _ in range(1_000):
        desk.sessions.start()
    assert len(desk.sessions) <= sum(sessions._MOST)
    held = desk.sessions.find(mine)
    assert held is not None
    assert held.vault is not None


def test_a_session_that_asked_is_worth_more_than_one_that_looked() -> None:
    held = Sessions()
    asked = held.start()
    asked.ask("What is HER2?")
    for _ in range(sessions._MOST[0] + 1):
        held.start()
    assert held.find(asked.token) is asked


def test_an_idle_session_ends_and_lets_go_of_its_key() -> None:
    clock = [0.0]
    held = Sessions(idle_s=60, now=lambda: clock[0])
    one, other = held.start(), held.start()
    one.vault = object()  # type: ignore[assignment]
    one.ask("What is HER2?")
    clock[0] = 50
    assert held.find(other.token) is other
    clock[0] = 70
    held.sweep()  # by the clock; nobody asked for a page
    assert one.vault is None
    assert not one.asked
    assert held.find(one.token) is None
    assert held.find(other.token) is other


def test_the_records_close_when_nobody_is_there(unlocked: TestClient, desk: Desk) -> None:
    assert unlocked.get("/people").status_code == 200
    desk.sessions.idle_s = -1
    answer = unlocked.get("/people")
    assert answer.status_code == 401
    assert "/records/open?to=/people" in answer.text


def test_giving_the_passphrase_makes_the_old_cookie_and_token_worthless(client: TestClient, desk: Desk) -> None:
    old_token, old_cookie = token(client), client.cookies[desk.cookie]
    send(client, "/records/open", way="passphrase", passphrase=PASSPHRASE, passphrase_again=PASSPHRASE)
    assert client.cookies[desk.cookie] != old_cookie
    assert desk.sessions.find(old_cookie) is None
    assert client.post("/people/add", data={"csrf": old_token, "name": "Mum"}).status_code == 403


def test_a_session_shows_no_secret_when_it_is_printed() -> None:
    one = Session()
    assert one.token not in repr(one)
    assert one.csrf not in repr(one)


def test_the_eleventh_try_waits_and_a_good_one_does_not_count() -> None:
    clock = [0.0]
    tries = Tries(now=lambda: clock[0])
    for _ in range(limits.MOST):
        tries.begin("10.0.0.1")
    with pytest.raises(TooOften) as raised:
        tries.begin("10.0.0.1")
    assert 59 <= raised.value.wait_s <= 61
    tries.begin("10.0.0.2")
    clock[0] = 60.5
    for _ in range(50):
        tries.begin("10.0.0.1")
        tries.good("10.0.0.1")


def test_many_addresses_together_wait_too() -> None:
    tries = Tries(in_all=30)
    for number in range(30):
        tries.begin(f"10.0.0.{number}")
    with pytest.raises(TooOften):
        tries.begin("10.0.1.1")


def test_two_browsers_do_not_share_what_is_open(unlocked: TestClient) -> None:
    other = TestClient(unlocked.app, base_url=BASE)
    assert other.get("/people").status_code == 401
