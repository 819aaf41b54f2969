"""What tests of the pages share: a desk in a fresh folder, a client for it, and one whose records are open."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.testclient import TestClient

from navaid import journeys
from navaid.config import Settings
from navaid.library import Library
from navaid.records.vault import keys
from navaid.serve.web.app import create_app
from navaid.serve.web.desk import Desk

BASE = "http://127.0.0.1:8765"
HOSTS = frozenset({"127.0.0.1:8765", "localhost:8765"})
PASSPHRASE = "seven lanterns under water"
PATHOLOGY = """SURGICAL PATHOLOGY REPORT
Collected: 2026-02-03

Diagnosis: Left breast, core biopsy: invasive ductal carcinoma, grade 2.
Estrogen receptor: positive (90%)
Progesterone receptor: positive (40%)
HER2 by IHC: 1+ (negative)
"""
LETTER = """CLINIC LETTER
Date: 2026-03-10

Left breast cancer, ER positive, HER2 negative. Lumpectomy on 2026-02-20: tumor 18 mm, margins negative.
Sentinel nodes: 0 of 2 positive. She is 54 years old and postmenopausal. Letrozole is planned after radiotherapy.
"""
Post = Callable[..., httpx2.Response]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Little stretching, which is measured elsewhere; and no settings but the test's own."""
    monkeypatch.setattr(keys, "new_stretch", lambda: keys.Stretch(salt=bytes(16), memory_kib=64, passes=1))
    monkeypatch.setenv("NAVAID_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NAVAID_EMBEDDING", "off")


@pytest.fixture
def desk(tmp_path: Path, embedded: Library) -> Iterator[Desk]:
    """What the pages work with, in a fresh home, over the embedded library."""
    made = Desk(Settings(home=str(tmp_path / "home"), embedding="off"), embedded.folder)
    yield made
    made.close()


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    """A browser without a cookie. It follows no redirect by itself, so that tests see each step."""
    with TestClient(create_app(desk, HOSTS), base_url=BASE, follow_redirects=False) as made:
        yield made


@pytest.fixture
def post() -> Post:
    """`post(client, path, **fields)`: the form as a page of ours would send it, with its token."""
    return send


@pytest.fixture
def unlocked(client: TestClient, desk: Desk) -> TestClient:
    """A browser whose records are open: one person, `me`, with two papers; the passphrase was given on the page."""
    made = send(client, "/records/open", way="passphrase", passphrase=PASSPHRASE, passphrase_again=PASSPHRASE)
    assert made.status_code == 303, made.text
    folder = desk.settings.home_path / "given"
    folder.mkdir()
    for name, text in (("pathology.txt", PATHOLOGY), ("letter.txt", LETTER)):
        (folder / name).write_text(text)
    session = desk.sessions.find(client.cookies[desk.cookie])
    assert session is not None
    with session.papers() as papers:
        day = dt.date(2026, 4, 1)
        kept = [one.original for one in journeys.add_records(papers, [folder], decide=lambda _: True, today=day)]
    assert all(kept)
    assert len(kept) == 2
    return client


def send(client: TestClient, path: str, page: str = "/records/open", **fields: Any) -> httpx2.Response:
    """Sends a form with the token that `page` shows. Files go as `files={name: (name, bytes)}`."""
    files = fields.pop("files", None)
    return client.post(path, data={"csrf": token(client, page), **fields}, files=files)


def token(client: TestClient, page: str = "/records/open") -> str:
    """The token in the forms of this page; once the records are open, of the settings."""
    shown = client.get(page)
    if shown.status_code == 303:
        shown = client.get("/people")
    found = re.search(r'name="csrf" value="([^"]+)"', shown.text)
    assert found, f"{page} has no form ({shown.status_code})"
    return found[1]
