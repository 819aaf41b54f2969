"""Adding papers: they are sealed as they arrive, read as a job, asked about afterwards; and all that goes wrong."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.testclient import TestClient
from tests.serve.web.conftest import HOSTS, PASSPHRASE, send, token

from navaid import journeys
from navaid.records.vault import Standing, places
from navaid.records.vault.waiting import tidy
from navaid.serve.web import reading, uploads
from navaid.serve.web.app import create_app
from navaid.serve.web.desk import Desk
from navaid.serve.web.sessions import Session

CANARY = "Canaryword"
PAPER = f"""SURGICAL PATHOLOGY REPORT
Collected: 2026-05-06

Diagnosis: Left breast, lumpectomy: invasive ductal carcinoma, grade 3. {CANARY}
Estrogen receptor: positive (80%)
"""
RECIPE = (
    "Pancakes: two eggs, a cup of flour, milk, and a pinch of salt. Fry in butter until golden on both sides.\n" * 4
)


def session_of(client: TestClient, desk: Desk) -> Session:
    session = desk.sessions.find(client.cookies[desk.cookie])
    assert session is not None
    return session


def upload(client: TestClient, *files: tuple[str, bytes]) -> httpx2.Response:
    csrf = token(client, "/records")
    return client.post("/records/papers", data={"csrf": csrf}, files=[("files", file) for file in files])


def finished(client: TestClient, desk: Desk, made: httpx2.Response) -> httpx2.Response:
    """The page of the reading once it is over."""
    assert made.status_code == 303, made.text
    where = made.headers["location"]
    assert where.startswith("/records/reading/"), where
    job = desk.jobs._held[where.rsplit("/", 1)[1]]
    assert job.wait(60), job.now
    return client.get(where)


def plain_on_disk(desk: Desk) -> bool:
    return any(CANARY.encode() in path.read_bytes() for path in desk.records_folder.rglob("*") if path.is_file())


def test_a_paper_is_kept_and_what_was_found_is_told(unlocked: TestClient, desk: Desk) -> None:
    page = finished(unlocked, desk, upload(unlocked, ("surgery.txt", PAPER.encode())))
    assert "1 paper is kept" in page.text
    assert "Pathology report, 6 May 2026" in page.text
    assert CANARY not in page.url.path
    listed = unlocked.get("/records").text
    assert "surgery.txt" in listed
    assert "not read to the end" not in listed
    with session_of(unlocked, desk).papers() as papers:
        held = papers.find("surgery.txt")
        assert b"".join(papers.bytes_of(held.id)) == PAPER.encode()
        assert papers.waiting.all() == ()
    assert not plain_on_disk(desk)


def test_nothing_is_plain_on_the_disk_while_it_waits(unlocked: TestClient, desk: Desk) -> None:
    with session_of(unlocked, desk).papers() as papers, papers.waiting.arriving("a.txt", _day()) as arriving:
        arriving.write(PAPER.encode())
        waiting = arriving.end()
        assert not plain_on_disk(desk)
        with papers.waiting.plain(waiting.id) as path:
            assert path.read_bytes() == PAPER.encode()
            assert path.stat().st_mode & 0o077 == 0
            assert path.parent.stat().st_mode & 0o077 == 0
            assert desk.records_folder in path.parents
        assert not plain_on_disk(desk)


def test_the_same_file_twice_is_kept_once_and_that_is_said(unlocked: TestClient, desk: Desk) -> None:
    finished(unlocked, desk, upload(unlocked, ("surgery.txt", PAPER.encode())))
    again = finished(unlocked, desk, upload(unlocked, ("another name.txt", PAPER.encode())))
    assert "1 was here before" in again.text
    both = upload(unlocked, ("b.txt", RECIPE.encode()), ("c.txt", RECIPE.encode()))
    assert "c.txt came twice and was taken once" in finished(unlocked, desk, both).text
    with session_of(unlocked, desk).papers() as papers:
        assert len(papers.originals()) == 3


def test_a_paper_that_may_not_belong_here_is_asked_about_afterwards(unlocked: TestClient, desk: Desk) -> None:
    other = f"PATHOLOGY REPORT\nPatient: Rosa Maria Ortiz\nDOB: 1950-01-02\nDate: 2026-01-02\n\n{PAPER}"
    mine = f"PATHOLOGY REPORT\nPatient: Jane Doe\nDOB: 1971-03-04\nDate: 2026-01-05\n\n{PAPER}"
    finished(unlocked, desk, upload(unlocked, ("mine.txt", mine.encode())))
    page = finished(unlocked, desk, upload(unlocked, ("hers.txt", other.encode()), ("food.txt", RECIPE.encode())))
    assert "2 need a word from you" in page.text
    asked = unlocked.get("/records/waiting").text
    assert "This seems to be another person’s paper. Keep it here?" in asked
    assert "This does not look like a medical paper. Keep it?" in asked
    with session_of(unlocked, desk).papers() as papers:
        hers, food = ({w.name: w for w in papers.waiting.all()}[name] for name in ("hers.txt", "food.txt"))
        assert {hers.standing, food.standing} == {Standing.DOUBTED}
    gone = send(unlocked, f"/records/waiting/{food.id}", page="/records/waiting", keep="no")
    assert gone.headers["location"] == "/records/waiting"
    kept = finished(unlocked, desk, send(unlocked, f"/records/waiting/{hers.id}", page="/records/waiting", keep="yes"))
    assert "1 paper is kept" in kept.text
    twice = send(unlocked, f"/records/waiting/{hers.id}", page="/records", keep="yes")
    assert twice.headers["location"] == "/records"
    with session_of(unlocked, desk).papers() as papers:
        assert "food.txt" not in [original.name for original in papers.originals()]
        assert papers.waiting.all() == ()


def test_a_file_that_cannot_be_read_is_asked_about_and_not_lost(unlocked: TestClient, desk: Desk) -> None:
    page = finished(unlocked, desk, upload(unlocked, ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<<"), ("empty.txt", b"")))
    assert "2 need a word from you" in page.text
    assert "Traceback" not in page.text
    asked = unlocked.get("/records/waiting").text
    assert "This paper could not be read. Keep it all the same?" in asked
    assert "cut.pdf" in asked


def test_500_files_at_once_are_taken_and_one_more_is_named(unlocked: TestClient, desk: Desk) -> None:
    files = [(f"n{number}.txt", f"{PAPER}{number}".encode()) for number in range(uploads.MOST_FILES + 2)]
    page = finished(unlocked, desk, upload(unlocked, *files))
    assert "500 papers are kept" in page.text
    assert "500 files are taken at once; add the other 2 now" in page.text
    with session_of(unlocked, desk).papers() as papers:
        assert len(papers.originals()) == 502  # two were there


def test_an_empty_form_says_what_to_do(unlocked: TestClient) -> None:
    csrf = token(unlocked, "/records")
    made = unlocked.post("/records/papers", data={"csrf": csrf}, files={"files": ("", b"")})
    assert made.headers["location"] == "/records"
    assert "Choose a paper first" in unlocked.get("/records").text


@pytest.mark.parametrize(
    "name", ["../../../etc/cron.d/x", "C:\\a\\b.txt", "..", ".hidden", "a" * 300 + ".txt", "\r\nx: y"]
)
def test_a_name_is_never_a_path(unlocked: TestClient, desk: Desk, name: str) -> None:
    csrf = token(unlocked, "/records")
    head = f'Content-Disposition: form-data; name="files"; filename="{name}"'.replace("\r\n", "%0D%0A")
    body = _body(csrf, head.encode(), PAPER.encode())
    made = unlocked.post("/records/papers", content=body, headers=_KIND)
    assert "is kept" in finished(unlocked, desk, made).text
    with session_of(unlocked, desk).papers() as papers:
        kept = papers.originals()[-1].name
    assert "/" not in kept
    assert "\\" not in kept
    assert not kept.startswith(".")
    assert len(kept.encode()) <= 120


def test_without_the_token_no_byte_is_taken(unlocked: TestClient, desk: Desk) -> None:
    part = b'Content-Disposition: form-data; name="files"; filename="a.txt"'
    for body in (_body("wrong", part, PAPER.encode()), _body(None, part, PAPER.encode())):
        assert unlocked.post("/records/papers", content=body, headers=_KIND).status_code == 403
    with session_of(unlocked, desk).papers() as papers:
        assert papers.waiting.all() == ()
    assert not list(desk.records_folder.glob("*/waiting/*"))


def test_what_is_no_form_is_said_to_be_none(unlocked: TestClient) -> None:
    for kind, body in (
        ("text/plain", b"x"),
        (_KIND["content-type"], b"not a form at all"),
        ("multipart/form-data", b""),
    ):
        made = unlocked.post("/records/papers", content=body, headers={"content-type": kind})
        assert made.status_code == 400
        assert "add them again" in made.text


def test_an_upload_cut_off_leaves_nothing_plain_and_what_came_whole_waits(unlocked: TestClient, desk: Desk) -> None:
    csrf = token(unlocked, "/records")
    part = b'Content-Disposition: form-data; name="files"; filename="%s"'
    whole = _body(csrf, part % b"whole.txt", PAPER.encode())[: -len(b"--cut--\r\n")]
    begun = b"--cut\r\n" + part % b"half.txt" + b"\r\n\r\n" + PAPER.encode()[:60]
    status = asyncio.run(_cut_off(unlocked, desk, whole + begun))
    assert status in (None, 400)
    with session_of(unlocked, desk).papers() as papers:
        assert [waiting.name for waiting in papers.waiting.all()] == ["whole.txt"]
    assert len(list(desk.records_folder.glob("*/waiting/*"))) == 1
    page = unlocked.get("/records").text
    assert "1 paper was not read to the end" in page
    done = finished(unlocked, desk, send(unlocked, "/records/waiting/read", page="/records"))
    assert "1 paper is kept" in done.text


def test_a_body_that_ends_in_a_file_says_so(unlocked: TestClient, desk: Desk) -> None:
    csrf = token(unlocked, "/records")
    part = b'Content-Disposition: form-data; name="files"; filename="half.txt"'
    body = _body(csrf, part, PAPER.encode())[:-20]
    made = unlocked.post("/records/papers", content=body, headers=_KIND)
    assert made.status_code == 400
    assert "did not arrive whole" in made.text
    assert not list(desk.records_folder.glob("*/waiting/*"))


def test_a_closed_session_takes_no_paper_and_says_what_to_do(client: TestClient) -> None:
    made = client.post("/records/papers", content=b"", headers=_KIND)
    assert made.status_code == 401
    assert "add the papers again" in made.text
    assert client.get("/records").headers["location"].startswith("/records/open")


def test_the_reading_goes_on_when_the_session_ends(
    unlocked: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, really = threading.Event(), journeys.add_records

    def slowly(*given: Any, **named: Any) -> Iterator[Any]:
        assert go_on.wait(20)
        yield from really(*given, **named)

    monkeypatch.setattr(journeys, "add_records", slowly)
    where = upload(unlocked, ("surgery.txt", PAPER.encode())).headers["location"]
    assert "Papers done: 0" in unlocked.get(where).text
    send(unlocked, "/records/close", page="/records")
    go_on.set()
    assert unlocked.get(where).status_code == 401
    send(unlocked, "/records/open", way="passphrase", passphrase=PASSPHRASE)
    assert desk.jobs._held[where.rsplit("/", 1)[1]].wait(20)
    assert "1 paper is kept" in unlocked.get(where).text
    assert "surgery.txt" in unlocked.get("/records").text


def test_a_server_killed_while_reading_offers_the_papers_again(
    unlocked: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with session_of(unlocked, desk).papers() as papers:
        with papers.waiting.arriving("surgery.txt", _day()) as arriving:
            arriving.write(PAPER.encode())
            waiting = arriving.end()
        left = papers.waiting._folder / waiting.id / "plain"
    left.mkdir()
    (left / "surgery.txt").write_text(PAPER)  # as a killed process leaves it
    assert plain_on_disk(desk)
    with TestClient(create_app(desk, HOSTS), base_url="http://127.0.0.1:8765") as started_anew:
        assert not plain_on_disk(desk)
        del started_anew
    page = unlocked.get("/records").text
    assert "surgery.txt" in page
    assert "Read it now" in page


def test_what_is_being_read_or_sent_is_not_tidied_away(unlocked: TestClient, desk: Desk) -> None:
    with session_of(unlocked, desk).papers() as papers, papers.waiting.arriving("a.txt", _day()) as arriving:
        arriving.write(b"x")
        tidy(desk.records_folder)
        waiting = arriving.end()
        with papers.waiting.plain(waiting.id) as path:
            tidy(desk.records_folder)
            assert path.read_bytes() == b"x"
            with pytest.raises(places.VaultLocked), papers.waiting.plain(waiting.id):
                pass


def test_stopping_keeps_what_was_read_and_the_rest_waits(
    unlocked: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on, really = threading.Event(), threading.Event(), journeys.add_records

    def slowly(*given: Any, **named: Any) -> Iterator[Any]:
        for outcome in really(*given, **named):
            yield outcome
            begun.set()
            assert go_on.wait(20)

    monkeypatch.setattr(journeys, "add_records", slowly)
    where = upload(unlocked, ("one.txt", PAPER.encode()), ("two.txt", f"{PAPER} 2".encode())).headers["location"]
    assert begun.wait(20)
    desk.jobs._held[where.rsplit("/", 1)[1]].stop()
    go_on.set()
    assert desk.jobs._held[where.rsplit("/", 1)[1]].wait(20)
    assert "The reading was stopped" in unlocked.get(where).text
    with session_of(unlocked, desk).papers() as papers:
        assert "one.txt" in [original.name for original in papers.originals()]
        assert [waiting.name for waiting in papers.waiting.all()][-1:] == ["two.txt"]
    assert not plain_on_disk(desk)


def test_progress_is_told_as_it_happens(unlocked: TestClient, desk: Desk) -> None:
    where = upload(unlocked, ("surgery.txt", PAPER.encode())).headers["location"]
    with unlocked.stream("GET", f"{where}/events") as told:
        assert told.headers["content-type"].startswith("text/event-stream")
        assert told.headers["cache-control"] == "no-store"
        text = "".join(told.iter_text())
    assert "event: over" in text
    assert "1 paper is kept" in text
    assert all(re.match(r"(data|event): |:|$", line) for line in text.splitlines())


def test_another_person_cannot_see_the_job(unlocked: TestClient, desk: Desk) -> None:
    where = upload(unlocked, ("surgery.txt", PAPER.encode())).headers["location"]
    session = session_of(unlocked, desk)
    assert session.vault is not None
    session.vault.papers("mum", create=True)._database.close()
    session.profile = "mum"
    assert unlocked.get(where).headers["location"] == "/records"
    assert unlocked.get(f"{where}/events").status_code == 404


def test_without_a_script_the_page_looks_again_by_itself(
    unlocked: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_read", lambda *_: time.sleep(0.5))
    where = upload(unlocked, ("surgery.txt", PAPER.encode())).headers["location"]
    assert '<noscript><meta http-equiv="refresh"' in unlocked.get(where).text
    assert desk.jobs._held[where.rsplit("/", 1)[1]].wait(5)


def test_forgetting_a_person_forgets_what_waits(unlocked: TestClient, desk: Desk) -> None:
    session = session_of(unlocked, desk)
    with session.papers() as papers:
        with papers.waiting.arriving("a.txt", _day()) as arriving:
            arriving.write(PAPER.encode())
            arriving.end()
        name = papers.name
    assert session.vault is not None
    session.vault.forget(name)
    assert not list(desk.records_folder.glob("*/waiting"))


def _day() -> Any:
    import datetime as dt

    return dt.date(2026, 6, 1)


_KIND = {"content-type": "multipart/form-data; boundary=cut"}


def _body(csrf: str | None, head: bytes, data: bytes) -> bytes:
    first = f'--cut\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{csrf}\r\n'.encode() if csrf else b""
    return first + b"--cut\r\n" + head + b"\r\n\r\n" + data + b"\r\n--cut--\r\n"


async def _cut_off(client: TestClient, desk: Desk, sent: bytes) -> int | None:
    """A request whose connection breaks off after these bytes, given to the app as a server would."""
    status: list[int] = []
    parts = [{"type": "http.request", "body": sent, "more_body": True}, {"type": "http.disconnect"}]

    async def receive() -> dict[str, Any]:
        return parts.pop(0)

    async def answer(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            status.append(message["status"])

    headers = [(b"host", b"127.0.0.1:8765"), (b"content-type", _KIND["content-type"].encode())]
    headers.append((b"cookie", f"{desk.cookie}={client.cookies[desk.cookie]}".encode()))
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/records/papers",
        "raw_path": b"/records/papers",
        "headers": headers,
    }
    scope |= {
        "query_string": b"",
        "http_version": "1.1",
        "scheme": "http",
        "server": ("127.0.0.1", 8765),
        "root_path": "",
    }
    scope |= {"client": ("127.0.0.1", 5000), "asgi": {"version": "3.0"}}
    app: Any = client.app
    await app(scope, receive, answer)
    return status[0] if status else None


def test_the_folder_of_papers_is_never_the_systems(unlocked: TestClient, desk: Desk, tmp_path: Path) -> None:
    """A large file must not pass through the system's temporary folder, where the usual reading of forms puts it."""
    import tempfile

    elsewhere = tmp_path / "system"
    elsewhere.mkdir()
    before, tempfile.tempdir = tempfile.tempdir, str(elsewhere / "missing")  # whoever wants a file there fails
    try:
        large = b"\x00\x01" * 1_500_000
        page = finished(unlocked, desk, upload(unlocked, ("large.bin", large)))
    finally:
        tempfile.tempdir = before
    assert "1 needs a word from you" in page.text
    with session_of(unlocked, desk).papers() as papers:
        assert [waiting.size for waiting in papers.waiting.all()] == [len(large)]
