"""The client against llama.cpp's own server with a very small model: its manners, not its wit."""

from __future__ import annotations

import threading
import time

import pytest

from navaid.config import Settings
from navaid.errors import CallCancelled, ContextTooLong
from navaid.models import find
from navaid.models.chat import Finish, Message, Role
from navaid.models.consent import Sending
from navaid.models.endpoint import Endpoint
from navaid.models.openai_compatible import OpenAIChat

ASKED = [Message(role=Role.USER, content="Say in other words: The scan takes ten minutes.")]


@pytest.fixture
def model(real: Endpoint) -> OpenAIChat:
    return OpenAIChat(real)


def test_a_reply_has_text_and_counts(model: OpenAIChat) -> None:
    reply = model.complete(ASKED, max_tokens=12)
    assert reply.text.strip()
    assert reply.tokens_in is not None
    assert reply.tokens_in > 10
    assert reply.tokens_out is not None
    assert 0 < reply.tokens_out <= 12
    assert reply.finish in (Finish.STOP, Finish.LENGTH)


def test_a_stream_comes_in_pieces_and_is_counted(model: OpenAIChat) -> None:
    stream = model.stream(ASKED, max_tokens=12)
    pieces = list(stream)
    assert len(pieces) > 1
    assert stream.reply is not None
    assert stream.reply.text == "".join(pieces)
    assert stream.reply.tokens_out


def test_a_reply_follows_its_schema(model: OpenAIChat) -> None:
    schema = {
        "type": "object",
        "properties": {"cite": {"type": "string", "enum": ["s1", "s2"]}, "sure": {"type": "boolean"}},
        "required": ["cite", "sure"],
        "additionalProperties": False,
    }
    value = model.complete(ASKED, schema=schema, max_tokens=60).value
    assert value["cite"] in ("s1", "s2")
    assert isinstance(value["sure"], bool)


def test_a_prompt_that_does_not_fit_is_said(model: OpenAIChat) -> None:
    long = [Message(role=Role.USER, content="a word and " * 400)]
    with pytest.raises(ContextTooLong):
        model.complete(long, max_tokens=12)
    with pytest.raises(ContextTooLong):
        list(model.stream(long, max_tokens=12))


def test_a_stop_frees_the_server(model: OpenAIChat) -> None:
    """The server has one place: were the stopped calls still running, the next would wait for them."""
    stop = threading.Event()
    stream = model.stream([Message(role=Role.USER, content="Count to a thousand.")], max_tokens=400, cancel=stop)
    next(stream)
    stop.set()
    with pytest.raises(CallCancelled):
        list(stream)
    endless = {"type": "array", "items": {"type": "boolean"}, "minItems": 300}  # it cannot end before the stop
    threading.Timer(0.3, (again := threading.Event()).set).start()
    began = time.monotonic()
    with pytest.raises(CallCancelled):
        model.complete(ASKED, schema=endless, max_tokens=400, cancel=again)
    assert time.monotonic() - began < 2
    assert model.complete(ASKED, max_tokens=3).text


def test_doctor_finds_it(real: Endpoint) -> None:
    found = find.look(Settings(chat=f"{real.base}#{real.model}"))
    assert found.fine
    assert "on this machine" in found.words


def test_the_setting_finds_it(real: Endpoint) -> None:
    model = find.chat_model(Settings(chat=f"{real.base}#{real.model}"), Sending(purpose="test"))
    assert model is not None
    assert model.complete(ASKED, max_tokens=3).text
