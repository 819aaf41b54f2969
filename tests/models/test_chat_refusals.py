"""What the chat client makes of a server that refuses or fails, and of proxies and keys."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from tests.models import scripted
from tests.models.asking import ASKED, EITHER, chat, complete, fails, stream
from tests.models.scripted import Behaviour, Server

from navaid.config import Key
from navaid.errors import (
    ContextTooLong,
    KeyRefused,
    ModelBusy,
    ModelMissing,
    ModelUnavailable,
    ModelUnreachable,
    RequestRefused,
)
from navaid.models.chat import ChatModel
from navaid.models.endpoint import Endpoint
from navaid.models.openai_compatible import OpenAIChat
from navaid.models.wire import Limits

# --------------------------------------------------------------------------- refusals


@EITHER
@pytest.mark.parametrize(
    ("behaviour", "kind", "says"),
    [
        (scripted.status(401), KeyRefused, "NAVAID_CHAT_KEY"),
        (scripted.status(403), KeyRefused, "NAVAID_CHAT_KEY"),
        (scripted.status(404), ModelMissing, "model's name"),
        (scripted.status(422, error={"detail": [{"loc": ["body", "seed"]}]}), RequestRefused, "OpenAI"),
        (scripted.status(400, error="no: my temperature is 38"), RequestRefused, "OpenAI"),
        (scripted.status(418), RequestRefused, "OpenAI"),
        (scripted.status(402), ModelBusy, "account"),
        (scripted.status(429, error={"code": "insufficient_quota"}), ModelBusy, "account"),
        (scripted.status(429, {"Retry-After": "3600"}), ModelBusy, "3600 s"),
        (scripted.status(413), ContextTooLong, "less"),
        (scripted.status(400, error={"type": "exceed_context_size_error", "n_ctx": 512}), ContextTooLong, "less"),
        (scripted.status(400, error={"code": "context_length_exceeded"}), ContextTooLong, "less"),
        (scripted.status(400, error="This model's maximum context length is 4096 tokens"), ContextTooLong, "less"),
        (scripted.redirect("http://127.0.0.2:9/v1/chat/completions"), ModelUnreachable, "final address"),
        (scripted.redirect("/v1/elsewhere", 301), ModelUnreachable, "final address"),
    ],
)
def test_a_refusal_is_said_at_once_and_not_tried_again(
    server: Server, ask: Callable[[ChatModel], str], behaviour: Behaviour, kind: type[ModelUnavailable], says: str
) -> None:
    server.then(behaviour)
    assert says in fails(ask, chat(server), kind).fix
    assert len(server.calls) == 1


def test_a_server_that_asks_for_a_long_wait_is_told_about_and_not_waited_for(server: Server) -> None:
    server.then(scripted.status(429, {"Retry-After": "40"}))
    began = time.monotonic()
    assert "40 s" in fails(complete, chat(server, whole_s=100), ModelBusy).fix
    assert time.monotonic() - began < 5


def test_a_redirect_is_not_followed_to_another_host(server: Server) -> None:
    with scripted.serve() as other:
        server.always(scripted.redirect(f"{other.origin}/v1/chat/completions"))
        fails(complete, chat(server), ModelUnreachable)
        fails(stream, chat(server), ModelUnreachable)
        assert other.calls == []


@EITHER
@pytest.mark.parametrize(
    "behaviour",
    [
        scripted.status(429),
        scripted.status(429, {"Retry-After": "0"}),
        scripted.status(429, {"Retry-After": "soon"}),
        scripted.status(500),
        scripted.status(502),
        scripted.status(503),
        scripted.hang_up,
    ],
)
def test_a_passing_fault_is_tried_again(server: Server, ask: Callable[[ChatModel], str], behaviour: Behaviour) -> None:
    server.then(behaviour, behaviour)
    assert ask(chat(server)) == "a scripted reply"
    assert len(server.calls) == 3


@EITHER
@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [(scripted.status(429), ModelBusy), (scripted.status(500), ModelBusy), (scripted.hang_up, ModelUnreachable)],
)
def test_a_lasting_fault_is_tried_three_times(
    server: Server, ask: Callable[[ChatModel], str], behaviour: Behaviour, kind: type[ModelUnavailable]
) -> None:
    server.always(behaviour)
    fails(ask, chat(server), kind)
    assert len(server.calls) == 3


def test_a_reply_cut_by_the_connection_is_asked_for_again(server: Server) -> None:
    server.then(scripted.cut(scripted.completion("whole"), 40))
    assert complete(chat(server)) == "a scripted reply"


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_the_wait_asked_for_is_kept(server: Server, form: str) -> None:
    wait = "1" if form == "seconds" else format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
    server.then(scripted.status(429, {"Retry-After": wait}))
    began = time.monotonic()
    assert complete(chat(server)) == "a scripted reply"
    assert time.monotonic() - began > 0.9


def test_a_server_that_takes_no_temperature_and_names_the_limit_otherwise_is_obeyed_once(server: Server) -> None:
    refusal = {"message": "Unsupported parameter: 'max_tokens'", "param": "max_tokens"}

    def picky(call: scripted.Call) -> None:
        if "max_tokens" in call.json:
            scripted.body(400, {"error": refusal})(call)
        elif "temperature" in call.json:
            scripted.body(400, {"error": {"message": "Unsupported value: 'temperature'"}})(call)
        else:
            scripted.well(call)

    server.always(picky)
    model = chat(server)
    assert complete(model) == "a scripted reply"
    assert server.calls[-1].json["max_completion_tokens"] == 50
    assert stream(model) == "a scripted reply"
    assert len(server.calls) == 4


# --------------------------------------------------------------------------- proxies and keys


def test_a_proxy_of_the_environment_is_not_used_on_this_machine(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scripted.serve() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.origin)
        monkeypatch.setenv("ALL_PROXY", proxy.origin)
        assert complete(chat(server)) == "a scripted reply"
        assert proxy.calls == []


@pytest.mark.parametrize("key", ["sk-geh\u00e4im", "sk-\nHost: evil", "sk 1"])
def test_a_key_that_cannot_be_one_is_not_sent_and_not_shown(server: Server, key: str) -> None:
    with pytest.raises(KeyRefused) as caught:
        OpenAIChat(server.endpoint(), key=Key(key))
    assert key not in "".join(traceback.format_exception(caught.value))
    assert server.calls == []


def test_a_port_where_nothing_listens_is_said() -> None:
    endpoint = Endpoint(base="http://127.0.0.1:1/v1", model="m")
    with pytest.raises(ModelUnreachable):
        OpenAIChat(endpoint, limits=Limits(tries=1)).complete(ASKED, max_tokens=5)
