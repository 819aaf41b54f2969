"""What the guard lets in, what it turns away, and what it says on every answer."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.testclient import TestClient
from starlette.types import Message
from tests.serve.web.conftest import BASE, HOSTS, Post, token

from navaid.serve.web import guard
from navaid.serve.web.app import create_app
from navaid.serve.web.desk import Desk
from navaid.serve.web.guard import Guard
from navaid.serve.web.here import HereNow

CANARY = "Canaryword"
_UPLOADS = ("/records/papers", "/library/add")  # these take files only, and read their form as it comes


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "127.0.0.1:9999", "127.0.0.1", "127.0.0.1.evil.example:8765", ""]
)
def test_another_name_for_this_server_is_turned_away(client: TestClient, host: str) -> None:
    for path in ("/", "/static/navaid.css", "/records/open"):
        assert client.get(path, headers={"host": host}).status_code == 421


def test_its_own_names_are_known_in_any_letters(client: TestClient) -> None:
    assert client.get("/", headers={"host": "LOCALHOST:8765"}).status_code == 200


def test_two_hosts_are_one_too_many(desk: Desk) -> None:
    sent = _through(create_app(desk, HOSTS), [(b"host", b"127.0.0.1:8765"), (b"host", b"evil.example")])
    assert sent[0]["status"] == 421


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost", "x"])
def test_a_form_from_another_site_is_refused_though_its_token_is_right(client: TestClient, origin: str) -> None:
    data = {"csrf": token(client), "question": "What is HER2?"}
    assert client.post("/ask", data=data, headers={"origin": origin}).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_the_browsers_own_word_counts(client: TestClient, site: str) -> None:
    data = {"csrf": token(client), "question": "What is HER2?"}
    assert client.post("/ask", data=data, headers={"sec-fetch-site": site}).status_code == 403
    good = {"sec-fetch-site": "same-origin", "origin": BASE}
    assert client.post("/ask", data=data, headers=good).status_code == 303


@pytest.mark.parametrize("given", [None, "", "wrong", "Wörter"])
def test_without_the_token_nothing_is_done(client: TestClient, given: str | None) -> None:
    token(client)
    data = {"question": "What is HER2?"} | ({} if given is None else {"csrf": given})
    answer = client.post("/ask", data=data)
    assert answer.status_code == 403
    assert "reload the page" in answer.text


def test_a_token_of_another_session_opens_nothing(client: TestClient) -> None:
    mine = token(client)
    client.cookies.clear()
    token(client)
    assert client.post("/ask", data={"csrf": mine, "question": "x"}).status_code == 403


def test_a_post_without_a_session_is_refused_before_its_body_is_read(client: TestClient) -> None:
    assert client.post("/ask", data={"csrf": "x"}).status_code == 403


def test_every_answer_is_strict_and_only_static_files_are_kept(client: TestClient) -> None:
    for path in ("/", "/records/open", "/nothing", "/settings"):
        headers = client.get(path).headers
        assert headers["cache-control"] == "no-store", path
        assert "unsafe" not in headers["content-security-policy"]
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
    assert "max-age" in client.get("/static/navaid.css").headers["cache-control"]
    assert client.get("/static/none.css").headers["cache-control"] == "no-store"
    assert client.get("/static/../guard.py").status_code in (404, 405)
    refused = client.get("/", headers={"host": "evil.example"}).headers
    assert refused["cache-control"] == "no-store"


def test_a_stranger_may_send_a_question_and_no_file(client: TestClient) -> None:
    answer = client.post("/ask", data={"csrf": token(client), "question": "x" * (guard.FORM_BYTES + 1)})
    assert answer.status_code == 413
    assert "fewer files" in answer.text


def test_a_body_without_a_length_is_counted_while_it_comes(client: TestClient) -> None:
    form = b"csrf=" + token(client).encode() + b"&question="

    def parts() -> Iterator[bytes]:
        yield form
        for _ in range(20):
            yield b"x" * 100_000

    sent = client.post("/ask", content=parts(), headers={"content-type": "application/x-www-form-urlencoded"})
    assert sent.status_code == 413


@pytest.mark.parametrize("length", ["abc", "-1", "١٢", str(guard.MOST_BYTES + 1)])
def test_an_absurd_length_is_refused(client: TestClient, length: str) -> None:
    headers = [(b"host", b"127.0.0.1:8765"), (b"content-length", length.encode())]
    sent = _through(client.app, headers, method="POST")  # type: ignore[arg-type]
    assert sent[0]["status"] in (400, 413)


def test_what_is_larger_than_anything_taken_here_gets_a_page_with_the_next_step(client: TestClient) -> None:
    headers = [(b"host", b"127.0.0.1:8765"), (b"content-length", str(guard.MOST_BYTES + 1).encode())]
    sent = _through(client.app, headers, method="POST")  # type: ignore[arg-type]
    told = dict(sent[0]["headers"])
    assert sent[0]["status"] == 413
    assert told[b"content-type"].startswith(b"text/html")
    assert told[b"content-security-policy"].startswith(b"default-src 'none'")
    assert b"add fewer files at a time" in b"".join(part.get("body", b"") for part in sent[1:])


def test_five_hundred_files_and_no_more(unlocked: TestClient) -> None:
    files = [("files", (f"{n}.txt", b"x")) for n in range(501)]
    answer = unlocked.post("/people/add", data={"csrf": token(unlocked), "name": "Mum"}, files=files)
    assert answer.status_code == 400
    assert "at most 500 files" in answer.text
    assert unlocked.post("/people/add", data={"csrf": token(unlocked), "name": "Mum"}, files=files[1:]).is_redirect


def test_a_body_that_does_not_go_on_is_given_up(desk: Desk) -> None:
    async def reads(scope: object, receive: object, send: object) -> None:
        await Request(scope, receive).body()  # type: ignore[arg-type]

    def told(request: Request) -> PlainTextResponse:
        return PlainTextResponse("gone", 500)

    app = Guard(reads, lambda: HOSTS, told, slowest_s=0.05)  # type: ignore[arg-type]
    sent = _through(app, [(b"host", b"127.0.0.1:8765")], method="POST", silent=True)
    assert sent[0]["status"] == 500


@pytest.fixture
def failing(desk: Desk) -> TestClient:
    app: FastAPI = create_app(desk, HOSTS)

    @app.post("/fails")
    def fails(here: HereNow) -> None:
        raise RuntimeError(f"in the report of {here.field('question')}")

    @app.get("/streams")
    def streams() -> PlainTextResponse:
        return _Breaking()

    return TestClient(app, base_url=BASE)


class _Breaking(PlainTextResponse):
    async def __call__(self, scope: object, receive: object, send: object) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})  # type: ignore[operator]
        raise ValueError(CANARY)


def test_what_nobody_foresaw_is_told_without_a_word_of_the_request(
    failing: TestClient, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    answer = failing.post("/fails", data={"csrf": token(failing), "question": CANARY})
    assert answer.status_code == 500
    assert "nothing that was kept is lost" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    written = caplog.text + "".join(capfd.readouterr()) + answer.text
    assert CANARY not in written
    assert "Traceback" not in written
    assert "RuntimeError at test_web_guard.py:" in caplog.text


def test_an_answer_that_breaks_off_says_no_value_either(
    failing: TestClient, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    failing.get("/streams")
    assert CANARY not in caplog.text + "".join(capfd.readouterr())
    assert "ValueError" in caplog.text


def test_words_in_an_address_are_not_given_back(client: TestClient, post: Post) -> None:
    assert CANARY not in client.get(f"/answers/{CANARY}").text
    assert CANARY not in client.get(f"/{CANARY}?{CANARY}={CANARY}").text


def _through(
    app: object, headers: list[tuple[bytes, bytes]], method: str = "GET", *, silent: bool = False
) -> list[Message]:
    """What the app sends for a request that no well-behaved client would make."""
    sent: list[Message] = []

    async def receive() -> Message:
        if silent:
            await asyncio.sleep(5)
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": "/", "raw_path": b"/", "query_string": b"", "headers": headers}
    scope |= {"scheme": "http", "server": ("127.0.0.1", 8765), "client": ("127.0.0.1", 1), "http_version": "1.1"}
    asyncio.run(app(scope, receive, send))  # type: ignore[operator]
    return sent


def _routes(app: FastAPI, method: str) -> list[str]:
    """Every address of a page that takes this method, with `x` or 1 for what stands in it."""
    found = [route for route in _flat(app.routes) if method in route.methods]
    return sorted({re.sub(r"\{(\w+)(:\w+)?\}", lambda m: "1" if m[1] == "number" else "x", r.path) for r in found})


def _flat(routes: Sequence[BaseRoute]) -> Iterator[Route]:
    """The routes, also those of routers that are taken in whole."""
    for route in routes:
        if isinstance(route, Route):
            yield route
        elif not isinstance(route, Mount):
            yield from _flat(getattr(getattr(route, "original_router", route), "routes", ()))


def test_every_form_of_every_page_needs_its_token(unlocked: TestClient) -> None:
    app: Any = unlocked.app
    paths = _routes(app, "POST")
    assert {"/ask", "/records/close", "/settings/forget", "/people/choose"} <= set(paths)
    for path in paths:
        files = {"files": ("a.txt", b"x")} if path in _UPLOADS else None
        assert unlocked.post(path, data={"csrf": "wrong"}, files=files).status_code == 403, path


def test_where_strangers_may_come_no_page_is_shown_to_them(desk: Desk) -> None:
    desk.closed = True
    app = create_app(desk, HOSTS)
    stranger = TestClient(app, base_url=BASE, follow_redirects=False)
    paths = _routes(app, "GET")
    assert {"/", "/records", "/settings", "/answers/x"} <= set(paths)
    for path in paths:
        answer = stranger.get(path)
        if path not in ("/records/open", "/help-now", "/static/page.css"):
            shown = answer.status_code, answer.headers.get("location", "")
            assert shown[0] == 303, (path, shown)
            assert shown[1].startswith(("/records/open", "/sign-in")), (path, shown)
    data = {"csrf": token(stranger), "question": "What is HER2?", "to": "/"}
    for path in _routes(app, "POST"):
        answer = stranger.post(path, data=data)
        if path not in ("/records/open", "/sign-in", "/country"):
            assert answer.status_code in (401, 403), (path, answer.status_code)
