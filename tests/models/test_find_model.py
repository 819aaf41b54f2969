"""Which model is in force: off unless set, only this machine asked, and what was found said in a line."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.models import scripted
from tests.models.scripted import Server

from navaid.config import Settings
from navaid.errors import BadInput, ModelMissing, ModelUnavailable
from navaid.models import consent, find
from navaid.models.chat import Message, Role
from navaid.models.consent import Sending

SENDING = Sending(purpose="test")
ASKED = [Message(role=Role.USER, content="Hello")]


@pytest.fixture
def ollama(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(find, "OLLAMA", server.origin)
    return server


def tags(*names: str, **more: object) -> scripted.Behaviour:
    return scripted.body(200, {"models": [{"name": name, **more} for name in names]})


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket, "create_connection", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)


def test_off_is_the_default_and_asks_nobody(no_network: None) -> None:
    assert Settings().chat == "off"
    assert find.chat_model(Settings(), SENDING) is None


def test_auto_takes_the_first_model_of_ollama_that_writes_and_stays_here(ollama: Server) -> None:
    names = (
        "nomic-embed-text:latest",
        "bge-m3:latest",
        "gpt-oss:120b-cloud",
        "all-minilm:22m",
        "qwen3:4b",
        "llama3:8b",
    )
    ollama.then(tags(*names))
    model = find.chat_model(Settings(chat="auto"), SENDING)
    assert model is not None
    assert model.name == "qwen3:4b"
    assert model.complete(ASKED, max_tokens=5).text == "a scripted reply"
    assert [call.path for call in ollama.calls] == ["/api/tags", "/v1/chat/completions"]


@pytest.mark.parametrize(
    "listed",
    [
        tags(),
        tags("big:cloud"),
        tags("mine:latest", remote_host="https://ollama.com:443"),
        tags("vectors:latest", details={"family": "nomic-bert"}),
    ],
)
def test_auto_without_a_fitting_model_is_an_error(ollama: Server, listed: scripted.Behaviour) -> None:
    ollama.then(listed)
    with pytest.raises(ModelMissing, match="stays on this machine"):
        find.chat_model(Settings(chat="auto"), SENDING)


@pytest.mark.parametrize("said", [scripted.body(200, b"<html>"), scripted.status(404), scripted.body(200, [])])
def test_auto_where_something_else_answers_is_an_error(ollama: Server, said: scripted.Behaviour) -> None:
    ollama.then(said)
    with pytest.raises(ModelUnavailable):
        find.chat_model(Settings(chat="auto"), SENDING)


def test_a_server_that_is_named_is_taken_with_its_key_and_prices(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NAVAID_CHAT_KEY", "sk-1")
    settings = Settings(chat=server.setting("m"), chat_price_in=1.0, chat_price_out=2.0, chat_currency="CHF")
    model = find.chat_model(settings, SENDING)
    assert model is not None
    reply = model.complete(ASKED, max_tokens=5)
    assert (reply.model, reply.currency) == ("m", "CHF")
    assert reply.cost == pytest.approx((11 + 2 * 7) / 1e6)
    assert server.calls[-1].headers["Authorization"] == "Bearer sk-1"


def test_the_key_is_not_given_to_a_model_that_was_only_found(ollama: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAVAID_CHAT_KEY", "sk-1")
    model = find.chat_model(Settings(chat="auto"), SENDING)
    assert model is not None
    model.complete(ASKED, max_tokens=5)
    assert not any("Authorization" in call.headers for call in ollama.calls)


def test_a_setting_that_names_nothing_is_an_error() -> None:
    with pytest.raises(BadInput):
        find.chat_model(Settings(chat="llama3"), SENDING)


# --------------------------------------------------------------------------- what doctor prints


def test_doctor_with_the_model_off(ollama: Server) -> None:
    found = find.look(Settings())
    assert found.fine
    assert found.words == "language model off (Ollama has scripted:1b)"
    assert found.models == ("scripted:1b",)
    ollama.stop()
    found = find.look(Settings())
    assert found.fine
    assert "no connection" in found.words


def test_doctor_with_auto(ollama: Server) -> None:
    found = find.look(Settings(chat="auto"))
    assert found.fine
    assert "scripted:1b of Ollama on this machine" in found.words
    ollama.stop()
    found = find.look(Settings(chat="auto"))
    assert not found.fine
    assert "ollama serve" in found.fix


def test_doctor_with_a_server_on_this_machine(server: Server) -> None:
    found = find.look(Settings(chat=server.setting()))
    assert found.fine
    assert found.words.endswith("on this machine")
    server.then(scripted.body(200, {"data": [{"id": "other\x1b[31m"}]}))
    found = find.look(Settings(chat=server.setting()))
    assert "the server lists other?[31m" in found.words
    server.then(scripted.status(401))
    found = find.look(Settings(chat=server.setting()))
    assert not found.fine
    assert "NAVAID_CHAT_KEY" in found.fix


def test_doctor_calls_no_other_machine(no_network: None, tmp_path: Path) -> None:
    settings = Settings(home=str(tmp_path), chat="http://models.example/v1#m")
    found = find.look(settings)
    assert found.fine
    assert "NOT on this machine (nothing is sent before you agree, no key set, not encrypted)" in found.words
    consent.give(tmp_path, "http://models.example:80")
    assert "(agreed to, no key set" in find.look(settings).words


def test_doctor_with_a_setting_that_names_nothing() -> None:
    found = find.look(Settings(chat="http://user:sk-1@host/v1#m"))
    assert not found.fine
    assert "sk-1" not in found.words + found.fix
