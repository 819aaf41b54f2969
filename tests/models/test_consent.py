"""Nothing leaves the machine before a person agreed, records only for their profile and de-identified, and
every call that left is in the log, without its text."""

from __future__ import annotations

import hashlib
import json
import stat
from pathlib import Path

import pytest
from tests.models import scripted

from navaid import config
from navaid.config import Key, Settings
from navaid.errors import BadInput, ConsentMissing, ModelBusy
from navaid.models import consent, endpoint, outbox
from navaid.models.chat import Message, Role
from navaid.models.consent import Gate, Sending, is_loopback
from navaid.models.endpoint import Endpoint
from navaid.models.openai_compatible import OpenAIChat
from navaid.models.openai_embeddings import OpenAIEmbedder
from navaid.models.wire import Limits

PROMPT = "Ms Quill has a lump"
ASKED = [Message(role=Role.USER, content=PROMPT)]
REMOTE = Endpoint(base="http://models.example/v1", model="m")
WHO = "http://models.example:80"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def afar(server: scripted.Server, monkeypatch: pytest.MonkeyPatch) -> scripted.Server:
    """A server that stands for every host but this machine: it is the proxy to all of them."""
    monkeypatch.setenv("HTTP_PROXY", server.origin)
    return server


def remote(home: Path, sending: Sending | None = None, **gate: bool) -> OpenAIChat:
    wall = Gate(home, sending or Sending(purpose="rewrite"), **gate)
    return OpenAIChat(REMOTE, gate=wall, key=Key("sk-1"), limits=Limits(first_wait_s=0.01))


# --------------------------------------------------------------------------- what is this machine


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1",
        "http://127.0.0.1:11434/v1",
        "http://127.255.255.254/v1",
        "http://localhost:8080",
        "https://LocalHost/v1",
        "http://[::1]:8000/v1",
        "HTTP://127.0.0.1/",
    ],
)
def test_this_machine(url: str) -> None:
    assert is_loopback(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost",
        "http://",
        "http://0.0.0.0",
        "http://127.1",
        "http://2130706433",
        "http://0x7f000001",
        "http://0177.0.0.1",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "http://localhost.",
        "http://127.0.0.1@example.com",
        "http://example.com@127.0.0.1",
        "http://example.com\\@127.0.0.1",
        "http://example.com#@127.0.0.1",
        "http://example.com/http://127.0.0.1",
        "http://127.0.0.1\n.example.com",
        "http://127.0.0.1 .example.com",
        "http://１２７.0.0.1",
        "http://[::]",
        "http://[::ffff:127.0.0.1]",
        "http://[::2]",
        "http://192.168.1.5",
        "http://10.0.0.1",
        "ftp://127.0.0.1",
        "file:///etc/hosts",
    ],
)
def test_not_this_machine(url: str) -> None:
    assert not is_loopback(url)


@pytest.mark.parametrize("model", ["gpt-oss:120b-cloud", "gemma4:cloud", "GLM:Cloud"])
def test_a_hosted_model_behind_a_server_on_this_machine_leaves_it(model: str) -> None:
    there = Endpoint(base="http://127.0.0.1:11434/v1", model=model)
    assert there.leaves
    assert there.destination == "ollama.com through http://127.0.0.1:11434"
    assert not Endpoint(base="http://127.0.0.1:11434/v1", model="cloudy:1b").leaves


@pytest.mark.parametrize(
    "setting",
    [
        "http://127.0.0.1:11434/v1",
        "http://127.0.0.1:11434/v1#",
        "http://127.0.0.1:11434/v1#a model",
        "http://127.0.0.1:99999/v1#m",
        "http://[::::]/v1#m",
        "http://a..b/v1#m",
        "http://user:sk-secret@127.0.0.1/v1#m",
        "http://127.0.0.1/v1?key=sk-secret#m",
        "http://127.0.0.1\\@evil.example/v1#m",
        "127.0.0.1:11434#m",
        "gpt-4",
        "",
    ],
)
def test_an_address_that_is_not_plain_is_refused_without_repeating_it(setting: str) -> None:
    with pytest.raises(BadInput) as caught:
        endpoint.parse(setting)
    assert "sk-secret" not in str(caught.value)
    assert "NAVAID_CHAT" in caught.value.fix


# --------------------------------------------------------------------------- the gate


def test_without_a_gate_no_remote_client_can_be_made() -> None:
    with pytest.raises(ConsentMissing):
        OpenAIChat(REMOTE)
    with pytest.raises(ConsentMissing):
        OpenAIEmbedder(REMOTE)


def test_nothing_leaves_before_consent(home: Path, afar: scripted.Server) -> None:
    model = remote(home)
    with pytest.raises(ConsentMissing) as caught:
        model.complete(ASKED, max_tokens=5)
    assert "agree" in caught.value.fix
    assert PROMPT not in str(caught.value)
    with pytest.raises(ConsentMissing):
        list(model.stream(ASKED, max_tokens=5))
    with pytest.raises(ConsentMissing):
        OpenAIEmbedder(REMOTE, gate=Gate(home, Sending(purpose="search")))
    assert afar.calls == []
    assert outbox.read(home) == []


def test_a_hosted_model_through_loopback_needs_consent_too(home: Path, server: scripted.Server) -> None:
    there = server.endpoint("big:cloud")
    model = OpenAIChat(there, gate=Gate(home, Sending(purpose="rewrite")))
    with pytest.raises(ConsentMissing):
        model.complete(ASKED, max_tokens=5)
    assert server.calls == []
    consent.give(home, there.destination)
    assert model.complete(ASKED, max_tokens=5).text == "a scripted reply"
    assert [one.destination for one in outbox.read(home)] == [there.destination]


def test_the_preview_is_exactly_what_leaves(home: Path, afar: scripted.Server) -> None:
    model = remote(home)
    shown = model.preview(ASKED, max_tokens=5)
    assert shown is not None
    assert (shown.destination, shown.model, shown.encrypted) == (WHO, "m", False)
    assert PROMPT in shown.text
    assert "sk-1" not in shown.text
    for told in (WHO, "NOT encrypted", "Model: m", "rewrite (no records)", shown.text):
        assert told in shown.words
    consent.give(home, shown.destination)
    assert model.complete(ASKED, max_tokens=5).text == "a scripted reply"
    assert afar.calls[0].body.decode() == shown.text
    assert afar.calls[0].path == "http://models.example/v1/chat/completions"  # asked of the proxy, by its full name


def test_consent_is_for_one_destination(home: Path) -> None:
    consent.give(home, "https://models.example:443")
    assert consent.given(home, "https://models.example:443")
    assert not consent.given(home, WHO)
    with pytest.raises(ConsentMissing):
        remote(home).complete(ASKED, max_tokens=5)


def test_consent_is_kept_and_can_be_taken_back(home: Path) -> None:
    consent.give(home, WHO)
    consent.give(home, "https://other.example:443")
    assert consent.given(home, WHO)
    assert stat.S_IMODE((home / "consent.json").stat().st_mode) == 0o600
    consent.withdraw(home, WHO)
    assert not consent.given(home, WHO)
    assert consent.given(home, "https://other.example:443")
    assert [path.name for path in home.iterdir()] == ["consent.json"]


def test_records_need_consent_for_their_profile_and_are_sent_de_identified_only(
    home: Path, afar: scripted.Server
) -> None:
    consent.give(home, WHO)
    mine = Sending(purpose="rewrite", profile="p1", deidentified=True)
    with pytest.raises(ConsentMissing, match="this profile"):
        remote(home, mine).complete(ASKED, max_tokens=5)
    consent.give(home, WHO, "p1")
    for profile, deidentified in (("p1", False), ("p2", True)):
        with pytest.raises(ConsentMissing):
            remote(home, Sending(purpose="rewrite", profile=profile, deidentified=deidentified)).complete(
                ASKED, max_tokens=5
            )
    assert afar.calls == []
    remote(home, mine).complete(ASKED, max_tokens=5)
    assert len(afar.calls) == 1
    consent.withdraw(home, WHO)
    assert not consent.given(home, WHO, "p1")


@pytest.mark.parametrize("kept", [b"{", b"[]", b'{"http://models.example:80": true}', b"\xff"])
def test_a_damaged_file_is_no_consent(home: Path, afar: scripted.Server, kept: bytes) -> None:
    home.mkdir()
    (home / "consent.json").write_bytes(kept)
    with pytest.raises(ConsentMissing):
        remote(home).complete(ASKED, max_tokens=5)
    assert afar.calls == []


# --------------------------------------------------------------------------- the log


def test_the_log_holds_the_digest_and_not_the_text(home: Path, afar: scripted.Server) -> None:
    consent.give(home, WHO)
    remote(home).complete(ASKED, max_tokens=5)
    (sent,) = outbox.read(home)
    body = afar.calls[0].body
    assert (sent.destination, sent.model, sent.purpose, sent.deidentified) == (WHO, "m", "rewrite", False)
    assert sent.sha256 == hashlib.sha256(body).hexdigest()
    assert sent.characters == len(body.decode())
    raw = (home / "outbox.jsonl").read_text()
    assert "Quill" not in raw
    assert "sk-1" not in raw
    assert json.loads(raw)["time"].endswith("Z")
    assert stat.S_IMODE((home / "outbox.jsonl").stat().st_mode) == 0o600


def test_the_log_holds_the_text_only_where_the_setting_says_so(home: Path, afar: scripted.Server) -> None:
    consent.give(home, WHO)
    remote(home, keep_text=True).complete(ASKED, max_tokens=5)
    assert outbox.read(home)[0].text == afar.calls[0].body.decode()
    assert Gate.of(Settings(home=str(home)), Sending(purpose="x"))._keep_text is False


def test_every_try_is_in_the_log(home: Path, afar: scripted.Server) -> None:
    consent.give(home, WHO)
    afar.always(scripted.status(500))
    with pytest.raises(ModelBusy):
        remote(home).complete(ASKED, max_tokens=5)
    assert len(outbox.read(home)) == len(afar.calls) == 3


def test_what_cannot_be_logged_is_not_sent(home: Path, afar: scripted.Server) -> None:
    consent.give(home, WHO)
    (home / "outbox.jsonl").mkdir()
    with pytest.raises(ConsentMissing, match="cannot be written"):
        remote(home).complete(ASKED, max_tokens=5)
    assert afar.calls == []


def test_a_line_cut_short_does_not_hide_the_others(home: Path, afar: scripted.Server) -> None:
    consent.give(home, WHO)
    remote(home).complete(ASKED, max_tokens=5)
    with (home / "outbox.jsonl").open("ab") as log:
        log.write(b'{"time": "20\n')
    remote(home).complete(ASKED, max_tokens=5)
    assert len(outbox.read(home)) == 2


def test_what_stays_on_this_machine_needs_no_consent_and_no_log(home: Path, server: scripted.Server) -> None:
    model = OpenAIChat(server.endpoint(), gate=Gate(home, Sending(purpose="rewrite", profile="p1")))
    assert model.preview(ASKED, max_tokens=5) is None
    assert model.complete(ASKED, max_tokens=5).text == "a scripted reply"
    assert not home.exists()


# --------------------------------------------------------------------------- keys


def test_a_key_comes_from_the_environment_or_the_settings_and_shows_itself_nowhere(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not config.key("chat")
    home.mkdir()
    (home / "settings.toml").write_text('chat = "http://127.0.0.1:1/v1#m"\n[keys]\nchat = "sk-file"\n')
    assert config.key("chat").reveal() == "sk-file"
    monkeypatch.setenv("NAVAID_CHAT_KEY", " sk-env\n")
    key = config.key("chat")
    assert key.reveal() == "sk-env"
    settings = config.load()
    for shown in (repr(key), f"{key}", f"{[key]}", repr(settings), settings.fingerprint):
        assert "sk-" not in shown
    assert not config.key("embedding")


def test_what_changes_no_answer_does_not_change_the_fingerprint() -> None:
    plain = Settings().fingerprint
    assert Settings(home="/x", chat_price_in=1.0, outbox_text=True, chat_timeout_s=9).fingerprint == plain
    assert Settings(chat="auto").fingerprint != plain
