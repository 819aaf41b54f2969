"""Settings: passphrase, language model, export, forgetting, what is kept where."""

from __future__ import annotations

import io
import tomllib
import zipfile
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.serve.web.conftest import BASE, PASSPHRASE, PATHOLOGY, Post, token

from navaid import config
from navaid.errors import BadInput
from navaid.models import consent, outbox
from navaid.records import vault
from navaid.records.vault import ways
from navaid.records.vault.errors import WrongKey
from navaid.serve.web import settings_file
from navaid.serve.web.desk import Desk
from navaid.serve.web.pages import settings_leave

NEW = "eight lanterns over sand"
FAR = "https://models.example/v1#big"


@pytest.fixture(autouse=True)
def nobody_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test may reach a model; what would be sent is shown without a call."""
    for name in ("NAVAID_CHAT", "NAVAID_CHAT_KEY"):
        monkeypatch.delenv(name, raising=False)


def change(post: Post, client: TestClient, old: str, new: str = NEW, again: str = NEW) -> int:
    return post(client, "/settings/passphrase", passphrase=old, new=new, new_again=again).status_code


def test_the_passphrase_is_changed_and_the_old_one_opens_nothing(unlocked: TestClient, desk: Desk, post: Post) -> None:
    other = TestClient(unlocked.app, base_url=BASE, follow_redirects=False)
    post(other, "/records/open", passphrase=PASSPHRASE)
    old_cookie = unlocked.cookies[desk.cookie]
    assert change(post, unlocked, PASSPHRASE) == 303
    assert "was changed" in unlocked.get("/settings").text
    assert unlocked.cookies[desk.cookie] != old_cookie
    assert other.get("/people").status_code == 401  # open elsewhere with the old one: closed
    vault.open_(desk.records_folder, ways.passphrase(NEW))
    with pytest.raises(WrongKey):
        vault.open_(desk.records_folder, ways.passphrase(PASSPHRASE))


@pytest.mark.parametrize(
    ("old", "new", "again", "status"),
    [
        ("not the old one", NEW, NEW, 401),
        (PASSPHRASE, NEW, "other words here", 400),
        (PASSPHRASE, "short", "short", 400),
    ],
)
def test_a_change_that_will_not_do_changes_nothing(
    unlocked: TestClient, desk: Desk, post: Post, old: str, new: str, again: str, status: int
) -> None:
    assert change(post, unlocked, old, new, again) == status
    vault.open_(desk.records_folder, ways.passphrase(PASSPHRASE))


def test_the_old_passphrase_cannot_be_guessed_from_an_open_page(unlocked: TestClient, post: Post) -> None:
    given = [change(post, unlocked, f"guess number {n}") for n in range(11)]
    assert given == [401] * 10 + [429]


def test_without_the_passphrase_the_settings_of_kept_records_are_closed(unlocked: TestClient, post: Post) -> None:
    stranger = TestClient(unlocked.app, base_url=BASE, follow_redirects=False)
    assert stranger.get("/settings").status_code == 200
    assert "What is kept where" not in stranger.get("/settings").text
    for path in ("/settings/forget", "/settings/model", "/settings/check"):
        assert stranger.get(path).status_code == 401, path
    for path in ("/settings/forget", "/settings/model", "/settings/model/agree", "/settings/passphrase"):
        assert post(stranger, path, what="everything", sure="forget").status_code == 401, path
    assert post(stranger, "/settings/export", form="json").status_code == 401


def test_what_is_kept_where_is_told(unlocked: TestClient, desk: Desk) -> None:
    shown = unlocked.get("/settings").text
    assert str(desk.records_folder) in shown
    assert "encrypted" in shown


def test_what_is_missing_is_told_with_how_to_mend_it(unlocked: TestClient) -> None:
    shown = unlocked.get("/settings/check").text
    assert "package msgspec" in shown
    assert "records are for their owner only" in shown


def test_an_export_is_one_zip_and_leaves_nothing_in_plain(unlocked: TestClient, desk: Desk, post: Post) -> None:
    assert "not encrypted" in unlocked.get("/settings").text
    got = post(unlocked, "/settings/export", form=["original", "json"])
    assert got.status_code == 200
    assert got.headers["cache-control"] == "no-store"
    assert got.headers["content-disposition"].startswith('attachment; filename="navaid-me-')
    with zipfile.ZipFile(io.BytesIO(got.content)) as packed:
        names = packed.namelist()
        assert sorted(names) == ["originals/letter.txt", "originals/pathology.txt", "profile.json"]
        assert packed.read("originals/pathology.txt").decode() == PATHOLOGY
    assert list((desk.settings.home_path / settings_leave.LEAVING).iterdir()) == []
    assert post(unlocked, "/settings/export").status_code == 400
    assert post(unlocked, "/settings/export", form="nonsense").status_code == 400


def test_what_a_crash_left_of_an_export_is_swept(tmp_path: Path) -> None:
    left = tmp_path / settings_leave.LEAVING / "tmpabc"
    left.mkdir(parents=True)
    (left / "profile.json").write_text("{}")
    settings_leave.sweep(tmp_path)
    assert not left.exists()


@pytest.mark.parametrize("sure", ["", "forge", "yes"])
def test_without_the_word_nothing_is_forgotten(unlocked: TestClient, desk: Desk, post: Post, sure: str) -> None:
    assert post(unlocked, "/settings/forget", what="everything", sure=sure).status_code == 400
    assert vault.open_(desk.records_folder, ways.passphrase(PASSPHRASE)).profiles == ("me",)


def test_one_person_is_forgotten_and_the_other_stays(unlocked: TestClient, desk: Desk, post: Post) -> None:
    post(unlocked, "/people/add", name="Mum")
    post(unlocked, "/people/choose", name="me")
    assert post(unlocked, "/settings/forget", what="person", name="me", sure="Forget").status_code == 303
    assert vault.open_(desk.records_folder, ways.passphrase(PASSPHRASE)).profiles == ("Mum",)
    assert "Shown now: <strong>Mum</strong>" in unlocked.get("/settings").text
    assert post(unlocked, "/settings/forget", what="person", name="me", sure="forget").status_code == 400


def test_everything_is_forgotten_and_every_browser_closes(unlocked: TestClient, desk: Desk, post: Post) -> None:
    other = TestClient(unlocked.app, base_url=BASE, follow_redirects=False)
    post(other, "/records/open", passphrase=PASSPHRASE)
    assert post(unlocked, "/settings/forget", what="everything", sure="forget").status_code == 303
    assert not vault.exists(desk.records_folder)
    assert list(desk.records_folder.iterdir()) == []
    for browser in (unlocked, other):
        assert browser.get("/people").status_code == 401
    assert "Choose a passphrase" in unlocked.get("/records/open").text


def test_no_model_is_in_force_unless_one_is_chosen(client: TestClient) -> None:
    shown = client.get("/settings/model").text
    assert 'value="off" checked' in shown
    assert "What would be sent" not in shown


def test_what_would_be_sent_is_shown_before_anybody_can_agree(client: TestClient, desk: Desk, post: Post) -> None:
    home = desk.settings.home_path
    assert post(client, "/settings/model", chat="address", address=FAR).status_code == 303
    assert config.load().chat == FAR
    shown = client.get("/settings/model").text
    assert "https://models.example:443" in shown
    assert "exactly" in shown or "to the letter" in shown
    assert "nothing is sent before you agree" in shown
    assert not consent.given(home, "https://models.example:443")
    assert outbox.read(home) == []
    assert post(client, "/settings/model/agree", destination="https://models.example:443").status_code == 303
    assert consent.given(home, "https://models.example:443")
    assert "You agreed to this" in client.get("/settings/model").text
    post(client, "/settings/model/withdraw", destination="https://models.example:443")
    assert not consent.given(home, "https://models.example:443")
    assert outbox.read(home) == []  # all this time nothing left


def test_agreeing_to_another_server_than_the_one_shown_is_refused(client: TestClient, desk: Desk, post: Post) -> None:
    post(client, "/settings/model", chat="address", address=FAR)
    assert post(client, "/settings/model/agree", destination="https://other.example:443").status_code == 400
    assert not consent.given(desk.settings.home_path, "https://other.example:443")


@pytest.mark.parametrize("address", ["", "ftp://x/y#z", "https://host", "javascript:alert(1)#x"])
def test_an_address_that_is_none_changes_nothing(client: TestClient, post: Post, address: str) -> None:
    assert post(client, "/settings/model", chat="address", address=address).status_code == 400
    assert config.load().chat == "off"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "passages = 40\n",
        "# mine\nchat = 'auto' # so\npassages = 40",
        "passages = 40\n\n[keys]\nchat = 'k'\n",
        "chat = 'off'\n[keys]\nchat = 'k'\n",
    ],
)
def test_one_setting_is_changed_and_the_rest_stays(tmp_path: Path, text: str) -> None:
    path = tmp_path / settings_file.NAME
    path.write_text(text)
    before = tomllib.loads(text)
    settings_file.change(tmp_path, "chat", 'http://127.0.0.1:1/v1#a"b')
    assert tomllib.loads(path.read_text()) == {**before, "chat": 'http://127.0.0.1:1/v1#a"b'}
    assert ("# mine" in path.read_text()) == ("# mine" in text)


def test_a_file_that_is_no_settings_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / settings_file.NAME).write_text("chat = [")
    with pytest.raises(BadInput):
        settings_file.change(tmp_path, "chat", "off")
    assert (tmp_path / settings_file.NAME).read_text() == "chat = ["


def test_the_token_of_these_pages_is_needed(unlocked: TestClient) -> None:
    assert token(unlocked, "/settings")
    for path in ("/settings/forget", "/settings/export", "/settings/passphrase", "/settings/model", "/records/close"):
        assert unlocked.post(path, data={"sure": "forget", "what": "everything"}).status_code == 403
